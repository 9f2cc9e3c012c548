"""The wheel alone, away from the checkout, builds the same site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from email import message_from_bytes
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from site_builder import NAME, __version__
from site_builder.starting import STARTER
from site_builder.theme.rendering import shipped_templates
from tests.built_sites import built, copied

pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

CHECKOUT = Path(__file__).parent.parent


def _run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that knows nothing of the checkout, and fail with what it said."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from a copy of what is in the checkout without touching the network."""
    copy = tmp_path_factory.mktemp("checkout")
    for path in CHECKOUT.iterdir():
        if path.is_dir() and path.name in ("site_builder", "templates", "seeds", "annotations", "docs"):
            shutil.copytree(path, copy / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif path.is_file():
            shutil.copy(path, copy)
    (copy / "tests").mkdir()
    (copy / "tests" / "test_nothing.py").write_text("", encoding="utf-8")
    (copy / "README.md").touch()
    place = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, cwd=copy)
    (found,) = place.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel alone is installed."""
    target = tmp_path_factory.mktemp("installed")
    _run(
        sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-index",
        "--target", target, wheel, cwd=target,
    )  # fmt: skip
    return target


def _briefing(installed: Path, cwd: Path, *arguments: str | Path) -> str:
    """Run the installed command, with the libraries of this environment behind it but without its .pth files."""
    libraries = os.pathsep.join(dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))))
    start = "import sys; from site_builder import __file__ as f; print(f); from site_builder.cli import entry; entry()"
    path = f"{installed}{os.pathsep}{libraries}"
    return _run(sys.executable, "-S", "-c", start, *arguments, cwd=cwd, PYTHONPATH=path).stdout


def _copy(name: str, to: Path) -> Path:
    return copied(name, to / name)


def _files(folder: Path) -> dict[str, bytes]:
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {path: content for path, content in files.items() if not path.startswith(".briefing/")}


@pytest.mark.parametrize("name", ["harbour", "tangle"])
def test_the_installed_wheel_builds_the_same_bytes_as_the_checkout(installed: Path, tmp_path: Path, name: str) -> None:
    folder = _copy(name, tmp_path)
    printed = _briefing(installed, tmp_path, "build", folder, "--output", tmp_path / "site")
    assert printed.startswith(str(installed)), "another site_builder than the installed one was run"
    made, ours = _files(tmp_path / "site"), dict(built(name).files)
    assert made.keys() == ours.keys()
    assert [path for path in ours if made[path] != ours[path]] == []


def test_the_installed_command_builds_the_folder_it_stands_in(installed: Path, tmp_path: Path) -> None:
    folder = _copy("smallest", tmp_path)
    _briefing(installed, folder, "build")
    assert _files(folder / "output") == dict(built("smallest").files)


def test_a_users_own_template_takes_the_place_of_the_shipped_one(installed: Path, tmp_path: Path) -> None:
    folder = _copy("smallest", tmp_path)
    (folder / "templates" / "pages").mkdir(parents=True)
    own = '{% extends "base.html" %}{% block main %}<h1>Ours: {{ frame.site_title }}</h1>{% endblock %}'
    (folder / "templates" / "pages" / "home.html").write_text(own, encoding="utf-8")
    _briefing(installed, folder, "build")
    made = _files(folder / "output")
    assert b"<h1>Ours: The smallest briefing</h1>" in made["index.html"]
    theirs = dict(built("smallest").files)
    assert [path for path in theirs if made[path] != theirs[path]] == ["index.html"]


def test_the_wheel_holds_every_template_and_module_and_nothing_of_this_briefing(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    shipped = shipped_templates()
    templates = {
        f"site_builder/templates/{p.relative_to(shipped).as_posix()}" for p in shipped.rglob("*") if p.is_file()
    }
    package = CHECKOUT / "site_builder"
    modules = {f"site_builder/{p.relative_to(package).as_posix()}" for p in package.rglob("*.py")}
    assert names >= templates | modules
    starter = {f"site_builder/starter/{p.relative_to(STARTER).as_posix()}" for p in STARTER.rglob("*") if p.is_file()}
    assert names >= starter, "what briefing new copies"
    preview = {f"site_builder/serving/assets/{p.name}" for p in (package / "serving" / "assets").iterdir()}
    assert names >= preview
    others = names - templates - modules - starter - preview
    marks = {"site_builder/py.typed", "site_builder/rules.md"}
    assert others == marks, "the package says that it is typed, explains its rules, and holds nothing else"


def test_the_wheel_says_what_it_is_and_what_it_needs(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        (scripts,) = [name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt")]
        said = message_from_bytes(archive.read(metadata))
        commands = archive.read(scripts).decode()
        licences = [name for name in archive.namelist() if "/licenses/" in name]
    assert (said["Name"], said["Version"]) == (NAME, __version__)
    needed = {re.split("[<>=]", line)[0] for line in said.get_all("Requires-Dist", []) if "extra ==" not in line}
    assert needed == {
        "ghp-import", "jinja2", "livereload", "markdown-it-py", "python-frontmatter", "pyyaml", "tornado", "watchfiles",
    }  # fmt: skip
    assert "briefing = site_builder.cli:entry" in commands
    assert {PurePosixPath(name).name for name in licences} >= {"LICENSE", "NOTICE"}
