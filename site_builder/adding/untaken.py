"""Why a text cannot be taken, as a value: many texts are looked at, and all of what is wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterable

from ..frozen import dataclass


class NoText(Exception):
    """What is wrong with one text: a sentence, and what to do. `is_ours` when the fault is this machine's."""

    def __init__(self, message: str, hint: str = "", *, is_ours: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint, self.is_ours = message, hint, is_ours


@dataclass(frozen=True, slots=True)
class Trouble:
    """A text as it was given, and why it cannot be taken."""

    given: str
    message: str
    hint: str
    is_ours: bool


class Untaken(Exception):
    """Some texts cannot be taken, and none was; `troubles` holds every reason, in the order of the texts."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__(f"{len(self.troubles)} texts")
