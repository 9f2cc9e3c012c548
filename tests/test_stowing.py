"""Stretches of a file by name: what was put in is read back, whole or in pieces, beside what was kept."""

from pathlib import Path

from site_builder.kept.stowing import dumped, loaded, stow


def test_what_is_written_in_pieces_is_one_stretch(tmp_path: Path) -> None:
    first = stow(
        tmp_path / "texts", None, set(), [("a", b"one"), ("b", (part for part in (b"tw", b"", b"o"))), ("c", b"")]
    )
    assert [first.read(name) for name in "abc"] == [b"one", b"two", b""]
    again = stow(tmp_path / "texts", first, {"a", "b"}, [("d", iter((b"th", b"ree"))), ("e", b"four")])
    assert [again.read(name) for name in "abde"] == [b"one", b"two", b"three", b"four"]
    anew = stow(tmp_path / "texts", again, set(), [("f", iter((b"fi", b"ve")))])
    assert (anew.read("f"), [*anew.places], again.read("d")) == (b"five", ["f"], b"three")


def test_what_was_taken_away_meanwhile_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "texts"
    first = stow(path, None, set(), [("a", b"one")])
    path.unlink()
    again = stow(path, first, {"a"}, [("b", b"two")])
    assert [again.read(name) for name in "ab"] == [b"one", b"two"]
    assert path.stat().st_size == again.size


def _named(name: str) -> str:
    return f"read {name}"


def test_a_thing_may_be_written_by_its_name_and_read_as_what_goes_by_it_then() -> None:
    raw = dumped([Path("a"), Path("b"), 1], {type(Path()): lambda path: (_named, (path.name,))})
    assert (loaded(raw, _named, str.upper), loaded(raw, len, len)) == (["A", "B", 1], ["read a", "read b", 1])
