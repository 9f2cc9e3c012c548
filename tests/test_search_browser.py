"""The search in a real Chromium: as one types, from disk and from a server, by keyboard, to the very passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import NARROW, SUB_PATH, Watched, is_in_view, on_disk, opened, served
from tests.built_sites import REAL
from tests.test_exam import EXAM

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def real(folders: dict[str, Path]) -> Path:
    """Return where the real briefing was built."""
    return folders[REAL]


@pytest.fixture
def tangle(folders: dict[str, Path]) -> Path:
    """Return where the hostile site was built."""
    return folders["tangle"]


@contextmanager
def searching(browser: Browser, base: str, query: str = "", **options: Any) -> Iterator[Watched]:
    """The search page, ready."""
    with opened(browser, base, **options) as watched:
        watched.open(f"search.html{query}")
        yield watched


def ask(page: Page, query: str) -> list[str]:
    """The words of the hits for a query, once all of the texts are read."""
    page.locator("#query").fill(query)
    expect(page.locator(".loading")).to_be_hidden()
    expect(page.locator(".told")).not_to_have_text("Loading …")
    return page.locator(".hit .words").all_inner_texts()


def told(page: Page) -> str:
    return page.locator(".told").inner_text()


# Words


SPELLINGS = (
    ("mobilisation", "mobilization"), ("mobilise", "mobilize"), ("organised", "organized"), ("analyse", "analyze"),
    ("defence", "defense"), ("offences", "offenses"), ("licence", "license"), ("colour", "color"),
    ("neighbouring", "neighboring"), ("labour", "labor"), ("dishonourable", "dishonorable"), ("armoury", "armory"),
    ("centre", "center"), ("centred", "centered"), ("kilometres", "kilometers"), ("theatre", "theater"),
    ("travelled", "traveled"), ("cancelling", "canceling"), ("fulfil", "fulfill"), ("enrolment", "enrollment"),
    ("counsellor", "counselor"), ("haemorrhage", "hemorrhage"), ("paediatric", "pediatric"), ("foetus", "fetus"),
    ("manoeuvre", "maneuver"), ("manoeuvred", "maneuvered"), ("manoeuvring", "maneuvering"), ("grey", "gray"),
    ("judgement", "judgment"), ("catalogue", "catalog"), ("programme", "program"), ("sceptical", "skeptical"),
    ("practise", "practice"), ("plough", "plow"), ("enquiry", "inquiry"), ("towards", "toward"),
)  # fmt: skip
APART = (("four", "for"), ("hour", "hor"), ("acre", "acer"), ("filling", "filing"), ("size", "sise"), ("our", "or"))
FOLDED = (
    ("Café", "cafe"), ("ŁÓDŹ", "lodz"), ("straße", "STRASSE"), ("17,000", "17000"), ("1\u202f250\u202f000", "1250000"),
    ("17 000", "17,000"),
    ("soft\u00adhyphen", "softhyphen"), ("Ёлка", "елка"), ("İzmir", "izmir"), ("ﬁre", "fire"), ("Œuvre", "oeuvre"),
)  # fmt: skip


def test_words_are_folded_alike_wherever_they_stand(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:

        def forms(word: str) -> list[str]:
            found: list[str] = watched.page.evaluate("w => briefingSearch.cut(w).map(({forms}) => forms.at(-1))", word)
            return found

        for one, other in (*SPELLINGS, *FOLDED):
            assert forms(one) == forms(other), (one, other)
            assert len(forms(one)) == 1, one
        for one, other in APART:
            assert forms(one) != forms(other), (one, other)
        assert forms("don't say «ropes—hold»") == ["don", "t", "say", "ropes", "hold"]
        assert forms("東京 tower") == ["東", "京", "tower"]
        assert forms("—  \u200b …") == []


CUT_PLAINLY = r"""() => {
    const SIGN = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
    const number = "\\d{1,3}(?:[,.'\\u2019 \\u00a0\\u2009\\u202f]\\d{3})+(?![\\p{L}\\p{N}])";
    const plain = new RegExp(`${number}|${SIGN}|(?:(?!${SIGN})[\\p{L}\\p{M}\\p{N}\\p{Cf}])+`, "gu");
    const letters = [..."aZ09éß東カ\u00ad\u0301,.'\u2019 -€\u{1f600}"];
    const random = (seed => () => (seed = (seed * 48271) % 2147483647) / 2147483647)(7);
    const differing = [];
    for (let round = 0; round < 5000; round += 1) {
        const some = Array.from({length: 1 + random() * 12}, () => letters[Math.floor(random() * letters.length)]);
        const text = some.join("");
        const wanted = (text.match(plain) ?? []).filter(word => briefingSearch.forms(word).length);
        const found = briefingSearch.cut(text).map(({start, end}) => text.slice(start, end));
        if (wanted.join("|") !== found.join("|")) differing.push([text, wanted, found]);
    }
    return differing;
}"""


def test_words_are_cut_as_the_plain_pattern_cuts_them(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        assert watched.page.evaluate(CUT_PLAINLY) == []


@pytest.mark.parametrize(
    ("query", "phrases", "words"),
    [
        ('"no illusions" left', ["no illusions"], ["left"]), ("“no illusions”", ["no illusions"], []),
        ("„keine Zeit“", ["keine zeit"], []), ("«не так» now", ["не так"], ["now"]),
        ("'digging deep'", ["digging deep"], []),
        ("\u2018no way\u2019 'out'", ["no way", "out"], []), ("prosecutor's office", [], ["prosecutor", "office"]),
        ("“it\u2019s time”", ["it s time"], []), ("'it's time'", ["it s time"], []),
        ('say "now or', ["now or"], ["say"]),
        ('""', [], []), ("'", [], []), ("「東京」", ["東 京"], []),
    ],
)  # fmt: skip
def test_quote_marks_of_any_shape_make_a_phrase(
    browser: Browser, real: Path, query: str, phrases: list[str], words: list[str]
) -> None:
    with searching(browser, on_disk(real)) as watched:
        parsed = watched.page.evaluate(
            """query => {
                const {phrases, words} = briefingSearch.parse(query), first = ({forms}) => forms[0];
                return [phrases.map(phrase => phrase.map(first).join(" ")), words.map(first)];
            }""",
            query,
        )
        assert parsed == [phrases, words]


# Finding


def test_hits_come_as_one_types_from_disk_and_from_any_path_of_a_server(browser: Browser, real: Path) -> None:
    seen = []
    with served(real, SUB_PATH) as online:
        for base in (on_disk(real), online):
            with searching(browser, base) as watched:
                page = watched.page
                expect(page.locator("#query")).to_be_focused()
                page.keyboard.type("Tab")
                expect(page.locator(".hit").first).to_be_visible()
                page.keyboard.type("alov")
                expect(page.locator(".hit mark").first).to_have_text("Tabalov")
                seen.append(ask(page, "Tabalov"))
    assert seen[0] == seen[1]
    assert seen[0][0] == "Alexei Tabalov"


def test_british_finds_american_and_the_other_way(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        american = ask(watched.page, "Defense Ministry")
        assert any("Defense Ministry is digging deep" in words for words in american)
        assert ask(watched.page, "defence ministry") == american
        assert ask(watched.page, "mobilisation") == ask(watched.page, "mobilization")
        assert ask(watched.page, "mobilis") == ask(watched.page, "mobiliz") != []


def test_a_name_finds_passages_that_print_another_spelling_of_it(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        for query in ("Lieutenant General Jonathan Braga", "Lt. Gen. Jonathan Braga"):
            found = ask(page, query)
            assert any("Lt. Gen. Braga said" in words for words in found), query
            assert any("explained Lieutenant General Jonathan Braga" in words for words in found), query
        ask(page, "Alexei Tabalov")
        passage = page.locator(".hit", has_text="Tabalov said in an interview")
        expect(passage.locator("mark").first).to_have_text("Tabalov")
        ask(page, "National Institute Strategic")
        assert page.locator(".of-passage").count() > 0


def test_where_only_a_name_was_found_the_hit_says_whose(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        ask(watched.page, "Vladimir")
        named = watched.page.locator(".of-passage .named").first
        expect(named).to_contain_text("speaks of Vladimir Putin")
        ask(watched.page, "Vladimir mobilisation")
        other = watched.page.locator(".of-passage", has_text="Putin social contract")
        expect(other.locator(".named")).to_have_text("speaks of Vladimir Putin")
        printed = watched.page.locator(".of-passage", has_text="President Vladimir Putin")
        expect(printed.locator(".named")).to_have_count(0)


def test_a_phrase_is_found_as_it_is_printed_whatever_the_quote_marks(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        expected = ask(page, '"digging deep"')
        assert any("digging deep" in words for words in expected)
        for marks in ("“”", "„“", "«»", "''", "\u2018\u2019", "\uff02\uff02"):
            query = f"{marks[0]}Digging deep{marks[1]}"
            assert ask(page, query) == expected, query
        expect(page.locator(".hit mark").first).to_have_text("digging deep")
        assert ask(page, '"deep digging"') == []
        assert set(expected) < set(ask(page, "deep digging"))
        assert ask(page, '"digging dee') == expected, "a phrase that is still being typed"
        assert ask(page, '"diging deep"') == [], "a phrase is never guessed at"


def test_a_phrase_over_the_edge_of_two_passages_is_found_in_their_paragraph(browser: Browser, tangle: Path) -> None:
    with searching(browser, on_disk(tangle)) as watched:
        found = ask(watched.page, '"stays text. Then"')
        assert found == []
        ask(watched.page, '"before noon. The master"')
        expect(watched.page.locator(".hit.of-passage")).to_have_count(1)
        ask(watched.page, '"Between 3 and 5 scripts ran, said someone. Many"')
        expect(watched.page.locator(".hit.of-paragraph")).to_have_count(1)


def test_a_plural_finds_what_its_singular_finds_and_the_other_way(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        assert set(ask(page, "protest Dagestan")) <= set(ask(page, "protests Dagestan"))
        assert any("heavy casualties" in words for words in ask(page, "casualty heavy"))
        assert ask(page, '"casualty prompting"') == [], "a phrase stands as it is printed"


def test_the_little_words_of_a_question_do_not_keep_its_answer_away(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        for question in (
            "How many Russians were killed?",
            "Which maximum is there for desertion?",
            "Who counted the dead?",
        ):
            assert ask(page, question)
            expect(page.locator(".hit .kind").first).to_have_text("open question")
        words = ask(page, "who was in Makhachkala")
        assert told(page).startswith("Without the little words of the question: ")
        assert words == ask(page, "Makhachkala")


def test_most_questions_of_the_exam_typed_as_they_stand_lead_to_their_answer_among_the_first_ten_hits(
    browser: Browser, real: Path
) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        missed = []
        for question in EXAM:
            ask(page, question.question)
            anchor = question.anchor.replace("#n-", "#p-")  # a note stands at its passage, which is what is found
            first = [link.get_attribute("href") or "" for link in page.locator(".hit .words a").all()[:10]]
            if not any(href == anchor or href.partition("#")[0] == anchor for href in first):
                missed.append(question.question)
        assert len(missed) <= 3, missed


def test_where_few_have_all_words_those_with_some_follow_and_that_is_said(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        found = ask(page, "mutiny convictions per week")
        assert re.fullmatch(r"1\xa0hit and \d+ with some of the words\.", told(page))
        assert any("convicted of mutiny every week" in words for words in found)
        expect(page.locator(".hits > li").nth(1)).to_have_text("With some of the words")
        assert ask(page, "convicted of mutiny")
        expect(page.locator(".divider")).to_have_count(int("with some" in told(page)))
        ask(page, "law")
        expect(page.locator(".divider")).to_have_count(0)


def test_where_narrowing_leaves_only_hits_with_some_of_the_words_that_is_said(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real), "?kind=topic") as watched:
        ask(watched.page, "death penalty")
        assert told(watched.page).startswith("Nothing of this kind and topic has all of these words. With some")


def test_without_little_words_those_that_have_the_rest_are_told_apart_from_those_with_some(
    browser: Browser, real: Path
) -> None:
    with searching(browser, on_disk(real)) as watched:
        ask(watched.page, "What did Putin promise?")
        whole = re.search(r"little words of the question: (\d+)\xa0hits and \d+ with some", told(watched.page))
        assert whole
        expect(watched.page.locator(".hits > li").nth(int(whole[1]))).to_have_text("With some of the words")


def test_a_word_with_an_s_behind_an_apostrophe_finds_what_the_word_finds(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        found = ask(watched.page, "Putin promise")
        assert found
        for apostrophe in "'\u2019":
            assert ask(watched.page, f"Putin{apostrophe}s promise") == found


def test_a_not_that_is_asked_finds_nothing_by_itself(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        assert ask(watched.page, "why not zebras") == []
        assert told(watched.page).startswith("Nothing found for")


def test_a_noun_that_no_text_has_finds_its_verb(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        assert any("punished or even executed" in words for words in ask(watched.page, "executions soldiers"))
        assert "Nearest spelling: executed" in told(watched.page)
        assert ask(watched.page, "executions")
        assert "elections" not in told(watched.page), "where a word of one stem stands, no other spelling is guessed"


def test_numbers_are_found_however_they_are_set(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        assert ask(watched.page, "17000") == ask(watched.page, "17,000") == ask(watched.page, "17 000") != []
        assert "No exact hit" not in told(watched.page)


def test_spelling_is_guessed_only_where_nothing_is_found_and_that_is_said(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        assert ask(page, "Tabolov said")
        assert told(page).startswith("No exact hit for “Tabolov said”. Nearest spelling: Tabalov. ")
        assert ask(page, "Tablaov said"), "two letters that changed places are one mistake"
        assert told(page).startswith("No exact hit for “Tablaov said”. Nearest spelling: Tabalov. ")
        assert ask(page, "Tabalov said")
        assert "Nearest" not in told(page)
        assert ask(page, "Tabalov zebra")
        assert told(page).startswith("Nothing has all of these words. With some of them: ")
        assert ask(page, "qqqq") == []
        assert told(page).startswith("Nothing found for “qqqq”. Try ")


# Narrowing, and the address


def test_hits_are_narrowed_by_kind_and_topic_with_counts(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        whole = len(ask(page, "law"))
        claims = page.locator("label", has_text="Claims")
        count = int(claims.locator(".count").inner_text())
        assert 0 < count < whole
        claims.click()
        expect(page.locator(".hit")).to_have_count(count)
        assert page.locator(".hit:not(.of-claim)").count() == 0
        assert told(page) == f"{count}\xa0hit{'s' * (count > 1)}, {whole} without narrowing."
        page.locator("label", has_text="Legal penalties").click()
        few = page.locator(".hit").count()
        assert 0 < few <= count
        assert page.locator(".hit", has_not_text="Legal penalties").count() == 0
        claims.click()
        assert page.locator(".hit").count() >= few


def test_an_open_question_has_the_topics_of_the_passages_that_come_near(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real), "?kind=question&topic=protest") as watched:
        page = watched.page
        assert any("How many people demonstrated" in words for words in ask(page, "arrests"))
        expect(page.locator(".hit .rest").first).to_contain_text("are missing")
        expect(page.locator(".hit", has_not_text="Protest")).to_have_count(0)


@pytest.mark.parametrize("from_disk", [True, False], ids=["from disk", "from a server"])
def test_what_is_asked_is_kept_in_the_address(browser: Browser, real: Path, from_disk: bool) -> None:
    with served(real, SUB_PATH) as online, searching(browser, on_disk(real) if from_disk else online) as watched:
        page = watched.page
        ask(page, "“no way” & mobilisation?")
        ask(page, "mobilisation law & order")
        page.locator("label", has_text="Passages").click()
        page.locator("label", has_text="Protest").click()
        expected = page.locator(".hit .words").all_inner_texts()
        page.reload()
        expect(page.locator("#query")).to_have_value("mobilisation law & order")
        expect(page.locator("label", has_text="Passages").locator("input")).to_be_checked()
        expect(page.locator("label", has_text="Protest").locator("input")).to_be_checked()
        expect(page.locator(".told")).to_contain_text("hit")
        assert page.locator(".hit .words").all_inner_texts() == expected
        assert page.url.endswith("?q=mobilisation+law+%26+order&kind=passage&topic=protest")


def test_on_paper_stands_what_was_asked(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        ask(watched.page, "mobilisation law")
        watched.page.emulate_media(media="print")
        expect(watched.page.locator("#query")).to_be_visible()
        expect(watched.page.locator(".told")).to_be_visible()


def test_an_example_is_asked_by_a_click(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        words = page.locator(".example").first.inner_text()
        page.locator(".example").first.click()
        expect(page.locator("#query")).to_have_value(words)
        expect(page.locator(".hit").first).to_be_visible()
        expect(page.locator(".unasked")).to_be_hidden()


# Landing


def test_a_hit_opens_at_its_passage_and_the_way_back_leads_to_the_hit(browser: Browser, real: Path) -> None:
    with served(real, SUB_PATH) as online:
        for base in (on_disk(real), online):
            with searching(browser, base, viewport=NARROW) as watched:
                page = watched.page
                ask(page, '"digging deep"')
                page.locator(".of-passage a").first.click()
                page.wait_for_url("**/sources/replace-casualties.html#p-*")
                anchor = page.evaluate("location.hash.slice(1)")
                assert page.evaluate("document.querySelector(':target').id") == anchor
                assert is_in_view(page, anchor)
                page.go_back()
                expect(page.locator("#query")).to_have_value('"digging deep"')
                expect(page.locator(".of-passage a").first).to_be_focused()


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("passage", "law"), ("paragraph", "the"), ("claim", "law"), ("event", "law"), ("figure", "17,000"),
        ("entity", "Putin"), ("source", "exodus"), ("topic", "desertion"), ("judgement", "rotation"),
        ("question", "arrests"),
    ],
)  # fmt: skip
def test_a_hit_of_each_kind_leads_to_where_it_stands(browser: Browser, real: Path, kind: str, query: str) -> None:
    with searching(browser, on_disk(real), f"?kind={kind}") as watched:
        page = watched.page
        assert ask(page, query)
        link = page.locator(f".of-{kind} a").first
        href = str(link.get_attribute("href"))
        link.click()
        page.wait_for_url(f"**/{href}")
        if "#" in href:
            assert page.evaluate("document.querySelector(':target').id") == href.partition("#")[2]


# Keyboard


def test_a_slash_leads_to_the_search_from_any_page_but_not_while_typing(browser: Browser, real: Path) -> None:
    with opened(browser, on_disk(real)) as watched:
        page = watched.page
        watched.open("sources/exodus.html")
        assert page.locator('.nav a[aria-keyshortcuts="/"]').inner_text() == "Search"
        page.keyboard.press("Control+/")
        page.keyboard.press("/")
        page.wait_for_url("**/search.html")
        expect(page.locator("#query")).to_be_focused()
        page.keyboard.type("a/b")
        expect(page.locator("#query")).to_have_value("a/b")
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(page.locator("#query")).to_be_focused()


def test_the_slash_can_be_turned_off(browser: Browser, real: Path) -> None:
    with served(real, SUB_PATH) as online, searching(browser, online) as watched:
        page = watched.page
        page.locator("summary", has_text="Keys").click()
        page.locator(".setting").click()
        watched.open("claims.html")
        assert page.locator("[aria-keyshortcuts]").count() == 0
        page.keyboard.press("/")
        page.keyboard.press("Tab")
        assert page.url.endswith("claims.html")
        watched.open("search.html")
        page.locator("summary", has_text="Keys").click()
        page.locator(".setting").click()
        expect(page.locator('.nav a[aria-keyshortcuts="/"]')).to_have_count(1)


def test_the_keyboard_goes_through_the_hits_and_back(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        ask(page, "law")
        links = page.locator(".hit .words a")
        for key, position in (("ArrowDown", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0)):
            page.keyboard.press(key)
            expect(links.nth(position)).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(page.locator("#query")).to_be_focused()
        page.keyboard.press("Enter")
        expect(links.first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#query")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#query")).to_have_value("")
        expect(page.locator(".hit")).to_have_count(0)
        expect(page.locator(".unasked")).to_be_visible()
        assert "?" not in page.url
        page.keyboard.type("law")
        page.keyboard.press("Enter")
        href = str(links.first.get_attribute("href"))
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{href}")


def test_keys_that_choose_among_what_an_input_method_offers_stay_in_the_field(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        field = watched.page.locator("#query")
        ask(watched.page, "law")
        for key in ("Enter", "ArrowDown", "Escape"):
            field.dispatch_event("keydown", {"key": key, "isComposing": True})
            expect(field).to_be_focused()
            expect(field).to_have_value("law")


def test_the_number_of_hits_is_announced_once_typing_pauses(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        ask(page, "law")
        expect(page.locator("[role=status]")).to_have_text(told(page))


def test_more_hits_are_shown_when_asked_for(browser: Browser, real: Path) -> None:
    with searching(browser, on_disk(real)) as watched:
        page = watched.page
        assert len(ask(page, "russia")) == 40
        page.locator(".more").click()
        assert page.locator(".hit").count() > 40
        expect(page.locator(".hit .words a").nth(40)).to_be_focused()


def test_the_way_back_leads_to_a_hit_that_was_shown_when_asked_for(browser: Browser, real: Path) -> None:
    with served(real, SUB_PATH) as online, searching(browser, online) as watched:
        page = watched.page
        ask(page, "soldiers")
        page.locator(".more").click()
        count = page.locator(".hit").count()
        link = page.locator(".hit .words a").nth(50)
        words = link.inner_text()
        link.click()
        page.wait_for_url(lambda url: "search.html" not in url)
        page.go_back()
        expect(page.locator(".hit")).to_have_count(count)
        expect(page.locator(".hit .words a", has_text=words).first).to_be_focused()


# Hostile words, and failures


def test_hostile_words_are_found_and_shown_and_never_run(browser: Browser, tangle: Path) -> None:
    ran: list[str] = []
    query = "?q=%3Cimg%20src%3Dx%20onerror%3Dxss(1)%3E&kind=%22%3E%3Cscript%3E&topic=__proto__"
    with searching(browser, on_disk(tangle), query, bypass_csp=True) as watched:
        page = watched.page
        page.expose_binding("xss", lambda _, what: ran.append(what))
        expect(page.locator("#query")).to_have_value("<img src=x onerror=xss(1)>")
        for asked in (
            '<script>xss("seed")</script>',
            "constructor __proto__ toString",
            "knots",
            '"',
            "' OR 1=1",
            "x" * 5000,
        ):
            ask(page, asked)
        assert any('<script>xss("seed")</script>' in words for words in ask(page, "xss seed"))
        assert ask(page, "café") == ask(page, "Café") != []
        assert any("שלום" in words for words in ask(page, "שלום"))
        assert any("zero" in words for words in ask(page, "zerowidth"))
        assert page.locator(".hits script, .hits img, .hits b, .hits i").count() == 0
    assert ran == []


def test_texts_that_cannot_be_read_are_told_and_the_rest_is_found(browser: Browser, real: Path) -> None:
    with opened(browser, on_disk(real)) as watched:
        page = watched.page
        page.route("**/search/text-0.js", lambda route: route.abort())
        watched.open("search.html?q=Tabalov")
        expect(page.locator(".loading")).to_contain_text("1 part of the texts could not be read")
        expect(page.locator(".hit .words").first).to_have_text("Alexei Tabalov")
        assert watched.wrong, "the browser notes the failure too"
        watched.wrong.clear()


def test_what_is_searched_is_loaded_by_the_search_page_alone(browser: Browser, real: Path) -> None:
    with opened(browser, on_disk(real)) as watched:
        loaded: list[str] = []
        watched.page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
        for path in ("index.html", "claims.html", "sources/exodus.html"):
            watched.open(path)
        assert not {"first.js", "titles-0.js", "text-0.js"} & set(loaded)
        watched.open("search.html?q=law")
        expect(watched.page.locator(".hit").first).to_be_visible()
        assert {"first.js", "titles-0.js", "text-0.js"} <= set(loaded)


@pytest.mark.parametrize("name", ["smallest", "empty-seed"])
def test_a_briefing_with_next_to_nothing_can_be_searched(browser: Browser, folders: dict[str, Path], name: str) -> None:
    with searching(browser, on_disk(folders[name])) as watched:
        ask(watched.page, "nothing of the kind")
        assert told(watched.page).startswith(("Nothing found", "Nothing has all"))
