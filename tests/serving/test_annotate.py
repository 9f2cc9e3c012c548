"""Annotating over HTTP: pages of this preview alone, in JSON, with words for whatever cannot be done."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from site_builder.amending import Changed
from site_builder.annotating import desk as desk_module
from site_builder.annotating.desk import Selection
from site_builder.annotating.spelling import Wish
from site_builder.serving.annotate import TOKEN_HEADER
from site_builder.serving.preview import application
from site_builder.serving.state import Preview

from .conftest import edit

WORDS = "120 complaints"
START = 62 + len("received ")
SELECTION = {"source": "harbour-notice", "start": START, "end": START + len(WORDS), "words": WORDS}
WISH = {
    "id": "din",
    "topics": ["noise"],
    "said_by": "harbour-board",
    "stance": "asserts",
    "note": "a\r\nb",
    "is_private": True,
    "with_figures": True,
}
FILE = "annotations/sources/harbour-notice.yaml"


class Client:
    """Asks one preview as a page of it would, or as somebody else."""

    def __init__(self, folder: Path) -> None:
        self.preview = Preview(folder, folder / "output")

    def ask(self, *requests: tuple[str, str, Mapping[str, Any] | None], **headers: str | None) -> list[tuple[int, Any]]:
        """Answers to requests (method, address, JSON), in order; a header that is None is left out."""

        async def run() -> list[tuple[int, Any]]:
            listener, port = bind_unused_port()
            server = HTTPServer(application(self.preview))
            server.add_socket(listener)
            here = {
                "Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/json", TOKEN_HEADER: self.preview.token,
            }  # fmt: skip
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            sent = {name: value for name, value in {**here, **given}.items() if value is not None}
            found = []
            for method, path, body in requests:
                answer = await AsyncHTTPClient().fetch(
                    f"http://127.0.0.1:{port}/_briefing/annotate/{path}", raise_error=False, method=method,
                    headers=sent, body=None if body is None else json.dumps(body), allow_nonstandard_methods=True,
                )  # fmt: skip
                found.append((answer.code, json.loads(answer.body)))
            server.stop()
            await server.close_all_connections()
            return found

        return asyncio.run(run())


@pytest.fixture
def client(harbour: Path) -> Client:
    """Return a client of a preview of the harbour briefing."""
    return Client(harbour)


def test_a_selection_is_offered_drafted_appended_and_taken_back(client: Client, harbour: Path) -> None:
    before = (harbour / FILE).read_bytes()
    offer, draft, append, last, undo, nothing = client.ask(
        ("POST", "offer", SELECTION),
        ("POST", "draft", {**SELECTION, **WISH}),
        ("POST", "append", {**SELECTION, **WISH}),
        ("GET", "last", None),
        ("DELETE", "last", {"source": "harbour-notice", "passage": "din"}),
        ("GET", "last", None),
    )
    assert offer[0] == 200
    assert (offer[1]["id"], offer[1]["words"], offer[1]["widened"]) == ("120-complaints", WORDS, False)
    assert offer[1]["topics"] == [{"id": "noise", "title": "Noise", "theme": "blue", "letter": "N"}]
    assert "denies" in offer[1]["stances"]
    assert draft[0] == 200
    assert draft[1]["problems"] == []
    assert "note:\n      text: |-\n        a\n        b\n      private: true\n" in draft[1]["yaml"]
    place = {"source": "harbour-notice", "passage": "din", "path": FILE, "anchor": "p-din"}
    assert append == (200, place)
    assert last == (200, {"last": place})
    assert undo == (200, {**place, "last": None})
    assert nothing == (200, {"last": None})
    assert (harbour / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "headers",
    [
        {TOKEN_HEADER: None},
        {TOKEN_HEADER: "x"},
        {TOKEN_HEADER: "\u00e9"},
        {"Origin": None},
        {"Origin": "http://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Host": "evil.example"},
    ],
    ids=str,
)
def test_a_stranger_changes_nothing(client: Client, harbour: Path, headers: dict[str, str | None]) -> None:
    before = (harbour / FILE).read_bytes()
    client.preview.desk.append(Selection("harbour-notice", START, START + len(WORDS), WORDS), Wish(id="mine"))
    mine = (harbour / FILE).read_bytes()
    answers = client.ask(
        ("POST", "append", {**SELECTION, **WISH}),
        ("DELETE", "last", {"source": "harbour-notice", "passage": "mine"}),
        **headers,
    )
    assert [status for status, _ in answers] == [403, 403]
    assert (harbour / FILE).read_bytes() == mine != before


def test_a_form_of_another_page_cannot_post(client: Client) -> None:
    assert client.ask(("POST", "append", {**SELECTION, **WISH}), Content_Type="text/plain")[0][0] == 415


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"start": "71"}, 400),
        ({"start": True}, 400),
        ({"end": None}, 400),
        ({"end": 1.5}, 400),
        ({"words": 5}, 400),
        ({"words": "\ud800"}, 400),
        ({"topics": "noise"}, 400),
        ({"topics": [5]}, 400),
        ({"id": ["din"]}, 400),
        ({"note": {}}, 400),
        ({"start": 10**30, "end": 10**31}, 409),
        ({"words": "121 complaints"}, 409),
        ({"source": "../site"}, 409),
        ({"source": "harbour-notice.yaml"}, 409),
        ({"source": ""}, 409),
        ({"id": ""}, 422),
        ({"id": "statement"}, 422),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_words(client: Client, changed: dict[str, Any], status: int) -> None:
    ((found, said),) = client.ask(("POST", "append", {**SELECTION, **WISH, **changed}))
    assert found == status
    assert said["error"] or said["problems"]
    assert client.preview.desk.last is None


def test_a_file_saved_half_way_is_told_with_its_place(client: Client, harbour: Path) -> None:
    edit(harbour, "sources/harbour-notice.yaml", "topics: [noise]", "topics: [noise")
    ((status, said),) = client.ask(("POST", "append", {**SELECTION, **WISH}))
    assert status == 422
    assert [p["rule"] for p in said["problems"]] == ["yaml-syntax"]
    assert said["problems"][0]["place"].startswith(FILE)
    assert said["problems"][0]["hint"]


def test_what_another_saved_at_the_same_moment_is_told_as_a_conflict(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object) -> None:
        raise Changed

    monkeypatch.setattr(desk_module, "amend", taken)
    ((status, said),) = client.ask(("POST", "append", {**SELECTION, **WISH}))
    assert (status, said["hint"]) == (409, "try again")


def test_a_disk_that_is_full_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desk_module, "amend", full)
    ((status, said),) = client.ask(("POST", "append", {**SELECTION, **WISH}))
    assert status == 500
    assert "No space left on device" in said["error"]


def test_what_was_not_appended_last_is_not_taken_back(client: Client) -> None:
    ((status, said),) = client.ask(("DELETE", "last", {"source": "harbour-notice", "passage": "statement"}))
    assert status == 409
    assert said["error"]
