"""Where caches are: in a folder of the user's own, or nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.build import build
from site_builder.disk.writing import OWN
from site_builder.patterns import codes, compiled
from site_builder.theme import caching, compiling
from site_builder.theme.caching import Kept, cache_folder, keep_patterns, wake_patterns
from site_builder.theme.rendering import Theme, shipped_templates

SMALLEST = Path(__file__).parent / "sites" / "smallest"


def test_the_folder_is_made_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    folder = cache_folder()
    assert folder == tmp_path / "caches" / "evidence-briefing"
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_can_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "evidence-briefing").mkdir()
    (tmp_path / "evidence-briefing").chmod(mode)
    assert cache_folder() is None


def test_a_link_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "evidence-briefing").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert cache_folder() is None


def test_without_a_place_for_caches_a_site_is_built_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cache_folder() is None
    assert build(SMALLEST, tmp_path / "out").count("write") > 0


def test_what_lies_in_the_output_folder_or_beside_templates_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    shutil.copytree(SMALLEST, tmp_path / "site")
    (tmp_path / "site" / "templates").mkdir()
    (tmp_path / "site" / "templates" / "base.html").write_text("{% block main %}{% endblock %}", "utf-8")
    build(tmp_path / "site", tmp_path / "out")
    assert {path.suffix for path in (tmp_path / "out" / OWN).rglob("*") if path.is_file()} <= {"", ".json"}
    assert [path.name for path in (tmp_path / "site" / "templates").rglob("*")] == ["base.html"]
    assert {path.suffix for path in (tmp_path / "caches" / "evidence-briefing").glob("template-*")} == {".pyc"}


CODE = compile("made = 1", "a template", "exec")


def test_code_is_read_back_only_while_it_is_made_from_the_same(tmp_path: Path) -> None:
    kept = Kept("template-a", "one")
    assert kept.read(tmp_path) is None
    assert kept.write(tmp_path / "new", CODE)
    (file,) = (tmp_path / "new").iterdir()
    assert kept.read(tmp_path / "new") == CODE
    assert Kept("template-a", "two").read(tmp_path / "new") is None
    whole = file.read_bytes()
    for at in (0, 40, len(whole) - 1):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert kept.read(tmp_path / "new") is None
    file.write_bytes(whole)
    for length in (0, 10, 32, len(file.read_bytes()) - 1):
        file.write_bytes(file.read_bytes()[:length])
        assert kept.read(tmp_path / "new") is None


def test_where_code_cannot_be_kept_it_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not Kept("template-a", "one").write(tmp_path / "file", CODE)
    assert not Kept("template-a", "one").write(tmp_path / "no" / "such", CODE)


def test_shipped_templates_are_kept_beside_the_package_and_those_of_a_briefing_among_the_users_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, caches, own = tmp_path / "__pycache__", tmp_path / "caches", tmp_path / "own"
    monkeypatch.setattr(caching, "package_folder", lambda: beside)
    for folder in (caches, own / "pages"):
        folder.mkdir(parents=True)
    Theme(tmp_path / "none", caches).prepare(["pages/flags.html"])
    shipped = {path.name: path.read_bytes() for path in beside.iterdir()}
    assert len(shipped) > 2
    assert list(caches.iterdir()) == []
    (own / "pages" / "flags.html").write_text("{{ frame.title }}", "utf-8")
    Theme(own, caches).prepare(["pages/flags.html"])
    assert {path.name: path.read_bytes() for path in beside.iterdir()} == shipped
    assert len(list(caches.iterdir())) == 1

    monkeypatch.setattr(compiling, "Compiler", None)  # nothing is compiled again
    for theme in (Theme(tmp_path / "none", caches), Theme(own, caches)):
        theme.prepare(["pages/flags.html"])
        assert theme.slow == set()


def test_where_nothing_can_be_written_beside_the_package_shipped_templates_are_kept_among_the_users_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(caching, "package_folder", lambda: tmp_path / "file")
    Theme(tmp_path / "none", tmp_path).prepare(["pages/flags.html"])
    assert len(list(tmp_path.glob("template-*"))) > 2


def test_code_beside_the_package_is_no_part_of_the_theme() -> None:
    place = caching.__spec__.cached if caching.__spec__ else None
    assert place is not None
    assert not Path(place).is_relative_to(shipped_templates())


@pytest.mark.parametrize("beside_the_package", [True, False])
def test_a_pattern_is_known_in_the_next_process_unless_its_file_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside_the_package: bool
) -> None:
    package, cache = tmp_path / "package", tmp_path / "cache"
    monkeypatch.setattr(caching, "package_folder", lambda: package if beside_the_package else None)

    def in_the_next_process() -> bool:
        codes.clear()
        monkeypatch.setattr(caching, "_kept", [0])
        wake_patterns(cache)
        return ("a+[b-d]", 0) in codes

    before = {**codes}
    try:
        assert not in_the_next_process()
        assert compiled("a+[b-d]").fullmatch("aac")
        keep_patterns(cache)
        assert in_the_next_process()
        assert compiled("a+[b-d]").fullmatch("aac")
        (file,) = (package if beside_the_package else cache).iterdir()
        keep_patterns(cache)
        assert [*tmp_path.rglob("*.pyc")] == [file], "there was nothing more to keep"
        file.write_bytes(file.read_bytes()[:-1] + b"?")
        assert not in_the_next_process()
    finally:
        codes.clear()
        codes.update(before)
