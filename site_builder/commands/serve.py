"""`briefing serve`."""

from __future__ import annotations

import errno
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from . import arguments as shared

HELP = "preview the site, rebuilt whenever a file is saved"
EXAMPLE = "briefing serve ~/harbour --port 9000"
EXITS = {3: "the port is taken, or the output folder cannot be written", 130: "ended with Ctrl-C"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing serve` takes."""
    shared.folder(parser)
    shared.output(parser)
    parser.add_argument("-p", "--port", type=_port, default=8000, help="the port on 127.0.0.1 (default: 8000)")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"'{text}' is not a port from 1 to 65535")
    return int(text)


def run(options: Namespace) -> int:
    """Serve until Ctrl-C."""
    from ..build import build
    from ..printing import print_problems, print_refusal
    from ..problems import BuildFailed
    from ..serving.preview import serve
    from ..writing import Refused

    output = options.output or options.folder / "output"
    is_first = True

    def rebuild() -> bool:
        """Build and say how it went; only the first build may end the preview."""
        nonlocal is_first
        may_end, is_first = is_first, False
        try:
            built = build(options.folder, output, adopt=options.adopt, force=options.force)
        except BuildFailed as failed:
            print_problems(failed.problems, "the last good site stands")
            return False
        except (Refused, OSError) as error:
            if may_end:
                raise
            print_refusal(error)
            return False
        print_problems(built.warnings, "")
        print(f"{output}: {built.count('write')} files written", flush=True)
        return bool(built.count("write") or built.count("delete"))

    try:
        serve(options.folder, output, options.port, rebuild)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"briefing serve: port {options.port} is taken", file=sys.stderr)
        print("    hint: choose another with --port", file=sys.stderr)
        return 3
    return 0
