"""Regular expressions that are compiled when they are first used."""

import importlib
import pkgutil
import re
from typing import Any

import pytest

import site_builder
from site_builder import patterns
from site_builder.patterns import codes, compiled, later


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


def every_pattern() -> list[tuple[Any, int]]:
    """All that the rooms ask to be compiled later."""
    found = []
    for room in pkgutil.walk_packages(site_builder.__path__, "site_builder."):
        if not room.name.endswith("__main__"):
            named = vars(importlib.import_module(room.name)).values()
            found += [(one.pattern, one.written) for one in named if type(one).__name__ == "_Later"]
    return found


def test_a_pattern_from_the_code_that_is_known_is_the_one_that_python_compiles() -> None:
    every = every_pattern()
    assert len(every) > 40
    for pattern, flags in every:
        plain = re.compile(pattern, flags)
        codes.pop((pattern, flags), None)
        first = compiled(pattern, flags)
        assert (pattern, flags) in codes, "its code is not known"
        for found in (first, compiled(pattern, flags)):
            assert found == plain  # which compares the code itself
            assert (found.flags, found.groups, found.groupindex) == (plain.flags, plain.groups, plain.groupindex)


def test_code_that_is_none_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for damaged in ((0, b"\x01\x02\x03\x04", 0, {}), (0, b"\x01", 0, {}), (0, b"", 0, {"a": 7}), ("", "", "", "")):
        monkeypatch.setitem(codes, ("[ab]", 0), damaged)
        assert compiled("[ab]").findall("abc") == ["a", "b"]


def test_where_python_makes_no_code_known_patterns_are_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_sre", None)
    assert compiled("[ab]+", re.IGNORECASE).fullmatch("AB")
    with pytest.raises(re.error):
        compiled("(")
