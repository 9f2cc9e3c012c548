"""Write docs/keys.md and docs/commands.md: `python -m scripts.reference` (or `make reference`).

Run it after a change of a key or a command; a test holds the two files to what this writes.
"""

from __future__ import annotations

import argparse
import re
import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from site_builder.commands import COMMANDS
from site_builder.reading.shapes import Field, shape_of
from site_builder.records import (
    Count,
    Day,
    Hash,
    Id,
    Language,
    Markdown,
    PassageRef,
    Record,
    RuleName,
    SiteUrl,
    ThingRef,
    Url,
    Words,
)
from site_builder.schema.keys import KEYS, Key
from site_builder.schema.schemas import kinds
from site_builder.usage import parser

DOCS = Path(__file__).parent.parent / "docs"
_WRITTEN = (
    "<!-- Written by scripts/reference.py from the program itself: change it there, then run `make reference`. -->"
)

_SCALARS: Mapping[Any, str] = {
    Words: "text", Markdown: "Markdown", Id: "id", Hash: "SHA-256", PassageRef: "passage", Url: "web address",
    SiteUrl: "web address", Language: "language tag", bool: "`true` or `false`", Decimal: "number",
    Day: "day", ThingRef: "thing", Count: "whole number", RuleName: "rule",
}  # fmt: skip
_RULES: Mapping[Any, tuple[str, ...]] = {
    Id: ("bad-id",), PassageRef: ("bad-id",), Url: ("bad-url",), SiteUrl: ("bad-url",), Language: ("bad-value",),
    bool: ("wrong-type",), Decimal: ("wrong-type",), Day: ("bad-value",), ThingRef: ("bad-id",),
    Count: ("wrong-type", "bad-value"),
    RuleName: ("unknown-id",),
}  # fmt: skip


# Keys

_ABOUT_KEYS = """
What may stand in the files under `annotations/`, and in `templates/theme.yaml`, key by key.
[Writing annotations](annotations.md) explains how they work together; [the rules](rules.md) tell what is said of a
mistake, and how to mend it. `briefing schema` writes the
same as JSON Schemas, so that an editor completes keys, ids and choices, and shows mistakes as you type.

Any key may be misspelt (`unknown-key`), written twice (`duplicate-key`) or hold a value of another type
(`wrong-type`), and one that is needed may be missing (`missing-key`): the last column names what else is checked. A
value `null` says that a key which may be left out is left out on purpose.
"""


def keys() -> str:
    """docs/keys.md: for every kind of file its keys, and for every entry inside those of its own."""
    about = f"# Every key\n\n{_WRITTEN}\n{_ABOUT_KEYS}"
    order = {k.record: f"`{k.files}`" for k in kinds().values()}
    for record in tuple(order):
        for inner in _inside(record):
            order.setdefault(inner, "")
    parts = [about]
    for record, files in order.items():
        parts.append(f"## {_name(record)}\n")
        where = f"In {files}{', a list' if _is_list(record) else ''}." if files else f"In {_holders(record, order)}."
        parts.append(f"{where} {_sentence(record.__doc__ or '')}\n")
        parts.append("| key | holds | needed | what it means | example | checked by |\n|---|---|---|---|---|---|")
        parts.append("\n".join(_row(e, KEYS[record][key]) for key, e in shape_of(record).items()) + "\n")
    return "\n".join(parts)


def _name(record: type[Record]) -> str:
    """A record's name in words: PassageRecord is "Passage", OneOriginRecord "One origin"."""
    words = re.findall("[A-Z][a-z]*", record.__name__.removesuffix("Record"))
    return " ".join(words).capitalize()


def _is_list(record: type[Record]) -> bool:
    return any(k.is_list for k in kinds().values() if k.record is record)


def _sentence(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _records(wanted: Any) -> Iterator[type[Record]]:
    if isinstance(wanted, type) and issubclass(wanted, Record):
        yield wanted
    for inner in get_args(wanted):
        yield from _records(inner)


def _inside(record: type[Record]) -> Iterator[type[Record]]:
    for entry in shape_of(record).values():
        for inner in _records(entry.type):
            yield inner
            yield from _inside(inner)


def _holders(record: type[Record], order: Mapping[type[Record], str]) -> str:
    found = [
        f"`{entry.key}` of {_link(holder)}" for holder in order for entry in shape_of(holder).values()
        if record in _records(entry.type)
    ]  # fmt: skip
    return ", ".join(found)


def _link(record: type[Record]) -> str:
    name = _name(record)
    return f"[{name.lower()}](#{name.lower().replace(' ', '-')})"


def _row(entry: Field, key: Key) -> str:
    rules = dict.fromkeys((*_type_rules(entry.type, key), *key.rules))
    cells = (
        f"`{entry.key}`", _holds(entry.type, key), "yes" if entry.required else "", key.meaning,
        f"`{key.example}`" if "`" not in key.example else f"`` {key.example} ``",
        ", ".join(f"[{rule}](rules.md#{_section(rule)})" for rule in rules),
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _holds(wanted: Any, key: Key) -> str:
    origin, args = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return " or ".join(_holds(a, key) for a in args if a is not types.NoneType)
    if origin is tuple:
        return f"list of {_holds(args[0], key)}"
    if origin is Mapping:
        return f"{_holds(args[0], key)} to {'text' if args[1] is Words else _holds(args[1], key)}"
    if origin is Literal:
        return ", ".join(f"`{a}`" for a in args)
    if isinstance(wanted, type) and issubclass(wanted, Record):
        return _link(wanted)
    return {"topics": "topic", "entities": "entity", "measures": "measure"}.get(key.names or "", "") or _SCALARS[wanted]


def _type_rules(wanted: Any, key: Key) -> Iterator[str]:
    if get_origin(wanted) is Literal:
        yield "bad-value"
    yield from _RULES.get(wanted, ())
    for inner in get_args(wanted) if get_origin(wanted) is not Literal else ():
        yield from _type_rules(inner, key)
    if key.names:
        yield "unknown-id"


def _section(rule: str) -> str:
    """The anchor of the heading of docs/rules.md under which a rule stands."""
    before, row, _ = (DOCS / "rules.md").read_text("utf-8").partition(f"\n| `{rule}` |")
    if not row:
        raise ValueError(f"docs/rules.md has no row for '{rule}'")
    heading = re.findall(r"^## (.*)$", before, re.MULTILINE)[-1]
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


# Commands

_ABOUT_COMMANDS = """
`briefing COMMAND --help` says the same. `briefing --version` prints the release.

| exit code | means |
|---|---|
| 0 | done |
| 1 | problems in the content: each is printed with its place, its rule and a hint |
| 2 | wrong usage |
| 3 | the environment does not allow it (disk, permission, lock, a missing extra), or a bug of ours |
| 130 | Ctrl-C |
| 143 | SIGTERM |
"""


def commands() -> str:
    """docs/commands.md: what every command takes, does, and exits with."""
    found = [f"# Every command\n\n{_WRITTEN}\n{_ABOUT_COMMANDS}", "| command | does |\n|---|---|"]
    found += ["\n".join(f"| [`{name}`](#briefing-{name}) | {c.HELP} |" for name, c in COMMANDS.items()) + "\n"]
    for name, sub in _subparsers().items():
        found += _command(name, sub)
    return "\n".join(found)


def _subparsers() -> dict[str, argparse.ArgumentParser]:
    (chosen,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(chosen.choices)


def _command(name: str, sub: argparse.ArgumentParser) -> list[str]:
    command = COMMANDS[name]
    actions = [a for a in sub._actions if not isinstance(a, argparse._HelpAction)]
    usage = " ".join((f"briefing {name}", *_usage(actions)))
    rows = [f"| {_spelling(a)} | {_escaped(_help(a, sub))} |" for a in actions]
    exits = [f"| {code} | {_escaped(means)} |" for code, means in command.EXITS.items()]
    return [
        f"## briefing {name}\n", f"{command.HELP[0].upper()}{command.HELP[1:]}.\n", f"```sh\n{usage}\n```\n",
        "| argument | means |\n|---|---|", "\n".join(rows) + "\n", "| exits with | when |\n|---|---|",
        "\n".join(exits) + "\n", f"For example:\n\n```sh\n{command.EXAMPLE}\n```\n",
    ]  # fmt: skip


def _usage(actions: list[argparse.Action]) -> Iterator[str]:
    """How it is called, options first. argparse's own words differ from one Python to the next."""
    for action in sorted(actions, key=lambda a: not a.option_strings):
        word = " ".join((*action.option_strings[-1:], *([_value(action)] if action.nargs != 0 else [])))
        word += " …" if action.nargs in ("+", "*") else ""
        yield word if action.required and action.nargs not in ("?", "*") else f"[{word}]"


def _value(action: argparse.Action) -> str:
    """What stands for an argument's value."""
    if isinstance(action.metavar, str):
        return action.metavar
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _help(action: argparse.Action, sub: argparse.ArgumentParser) -> str:
    return sub._get_formatter()._expand_help(action)


def _spelling(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else _value(action)
    if not action.option_strings:
        return f"`{value}`"
    return _escaped(", ".join(f"`{option}{f' {value}' if value else ''}`" for option in action.option_strings))


REFERENCES = {"keys.md": keys, "commands.md": commands}


def main() -> None:
    """Write both."""
    for name, written in REFERENCES.items():
        (DOCS / name).write_text(written(), "utf-8")


if __name__ == "__main__":
    main()
