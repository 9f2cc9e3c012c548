"""The briefing as data: each module writes one file. To add an export: a module here, a name in `EXPORTS`, a test."""

from __future__ import annotations

from collections.abc import Callable

from ..model import Briefing
from . import annotations_jsonld, briefing_json

EXPORTS: tuple[tuple[str, Callable[[Briefing, str, str], bytes]], ...] = (
    ("data/briefing.json", briefing_json.export),
    ("data/annotations.jsonld", annotations_jsonld.export),
)

__all__ = ["EXPORTS"]
