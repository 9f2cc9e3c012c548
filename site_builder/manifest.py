"""The manifest: which files of an output folder are ours, and what they were made from."""

from __future__ import annotations

import json
from collections.abc import Mapping

from .frozen import dataclass, field
from .problems import Severity

FORMAT = 3

Noted = tuple[str, int, int, str, str, str, Severity | None]
"""A warning: path, line, column, rule, message, hint, and its severity where that is not the rule's own."""


def is_site_path(path: str) -> bool:
    """Whether a path names a file below the output folder, whoever wrote it down."""
    parts = path.split("/")
    return not ({"", ".", ".."} & set(parts) or "\\" in path or "\0" in path or parts[0].endswith(":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest knows of a file: its hash, and the template of a page, or what a slow file was made from."""

    sha256: str
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of the site that we wrote, the hash of all that they were made from, and of what made them.

    `maker` is the hash of the program, `templates` the hash of each template with all that it includes.
    """

    inputs: str = ""
    files: Mapping[str, Entry] = field(default_factory=dict)
    warnings: tuple[Noted, ...] = ()
    maker: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """The manifest's bytes, the same for the same site."""
        content = {
            "format": FORMAT, "inputs": self.inputs, "maker": self.maker, "warnings": self.warnings,
            "templates": dict(sorted(self.templates.items())),
            "files": {p: [e.sha256, e.made_from] for p, e in sorted(self.files.items())},
        }  # fmt: skip
        return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()

    @staticmethod
    def from_json(raw: bytes) -> Manifest | None:
        """The manifest in these bytes, None when they are not one of ours.

        Of a manifest of another format only the files and their hashes count: all is then built anew.
        """
        try:
            content = json.loads(raw)
            if not all(map(is_site_path, content["files"])):
                return None
            if content["format"] != FORMAT:
                return Manifest("", {str(p): Entry(str(e[0])) for p, e in content["files"].items()})
            files = {p: Entry(e[0], e[1]) for p, e in content["files"].items()}
            warnings = tuple((*w,) for w in content["warnings"])
            return Manifest(content["inputs"], files, warnings, content["maker"], dict(content["templates"]))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None
