"""What the file system says of files without opening them: by it a build with nothing to do is known, and soon done.

A stamp is trusted only where it is older than the writing down of the stamps: a file that changed again in the very
tick of the clock in which it was looked at has the same stamp as before. What is not trusted is read. The time of
change (ctime) cannot be set by programs, and no copy or clone keeps it: stamps that came with a folder never match.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .glance import FORMAT, Stamp, stamp
from .manifest import Noted, is_site_path


@dataclass(frozen=True, slots=True)
class Stamps:
    """How the inputs looked before a build read them, how the site looked after it, and the warnings it gave.

    `key` says what else the site depends on. `made` is when this was written down, by the clock of the file system.
    """

    key: str
    inputs: Mapping[str, Stamp]
    outputs: Mapping[str, Stamp]
    warnings: tuple[Noted, ...] = ()
    made: int = 0

    def is_trusted(self, path: str, stamp: Stamp | None) -> bool:
        """Whether a file of the site surely has the bytes that were written."""
        return stamp is not None and stamp == self.outputs.get(path) and max(stamp[2:]) < self.made

    def are_inputs(self, key: str, inputs: Mapping[str, Stamp]) -> bool:
        """Whether the site was surely made from what these inputs hold."""
        return self.key == key and self.inputs == inputs and all(max(s[2:]) < self.made for s in inputs.values())


def read_stamps(path: Path) -> Stamps | None:
    """The stamps in a file; None without it, or when it is none of ours."""
    try:
        made = stamp(path)
        content = json.loads(path.read_bytes())
        if made is None or content["format"] != FORMAT or not all(map(is_site_path, content["outputs"])):
            return None
        inputs, outputs = ({p: (s[0], s[1], s[2], s[3]) for p, s in content[n].items()} for n in ("inputs", "outputs"))
        return Stamps(content["key"], inputs, outputs, tuple((*w,) for w in content["warnings"]), made[3])
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def write_stamps(path: Path, stamps: Stamps) -> None:
    """Write stamps down, or, where that fails, none: they only save time."""
    content = {
        "format": FORMAT, "key": stamps.key, "warnings": stamps.warnings,
        "inputs": stamps.inputs, "outputs": stamps.outputs,
    }  # fmt: skip
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        try:
            path.write_bytes(json.dumps(content, separators=(",", ":")).encode())
        except OSError:
            path.unlink(missing_ok=True)


def stamps_of(folder: Path, paths: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of some files below a folder; those that are not there are left out."""
    return {path: own for path in paths if (own := stamp(f"{folder}/{path}"))}
