"""The schemas on disk: written where an editor looks, only when they changed, and never over what is not ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder import cli
from site_builder.build import build, silent
from site_builder.problems import Refused
from site_builder.schema.schema_folder import write_schemas
from site_builder.schema.schemas import kinds
from site_builder.serving.rebuilding import build_once
from tests.built_sites import copied


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return copied("harbour", tmp_path / "harbour")


def test_they_are_written_once_and_again_only_when_an_id_changes(harbour: Path) -> None:
    assert write_schemas(harbour).count == len(kinds())
    assert sorted(p.name for p in (harbour / ".schema").iterdir()) == sorted(f"{name}.json" for name in kinds())
    assert write_schemas(harbour).count == 0
    source = harbour / "annotations" / "sources" / "harbour-notice.yaml"
    source.write_text(source.read_text("utf-8").replace("id: statement", "id: the-statement"), "utf-8")
    assert write_schemas(harbour).count == 3  # those in which passages are cited: events, claims, the site's questions
    assert "harbour-notice#the-statement" in (harbour / ".schema" / "claims.json").read_text("utf-8")


def test_the_build_takes_no_notice_of_them(harbour: Path) -> None:
    build(harbour, harbour / "output")
    write_schemas(harbour)
    again = build(harbour, harbour / "output")
    assert (again.count("write"), again.warnings) == (0, ())


def test_a_file_that_is_not_ours_stays_and_nothing_is_written(harbour: Path) -> None:
    (harbour / ".schema").mkdir()
    (harbour / ".schema" / "source.json").write_text("{}", "utf-8")
    with pytest.raises(Refused, match="was not written by this program"):
        write_schemas(harbour)
    assert [p.name for p in (harbour / ".schema").iterdir()] == ["source.json"]


@pytest.mark.parametrize("what", ["folder", "file"])
def test_no_symbolic_link_is_written_through(harbour: Path, tmp_path: Path, what: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.json").write_text("mine", "utf-8")
    if what == "folder":
        (harbour / ".schema").symlink_to(elsewhere)
    else:
        (harbour / ".schema").mkdir()
        (harbour / ".schema" / "site.json").symlink_to(elsewhere / "mine.json")
    with pytest.raises(Refused, match="symbolic link"):
        write_schemas(harbour)
    assert [(p.name, p.read_text("utf-8")) for p in elsewhere.iterdir()] == [("mine.json", "mine")]


@pytest.mark.parametrize("inside", ["seeds", "annotations", "annotations/sources", "templates/schemas"])
def test_none_is_written_where_a_build_reads(harbour: Path, inside: str) -> None:
    before = sorted(harbour.rglob("*"))
    with pytest.raises(Refused, match="no schema can lie in"):
        write_schemas(harbour, harbour / inside)
    assert sorted(harbour.rglob("*")) == before


def test_the_command_says_what_it_wrote_and_what_is_listed(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", str(harbour)]) == 0
    out = capsys.readouterr().out
    assert f"{len(kinds())} schemas written, 0 kept\n" in out
    assert "they list 1 topics" in out
    source = harbour / "annotations" / "sources" / "harbour-notice.yaml"
    source.write_text("tittle: x\n", "utf-8")
    assert cli.main(["schema", str(harbour)]) == 0
    assert "list no ids: briefing check" in capsys.readouterr().out


def test_a_folder_without_annotations_gets_the_schemas_of_any_briefing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["schema", str(tmp_path), "-o", str(tmp_path / "here")]) == 0
    assert "the schemas list no ids" in capsys.readouterr().out
    assert json.loads((tmp_path / "here" / "source.json").read_text("utf-8"))["type"] == "object"


def test_one_schema_can_be_printed(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", str(harbour), "--print", "topic"]) == 0
    assert list(json.loads(capsys.readouterr().out)["properties"]) == ["title", "summary"]
    assert not (harbour / ".schema").exists()
    with pytest.raises(SystemExit) as stop:
        cli.main(["schema", str(harbour), "--print", "sauce"])
    assert stop.value.code == 2
    assert "did you mean 'source'?" in capsys.readouterr().err


def test_a_preview_keeps_them_up_to_date_once_they_are_there(harbour: Path) -> None:
    build_once(harbour, harbour / "output", silent)
    assert not (harbour / ".schema").exists()
    write_schemas(harbour)
    topic = harbour / "annotations" / "topics" / "silence.md"
    topic.write_text("---\ntitle: Silence\n---\n", "utf-8")
    assert build_once(harbour, harbour / "output", silent).is_good
    assert '"silence"' in (harbour / ".schema" / "source.json").read_text("utf-8")


def test_a_preview_goes_on_when_a_schema_is_not_ours(harbour: Path) -> None:
    (harbour / ".schema").mkdir()
    (harbour / ".schema" / "site.json").write_text("mine", "utf-8")
    assert build_once(harbour, harbour / "output", silent).is_good
    assert (harbour / ".schema" / "site.json").read_text("utf-8") == "mine"
