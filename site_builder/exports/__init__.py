"""The briefing as data: each module writes one file, or those of a kind.

To add an export: a module here, a name in `LEFT_OUT_WITH`, a row in `downloads`, a test. What is private or not for the
public has left the briefing before it comes here: an export writes all that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model import Briefing
from ..records import Omission
from ..rooms import each_in
from .export import Export

LEFT_OUT_WITH: dict[str, Omission] = {
    "briefing_json": "data", "annotations_jsonld": "data", "csv_tables": "data", "citations": "data", "feed": "changes",
}  # fmt: skip
"""Each module, and what a theme leaves out with which none of its files is made."""
EXPORTS: tuple[Callable[[Briefing], Iterator[Export]], ...] = each_in(__name__, "exports", *LEFT_OUT_WITH)

__all__ = ["EXPORTS", "LEFT_OUT_WITH", "Export"]
