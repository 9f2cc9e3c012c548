"""JSON Schemas (draft 2020-12) of the annotation files, for editors: made from the record types, which are the schema.

A schema sees values after YAML has read them, as an editor does (YAML 1.2: `no` and `2022-09-21` are text, `010` is a
number). It knows the shape of one file, and, given what a briefing declares, its ids; the contracts are the build's.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .. import records
from ..frozen import dataclass
from ..problems import SETTABLE
from ..reading.folder import LISTS, THEME
from ..reading.scalars import ADDRESS, DAY, HASH, ID, REF, TAG, THING
from ..reading.shapes import shape_of
from ..records import (
    Annotations,
    Count,
    Day,
    Hash,
    Id,
    Language,
    Markdown,
    PassageRef,
    RangeQuote,
    Record,
    RuleName,
    SiteUrl,
    SourceFile,
    ThingRef,
    TopicFile,
    Url,
    Words,
)
from ..texts.text import on_one_line
from .keys import KEYS, Declared

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = ".schema"
"""The folder of a briefing in which its schemas are kept; a file's first line names its own by a path to there."""
WRITTEN_BY = "Written by `briefing schema`; change nothing here."
_LISTED = 10_000  # ids of one kind; an editor gets slow with more, and any that is spelt like one is taken


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of annotation file: its record, whether it holds a list of them, and which files are of it."""

    name: str
    record: type[Record]
    is_list: bool
    files: str


def kinds() -> dict[str, Kind]:
    """Every kind of annotation file by the name of its schema, as `Annotations` lists what is read."""
    found = {}
    for name, hint in get_type_hints(Annotations, vars(records)).items():
        (item, *_) = get_args(hint) or (hint,)
        if item is SourceFile:
            found["source"] = Kind("source", records.SourceRecord, False, "sources/<id>.yaml")
        elif item is TopicFile:
            found["topic"] = Kind("topic", records.TopicRecord, False, "the front matter of topics/<id>.md")
        elif isinstance(item, type) and issubclass(item, Record):
            is_list = get_origin(hint) in (tuple, Sequence)
            files = f"{name}.yaml, or files in {name}/" if name in LISTS else f"{name}.yaml"
            files = THEME if item is records.ThemeRecord else files
            found[name] = Kind(name, item, is_list, files)
    return found


@dataclass(frozen=True)
class Known:
    """The ids that a briefing declares, by kind, each with a word about it; a kind that is missing is not listed."""

    ids: Mapping[Declared, Mapping[str, str]]

    @cached_property
    def lists(self) -> dict[Declared, Schema]:
        """What fits a place where an id of a kind stands, for kinds with few enough ids to be listed."""
        return {name: _listed(ids) for name, ids in self.ids.items() if len(ids) <= _LISTED}


def known(annotations: Annotations) -> Known:
    """What a briefing declares. While an entry is broken, its ids cannot be told, and no id is called unknown."""
    if annotations.broken:
        return Known({})
    passages = {
        f"{source.id}#{passage.id}": _words(passage.quote) for source in annotations.sources
        for passage in source.record.passages
    }  # fmt: skip
    return Known(
        {
            "topics": {t.id: t.record.title for t in annotations.topics},
            "entities": {e.id: e.name for e in annotations.entities},
            "measures": {m.id: m.label for m in annotations.measures},
            "passages": passages,
        }
    )


def _words(quote: Words | RangeQuote) -> str:
    return f"{quote.from_} … {quote.to}" if isinstance(quote, RangeQuote) else quote


def schemas(declared: Known | None = None) -> dict[str, bytes]:
    """The schema of every kind of file, as the bytes of `<kind>.json`; with `declared`, ids are listed."""
    return {
        f"{name}.json": (json.dumps(schema(kind, declared), ensure_ascii=False) + "\n").encode()
        for name, kind in kinds().items()
    }


def schema(kind: Kind, declared: Known | None = None) -> Schema:
    """The schema of one kind of file."""
    lists = declared.lists if declared else {}
    made = _record(kind.record, lists)
    if kind.is_list:
        made = {"type": ["array", "null"], "items": made}
    head = {"$schema": DIALECT, "$comment": WRITTEN_BY, "title": f"{kind.name}: {kind.files}", **made}
    used = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(made)))
    if used:
        head["$defs"] = {name: lists[name] for name in sorted(lists) if name in used}
    return head


_Lists = Mapping[Declared, Schema]


def _record(kind: type[Record], lists: _Lists) -> Schema:
    shape = shape_of(kind)
    meanings = KEYS[kind]
    properties = {}
    for key, entry in shape.items():
        meaning = meanings[key]
        ids = meaning.names if meaning.names in lists else None
        about = {"description": meaning.meaning.replace("`", "")}
        if "`" in meaning.meaning:
            about["markdownDescription"] = meaning.meaning  # what an editor shows, if it can
        properties[key] = _value(entry.type, ids, lists) | about
    made: Schema = {
        "type": "object", "description": on_one_line(kind.__doc__ or ""), "properties": properties,
        "additionalProperties": False,
    }  # fmt: skip
    required = [key for key, entry in shape.items() if entry.required]
    return made | {"required": required} if required else made


def _value(wanted: Any, ids: Declared | None, lists: _Lists) -> Schema:
    """What fits a field type. Flat where it can be: editors tell more of a misfit than of the options of a union."""
    origin, args = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _union(args, ids, lists)
    if origin is tuple:
        return {"type": ["array", "null"], "items": _value(args[0], ids, lists)}
    if origin is Mapping:
        return {
            "type": ["object", "null"], "propertyNames": _value(args[0], ids, lists),
            "additionalProperties": _value(args[1], None, lists),
        }  # fmt: skip
    if origin is Literal:
        return {"enum": [*args, *(int(a) for a in args if a.isdecimal())]}
    if isinstance(wanted, type) and issubclass(wanted, Record):
        return _record(wanted, lists)
    return {"$ref": f"#/$defs/{ids}"} if ids else _SCALARS[wanted]()


def _union(args: Iterable[Any], ids: Declared | None, lists: _Lists) -> Schema:
    """A field that may be left empty, or that takes words or keys: one schema, since each part speaks of its own."""
    parts = [_value(arg, ids, lists) for arg in args if arg is not types.NoneType]
    is_optional = types.NoneType in args
    if not any("type" in part for part in parts):
        (part,) = parts
        if "enum" in part and is_optional:
            return {"enum": [*part["enum"], None]}
        return {"anyOf": [part, {"type": "null"}]} if is_optional else part
    made: Schema = {}
    for part in parts:
        made = part | made | {"type": [*_types(made), *_types(part)]}
    return made | {"type": [*made["type"], "null"]} if is_optional else made


def _types(part: Schema) -> list[str]:
    written = part.get("type", [])
    return [written] if isinstance(written, str) else written


def _whole(pattern: re.Pattern[str]) -> str:
    """A pattern that a whole text must match, as a schema spells it: ECMAScript knows no end but `$`."""
    return f"^(?:{pattern.pattern})$".replace(r"\Z", "$")


def _spelt(pattern: re.Pattern[str]) -> Schema:
    return {"type": "string", "pattern": _whole(pattern)}


def _text() -> Schema:
    """Words: what looks like a number is text too, where text is wanted."""
    return {"type": ["string", "number"], "pattern": r"\S"}


def _id() -> Schema:
    """An id; one of digits alone is a number to an editor."""
    return {"type": ["string", "integer"], "pattern": _whole(ID), "minimum": 0}


_SCALARS: Mapping[Any, Callable[[], Schema]] = types.MappingProxyType(
    {
        Words: _text,
        Markdown: _text,
        Id: _id,
        Hash: lambda: _spelt(HASH) | {"type": ["string", "number"]},  # one of digits alone is a number to an editor
        PassageRef: partial(_spelt, REF),
        Url: partial(_spelt, ADDRESS),
        SiteUrl: lambda: {"type": "string", "pattern": f"^(?=[^?#]*$)(?:{ADDRESS.pattern})$"},
        Language: partial(_spelt, TAG),
        RuleName: lambda: {"enum": sorted(SETTABLE)},
        bool: lambda: {"type": "boolean"},
        Decimal: lambda: {"type": "number"},
        Day: partial(_spelt, DAY),
        ThingRef: partial(_spelt, THING),
        Count: lambda: {"type": "integer", "minimum": 0},
    }
)


def _listed(ids: Mapping[str, str]) -> Schema:
    """The ids that are known, in the order in which they are declared, each with a word about it."""
    about = [" ".join(word[:150].split()) for word in ids.values()]
    numbers = [int(i) for i in ids if i.isdecimal() and str(int(i)) == i]
    return {"enum": [*ids, *numbers], "enumDescriptions": about}


def first_line(path: str, kind: str) -> str:
    """The comment that names the schema of a file of `kind`, at a path from the briefing's folder."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{FOLDER}/{kind}.json\n"
