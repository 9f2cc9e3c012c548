"""What a source takes in memory, held by number: at 10,000 sources a kilobyte each is ten megabytes of every build."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = 60  # sources; what is there once however many there are is little beside them

_MOST: Mapping[str, int] = {"annotations": 12_400, "briefing": 7_000, "lists": 3_400, "pages": 1_400, "files": 1_800}
"""How many bytes each of these may take for each source, beyond what those before it have, in Python 3.11; later ones
take less. It is measured, and rounded up to the next 200."""


def test_a_source_takes_no_more_memory_than_it_did(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.weighing_memory", str(tmp_path), str(COUNT)]
    held = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    assert held.keys() == _MOST.keys()
    assert {name: size for name, size in held.items() if size > _MOST[name]} == {}, held
