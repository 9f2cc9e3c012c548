"""A real build killed, interrupted, out of disk, or raced: the site is the old one or the new one, never a mix."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.build import build
from site_builder.disk.writing import OWN, opened
from tests.built_sites import copied
from tests.test_build import tree

pytestmark = [pytest.mark.faults]


# Starts the real command line, and sends a signal to itself at the n-th call that touches the output folder.
# Without n it prints how many such calls there are. Forks from one warm process, since there are many n.
DRIVER = """
import os, signal, sys
from pathlib import Path
from site_builder import build, cli, pages, exports
from site_builder.contracts import merging, resolving
from site_builder.disk import writing
from site_builder.markup import markdown, names
import jinja2, frontmatter.default_handlers, site_builder.reading.folder

folder, where, number, moments = sys.argv[1], sys.argv[2], int(sys.argv[3]), [int(n) for n in sys.argv[4:]]
state = {"count": 0, "at": 0, "output": ""}

def touch(event, arguments):
    if event not in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.fsync"):
        return
    paths = [str(a) for a in arguments[:2] if isinstance(a, (str, os.PathLike))]
    if event == "os.fsync" or any(state["output"] in path for path in paths):
        state["count"] += 1
        if state["count"] == state["at"]:
            os.kill(os.getpid(), number)

sys.addaudithook(touch)
fsync = os.fsync
os.fsync = lambda handle: (sys.audit("os.fsync", handle), fsync(handle))[1]

def run(output, at):
    state.update(output=str(output), at=at, count=0)
    sys.argv = ["briefing", "build", folder, "--output", str(output)]
    cli.entry()

if not moments:
    os._exit = sys.exit  # with which a build that went well ends
    try:
        run(where, 0)
    except SystemExit:
        print(state["count"])
        sys.exit()
for at in moments:
    child = os.fork()
    if not child:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1), os.dup2(null, 2)
        run(os.path.join(where, str(at)), at)
    status = os.waitpid(child, 0)[1]
    print(at, os.waitstatus_to_exitcode(status))
"""


def drive(folder: Path, where: Path, number: int, moments: list[int]) -> list[str]:
    """The driver's lines."""
    arguments = [sys.executable, "-c", DRIVER, str(folder), str(where), str(number), *map(str, moments)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


class Sites:
    """A briefing in two states, with the finished site of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "briefing"
        copied("harbour", self.folder)
        self.old, self.new = folder / "old", folder / "new"
        topic = self.folder / "annotations" / "topics" / "traffic.md"
        topic.write_text("---\ntitle: Traffic\n---\nNothing is said of it [analysis].\n", "utf-8")
        build(self.folder, self.old)
        topic.unlink()
        site = self.folder / "annotations" / "site.yaml"
        site.write_text(site.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
        build(self.folder, self.new)
        assert tree(self.old) != tree(self.new)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The two states."""
    return Sites(tmp_path_factory.mktemp("sites"))


def moments(sites: Sites, where: Path, how_many: int) -> list[int]:
    """Moments spread evenly over all calls of a build that touch the output."""
    shutil.copytree(sites.old, where)
    total = int(drive(sites.folder, where, signal.SIGKILL, [])[-1])
    shutil.rmtree(where)
    assert total >= how_many
    return sorted({1 + i * (total - 1) // (how_many - 1) for i in range(how_many)})


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=["SIGKILL", "SIGTERM", "Ctrl-C"]
)
def test_a_build_stopped_at_any_moment_leaves_the_old_site_or_the_new(
    sites: Sites, tmp_path: Path, number: signal.Signals
) -> None:
    if os.name != "posix":
        pytest.skip("signals are a POSIX thing")
    chosen = moments(sites, tmp_path / "counting", 100 if number == signal.SIGKILL else 30)
    for at in chosen:
        shutil.copytree(sites.old, tmp_path / str(at))
    codes = {
        int(at): int(code) for at, code in (line.split() for line in drive(sites.folder, tmp_path, number, chosen))
    }
    old, new = tree(sites.old), tree(sites.new)
    seen = set()
    expected = {signal.SIGKILL: {-9}, signal.SIGTERM: {143, 0}, signal.SIGINT: {130, 0}}[number]
    for at in chosen:
        output = tmp_path / str(at)
        assert codes[at] in expected, at
        if number != signal.SIGKILL:
            assert tree(output) in (old, new), at  # whole at once: nothing is left to the next command
        with opened(output):
            pass
        assert tree(output) in (old, new), at
        seen.add("old" if tree(output) == old else "new")
        assert {p.name for p in (output / OWN).iterdir()} - {"stamps"} == {"lock", "manifest.json"}, at
    assert seen == {"old", "new"}


def test_a_full_disk_leaves_the_old_site(sites: Sites, tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    unshare = require_tool("unshare")
    script = """
    set -e
    mount -t tmpfs -o size="$2"k tmpfs "$1"
    trap 'umount "$1"' EXIT
    cp -a "$3" "$1/output"
    set +e
    "$4" -m site_builder build "$5" --output "$1/output" 2> "$6/errors"
    echo $? > "$6/code"
    cp -a "$1/output" "$6/output"
    """
    old, new = tree(sites.old), tree(sites.new)
    size = sum(4 * (1 + path.stat().st_size // 4096) for path in sites.old.rglob("*")) + 16
    codes = []
    for extra in range(0, 480, 40):
        mount, result = tmp_path / f"mount-{extra}", tmp_path / f"result-{extra}"
        mount.mkdir()
        result.mkdir()
        # Propagation cannot be changed in a root that is no mount of its own; the script takes its mount away again.
        command = [
            unshare,
            "--mount",
            "--propagation",
            "unchanged",
            *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]),
        ]
        arguments = [str(mount), str(size + extra), str(sites.old), sys.executable, str(sites.folder), str(result)]
        subprocess.run([*command, "sh", "-c", script, "sh", *arguments], check=True, capture_output=True)
        code = int((result / "code").read_text())
        assert tree(result / "output") == (new if code == 0 else old), extra
        if code:
            assert code == 3
            errors = (result / "errors").read_text()
            assert "No space left on device" in errors
            assert "Traceback" not in errors
        codes.append(code)
    assert set(codes) == {0, 3}, codes


def test_of_two_builds_at_once_one_wins_and_the_other_says_who_holds_the_lock(sites: Sites, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(sites.old, output)
    command = [sys.executable, "-m", "site_builder", "build", str(sites.folder), "--output", str(output)]
    with opened(output):
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 3
    assert f"another build is writing here (process {os.getpid()})" in refused.stderr
    for _ in range(5):
        builds = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        for each in builds:
            each.communicate()
        codes = sorted(each.returncode for each in builds)
        assert codes in ([0, 0], [0, 3])
        assert tree(output) == tree(sites.new)
