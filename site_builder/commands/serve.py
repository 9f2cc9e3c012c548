"""`briefing serve`."""

from __future__ import annotations

import gc
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from . import arguments as shared

if TYPE_CHECKING:
    from ..serving.state import Outcome

HELP = "preview the site, rebuilt whenever a file is saved"
EXAMPLE = "briefing serve ~/harbour --port 9000"
EXITS = {3: "the port asked for is taken, or the output folder cannot be written", 130: "ended with Ctrl-C"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing serve` takes."""
    shared.folder(parser)
    shared.output(parser)
    shared.publication(parser)
    parser.add_argument(
        "-p", "--port", type=_port, help="the port on 127.0.0.1 (default: 8000, or the next one that is free)"
    )
    parser.add_argument(
        "--path",
        type=_path,
        default="/",
        metavar="/REPO/",
        help="serve below a path, as GitHub Pages does",
    )
    parser.add_argument("--open", action="store_true", help="open the site in the browser")


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"'{text}' is not a port from 1 to 65535")
    return int(text)


def _path(text: str) -> str:
    parts = [part for part in text.split("/") if part]
    if not all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) for part in parts) or parts[:1] == ["_briefing"]:
        raise ArgumentTypeError(f"'{text}' is not a path such as /repo/")
    return "".join(f"/{part}" for part in parts) + "/"


def run(options: Namespace) -> int:
    """Serve until Ctrl-C."""
    from functools import partial

    from ..build import Publication, kept_memory
    from ..serving.ahead import Ahead
    from ..serving.preview import PORT, Rim, listening, serve
    from ..serving.rebuilding import build_once
    from ..serving.state import Preview

    output = options.output or options.folder / "output"
    listener = listening(options.port)

    def ready(address: str) -> None:
        port = listener.getsockname()[1]
        taken = "" if options.port or port == PORT else f"; port {PORT} is taken"
        gc.freeze()  # what the first build left lasts as long as this: no later search for garbage goes through it
        print(f"serving {address} (Ctrl-C ends it){taken}", flush=True)
        if options.open:
            _open(address)

    publication = Publication(options.profile, options.base_url)
    memory = kept_memory(options.folder, output, saves=False)
    build = partial(
        build_once, options.folder, output, adopt=options.adopt, force=options.force, publication=publication,
        memory=memory,
    )  # fmt: skip
    ahead = Ahead(options.folder, output, publication, memory)
    try:
        serve(Preview(options.folder, output, options.path), listener, Rim(build, partial(_tell, output), ready, ahead))
    finally:
        ahead.leave()
        memory.save()  # after the last page, and not between a save and its page
    return 0


def _tell(output: Path, outcome: Outcome, last: Outcome | None) -> None:
    """Say how a build went."""
    from ..printing import print_bug, print_problems, print_refusal
    from ..problems import Refused

    if outcome.error:
        if last is None or outcome.says_the_same_as(last):
            return  # the command ends with it, or it is tried again and again
        if isinstance(outcome.error, (Refused, OSError)):
            print_refusal(outcome.error, _stands(output))
        else:
            print_bug(outcome.error)
    elif not outcome.is_good:
        print_problems(outcome.problems, _stands(output))
    else:
        if last is None or outcome.problems != last.problems:
            print_problems(outcome.problems, "")
        print(f"{output}: {_done(outcome)} in {outcome.seconds:.1f} s", flush=True)


def _stands(output: Path) -> str:
    return "the last good site stands" if (output / "index.html").is_file() else "there is no site yet"


def _done(outcome: Outcome) -> str:
    if not outcome.written and not outcome.deleted:
        return "nothing changed"
    return f"{outcome.written} files written" + (f", {outcome.deleted} deleted" if outcome.deleted else "")


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        print("    hint: no browser could be opened; go there by hand", file=sys.stderr)
