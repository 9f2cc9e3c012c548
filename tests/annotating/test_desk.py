"""Annotating a folder: what is offered, what is refused, what is written, and what is taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.amending import Changed
from site_builder.annotating import desk as desk_module
from site_builder.annotating.desk import Declined, Desk, Selection, Wrong
from site_builder.annotating.spelling import Wish
from site_builder.build import checked
from site_builder.problems import has_errors
from site_builder.reading.folder import load
from tests.built_sites import copied

SOURCE = "harbour-notice"
FILE = f"annotations/sources/{SOURCE}.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the harbour briefing."""
    return copied("harbour", tmp_path / "harbour")


def seed(folder: Path) -> str:
    found = load(folder).annotations
    assert found
    return next(s.text or "" for s in found.sources if s.id == SOURCE)


def select(folder: Path, words: str, source: str = SOURCE) -> Selection:
    start = seed(folder).index(words)
    return Selection(source, start, start + len(words), words)


def bytes_of(folder: Path) -> bytes:
    return (folder / FILE).read_bytes()


def edit(folder: Path, old: str, new: str) -> None:
    text = bytes_of(folder).decode()
    assert old in text
    (folder / FILE).write_bytes(text.replace(old, new, 1).encode())


def test_an_offer_holds_what_there_is_to_choose_from(folder: Path) -> None:
    offer = Desk(folder).offer(select(folder, "eceived 120 complaint"))
    assert offer.words == "received 120 complaints"
    assert offer.is_widened
    assert offer.id == "received-120-complaints"
    assert offer.has_figures
    assert [(t.id, t.theme, t.letter) for t in offer.topics] == [("noise", "blue", "N")]
    assert ("harbour-board", "Harbour Board") in [(v.id, v.name) for v in offer.voices]


def test_an_id_is_offered_that_the_source_has_not(folder: Path) -> None:
    edit(folder, "id: statement", "id: received-120-complaints")
    assert Desk(folder).offer(select(folder, "received 120 complaints")).id == "received-120-complaints-2"


def test_a_passage_is_appended_builds_and_is_taken_back(folder: Path) -> None:
    desk, before = Desk(folder), bytes_of(folder)
    selection = select(folder, "120 complaints about noise")
    wish = Wish(
        id="din", topics=("noise",), said_by="harbour-board", stance="relays", note="So *many*.", with_figures=True
    )
    drafted = desk.draft(selection, wish)
    assert (drafted.problems, drafted.by_hand) == ((), "")
    done = desk.append(selection, wish)
    assert desk.last == done
    assert bytes_of(folder) == before + drafted.yaml.encode()
    found = load(folder).annotations
    assert found
    passage = found.sources[0].record.passages[-1]
    assert (passage.id, passage.quote, passage.topics) == ("din", "120 complaints about noise", ("noise",))
    assert (passage.said_by, passage.stance, passage.note) == ("harbour-board", "relays", "So *many*.")
    assert not has_errors(checked(folder).problems)
    assert desk.undo(SOURCE, "din") == done
    assert bytes_of(folder) == before
    assert desk.last is None


def test_several_are_taken_back_one_after_the_other(folder: Path) -> None:
    desk, states = Desk(folder), [bytes_of(folder)]
    for words in ("Harbour Board", "Port Radio", "two months before"):
        selection = select(folder, words)
        desk.append(selection, Wish(id=desk.offer(selection).id))
        states.append(bytes_of(folder))
    for before in reversed(states[:-1]):
        last = desk.last
        assert last
        desk.undo(last.source, last.passage)
        assert bytes_of(folder) == before


WRONG = {
    "an id that is taken": (Wish(id="statement"), "duplicate-id"),
    "an id that is none": (Wish(id="No Id"), "bad-id"),
    "no id": (Wish(id=""), "bad-id"),
    "a topic that is not declared": (Wish(id="a", topics=("nose",)), "unknown-id"),
    "a voice that is not declared": (Wish(id="a", said_by="harbour-bord"), "unknown-id"),
    "a stance that is none": (Wish(id="a", stance="says"), "bad-value"),
    "a note that shows nothing": (Wish(id="a", note="\u200b"), "bad-value"),
    "a note with a citation that is none": (Wish(id="a", note="See [@nothing]."), "bad-citation"),
    "a private one": (Wish(id="a", note="See [@nothing].", is_private=True), "bad-citation"),
}


@pytest.mark.parametrize(("wish", "rule"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_once_and_nothing_is_written(folder: Path, wish: Wish, rule: str) -> None:
    desk, before = Desk(folder), bytes_of(folder)
    selection = select(folder, "Port Radio")
    drafted = desk.draft(selection, wish)
    assert rule in [p.rule for p in drafted.problems]
    with pytest.raises(Wrong) as wrong:
        desk.append(selection, wish)
    assert [(p.rule, p.message, p.hint) for p in wrong.value.problems] == [
        (p.rule, p.message, p.hint) for p in drafted.problems
    ]
    assert bytes_of(folder) == before
    assert desk.last is None


def test_words_that_were_set_aside_are_no_passage(folder: Path) -> None:
    desk = Desk(folder)
    with pytest.raises(Wrong) as wrong:
        desk.append(select(folder, "Read more"), Wish(id="more"))
    assert [p.rule for p in wrong.value.problems] == ["coverage-overlap"]


def test_an_error_that_was_there_before_does_not_stand_in_the_way(folder: Path) -> None:
    edit(folder, "quote: The Harbour Board told", "quote: The Harbour Bord told")
    desk = Desk(folder)
    assert desk.draft(select(folder, "Port Radio"), Wish(id="a")).problems == ()
    desk.append(select(folder, "Port Radio"), Wish(id="a"))


@pytest.mark.parametrize(
    "change",
    [
        lambda s: Selection(s.source, s.start + 1, s.end + 1, s.words),
        lambda s: Selection(s.source, -5, s.end, s.words),
        lambda s: Selection(s.source, s.end, s.start, ""),
        lambda s: Selection(s.source, s.start, 10**9, s.words),
        lambda s: Selection("nowhere", s.start, s.end, s.words),
        lambda s: Selection("../harbour-notice", s.start, s.end, s.words),
        lambda s: Selection("../../secret", s.start, s.end, s.words),
    ],
)
def test_a_page_that_shows_something_else_is_stale(folder: Path, change: Callable[[Selection], Selection]) -> None:
    with pytest.raises(Declined) as declined:
        Desk(folder).offer(change(select(folder, "Port Radio")))
    assert declined.value.is_stale


def test_blank_words_are_no_passage(folder: Path) -> None:
    with pytest.raises(Declined, match="visible words"):
        Desk(folder).offer(select(folder, "\n\n"))


def test_a_file_saved_half_way_is_refused_with_its_problem(folder: Path) -> None:
    desk, selection = Desk(folder), select(folder, "Port Radio")
    edit(folder, "topics: [noise]\n    said_by", "topics: [noise\n    said_by")
    half = bytes_of(folder)
    with pytest.raises(Wrong) as wrong:
        desk.append(selection, Wish(id="a"))
    assert [p.rule for p in wrong.value.problems] == ["yaml-syntax"]
    assert bytes_of(folder) == half


def test_a_file_in_brackets_can_be_copied_for_but_not_written(folder: Path) -> None:
    start = bytes_of(folder).decode().index("passages:")
    edit(folder, bytes_of(folder).decode()[start:], "passages: [{id: a, quote: two months}]\n")
    desk, selection = Desk(folder), select(folder, "Port Radio")
    drafted = desk.draft(selection, Wish(id="b"))
    assert drafted.yaml == '  - id: b\n    quote: "Port Radio"\n'
    assert "written in brackets" in drafted.by_hand
    assert drafted.problems == ()
    assert [p.rule for p in desk.draft(selection, Wish(id="a")).problems] == ["duplicate-id"]
    with pytest.raises(Declined, match="brackets"):
        desk.append(selection, Wish(id="b"))


def test_a_save_at_the_same_moment_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise Changed

    desk, selection = Desk(folder), select(folder, "Port Radio")
    with monkeypatch.context() as patched:
        patched.setattr(desk_module, "amend", taken)
        with pytest.raises(Declined, match="same moment") as declined:
            desk.append(selection, Wish(id="a"))
    assert declined.value.is_stale
    assert desk.last is None
    desk.append(selection, Wish(id="a"))


def test_an_undo_after_an_edit_by_hand_takes_the_passage_alone(folder: Path) -> None:
    desk = Desk(folder)
    desk.append(select(folder, "Port Radio"), Wish(id="a"))
    edit(folder, "title: Noise", "title: Din")
    with_edit = bytes_of(folder)
    desk.undo(SOURCE, "a")
    assert bytes_of(folder) == with_edit.removesuffix(b'  - id: a\n    quote: "Port Radio"\n')


def test_a_passage_that_was_altered_by_hand_stays_and_the_one_before_can_be_taken_back(folder: Path) -> None:
    desk = Desk(folder)
    desk.append(select(folder, "Harbour Board"), Wish(id="a"))
    desk.append(select(folder, "Port Radio"), Wish(id="b"))
    edit(folder, "id: b", "id: c")
    altered = bytes_of(folder)
    with pytest.raises(Declined, match="changed by hand since, so it stays"):
        desk.undo(SOURCE, "b")
    assert bytes_of(folder) == altered
    desk.undo(SOURCE, "a")
    assert b"id: a\n" not in bytes_of(folder)
    assert b"id: c\n" in bytes_of(folder)


def test_an_undo_while_the_file_is_saved_half_way_can_be_asked_for_again(folder: Path) -> None:
    desk, before = Desk(folder), bytes_of(folder)
    desk.append(select(folder, "Port Radio"), Wish(id="a"))
    whole = bytes_of(folder)
    (folder / FILE).write_bytes(whole + b"note: [half")
    with pytest.raises(Declined, match="bracket"):
        desk.undo(SOURCE, "a")
    (folder / FILE).write_bytes(whole)
    desk.undo(SOURCE, "a")
    assert bytes_of(folder) == before


def test_only_what_was_appended_last_is_taken_back(folder: Path) -> None:
    desk = Desk(folder)
    with pytest.raises(Declined) as declined:
        desk.undo(SOURCE, "statement")
    assert declined.value.is_stale


def test_a_source_in_a_linked_folder_is_not_written(folder: Path) -> None:
    desk, selection = Desk(folder), select(folder, "Port Radio")
    real = folder / "elsewhere"
    (folder / "annotations" / "sources").rename(real)
    (folder / "annotations" / "sources").symlink_to(real)
    with pytest.raises(Declined):
        desk.append(selection, Wish(id="a"))
