"""A briefing's folder: what is read from it, what is left alone, and that one run reports all of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.problems import Place, Problem
from site_builder.reading.files import Files
from site_builder.reading.folder import Loaded, load, load_source
from tests.built_sites import SITES

SEED = "The Harbour Board received 120 complaints.\n"
SOURCES = "annotations/sources"


def _source(seed: str | bytes = SEED, text: str = "notice.txt", more: str = "") -> str:
    raw = seed if isinstance(seed, bytes) else seed.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    return f"text: {text}\nsha256: {sha256}\ntype: report\ntitle: Noise\n{more}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the smallest briefing without a problem."""
    _write(tmp_path, "seeds/notice.txt", SEED)
    _write(tmp_path, "annotations/site.yaml", "title: Harbour noise\n")
    _write(tmp_path, f"{SOURCES}/notice.yaml", _source())
    return tmp_path


def _write(folder: Path, path: str, content: str | bytes) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def _rules(loaded: Loaded) -> list[tuple[str, str]]:
    return sorted((p.place.path, p.rule) for p in loaded.problems)


def _problem(folder: Path) -> Problem:
    (problem,) = load(folder).problems
    return problem


def _texts(folder: Path) -> list[str | None]:
    loaded = load(folder)
    assert loaded.annotations is not None
    return [source.text for source in loaded.annotations.sources]


def test_a_whole_briefing_is_read_without_a_problem(folder: Path) -> None:
    _write(folder, "annotations/topics/noise.md", "---\ntitle: Noise\n---\n\nIt is loud [analysis].\n")
    _write(folder, "annotations/measures.yaml", "- {id: complaints, label: Complaints, unit: x, counts: letters}\n")
    loaded = load(folder)
    assert loaded.problems == ()
    assert loaded.annotations is not None
    assert loaded.annotations.site.title == "Harbour noise"
    assert [s.id for s in loaded.annotations.sources] == ["notice"]
    assert [m.id for m in loaded.annotations.measures] == ["complaints"]
    assert [(t.id, t.body.strip()) for t in loaded.annotations.topics] == [("noise", "It is loud [analysis].")]


def test_files_of_a_folder_are_read_in_the_order_of_their_names(folder: Path) -> None:
    for name in ("b", "a", "c"):
        entry = f"- {{id: {name}, label: x, unit: x, counts: x}}\n"
        _write(folder, f"annotations/measures/{name}.yaml", entry)
    loaded = load(folder)
    assert loaded.annotations is not None
    assert [m.id for m in loaded.annotations.measures] == ["a", "b", "c"]


# Seeds


@pytest.mark.parametrize(
    "seed",
    [
        "---\ntitle: not front matter\n---\nThe rest.\n",
        "+++\nx = 1\n+++\n",
        '{"json": true}\n',
        "\n\n  leading and trailing blanks  \n\n",
        "no line end",
        "<script>alert(1)</script> ]]> <!-- &amp;\n",
        "e\u0301 é 😀 \U0001f468\u200d\U0001f469 \u202e\u00a0\u200b\n",
        "<<<<<<< begins a line, but no conflict stands here\n",
        "version https://example.org\n",
    ],
)
def test_a_seed_is_text_character_for_character_whatever_it_looks_like(folder: Path, seed: str) -> None:
    _write(folder, "seeds/notice.txt", seed)
    _write(folder, f"{SOURCES}/notice.yaml", _source(seed))
    assert load(folder).problems == ()
    assert _texts(folder) == [seed]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [(b"one\r\ntwo\n", True), ("é “1” 😀".encode(), True), (b"a\tb", False), (b"a\0", False), (b"\xc2\xa0x", False)],
)
def test_a_text_is_known_to_be_plain_where_it_is(folder: Path, raw: bytes, plain: bool) -> None:
    _write(folder, "seeds/notice.txt", raw)
    _write(folder, f"{SOURCES}/notice.yaml", _source(raw))
    annotations = load(folder).annotations
    assert annotations is not None
    assert [source.stored and source.stored.is_plain for source in annotations.sources] == [plain]


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfone\ntwo\n", b"one\r\ntwo\r\n", b"one\rtwo\r", b"one\r\ntwo\n"])
def test_a_byte_order_mark_and_line_ends_of_other_systems_are_read_away_and_the_bytes_kept(
    folder: Path, raw: bytes
) -> None:
    _write(folder, "seeds/notice.txt", raw)
    _write(folder, f"{SOURCES}/notice.yaml", _source(raw))
    loaded = load(folder)
    assert loaded.problems == ()
    assert loaded.annotations is not None
    (source,) = loaded.annotations.sources
    assert (source.text, source.raw, source.sha256) == ("one\ntwo\n", raw, hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        ("one\ncafé\n".encode("cp1252"), 2, "byte 7 is not UTF-8; this looks like Windows-1252"),
        ("one\r\ncafé\r\n".encode("cp1252"), 2, "byte 8 is not UTF-8; this looks like Windows-1252"),
        (b"\xef\xbb\xbfone\rcaf\xe9\r", 2, "byte 10 is not UTF-8"),
        ("one\n".encode("utf-16"), 1, "this looks like UTF-16"),
        ("café\n".encode("utf-16-le"), 1, "this looks like UTF-16 without a byte order mark"),
        ("日本\n".encode("shift-jis"), 1, "is not UTF-8"),
        ("Совет порта получил жалобы.\n".encode("cp1251"), 1, "this looks like Windows-1251 (Cyrillic)"),
        (b"one\n\xed\xa0\x80\n", 2, "byte 4 is not UTF-8"),
    ],
)
def test_a_seed_in_another_encoding_names_the_byte_the_line_and_a_guess(
    folder: Path, raw: bytes, line: int, says: str
) -> None:
    _write(folder, "seeds/notice.txt", raw)
    _write(folder, f"{SOURCES}/notice.yaml", _source(raw))
    problem = _problem(folder)
    assert (problem.rule, problem.place) == ("seed-encoding", Place("seeds/notice.txt", line))
    assert says in problem.message
    assert ("iconv -f " in problem.hint) == ("looks like" in problem.message)
    assert _texts(folder) == [None]


@pytest.mark.parametrize(
    ("seed", "rule"), [("", "seed-empty"), (" \n\t\n", "seed-empty"), ("a\0b\n", "seed-control-characters")]
)
def test_an_empty_or_odd_seed_is_a_warning_and_is_read(folder: Path, seed: str, rule: str) -> None:
    _write(folder, "seeds/notice.txt", seed)
    _write(folder, f"{SOURCES}/notice.yaml", _source(seed))
    problem = _problem(folder)
    assert (problem.rule, problem.severity) == (rule, "warning")
    assert _texts(folder) == [seed]


@pytest.mark.parametrize(
    "name", ["../notice.txt", "/etc/passwd", "sub/notice.txt", "..", ".", "a\\..\\b", '"a\\0b"', "a%2fb", "x" * 300]
)
def test_a_text_that_is_no_file_of_seeds_is_missing_and_nothing_else_is_opened(folder: Path, name: str) -> None:
    _write(folder, "notice.txt", SEED)
    (folder / "seeds/notice.txt").unlink()
    _write(folder, f"{SOURCES}/notice.yaml", _source(text=name))
    problem = _problem(folder)
    assert (problem.rule, problem.place) == ("missing-seed", Place(f"{SOURCES}/notice.yaml", 1, 7))


def test_the_name_of_a_seed_is_spelt_as_in_the_folder_on_every_system(folder: Path) -> None:
    _write(folder, f"{SOURCES}/notice.yaml", _source(text="Notice.txt"))
    problem = _problem(folder)
    assert (problem.rule, problem.hint) == ("missing-seed", "did you mean 'notice.txt'?")


def test_the_name_of_a_seed_in_another_unicode_spelling_says_so(folder: Path) -> None:
    _write(folder, "seeds/cafe\u0301.txt", SEED)
    _write(folder, f"{SOURCES}/cafe.yaml", _source(text="caf\u00e9.txt"))
    missing = [p for p in load(folder).problems if p.rule == "missing-seed"]
    assert ["Unicode" in p.hint for p in missing] == [True]


def test_a_missing_hash_is_told_with_the_hash_to_write(folder: Path) -> None:
    _write(folder, f"{SOURCES}/notice.yaml", "text: notice.txt\ntype: report\ntitle: Noise\n")
    problem = _problem(folder)
    assert problem.rule == "missing-key"
    assert problem.hint == f"add sha256: {hashlib.sha256(SEED.encode()).hexdigest()}"


def test_a_hash_in_capitals_is_the_same_hash(folder: Path) -> None:
    source = _source()
    digest = hashlib.sha256(SEED.encode()).hexdigest()
    _write(folder, f"{SOURCES}/notice.yaml", source.replace(digest, digest.upper()))
    assert load(folder).problems == ()


@pytest.mark.parametrize(("noted", "found"), [("a\nb\n", "a\r\nb\r\n"), ("a\r\nb\r\n", "a\nb\n")])
def test_a_text_of_which_only_line_ends_changed_is_told_apart(folder: Path, noted: str, found: str) -> None:
    _write(folder, "seeds/notice.txt", found)
    _write(folder, f"{SOURCES}/notice.yaml", _source(noted))
    problem = _problem(folder)
    assert problem.rule == "source-changed"
    assert "line ends" in problem.message
    assert ".gitattributes" in problem.hint


def test_a_seed_that_a_refused_source_may_name_is_not_called_unused(folder: Path) -> None:
    _write(folder, f"{SOURCES}/notice.yaml", "text: [\n")
    assert _rules(load(folder)) == [(f"{SOURCES}/notice.yaml", "yaml-syntax")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_annotations_have_the_same_places_with_any_line_ends_and_a_byte_order_mark(
    folder: Path, mark: str, line_end: str
) -> None:
    text = "# é😀\n\ntitle: x\ndescription: >-\n  one\n  two\nzzz: 1\n"
    _write(folder, "annotations/site.yaml", mark + text.replace("\n", line_end))
    problem = _problem(folder)
    assert (problem.rule, problem.place) == ("unknown-key", Place("annotations/site.yaml", 7))
    loaded = load(folder)
    assert loaded.annotations is not None
    assert loaded.annotations.site.description == "one two"


# Files that are not read


LEFTOVERS = (".DS_Store", ".#notice.yaml", "notice.yaml~", ".notice.yaml.swp", "notice.swo", "#notice.yaml#", "4913")


@pytest.mark.parametrize("name", [*LEFTOVERS, "Thumbs.db", "desktop.ini"])
@pytest.mark.parametrize("directory", ["seeds", "annotations", SOURCES, "annotations/topics", "annotations/events"])
def test_leftovers_of_editors_and_systems_are_left_alone(folder: Path, directory: str, name: str) -> None:
    _write(folder, f"{directory}/{name}", b"\xff\xfe\0")
    assert load(folder).problems == ()


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("annotations/event.yaml", "did you mean 'events.yaml'?"),
        ("annotations/claim.yml", "did you mean 'claims.yml'?"),
        ("annotations/site.yml", "did you mean 'site.yaml'?"),
        ("annotations/README.md", "move it out of annotations/"),
        ("annotations/topic/noise.md", "did you mean 'topics'?"),
        ("annotations/entities", "did you mean 'entities.yml'?"),
        (f"{SOURCES}/notice.yaml.bak", "files here end in .yaml"),
        (f"{SOURCES}/2021/notice.yaml", "put the files themselves in annotations/sources/"),
        ("annotations/topics/noise.markdown", "files here end in .md"),
        ("seeds/2021/notice.txt", "put the texts themselves in seeds/"),
        ("templates/theme.yml", "rename it to theme.yaml"),
        ("templates/Theme.yaml", "rename it to theme.yaml"),
    ],
)
def test_a_file_that_nothing_reads_is_named_with_what_may_be_meant(folder: Path, path: str, hint: str) -> None:
    _write(folder, path, "x\n")
    problem = _problem(folder)
    assert (problem.rule, problem.hint) == ("unexpected-file", hint)
    assert path.startswith(problem.place.path)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("directory", ["seeds", "annotations", SOURCES])
def test_a_name_that_is_no_utf_8_is_a_problem(folder: Path, directory: str) -> None:
    Path(os.fsdecode(os.fsencode(folder / directory) + b"/\xef\xee.txt")).write_text("x\n", "utf-8")
    problem = _problem(folder)
    assert (problem.place, problem.rule) == (Place(f"{directory}/\\udcef\\udcee.txt"), "unreadable-file")
    assert problem.hint == "give the file another name"


@pytest.mark.parametrize("name", ["Notice", "notice_2", "a--b", "-a", "騒音", "a b"])
def test_the_name_of_a_source_file_is_an_id(folder: Path, name: str) -> None:
    (folder / SOURCES / "notice.yaml").rename(folder / SOURCES / f"{name}.yaml")
    problem = _problem(folder)
    assert (problem.rule, problem.place.path) == ("bad-id", f"{SOURCES}/{name}.yaml")
    assert problem.hint.endswith(".yaml")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_file_name_that_is_no_text_is_reported_in_printable_characters(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/seeds/caf\xe9\x1b.txt"))).write_text("x")
    problem = _problem(folder)
    assert problem.rule == "unreadable-file"
    assert str(problem).isascii()
    assert "caf\\udce9\\x1b.txt" in str(problem)


# Links, pipes and files that cannot be read


@pytest.mark.parametrize(
    "path", ["seeds", "seeds/notice.txt", "annotations", "annotations/site.yaml", SOURCES, f"{SOURCES}/notice.yaml"]
)
@pytest.mark.parametrize("target", ["kept", "nowhere", "loop"])
def test_a_link_is_one_error_at_the_link_and_is_not_followed(folder: Path, path: str, target: str) -> None:
    (folder / path).rename(folder / "kept")
    (folder / path).symlink_to(folder / (path if target == "loop" else target))
    problem = _problem(folder)
    assert (problem.rule, problem.place) == ("symlink", Place(path))


def test_a_briefing_may_itself_be_reached_through_a_link(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(folder)
    assert load(link).problems == ()


@pytest.mark.parametrize("path", ["seeds/notice.txt", "annotations/site.yaml", f"{SOURCES}/notice.yaml"])
@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_a_pipe_or_a_folder_in_the_place_of_a_file_is_reported_and_never_waited_for(
    folder: Path, path: str, kind: str
) -> None:
    (folder / path).unlink()
    if kind == "pipe":
        os.mkfifo(folder / path)
    else:
        (folder / path).mkdir()
    problem = _problem(folder)
    assert (problem.rule, problem.place) == ("unreadable-file", Place(path))
    assert problem.message == "this is not a regular file"


def test_a_file_without_permission_is_reported_and_the_others_are_checked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if Path(path).name == "notice.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr("site_builder.reading.files.os.open", refuse)
    _write(folder, "annotations/measures.yaml", "- {id: complaints}\n")
    loaded = load(folder)
    assert {p.rule for p in loaded.problems} == {"unreadable-file", "missing-key"}
    assert "seeds/notice.txt:1:1: error[unreadable-file] this file cannot be read: Permission denied" in "\n".join(
        map(str, loaded.problems)
    )


@contextlib.contextmanager
def _as_nobody(folder: Path) -> Iterator[Path]:
    """The folder as seen by a user who owns nothing: root, who reads every file, becomes one for a while."""
    if os.geteuid() != 0:
        yield folder
        return
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        copy = Path(open_to_all) / "folder"
        shutil.copytree(folder, copy)
        copy.chmod(0o755)
        os.seteuid(65534)
        try:
            yield copy
        finally:
            os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX thing")
@pytest.mark.parametrize("path", ["seeds", "seeds/notice.txt", "annotations", SOURCES])
def test_what_may_not_be_read_is_one_error(folder: Path, path: str) -> None:
    load(folder)  # what is imported late is imported while it may be read
    (folder / path).chmod(0)
    try:
        with _as_nobody(folder) as seen:
            problem = _problem(seen)
    finally:
        (folder / path).chmod(0o755)
    assert (problem.rule, problem.place) == ("unreadable-file", Place(path))


def test_a_folder_that_cannot_be_listed_is_one_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.listdir

    def refuse(path: Path) -> list[str]:
        if path.name == "seeds":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr("site_builder.reading.files.os.listdir", refuse)
    problem = _problem(folder)
    assert (problem.rule, problem.place) == ("unreadable-file", Place("seeds"))


def test_a_pointer_of_git_lfs_is_not_taken_for_a_text(folder: Path) -> None:
    _write(folder, "seeds/notice.txt", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    assert _problem(folder).hint == "run: git lfs pull"


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> draft"])
@pytest.mark.parametrize("path", ["annotations/site.yaml", "annotations/topics/noise.md", f"{SOURCES}/notice.yaml"])
def test_one_marker_of_a_merge_conflict_is_found_where_it_stands(folder: Path, path: str, marker: str) -> None:
    _write(folder, path, f"title: x\n\n{marker}\n")
    problem = _problem(folder)
    assert (problem.rule, problem.place) == ("unreadable-file", Place(path, 3))


def test_no_folder_of_annotations_is_one_error(tmp_path: Path) -> None:
    problem = _problem(tmp_path)
    assert (problem.rule, problem.place) == ("missing-file", Place("annotations/site.yaml"))
    assert load(tmp_path).annotations is None


# Front matter


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitle: x\n---\nbody\n", "body\n", 4),
        ("---\n\n\ntitle: x\n\n---\n\n\nbody\n", "body\n", 9),
        ("---\ntitle: x\n---\nbody\n---\nmore\n", "body\n---\nmore\n", 4),
        ("\ufeff---\r\ntitle: x\r\n---\r\nbody\r\n", "body\n", 4),
        ("---\ntitle: x\n---", "", 3),
        ("---\ntitle: x\n---\n    code\n", "    code\n", 4),
    ],
)
def test_front_matter_ends_at_its_fence_and_the_brief_knows_its_line(
    folder: Path, text: str, body: str, line: int
) -> None:
    _write(folder, "annotations/topics/noise.md", text)
    loaded = load(folder)
    assert loaded.problems == ()
    assert loaded.annotations is not None
    (topic,) = loaded.annotations.topics
    blank = len(topic.body) - len(topic.body.lstrip("\n"))
    assert (topic.record.title, topic.body[blank:], topic.body_line + blank) == ("x", body, line)


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("", "front-matter", 1),
        ("title: x\n", "front-matter", 1),
        ("\n---\ntitle: x\n---\n", "front-matter", 1),
        ("---\ntitle: x\n", "front-matter", 1),
        ("---\n---\nbody\n", "front-matter", 1),
        ("---\n\n\ntitle: a: b\n---\n", "yaml-syntax", 4),
        ("---\n\n\ntitle: x\n\ncontent: y\n---\n", "unknown-key", 6),
        ("---\n\ntitle: #1\n---\n", "wrong-type", 3),
        ("---\n- a list\n---\n", "wrong-type", 2),
        ("---\nsummary: x\n---\n", "missing-key", 2),
    ],
)
def test_front_matter_that_is_wrong_is_reported_at_its_line_of_the_file(
    folder: Path, text: str, rule: str, line: int
) -> None:
    _write(folder, "annotations/topics/noise.md", text)
    problem = _problem(folder)
    assert (problem.rule, problem.place.line) == (rule, line)


@pytest.mark.parametrize("before", ["\n", "# Noise\n\n"])
def test_what_stands_before_the_front_matter_is_to_be_taken_out(folder: Path, before: str) -> None:
    _write(folder, "annotations/topics/noise.md", f"{before}---\ntitle: x\n---\n")
    assert "take out what stands before the first line '---'" in _problem(folder).hint


# One run


def test_one_run_reports_what_is_wrong_in_every_file(folder: Path) -> None:
    _write(folder, "annotations/site.yaml", "titel: x\n")
    _write(folder, f"{SOURCES}/radio.yaml", "text: radio.txt\n")
    _write(folder, f"{SOURCES}/broken.yaml", "text: [\n")
    _write(folder, f"{SOURCES}/latin.yaml", b"title: caf\xe9\n")
    _write(folder, "annotations/events.yaml", "- {id: a}\n")
    _write(folder, "annotations/claims.yaml", "x\n")
    _write(folder, "annotations/topics/noise.md", "no front matter\n")
    _write(folder, "annotations/notes.txt", "x\n")
    assert {path for path, _ in _rules(load(folder))} == {
        "annotations/site.yaml", f"{SOURCES}/radio.yaml", f"{SOURCES}/broken.yaml", f"{SOURCES}/latin.yaml",
        "annotations/events.yaml", "annotations/claims.yaml", "annotations/topics/noise.md", "annotations/notes.txt",
    }  # fmt: skip


@pytest.mark.parametrize(
    "entities",
    [
        "- {id: board, kind: organisation, name: [\n",
        "- {id: board, kind: organisation, nam: Board}\n",
        "<<<<<<< HEAD\n- {id: board}\n",
        b"- {id: board, kind: organisation, name: caf\xe9}\n",
        "- id: 'board'\n  name: *x\n",
    ],
)
def test_ids_in_a_file_that_is_refused_are_known_so_that_no_reference_is_blamed(
    folder: Path, entities: str | bytes
) -> None:
    _write(folder, "annotations/entities.yaml", entities)
    loaded = load(folder)
    assert loaded.annotations is not None
    assert "board" in loaded.annotations.broken
    assert {p.place.path for p in loaded.problems} == {"annotations/entities.yaml"}


def test_a_briefing_without_its_site_file_is_still_checked(folder: Path) -> None:
    (folder / "annotations/site.yaml").unlink()
    loaded = load(folder)
    assert _rules(loaded) == [("annotations/site.yaml", "missing-file")]
    assert loaded.annotations is not None
    assert len(loaded.annotations.sources) == 1


def test_a_folder_is_listed_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Files(folder)
    assert files.names("seeds") == ("notice.txt",)
    monkeypatch.setattr("site_builder.reading.files.os.listdir", lambda _: pytest.fail("listed again"))
    assert files.has("seeds/notice.txt")
    assert files.paths("seeds") == ["seeds/notice.txt"]


_READ = ("seeds/notice.txt", "annotations/site.yaml", f"{SOURCES}/notice.yaml", "annotations/topics/noise.md",
         "annotations/events.yaml")  # fmt: skip


@settings(
    max_examples=3 * settings().max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=st.sampled_from(_READ), raw=st.one_of(st.binary(max_size=80), st.text(max_size=40).map(str.encode)))
def test_any_bytes_in_any_file_are_read_or_reported(folder: Path, path: str, raw: bytes) -> None:
    before = (folder / path).read_bytes() if (folder / path).exists() else None
    _write(folder, path, raw)
    for problem in load(folder).problems:
        assert problem.message
        assert problem.place.line >= 1
        assert str(problem).isprintable() or "\n    hint: " in str(problem)
    if before is None:
        (folder / path).unlink()
    else:
        (folder / path).write_bytes(before)


def test_one_source_is_read_with_the_names_it_may_use_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    shutil.copytree(SITES / "harbour", folder)
    (folder / "annotations" / "sources" / "other.yaml").write_text("text: [broken", "utf-8")
    whole, one = load(folder), load_source(folder, "harbour-notice")
    assert one.annotations
    assert whole.annotations
    assert one.annotations.sources == whole.annotations.sources
    assert one.annotations.entities == whole.annotations.entities
    assert one.annotations.topics == whole.annotations.topics
    assert one.problems == ()


def test_a_source_may_be_read_from_other_bytes_than_its_file_holds(tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    shutil.copytree(SITES / "harbour", folder)
    raw = (folder / "annotations" / "sources" / "harbour-notice.yaml").read_bytes()
    found = load_source(folder, "harbour-notice", raw.replace(b"title: Noise", b"title: Din")).annotations
    assert found
    assert found.sources[0].record.title == "Din at the harbour"


def test_a_source_that_is_not_there_is_none(tmp_path: Path) -> None:
    found = load_source(SITES / "harbour", "../site").annotations
    assert found
    assert found.sources == ()
