"""Annotating from a page of the preview: what a selection offers, the YAML, putting it into the file, taking it back.

Whoever asks has to be a page of this preview (see `guard`) and to know the preview's token, which stands in those pages
alone. A source is named by its id; no path comes from the browser.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar, get_args

from tornado import web
from tornado.ioloop import IOLoop

from ..annotating.desk import Appended, Declined, Desk, Selection, Wrong
from ..annotating.spelling import Wish
from ..problems import Problem, Refused, clipped, printable
from ..records import Stance
from ..urls import passage_anchor
from .guard import Answers

T = TypeVar("T")

TOKEN_HEADER = "X-Briefing-Token"  # noqa: S105 the header's name


class Annotating(Answers):
    """What all requests here have: the token, and an answer in words when something cannot be done."""

    def prepare(self) -> None:
        """Refuse who does not know the token."""
        super().prepare()
        token = self.request.headers.get(TOKEN_HEADER, "")
        if not hmac.compare_digest(token.encode(), self.preview.token.encode()):
            raise web.HTTPError(403, reason="This page is of an earlier preview: load it again")

    async def at_desk(self, work: Callable[[Desk], T]) -> T | None:
        """What the desk says, asked for beside the event loop; None when it refused and the answer is given."""
        desk = self.preview.desk

        def in_turn() -> T:
            with desk.turn:
                return work(desk)

        try:
            return await IOLoop.current().run_in_executor(None, in_turn)
        except Wrong as wrong:
            self.answer({"error": "", "hint": "", "problems": _problems(wrong.problems)}, 422)
        except Declined as declined:
            self.refuse(409 if declined.is_stale else 422, _shown(declined.message), _shown(declined.hint))
        except Refused as refused:
            self.refuse(422, _shown(str(refused)), _shown(refused.hint))
        except OSError as error:
            self.refuse(500, f"the file cannot be written: {error.strerror or error}", "nothing was changed")
        return None


class OfferIt(Annotating):
    """What there is to choose from for a selection."""

    async def post(self) -> None:
        """Answer with it."""
        selection = _selection(self.given())
        offer = await self.at_desk(lambda desk: desk.offer(selection))
        if offer:
            self.answer(
                {
                    "start": offer.span.start, "end": offer.span.end, "words": offer.words, "id": offer.id,
                    "widened": offer.is_widened, "has_figures": offer.has_figures, "stances": get_args(Stance),
                    "topics": [asdict(t) for t in offer.topics], "voices": [asdict(v) for v in offer.voices],
                }
            )  # fmt: skip


class DraftIt(Annotating):
    """The YAML of a passage, and what is wrong with it."""

    async def post(self) -> None:
        """Answer with it."""
        given = self.given()
        selection, wish = _selection(given), _wish(given)
        draft = await self.at_desk(lambda desk: desk.draft(selection, wish))
        if draft:
            problems = _problems(draft.problems)
            by_hand, hint = _shown(draft.by_hand), _shown(draft.hint)
            self.answer({"yaml": draft.yaml, "problems": problems, "by_hand": by_hand, "hint": hint})


class AppendIt(Annotating):
    """Puts a passage into its source's file."""

    async def post(self) -> None:
        """Do it, and say where."""
        given = self.given()
        selection, wish = _selection(given), _wish(given)
        done = await self.at_desk(lambda desk: desk.append(selection, wish))
        if done:
            self.answer(_done(done))


class Last(Annotating):
    """What was appended last since the preview began; it can be taken back."""

    def get(self) -> None:
        """Answer with it."""
        last = self.preview.desk.last
        self.answer({"last": _done(last) if last else None})

    async def delete(self) -> None:
        """Take it back, if it is what the page thinks it is, and say what is last then."""
        given = self.given()
        source, name = _text(given, "source"), _text(given, "passage")
        done = await self.at_desk(lambda desk: desk.undo(source, name))
        if done:
            last = self.preview.desk.last
            self.answer({**_done(done), "last": _done(last) if last else None})


ROUTES: tuple[tuple[str, type[Annotating]], ...] = (
    (r"/_briefing/annotate/offer", OfferIt),
    (r"/_briefing/annotate/draft", DraftIt),
    (r"/_briefing/annotate/append", AppendIt),
    (r"/_briefing/annotate/last", Last),
)


def _done(done: Appended) -> dict[str, str]:
    return {
        "source": done.source, "passage": done.passage, "path": done.path, "anchor": passage_anchor(done.passage),
    }  # fmt: skip


def _problems(problems: Sequence[Problem]) -> list[dict[str, str]]:
    return [
        {
            "place": _shown(str(p.place)), "severity": p.severity, "rule": p.rule, "message": _shown(p.message),
            "hint": _shown(p.hint),
        }
        for p in problems
    ]  # fmt: skip


def _shown(words: str) -> str:
    return printable(clipped(words))


def _selection(given: Mapping[str, Any]) -> Selection:
    start, end = (given.get(name) for name in ("start", "end"))
    if type(start) is not int or type(end) is not int:
        raise web.HTTPError(400, reason="start and end are whole numbers")
    return Selection(_text(given, "source"), start, end, _text(given, "words"))


def _wish(given: Mapping[str, Any]) -> Wish:
    topics = given.get("topics", [])
    if not isinstance(topics, list) or not all(isinstance(t, str) for t in topics):
        raise web.HTTPError(400, reason="topics is a list of ids")
    return Wish(
        id=_text(given, "id").strip(),
        topics=tuple(topics),
        said_by=_text(given, "said_by").strip(),
        stance=_text(given, "stance").strip(),
        note=_text(given, "note").replace("\r\n", "\n"),
        is_private=given.get("is_private") is True,
        with_figures=given.get("with_figures") is True,
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or any("\ud800" <= c <= "\udfff" for c in value):
        raise web.HTTPError(400, reason=f"{name} is a text")
    return value
