"""`briefing add`: the bytes of a text and a source file, both or neither, and never over what is there."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import cli
from site_builder.adding import shelving
from site_builder.adding.originals import LARGEST_ORIGINAL, Wishes
from site_builder.adding.taking import add
from site_builder.adding.untaken import Untaken
from site_builder.build import build, read_briefing
from site_builder.problems import Refused
from site_builder.starting import STARTER

from .documents import PAGE, pdf

TEXT = "Noise at the harbour\n\nThe Harbour Board received 120 complaints on 4 March 2021.\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A briefing to add to, and beside it a folder `in/`, which is the working folder."""
    shutil.copytree(STARTER, tmp_path / "home")
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    return tmp_path / "home"


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def added_files(home: Path, before: dict[str, bytes]) -> list[str]:
    after = everything(home)
    assert {path: after.get(path) for path in before} == before, "nothing that was there has changed"
    return sorted(set(after) - set(before))


def run(home: Path, *arguments: str) -> int:
    try:
        return cli.main(["add", "--folder", str(home), *arguments])
    except SystemExit as stop:
        return int(stop.code or 0)


def refused(home: Path, *texts: str, **wishes: str) -> list[tuple[str, str, str]]:
    before = everything(home)
    with pytest.raises(Untaken) as untaken:
        add(home, texts, Wishes(**wishes))
    assert everything(home) == before, "nothing is written when anything is wrong"
    return [(t.given, t.message, t.hint) for t in untaken.value.troubles]


@pytest.mark.parametrize(
    "name", ["notice.txt", "two words.txt", "шум.txt", "🚢.txt", "no suffix", 'it\'s "it".txt', "#1: x"]
)
@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT.replace("\n", "\r\n")], ids=["plain", "with a mark and CRLF"])
def test_a_text_is_taken_byte_for_byte_and_the_briefing_builds_at_once(home: Path, name: str, text: str) -> None:
    Path(name).write_bytes(text.encode())
    before = everything(home)
    (made,) = add(home, [name], Wishes())
    assert added_files(home, before) == sorted([made.source_file, f"seeds/{name}"])
    assert (home / "seeds" / name).read_bytes() == text.encode()
    assert read_briefing(home).warnings == ()


def test_many_texts_of_all_kinds_are_taken_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notice.txt").write_text(TEXT, "utf-8")
    Path("page.html").write_text(PAGE, "utf-8")
    Path("report.pdf").write_bytes(pdf("The report counts 80 complaints.", title="A report"))
    before = everything(home)
    assert run(home, "notice.txt", "page.html", "report.pdf", "--accessed", "2021-03-05") == 0
    assert added_files(home, before) == [
        "annotations/sources/notice.yaml", "annotations/sources/page.yaml", "annotations/sources/report.yaml",
        "seeds/notice.txt", "seeds/page.txt", "seeds/report.txt",
    ]  # fmt: skip
    assert "notice: seeds/notice.txt, annotations/sources/notice.yaml, 1 passage proposed\n" in capsys.readouterr().out
    page = (home / "annotations" / "sources" / "page.yaml").read_text("utf-8")
    assert "# The words of a page in HTML, without menus and comments; the original was 'page.html', SHA-256 " in page
    assert "type: webpage " in page
    assert page.count('accessed: "2021-03-05"') == 1
    assert build(home, home / "output").warnings == ()


def test_every_wrong_text_is_named_at_once_and_none_is_taken(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.txt").write_text(TEXT, "utf-8")
    Path("empty.txt").write_text("", "utf-8")
    Path("binary.txt").write_bytes(bytes(range(256)) * 9)
    Path("cyrillic.txt").write_bytes("Совет порта получил жалобы на шум в порту.".encode("cp1251"))
    Path("link.txt").symlink_to("good.txt")
    Path("folder").mkdir()
    os.mkfifo("pipe")
    before = everything(home)
    names = ("good.txt", "empty.txt", "binary.txt", "cyrillic.txt", "link.txt", "folder", "pipe", "god.txt")
    assert run(home, *names) == 1
    said = capsys.readouterr().err
    assert everything(home) == before
    assert [line.split(": ")[1] for line in said.splitlines() if line.startswith("briefing add: ")] == list(names[1:])
    for words in (
        "this is empty", "this is no text", "looks like Windows-1251", "this is a symbolic link", "this is a folder",
        "this is not a regular file", "did you mean 'good.txt'?", "7 of 8 cannot be taken; nothing was added",
    ):  # fmt: skip
        assert words in said


def test_an_address_is_no_file_and_is_told_so(home: Path) -> None:
    ((_, message, hint),) = refused(home, "https://harbour.example/noise")
    assert message == "this is an address, and no file"
    assert hint.startswith("save the page")


def test_a_text_that_is_there_already_is_told_with_its_source(home: Path) -> None:
    Path("again.txt").write_bytes((home / "seeds" / "example-footbridge.txt").read_bytes())
    ((_, message, hint),) = refused(home, "again.txt")
    assert message == "the source 'example-footbridge' has this very text, seeds/example-footbridge.txt"
    assert hint == "annotate it in annotations/sources/example-footbridge.yaml"


def test_a_seed_that_no_source_names_gets_its_source_file(home: Path) -> None:
    (home / "seeds" / "notice.txt").write_text(TEXT, "utf-8")
    Path("other name.txt").write_text(TEXT, "utf-8")
    assert refused(home, "other name.txt")[0][1] == "seeds/notice.txt is this very text, and no source names it"
    before = everything(home)
    add(home, [str(home / "seeds" / "notice.txt")], Wishes())
    assert added_files(home, before) == ["annotations/sources/notice.yaml"]


@pytest.mark.parametrize("name", ["example-footbridge.txt", "EXAMPLE-Footbridge.TXT"])
def test_another_text_never_takes_the_name_of_a_seed(home: Path, name: str) -> None:
    Path(name).write_text(TEXT, "utf-8")
    ((_, message, hint),) = refused(home, name)
    assert message == "seeds/example-footbridge.txt is another text"
    assert "--name" in hint
    assert add(home, [name], Wishes(name="mine.txt"))[0].seed == "mine.txt"


def test_the_same_text_or_the_same_name_twice_is_refused(home: Path) -> None:
    for place in ("a", "b"):
        Path(place).mkdir()
        Path(place, "same.txt").write_text(TEXT, "utf-8")
        Path(place, "name.txt").write_text(f"{TEXT}{place}", "utf-8")
    assert [m for _, m, _ in refused(home, "a/same.txt", "b/same.txt")] == ["this is the same text as 'a/same.txt'"]
    assert [m for _, m, _ in refused(home, "a/name.txt", "b/name.txt")] == [
        "'a/name.txt' is another text of the same name"
    ]


def test_ids_that_clash_get_a_number_and_one_that_is_asked_for_an_error(home: Path) -> None:
    Path("notice.txt").write_text(TEXT, "utf-8")
    Path("Notice!.txt").write_text(f"{TEXT} 2", "utf-8")
    assert [a.id for a in add(home, ["notice.txt", "Notice!.txt"], Wishes())] == ["notice", "notice-2"]
    Path("third.txt").write_text(f"{TEXT} 3", "utf-8")
    ((_, message, _),) = refused(home, "third.txt", id="notice")
    assert message == "there is a source 'notice' already"
    assert add(home, ["third.txt"], Wishes(id="mine"))[0].source_file == "annotations/sources/mine.yaml"


def test_a_text_is_converted_only_when_its_encoding_is_named(home: Path) -> None:
    words = "Совет порта получил 120 жалоб.\r\n"
    Path("notice.txt").write_bytes(words.encode("cp1251"))
    (made,) = add(home, ["notice.txt"], Wishes(encoding="cp1251"))
    assert (home / "seeds" / "notice.txt").read_bytes() == words.encode()
    assert (
        "# The text was converted from cp1251, as --encoding said; the original was 'notice.txt', SHA-256 "
        in made.draft.text
    )
    assert read_briefing(home).warnings == ()


def test_standard_input_is_a_text_with_a_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for raw, name in ((TEXT.encode(), "typed.txt"), (PAGE.encode(), "page.html")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert run(home, "-", "--name", name) == 0
    assert (home / "seeds" / "typed.txt").read_text("utf-8") == TEXT
    assert "120 complaints" in (home / "seeds" / "page.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-",), "standard input needs a --name"),
        (("-", "a.txt"), "standard input is taken by itself"),
        (("a.txt", "b.txt", "--id", "x"), "--id and --name are for one text"),
        (("a.txt", "--id", "Schöne Grüße"), "for example schone-grusse"),
        (("a.txt", "--encoding", "klingon"), "'klingon' is no encoding"),
        (("a.txt", "--encoding", "base64"), "'base64' is no encoding"),
        (("a.txt", "--accessed", "yesterday"), "'yesterday' is not a date"),
        ((), "required: TEXT"),
    ],
)
def test_wrong_usage_exits_2(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(home, *arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/b.txt", "a\\b.txt", ".hidden", "draft~", "line\nend", "x" * 300, "\udcff.txt"]
)
def test_a_name_that_no_seed_can_have_is_refused(home: Path, name: str) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")
    ((_, message, hint),) = refused(home, "a.txt", name=name)
    assert "name" in message
    assert "--name" in hint


def test_a_drop_of_fifty_megabytes_is_refused_without_reading_it_all(home: Path) -> None:
    with Path("big.txt").open("wb") as big:
        big.truncate(50_000_000)
    assert refused(home, "big.txt")[0][1] == "this has 50.0 MB; a text of at most 2 MB is taken"
    with Path("huge.pdf").open("wb") as huge:
        huge.truncate(LARGEST_ORIGINAL + 1)
    tracemalloc.start()
    assert refused(home, "huge.pdf")[0][1] == "this has 100.0 MB; a PDF of at most 100 MB is taken"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_file_that_may_not_be_read_is_said_to_be(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")

    def forbidden(*_: object) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", "a.txt")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(Untaken) as untaken:
        add(home, ["a.txt"], Wishes())
    assert untaken.value.troubles[0].message == "this cannot be read: Permission denied"


def test_without_the_extra_the_command_exits_3_with_the_line_that_installs_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("page.html").write_text(PAGE, "utf-8")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    before = everything(home)
    assert run(home, "page.html") == 3
    assert "hint: pip install trafilatura pypdf" in capsys.readouterr().err
    assert everything(home) == before


def test_a_dry_run_prints_the_source_file_and_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notice.txt").write_text(TEXT, "utf-8")
    before = everything(home)
    assert run(home, "notice.txt", "--dry-run") == 0
    assert "# annotations/sources/notice.yaml\n" in capsys.readouterr().out
    assert everything(home) == before


@pytest.mark.parametrize("what", ["nothing", "a link for seeds", "a file for sources"])
def test_a_folder_that_is_no_briefing_is_refused(home: Path, tmp_path: Path, what: str) -> None:
    Path("notice.txt").write_text(TEXT, "utf-8")
    folder = home
    if what == "nothing":
        folder = tmp_path / "in"
    elif what == "a link for seeds":
        (home / "seeds").rename(tmp_path / "elsewhere")
        (home / "seeds").symlink_to(tmp_path / "elsewhere")
    else:
        shutil.rmtree(home / "annotations" / "sources")
        (home / "annotations" / "sources").write_text("", "utf-8")
    before = everything(tmp_path)
    with pytest.raises(Refused) as no:
        add(folder, ["notice.txt"], Wishes())
    assert no.value.hint
    assert everything(tmp_path) == before


def _fail(at: int, real: Callable[..., None], error: OSError) -> Callable[..., None]:
    calls = []

    def failing(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == at:
            raise error
        real(*arguments)

    return failing


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_full_disk_half_way_leaves_neither_seed_nor_source_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    shutil.rmtree(home / "seeds")
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("b.txt").write_text(f"{TEXT} b", "utf-8")
    before = sorted(home.rglob("*"))
    full = OSError(errno.ENOSPC, "No space left on device", "seeds")
    monkeypatch.setattr(Path, "hardlink_to", _fail(at, Path.hardlink_to, full))
    with pytest.raises(Refused, match="No space left on device; nothing was added"):
        add(home, ["a.txt", "b.txt"], Wishes())
    assert sorted(home.rglob("*")) == before


def test_where_a_file_cannot_have_two_names_it_is_written_and_still_over_no_other(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", "x")

    monkeypatch.setattr(Path, "hardlink_to", unsupported)
    Path("a.txt").write_text(TEXT, "utf-8")
    add(home, ["a.txt"], Wishes())
    assert (home / "seeds" / "a.txt").read_text("utf-8") == TEXT
    with pytest.raises(Refused, match="came into being meanwhile"):
        shelving.write_new([(home / "seeds" / "b.txt", b"new"), (home / "seeds" / "a.txt", b"other")])
    assert (home / "seeds" / "a.txt").read_text("utf-8") == TEXT
    assert sorted(p.name for p in (home / "seeds").iterdir()) == ["a.txt", "example-footbridge.txt"]


def test_a_file_that_comes_into_being_meanwhile_is_not_written_over(home: Path) -> None:
    with pytest.raises(Refused, match="came into being meanwhile"):
        shelving.write_new([(home / "seeds" / "b.txt", b"new"), (home / "README.md", b"other")])
    assert not (home / "seeds" / "b.txt").exists()
    assert (home / "README.md").read_bytes() == (STARTER / "README.md").read_bytes()
