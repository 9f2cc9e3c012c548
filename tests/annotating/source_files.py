"""Source files in every way that an author may write one, made for tests."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(["noise", "120 complaints", "ночью", "été 🌊", "it's late", 'a "word"', "key: value", "x # y"])
_COMMENTS = st.sampled_from(["", "", "# a word", "#", "    # of the passage", "\t# tab"])


def _scalar(words: str, style: str, indent: int) -> list[str]:
    """A value in one of YAML's styles: what follows its key, and the lines below."""
    pad = " " * indent
    return {
        "double": ['"' + words.replace('"', '\\"') + '"'],
        "single": ["'" + words.replace("'", "''") + "'"],
        "two lines": ['"' + words.replace('"', '\\"'), f'{pad}and more"'],
        "folded": [">-", f"{pad}{words}", f"{pad}and more"],
        "literal": ["|", f"{pad}{words}"],
        "kept": ["|+", f"{pad}{words}", "", ""],
        "flow": ["{from: a,", f"{pad}to: b}}"],
        "nothing": [""],
    }[style]


@st.composite
def passages(draw: st.DrawFn) -> list[str]:
    """The lines of a list of passages, from its key on."""
    form = draw(st.sampled_from(["absent", "[]", "[ ]", "~", "", "list", "list", "list", "list"]))
    note = draw(st.sampled_from(["", "  # a word"]))
    if form == "absent":
        return []
    if form != "list":
        return [f"passages: {form}{note}".rstrip()]
    dash, inner = draw(st.sampled_from([0, 2, 4])), draw(st.sampled_from([2, 4]))
    lines = [f"passages:{note}"]
    is_apart = draw(st.booleans())
    for number in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            lines.append(" " * dash + "# the next one")
        lines.append(" " * dash + "-" + " " * (inner - 1) + f"id: p{number}")
        styles = ("double", "single", "two lines", "folded", "literal", "kept", "flow", "nothing")
        for key in draw(st.lists(st.sampled_from(["quote", "note"]), unique=True)):
            first, *rest = _scalar(draw(WORDS), draw(st.sampled_from(styles)), dash + inner + 2)
            lines += [f"{' ' * (dash + inner)}{key}: {first}".rstrip(), *rest]
        if is_apart:
            lines.append("")
        if draw(st.booleans()):
            lines.append(" " * draw(st.sampled_from([dash, dash + inner])) + "# figures: none")
    return lines


@st.composite
def source_files(draw: st.DrawFn) -> bytes:
    """The bytes of a source's file: any line ends, with and without a last one, comments, keys before and behind."""
    lines = [
        draw(_COMMENTS).strip(),
        "text: a.txt",
        *draw(st.sampled_from([[], ["boilerplate:", "- quote: x", "  why: y"]])),
    ]
    lines += draw(passages())
    lines += draw(
        st.sampled_from([[], ["", "# behind", "note: y"], ["note: >-", "  folded", "", ""], ["note: |", "  z"]])
    )
    lines += draw(st.sampled_from([[], [""], ["# the end"], ["", "  # the end", ""], ["..."]]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(lines) + draw(st.sampled_from([end, end, ""]))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()
