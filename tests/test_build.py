"""The pipeline: incremental and the same bytes, whatever is edited and wherever it runs."""

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from site_builder import build as pipeline
from site_builder.build import Built, build, checked
from site_builder.disk.inputs import Inputs, inputs_of
from site_builder.kept.memory import Memory
from site_builder.pages import Context
from site_builder.problems import BuildFailed, Refused
from site_builder.site import making
from site_builder.theme.rendering import Rendered, Theme
from tests.built_sites import SITES, copied

NOTICE = "annotations/sources/harbour-notice.yaml"
OWN = "templates/pages/flags.html"


def tree(output: Path) -> dict[str, bytes]:
    """Every file of a site, the manifest too, but neither lock nor stamps."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name not in ("lock", "stamps")
    }


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """The harbour briefing."""
    return copied("harbour", tmp_path / "harbour")


def replace(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def written(built: Built) -> dict[str, str]:
    return {step.path: step.reason for step in built.steps if step.action == "write"}


def test_a_second_build_writes_nothing(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.html")}
    again = build(harbour, tmp_path / "out")
    assert again.count("write") == again.count("delete") == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.html")} == before


def test_an_edited_note_rewrites_its_source_and_the_data_only(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "out")
    replace(harbour, "annotations/sources/harbour-notice.yaml", "**not** measurements", "**not** observations")
    assert written(build(harbour, tmp_path / "out")) == {
        "sources/harbour-notice.html": "its content changed",
        "data/annotations/0.jsonld": "its content changed",
        "data/sources/0.json": "its content changed",
        "data/passages.csv": "its content changed",
        "data/datapackage.json": "its content changed",
    }


def test_citations_are_written_anew_only_when_a_record_has_changed(harbour: Path, tmp_path: Path) -> None:
    def edited(old: str, new: str) -> set[str]:
        """The files written after an edit."""
        replace(harbour, "annotations/sources/harbour-notice.yaml", old, new)
        return set(written(build(harbour, tmp_path / "out")))

    build(harbour, tmp_path / "out")
    files = edited("**not** measurements", "**not** observations")
    assert ("data/sources/0.json" in files, "data/sources.bib" in files) == (True, False)
    before = (tmp_path / "out" / "data" / "sources.ris").read_bytes()
    files = edited("title: Noise at the harbour", "title: Sound at the harbour")
    assert {"data/sources.bib", "data/sources.ris", "data/sources.csl.json"} <= files
    assert (tmp_path / "out" / "data" / "sources.ris").read_bytes() == before.replace(b"Noise", b"Sound")
    assert edited("", "") == set()


def test_pages_that_stay_are_not_rendered(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    build(harbour, tmp_path / "out", memory=memory)
    rendered: list[str] = []
    render = Theme.render

    def noted(self: Theme, name: str, context: Context) -> Rendered:
        rendered.append(name)
        return render(self, name, context)

    monkeypatch.setattr(Theme, "render", noted)
    replace(harbour, "annotations/sources/harbour-notice.yaml", "**not** measurements", "**not** observations")
    build(harbour, tmp_path / "out", memory=memory)
    assert rendered == ["pages/source.html"]


@pytest.mark.parametrize("name", ["harbour", "tangle"])
def test_pages_made_together_are_those_made_one_by_one_from_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_of(memory: Memory) -> dict[str, tuple[str, set[int], str, str]]:
        pages = memory.site.pages.items() if memory.site else ()
        return {
            path: (page.template, {*memoryview(page.keys).cast("I")}, page.written.ids, page.written.links)
            for path, page in pages
        }

    apart, together = Memory(), Memory()
    build(SITES / name, tmp_path / "apart", memory=apart)
    monkeypatch.setattr(making, "PAYS", 1)
    build(SITES / name, tmp_path / "together", memory=together)
    assert tree(tmp_path / "apart") == tree(tmp_path / "together")
    assert made_of(apart) == made_of(together) != {}


def test_of_pages_made_together_the_first_that_fails_is_told_of(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PAYS", 1)
    (harbour / "templates" / "pages").mkdir(parents=True)
    (harbour / "templates" / "pages" / "flags.html").write_text("{{ nobody }}", "utf-8")
    (harbour / "templates" / "pages" / "source.html").write_text("<p>\n{{ strip[0].nobody }}", "utf-8")
    (problem,) = checked(harbour).problems
    assert (problem.place.path, problem.place.line) == ("templates/pages/source.html", 2)


def test_an_edit_that_changes_no_file_of_the_site_is_built(harbour: Path, tmp_path: Path) -> None:
    memory = Memory()
    build(harbour, tmp_path / "out", memory=memory)
    replace(harbour, NOTICE, "text: ", "# read twice\ntext: ")
    assert written(build(harbour, tmp_path / "out", memory=memory)) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [("harbour-notice.txt", "nope.txt"), ("text: ", "texts: "), ("quote: ", "quote: x"), ("id: ", "id: A-")],
)
def test_after_a_good_build_an_edit_that_breaks_something_is_told_of_as_it_is_at_first(
    harbour: Path, tmp_path: Path, old: str, new: str
) -> None:
    memory = Memory()
    build(harbour, tmp_path / "out", memory=memory)
    replace(harbour, NOTICE, old, new)
    with pytest.raises(BuildFailed) as later:
        build(harbour, tmp_path / "out", memory=memory)
    with pytest.raises(BuildFailed) as first:
        build(harbour, tmp_path / "other")
    assert later.value.problems == first.value.problems


@pytest.mark.parametrize(
    ("name", "old", "new", "page"),
    [(NOTICE, "title: Noise", "title: Sound", "sources.html"), (OWN, "<title>", "<title>Sound ", "flags.html")],
)
def test_a_site_made_of_a_file_saved_after_it_was_looked_at_is_not_taken_for_that_of_the_file_as_it_was(
    harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, page: str
) -> None:
    (harbour / OWN).parent.mkdir(parents=True)
    (harbour / OWN).write_text("<!doctype html><title>{{ frame.title }}</title>", "utf-8")
    memory, raw = Memory(), (harbour / name).read_bytes()

    def saved_since(*asked: Any, **later: Any) -> Inputs:
        found = inputs_of(*asked, **later)
        if (harbour / name).read_bytes() == raw:
            replace(harbour, name, old, new)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "inputs_of", saved_since)
        build(harbour, tmp_path / "out", memory=memory)
    assert b"Sound " in (tmp_path / "out" / page).read_bytes()
    (harbour / name).write_bytes(raw)
    build(harbour, tmp_path / "out", memory=memory)
    build(harbour, tmp_path / "clean")
    assert tree(tmp_path / "out") == tree(tmp_path / "clean")


def test_an_edited_template_rewrites_its_pages_only(harbour: Path, tmp_path: Path) -> None:
    (harbour / "templates" / "pages").mkdir(parents=True)
    own = harbour / "templates" / "pages" / "flags.html"
    own.write_text("<!doctype html><title>{{ frame.title }}</title>", "utf-8")
    build(harbour, tmp_path / "out")
    own.write_text("<!doctype html><title>{{ frame.title }}!</title>", "utf-8")
    assert written(build(harbour, tmp_path / "out")) == {"flags.html": "its template changed"}


def test_a_lost_page_is_written_again(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "out")
    before = tree(tmp_path / "out")
    (tmp_path / "out" / "flags.html").unlink()
    assert written(build(harbour, tmp_path / "out")) == {"flags.html": "missing from the output"}
    assert tree(tmp_path / "out") == before


def test_a_page_changed_by_hand_is_refused_and_rewritten_only_by_force(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "out")
    before = tree(tmp_path / "out")
    (tmp_path / "out" / "flags.html").write_text("mine", "utf-8")
    with pytest.raises(Refused):
        build(harbour, tmp_path / "out")
    assert written(build(harbour, tmp_path / "out", force=True)) == {"flags.html": "changed by hand"}
    assert tree(tmp_path / "out") == before


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "out")
    before = tree(tmp_path / "out")
    (harbour / "annotations" / "claims.yaml").write_text("[]", "utf-8")
    replace(harbour, "annotations/topics/noise.md", " [@claim:complaints-rose]", "")
    steps = {(s.action, s.path) for s in build(harbour, tmp_path / "out", dry_run=True).steps}
    assert ("delete", "claims/complaints-rose.html") in steps
    assert ("write", "claims.html") in steps
    assert ("keep", "404.html") in steps
    assert tree(tmp_path / "out") == before


def test_a_dry_run_of_a_first_build_makes_no_folder(harbour: Path, tmp_path: Path) -> None:
    assert build(harbour, tmp_path / "out", dry_run=True).count("write") > 10
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "link", ["nope.html", "./nope.html", "topics/../nope.html", "é.html", "nope.html?x=1", "#nope"]
)
def test_a_dead_link_in_a_note_is_told_where_it_is_written(harbour: Path, link: str) -> None:
    replace(harbour, NOTICE, "Complaints, **not** measurements.", f"See [this]({link}).")
    (problem, *_) = checked(harbour).problems
    assert (problem.rule, problem.place.path) == ("dead-link", NOTICE)


def test_a_build_with_errors_names_them_all_and_leaves_the_site(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "out")
    before = tree(tmp_path / "out")
    replace(harbour, "annotations/sources/harbour-notice.yaml", "received 120", "received 121")
    replace(harbour, "annotations/claims.yaml", "topics: [noise]", "topics: [nois]")
    with pytest.raises(BuildFailed) as failed:
        build(harbour, tmp_path / "out")
    assert {"quote-drifted", "unknown-id"} <= {p.rule for p in failed.value.problems}
    assert tree(tmp_path / "out") == before


def test_warnings_are_repeated_by_a_build_with_nothing_to_do(tmp_path: Path) -> None:
    folder = copied("empty-seed", tmp_path / "site")
    first = build(folder, tmp_path / "out").warnings
    assert first
    assert build(folder, tmp_path / "out").warnings == first == checked(folder).problems


def test_progress_is_told_stage_by_stage(harbour: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(harbour, tmp_path / "out", report=lambda *progress: told.append(progress))
    assert [stage for stage, _, _ in told[:1]] == ["reading sources"]
    assert told[-1] == ("writing", 0, 0)
    assert all(done <= total for _, done, total in told)


@pytest.mark.parametrize("output", [".", "..", "seeds", "seeds/deeper", "annotations", "templates/assets"])
def test_the_site_cannot_take_the_place_of_what_it_is_made_from(harbour: Path, output: str) -> None:
    before = tree(harbour)
    with pytest.raises(Refused, match="cannot be the output folder"):
        build(harbour, harbour / output)
    assert tree(harbour) == before


def test_an_id_that_an_own_template_lacks_is_blamed_on_that_template(harbour: Path) -> None:
    (harbour / "templates" / "pages").mkdir(parents=True)
    own = harbour / "templates" / "pages" / "timeline.html"
    own.write_text("<!doctype html><title>{{ frame.title }}</title>", "utf-8")
    problems = checked(harbour).problems
    assert {p.rule for p in problems} == {"dead-link"}
    assert {p.place.path for p in problems} == {"templates/pages/timeline.html"}


def test_the_seeds_are_not_touched(harbour: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (harbour / "seeds").iterdir()}
    build(harbour, harbour / "output")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (harbour / "seeds").iterdir()} == before


MORE = "A second notice. Nothing was measured.\n"


def toggle_source(folder: Path, chance: random.Random) -> None:
    seed, record = folder / "seeds" / "second.txt", folder / "annotations" / "sources" / "second.yaml"
    if record.exists():
        seed.unlink()
        record.unlink()
        return
    import hashlib

    seed.write_text(MORE, "utf-8")
    digest = hashlib.sha256(MORE.encode()).hexdigest()
    record.write_text(
        f"text: second.txt\nsha256: {digest}\ntype: webpage\ntitle: Second {chance.randrange(9)}\n", "utf-8"
    )


def toggle_topic(folder: Path, chance: random.Random) -> None:
    path = folder / "annotations" / "topics" / "traffic.md"
    if path.exists():
        path.unlink()
    else:
        path.write_text(f"---\ntitle: Traffic {chance.randrange(9)}\n---\nNothing is said [analysis].\n", "utf-8")


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parent.parent), **changes}


@pytest.mark.programs
@pytest.mark.parametrize("name", ["harbour", "tangle"])
def test_hash_seed_time_zone_locale_and_checkout_path_change_nothing(tmp_path: Path, name: str) -> None:
    places = {
        "one": environment(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        "two with a space": environment(PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8"),
    }
    trees = []
    for place, env in places.items():
        folder = copied(name, tmp_path / place / "x")
        command = [sys.executable, "-X", "warn_default_encoding", "-m", "site_builder", "build", str(folder)]
        done = subprocess.run(command, env=env, cwd=tmp_path / place, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "EncodingWarning" not in done.stderr
        trees.append(tree(folder / "output"))
        assert not [path for path, content in trees[-1].items() if str(tmp_path).encode() in content]
    assert trees[0] == trees[1]


def test_the_order_in_which_a_folder_lists_its_files_changes_nothing(
    harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toggle_source(harbour, random.Random(0))  # noqa: S311
    toggle_topic(harbour, random.Random(0))  # noqa: S311
    build(harbour, tmp_path / "forward")
    iterdir, rglob = Path.iterdir, Path.rglob
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(list(iterdir(self))[::-1]))
    monkeypatch.setattr(Path, "rglob", lambda self, pattern: iter(list(rglob(self, pattern))[::-1]))
    build(harbour, tmp_path / "backward")
    assert tree(tmp_path / "forward") == tree(tmp_path / "backward")


def test_the_real_briefing_builds_without_a_problem(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    built = build(root, tmp_path / "out")
    assert built.warnings == ()
    assert built.count("write") > 100


@pytest.mark.parametrize(
    ("name", "other", "rule"),
    [
        ("entities.yaml", "entity.yaml", "unexpected-file"),
        ("claims.yaml", "claims.yaml.txt", "unexpected-file"),
        ("topics", "topic", "unexpected-file"),
        ("topics/noise.md", "topics/noise.markdown", "unexpected-file"),
        ("sources", "source", "unexpected-file"),
        ("sources/harbour-notice.yaml", "sources/harbour-notice.yaml.txt", "unexpected-file"),
        ("sources/harbour-notice.yaml", "sources/Harbour-Notice.yaml", "bad-id"),
    ],
)
def test_a_file_of_another_name_is_one_problem_and_not_one_for_each_mention(
    harbour: Path, name: str, other: str, rule: str
) -> None:
    (harbour / "annotations" / name).rename(harbour / "annotations" / other)
    assert [p.rule for p in checked(harbour).problems] == [rule]


@pytest.mark.parametrize(
    "name", ["entities.yaml", "claims.yaml", "measures.yaml", "events.yaml", "topics", "topics/noise.md", "sources"]
)
def test_what_cannot_be_read_is_one_problem_and_not_one_for_each_mention(harbour: Path, name: str) -> None:
    path = harbour / "annotations" / name
    path.rename(harbour / "kept")
    path.symlink_to(harbour / "kept")
    (problem,) = checked(harbour).problems
    assert (problem.place.path, problem.rule) == (f"annotations/{name}", "symlink")


BEGUN_AS_A_COPY = {
    "sources/harbour-notice.yaml": "  - {id: complaints-rise, quote: noise, prefix: complaints about}\n",
    "events.yaml": """\
- id: board-statement
  date: {edtf: "2021-01", basis: inferred, why: x}
  title: x
  evidence: [harbour-notice#complaints-rise]
""",
    "claims.yaml": """\
- id: complaints-rose
  claim: x
  status: accepted
  confidence: low
  evidence: [{passage: harbour-notice#statement, relation: qualifies}]
""",
}


@pytest.mark.parametrize("name", BEGUN_AS_A_COPY)
def test_an_id_used_twice_is_one_problem_where_the_first_is_what_others_mean(harbour: Path, name: str) -> None:
    file = harbour / "annotations" / name
    file.write_text(file.read_text("utf-8") + BEGUN_AS_A_COPY[name], "utf-8")
    brief = harbour / "annotations" / "topics" / "noise.md"
    brief.write_text(brief.read_text("utf-8") + "\nIt had 120 complaints [@claim:complaints-rose].\n", "utf-8")
    assert [p.rule for p in checked(harbour).problems] == ["duplicate-id"]


def test_in_a_folder_that_is_no_briefing_nothing_is_made(harbour: Path) -> None:
    with pytest.raises(BuildFailed):
        build(harbour / "seeds", harbour / "seeds" / "output")
    assert [p.name for p in (harbour / "seeds").iterdir()] == ["harbour-notice.txt"]


def test_ids_that_a_template_of_ones_own_lacks_are_one_problem(harbour: Path) -> None:
    own = harbour / "templates" / "pages" / "about.html"
    own.parent.mkdir(parents=True)
    own.write_text("{% extends 'base.html' %}{% block main %}<h1>About</h1>{% endblock %}", "utf-8")
    (problem,) = checked(harbour).problems
    assert problem.place.path == "templates/pages/about.html"
    assert "other pages lead nowhere: there are no ids 'glossary', 'term-accepted', " in problem.message


def test_a_dead_link_in_a_brief_is_told_at_its_own_line(harbour: Path) -> None:
    brief = harbour / "annotations" / "topics" / "noise.md"
    before = brief.read_text("utf-8")
    brief.write_text(f"{before}\nSee [it](claims.htm), and more [analysis].\n", "utf-8")
    (place,) = (p.place for p in checked(harbour).problems if p.rule == "dead-link")
    assert (place.path, place.line) == ("annotations/topics/noise.md", before.count("\n") + 2)


def test_a_link_that_is_written_once_and_shown_on_many_pages_is_one_problem(harbour: Path) -> None:
    replace(harbour, "annotations/events.yaml", "evidence:", "note: See [it](claims.htm).\n  evidence:")
    (problem,) = (p for p in checked(harbour).problems if p.rule == "dead-link")
    assert problem.place.path == "annotations/events.yaml"
    assert problem.message == "a link on timeline.html and 1 other page leads nowhere: there is no claims.htm"
