"""What a public build holds, and what it holds back: canaries from every unquoted text and every private note."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import urls
from site_builder.build import Publication, build, read_briefing
from site_builder.excerpting import BLOT, _word, blotted, for_public, joined, with_context
from site_builder.model import Briefing
from site_builder.printing import print_published
from site_builder.problems import BuildFailed
from site_builder.texts.text import Span, is_plain

from .built_sites import SITES, whole_data
from .html_reading import read_html
from .quoted_site import LONG, PRIVATE, free, write_site

PUBLIC = Publication("public")
REPOSITORY = SITES.parent.parent


def files_of(folder: Path, publication: Publication = PUBLIC) -> Mapping[str, bytes]:
    """The files of a briefing's site by path."""
    with TemporaryDirectory() as place:
        output = Path(place) / "output"
        build(folder, output, publication=publication)
        paths = (p for p in sorted(output.rglob("*")) if p.is_file() and ".briefing" not in p.parts)
        return {p.relative_to(output).as_posix(): p.read_bytes() for p in paths}


@cache
def quoted(publication: Publication = PUBLIC) -> Mapping[str, bytes]:
    """The files of the site that is made to be published."""
    with TemporaryDirectory() as place:
        return files_of(write_site(Path(place)), publication)


@cache
def real() -> Mapping[str, bytes]:
    """The files of the real briefing as they are published."""
    return files_of(REPOSITORY)


def folded(text: str) -> str:
    """The words of a text, without case and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def file_folded(content: bytes) -> str:
    """The words of a file however it escapes them; with its markup, and once more without."""
    escapes = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), content.decode("utf-8", "replace"))
    plain = html.unescape(unquote(escapes))
    return f"{folded(plain)} | {folded(re.sub(r'<[^<>]*>', ' ', plain))}"


def public(folder: Path) -> tuple[Briefing, Briefing]:
    """A briefing as it is, and as it may be published."""
    whole = read_briefing(folder).briefing
    return whole, for_public(whole)


# Canaries


def canaries(whole: Briefing, cut: Briefing, length: int = 6) -> Iterator[str]:
    """Runs of words of each excerpted text that no shown range holds, here or elsewhere, folded."""
    shown = " ".join(
        folded(source.text[span.start : span.end])
        for source in cut.sources
        for span in (source.excerpts.shown if source.excerpts else (Span(0, len(source.text)),))
    )
    for source in cut.sources:
        for gap in source.excerpts.hidden if source.excerpts else ():
            words = folded(whole.index.sources[source.id].text[gap.start : gap.end]).split()
            for at in range(0, len(words) - length + 1, length):
                run = " ".join(words[at : at + length])
                if f" {run} " not in f" {shown} ":
                    yield run


@pytest.mark.parametrize("name", ["the site made to be published", "the real briefing"])
def test_no_run_of_unquoted_words_is_in_any_public_file(name: str, tmp_path: Path) -> None:
    is_real = name == "the real briefing"
    found = list(canaries(*public(REPOSITORY if is_real else write_site(tmp_path / "site"))))
    assert len(found) >= (5 if is_real else 30)
    for path, content in (real() if is_real else quoted()).items():
        text = file_folded(content)
        assert [run for run in found if run in text] == [], path


def test_a_canary_is_found_where_a_text_stands_whole(tmp_path: Path) -> None:
    found = list(canaries(*public(write_site(tmp_path / "site"))))
    local = quoted(Publication())
    for path in (urls.source("long"), urls.seed("long"), "search/text-0.js"):
        text = file_folded(local[path])
        assert [run for run in found if run in text], path


def test_no_single_word_far_from_a_passage_is_in_any_public_file() -> None:
    hidden = re.compile(
        r"\b(?:w(?:00\d|01[0-7]|04[5-9]|05\d|06\d|12[2-9]|1[3-9]\d|2\d\d)|q[1-8]|b\d\d)\b", re.IGNORECASE
    )
    assert len(set(hidden.findall(LONG))) > 190
    for path, content in quoted().items():
        if not path.startswith("assets/"):
            assert hidden.findall(html.unescape(content.decode())) == [], path


def test_a_plain_text_is_still_plain_when_it_is_excerpted() -> None:
    whole, cut = public(REPOSITORY)
    assert [s.id for s in whole.sources if s.stored.is_plain] == [s.id for s in cut.sources if s.stored.is_plain] != []
    assert all(is_plain(s.stored.content) for s in cut.sources if s.stored.is_plain)


def test_the_raw_text_of_an_excerpted_source_is_no_file_and_that_of_a_free_one_is() -> None:
    assert urls.seed("long") not in quoted()
    assert quoted()[urls.seed("free")].decode() == free(LONG)
    assert urls.seed("long") in quoted(Publication())


@pytest.mark.parametrize("word", PRIVATE)
def test_a_private_note_is_in_local_pages_where_it_says_so_and_in_no_public_file(word: str) -> None:
    assert [path for path, content in quoted().items() if word.encode() in content.lower()] == []
    pages = [c.decode() for p, c in quoted(Publication()).items() if p.endswith(".html") and word.encode() in c]
    assert pages
    for page in pages:
        notes = [e.text for e in read_html(page.encode()).walk() if e.attributes.get("class") == "private"]
        assert [n for n in notes if n.startswith("private ") and word in n], "it is shown, and marked"


def test_a_note_with_keys_that_is_not_private_is_a_note_like_any_other() -> None:
    for publication in (PUBLIC, Publication()):
        files = quoted(publication)
        assert b"Said for all to read." in files[urls.source("long")]
        passages = whole_data(files)["sources"][1]["passages"]
        assert passages[1]["note"] == "Said for all to read."


def test_no_page_or_export_reaches_beyond_what_is_shown() -> None:
    for path, content in (*quoted().items(), *real().items()):
        assert BLOT not in content.decode("utf-8", "replace"), path


# What is shown


def test_each_shown_element_is_the_text_at_the_offsets_it_names() -> None:
    for name, text in (("long", LONG),):
        page = read_html(quoted()[urls.source(name)])
        shown = [e for e in page.walk() if "data-source-text" in e.attributes]
        assert len(shown) > 5
        for element in shown:
            start, end = int(element.attributes["data-start"] or 0), int(element.attributes["data-end"] or 0)
            assert element.text == text[start:end]


def test_a_text_with_a_right_to_be_published_is_whole_on_its_page() -> None:
    page = read_html(quoted()[urls.source("free")])
    assert "".join(e.text for e in page.walk() if "data-source-text" in e.attributes) == free(LONG)


def test_every_paragraph_keeps_its_number_and_its_anchor_and_each_gap_says_how_much_is_missing() -> None:
    page = read_html(quoted()[urls.source("long")])
    assert [i for i in page.ids() if i.startswith("para-")] == [f"para-{n}" for n in range(1, 8)]
    gaps = [e.text for e in page.walk() if (e.attributes.get("class") or "").startswith("hidden-")]
    assert gaps[0] == "… 1\xa0word not shown …"
    assert gaps[-1] == "… paragraphs 5 to 7, 123\xa0words not shown …"
    shown = sum(len(e.text.split()) for e in page.walk() if "data-source-text" in e.attributes)
    missing = sum(int(re.findall(r"(\d+)\xa0words? not", gap)[0]) for gap in gaps)
    assert shown + missing == len(LONG.split())


def test_the_page_says_that_it_shows_excerpts_and_why() -> None:
    notice = next(e for e in read_html(quoted()[urls.source("long")]).walk() if e.attributes.get("class") == "excerpts")
    assert "up to 12\xa0words before and after: 59 of 296\xa0words" in notice.text
    assert "No right to republish" in notice.text
    about = read_html(quoted()["about.html"]).text
    assert "1 of 2\xa0texts may not be published whole" in about
    assert "This is a local build" in read_html(quoted(Publication())["about.html"]).text


def test_data_says_which_ranges_are_published_and_gives_no_quote_beyond_them() -> None:
    data = whole_data(quoted())
    source = data["sources"][1]
    assert (data["profile"], source["id"]) == ("public", "long")
    assert source["excerpts"]["words"] == len(LONG.split())
    assert next(LONG[s["start"] : s["end"]] for s in source["excerpts"]["shown"]) == "4 March 2021"
    (foot,) = source["boilerplate"]
    assert (foot["quote"], foot["why"], LONG[foot["start"] : foot["end"]][:5]) == (
        None,
        "the foot of the page",
        "b00 b",
    )
    assert all(p["prefix"] is None and p["suffix"] is None for p in source["passages"])
    assert data["sources"][0]["excerpts"] is None


def test_readers_are_not_told_what_to_add_and_meet_no_empty_part_of_the_overview() -> None:
    local, public_site = quoted(Publication()), quoted()
    assert b'id="judgements"' in local["index.html"]
    assert b"Add <code>key_judgements:" in local["index.html"]
    assert b'id="judgements"' not in public_site["index.html"]
    assert b'id="topics"' in public_site["index.html"]
    assert not [path for path, content in public_site.items() if path.endswith(".html") and b"Add <code>" in content]


@pytest.mark.parametrize(
    ("context_words", "notice", "listed"),
    [
        (0, "11 of 296\xa0words of the text.", "11 of 296 words"),
        (12, "59 of 296\xa0words of the text.", "59 of 296 words, 48 of them around its passages"),
        (
            300,
            "all 296\xa0words of the text, since its passages and the words around them leave nothing out.",
            "296 of 296 words, 285 of them around its passages; fewer context_words show less",
        ),
    ],
)
def test_what_is_shown_is_put_down_to_passages_and_to_the_words_around_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], context_words: int, notice: str, listed: str
) -> None:
    folder = write_site(tmp_path, rights=f"{{republish: excerpts, context_words: {context_words}}}")
    assert notice in read_html(files_of(folder)[urls.source("long")]).text
    print_published(public(folder)[1], "published", None)
    assert f"long: excerpts, {listed}\n" in capsys.readouterr().out


def test_a_text_that_passages_cover_alone_is_listed_as_that(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, cut = public(write_site(tmp_path))
    long = cut.index.sources["long"]
    assert long.excerpts
    covered = replace(long, excerpts=replace(long.excerpts, hidden=(), quoted=long.excerpts.words))
    print_published(replace(cut, sources=(covered,)), "published", None)
    assert "long: excerpts, 296 of 296 words; its passages alone cover most of it\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("site_rights", "rights", "expected"),
    [
        ("", "", 12),
        ("{republish: excerpts, context_words: 3}", "", 3),
        ("{republish: excerpts, context_words: 3}", "{republish: excerpts, context_words: 5}", 5),
        ("{republish: excerpts, context_words: 3}", "{republish: excerpts, why: by contract}", 3),
        ("", "{republish: excerpts, context_words: 0}", 0),
        ("{republish: whole, why: all are ours}", "", None),
        ("{republish: whole, why: all are ours}", "{republish: excerpts}", 12),
    ],
)  # fmt: skip
def test_the_source_says_how_much_else_the_site_else_it_is_twelve_words(
    tmp_path: Path, site_rights: str, rights: str, expected: int | None
) -> None:
    _, cut = public(write_site(tmp_path, site_rights=site_rights, rights=rights))
    excerpts = cut.index.sources["long"].excerpts
    assert (excerpts.context if excerpts else None) == expected
    if expected == 0:
        assert excerpts
        shown = cut.index.sources["long"].text
        assert [shown[s.start : s.end] for s in excerpts.shown][1:] == [
            "w030 w031 w032",
            "Port Radio counted 120 boats",
        ]


@pytest.mark.parametrize(
    ("rights", "place", "message"),
    [
        ("{republish: whole}", "5:21", "missing-key"),
        ("{republish: some}", "5:21", "bad-value"),
        ("{republish: excerpts, context_words: -1}", "5:46", "bad-value"),
        ("{republish: excerpts, context_words: 1.5}", "5:46", "bad-value"),
        ("{republish: excerpts, context_words: many}", "5:46", "wrong-type"),
        ("{context_words: 3}", "5:9", "missing-key"),
    ],
)
def test_rights_that_cannot_be_meant_are_errors_at_their_place(
    tmp_path: Path, rights: str, place: str, message: str
) -> None:
    with pytest.raises(BuildFailed) as failed:
        read_briefing(write_site(tmp_path, rights=rights))
    (problem,) = failed.value.problems
    assert problem.rule == message
    assert str(problem.place) == f"annotations/sources/long.yaml:{place}"
    assert problem.hint


def test_a_warning_that_quotes_a_text_is_repeated_and_not_kept_beside_the_public_site(tmp_path: Path) -> None:
    folder, output = write_site(tmp_path / "site"), tmp_path / "output"
    with (folder / "annotations" / "site.yaml").open("a") as file:
        file.write("rules: {unread: {severity: warning, why: all is read here}}\n")
    first, second = (build(folder, output, publication=PUBLIC) for _ in range(2))
    assert any("w000" in problem.message for problem in first.warnings)
    assert second.warnings == first.warnings
    assert second.count("write") == 0
    hidden = [path for path in output.rglob("*") if path.is_file() and re.search(rb"\bw000\b", path.read_bytes())]
    assert hidden == []


def test_profiles_in_one_output_folder_replace_each_other(tmp_path: Path) -> None:
    folder, output = write_site(tmp_path / "site"), tmp_path / "output"
    build(folder, output)
    assert (output / urls.seed("long")).exists()
    build(folder, output, publication=PUBLIC)
    assert not (output / urls.seed("long")).exists()
    assert build(folder, output, publication=PUBLIC).count("write") == 0
    build(folder, output)
    assert (output / urls.seed("long")).exists()


# The parts

_TEXT = st.text("ab \n語é", max_size=60)


@given(text=_TEXT, edges=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_a_blotted_text_keeps_every_offset_and_what_is_shown(text: str, edges: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in edges]
    shown = joined(text, spans)
    cut = blotted(text, shown)
    assert len(cut) == len(text)
    assert all(a.end < b.start for a, b in pairwise(shown))
    for at, (new, old) in enumerate(zip(cut, text, strict=True)):
        assert new == (old if any(s.start <= at < s.end for s in shown) else BLOT)
    assert all(any(s.start <= span.start and span.end <= s.end for s in shown) for span in spans)


@pytest.mark.parametrize(
    ("context", "quote", "expected"),
    [
        (2, "four", "two three four five six"),
        (0, "four", "four"),
        (9, "four", "one two three four five six seven"),
        (1, "one two", "one two three"),
        (1, "our fi", "four five"),
        (2, "seven", "five six seven"),
    ],
)
def test_context_is_counted_in_words_on_both_sides(context: int, quote: str, expected: str) -> None:
    text = "one two three four five six seven"
    words = [m.span() for m in re.finditer(r"\S+", text)]
    span = with_context(text, words, Span(text.index(quote), text.index(quote) + len(quote)), context)
    assert text[span.start : span.end] == expected


def test_a_mark_of_such_a_script_counts_as_a_word_and_its_space_as_none() -> None:
    assert [m[0] for m in _word().finditer("港、\u3000話 two")] == ["港", "、", "話", "two"]


def test_where_words_are_written_without_spaces_each_character_counts(tmp_path: Path) -> None:
    text = LONG.replace("w019", "無数の人々が港に集まり話した")
    folder = write_site(tmp_path, text=text, rights="{republish: excerpts, context_words: 15}")
    _, cut = public(folder)
    excerpts = cut.index.sources["long"].excerpts
    assert excerpts
    assert cut.index.sources["long"].text[excerpts.shown[1].start :].startswith("まり話した w020")
