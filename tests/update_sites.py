"""`python -m tests.update_sites`: write what the small sites export to `tests/sites/<name>/expected/`.

With `--invalid`, write what is said of the broken sites to `tests/sites_invalid/<name>/expected.txt` instead; with
`--rules`, the examples of docs/rules.md from those. Run it after a change that is meant to change them, and read the
difference before you commit it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from site_builder.build import checked
from site_builder.downloads import PARTS, downloads
from site_builder.problems import RULES, clipped, printable

from .built_sites import SITES, SMALL, built

RULES_DOCUMENT = SITES.parent.parent / "docs" / "rules.md"
MARK = "<!-- python -m tests.update_sites --rules writes what follows -->\n"
EXPECTED = (*(download.path for download in downloads()), *(parts.path(0) for parts in PARTS))


def expected(name: str, path: str) -> Path:
    """Where the expected bytes of a file of a small site are kept."""
    return SITES / name / "expected" / path


def update() -> None:
    """Write them all."""
    for name in SMALL:
        for path in EXPECTED:
            file = expected(name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(built(name).files[path])


def update_invalid() -> None:
    """Write what is said of the broken sites."""
    for folder in sorted((SITES.parent / "sites_invalid").iterdir()):
        text = "".join(f"{problem}\n" for problem in checked(folder).problems)
        (folder / "expected.txt").write_text(text, "utf-8")


def rules_with_examples() -> str:
    """docs/rules.md as it should be: as written up to the mark, then each rule with its example."""
    written = RULES_DOCUMENT.read_text("utf-8").partition(MARK)[0]
    mends = dict(re.findall(r"^\| `([a-z0-9-]+)` \|.* \| (.+) \|$", written, re.MULTILINE))
    return written + MARK + "".join(_example(rule, mends.get(rule, "")) for rule in RULES)


def _example(rule: str, mend: str) -> str:
    folder = SITES.parent / "sites_invalid" / rule
    text = (folder / "expected.txt").read_text("utf-8") if folder.is_dir() else ""
    said = re.search(rf"^(?P<path>\S+):(?P<line>\d+):\d+: \w+\[{rule}\] .*\n(?:    hint: .*\n)?", text, re.MULTILINE)
    if said is None:
        return f"\n### {rule}\n\nHow to mend it: {mend}.\n"
    shown = _line(folder / said["path"], int(said["line"]))
    written = f"Line {said['line']} of `{said['path']}`:\n\n```yaml\n{shown}\n```\n\n" if shown else ""
    return f"\n### {rule}\n\n{written}What is said:\n\n```\n{said[0]}```\n\nHow to mend it: {mend}.\n"


def _line(path: Path, number: int) -> str:
    """A line of a file as it can be shown, empty where there is none."""
    if path.is_symlink() or not path.is_file():
        return ""
    lines = re.split(r"\r\n|\r|\n", path.read_bytes().decode("utf-8", "replace"))
    return clipped(printable(lines[number - 1].replace("\t", "→")), 160) if number <= len(lines) else ""


def update_rules() -> None:
    """Write the examples of docs/rules.md."""
    RULES_DOCUMENT.write_text(rules_with_examples(), "utf-8")


if __name__ == "__main__":
    if "--rules" in sys.argv:
        update_rules()
    else:
        update_invalid() if "--invalid" in sys.argv else update()
