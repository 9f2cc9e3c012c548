"""What compiled templates run with: values as HTML, and the ids and links of a page, noted as they are put there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import markupsafe
from markupsafe import Markup, escape

from ..markup.linked_html import Filled

# The step of `escape` that replaces characters, without the object around them; not every release has it.
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)

_PLAIN = (int, float)  # what is written without a character that is escaped

Read = Callable[[str], tuple[Iterable[str], Iterable[str]]]
"""What reads the ids and links of a piece of HTML."""
Drawn = Callable[..., None]
"""A macro as it is compiled: it puts what it makes of its arguments at the end of a list, which comes first."""
Made = tuple[str, tuple[str, ...], tuple[str, ...]]
"""HTML, and its ids and links."""


class Notes:
    """The ids and links of a page as they stand on it, noted while it is rendered; or that they have to be read."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.ids: list[str] = []
        self.links: list[str] = []
        self.is_sure = True
        self.shared: list[Once] = []

    def forget(self) -> None:
        """Let go of what was made once for many pages, when no more are made."""
        for made in self.shared:
            made.clear()

    def clear(self) -> None:
        """Begin a page."""
        self.ids.clear()
        self.links.clear()
        self.is_sure = True

    def in_text(self, value: Any) -> str:
        """A value that is no plain text, as text between tags; HTML from elsewhere brings ids and links with it."""
        kind = type(value)
        if kind in _PLAIN:
            return str(value)
        if kind is Filled:
            self.ids += value.ids
            self.links += value.links
            return value  # type: ignore[no-any-return]
        text: str = value if kind is Markup else escape(value)
        if "<" in text or ">" in text:
            is_whole = text.count("<") == text.count(">") and -1 < text.find("<") < text.find(">")
            self.is_sure &= is_whole and text.rfind("<") < text.rfind(">")
            if "=" in text:
                ids, links = self.read(text)
                self.ids += ids
                self.links += links
        return text

    def in_value(self, value: Any) -> str:
        """A value that is no plain text, as the value of an attribute."""
        if type(value) in _PLAIN:
            return str(value)
        text: str = escape(value)
        self.is_sure &= not ('"' in text or "'" in text or "<" in text)
        return text

    def in_name(self, value: Any) -> str:
        """Any value, as the name of a tag or the end of it."""
        text: str = value if type(value) is str and value.isalnum() else escape(value)
        self.is_sure &= text.isalnum() and text.isascii() and text[0].isalpha()
        return text

    def once(self, macro: Drawn) -> Once:
        """What a macro makes of values, each made once."""
        known: Once | None = vars(macro).get("once")
        if known is None:
            known = vars(macro)["once"] = Once(self, macro)
            self.shared.append(known)
        return known

    def names(self) -> dict[str, Any]:
        """What compiled templates know these by."""
        return {
            "notes": self, "note_id": self.ids.append, "note_ids": self.ids.extend, "note_link": self.links.append,
            "note_links": self.links.extend, "in_text": self.in_text, "in_value": self.in_value,
            "in_name": self.in_name, "once": self.once, "escaped": escaped, "drawn": drawn,
        }  # fmt: skip


class Once(dict[Hashable, Made]):
    """What a macro makes of a value that many pages share, with its ids and links, which are noted on each page."""

    def __init__(self, notes: Notes, macro: Drawn) -> None:
        super().__init__()
        self.notes = notes
        self.macro = macro

    def __missing__(self, value: Hashable) -> Made:
        notes = self.notes
        ids, links, was_sure, notes.is_sure = len(notes.ids), len(notes.links), notes.is_sure, True
        html: list[str] = []
        self.macro(html, value)
        made = "".join(html), tuple(notes.ids[ids:]), tuple(notes.links[links:])
        del notes.ids[ids:], notes.links[links:]
        if notes.is_sure:
            self[value] = made
        notes.is_sure &= was_sure
        return made


def drawn(macro: Drawn, *arguments: Any, **named: Any) -> Markup:
    """What a macro makes of its arguments, where it does not stand between tags."""
    html: list[str] = []
    macro(html, *arguments, **named)
    return Markup("".join(html))  # noqa: S704 a macro escapes what it is given
