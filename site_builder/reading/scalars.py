"""Single values: text, ids, references, numbers, addresses, language tags. YAML has guessed at none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlsplit

from ..patterns import later
from ..problems import RULES, SETTABLE, clipped, did_you_mean
from ..records import (
    Count,
    Day,
    Hash,
    Id,
    Language,
    Markdown,
    PassageRef,
    RuleName,
    SiteUrl,
    Subject,
    ThingRef,
    Url,
    Words,
)
from ..texts.text import is_visible

if TYPE_CHECKING:
    import yaml

# An id names files: 100 characters leave room for a suffix on every file system; the names that Windows keeps for
# devices are none on any.
_DEVICES = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z)"
ID = later(rf"(?=.{{1,100}}\Z){_DEVICES}[a-z0-9]+(?:-[a-z0-9]+)*")
NO_ID = "is not an id: up to 100 lower-case letters and digits, single hyphens between"
REF = later(r"[a-z0-9]+(?:-[a-z0-9]+)*#[a-z0-9]+(?:-[a-z0-9]+)*")
TAG = later(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
ADDRESS = later(r'[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#\\"<>]+[^\s\\"<>]*')
WITH_HOST = later(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#].*)?")  # whose host needs no further look
HASH = later("[0-9A-Fa-f]{64}")


DAY = later(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KINDS = "|".join(kind for kind in get_args(Subject) if kind not in ("passage", "figure"))
THING = later(rf"(?:(?:passage:|figure:)?{REF.pattern}|(?:{_KINDS}):{ID.pattern})")


class Misfit(ValueError):
    """A value is not what its field wants: the rule, the sentence, and what to write."""

    def __init__(self, rule: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint


NULLS = frozenset(("", "~", "null", "Null", "NULL"))  # how YAML writes, plain, that there is no value


def shown(value: str) -> str:
    """A value in a message."""
    return f"'{clipped(value, 80)}'" if value else "nothing"


def quoted(words: str) -> str:
    """Words in double quotes, with an escape for each character that a YAML file cannot hold as it is."""
    import json
    import unicodedata

    pieces = (
        f"\\U{ord(c):08X}" if c == "\ufeff" or unicodedata.category(c) in ("Cc", "Cn", "Zl", "Zp") else c
        for c in json.dumps(words, ensure_ascii=False)
    )
    return "".join(pieces)


def is_plain(node: yaml.Node) -> bool:
    """Whether a scalar is written without quotes and not as a block."""
    return not getattr(node, "style", None)  # libyaml says "", PyYAML None


def slug(text: str) -> str:
    """The id nearest to a text, empty when it has no Latin letter or digit."""
    near = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:100].rstrip("-")
    return near if not near or ID.fullmatch(near) else f"{near}-1"


def text(value: str, key: str, plain: bool) -> str:  # noqa: ARG001 one signature for all
    """Text that is not blank; a quote without visible words has a rule of its own."""
    if not is_visible(value) and (key not in ("quote", "from", "to") or not value.strip()):
        raise Misfit("bad-value", f"'{key}' is blank", "write some text")
    return value


def identifier(value: str, key: str, plain: bool) -> str:  # noqa: ARG001
    """An id."""
    if not ID.fullmatch(value):
        near = slug(value)
        raise Misfit("bad-id", f"{shown(value)} {NO_ID}", f"write {near}" if near else "for example: early-2021")
    return value


def reference(value: str, key: str, plain: bool) -> str:  # noqa: ARG001
    """A passage as `source-id#passage-id`."""
    if not REF.fullmatch(value):
        raise Misfit("bad-id", f"{shown(value)} does not name a passage", "write source-id#passage-id")
    return value


def thing(value: str, key: str, plain: bool) -> str:  # noqa: ARG001
    """A thing as a brief cites it; whether there is such a thing is not asked, since it may have been."""
    if not THING.fullmatch(value):
        kind, colon, _ = value.partition(":")
        hint = "write source-id#passage-id, or a kind and an id: claim:id, event:id, figure:source-id#figure-id"
        if colon and kind not in get_args(Subject):
            hint = did_you_mean(kind, get_args(Subject), hint)
        raise Misfit("bad-id", f"{shown(value)} does not name a thing", hint)
    return value


def boolean(value: str, key: str, plain: bool) -> bool:
    """True or false, and nothing else that YAML 1.1 took for them."""
    if plain and value in ("true", "false"):
        return value == "true"
    is_meant = dict.fromkeys(("true", "yes", "on", "y", "1"), "true")
    is_meant |= dict.fromkeys(("false", "no", "off", "n", "0"), "false")
    how = "" if plain else "the text "
    hint = f"write {is_meant.get(value.lower(), 'true or false')}"
    raise Misfit("wrong-type", f"'{key}' is true or false, not {how}{shown(value)}", hint)


def number(value: str, key: str, plain: bool) -> Decimal:
    """A plain decimal number."""
    if plain and re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", value):
        return Decimal(value)
    meant = _plain_decimal(value) or _in_digits(value)
    hint = f"write {meant}" if meant else "write digits, for example 1300 or 0.5"
    how = "" if plain else "the text "
    raise Misfit("wrong-type", f"'{key}' is a number, not {how}{shown(value)}", hint)


def count(value: str, key: str, plain: bool) -> int:
    """A whole number, 0 or more."""
    found = number(value, key, plain)
    if found < 0 or found != found.to_integral_value() or found > _MOST:
        raise Misfit(
            "bad-value", f"'{key}' is a whole number from 0 to {_MOST:,}, not {shown(value)}", "for example: 12"
        )
    return int(found)


_MOST = 1_000_000


def _plain_decimal(written: str) -> str | None:
    """What a number in another spelling is in plain decimals: 1,300 and 010 and +5 and 0,5; None when unsure."""
    digits = written.strip().lstrip("+")
    if re.fullmatch(r"-?[0-9]{1,3}(?:([,_' \u00a0\u202f\u2009])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?", digits):
        digits = re.sub(r"[^-0-9.]", "", digits)
    digits = re.sub(r"^(-?)0+(?=[0-9])", r"\1", digits.replace("_", ""))
    return digits.replace(",", ".") if re.fullmatch(r"-?[0-9]+(?:[.,][0-9]+)?", digits) else None


def _in_digits(written: str) -> str:
    """What a number in words is in digits, `17` of "seventeen"; empty for words that are no whole number."""
    from ..printed.quantities import number_mentions  # slow to load, and only bad input needs it

    mentions = tuple(number_mentions(written)) if written.replace(" ", "").replace("-", "").isalpha() else ()
    if [(m.start, m.end) for m in mentions] != [(0, len(written))] or len(mentions[0].values) != 1:
        return ""
    [meant] = mentions[0].values
    return str(meant) if meant.denominator == 1 else ""


def url(value: str, key: str, plain: bool) -> str:  # noqa: ARG001
    """A web address: http or https with a host, nothing that a page could be made to run."""
    if not (ADDRESS.fullmatch(value) and (WITH_HOST.fullmatch(value) or has_host(value))):
        is_bare = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", value)
        hint = f"write https://{value}" if is_bare else "it begins with https:// or http:// and a host"
        raise Misfit("bad-url", f"{shown(value)} is not a web address", hint)
    return value


def has_host(address: str) -> bool:
    """Whether an address of the web names a host."""
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # a bracket that no address closes
        return False


def site_url(value: str, key: str, plain: bool) -> str:
    """The address of a site: addresses of pages are made by adding to it."""
    address = url(value, key, plain)
    if "?" in address or "#" in address:
        bare = re.split(r"[?#]", address, maxsplit=1)[0]
        raise Misfit("bad-url", f"{shown(value)} is the address of a page, not of a site", f"write {bare}")
    return address


def language(value: str, key: str, plain: bool) -> str:  # noqa: ARG001
    """A language tag (BCP 47): `en`, `ru`, `pt-BR`."""
    if not TAG.fullmatch(value):
        raise Misfit("bad-value", f"{shown(value)} is not a language tag", "for example: en, ru, pt-BR")
    return value


def day(value: str, key: str, plain: bool) -> str:  # noqa: ARG001
    """A day that the calendar has, as `2026-11-22`."""
    try:
        if DAY.fullmatch(value) and date.fromisoformat(value):
            return value
    except ValueError:
        pass
    from ..printed.meant import meant_date  # only bad input needs it

    meant = meant_date(value)
    hint = f"write {meant}" if DAY.fullmatch(meant) else "write year, month and day: 2026-11-22"
    raise Misfit("bad-value", f"{shown(value)} is not a day", hint)


def rule_name(value: str, key: str, plain: bool) -> str:  # noqa: ARG001
    """A rule whose severity may be set: one that guards a contract may not."""
    if value not in RULES:
        raise Misfit("unknown-id", f"there is no rule {shown(value)}", did_you_mean(value, SETTABLE, _ALL_RULES))
    if value not in SETTABLE:
        message = f"'{value}' stops a build, and no site is made around it: its severity cannot be set"
        raise Misfit("severity-fixed", message, "mend what it reports; only warnings and advice can be set")
    return value


_ALL_RULES = "briefing check --explain ID tells of a rule"


SCALARS: Mapping[Any, Callable[[str, str, bool], Any]] = MappingProxyType({
    Words: text, Markdown: text, Hash: text, Id: identifier, PassageRef: reference, Url: url, SiteUrl: site_url,
    Language: language, bool: boolean, Decimal: number, Day: day, RuleName: rule_name, ThingRef: thing,
    Count: count,
})  # fmt: skip
