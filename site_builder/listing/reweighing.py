"""A layout after words of events were edited: nearly always they weigh a little more or less, and every stretch stays.

Where an event stands follows from its date and its topics, and where a list is cut from what its things weigh. So only
the stretches that hold an edited event are weighed anew, and the wider ones as far as that takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from .. import urls
from ..frozen import replace
from ..model import Briefing, Event
from ..series import replaced
from .layout import Layout, Limits, least_in_timeline, weight_in_timeline, weight_of_event

Weigh = Callable[[str], int]


_LIMITS = Limits()


def reweighed(
    before: Layout, old: Briefing, briefing: Briefing, events: Set[str], limits: Limits = _LIMITS
) -> Layout | None:
    """The layout of a briefing, from that of an old one of which nothing differs but these events; None where one of
    them stands elsewhere, or a list has to be cut otherwise."""
    was, now = old.index.events, briefing.index.events
    if any(id_ not in was or id_ not in now or _stands(was[id_]) != _stands(now[id_]) for id_ in events):
        return None
    anew = {id_: weight_of_event(briefing, now[id_]) for id_ in events}
    more = {id_: weight - before.weights[id_] for id_, weight in anew.items() if weight != before.weights[id_]}
    if not more:
        return before
    shares: dict[str, Mapping[str, int]] = {}
    for id_, own in more.items():
        for page in map(urls.topic, dict.fromkeys(now[id_].record.topics)):
            known = shares.get(page) or before.shares[page]
            shares[page] = {**known, "events": known["events"] + own}
            if _moves(shares[page], limits) != _moves(before.shares[page], limits):
                return None
    found = replace(before, weights=replaced(before.weights, anew), shares=replaced(before.shares, shares))
    return found if all(_holds(found, now, now[id_], limits) for id_ in more) else None


def _stands(event: Event) -> tuple[object, ...]:
    return event.record.topics, event.date.value


def _moves(shares: Mapping[str, int], limits: Limits) -> tuple[bool, bool]:
    """Whether the lists of a page are too long together, and that of its events long enough to leave it."""
    return sum(shares.values()) > limits.whole, shares["events"] > limits.share


def _holds(layout: Layout, events: Mapping[str, Event], event: Event, limits: Limits) -> bool:
    """Whether all lists stay as they are cut around an event."""

    def drawn(id_: str) -> int:
        return weight_in_timeline(events[id_], layout.weights[id_])

    def at_least(id_: str) -> int:
        return least_in_timeline(layout.weights[id_])

    weight = layout.weights.__getitem__
    lists = [urls.listed(urls.topic(topic), "events") for topic in event.record.topics]
    if urls.TIMELINE not in layout.lists:
        is_whole = not (_outweigh(events, at_least, limits.whole) or _outweigh(events, drawn, limits.whole))
    else:
        is_whole = _holds_in(
            layout, urls.TIMELINE, (layout.events[event.id],), event.id, drawn, limits, at_least=at_least
        )
    return is_whole and all(
        _holds_in(layout, path, layout.lists[path], event.id, weight, limits, at_least=weight)
        for path in lists
        if path in layout.lists
    )


def _holds_in(
    layout: Layout, path: str, pages: Iterable[str], id_: str, weigh: Weigh, limits: Limits, *, at_least: Weigh
) -> bool:
    """Whether a list stays as it is cut around a thing that stands on one of these pages of it.

    What a thing weighs `at_least` is known without the thing, which may lie in a file.
    """
    sheet = next(own for own in map(layout.sheets.__getitem__, pages) if id_ in own.ids)
    if "part-" in sheet.key:  # things of one day, which are cut by what they weigh alone
        return False
    if len(sheet.ids) > 1 and _outweigh(sheet.ids, weigh, limits.sheet):
        return False
    whole = max(limits.sheet, limits.whole) if path == urls.TIMELINE else limits.sheet
    mosts = {wider: whole if wider == path else limits.sheet for wider, _ in sheet.above}
    return all(
        any(_outweigh(_below(layout, wider), each, most) for each in (at_least, weigh)) for wider, most in mosts.items()
    )


def _below(layout: Layout, path: str) -> Iterator[str]:
    yield from layout.sheets[path].ids
    for part in layout.sheets[path].parts:
        yield from _below(layout, part.path)


def _outweigh(ids: Iterable[str], weigh: Weigh, most: int) -> bool:
    """Whether things weigh more than so much together; no more of them are weighed than tells."""
    for id_ in ids:
        most -= weigh(id_)
        if most < 0:
            return True
    return False
