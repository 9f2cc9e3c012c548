"""`briefing check --explain`: what docs/rules.md says of one rule, wherever the program is installed."""

from __future__ import annotations

import re
from pathlib import Path

from .problems import RULES

_HERE = Path(__file__).parent


def rules_document() -> Path:
    """docs/rules.md: inside the installed package, or beside it in a repository."""
    inside = _HERE / "rules.md"
    return inside if inside.is_file() else _HERE.parent / "docs" / "rules.md"


def explanation(rule: str) -> str:
    """A rule in a few lines: its severity and contract, what it means, how to mend it, and an example of both."""
    text = rules_document().read_text(encoding="utf-8")
    cells = r"\w+ \| (?P<contract>.+?) \| (?P<means>.+) \| (?P<mend>.+)"
    row = re.search(rf"^\| `{rule}` \| {cells} \|$", text, re.MULTILINE)
    if row is None:
        return f"{rule} ({RULES[rule]})\n"
    contract = f"contract {row['contract']}" if row["contract"].isdecimal() else row["contract"]
    lines = [f"{rule} ({RULES[rule]}, {contract})", "", f"{row['means']}.", "", f"How to mend it: {row['mend']}.", ""]
    example = re.search(rf"^### {rule}\n\n(?P<words>.*?)(?=^How to mend it|^#|\Z)", text, re.MULTILINE | re.DOTALL)
    if example:
        lines += [line for line in example["words"].strip().splitlines() if not line.startswith("```")]
    return "\n".join(lines).rstrip() + "\n"
