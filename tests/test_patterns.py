"""Regular expressions that are compiled when they are first used."""

import re

import pytest

from site_builder.patterns import later


def test_a_pattern_is_compiled_when_it_is_first_used_and_then_does_what_the_compiled_one_does() -> None:
    broken = later("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.match("a")
    word, compiled = later(r"(?P<first>[a-z])\w*", re.IGNORECASE), re.compile(r"(?P<first>[a-z])\w*", re.IGNORECASE)
    for text in ("", "Ab cd", "1 x"):
        for _ in range(2):
            assert [m.span() for m in word.finditer(text)] == [m.span() for m in compiled.finditer(text)]
            assert bool(word.fullmatch(text)) == bool(compiled.fullmatch(text))
    assert (word.pattern, word.flags, word.groupindex) == (compiled.pattern, compiled.flags, compiled.groupindex)


def test_a_pattern_of_bytes_finds_bytes() -> None:
    assert later(rb"[^0]").sub(b"", b"0a0") == b"00"
