"""Every single thing of a resolved briefing, made another: for tests of what depends on what.

What is made is a briefing that the build could not read from files (words that no text holds, say), but one that can be
drawn. The id of a thing is never another; there are copies with other ids instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from site_builder import model, records
from site_builder.model import Briefing, Figure, Index, Passage, Source
from site_builder.printed.dates import Edtf, parse_edtf
from site_builder.problems import Place
from site_builder.records import Location
from site_builder.storing import Stored
from site_builder.texts.text import Span

Path = tuple[str | int, ...]
Change = Callable[[Any], Any]
Pools = Mapping[str, Sequence[str]]
_EDTF, _TAIL, _COPY = "1987-06-05", " (otherwise)", "-copy"

_IDS = {"id", "source", "passage"}  # names of fields that say which thing this is
_WHOLE = {"chain", "related", "sentences", "paragraphs", "shown", "hidden"}  # whose parts fit only as they are
_DATES = {"period", "as_of", "reported", "edtf", "accessed", "date"}
_REFERENCES = {  # fields that name other things
    "topics": "topics", "related": "topics", "themes": "topics",
    "said_by": "entities", "via": "entities", "entities": "entities", "voices": "entities", "chain": "entities",
    "origins": "entities", "sources": "sources", "measure": "measures", "not_comparable": "measures",
    "evidence": "passages", "nearest": "passages", "passages": "passages", "inputs": "figures",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One thing of a briefing made another: where it stands, what was done with it, and how."""

    path: Path
    what: str
    change: Change

    @property
    def field(self) -> str:
        """The field that is another, without saying of which thing: `sources.passages.note: told`."""
        return f"{'.'.join(str(step) for step in self.path if isinstance(step, str))}: {self.what}"


def mutants(briefing: Briefing) -> Iterator[Mutant]:
    """All things that can be another, each with every way in which it is made so."""
    pools = {f.name: [id_ for id_ in getattr(briefing.index, f.name) if _COPY not in id_] for f in fields(Index)}
    for part in fields(Briefing):
        if part.name not in ("index", "leaves_out"):  # what the theme leaves out counts as another maker
            hint = _hints(Briefing)[part.name]
            yield from _of(getattr(briefing, part.name), hint, (part.name,), pools)


def enriched(briefing: Briefing) -> Briefing:
    """The briefing with a value wherever there may be one, and one more of everything."""
    first: dict[Path, Mutant] = {}
    for mutant in mutants(briefing):
        if mutant.what in ("told", "longer"):
            first.setdefault(mutant.path, mutant)
    return mutated(briefing, list(first.values()))


def mutated(briefing: Briefing, chosen: Sequence[Mutant]) -> Briefing:
    """The briefing with these things made another, and an index that fits."""
    changes: defaultdict[Path, list[Change]] = defaultdict(list)
    for mutant in chosen:
        changes[mutant.path].append(mutant.change)
    return indexed(_rebuilt(briefing, changes))


def indexed(briefing: Briefing) -> Briefing:
    """The briefing with an index made of its parts."""
    old = briefing.index
    passages = {p.ref: p for s in briefing.sources for p in s.passages}
    figures = {f.ref: f for p in passages.values() for f in p.figures}
    order = {ref: at for at, ref in enumerate(old.figures)}
    index = Index(
        sources={s.id: s for s in briefing.sources},
        passages=passages,
        figures=dict(sorted(figures.items(), key=lambda item: order.get(item[0], len(order)))),
        events={e.id: e for e in briefing.events},
        claims={c.id: c for c in briefing.claims},
        measures={m.id: m for m in briefing.measures},
        entities={e.id: e for e in briefing.entities},
        topics={t.id: t for t in briefing.topics},
    )
    return replace(briefing, index=index)


def _rebuilt(value: Any, changes: Mapping[Path, list[Change]]) -> Any:
    """A value with what stands below it changed first, then itself."""
    below: defaultdict[str | int, dict[Path, list[Change]]] = defaultdict(dict)
    for path, own in changes.items():
        if path:
            below[path[0]][path[1:]] = own
    if is_dataclass(value) and below:
        value = replace(cast("Any", value), **{str(k): _rebuilt(getattr(value, str(k)), c) for k, c in below.items()})
    elif isinstance(value, Mapping) and below:
        value = {k: _rebuilt(v, below[k]) if k in below else v for k, v in value.items()}
    elif below:
        value = tuple(_rebuilt(v, below[k]) if k in below else v for k, v in enumerate(value))
    for change in changes.get((), ()):
        value = change(value)
    return value


# What there is to make another


def _of(value: Any, hint: Any, path: Path, pools: Pools) -> Iterator[Mutant]:
    name = next(str(step) for step in reversed(path) if isinstance(step, str))
    if value is None or isinstance(value, _SINGLE):
        yield from (Mutant(path, what, change) for what, change in _others(value, hint, name, pools))
    elif isinstance(value, (Stored, Span)):
        yield from _of_place(value, name, path, pools)
    elif is_dataclass(value):
        kind: Any = type(value)
        for field in fields(value):
            if not (field.name in _IDS and isinstance(getattr(value, field.name), str)):
                yield from _of(getattr(value, field.name), _hints(kind)[field.name], (*path, field.name), pools)
        if _is_optional(hint):
            yield Mutant(path, "left out", lambda _: None)
    elif isinstance(value, Mapping):
        yield from _of_mapping(value, get_args(hint)[1], path, pools)
    elif len(kinds := get_args(_plain(hint))) == 1 or Ellipsis in kinds:
        yield from _of_many(value, kinds[0], path, pools)
    else:
        for at, own in enumerate(value):
            yield from _of(own, kinds[at], (*path, at), pools)


def _of_place(value: Stored | Span, name: str, path: Path, pools: Pools) -> Iterator[Mutant]:
    if isinstance(value, Span):
        yield Mutant(path, "shifted", lambda _: Span(value.start, max(value.start + 1, value.end - 1)))
        return
    for what, change in _others(value.text, str, name, pools):
        yield Mutant(path, what, partial(_restored, change))


def _restored(change: Change, own: Stored) -> Stored:
    return Stored(change(own.text).encode())


def _of_mapping(value: Mapping[str, Any], inner: Any, path: Path, pools: Pools) -> Iterator[Mutant]:
    for key, own in value.items():
        yield from _of(own, inner, (*path, key), pools)
    yield Mutant(path, "reversed", lambda found: dict(reversed(found.items())))
    if more := [key for key in _pool(str(path[-1]), pools) if key not in value]:
        yield Mutant(path, "longer", lambda found: found | {more[0]: _made(inner, "", pools)})


def _of_many(value: tuple[Any, ...], inner: Any, path: Path, pools: Pools) -> Iterator[Mutant]:
    for at, own in enumerate(value):
        yield from _of(own, inner, (*path, at), pools)
    name = str(path[-1])
    if name in _WHOLE:
        return
    if len(value) > 1:
        yield Mutant(path, "reversed", lambda found: tuple(reversed(found)))
    if value and (not is_dataclass(value[-1]) or _name(value[-1]).endswith(_COPY)):
        yield Mutant(path, "shorter", lambda found: found[:-1])
    yield from (Mutant(path, "longer", change) for change in _longer(value, inner, name, pools))


def _others(value: Any, hint: Any, name: str, pools: Pools) -> Iterator[tuple[str, Change]]:
    """Other values of a kind: what each is, and how it is made."""
    if value is None:
        if name not in _REFERENCES or _pool(name, pools):
            yield "told", lambda _: _made(hint, name, pools)
        return
    if _is_optional(hint):
        yield "left out", lambda _: None
    literals = [a for h in _flat(hint) if get_origin(h) is Literal for a in get_args(h)]
    if literals:
        yield "another", lambda own: literals[literals.index(own) - 1]
    elif name in _REFERENCES:
        others = [other for other in _pool(name, pools) if other != value]
        yield from (("another", lambda _, other=other: other) for other in others[:1])
    elif name in _DATES and isinstance(value, str):
        yield "another", lambda _: _EDTF
    elif name == "text" and "\n" in str(value):  # of a source: as long as it was
        yield "another", lambda own: own.translate(str.maketrans("eaEA", "aeAE"))
    else:
        yield "another", next(change for kind, change in _ANOTHER if isinstance(value, kind))
    if isinstance(value, Decimal):
        yield "written otherwise", lambda own: own.quantize(Decimal("1e-9"))
    if records.NoteRecord in _flat(hint):
        yield "private", lambda own: records.NoteRecord(at=_NOWHERE, text=own, private=True)


_NOWHERE = Location(Place("elsewhere", 99, 9), {})
_ANOTHER: tuple[tuple[type, Change], ...] = (  # the first that fits
    (Location, lambda _: _NOWHERE),
    (Edtf, lambda _: parse_edtf(_EDTF)),
    (bool, lambda own: not own),
    (Decimal, lambda own: own + 7),
    (bytes, lambda own: own + b"\n"),
    (int, lambda own: own + 1),
    (str, lambda own: own + _TAIL),
)
_SINGLE = tuple(kind for kind, _ in _ANOTHER)


def _made(hint: Any, name: str, pools: Pools) -> Any:
    """A value where there was none."""
    kind = _plain(hint)
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if is_dataclass(kind) and kind is not Edtf:
        record: Any = kind
        return record(**{f.name: _part(f.name, _hints(record)[f.name], pools) for f in fields(record)})
    if name in _REFERENCES:
        return _pool(name, pools)[0]
    if name in _DATES and kind is str:
        return _EDTF
    return "https://example.org/other" if "url" in name.casefold() else _NEW[kind]


_NEW = {Edtf: parse_edtf(_EDTF), bool: True, Decimal: Decimal(7), bytes: b"other", int: 7, str: _TAIL.strip()}


def _part(name: str, hint: Any, pools: Pools) -> Any:
    """A field of a record where there was none."""
    if name == "at" or _is_optional(hint):
        return _NOWHERE if name == "at" else None
    return tuple(_pool(name, pools)[:2]) if get_origin(hint) is tuple else _made(hint, name, pools)


def _longer(value: tuple[Any, ...], inner: Any, name: str, pools: Pools) -> Iterator[Change]:
    """One more: a copy of the last under another id, at the end and at the beginning; or another value at the end."""
    if value and (copy := _copy(value[-1])):
        yield lambda found: (*found, _copy(found[-1]))
        yield lambda found: (copy, *found)
    elif value and is_dataclass(value[-1]):
        yield lambda found: (*found, found[-1])
    elif name in _REFERENCES:
        more = [other for other in _pool(name, pools) if other not in value][:1]
        yield from (lambda found, o=o: (*found, o) for o in more)
    elif inner not in (Passage, Figure):
        yield lambda found: (*found, _made(inner, name, pools))


def _name(thing: Any) -> str:
    """The id of a thing, empty where it has none."""
    return str(getattr(thing, "id", "") or getattr(getattr(thing, "record", None), "id", ""))


def _copy(thing: Any) -> Any:
    """A thing under another id, with all that is in it; None of what has no id."""
    if isinstance(thing, Source):
        id_ = f"{thing.id}{_COPY}"
        passages = tuple(
            replace(p, source=id_, chain=(*p.chain[:-1], id_) if p.chain[-1] == thing.id else p.chain,
                    figures=tuple(replace(f, source=id_) for f in p.figures))
            for p in thing.passages
        )  # fmt: skip
        return replace(thing, id=id_, passages=passages)
    if isinstance(thing, Passage):
        id_ = f"{thing.id}{_COPY}"
        figures = tuple(replace(f, id=f"{f.id}{_COPY}", passage=id_) for f in thing.figures)
        return replace(thing, id=id_, figures=figures)
    if isinstance(thing, model.Topic):
        return replace(thing, id=f"{thing.id}{_COPY}", related=())
    if isinstance(thing, Figure) or (hasattr(thing, "id") and not hasattr(thing, "record")):
        return replace(thing, id=f"{thing.id}{_COPY}")
    if hasattr(getattr(thing, "record", None), "id"):
        return replace(thing, record=replace(thing.record, id=f"{thing.record.id}{_COPY}"))
    return None


def _pool(name: str, pools: Pools) -> Sequence[str]:
    """The ids that a field of this name may have."""
    return pools.get(_REFERENCES.get(name, ""), ())


# Types


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _flat(hint: Any) -> tuple[Any, ...]:
    return tuple(h for a in get_args(hint) for h in _flat(a)) if get_origin(hint) in (Union, UnionType) else (hint,)


def _is_optional(hint: Any) -> bool:
    return NoneType in _flat(hint)


def _plain(hint: Any) -> Any:
    """A type without None, of several the first."""
    return next(h for h in _flat(hint) if h is not NoneType)
