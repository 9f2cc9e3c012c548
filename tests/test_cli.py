"""The command line: what it prints, and the code it exits with."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import __version__, cli, usage
from site_builder.commands.build import plain
from site_builder.printing import Progress, print_refusal
from site_builder.problems import Refused
from tests.built_sites import SITES, copied


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """The harbour briefing."""
    return copied("harbour", tmp_path / "harbour")


def break_quote(folder: Path) -> None:
    path = folder / "annotations" / "sources" / "harbour-notice.yaml"
    path.write_text(path.read_text("utf-8").replace("received 120", "received 121"), "utf-8")


def smallest(folder: Path, lines: str = "") -> Path:
    """A copy of the smallest briefing with these further lines in its source."""
    copied("smallest", folder)
    with (folder / "annotations" / "sources" / "note.yaml").open("a", encoding="utf-8") as note:
        note.write(lines)
    return folder


def briefing(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "site_builder", *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def run(*arguments: str) -> int:
    """The command in this process; its exit code."""
    try:
        return cli.main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)


def test_version_and_help_tell_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"briefing {__version__}\n"
    assert run("--help") == 0
    text = capsys.readouterr().out
    assert "examples:" in text
    for command in ("build", "check", "describe", "diff", "serve"):
        assert re.search(rf"^\s+{command}\s+\S", text, re.MULTILINE), command
        assert run(command, "--help") == 0
        assert "FOLDER" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("biuld",), "did you mean 'build'?"),
        (("build", "--dry-rum"), "did you mean '--dry-run'?"),
        (("check", "--format", "jsn"), "did you mean 'json'?"),
        (("serve", "--port", "http"), "'http' is not a port"),
        (("serve", "--port", "²"), "'²' is not a port"),
        (("build", "--jobs", "0"), "'0' is not a number of processes from 1 to 256"),
        (("check", "--jobs", "²"), "'²' is not a number of processes"),
        ((), "required: COMMAND"),
        (("describe", "source"), "WORDS"),
    ],
)
def test_wrong_usage_exits_2_with_a_hint(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], expected: str
) -> None:
    assert run(*arguments) == 2
    assert expected in capsys.readouterr().err


def test_build_says_what_it_wrote_and_then_that_nothing_changed(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", str(harbour)) == 0
    assert re.search(r"output: \d+ files written, 0 kept\nopen .*index\.html\n$", capsys.readouterr().out)
    assert run("build", str(harbour)) == 0
    assert re.search(r"output: nothing changed, \d+ files kept\n$", capsys.readouterr().out)


def test_a_dry_run_prints_each_file_with_the_reason(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", str(harbour), "--dry-run") == 0
    out = capsys.readouterr().out
    assert "write  index.html: new\n" in out
    assert re.search(r"would write \d+, keep 0, delete 0\n$", out)
    assert not (harbour / "output" / "index.html").exists()


def test_bad_content_exits_1_with_one_line_and_hint_for_each_problem(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_quote(harbour)
    assert run("build", str(harbour)) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.match(
        r"annotations/sources/harbour-notice\.yaml:\d+:\d+: error\[quote-drifted\] .*\n    hint: .*\n", captured.err
    )
    assert captured.err.endswith("; nothing was built\n")
    assert run("check", str(harbour)) == 1


def test_check_prints_json_for_programs(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(harbour), "--format", "json") == 0
    advised = json.loads(capsys.readouterr().out)
    assert {p["severity"] for p in advised["problems"]} == {"advice"}
    assert advised == {**advised, "errors": 0, "warnings": 0, "advice": len(advised["problems"])}
    break_quote(harbour)
    assert run("check", str(harbour), "--format", "json") == 1
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert captured.err == ""
    assert found["errors"] == sum(p["severity"] == "error" for p in found["problems"]) >= 1
    assert (found["warnings"], found["advice"]) == (0, 0)
    assert set(found["problems"][0]) == {"path", "line", "column", "severity", "rule", "message", "hint"}
    assert found["problems"][0]["path"] == "annotations/sources/harbour-notice.yaml"


def test_check_with_coverage_prints_the_shares(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(harbour), "--coverage") == 0
    assert re.search(r"^harbour-notice +[\d.]+ % +[\d.]+ % +0\.0 % +[\d.]+ %", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.parametrize(
    ("lines", "listed"),
    [
        ("", ["number 'One', unread"]),
        ('set_aside: [{quote: One line, why: "a\\n\\ncount"}]\n', ["number 'One', set aside: a count"]),
        ("boilerplate: [{quote: One line, why: a link}]\n", ["number 'One', boilerplate: a link"]),
        ("passages: [{id: one, quote: One line}]\n", []),
    ],
)
def test_check_with_coverage_lists_what_stands_outside_passages_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: str, listed: list[str]
) -> None:
    assert run("check", str(smallest(tmp_path, lines)), "--coverage") == 0
    _, _, after = capsys.readouterr().out.partition("\nnumbers, dates and known names outside passages:\n")
    assert after.splitlines() == [f"seeds/note.txt:1:1: {line}" for line in listed]


def test_check_with_coverage_prints_the_shares_in_json_too(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(harbour), "--coverage", "--format", "json") == 0
    shares = json.loads(capsys.readouterr().out)["coverage"]["harbour-notice"]
    assert list(shares) == ["annotated", "boilerplate", "set_aside", "unread"]
    assert sum(shares.values()) == pytest.approx(1)
    break_quote(harbour)
    assert run("check", str(harbour), "--coverage", "--format", "json") == 1
    assert "coverage" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("site", "code", "strict"),
    [("advised", 0, 1), ("warned", 0, 1), ("broken", 1, 1), ("clean", 0, 0)],
)
def test_a_strict_check_exits_1_for_warnings_and_advice_too(tmp_path: Path, site: str, code: int, strict: int) -> None:
    folders = {
        "advised": smallest(tmp_path / "advised"),
        "warned": SITES / "empty-seed",
        "broken": SITES.parent / "sites_invalid" / "quote-drifted",
        "clean": smallest(tmp_path / "clean", "passages: [{id: all, quote: {from: One line, to: marked in it.}}]\n"),
    }
    folder = str(folders[site])
    assert (run("check", folder), run("check", folder, "--strict")) == (code, strict)


def test_a_strict_check_says_so_and_a_clean_one_has_no_problems(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(SITES / "smallest")
    assert run("check", folder) == 0
    assert capsys.readouterr().out.endswith("\n2 advice\n")
    assert run("check", folder, "--strict") == 1
    assert capsys.readouterr().out.endswith("\n2 advice; strict: each of them counts as an error\n")


def test_check_ends_with_a_table_of_the_rules_that_are_broken(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(SITES / "tangle")) == 0
    captured = capsys.readouterr()
    assert captured.err == "", "what was asked for can be paged through, and kept in a file"
    lines = captured.out.splitlines()
    table = [line.split() for line in lines[lines.index("") + 1 : -2]]
    assert table[0] == ["rule", "severity", "how", "many", "files"]
    assert table[1] == ["seed-control-characters", "warning", "1", "1"]
    counts = [int(row[2]) for row in table[2:]]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == int(lines[-1].split()[-2])
    assert run("check", str(SITES / "tangle"), "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)["summary"]
    assert [list(map(str, row.values())) for row in told] == table[1:]


def test_check_prints_the_problems_of_one_rule_and_counts_the_others(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(harbour), "--rule", "unused-measure", "--rule", "quote-cut", "--strict") == 1
    captured = capsys.readouterr()
    assert set(re.findall(r"\[([a-z-]+)\]", captured.out)) == {"unused-measure"}
    assert captured.out.endswith("\n4 of other rules are not shown\n")
    assert run("check", str(harbour), "--rule", "quote-cut", "--strict") == 0
    assert capsys.readouterr().out == "no problems of these rules; 5 of other rules are not shown\n"
    break_quote(harbour)
    assert run("check", str(harbour), "--rule", "quote-cut") == 1


def test_a_rule_that_there_is_not_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--explain", "quote-driftet") == 2
    assert "did you mean 'quote-drifted'?" in capsys.readouterr().err
    assert run("check", "--explain", "quote-drifted") == 0
    assert capsys.readouterr().out.startswith("quote-drifted (error, contract 1)\n\nThe text has nearly these words.")


def test_describe_prints_the_quote_to_paste(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("describe", "harbour-notice", "120", "complaints", "--folder", str(harbour)) == 0
    assert capsys.readouterr().out.endswith('quote: "120 complaints"\n')
    assert run("describe", "harbour-notice", "130 complaints", "--folder", str(harbour)) == 1
    assert "120" in capsys.readouterr().err
    assert run("describe", "harbor-notice", "120", "--folder", str(harbour)) == 1
    assert "did you mean 'harbour-notice'?" in capsys.readouterr().err


@pytest.mark.programs
def test_a_folder_that_is_none_exits_3(tmp_path: Path) -> None:
    done = briefing("build", str(tmp_path / "nowhere"))
    assert done.returncode == 3
    assert "is not a folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.programs
def test_a_refused_output_folder_exits_3_with_a_hint(harbour: Path) -> None:
    (harbour / "output").mkdir()
    (harbour / "output" / "thesis.txt").write_text("mine", "utf-8")
    done = briefing("build", str(harbour))
    assert done.returncode == 3
    assert "thesis.txt" in done.stderr
    assert "hint: " in done.stderr


def test_an_unforeseen_error_exits_3_and_says_that_it_is_a_bug(
    harbour: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("site_builder.build.build", broken)
    monkeypatch.setattr(sys, "argv", ["briefing", "build", str(harbour)])
    with pytest.raises(SystemExit) as stop:
        cli.entry()
    assert stop.value.code == 3
    assert "internal error: RuntimeError: unforeseen" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "says"), [("build", True), ("check", False)])
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device", "a\x1b[31mb"), MemoryError(), KeyboardInterrupt()]
)
def test_only_a_command_that_builds_a_site_says_that_the_last_one_stands(
    command: str, says: bool, error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(f"site_builder.commands.{command}.run", broken)
    monkeypatch.setattr(sys, "argv", ["briefing", command])
    with pytest.raises(SystemExit) as stop:
        cli.entry()
    said = capsys.readouterr().err
    assert stop.value.code == (130 if isinstance(error, KeyboardInterrupt) else 3)
    assert ("the last good site stands" in said) is says
    assert "\x1b" not in said
    assert "bug" not in said


def test_a_name_in_a_refusal_cannot_command_the_terminal(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "output").mkdir()
    (harbour / "output" / "a\x1b[31mb").write_text("mine", "utf-8")
    with pytest.raises(Refused) as refused:
        run("build", str(harbour))
    print_refusal(refused.value)
    assert "a\\x1b[31mb" in capsys.readouterr().err


@pytest.mark.programs
def test_nothing_is_coloured_in_a_pipe_and_no_progress_is_shown(harbour: Path) -> None:
    break_quote(harbour)
    done = briefing("build", str(harbour))
    assert "\x1b" not in done.stderr + done.stdout
    assert "\r" not in done.stderr


class Terminal:
    """Stands in for stderr on a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_errors_are_coloured_on_a_terminal_unless_no_color_is_set(
    harbour: Path, monkeypatch: pytest.MonkeyPatch, no_color: str, coloured: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys, "stdout", terminal)
    break_quote(harbour)
    assert run("check", str(harbour)) == 1
    assert ("\x1b[31merror\x1b[0m[quote-drifted]" in terminal.text) is coloured


def test_progress_shows_on_a_terminal_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    now = [100.0]
    monkeypatch.setattr("site_builder.printing.time.monotonic", lambda: now[0])
    progress = Progress()
    progress("writing pages", 1, 10)
    assert terminal.text == ""
    now[0] += 1.5
    progress("writing pages", 5, 10)
    progress("writing pages", 6, 10)
    assert terminal.text == "\r\x1b[Kwriting pages 5 of 10"
    progress.clear()
    assert terminal.text.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("done", "line"),
    [
        (1_000, "writing pages 1,000 of 12,000, about 2 min left"),  # the ten that were done at first took no time
        (6_005, "writing pages 6,005 of 12,000, about 10 s left"),
        (9_000, "writing pages 9,000 of 12,000, about 3 s left"),
        (11_000, "writing pages 11,000 of 12,000"),  # soon over: no more to say
    ],
)
def test_a_stage_that_takes_long_says_about_how_long_still(
    monkeypatch: pytest.MonkeyPatch, done: int, line: str
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    now = [100.0]
    monkeypatch.setattr("site_builder.printing.time.monotonic", lambda: now[0])
    progress = Progress()
    progress("reading sources", 7_000, 12_000)
    now[0] += 5
    progress("writing pages", 10, 12_000)
    now[0] += 10
    progress("writing pages", done, 12_000)
    assert terminal.text.rpartition("\x1b[K")[2] == line


@pytest.mark.programs
def test_an_ascii_terminal_and_a_closed_pipe_are_no_crash(harbour: Path) -> None:
    path = harbour / "annotations" / "claims.yaml"
    path.write_text(path.read_text("utf-8").replace("status: accepted", "status: „angenommen“"), "utf-8")
    done = briefing("check", str(harbour), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1
    assert "\\u201eangenommen" in done.stdout
    command = f"'{sys.executable}' -m site_builder check '{SITES / 'harbour'}' --coverage | true"
    piped = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in piped.stderr


def test_what_nobody_can_read_is_no_bug_of_ours(harbour: Path) -> None:
    break_quote(harbour)
    command = f"'{sys.executable}' -m site_builder check '{harbour}' 2>&-"
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 1


IMPORTED = """
import sys
at_start = set(sys.modules)
from site_builder import cli
try:
    cli.main(sys.argv[1:])
except SystemExit:
    pass
print(*sorted(set(sys.modules) - at_start))
"""
SLOW = {
    "asyncio",
    "concurrent",
    "decimal",
    "difflib",
    "email",
    "fractions",
    "html",
    "multiprocessing",
    "ssl",
    "zipfile",
}


def imported(*arguments: str, **environment: str) -> tuple[set[str], set[str]]:
    """What a command imports: rooms of our own, and others by the name of their package."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *arguments], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(SITES.parent.parent), **environment},
    )  # fmt: skip
    modules = done.stdout.splitlines()[-1].split()
    own = {m.partition(".")[2] for m in modules if m.startswith("site_builder.")}
    return own, {m.partition(".")[0] for m in modules} - {"site_builder"}


def foreign(packages: set[str]) -> set[str]:
    """Those of the packages that do not come with Python."""
    return {p for p in packages if not p.startswith("_")} - sys.stdlib_module_names - {"nt", "winreg"}


@pytest.mark.programs
def test_asking_for_the_version_imports_no_parser_of_arguments_and_no_command() -> None:
    own, others = imported("--version")
    assert own == {"cli"}
    assert "argparse" not in others
    assert not foreign(others)


@pytest.mark.programs
def test_a_command_reads_no_module_of_another(tmp_path: Path) -> None:
    own, others = imported("describe", "--help")
    assert {m for m in own if m.startswith("commands.")} == {"commands.describe", "commands.arguments"}
    assert own <= {"cli", "usage", "problems", "commands", "commands.describe", "commands.arguments"}
    assert not (foreign(others) | others & SLOW)


@pytest.mark.programs
def test_a_build_with_nothing_to_do_imports_only_what_sees_that_nothing_changed(harbour: Path) -> None:
    assert run("build", str(harbour)) == 0
    own, others = imported("build", str(harbour))
    assert own == {"cli", "commands", "commands.build", "glance"}
    assert not others & {"argparse", "dataclasses", "enum", "hashlib", "inspect", "json", "pathlib", "re", "typing"}
    assert not foreign(others), "no template, Markdown, YAML or schema library"
    assert not others & SLOW


@pytest.mark.programs
def test_an_edit_imports_nothing_that_it_does_not_need(harbour: Path, tmp_path: Path) -> None:
    caches = {"XDG_CACHE_HOME": str(tmp_path)}
    assert briefing("build", str(harbour), **caches).returncode == 0
    note = harbour / "annotations" / "sources" / "harbour-notice.yaml"
    note.write_text(note.read_text("utf-8").replace("**not** measurements", "**not** observations"), "utf-8")
    own, others = imported("build", str(harbour), **caches)
    assert "kept.keeping" in own
    assert foreign(others) <= {"markupsafe"}, "what is read fast needs no YAML, Markdown no parser, pages no Jinja"
    assert not others & {
        "argparse",
        "asyncio",
        "calendar",
        "csv",
        "difflib",
        "email",
        "http",
        "multiprocessing",
        "ssl",
        "xml",
    }
    pages = {m for m in own if m.startswith("pages.")}
    assert "pages.sources" in pages
    assert not pages & {f"pages.{name}" for name in ("about", "entities", "home", "places", "timeline", "topics")}
    assert not own & {"exports.feed", "changing", "maps.atlas"}, "of the exports, those that a note stands in"
    assert not own & {"usage", "reading.nodes", "advising.quotes", "drifting", "serving.state"}
    assert not own & {"markup.commonmark", "schema.schemas"}


PLAIN = st.lists(
    st.sampled_from(
        ["-o", "--output", "-n", "--", ".", "..", "", "a", "a/b", "a/", "./a", "/", "//a", "-", "-oa", "a=b"]
    ),
    max_size=4,
)


@given(PLAIN)
def test_words_that_need_no_parser_mean_what_they_mean_to_the_parser(words: list[str]) -> None:
    options = plain(words)
    if options is None:
        return
    told, parsed = vars(options), vars(usage.read(["build", *words]))
    assert {**told, "folder": Path(told["folder"]), "output": told["output"] and Path(told["output"])} == parsed
    assert str(parsed["folder"]) == told["folder"]
    assert str(parsed["output"]) == str(told["output"])


@pytest.mark.parametrize("words", [[], ["a"], ["a", "-o", "b"], ["-o", "b", "a"], ["-o", "/b"]])
def test_a_folder_and_an_output_need_no_parser(words: list[str]) -> None:
    assert plain(words)


def test_the_site_is_named_alike_whether_or_not_there_is_something_to_do(
    harbour: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(harbour)
    for words in (["build"], ["build", "."], ["build", "../harbour", "-o", "site"], ["build", "--output", "site"]):
        assert cli.main(words) == 0
        named = capsys.readouterr().out.partition(":")[0]
        while "nothing changed" not in (told := (cli.main(words), capsys.readouterr().out)[1]):
            continue
        assert told.partition(":")[0] == named
