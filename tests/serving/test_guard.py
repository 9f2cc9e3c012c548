"""The guard: who is answered by the preview."""

import asyncio
import json
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from site_builder.serving import routes
from site_builder.serving.guard import BODY_LIMIT, Answers, is_same_origin, is_this_machine, version
from site_builder.serving.preview import application
from site_builder.serving.state import Preview


class Echo(Answers):
    """Gives back what it is given."""

    def get(self) -> None:
        self.answer({"method": "GET"})

    def post(self) -> None:
        self.answer(self.given())


@dataclass
class Asked:
    status: int
    text: str
    headers: dict[str, str]


Ask = Callable[..., Asked]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return a way to ask a preview of a site of two files; `{host}` in a header stands for its address."""
    monkeypatch.setattr(routes, "ROUTES", (*routes.ROUTES, (r"/_briefing/echo", Echo)))
    site = tmp_path / "output"
    (site / ".git").mkdir(parents=True)
    (site / "index.html").write_text("<!doctype html><head></head><h1>Pages</h1>", "utf-8")
    (site / "404.html").write_text("<!doctype html><head></head><h1>Page not found</h1>", "utf-8")
    (site / ".git" / "config").write_text("secret", "utf-8")
    (tmp_path / "outside.txt").write_text("secret", "utf-8")
    (site / "link.txt").symlink_to(tmp_path / "outside.txt")
    (site / "folder").symlink_to(tmp_path)

    async def answer(path: str, method: str, headers: dict[str, str], body: bytes | None) -> HTTPResponse:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        server = application(Preview(tmp_path, site)).listen(port, address="127.0.0.1")
        given = {name: value.replace("{host}", f"127.0.0.1:{port}") for name, value in headers.items()}
        try:
            return await AsyncHTTPClient().fetch(
                f"http://127.0.0.1:{port}{path}", raise_error=False, method=method, headers=given, body=body
            )
        finally:
            server.stop()
            await server.close_all_connections()

    def ask(path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Asked:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        got = asyncio.run(answer(path, method, given, body))
        assert "Access-Control-Allow-Origin" not in got.headers
        return Asked(got.code, got.body.decode(), dict(got.headers))

    return ask


HERE = {"Origin": "http://{host}", "Sec_Fetch_Site": "same-origin", "Content_Type": "application/json"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:80"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "localhost.evil.example:8000"}, 403),
        ({"Sec_Fetch_Site": "none"}, 200),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, 403),
    ],
)
def test_a_page_is_read_by_this_machine_and_by_those_who_follow_a_link(
    ask: Ask, headers: dict[str, str], status: int
) -> None:
    for path in ("/", "/_briefing/echo", "/livereload.js"):
        assert ask(path, **headers).status == status


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "evil.example"}),
        ("/nowhere", {"Host": "evil.example"}),
        ("/_briefing/problems", {"Host": "evil.example"}),
        ("/", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}),
        ("/folder/outside.txt", {}),
    ],
)
def test_who_is_refused_is_told_no_token_and_given_no_script(ask: Ask, path: str, headers: dict[str, str]) -> None:
    refused = ask(path, **headers)
    assert refused.status == 403
    assert "briefing-token" not in refused.text
    assert "<script" not in refused.text
    assert "briefing-token" in ask("/").text


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"Sec_Fetch_Site": None}, 200),
        ({"Origin": None}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "https://{host}"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://localhost"}, 403),
        ({"Origin": "http://[broken"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Content_Type": "text/plain"}, 415),
    ],
)
def test_only_a_page_of_the_preview_may_change_something(ask: Ask, changed: dict[str, str | None], status: int) -> None:
    headers = {name: value for name, value in {**HERE, **changed}.items() if value is not None}
    got = ask("/_briefing/echo", "POST", b'{"words": "no"}', **headers)
    assert got.status == status
    assert json.loads(got.text) == {"words": "no"} if status == 200 else json.loads(got.text)["error"]


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"[]", 400), (b"[" * 60_000, 400), (b"\xff", 400), (b"{}", 200)]
)
def test_what_is_no_json_object_is_refused_in_words(ask: Ask, body: bytes, status: int) -> None:
    got = ask("/_briefing/echo", "POST", body, **HERE)
    assert got.status == status
    assert "Traceback" not in got.text


def test_a_request_brings_only_so_much(ask: Ask) -> None:
    assert ask("/_briefing/echo", "POST", b'"' + b"x" * BODY_LIMIT + b'"', **HERE).status == 413


def test_a_method_that_nobody_takes_is_refused_in_words(ask: Ask) -> None:
    got = ask("/_briefing/echo", "DELETE", **HERE)
    assert got.status == 405
    assert json.loads(got.text)["error"] == "Method Not Allowed"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/.git/config", 404),
        ("/%2egit/config", 404),
        ("/.nojekyll", 404),
        ("/../outside.txt", 403),
        ("/%2e%2e/outside.txt", 403),
        ("/..%2foutside.txt", 403),
        ("//evil/%2e%2e/%2e%2e/outside.txt", 403),
        ("/link.txt", 403),
        ("/folder/outside.txt", 403),
        ("/%00", 400),
        ("/a%00.html", 400),
        ("/forcereload", 404),
        ("/_briefing/nothing", 404),
        ("/_briefing/assets/../guard.py", 404),
        ("/_briefing/assets/guard.py", 404),
    ],
)
def test_nothing_but_the_site_is_served(ask: Ask, path: str, status: int) -> None:
    got = ask(path)
    assert got.status == status
    assert "secret" not in got.text
    assert "Traceback" not in got.text


def test_who_comes_by_another_name_is_told_the_right_one(ask: Ask) -> None:
    assert "<h1>403 Go to 127.0.0.1 or localhost instead</h1>" in ask("/", Host="0.0.0.0:8000").text


def test_an_answer_is_not_kept_framed_or_embedded(ask: Ask) -> None:
    for path in ("/", "/_briefing/echo", "/livereload.js", "/nowhere.html"):
        headers = ask(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_script_is_kept_where_it_was_asked_for_by_its_very_bytes(ask: Ask) -> None:
    address = "/_briefing/assets/reload.js"
    own = version((routes.ASSETS / "reload.js").read_bytes())
    assert ask(f"{address}?v={own}").headers["Cache-Control"] == "private, max-age=31536000, immutable"
    for other in ("", "?v=", "?v=0123456789abcdef"):
        assert ask(f"{address}{other}").headers["Cache-Control"] == "no-store"
    assert f'src="{address}?v={own}"' in ask("/").text
    text = ask("/").text
    asked = [address.replace("&amp;", "&") for address in re.findall(r'src="(/[^"]+)"', text)]
    styles = [
        style for address in asked for style in re.findall(r"/_briefing/assets/[a-z-]+\.css[^\"]*", ask(address).text)
    ]
    assert len(styles) == 2
    for each in (*asked, *styles):
        assert "immutable" in ask(each).headers["Cache-Control"], each
    page = version(b"<!doctype html><head></head><h1>Pages</h1>")
    assert ask(f"/index.html?v={page}").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("LocalHost:80", True), ("127.0.0.1", True), ("[::1]", True), ("[::1]:9", True),
        ("", False), ("127.0.0.1.evil.example", False), ('localhost:80"><script>', False), ("localhost:", False),
        ("0.0.0.0:8000", False), ("evil.example:8000", False), ("localhost\n", False),
    ],
)  # fmt: skip
def test_a_host_is_a_name_of_this_machine(host: str, is_ours: bool) -> None:
    assert is_this_machine(host) is is_ours


def test_an_origin_is_the_whole_address_of_this_machine() -> None:
    assert is_same_origin("http://localhost:8000", "localhost:8000")
    assert not is_same_origin("http://evil.example", "evil.example")
    assert not is_same_origin("http://localhost:8000@evil.example", "localhost:8000")
