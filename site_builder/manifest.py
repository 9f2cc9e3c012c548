"""The manifest: which files of an output folder are ours, and what each was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from .problems import Severity

FORMAT = 2

Noted = tuple[str, int, int, str, str, str, Severity | None]
"""A warning: path, line, column, rule, message, hint, and its severity where that is not the rule's own."""


def is_site_path(path: str) -> bool:
    """Whether a path names a file below the output folder, whoever wrote it down."""
    parts = path.split("/")
    return not ({"", ".", ".."} & set(parts) or "\\" in path or "\0" in path or parts[0].endswith(":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest knows of a file: hash, fingerprint of what it was made from, and a page's ids and links."""

    sha256: str
    fingerprint: str = ""
    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of the site that we wrote, and the digest of all that they were made from."""

    inputs: str = ""
    files: Mapping[str, Entry] = field(default_factory=dict)
    warnings: tuple[Noted, ...] = ()

    def to_json(self) -> bytes:
        """The manifest's bytes, the same for the same site."""
        files = {p: [e.sha256, e.fingerprint, list(e.ids), list(e.links)] for p, e in sorted(self.files.items())}
        content = {"format": FORMAT, "inputs": self.inputs, "warnings": self.warnings, "files": files}
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
            files = {p: Entry(e[0], e[1], tuple(e[2]), tuple(e[3])) for p, e in content["files"].items()}
            return Manifest(content["inputs"], files, tuple((*w,) for w in content["warnings"]))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None
