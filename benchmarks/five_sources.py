"""CPU of building the real briefing, as whole processes: clean, after one edit, with nothing changed, and of --version.

    python benchmarks/five_sources.py [ROUNDS]

Each round runs a bare interpreter (`python -c pass`), `briefing --version`, a clean build, a build with nothing to do
and a build after one note was edited, in turn, on a copy of the repository's own briefing. Printed are medians of
user+sys CPU seconds and the ratio to the bare interpreter of the same round, which is what to compare between machines.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOTE = "annotations/sources/exodus.yaml"


def cpu(arguments: list[str]) -> float:
    """User and system CPU seconds of a Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles the program anew
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def one_round(folder: Path, number: int) -> dict[str, float]:
    """The figures of a round."""
    build = ["-m", "site_builder", "build", str(folder)]
    shutil.rmtree(folder / "output", ignore_errors=True)
    found = {"bare interpreter": cpu(["-c", "pass"]), "--version": cpu(["-m", "site_builder", "--version"])}
    found |= {"clean": cpu(build), "nothing changed": cpu(build)}
    path = folder / NOTE
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = max(i for i, line in enumerate(lines) if line.startswith("    note:"))
    edited = [*lines[:at], f"    note: Read again, round {number}.\n"]
    edited += lines[at + 1 + next((i for i, line in enumerate(lines[at + 1 :]) if not line.startswith("      ")), 0) :]
    path.write_text("".join(edited), "utf-8")
    found["one note edited"] = cpu(build)
    return found


def main() -> None:
    """Run the rounds and print their medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "briefing"
        for name in ("seeds", "annotations", "templates"):
            shutil.copytree(ROOT / name, folder / name)
        one_round(folder, -1)  # byte code is compiled once
        found = [one_round(folder, number) for number in range(rounds)]
    print(f"Python {sys.version.split()[0]}, {rounds} rounds; median CPU seconds, and times a bare interpreter")
    for name in found[0]:
        seconds = statistics.median(r[name] for r in found)
        ratio = statistics.median(r[name] / max(r["bare interpreter"], 0.001) for r in found)
        print(f"{name:18} {seconds:7.3f} s  {ratio:6.1f} x")


if __name__ == "__main__":
    main()
