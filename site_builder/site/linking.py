"""Whether the links of a site hold, and its paths are apart: checked of what was made, told where it can be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from ..contracts.merging import markdown_fields
from ..kept.asked import PageMade, PagesMade
from ..linkcheck import DeadLink, Written, collisions, dead_links, destination, leading_to, split
from ..markup import markdown
from ..problems import Place, Problem, some_of
from ..records import Annotations, TopicFile
from ..wording import counted
from .making import Making, collision


def site_problems(made: Making, annotations: Annotations) -> Iterator[Problem]:
    """Links that lead nowhere, and files that are one where letter case does not count."""
    if not made.is_short:  # else the paths are those that were checked before
        yield from (collision(first, second) for first, second in collisions(made.files))
    pages = _AllWritten(made.pages)
    base_url = made.briefing.site.base_url
    root = f"{urlsplit(base_url).path.rstrip('/')}/" if base_url else ""
    only = _to_check(made, pages) if made.before else pages
    dead = tuple(dead_links(pages, made.entries, root, only))
    written = _written_links(annotations) if dead else {}
    alike: dict[tuple[Place, str, str, str], list[DeadLink]] = {}
    for link in dead:
        place, hint = _mended_at(link, made, written)
        # one mistake in a template of one's own may take many ids away; one in a note may show on many pages
        fragment = "" if link.lacks_only_id and place.path.startswith("templates/") else link.fragment
        alike.setdefault((place, hint, link.target or link.link, fragment), []).append(link)
    yield from (_problem(place, hint, links) for (place, hint, *_), links in alike.items())


def _to_check(made: Making, pages: Mapping[str, Written]) -> Iterable[str]:
    """The pages that were made anew, and those that may lead to what is gone since."""
    before: Mapping[str, PageMade] = made.before.pages if made.before else {}
    new = {*made.anew}
    files = made.before.files if made.before else ()
    lost = set() if made.is_short else {path for path in files if path not in made.files}
    for path in new & before.keys():
        lost |= {*split(before[path].written.ids)} - {*split(pages[path].ids)}
    wanted = new.union(leading_to(pages, lost)) if lost else new
    return [path for path in pages if path in wanted]


class _AllWritten(Mapping[str, Written]):
    """The ids and links of pages by path; few of them are ever asked for."""

    def __init__(self, pages: PagesMade) -> None:
        self.pages = pages

    def __getitem__(self, path: str) -> Written:
        return self.pages.written(path)

    def get(self, path: str, default: Any = None) -> Any:
        """Those of a page; Mapping's own way costs an exception where there is none."""
        return self.pages.written(path) if path in self.pages else default

    def __contains__(self, path: object) -> bool:
        return path in self.pages

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


def _mended_at(dead: DeadLink, made: Making, written: Mapping[tuple[str, str], Place]) -> tuple[Place, str]:
    """Where a dead link can be mended, the annotation that wrote it or a template of the user's own, and a hint."""
    place = written.get((dead.target, dead.fragment)) or written.get(("", dead.fragment))
    if place:
        return place, "a link in Markdown is written from the site's root, for example claims.html"
    suspects = [made.template_of(path) for path in (dead.target, dead.page)]
    own = next((name for name in suspects if name and made.theme.is_own(name)), None)
    return (Place(f"templates/{own}"), _KEEP) if own else (Place(f"output/{dead.page}"), "")


_KEEP = "keep the ids and links of the shipped template"


def _problem(place: Place, hint: str, links: Sequence[DeadLink]) -> Problem:
    """Dead links that are mended together, as one problem."""
    first, *others = sorted({link.page for link in links})
    more = f" and {counted(len(others), 'other page')}" if others else ""
    target, ids = links[0].target or links[0].link, sorted({link.fragment for link in links if link.lacks_only_id})
    what = f"there is no {target}"
    if ids:
        named = some_of([f"'{id_}'" for id_ in ids])
        what = f"there {'are no ids' if len(ids) > 1 else 'is no id'} {named} on {target}"
    links_on = "links on" if len(ids) > 1 else "a link on"
    message = f"{links_on} {first}{more} lead{'' if len(ids) > 1 else 's'} nowhere: {what}"
    return Problem(place, "dead-link", message, hint)


def _written_links(annotations: Annotations) -> dict[tuple[str, str], Place]:
    """Where the links to the site's own pages stand in the annotations, by path and fragment."""
    links = [(link, place) for text, place, _ in markdown_fields(annotations) for link in markdown.links(text)]
    for topic in annotations.topics:
        links += [(link, partial(_in_brief, topic, link)) for link in markdown.links(topic.body)]
    return {found: place() for link, place in links if (found := destination("", link))}


def _in_brief(topic: TopicFile, link: str) -> Place:
    """The line of a brief in which a link stands first, its first one where the link is not written as it is read."""
    return Place(topic.path, topic.body_line + topic.body.count("\n", 0, max(0, topic.body.find(link))))
