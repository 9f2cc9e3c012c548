"""The source page: the text is the seed to the character, each passage is marked in it, and each has its note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

import pytest

from site_builder import urls
from site_builder.backlinks import backlinks
from site_builder.coverage import strays
from site_builder.markup.markdown import plain
from site_builder.model import Passage, Source
from site_builder.pages import source_list, sources
from site_builder.pages.origins import Carrier
from site_builder.pages.source_text import ParagraphView
from site_builder.records import Words
from tests.built_sites import ALL, REAL, BuiltSite, built, desk_of, pages_by_path
from tests.html_reading import Element

each_site = pytest.mark.parametrize("name", ALL)


def _decoded(site: BuiltSite, source: Source) -> str:
    """The seed's bytes as the promise words it: BOM removed, CRLF and CR read as LF."""
    raw = (site.folder / "seeds" / source.record.text).read_bytes()
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _shown(text: str) -> str:
    """The text with U+FFFD for each character that HTML cannot carry."""
    return "".join("\ufffd" if _is_uncarried(c) else c for c in text)


def _is_uncarried(char: str) -> bool:
    is_noncharacter = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return is_noncharacter or (unicodedata.category(char) == "Cc" and char not in "\t\n")


def _page(site: BuiltSite, source: Source) -> Element:
    return site.pages[urls.source(source.id)]


def _text(page: Element) -> list[Element]:
    return page.all(having="data-source-text")


@each_site
def test_the_source_text_elements_join_to_the_seed_character_for_character(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        assert "".join(e.text for e in _text(_page(site, source))) == _shown(_decoded(site, source)), source.id


@each_site
def test_source_text_elements_hold_text_alone_and_never_one_another(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        for element in _text(_page(site, source)):
            assert all(isinstance(child, str) for child in element.children), source.id


@each_site
def test_notes_numbers_and_references_stand_outside_the_source_text(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        page = _page(site, source)
        for link in page.all("a"):
            assert not link.is_inside(lambda e: "data-source-text" in e.attributes)
        for passage in source.passages:
            assert page.by_id(urls.note_anchor(passage.id)).all(having="data-source-text") == []


@each_site
def test_the_text_from_the_id_of_a_passage_on_begins_with_its_words(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        page = _page(site, source)
        for passage in source.passages:
            anchor, passed, after = page.by_id(urls.passage_anchor(passage.id)), False, ""
            for element in page.walk():
                passed = passed or element is anchor
                if passed and "data-source-text" in element.attributes:
                    after += element.text
            assert after.startswith(_shown(passage.words)), passage.ref


def _marked(page: Element) -> list[bool]:
    return [e.tag == "mark" for e in _text(page) for _ in e.text]


@each_site
def test_marked_is_what_stands_in_a_passage_and_nothing_else(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        marked = _marked(_page(site, source))
        inside = {i for p in source.passages for i in range(p.start, p.end)}
        assert {i for i, mark in enumerate(marked) if mark} <= inside, source.id
        assert {i for i in inside if not source.text[i].isspace()} <= {i for i, mark in enumerate(marked) if mark}


@each_site
def test_each_passage_has_one_note_that_the_text_refers_to_and_that_leads_back(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        page = _page(site, source)
        for passage in source.passages:
            note = page.by_id(urls.note_anchor(passage.id))
            to_note = f"#{urls.note_anchor(passage.id)}"
            assert [a for a in page.all("a", "href") if a.attributes["href"] == to_note and a not in note.all("a")]
            assert f"#{urls.passage_anchor(passage.id)}" in note.links()


@each_site
def test_the_reference_to_a_note_follows_the_last_words_of_its_passage(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        page = _page(site, source)
        for passage in source.passages:
            before = ""
            for element in page.walk():
                if "data-source-text" in element.attributes:
                    before += element.text
                elif element.attributes.get("href") == f"#{urls.note_anchor(passage.id)}" and before:
                    break
            assert before == _shown(source.text[: passage.end]), passage.ref


@each_site
def test_a_note_shows_who_speaks_through_whom_what_is_odd_and_every_figure(name: str) -> None:
    site = built(name)
    index = site.briefing.index
    for source in site.briefing.sources:
        for passage in source.passages:
            note = _page(site, source).by_id(urls.note_anchor(passage.id))
            links = note.links()
            for link in passage.chain[1:]:
                assert urls.relative(urls.source(source.id), urls.entity(link)) in links, passage.ref
                assert index.voice(link) in note.text
            assert all(flag.kind in note.text for flag in passage.flags)
            for topic in passage.topics:
                assert urls.relative(urls.source(source.id), urls.topic(topic)) in links
            for figure in passage.figures:
                assert urls.relative(urls.source(source.id), urls.figure(figure.ref)) in links


def test_a_note_shows_how_its_voice_is_rendered_and_from_which_words_it_is_read() -> None:
    page = built("tangle").pages[urls.source("knots")]
    lines = {p: [e.text for e in page.by_id(f"n-{p}").all("p") if e.attributes.get("class") == "attribution"]
             for p in ("for-ever", "new-ropes", "crossing")}  # fmt: skip
    assert lines == {
        "for-ever": [
            'in its own words; read from: the words before it, <script>xss("attribution")</script> and The master'
        ],
        "new-ropes": ["partly in its own words"],
        "crossing": [],
    }


def test_a_quote_says_how_its_voice_is_rendered_wherever_it_is_shown() -> None:
    page = built("tangle").pages[urls.claim("counted-as-one")]
    assert ["in its own words" in quote.text for quote in page.all("figcaption")] == [True, False, False]


@each_site
def test_what_stands_outside_passages_is_listed_with_its_part_and_its_reason(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        listed = _context(name, source.id).strays
        assert len(listed) == len(strays(source))
        for shown, stray in zip(listed, strays(source), strict=True):
            assert shown.why.startswith(f"{stray.kind}, {stray.part.replace('_', ' ')}")


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _callers(site: BuiltSite, passage: Passage) -> list[tuple[str, str]]:
    """Where each thing that calls on a passage stands, and its words."""
    briefing, ref, found = site.briefing, passage.ref, list[tuple[str, str]]()
    for judgement in briefing.judgements:
        for sentence in judgement.prose.sentences:
            if any(c.kind == "passage" and c.target == ref for c in sentence.citations):
                found.append((urls.judgement(judgement.record.id), plain(sentence.markdown)))
    for topic in briefing.topics:
        number = 0
        for sentence in topic.brief.sentences:
            for citation in sentence.citations:
                number += 1
                if citation.kind == "passage" and citation.target == ref:
                    found.append((f"{urls.topic(topic.id)}#cite-{number}", plain(sentence.markdown)))
    found += [
        (urls.claim(c.id), c.record.claim) for c in briefing.claims if any(e.passage == ref for e in c.record.evidence)
    ]
    found += [(urls.event(e.id), e.record.title) for e in briefing.events if ref in e.record.evidence]
    found += [(urls.question(q.id), q.question) for q in briefing.questions if ref in q.nearest]
    return found


@each_site
def test_a_note_shows_every_sentence_claim_and_event_that_calls_on_its_passage_with_the_way_there(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        for passage in source.passages:
            note = _page(site, source).by_id(urls.note_anchor(passage.id))
            for where, words in _callers(site, passage):
                assert urls.relative(urls.source(source.id), where) in note.links(), f"{passage.ref}: {where}"
                assert _letters(words) in _letters(note.text), f"{passage.ref}: {words}"


@each_site
def test_each_caller_of_a_passage_leads_to_it_from_its_own_page(name: str) -> None:
    site = built(name)
    for passage in site.briefing.passages():
        for where, _ in _callers(site, passage):
            path, _, fragment = where.partition("#")
            page = site.pages[path]
            there = page.by_id(fragment) if fragment and not fragment.startswith("cite-") else page
            assert urls.relative(path, urls.passage(passage.ref)) in there.links(), f"{passage.ref}: {where}"


@each_site
def test_the_strip_leads_to_every_passage(name: str) -> None:
    for path, page in pages_by_path(sources.pages(built(name).desk())).items():
        if isinstance(page.context, sources.SourceContext):
            source = built(name).source(path.removeprefix("sources/").removesuffix(".html"))
            assert [m.href for m in page.context.strip] == [f"#{urls.passage_anchor(p.id)}" for p in source.passages]
            for mark in page.context.strip:
                assert 0 <= float(mark.left) < 100
                assert float(mark.left) + float(mark.width) <= 100.31


@each_site
def test_the_shares_of_a_text_fill_its_bar(name: str) -> None:
    for source in built(name).briefing.sources:
        shares = source_list.shares(source)
        assert [s.kind for s in shares] == ["annotated", "boilerplate", "set-aside", "unread"]
        assert 99.7 < sum(float(s.percent) for s in shares) < 100.3


def _context(name: str, source: str) -> sources.SourceContext:
    context = pages_by_path(sources.pages(built(name).desk()))[urls.source(source)].context
    assert isinstance(context, sources.SourceContext)
    return context


def _paragraphs(name: str, source: str) -> list[ParagraphView]:
    return [paragraph for block in _context(name, source).blocks for paragraph in block.paragraphs]


def test_more_than_a_line_or_two_of_boilerplate_is_folded_and_says_why() -> None:
    folds = [block for block in _context(REAL, "desertion-problem").blocks if block.fold]
    assert len(folds) == 1
    assert folds[0].fold.startswith(
        f"{len(folds[0].paragraphs)}\xa0paragraphs of boilerplate: list of the slide headings"
    )
    assert all(paragraph.is_furniture for paragraph in folds[0].paragraphs)


@each_site
def test_no_paragraph_with_a_passage_is_folded_away(name: str) -> None:
    for source in built(name).briefing.sources:
        for block in _context(name, source.id).blocks:
            assert not block.fold or not any(p.notes or any(r.kind == "mark" for r in p.runs) for p in block.paragraphs)


def _ends(branches: Iterable[Carrier]) -> int:
    return sum(int(b.passages.split()[0] if b.passages else 0) + _ends(b.carriers) for b in branches)


@each_site
def test_the_tree_of_origins_holds_every_passage_once(name: str) -> None:
    for source in built(name).briefing.sources:
        assert _ends(_context(name, source.id).origins) == len(source.passages)


def test_a_tree_of_origins_has_the_source_as_its_root_and_voices_under_their_outlets() -> None:
    (root,) = _context(REAL, "desertion-problem").origins
    outlets = {branch.link.text: [below.link.text for below in branch.carriers] for branch in root.carriers}
    assert "Sergei Krivenko" in outlets["The Moscow Times"]


def test_a_hard_wrapped_block_is_one_paragraph_and_single_lines_are_each_one() -> None:
    paragraphs = _paragraphs("tangle", "knots")
    texts = ["".join(run.text for run in paragraph.runs) for paragraph in paragraphs]
    assert texts[1].startswith("Ninety ropes")
    assert texts[1].endswith("believed him then.")
    assert texts[2:4] == ["The first rope held.", "The second rope did not."]


def test_a_paragraph_of_nothing_but_boilerplate_is_furniture() -> None:
    assert [p.is_furniture for p in _paragraphs("harbour", "harbour-notice")] == [False, True]


def test_passages_are_numbered_as_they_stand_in_the_text_whatever_the_order_of_the_file() -> None:
    notes = [note for paragraph in _paragraphs("tangle", "knots") for note in paragraph.notes]
    assert [note.number for note in notes] == [str(n) for n in range(1, len(notes) + 1)]
    assert notes[0].id == "n-family"


def test_a_source_without_passages_asks_of_no_words_whose_they_are() -> None:
    assert "whose" not in built("empty-seed").pages["sources/empty.html"].ids()
    assert "whose" in built("tangle").pages["sources/knots.html"].ids()


def test_passages_with_the_same_words_keep_both_their_ids() -> None:
    page = built("tangle").pages["sources/knots.html"]
    assert page.ids().count("p-inner") == page.ids().count("p-inner-again") == 1


def test_the_first_source_has_none_before_it_and_the_last_none_after_it() -> None:
    contexts = [_context("tangle", name) for name in ("fence", "knots", "letters")]
    assert [(c.pager.previous is None, c.pager.following is None) for c in contexts] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_a_text_without_a_word_has_a_page_that_says_so_and_holds_its_white_space() -> None:
    assert _context("empty-seed", "empty").is_empty
    assert _context("empty-seed", "blank").is_empty
    assert "".join(e.text for e in _text(built("empty-seed").pages["sources/blank.html"])) == " \n\t\n"


def test_the_text_is_in_its_own_language() -> None:
    page = built("tangle").pages["sources/letters.html"]
    text = page.by_id("para-1")
    assert text.attributes.get("lang") == "he" or text.is_inside(lambda e: e.attributes.get("lang") == "he")


def test_what_is_null_is_not_printed_and_what_is_absent_is_not_recorded() -> None:
    facts = {fact.label: str(fact.value) for fact in _context("harbour", "harbour-notice").facts}
    assert (facts["Published in"], facts["Author"]) == ("not printed", "not recorded")


def test_a_doi_leads_to_its_publisher_and_a_day_of_access_is_in_words() -> None:
    briefing = built("harbour").briefing
    source = briefing.sources[0]
    record = replace(source.record, DOI=Words("doi:10.1000/182"), accessed=Words("2021-03-05"))
    changed = replace(briefing, sources=(replace(source, record=record), *briefing.sources[1:]))
    made = sources.SourceContext(
        desk_of(changed, backlinks(changed)).at("sources/harbour-notice.html"), changed.sources[0]
    )
    facts = {fact.label: (fact.value, fact.href) for fact in made.facts}
    assert facts["DOI"] == ("10.1000/182", "https://doi.org/10.1000/182")
    assert facts["Accessed"] == ("5 March 2021", "")


def test_who_calls_on_a_passage_and_from_where_is_asked_when_a_template_shows_it() -> None:
    desk = built("harbour").desk()
    contexts = [page.make() for page in sources.pages(desk)]
    blocks = [block for context in contexts if isinstance(context, sources.SourceContext) for block in context.blocks]
    found = [note for block in blocks for paragraph in block.paragraphs for note in paragraph.notes]
    assert not {"calls", "events at"} & {kind for kind, _ in desk.trace.keys}
    callers = [c for note in found for c in note.callers if c.kind == "event"]
    assert callers
    assert "calls" in (kinds := {kind for kind, _ in desk.trace.keys})
    assert "events at" not in kinds
    assert all(c.link.href for c in callers)
    assert "events at" in {kind for kind, _ in desk.trace.keys}
