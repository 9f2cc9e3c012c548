"""What most Markdown is: paragraphs and short lists of words, emphasis and links. Many texts are read at once, since a
few steps over all of them cost far less than as many over each.

Whatever is not of the usual kind in one of them gives all of them up, to `simple_markdown`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..patterns import later
from .linked_html import escaped

Link = Callable[[str], str]
"""What is written as the address of a link, from the one in the text; nothing that HTML would read as a mark."""

# Emphasis stands between these, a quotation mark as typed, and the ends of a text.
BEFORE, BEHIND = " \n('\u201c\u2018\u2014", " \n.,;:!?)'\u201d\u2019\u2014"
_ADDRESS = r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9./_=-]*)?(?:\?[A-Za-z0-9._=-]*)?(?:#[A-Za-z0-9._-]*)?"
TARGET = rf"(?:{_ADDRESS}|[A-Za-z][A-Za-z0-9/_-]*\.html(?:#[A-Za-z0-9_-]+)?)"
# What a line of running text begins with; all else may begin a block of another kind.
_SIGN = r"[(\"'\u2018-\u201e\u00ab\u00bb\u20ac$\u00a3%@\u2013\u2014\u2026\[`]"
TEXT = rf"(?![0-9]{{1,9}}[.)](?:\s|\Z))(?:[^\W_]|{_SIGN}|\*(?=\S))"

# Each of these begins with what is found without a search. All but the lines are read in text that is escaped.
_ODD_LINE = later(rf"\n(?:(?<=[^\S\n]\n)|(?!\n|\Z|(?:- )?{TEXT}))")
_ODD = later(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\\`_!&](?:(?<![_!&])|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))|(?<=!)\["
    r"|(?<=&)(?:amp;[#A-Za-z]|lt;[A-Za-z/!?]))"
)
_EMPHASIS = later(
    rf"(\*(?<![^{BEFORE};]\*)(?<!(?<!&quot);\*)\*?)(?!\s)([^*\[\]\n]++)(?<!\s)(\1)(?=[{BEHIND}]|&quot;|\Z)"
)
_LINK = later(rf"\[(?!@|analysis\])([^<\[\]\n]++)\]\(({TARGET})\)")
_OPENS, _CLOSES = {"*": "<em>", "**": "<strong>"}, {"*": "</em>", "**": "</strong>"}
_BETWEEN = "\n\n\n"  # two notes; within one there are no two blank lines


def notes_html(notes: Sequence[str], link: Link) -> list[str] | None:
    """The HTML of some notes, None where one of them is not of the usual kind."""
    texts = [note.strip("\n") for note in notes]
    written = f"\n{_BETWEEN.join(texts)}\n"
    html = _running_html(written, link) if all(texts) and not _ODD_LINE.search(written) else None
    if html is None:
        return None
    made = [
        _blocks(text) if "\n" in text or text[:2] == "- " else f"<p>{text}</p>\n" for text in html[1:-1].split(_BETWEEN)
    ]
    return made if len(made) == len(notes) and "" not in made else None


def _blocks(html: str) -> str:
    """Lines of running text and of lists as blocks, empty where that is not all."""
    blocks: list[str] = []
    was_list = False
    for block in html.split("\n\n"):
        is_list = block[:2] == "- "
        if block.count("\n- ") != (block.count("\n") if is_list else 0) or (is_list and was_list):
            return ""
        was_list = is_list
        items = block[2:].replace("\n- ", "</li>\n<li>")
        blocks.append(f"<ul>\n<li>{items}</li>\n</ul>\n" if is_list else f"<p>{block}</p>\n")
    return "".join(blocks)


def _running_html(text: str, link: Link) -> str | None:
    """The HTML of lines of words, emphasis and links; None where there is more to one. How it begins and ends is not
    looked at."""
    if "[@" in text:
        return None
    html = escaped(text)
    if _ODD.search(html):
        return None
    if "*" in html:
        parts = _EMPHASIS.split(html)
        parts[1::4] = map(_OPENS.__getitem__, parts[1::4])
        parts[3::4] = map(_CLOSES.__getitem__, parts[3::4])
        html = "".join(parts)
        if "*" in html:
            return None
    if "[" in html:
        parts = _LINK.split(html)
        parts[1::3] = [f'<a href="{link(to)}">{words}</a>' for words, to in zip(parts[1::3], parts[2::3], strict=True)]
        del parts[2::3]
        html = "".join(parts)
    return None if "[" in html or "]" in html else html
