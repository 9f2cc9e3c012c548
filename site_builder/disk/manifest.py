"""The manifest: which files of an output folder are ours, and what they were made from."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import partial

from ..frozen import NamedTuple, dataclass, field
from ..problems import Severity

FORMAT = 5

Noted = tuple[str, int, int, str, str, str, Severity | None]
"""A warning: path, line, column, rule, message, hint, and its severity where that is not the rule's own."""


def is_site_path(path: str) -> bool:
    """Whether a path names a file below the output folder, whoever wrote it down."""
    parts = path.split("/")
    return not ({"", ".", ".."} & set(parts) or "\\" in path or "\0" in path or parts[0].endswith(":"))


def are_site_paths(paths: Collection[str]) -> bool:
    """Whether all do; of very many this is known soon where none has anything odd."""
    joined = f"/{'/'.join(paths)}/"
    is_odd = any(each in joined for each in ("\\", "\0", ":", "//", "/./", "/../"))
    return not is_odd or all(map(is_site_path, paths))


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


_ESCAPED = ('"', "\\", *map(chr, range(32)))  # as RFC 8259 says


def strings(values: list[str]) -> str:
    """A list of strings as JSON; of thousands that hold nothing odd none is looked at by itself."""
    joined = "".join(values)
    if not values or any(char in joined for char in _ESCAPED):
        return _json(values)
    return '["' + '","'.join(values) + '"]'


class Entry(NamedTuple):
    """What the manifest knows of a file: its hash, and the template of a page."""

    sha256: str
    template: str = ""


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
        paths = sorted(self.files)
        entries = [self.files[path] for path in paths]
        content = {
            "format": FORMAT, "inputs": self.inputs, "maker": self.maker, "warnings": self.warnings,
            "templates": dict(sorted(self.templates.items())),
        }  # fmt: skip
        columns = {"files": paths, "sha256": [e.sha256 for e in entries], "template": [e.template for e in entries]}
        told = "".join(f',"{name}":{strings(values)}' for name, values in columns.items())
        return f"{_json(content)[:-1]}{told}}}\n".encode()

    @staticmethod
    def from_json(raw: bytes) -> Manifest | None:
        """The manifest in these bytes, None when they are not one of ours.

        Of a manifest of another format only the files and their hashes count: all is then built anew.
        """
        try:
            content = json.loads(raw)
            listed, hashes = content["files"], content.get("sha256")
            paths = [*listed] if isinstance(listed, dict) else listed
            if isinstance(listed, dict):  # as the third format had them
                hashes = [entry[0] for entry in listed.values()]
            if (
                not isinstance(paths, list)
                or not are_site_paths(paths)
                or {*map(type, paths), *map(type, hashes)} - {str}
            ):
                return None
            if content["format"] != FORMAT:
                return Manifest("", {p: Entry(h) for p, h in zip(paths, hashes, strict=True)})
            entry = partial(tuple.__new__, Entry)  # as it makes itself, without a call in Python for each of thousands
            files = dict(zip(paths, map(entry, zip(hashes, content["template"], strict=True)), strict=True))
            warnings = tuple((*w,) for w in content["warnings"])
            return Manifest(content["inputs"], files, warnings, content["maker"], dict(content["templates"]))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None
