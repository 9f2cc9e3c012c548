"""Reanchoring from end to end: what is proposed, what is asked, what is written, and that `check` is content then."""

from __future__ import annotations

import hashlib
import re
import shutil
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build import build
from site_builder.cli import main
from site_builder.contracts.resolving import resolve_source
from site_builder.markup.names import Names
from site_builder.problems import BuildFailed, Refused
from site_builder.reading.folder import load
from site_builder.reanchoring.desk import Plan, carry_out, plans
from tests.built_sites import SITES

TEXT = (
    "The Harbour Board met on 4 March 2021 at the town hall.\n\n"
    "It told Port Radio that it had received 120 complaints about noise in January.\n\n"
    "Noise did not fall in February, the pilots of the outer harbour say.\n\n"
    "Read more\n"
)
YAML = """\
# kept: every word of this
text: notice.txt
sha256: {sha256}   # the text as read
type: report
title: "N"
issued: {{edtf: 2021-03-04, basis: stated, quote: 4 March 2021}}
boilerplate: [{{quote: Read more, why: a link}}]
passages:
  - id: meeting
    quote: {{from: The Harbour Board, to: town hall.}}
  - id: rise   # the count
    quote: >-
      had received 120 complaints about
      noise in January
  - id: fall
    quote: 'Noise did not fall in February'
  - id: say
    quote: say
    prefix: outer harbour
"""


def briefing(folder: Path, text: str = TEXT) -> Path:
    """A briefing built once, whose text was then changed to `text`."""
    (folder / "annotations" / "sources").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "annotations" / "site.yaml").write_text("title: N\n", encoding="utf-8")
    (folder / "seeds" / "notice.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    yaml_of(folder).write_text(YAML.format(sha256=digest), encoding="utf-8")
    if text != TEXT:
        copy = folder / "output" / "sources"
        copy.mkdir(parents=True)
        (copy / "notice.txt").write_bytes(TEXT.encode())
        (folder / "seeds" / "notice.txt").write_bytes(text.encode())
    return folder


def yaml_of(folder: Path) -> Path:
    return folder / "annotations" / "sources" / "notice.yaml"


def plan_of(folder: Path, *accepted: str) -> Plan:
    (plan,) = plans(folder, (), accepted)
    return plan


def drift_errors(folder: Path) -> list[str]:
    """What is wrong with the hash and the quotes of the source; the pages of the site do not matter here."""
    loaded = load(folder)
    assert loaded.annotations is not None
    names = Names(loaded.annotations.entities)
    resolved = [p for file in loaded.annotations.sources for p in resolve_source(file, names).problems]
    return [str(p) for p in (*loaded.problems, *resolved) if p.rule == "source-changed" or p.rule.startswith("quote-")]


def only_hash(plan: Plan) -> bool:
    """Whether nothing but the hash is to change."""
    old = re.search(rb"^sha256: (\w+)", plan.before, re.MULTILINE)
    return old is not None and plan.after == plan.before.replace(old[1], plan.sha256.encode()) != plan.before


def test_an_unchanged_text_needs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = briefing(tmp_path)
    assert plans(folder, (), ()) == plans(folder, ("notice",), ()) == ()
    assert main(["reanchor", "--folder", str(folder)]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "no text was changed since it was annotated\n")


@pytest.mark.parametrize("name", ["harbour", "tangle", "smallest", "empty-seed"])
def test_no_site_that_builds_needs_anything(name: str) -> None:
    assert plans(SITES / name, (), ()) == ()


@given(gaps=st.lists(st.sampled_from([" ", "  ", "\u00a0", "\n", " \n"]), min_size=1, max_size=9))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_other_white_space_needs_the_new_hash_alone(tmp_path: Path, gaps: list[str]) -> None:
    each = cycle(gaps)
    text = re.sub(r" ", lambda _: next(each), TEXT) + "\n"
    folder = tmp_path / "b"
    shutil.rmtree(folder, ignore_errors=True)
    plan = plan_of(briefing(folder, text))
    assert only_hash(plan)
    assert plan.is_settled
    assert carry_out(folder, plan)
    assert drift_errors(folder) == []
    assert plans(folder, (), ()) == ()


@given(at=st.sampled_from([0, TEXT.index("\n\nIt") + 2, TEXT.index("Noise did"), TEXT.index("Read more"), len(TEXT)]),
       words=st.text("qxz ", min_size=1, max_size=40))  # fmt: skip
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_edit_outside_all_quotes_needs_the_new_hash_alone(tmp_path: Path, at: int, words: str) -> None:
    folder = tmp_path / "b"
    shutil.rmtree(folder, ignore_errors=True)
    plan = plan_of(briefing(folder, f"{TEXT[:at]}{words}.\n\n{TEXT[at:]}"))
    assert only_hash(plan)
    assert plan.is_settled
    assert carry_out(folder, plan)
    assert drift_errors(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("complaints about", "loud complaints about", "had received 120 loud complaints about\n"),
        ("noise in January", "din in January", "      din in January\n"),
        ("The Harbour Board met", "the Harbour Board met", "from: the Harbour Board,"),
        ("did not fall", "did not quite fall", "'Noise did not quite fall in February'"),
        ("outer harbour say", "inner harbour say", "prefix: inner harbour\n"),
        ("Read more", "Read on", "{quote: Read on,"),
    ],
)
def test_words_that_changed_are_written_where_the_old_ones_stood(
    tmp_path: Path, old: str, new: str, written: str
) -> None:
    folder = briefing(tmp_path, TEXT.replace(old, new))
    plan = plan_of(folder)
    names = [p.name for p in plan.proposals.proposals if p.weighty]
    plan = plan_of(folder, *names)
    assert plan.is_settled
    assert carry_out(folder, plan)
    assert written in yaml_of(folder).read_text(encoding="utf-8")
    assert drift_errors(folder) == []
    kept = [line for line in YAML.splitlines() if "#" in line and "sha256" not in line]
    assert set(kept) <= set(yaml_of(folder).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("120 complaints", "130 complaints", "a number"),
        ("in January", "in June", "a name"),  # a month without a year is no date, but it has a capital letter
        ("did not fall", "did fall", "a denial"),
        ("did not fall", "did never fall", "a denial"),
        ("4 March 2021", "5 March 2021", "a date"),
        ("Harbour Board met", "Dock Board met", "a name"),
        ("met on 4 March 2021 at", "met on 4 March 2021, not at", "a denial"),  # between the ends of a quote
        ("town hall.", "town hall, but not in public.", "a denial"),  # behind the words that it has become
    ],
)
def test_a_changed_number_name_denial_or_date_is_applied_by_name_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, kind: str
) -> None:
    folder = briefing(tmp_path, TEXT.replace(old, new))
    before = yaml_of(folder).read_bytes()
    arguments = ["reanchor", "--folder", str(folder), "--write"]
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert f"its meaning may have changed: {kind}" in captured.err
    assert yaml_of(folder).read_bytes() == before
    names = re.findall(r"--accept (\S+)", captured.err)
    assert names
    assert main([*arguments, *(word for name in names for word in ("--accept", name))]) == 0
    assert yaml_of(folder).read_bytes() != before
    assert drift_errors(folder) == []


def test_between_two_places_it_is_never_guessed(tmp_path: Path) -> None:
    twice = TEXT.replace("120 complaints about noise in January.", "120 complaints on noise in January.")
    twice += "\nIt had received 120 complaints of noise in January.\n"
    plan = plan_of(briefing(tmp_path, twice))
    (question,) = plan.proposals.questions
    assert question.rule == "quote-ambiguous"
    assert "3:28" in question.message
    assert "9:4" in question.message
    assert "for 9:4 write quote: " in question.hint
    assert not plan.is_pinned
    assert plan.after == plan.before


def test_of_two_places_the_one_is_meant_that_the_authors_own_context_names(tmp_path: Path) -> None:
    say = "The pilots of the outer harbour shout so. The pilots of the inner harbour shout so.\n"
    quote = "    quote: say\n    prefix: outer harbour\n"
    folder = briefing(tmp_path)
    old = "The pilots of the outer harbour say so. The pilots of the inner harbour say so.\n"
    digest = hashlib.sha256(f"{TEXT}{old}".encode()).hexdigest()
    written = YAML.format(sha256=digest).replace(quote, "    quote: harbour say so.\n    prefix: inner\n")
    yaml_of(folder).write_text(written, encoding="utf-8")
    (folder / "seeds" / "notice.txt").write_bytes(f"{TEXT}{say}".encode())
    assert carry_out(folder, plan_of(folder))
    assert "    quote: harbour shout so.\n    prefix: inner\n" in yaml_of(folder).read_text(encoding="utf-8")
    assert drift_errors(folder) == []


def test_a_quote_that_now_stands_twice_is_asked_for(tmp_path: Path) -> None:
    plan = plan_of(briefing(tmp_path, TEXT + "\nNoise did not fall in February\n"))
    (question,) = plan.proposals.questions
    assert "2 places" in question.message
    assert 'suffix: "' in question.hint or 'prefix: "' in question.hint


def test_what_is_nowhere_is_left_to_the_author_and_the_hash_stays(tmp_path: Path) -> None:
    folder = briefing(tmp_path, TEXT.replace("Noise did not fall in February", "Quaxly zumbel wyvern"))
    plan = plan_of(folder)
    assert [q.rule for q in plan.proposals.questions] == ["quote-missing"]
    assert plan.after == plan.before
    assert not carry_out(folder, plan)


def test_what_can_be_settled_is_applied_while_the_rest_waits(tmp_path: Path) -> None:
    text = TEXT.replace("complaints about", "loud complaints about").replace("did not fall", "did fall")
    folder = briefing(tmp_path, text)
    assert main(["reanchor", "notice", "--folder", str(folder), "--write"]) == 1
    written = yaml_of(folder).read_text(encoding="utf-8")
    assert "120 loud complaints" in written
    assert "did not fall" in written
    assert hashlib.sha256(TEXT.encode()).hexdigest() in written
    assert main(["reanchor", "--folder", str(folder), "--write", "--accept", "notice#fall"]) == 1
    assert main(["reanchor", "--folder", str(folder), "--write", "--accept", "notice#say"]) == 0  # of that sentence too
    assert drift_errors(folder) == []


def test_a_quote_whose_sentence_says_the_contrary_now_is_accepted_by_name_alone(tmp_path: Path) -> None:
    folder = briefing(tmp_path, TEXT.replace("It told Port Radio", "It never told Port Radio"))
    plan = plan_of(folder)
    assert [(p.name, p.weighty) for p in plan.open_] == [("notice#rise", ("a denial: now with 'never'",))]
    assert plan.after == plan.before
    accepted = plan_of(folder, "notice#rise")
    assert only_hash(accepted)
    assert accepted.is_settled


def test_without_write_the_patch_is_printed_and_nothing_is_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = briefing(tmp_path, TEXT.replace("complaints about", "loud complaints about"))
    before = yaml_of(folder).read_bytes()
    assert main(["reanchor", "--folder", str(folder)]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("--- a/annotations/sources/notice.yaml\n+++ b/annotations/sources/notice.yaml\n")
    assert "+      had received 120 loud complaints about\n" in captured.out
    assert "120 {+loud+} complaints" in captured.err
    assert captured.err.endswith("nothing is written yet: --write applies this patch\n")
    assert yaml_of(folder).read_bytes() == before


def test_a_file_that_was_saved_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    folder = briefing(tmp_path, TEXT + "\n")
    plan = plan_of(folder)
    with yaml_of(folder).open("a", encoding="utf-8") as file:
        file.write("# more\n")
    saved = yaml_of(folder).read_bytes()
    with pytest.raises(Refused, match="changed meanwhile"):
        carry_out(folder, plan)
    assert yaml_of(folder).read_bytes() == saved


def test_a_text_that_changed_once_more_meanwhile_is_not_pinned(tmp_path: Path) -> None:
    folder = briefing(tmp_path, TEXT + "\n")
    plan = plan_of(folder)
    (folder / "seeds" / "notice.txt").write_bytes(b"other")
    with pytest.raises(Refused, match="changed meanwhile"):
        carry_out(folder, plan)
    assert yaml_of(folder).read_bytes() == plan.before


def test_a_write_that_fails_leaves_the_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = briefing(tmp_path, TEXT + "\n")
    before = sorted(folder.rglob("*"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        carry_out(folder, plan_of(folder))
    assert sorted(folder.rglob("*")) == before


def test_a_source_that_there_is_not_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed) as failed:
        plans(briefing(tmp_path), ("notise",), ())
    assert [p.hint for p in failed.value.problems] == ["did you mean 'notice'?"]


@pytest.mark.parametrize(("text", "rule"), [(None, "missing-seed"), (b"Noise \xff", "seed-encoding")])
def test_a_text_that_cannot_be_read_is_told_and_not_taken_for_unchanged(
    tmp_path: Path, text: bytes | None, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = briefing(tmp_path)
    if text is None:
        (folder / "seeds" / "notice.txt").unlink()
    else:
        (folder / "seeds" / "notice.txt").write_bytes(text)
    assert main(["reanchor", "--folder", str(folder)]) == 1
    assert f"error[{rule}]" in capsys.readouterr().err


def test_a_name_that_nothing_has_is_not_accepted(tmp_path: Path) -> None:
    folder = briefing(tmp_path, TEXT.replace("120 complaints", "130 complaints"))
    with pytest.raises(Refused) as refused:
        plans(folder, (), ("notice#rize",))
    assert refused.value.hint == "did you mean 'notice#rise'?"


def test_without_the_old_text_it_is_said_what_cannot_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = briefing(tmp_path, TEXT.replace("at the town hall", "at the old town hall"))
    shutil.rmtree(folder / "output")
    assert main(["reanchor", "--folder", str(folder)]) == 0
    assert "cannot be told without the old text" in capsys.readouterr().err


def test_without_the_old_text_a_sentence_that_goes_on_behind_its_quote_is_accepted_by_name_alone(
    tmp_path: Path,
) -> None:
    folder = briefing(tmp_path)
    whole = "    quote: It told Port Radio that it had received 120 complaints about noise in January.\n"
    written = re.sub(r"    quote: >-\n.*\n.*\n", whole, YAML).format(sha256="0" * 64)
    yaml_of(folder).write_text(written, encoding="utf-8")
    (folder / "seeds" / "notice.txt").write_text(TEXT.replace("in January.", "in January, none of them true."))
    assert [(p.name, p.weighty) for p in plan_of(folder).open_] == [("notice#rise", ("a denial: now with 'none'",))]


def test_texts_are_never_written_and_the_patched_briefing_builds(tmp_path: Path) -> None:
    text = TEXT.replace("complaints about", "loud complaints about")
    folder = briefing(tmp_path / "in", text)
    assert main(["reanchor", "--folder", str(folder), "--write"]) == 0
    assert (folder / "seeds" / "notice.txt").read_bytes() == text.encode()
    assert build(folder, tmp_path / "out").count("write")
