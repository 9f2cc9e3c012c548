"""The preview: it rebuilds when a file is saved, keeps the last good site, and answers nobody else."""

import asyncio
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tornado.websocket import websocket_connect

from site_builder.serving.watching import InputWatcher, snapshot

SITES = Path(__file__).parent.parent / "sites"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """`briefing serve` as a process of its own on a copy of the harbour briefing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", "serve", str(folder), "--port", str(self.port)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("serving"):
                break
        else:
            raise AssertionError(self.process.communicate()[1])

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host} if host else {})
        try:
            with urlopen(request, timeout=10) as answer:  # noqa: S310 our own preview
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def until(self, path: str, words: str) -> str:
        """The page once it holds these words."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            text = self.get(path)[1]
            if words in text:
                return text
        raise AssertionError(f"{words!r} never came to {path}")

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / "annotations" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def stop(self) -> tuple[str, str]:
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=20)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A running preview."""
    shutil.copytree(SITES / "harbour", tmp_path / "harbour", ignore=shutil.ignore_patterns("expected"))
    running = Preview(tmp_path / "harbour")
    yield running
    running.process.kill()
    running.process.communicate()


def test_a_saved_file_is_on_the_page_and_the_browser_is_told(preview: Preview) -> None:
    async def told() -> dict[str, object]:
        url = f"ws://127.0.0.1:{preview.port}/livereload"
        connection = await websocket_connect(url)
        await connection.write_message(json.dumps({"command": "hello"}))
        assert json.loads(await connection.read_message() or "")["command"] == "hello"
        await connection.write_message(json.dumps({"command": "info", "url": "x"}))
        await asyncio.to_thread(preview.edit, "site.yaml", "title: ", "title: Din, ")
        message = await asyncio.wait_for(connection.read_message(), 20)
        connection.close()
        assert await connection.read_message() is None  # closed on both sides
        return dict(json.loads(message or ""))

    message = asyncio.run(told())
    assert message["command"] == "reload"
    assert "Din, " in preview.get("/")[1]


def test_a_broken_save_keeps_the_last_good_site_and_a_mended_one_is_shown(preview: Preview) -> None:
    good = preview.get("/claims.html")[1]
    preview.edit("claims.yaml", "status: accepted", "status: acepted")
    preview.edit("site.yaml", "title: ", "title: Din, ")
    assert preview.process.stderr
    line = preview.process.stderr.readline()
    assert line.startswith("annotations/claims.yaml:")
    assert "error[bad-value]" in line
    assert preview.get("/claims.html")[1] == good
    preview.edit("claims.yaml", "status: acepted", "status: unresolved")
    assert "unresolved" in preview.until("/claims.html", "Din, ")


def test_the_reload_script_is_on_the_served_page_and_not_in_the_site(preview: Preview) -> None:
    served = preview.get("/index.html")[1]
    assert f'<script src="/livereload.js?port={preview.port}" defer></script></head>' in served
    assert "connect-src 'self' ws:" in served
    assert preview.get("/livereload.js")[0] == 200
    assert "livereload" not in (preview.folder / "output" / "index.html").read_text("utf-8")


def test_what_is_not_there_gets_the_sites_own_page(preview: Preview) -> None:
    status, text = preview.get("/nowhere/at/all.html")
    assert status == 404
    assert "Page not found" in text


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "evil.example", 403),
        ("/", "evil.example:80", 403),
        ("/.briefing/manifest.json", "", 404),
        ("/.nojekyll", "", 404),
        ("/%00", "", 400),
        ("/../annotations/site.yaml", "", 403),
        ("/%2e%2e/annotations/site.yaml", "", 403),
        ("/forcereload", "", 404),
    ],
)
def test_hostile_requests_are_refused(preview: Preview, path: str, host: str, status: int) -> None:
    assert preview.get(path, host)[0] == status


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example", 403), ("http://127.0.0.1:{port}", 101)])
def test_a_page_of_another_site_cannot_listen(preview: Preview, origin: str, status: int) -> None:
    lines = (
        "GET /livereload HTTP/1.1", f"Host: 127.0.0.1:{preview.port}", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
        f"Origin: {origin.format(port=preview.port)}", "", "",
    )  # fmt: skip
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode())
        assert connection.recv(200).startswith(f"HTTP/1.1 {status} ".encode())


def test_ctrl_c_ends_it_and_leaves_nothing(preview: Preview) -> None:
    _, errors = preview.stop()
    assert preview.process.returncode == 130
    assert "Traceback" not in errors
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.1", preview.port), timeout=5):
        pass


# The second build sends the signal to its own process.
SIGNALLED = """
import os, signal, sys
from site_builder import build, cli

real, count = build.build, []

def signalled(*arguments, **options):
    count.append(1)
    if len(count) == 2:
        os.kill(os.getpid(), signal.SIGTERM)
    return real(*arguments, **options)

build.build = signalled
sys.argv = ["briefing", "serve", sys.argv[1], "--port", sys.argv[2]]
cli.entry()
"""


def test_sigterm_during_a_rebuild_ends_it(tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    shutil.copytree(SITES / "harbour", folder, ignore=shutil.ignore_patterns("expected"))
    command = [sys.executable, "-c", SIGNALLED, str(folder), str(free_port())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    for line in process.stdout:
        if line.startswith("serving"):
            break
    (folder / "annotations" / "entities.yaml").write_text("[]\n", "utf-8")
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 143
    assert "Traceback" not in errors


def test_a_taken_port_is_said_in_a_line(preview: Preview, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "site_builder", "serve", str(SITES / "harbour"), "-o", str(tmp_path / "out")]
    done = subprocess.run([*command, "--port", str(preview.port)], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert f"port {preview.port} is taken" in done.stderr


def test_new_changed_and_deleted_files_are_one_change_each(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    calls = []

    def rebuild() -> bool:
        calls.append(snapshot(tmp_path))
        return True

    watcher = InputWatcher(tmp_path, rebuild)
    assert watcher.examine() == (None, None)
    for number in range(40):
        (tmp_path / "annotations" / f"{number}.yaml").write_text("x", "utf-8")
    assert watcher.examine() == ("*", None)
    assert watcher.examine() == (None, None)
    (tmp_path / "annotations" / "1.yaml").unlink()
    assert watcher.examine() == ("*", None)
    (tmp_path / "elsewhere.txt").write_text("x", "utf-8")
    assert watcher.examine() == (None, None)
    assert len(calls) == 2
