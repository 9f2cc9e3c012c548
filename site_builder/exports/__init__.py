"""The briefing as data: each module writes one file, or those of a kind.

To add an export: a module here, a name in `EXPORTS`, a row in `downloads`, a test. What is private or not for the
public has left the briefing before it comes here: an export writes all that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model import Briefing
from ..rooms import each_in
from .export import Export

EXPORTS: tuple[Callable[[Briefing, str, str], Iterator[Export]], ...] = each_in(
    __name__, "exports", "briefing_json", "annotations_jsonld", "csv_tables", "citations", "feed"
)

__all__ = ["EXPORTS", "Export"]
