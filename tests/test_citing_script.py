"""How to cite a passage, as the script makes it on the page: to the character as it is written out in Python."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.making import put
from site_builder import urls
from site_builder.build import build
from site_builder.pages.citing import Citing
from tests.browsing import on_disk, opened, served
from tests.built_sites import REAL, BuiltSite, built
from tests.passage_citations import passage_citing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("enhancements")]

# Opens the citation of every passage, and gives its forms as a reader sees and copies them, and where its link leads.
FORMS = """async () => {
    const folds = [...document.querySelectorAll(".note .citing")];
    for (const fold of document.querySelectorAll(".note details")) fold.open = true;
    while (!folds.every((fold) => fold.querySelector("dl"))) await new Promise(requestAnimationFrame);
    return folds.map((fold) => [
        fold.closest(".note").id,
        ...[...fold.querySelectorAll(".copy")].map((form) => form.textContent),
        fold.querySelector("a")?.getAttribute("href") ?? "",
    ]);
}"""


@pytest.mark.parametrize("name", [REAL, "tangle", "harbour"])
def test_the_script_makes_of_every_passage_what_python_does(
    browser: Browser, folders: dict[str, Path], name: str
) -> None:
    site = built(name).desk().at("sources/x.html")
    with opened(browser, on_disk(folders[name])) as watched:
        for source in (s for s in site.briefing.sources if s.passages):
            watched.open(urls.source(source.id))
            found = {note: Citing._make(forms) for note, *forms in watched.page.evaluate(FORMS)}
            assert found == {urls.note_anchor(p.id): passage_citing(site, p) for p in source.passages}


HARD = (
    "A line -- with ``quotes'' and '' and --- more, 100 % & $5 #1 a_b {c} ~d ^e \\f.",
    "It's (so) *starred* [and] `coded` <b>bold</b>!",
    "Spread over \u00a0 two\u2003kinds of\ttabs \ufeffand a mark \N{PILE OF POO}.",
    "One paragraph ends so\nAnd another begins.",
    f"{'A long sentence of many words ' * 5}ends.",
    f"{'x' * 119}\N{PILE OF POO}",
)


def _signs(folder: Path) -> BuiltSite:
    """A briefing of two sources with these passages, one with an issue date that is inferred and so noted."""
    text = "\n".join(("The head", *HARD)).encode()
    passages = "".join(
        f"  - id: p{number}\n    quote: |-\n"
        + "".join(f"      {line}\n" for line in words.replace("\ufeff", "").split("\n"))
        for number, words in enumerate(HARD)
    )
    record = (
        "title: \"A {title} & 'more' -- so\"\ntype: article-newspaper\nURL: https://example.org/a#part\n"
        f"sha256: {hashlib.sha256(text).hexdigest()}\n"
    )
    put(folder / "annotations" / "site.yaml", "title: Signs\nlanguage: en\n")
    for name, issued in (("a", ""), ("b", "issued: {edtf: 2021-05, basis: inferred, why: guessed}\n")):
        put(
            folder / "annotations" / "sources" / f"{name}.yaml",
            f"text: {name}.txt\n{record}{issued}passages:\n{passages}",
        )
        put(folder / "seeds" / f"{name}.txt", text.decode())
    return BuiltSite("signs", folder)


def test_the_script_copes_with_every_sign_that_a_form_reads_as_its_own(browser: Browser, tmp_path: Path) -> None:
    made = _signs(tmp_path)
    site = made.desk().at("sources/x.html")
    build(tmp_path, tmp_path / "output")
    with opened(browser, on_disk(tmp_path / "output")) as watched:
        for source in site.briefing.sources:
            watched.open(urls.source(source.id))
            found = {note: Citing._make(forms) for note, *forms in watched.page.evaluate(FORMS)}
            assert found == {urls.note_anchor(p.id): passage_citing(site, p) for p in source.passages}


def test_the_citation_of_a_passage_is_copied_with_the_address_of_this_site(
    browser: Browser, folders: dict[str, Path]
) -> None:
    site = built(REAL).desk().at("sources/x.html")
    passage = site.index.sources["exodus"].passages[0]
    with (
        served(folders[REAL], "/any/path/") as base,
        opened(browser, base, permissions=["clipboard-write", "clipboard-read"]) as watched,
    ):
        watched.open("sources/exodus.html")
        note = watched.page.locator(f"#{urls.note_anchor(passage.id)}")
        note.locator("summary").first.click()
        note.get_by_text("Cite this passage").click()
        for form, text in zip(("Plain", "Markdown", "BibTeX"), passage_citing(site, passage), strict=False):
            button = note.get_by_role("button", name=f"Copy as {form}")
            button.click()
            expect(button).to_have_text("Copied")
            copied = watched.page.evaluate("navigator.clipboard.readText()")
            assert copied == text.replace("sources/exodus.html", f"{base}sources/exodus.html")
