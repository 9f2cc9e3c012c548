"""Our builds against Hugo's, at four sizes: `python -m benchmarks.build --sizes 5,100,1000,10000 --rounds 5`.

The corpora are made once, outside any timing. In every round each contender builds the same five states in turn: clean,
nothing changed, one note edited, one event edited, one topic added. Who begins changes with the round. CPU is what to
compare, in pairs of one round; the wall time of a machine with other work says little. At the end stands how many times
as much each state costs at a size as at the size before. Progress goes to stderr, the tables as Markdown to stdout.
docs/performance.md says what each side does, and what ours does more.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median

from site_builder import __version__

from . import hugo
from .contenders import HUGO, ROOT, Contender, contenders, environment, hugo_version
from .making import EDITS
from .measuring import Cost, measured

STATES = {
    "clean": "clean", "nothing": "nothing changed", "note": "one note edited", "event": "one event edited",
    "topic": "one topic added",
}  # fmt: skip
Costs = Mapping[tuple[str, str], Cost]
"""What one round cost, by state and contender."""


def main() -> None:
    """Measure, and print the tables."""
    options = arguments()
    if hugo.program() is None:
        tell(f"{hugo.MISSING}; ours alone is measured")
    print(f"{about()}\n\nCommand: `python -m benchmarks.build {' '.join(sys.argv[1:])}`".rstrip())
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        kept = Path(options.keep or scratch)
        warm_up(made(kept / "corpus-5", 5), Path(scratch) / "warm")
        all_rounds = {}
        for size in options.sizes:
            corpus = made(kept / f"corpus-{size}", size)
            rounds = run(corpus, Path(scratch) / f"run-{size}", options.rounds, options.states)
            all_rounds[size] = rounds
            counts = json.loads((corpus / "corpus.json").read_text("utf-8"))
            print(f"\n### {', '.join(f'{n:,} {name}' for name, n in counts.items())}; median of {len(rounds)} rounds\n")
            print("\n".join(table(rounds)), flush=True)
            shutil.rmtree(Path(scratch) / f"run-{size}")
        for few, many in pairwise(all_rounds):
            print(f"\n### Growth: {many:,} sources against {few:,}\n")
            print("\n".join(growth(few, many, all_rounds[few], all_rounds[many])), flush=True)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}")


def arguments() -> argparse.Namespace:
    """What the command takes."""
    parser = parser_of(__doc__, "5,100,1000,10000", "rounds")
    parser.add_argument("--states", type=states, default=",".join(STATES), metavar="S,S",
                        help=f"what is built, clean first (default: {','.join(STATES)})")  # fmt: skip
    return parser.parse_args()


def parser_of(description: str | None, usual: str, rounds: str) -> argparse.ArgumentParser:
    """A parser of what every measurement at some sizes takes; `rounds` says in words what is done so many times."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=sizes, default=usual, metavar="N,N", help="numbers of sources")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help=f"{rounds} (default: 5)")
    parser.add_argument("--scratch", default=memory(), metavar="DIR",
                        help="where corpora and sites are put (default: memory, where there is /dev/shm)")  # fmt: skip
    parser.add_argument("--keep", metavar="DIR", help="keep the corpora here, and take those that are here")
    return parser


def tell_sizes(
    options: argparse.Namespace, command: str, counted: str, measure: Callable[[Path, Path, int], Iterator[str]]
) -> None:
    """Print what another measurement gives at each size: `measure` makes the lines of its table from a corpus, a place
    for sites and how many rounds; `counted` says what is counted."""
    print(f"{about()}\n\nCommand: `python -m {command} {' '.join(sys.argv[1:])}`".rstrip())
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        kept = Path(options.keep or scratch)
        for size in options.sizes:
            place = Path(scratch) / f"run-{size}"
            lines = [*measure(made(kept / f"corpus-{size}", size), place, options.rounds)]
            print(f"\n### {size:,} sources; median of {options.rounds} {counted}\n")
            print("\n".join(lines), flush=True)
            shutil.rmtree(place)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}")


def sizes(words: str) -> list[int]:
    """Numbers of sources, joined by commas; the edits need five."""
    found = [int(word) for word in words.split(",")]
    if min(found) < 5:
        raise argparse.ArgumentTypeError("the least is 5")
    return found


def states(words: str) -> list[str]:
    """Names of states, joined by commas."""
    found = words.split(",")
    for word in found:
        if word not in STATES:
            raise argparse.ArgumentTypeError(f"'{word}' is none of {', '.join(STATES)}")
    return found


def memory() -> str | None:
    """A folder in memory, None when this system has none: then it is the usual one for temporary files."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 a file system, no file of a known name


def made(folder: Path, size: int) -> Path:
    """The corpus of a size, made by a process of its own: this one has to stay small."""
    if not (folder / "corpus.json").exists():
        tell(f"{size:,} sources: making the corpus")
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, "-m", "benchmarks.making", str(folder), str(size)]
        subprocess.run(command, check=True, env=environment(folder), cwd=ROOT)
    return folder


def warm_up(corpus: Path, place: Path) -> None:
    """Build the smallest corpus once, so that our code is compiled and the programs are in memory."""
    for one in contenders(corpus, place):
        build(one)


def run(corpus: Path, place: Path, rounds: int, states: Sequence[str] = tuple(STATES)) -> tuple[Costs, ...]:
    """Every round."""
    each = contenders(corpus, place)
    return tuple(dict(one_round(corpus, each, number, states)) for number in range(1, rounds + 1))


def one_round(
    corpus: Path, each: Sequence[Contender], number: int, states: Sequence[str]
) -> Iterator[tuple[tuple[str, str], Cost]]:
    """What each state costs each contender; what the round before took back is built before any is measured."""
    order = each if number % 2 else each[::-1]
    for one in order if states[0] != "clean" else ():
        build(one)
    for state in states:
        words = STATES[state]
        for one in order:
            if state == "clean":
                one.clean()
            elif state in EDITS:
                one.edit(corpus, state, number)
            cost = build(one)
            tell(f"round {number}, {words}, {one.name}: {cost.cpu:.3f} s CPU, {cost.wall:.3f} s wall")
            yield (state, one.name), cost
    for one in each:
        for edit in EDITS:
            one.take_back(corpus, edit)


def build(one: Contender) -> Cost:
    """One build."""
    return measured(one.command, one.folder, one.output, one.environment)


def table(rounds: Sequence[Costs]) -> Iterator[str]:
    """The medians of all rounds, and of the ratios to Hugo within each, as lines of a Markdown table."""
    yield "| state | program | CPU s | CPU ÷ Hugo | wall s | peak MB | files written | MB written | largest page KB |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    for state, name in rounds[0]:
        costs = [costs[state, name] for costs in rounds]
        hugos = [costs[state, HUGO].cpu for costs in rounds if (state, HUGO) in costs]
        ratio = f"{median(c.cpu / h for c, h in zip(costs, hugos, strict=True)):.2f}" if hugos and name != HUGO else ""
        cells = (
            STATES[state], name, f"{median(c.cpu for c in costs):.3f}", ratio, f"{median(c.wall for c in costs):.3f}",
            f"{median(c.memory for c in costs) / 1e6:.0f}", f"{median(c.files for c in costs):,.0f}",
            f"{median(c.written for c in costs) / 1e6:.2f}", f"{median(c.largest for c in costs) / 1e3:,.0f}",
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def growth(few: int, many: int, before: Sequence[Costs], after: Sequence[Costs]) -> Iterator[str]:
    """The median CPU of each state at `many` sources against that at `few`, whole and for each source."""
    yield f"| state | program | CPU, {many:,} ÷ {few:,} | for each source |"
    yield "|---|---|---:|---:|"
    for state, name in before[0]:
        whole = median(c[state, name].cpu for c in after) / median(c[state, name].cpu for c in before)
        yield f"| {STATES[state]} | {name} | {whole:.2f} | {whole * few / many:.2f} |"


def about() -> str:
    """The machine and the releases that figures belong to."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    machine = f"{processor()}, {cores} cores, {platform.system()} {platform.release()}, load {load:.1f}"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("jinja2", "markdown-it-py", "pyyaml"))
    programs = (
        f"evidence-briefing {__version__} on Python {platform.python_version()} with {libraries}; Hugo {hugo_version()}"
    )
    return f"Machine: {machine}.\n{programs}."


def processor() -> str:
    """What the machine calls its processor."""
    place = Path("/proc/cpuinfo")
    lines = place.read_text("utf-8").splitlines() if place.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def tell(words: str) -> None:
    """Say how far it is."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
