"""How soon a browser shows what was saved: `python -m benchmarks.preview --sizes 1000,10000 --rounds 5`.

`briefing serve` previews a synthetic briefing with the theme that ships, and Chromium has the page of a source open. A
note, or an event, of that source is saved. The time runs from then until the browser says that the page, which loads
again by itself, is there with all that belongs to it (its `load` event) and shows the new words. Where Hugo's program
is here, `hugo server` does the same with its page. CPU is that of the program that serves: until then, and with what it
does later; a save comes when that is done. Wall time is what counts: measure on a machine with nothing else to do.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.conftest import BROWSER_FLAGS, browser_path

from . import hugo
from .build import parser_of, tell, tell_sizes
from .contenders import HUGO, SHIPPED, Contender, contenders

EDITS = {"note": "a note", "event": "an event"}
_ADDRESS = re.compile(r"//(?:127\.0\.0\.1|localhost):[0-9]+/")  # as Hugo tells it where the site may stand anywhere
_QUIET = 0.8  # seconds in which a program that is done takes next to no CPU
_NOTHING = 0.03  # seconds of CPU: next to none
_LONGEST = 60_000  # milliseconds until a page is taken for lost


@dataclass(frozen=True, slots=True)
class Shown:
    """One save: seconds until the page was loaded, and of CPU until then and until the program was done."""

    wall: float
    cpu: float
    whole: float


Times = Mapping[tuple[str, str], Sequence[Shown]]
"""What was measured, by edit and program."""


@dataclass(frozen=True, slots=True)
class Server:
    """A program that serves: its process, and where its site is."""

    process: subprocess.Popen[str]
    address: str

    def cpu(self) -> float:
        """The seconds of CPU that it has taken."""
        return seconds_of(self.process.pid)


def until_done(cpu: Callable[[], float], pause: Callable[[float], None] = time.sleep) -> float:
    """The seconds of CPU that a program has taken, once it takes no more."""
    before, now = -1.0, cpu()
    while now - before > _NOTHING:
        pause(_QUIET)
        before, now = now, cpu()
    return now


def main() -> None:
    """Measure, and print the tables."""
    options = parser_of(__doc__, "1000,10000", "saves of each kind").parse_args()
    if hugo.program() is None:
        tell(f"{hugo.MISSING}; ours alone is measured")
    counted = "saves, and from the least to the most"
    tell_sizes(options, "benchmarks.preview", counted, lambda *where: table(run(*where)))


def run(corpus: Path, place: Path, rounds: int) -> Times:
    """What every save took, of each program that is here, one program after the other."""
    found: dict[tuple[str, str], list[Shown]] = {}
    for one in contenders(corpus, place, (HUGO, SHIPPED)):
        with served(one) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=list(BROWSER_FLAGS))
            for edit in EDITS:
                page = browser.new_page()
                page.goto(server.address + path_of(corpus, edit))
                for number in range(1, rounds + 1):
                    until_done(server.cpu)
                    shown = saved(one, corpus, edit, number, page, server)
                    tell(f"{one.name}, {edit}, save {number}: {shown.wall:.3f} s, {shown.cpu:.3f} s CPU")
                    found.setdefault((edit, one.name), []).append(shown)
                page.close()
            browser.close()
    return found


def path_of(corpus: Path, edit: str) -> str:
    """The page of the source of which something is edited; it has one path on both sides."""
    (page,) = (corpus / "edits" / edit / "hugo" / "content" / "sources").iterdir()
    return f"sources/{page.stem}.html"


def saved(one: Contender, corpus: Path, edit: str, number: int, page: Page, server: Server) -> Shown:
    """Save an edit of a round, and see how long it takes."""
    before, words = server.cpu(), f"in round {number}"
    started = time.perf_counter()
    with page.expect_event("load", timeout=_LONGEST):
        one.edit(corpus, edit, number)
    wall = time.perf_counter() - started
    while words not in (page.text_content("body") or ""):
        page.wait_for_event("load", timeout=_LONGEST)
        wall = time.perf_counter() - started
    cpu = server.cpu()
    return Shown(wall, cpu - before, until_done(server.cpu) - before)


@contextlib.contextmanager
def served(one: Contender) -> Iterator[Server]:
    """A program that serves its copy of the corpus, from when its site is built."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = (
        (str(hugo.program()), "server", "--port", port, "--bind", "127.0.0.1")
        if one.name == HUGO
        else (sys.executable, "-m", "site_builder", "serve", ".", "--port", port)
    )
    with subprocess.Popen(
        command, cwd=one.folder, env=dict(one.environment), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            for line in process.stdout or ():
                if address := _ADDRESS.search(line):
                    yield Server(process, f"http:{address[0]}")
                    break
            else:
                raise OSError(f"{' '.join(command)} ended before it served")
        finally:
            process.terminate()  # a shell that starts programs in the background has them ignore Ctrl-C


def seconds_of(process: int) -> float:
    """The seconds of CPU, user and system, that a process has taken; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def table(times: Times) -> Iterator[str]:
    """What was measured, as lines of a Markdown table."""
    yield "| saved | program | wall s until loaded | | CPU s until then | CPU s in all |"
    yield "|---|---|---:|---|---:|---:|"
    for (edit, name), each in times.items():
        walls = [shown.wall for shown in each]
        cells = (
            EDITS[edit], name, f"{median(walls):.3f}", f"{min(walls):.3f} to {max(walls):.3f}",
            f"{median(shown.cpu for shown in each):.3f}", f"{median(shown.whole for shown in each):.3f}",
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
