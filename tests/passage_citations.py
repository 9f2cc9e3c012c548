"""How to cite a passage, as `templates/assets/js/citing.js` has to make it: each form written out from the model."""

from __future__ import annotations

from urllib.parse import quote

from site_builder import urls
from site_builder.citation_fields import bibtex_entry, csl_item, latex, verbatim
from site_builder.model import Passage, Source
from site_builder.pages.citing import Citing, described, plain_markdown
from site_builder.pages.frame import Site
from site_builder.texts.text import carried, on_one_line


def passage_citing(site: Site, passage: Passage) -> Citing:
    """How to cite a passage."""
    source, target = site.index.sources[passage.source], urls.passage(passage.ref)
    words, address, url = on_one_line(passage.words), site.address(target) or target, source.record.URL
    return Citing(
        plain=f"“{words}” {described(source)} {site.briefing.site.title}, {address}",
        markdown=f"> {plain_markdown(words)}\n>\n> — [{plain_markdown(described(source))}]({address})",
        bibtex=passage_bibtex(source, address, words),
        original=f"{url.partition('#')[0]}#{text_fragment(carried(passage.words))}" if url else "",
    )


def passage_bibtex(source: Source, address: str, words: str) -> str:
    """The source's entry with the words in front of its note."""
    item = csl_item(source, "")
    note = "; ".join(part for part in (f"“{words}”", item.get("note", "")) if part)
    kind, fields = bibtex_entry({**item, "URL": "-", "note": "-"})
    fields |= {"url": verbatim(address), "note": latex(note)}
    return f"@{kind}{{{source.id},\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}"


def text_fragment(words: str) -> str:
    """The words as a text directive (WICG): whole where they are short and of one line, else by both ends."""
    plain = words.split()
    if "\n" not in words.strip() and len(" ".join(plain)) <= 120:
        return f":~:text={_directive(plain)}"
    return f":~:text={_directive(plain[:5])},{_directive(plain[-5:])}"


def _directive(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
