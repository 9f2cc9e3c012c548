"""The inputs as a whole: nothing is read that looks as it did, and nothing escapes the hash of all."""

from __future__ import annotations

import hashlib
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.disk.inputs import READ, Hashed, Inputs, inputs_of
from site_builder.glance import ABSENT, Looks, Stamp, look
from site_builder.kept.memory import Memory

FILE: Stamp = (0o100644, 3, 5, 5)
stamps = st.sampled_from([ABSENT, FILE, (0o100644, 3, 5, 6), (0o100644, 4, 5, 5), (0o040755, 3, 5, 5)])
rows = st.dictionaries(st.integers(0, 600).map("seeds/{}".format), stamps, max_size=12)


def looks(stamps: dict[str, Stamp]) -> Looks:
    return Looks([*stamps], array("q", [n for own in stamps.values() for n in own]))


@given(rows, rows, st.booleans())
def test_a_hash_is_known_where_path_and_look_are_the_same(
    old: dict[str, Stamp], new: dict[str, Stamp], is_in_place: bool
) -> None:
    if is_in_place:  # the same paths, in the same order
        new = {path: new.get(path, own) for path, own in old.items()}
    many = {f"annotations/{at}": FILE for at in range(300)}
    old, new = many | old, many | new
    hashes = tuple(path if at % 3 else "" for at, path in enumerate(old))
    known = dict(zip(old, hashes, strict=True))
    found = Hashed(looks(old), hashes).still(looks(new))
    assert found == [known[path] if old.get(path) == own else "" for path, own in new.items()]


def test_what_is_not_sure_to_be_the_same_later_has_no_hash_then() -> None:
    found = Inputs(looks({"a": FILE, "b": (0o100644, 3, 5, 9), "c": (0o100644, 3, 9, 5)}), ["1", "2", "3"]).trusted(9)
    assert found.sha256 == ("1", "", "")


@pytest.mark.parametrize("other", [{"seeds/a": FILE}, {"seeds/a": FILE, "jinja2-4.0.dist-info": ABSENT}])
def test_the_hash_of_all_counts_what_has_no_hash_of_its_own(other: dict[str, Stamp]) -> None:
    own = {"seeds/a": FILE, "jinja2-3.1.dist-info": ABSENT}
    one, two = (Inputs(looks(each), ["x", ""][: len(each)]) for each in (own, other))
    assert one.digest("local") != two.digest("local")
    assert one.digest("local") != one.digest("public")


def test_files_are_hashed_and_what_else_there_is_is_told(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_bytes(b"text")
    (tmp_path / "seeds" / "link").symlink_to("a.txt")
    looked = look(tmp_path)
    found = inputs_of(tmp_path, looked, Hashed())
    assert found.hashes["seeds/a.txt"] == hashlib.sha256(b"text").hexdigest()
    assert {path for path in found.others() if path.startswith(("seeds", "templates"))} == {"seeds", "seeds/link"}
    (tmp_path / "seeds" / "a.txt").unlink()  # what looks as it did is not opened
    again = inputs_of(tmp_path, looked, Hashed(looked, tuple(found.sha256)))
    assert again.hashes == found.hashes


def test_files_of_a_first_build_are_hashed_as_they_are_read_and_those_nobody_reads_after_it(tmp_path: Path) -> None:
    for name, content in (("read", b"as it was met"), ("stray", b"never met")):
        (tmp_path / "seeds").mkdir(exist_ok=True)
        (tmp_path / "seeds" / name).write_bytes(content)
    (tmp_path / "annotations").mkdir()
    looked = look(tmp_path)
    inputs = inputs_of(tmp_path, looked, Hashed(), later=READ)
    assert not [path for path in inputs.hashes if path.startswith(READ)]
    assert {path for path in inputs.others() if path.startswith(READ)} == {"seeds", "annotations"}
    readings = Memory().readings(inputs.hashes, inputs.others(), inputs.hashes)
    readings.met("seeds/read", hashlib.sha256(b"as it was met").hexdigest())
    assert readings.are_steady
    then = Hashed(looked, tuple(inputs.hashes.get(path, "") for path in looked.paths))
    assert inputs_of(tmp_path, looked, then).hashes == inputs_of(tmp_path, looked, Hashed()).hashes
    readings.met("seeds/read", hashlib.sha256(b"changed when it was read again").hexdigest())
    assert not readings.are_steady
