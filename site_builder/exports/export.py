"""A file of the export: where it goes, and how its bytes are made when they are wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Export(NamedTuple):
    """A file of the site that is no page.

    Most are made on every build and kept when the bytes are the same. One that is slow to make says what it is
    `made_from`: a value whose `repr` changes with the bytes. While that is the old one, `content` is not called.
    """

    path: str
    content: Callable[[], bytes]
    made_from: object = None
