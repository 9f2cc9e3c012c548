"""Flags: every passage that is garbled, overstated or otherwise odd, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from .bibliography import bibliography
from .frame import Context, Desk, Page
from .views import QuoteView, counted


class FlaggedView(NamedTuple):
    """A flagged passage and why it is flagged."""

    quote: QuoteView
    why: Markup


class FlagGroup(NamedTuple):
    """The flags of one kind."""

    id: str
    kind: str
    meaning: str
    flagged: tuple[FlaggedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsContext(Context):
    """What the page of flags shows."""

    groups: tuple[FlagGroup, ...]
    count: str


MEANINGS = {
    "garbled": "The sentence does not hold together as language.",
    "overstated": "The words say more than what they rest on.",
    "unclear": "It cannot be told what is meant.",
    "arithmetic": "The numbers do not agree with one another.",
    "time": "The times do not agree with one another.",
    "attribution": "It is not clear, or not likely, whose words these are.",
    "naming": "A name is wrong, or means something else than it says.",
    "translation": "The wording shows a faulty translation.",
    "heading": "A heading says more than the text below it.",
}


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.FLAGS, "pages/flags.html", lambda: _context(desk))


def _context(desk: Desk) -> FlagsContext:
    site = desk.at(urls.FLAGS)
    by_kind: dict[str, list[FlaggedView]] = {kind: [] for kind in MEANINGS}
    for passage in desk.briefing.passages():
        for flag in passage.flags:
            by_kind[flag.kind].append(FlaggedView(site.quote(passage.ref), site.line(flag.why)))
    groups = tuple(FlagGroup(f"flag-{kind}", kind, MEANINGS[kind], tuple(own)) for kind, own in by_kind.items() if own)
    frame = site.frame("Flags", "Passages that are garbled, overstated or otherwise odd, each with the reason.")
    return FlagsContext(
        frame=frame,
        bibliography=bibliography(site, (p.ref for p in desk.briefing.passages() if p.flags)),
        groups=groups,
        count=counted(sum(len(g.flagged) for g in groups), "flag"),
    )
