"""The page of the problems, and what is put into every page on its way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.problems import Place, Problem, Refused
from site_builder.serving.excerpts import Excerpt
from site_builder.serving.guard import version
from site_builder.serving.pages import SHOWN, asset, problems_page, refusal, severity, summary, with_tags, with_versions
from site_builder.serving.reloading import script
from site_builder.serving.routes import ASSETS, SCRIPTS, tags
from site_builder.serving.state import Outcome, Preview
from tests.html_reading import read_html

ERROR = Problem(Place("annotations/claims.yaml", 4, 11), "bad-value", "<b>'acepted'\x1b</b> is no status", "try & see")
WARNING = Problem(Place("annotations/a.yaml"), "seed-unused", "nobody reads it")


def page(folder: Path, *problems: Problem, error: Exception | None = None) -> str:
    excerpts = (Excerpt("status: ", "<", "i>"),) * len(problems)
    return problems_page(Preview(folder, folder / "output", outcome=Outcome(problems, excerpts, error=error)))


def test_a_problem_is_shown_with_all_that_helps_to_mend_it_and_as_text_alone(tmp_path: Path) -> None:
    text = page(tmp_path, ERROR)
    for part in (
        "annotations/claims.yaml:4:11", "error", "[bad-value]",
        "&lt;b&gt;&#39;acepted&#39;\\x1b&lt;/b&gt; is no status", "try &amp; see",
        'status: <span class="at">&lt;</span>i&gt;',
    ):  # fmt: skip
        assert part in text
    read_html(text.encode())


def test_of_other_words_each_is_marked_and_said_to_be_yours_or_the_texts(tmp_path: Path) -> None:
    drifted = Problem(Place("annotations/a.yaml"), "quote-drifted", "other words: [-<150>-] {+120+} of it [-")
    text = page(tmp_path, drifted)
    assert '<del><span class="unseen">yours: </span>&lt;150&gt;</del> <ins>' in text
    assert "</span>120</ins> of it [-" in text
    assert "<del>struck through</del>: yours; <ins>underlined</ins>: the text" in text
    other = page(tmp_path, Problem(Place("annotations/a.yaml"), "bad-value", "'[-150-]' is no status"))
    assert "&#39;[-150-]&#39; is no status" in other


def test_errors_come_before_warnings_wherever_they_stand(tmp_path: Path) -> None:
    text = page(tmp_path, WARNING, ERROR)
    assert text.index("bad-value") < text.index("seed-unused")
    assert "1 error, 1 warning" in text


def test_more_problems_than_a_person_reads_are_counted(tmp_path: Path) -> None:
    many = [Problem(Place("annotations/a.yaml", n + 1), "bad-value", "no") for n in range(SHOWN + 7)]
    text = page(tmp_path, *many)
    assert text.count('class="problem error"') == SHOWN
    assert "And 7 more" in text
    assert "And" not in page(tmp_path, *many[:SHOWN])


def test_the_page_says_whether_there_is_a_site_to_be_seen(tmp_path: Path) -> None:
    assert "No site is built yet" in page(tmp_path, ERROR)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "index.html").touch()
    assert "The last good site is shown." in page(tmp_path, ERROR)
    assert "The site is built" in page(tmp_path, WARNING)
    assert "No problems" in page(tmp_path)


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (Refused("this is not ours", "move it"), "this is not ours", "move it"),
        (OSError(28, "No space left on device", "a/b"), "a/b: No space left on device", "it is tried again"),
        (OSError("odd"), "odd", "it is tried again"),
        (KeyError("x"), "internal error: KeyError: 'x'", "this is a bug"),
    ],
)
def test_what_keeps_the_site_from_being_written_is_said(
    tmp_path: Path, error: Exception, message: str, hint: str
) -> None:
    said = refusal(error)
    assert said["message"] == message
    assert hint in said["hint"]
    assert "the site cannot be written" in page(tmp_path, error=error)
    assert severity(Outcome(error=error)) == "error"


@pytest.mark.parametrize(
    ("problems", "expected", "counts"),
    [((), "", ""), ((WARNING,), "warning", "1 warning"), ((WARNING, ERROR), "error", "1 error, 1 warning")],
)
def test_the_worst_problem_says_how_it_is_shown(problems: tuple[Problem, ...], expected: str, counts: str) -> None:
    assert severity(Outcome(problems)) == expected
    assert summary(Outcome(problems)) == counts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<html><head><title>x</title></head><body>", "<html><head><title>x</title>|</head><body>"),
        ("<head></HEAD >text </head>", "<head>|</HEAD >text </head>"),
        ("<!doctype html>\n<title>x</title>", "<!doctype html>\n|<title>x</title>"),
        ("<!DOCTYPE html><html lang=en><body>", "<!DOCTYPE html><html lang=en>|<body>"),
        ("words alone", "|words alone"),
        ("", "|"),
    ],
)  # fmt: skip
def test_tags_go_into_the_head_of_any_page(before: str, after: str) -> None:
    assert with_tags(before.encode(), "|", "localhost:1").decode() == after


def test_a_page_asks_for_the_site_s_scripts_and_styles_by_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "assets" / "js").mkdir(parents=True)
    (tmp_path / "assets" / "site.css").write_bytes(b"one")
    (tmp_path / "assets" / "js" / "copy.js").write_bytes(b"two")
    head = '<link href="../assets/site.css"><script src="assets/js/copy.js"></script><script src="assets/js/gone.js">'
    page = f'<head>{head}</head><a href="assets/site.css">'
    by_version = head.replace("site.css", f"site.css?v={version(b'one')}").replace(
        "copy.js", f"copy.js?v={version(b'two')}"
    )
    assert with_versions(page.encode(), tmp_path).decode() == page.replace(head, by_version)
    (tmp_path / "assets" / "site.css").write_bytes(b"three")
    assert version(b"three") in with_versions(page.encode(), tmp_path).decode()
    assert with_versions(b"words alone", tmp_path) == b"words alone"


def test_a_style_asks_for_its_fonts_by_what_is_in_them_and_is_another_when_one_is(tmp_path: Path) -> None:
    (tmp_path / "assets" / "fonts").mkdir(parents=True)
    style, font = tmp_path / "assets" / "site.css", tmp_path / "assets" / "fonts" / "own-1.woff2"
    style.write_text('@font-face { src: url("fonts/own-1.woff2"), url("fonts/gone.woff2"), url("/f.woff2") }', "utf-8")
    font.write_bytes(b"one")
    sent = asset(style, style.read_bytes())
    assert sent == style.read_bytes().replace(b"own-1.woff2", b"own-1.woff2?v=" + version(b"one").encode())
    page = b'<head><link href="assets/site.css"></head>'
    assert version(sent).encode() in with_versions(page, tmp_path)
    font.write_bytes(b"two")
    assert version(sent).encode() not in with_versions(page, tmp_path)


def test_a_page_s_own_policy_lets_its_socket_call_home_and_nothing_else() -> None:
    page = b"<meta content=\"connect-src 'self'; script-src 'self'\"></head>"
    assert with_tags(page, "", "localhost:8000") == (
        b"<meta content=\"connect-src 'self' ws://localhost:8000; script-src 'self'\"></head>"
    )


def test_livereload_s_script_comes_last_and_calls_the_port_that_the_page_came_from() -> None:
    text = tags("v-1", "secret", "localhost:9000")
    assert text.startswith('<meta name="briefing-preview" content="v-1">')
    own = f"v={version(script())}"
    assert text.endswith(
        f'<script src="/livereload.js?port=9000&amp;mindelay=500&amp;maxdelay=2000&amp;{own}" defer></script>'
    )
    assert "port=80&amp;" in tags("v-1", "secret", "localhost")


def test_every_file_that_pages_are_given_is_there() -> None:
    assert all((ASSETS / name).is_file() for name in (*SCRIPTS, "preview.css"))
