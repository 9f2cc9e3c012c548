"""The command line: runs a command, and exits.

Exit codes: 0 done, 1 problems in the content, 2 wrong usage, 3 the environment or a bug of ours, 130 Ctrl-C,
143 SIGTERM.
"""

from __future__ import annotations

import os
import sys

from . import __version__

TYPE_CHECKING = False  # what is loaded here, every command pays
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

STANDS = "the last good site stands"


def main(arguments: Sequence[str] | None = None, begin: Callable[[], None] = lambda: None) -> int:
    """Run a command and return its exit code; `begin` is called before one that may take long."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:  # before the parser is loaded, which takes longer than Python's own start
        print(f"briefing {__version__}")
        return 0
    if words[:1] == ["build"]:
        from .commands import build

        if plain := build.plain(words[1:]):
            if build.is_done(plain):
                return 0
            begin()
            return build.run(plain)
    from .commands import COMMANDS
    from .usage import read

    begin()
    options = read(words)
    return COMMANDS[options.command].run(options)


class _Terminated(SystemExit):
    """SIGTERM came. A SystemExit, since an event loop lets no other exception out of a rebuild."""


def _terminate(*_: object) -> NoReturn:
    raise _Terminated


def _begin() -> None:
    """Be ready for a command that may take long: SIGTERM lets it clear up, and garbage is seldom looked for.

    What a build makes lasts until its end, or goes when nothing holds it: of garbage that holds itself there is none.
    """
    import gc
    import signal

    signal.signal(signal.SIGTERM, _terminate)
    gc.set_threshold(100_000, 20, 20)
    if sys.argv[1:2] == ["build"]:
        gc.disable()


def entry() -> NoReturn:
    """The `briefing` command."""
    if sys.stderr is None:  # it was closed before we began: nobody is told of problems, and the exit code says it
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 it is open until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main(begin=_begin)
        if sys.stdout:
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("; ".join(filter(None, ("interrupted", _consequence()))), file=sys.stderr)
        code = 130
    except _Terminated:
        code = 143
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # the outermost line: what nobody foresaw ends here
        code = _unforeseen(error)
    if code == 0 and sys.argv[1:2] == ["build"]:
        _leave()
    sys.exit(code)


def _leave() -> NoReturn:
    """End the process well, and at once: to take apart all that a build knows is a tenth of what an edit takes."""
    try:  # noqa: SIM105 contextlib loads more than this
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # nobody reads it any more
        pass
    os._exit(0)


def _consequence() -> str:
    """What a command leaves that could not end; those that build no site have nothing to say of one."""
    return STANDS if sys.argv[1:2] in (["build"], ["serve"]) else ""


def _unforeseen(error: Exception) -> int:
    from errno import ENOMEM

    from .printing import print_bug, print_refusal
    from .problems import Refused

    if isinstance(error, MemoryError):
        error = OSError(ENOMEM, "there is not enough memory")
    if isinstance(error, (Refused, OSError)):
        print_refusal(error, _consequence())
    else:
        print_bug(error)
    return 3


if __name__ == "__main__":
    entry()
