"""Stretches of a file by name: what was put in is read back, whole or in pieces, beside what was kept."""

from pathlib import Path

from site_builder.kept.stowing import stow


def test_what_is_written_in_pieces_is_one_stretch(tmp_path: Path) -> None:
    first = stow(
        tmp_path / "texts", None, (), [("a", b"one"), ("b", (part for part in (b"tw", b"", b"o"))), ("c", b"")]
    )
    assert [first.read(name) for name in "abc"] == [b"one", b"two", b""]
    again = stow(tmp_path / "texts", first, ("a", "b"), [("d", iter((b"th", b"ree"))), ("e", b"four")])
    assert [again.read(name) for name in "abde"] == [b"one", b"two", b"three", b"four"]
    anew = stow(tmp_path / "texts", again, (), [("f", iter((b"fi", b"ve")))])
    assert (anew.read("f"), [*anew.places], again.read("d")) == (b"five", ["f"], b"three")
