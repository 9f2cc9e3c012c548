"""The preview as a whole: it builds again when a file is saved, keeps the last good site, and ends cleanly."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient

from site_builder.disk.writing import opened
from site_builder.problems import Refused
from site_builder.serving import preview as preview_module
from site_builder.serving.preview import ADDRESS, listening
from site_builder.serving.rebuilding import build_once

from .conftest import edit
from .previews import PATIENCE, heard, running


def test_a_saved_file_is_on_the_page_and_the_browser_is_told(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour) as served, served.page() as page:
            edit(harbour, "site.yaml", "title: ", "title: Din, ")
            assert await heard(page) == "*"
            assert "Din, " in await served.text("")

    asyncio.run(run())


def test_a_broken_save_is_told_and_keeps_the_site_and_a_mended_one_is_shown(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour) as served:
            good = await served.text("claims.html")
            async with served.page() as page:
                edit(harbour, "claims.yaml", "status: accepted", "status: acepted")
                assert await heard(page) == "/_briefing/problems"
                problems = await served.text("_briefing/problems")
                assert 'data-severity="error"' in problems
                assert "annotations/claims.yaml:4:11" in problems
                assert '<span class="at">a</span>cepted' in problems
                assert await served.text("claims.html") == good
                edit(harbour, "claims.yaml", "status: acepted", "status: accepted")
                assert await heard(page) == "/_briefing/problems"
                assert 'data-severity=""' in await served.text("_briefing/problems")
                edit(harbour, "claims.yaml", "status: accepted", "status: unresolved")
                assert await heard(page) == "*"

    asyncio.run(run())


def test_a_save_that_changes_nothing_is_told_to_nobody(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour) as served, served.page() as page:
            edit(harbour, "claims.yaml", "\n", "\n\n")
            await served.preview.rebuild()
            edit(harbour, "site.yaml", "title: ", "title: Din, ")
            assert await heard(page) == "*"
            assert not served.told[0].has_changed_the_site

    asyncio.run(run())


@pytest.mark.parametrize(
    ("site", "problems", "told"), [("old", "", "*"), ("", "old", "/_briefing/problems"), ("old", "old", "*")]
)
def test_a_page_that_was_loaded_before_the_last_build_is_told_so(
    harbour: Path, site: str, problems: str, told: str
) -> None:
    async def run() -> None:
        async with running(harbour) as served, served.page(site, problems) as page:
            assert await heard(page) == told

    asyncio.run(run())


@pytest.mark.parametrize(
    "message", ["", "{", "[]", "null", '{"command": "info"}', '{"command": "info", "plugins": []}', "[" * 9999]
)
def test_a_message_that_is_none_of_ours_is_left_unanswered(
    harbour: Path, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        async with running(harbour) as served, served.page() as page, served.page("old") as old:
            await page.write_message(message)
            assert await heard(old) == "*"

    asyncio.run(run())
    assert not caplog.records


def test_a_briefing_that_was_never_built_shows_its_problems_and_then_its_pages(harbour: Path) -> None:
    shutil.rmtree(harbour / "output")
    edit(harbour, "claims.yaml", "status: accepted", "status: acepted <b>")

    async def run() -> None:
        async with running(harbour) as served:
            answer = await served.get("sources.html")
            assert answer.code == 503
            text = answer.body.decode()
            assert "No site is built yet" in text
            assert "annotations/claims.yaml:4:11" in text
            assert "acepted &lt;b&gt;" in text
            assert "/_briefing/assets/reload.js" in text
            async with served.page() as page:
                edit(harbour, "claims.yaml", "acepted <b>", "accepted")
                assert await heard(page) == "*"
            assert (await served.get("sources.html")).code == 200

    asyncio.run(run())


def test_a_site_that_someone_deletes_is_built_again_when_a_page_is_asked_for(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour) as served:
            before = await served.text("claims.html")
            shutil.rmtree(harbour / "output")
            answers = await asyncio.gather(*(served.get("claims.html") for _ in range(5)))
            assert {answer.code for answer in answers} == {200}
            version = served.preview.site_version
            assert answers[0].body.decode().replace(version, "") == before.replace(version.replace("-1", "-0"), "")

    asyncio.run(run())


def test_what_keeps_the_first_site_from_being_written_ends_the_preview(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour):
            pass

    with opened(harbour / "output"), pytest.raises(Refused, match="another build is writing here"):
        asyncio.run(run())


def test_nothing_of_the_preview_is_in_the_site(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour) as served:
            text = await served.text("")
            port = served.address.rsplit(":", 1)[1].strip("/")
            assert f'<script src="/livereload.js?port={port}&amp;' in text
            assert f"connect-src 'self' ws://{ADDRESS}:{port};" in text
            assert (await served.get("livereload.js")).code == 200

    asyncio.run(run())
    for path in (harbour / "output").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"livereload" not in content, path
            assert b"_briefing" not in content, path


def test_a_file_is_sent_whole_as_a_host_would_name_it(harbour: Path) -> None:
    (harbour / "output" / "photo.unheard-of").write_bytes(b"\0")

    async def run() -> None:
        async with running(harbour) as served:
            for path, kind in (
                ("", "text/html; charset=utf-8"), ("assets/site.css", "text/css; charset=utf-8"),
                ("assets/js/search.js", "text/javascript; charset=utf-8"),
                ("data/briefing.json", "application/json; charset=utf-8"),
                ("data/annotations.jsonld", "application/ld+json; charset=utf-8"),
                ("sources/harbour-notice.txt", "text/plain; charset=utf-8"),
                ("photo.unheard-of", "application/octet-stream"),
            ):  # fmt: skip
                answer = await served.get(path)
                assert (answer.code, answer.headers["Content-Type"]) == (200, kind)
                if "html" not in kind:
                    assert answer.body == (harbour / "output" / path).read_bytes()
            head = await AsyncHTTPClient().fetch(served.address, method="HEAD")
            assert head.headers["Content-Length"] == str(len((await served.get("")).body))

    asyncio.run(run())


def test_what_is_not_there_gets_the_sites_own_page(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour) as served:
            answer = await served.get("nowhere/at/all.html")
            assert answer.code == 404
            assert "Page not found" in answer.body.decode()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.example", 403), ("null", 403), ("http://{ADDRESS}:{port}", 101)]
)
def test_a_page_of_another_site_cannot_listen(harbour: Path, origin: str, status: int) -> None:
    async def run() -> None:
        async with running(harbour) as served:
            port = int(served.address.rsplit(":", 1)[1].strip("/"))
            lines = (
                "GET /livereload HTTP/1.1", f"Host: {ADDRESS}:{port}", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
                f"Origin: {origin.format(ADDRESS=ADDRESS, port=port)}", "", "",
            )  # fmt: skip
            reader, writer = await asyncio.open_connection(ADDRESS, port)
            writer.write("\r\n".join(lines).encode())
            assert (await reader.readline()).startswith(f"HTTP/1.1 {status} ".encode())
            writer.close()

    asyncio.run(run())


def test_below_a_path_the_site_stands_as_on_a_host(harbour: Path) -> None:
    async def run() -> None:
        async with running(harbour, "/re.po/") as served:
            assert served.address.endswith("/re.po/")
            assert (await served.get("claims.html")).code == 200
            root = served.address.removesuffix("re.po/")
            for path in ("", "re.po"):
                answer = await AsyncHTTPClient().fetch(root + path)
                assert answer.effective_url == served.address
            for path in ("claims.html", "re_po/claims.html", "rexpo/"):
                assert (await AsyncHTTPClient().fetch(root + path, raise_error=False)).code == 404
            assert (await AsyncHTTPClient().fetch(root + "_briefing/problems")).code == 200

    asyncio.run(run())


@contextmanager
def taken(*ports: int) -> Iterator[None]:
    with socket.create_server((ADDRESS, ports[0])):
        if ports[1:]:
            with taken(*ports[1:]):
                yield
        else:
            yield


def free_ports(number: int) -> int:
    """The first of so many ports in a row that nobody has."""
    while True:
        with socket.create_server((ADDRESS, 0)) as probe:
            first = int(probe.getsockname()[1])
        try:
            with taken(*range(first, first + number)):
                return first
        except OSError:
            continue


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    first = free_ports(3)
    monkeypatch.setattr(preview_module, "PORT", first)
    monkeypatch.setattr(preview_module, "PORTS", 3)
    with taken(first, first + 1):
        found = listening(None)
        assert found.getsockname() == (ADDRESS, first + 2)
        with pytest.raises(Refused, match=f"the ports {first} to {first + 2} are taken"):
            listening(None)
        found.close()


def test_a_port_that_was_asked_for_is_that_one_or_none() -> None:
    port = free_ports(1)
    with taken(port), pytest.raises(Refused, match=f"port {port} is taken"):
        listening(port)


@contextmanager
def process(folder: Path, *command: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`briefing serve` as a process of its own, and its address once it answers."""
    if not command:
        command = ("-m", "site_builder", "serve", str(folder), "--port", str(free_ports(1)))
    started = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert started.stdout
    try:
        for line in started.stdout:
            if line.startswith("serving"):
                yield started, line.split()[1]
                return
        raise AssertionError(started.communicate()[1])
    finally:
        started.kill()
        started.communicate()


@pytest.mark.programs
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_and_leaves_no_port_and_no_lock(harbour: Path, sign: signal.Signals, code: int) -> None:
    with process(harbour) as (started, address):
        started.send_signal(sign)
        _, errors = started.communicate(timeout=PATIENCE)
    assert started.returncode == code
    assert "Traceback" not in errors
    port = int(address.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(OSError, match="refused"), socket.create_connection((ADDRESS, port), timeout=5):
        pass
    assert build_once(harbour, harbour / "output", lambda *_: None).is_good


# The second build waits for ever, but for its report, and says that it began.
SLOW = """
import sys
from site_builder import cli
from site_builder.serving import rebuilding

real, count = rebuilding.build, []

def slow(*arguments, report, **options):
    count.append(1)
    if len(count) == 1:
        return real(*arguments, report=report, **options)
    print("building", flush=True)
    while True:
        report("reading sources", 0, 1)

rebuilding.build = slow
sys.argv = ["briefing", "serve", sys.argv[1], "--port", sys.argv[2]]
cli.entry()
"""


@pytest.mark.programs
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_during_a_build_ends_it(harbour: Path, sign: signal.Signals, code: int) -> None:
    with process(harbour, "-c", SLOW, str(harbour), str(free_ports(1))) as (started, _):
        edit(harbour, "site.yaml", "title: ", "title: Din, ")
        assert started.stdout
        assert started.stdout.readline() == "building\n"
        started.send_signal(sign)
        _, errors = started.communicate(timeout=PATIENCE)
    assert started.returncode == code
    assert "Traceback" not in errors
