"""The text that was annotated, when the one in `seeds/` is another: from the site built last, or from git.

Nothing is taken for it but what has the hash that the annotations name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from . import urls
from .history.revisions import versions
from .reading.files import Files
from .reading.seeds import SEEDS
from .records import Annotations, SourceFile
from .texts.text import decode


def old_texts(folder: Path, annotations: Annotations) -> dict[str, str]:
    """The old texts of those sources whose text was changed, by id, as far as they can be found."""
    found: dict[str, str] = {}
    for file in annotations.sources:
        wanted = file.record.sha256.lower()
        if file.sha256 is None or not wanted or file.sha256 == wanted:
            continue
        for raw in _copies(folder, file):
            text = decode(raw) if hashlib.sha256(raw).hexdigest() == wanted else None
            if isinstance(text, str):
                found[file.id] = text
                break
    return found


def _copies(folder: Path, file: SourceFile) -> Iterator[bytes]:
    """What may be the old text: this one with other line ends, the copy in the site, what was committed."""
    if file.text is not None:
        yield file.text.encode()
        yield file.text.replace("\n", "\r\n").encode()
    built = Files(folder / "output").read(urls.seed(file.id))
    if built is not None:
        yield built
    yield from versions(folder, f"{SEEDS}/{file.record.text}")
