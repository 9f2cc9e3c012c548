"""What a preview under way knows, and every handler is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex, token_urlsafe

from .. import urls
from ..annotating.desk import Desk
from ..problems import Problem, has_errors
from .excerpts import Excerpt

_UNSEEN = ("data/", "search/")


def is_seen(path: str) -> bool:
    """Whether a file of the site is a page, or what pages are drawn with, and not data beside them, or their sizes."""
    return not path.startswith(_UNSEEN) and path not in (urls.DATA, urls.FEED, "sitemap.xml")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build went: the problems met, each with the line it is about, or what kept the site from being written."""

    problems: tuple[Problem, ...] = ()
    excerpts: tuple[Excerpt | None, ...] = ()
    written: int = 0
    deleted: int = 0
    unseen: int = 0
    """Of these, how many no page shows."""
    error: Exception | None = None
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether the site says what the files say."""
        return self.error is None and not has_errors(self.problems)

    @property
    def has_changed_the_site(self) -> bool:
        """Whether a browser would see something new."""
        return self.written + self.deleted > self.unseen

    def says_the_same_as(self, other: Outcome) -> bool:
        """Whether two builds met the same problems."""
        return (self.problems, self.excerpts, str(self.error)) == (other.problems, other.excerpts, str(other.error))


async def _no_build() -> Outcome:
    return Outcome()


@dataclass
class Preview:
    """A preview of the briefing in `folder`, built into `output`."""

    folder: Path
    output: Path
    below: str = "/"
    """The path at which the site is served, as a host might: `/` or `/repo/`."""
    outcome: Outcome = field(default_factory=Outcome)
    """How the last build went."""
    rebuild: Callable[[], Awaitable[Outcome]] = _no_build
    """Build what is on disk now, after the build that may be under way, and say how it went."""
    token: str = field(default_factory=token_urlsafe)
    """Known to the pages of this preview alone."""
    desk: Desk = field(init=False)
    """Where passages are made of what is selected on a page."""
    _run: str = field(default_factory=lambda: token_hex(4))
    _sites: int = 0
    _reports: int = 0

    def __post_init__(self) -> None:
        """Begin with nothing that could be taken back."""
        self.desk = Desk(self.folder)

    def take(self, outcome: Outcome) -> None:
        """A build ended."""
        self._sites += outcome.has_changed_the_site
        self._reports += not outcome.says_the_same_as(self.outcome)
        self.outcome = outcome

    @property
    def site_version(self) -> str:
        """A name for the site as it is served now; a page of another one is old, one of an earlier preview too."""
        return f"{self._run}-{self._sites}"

    @property
    def problems_version(self) -> str:
        """A name for the problems as they are served now."""
        return f"{self._run}-{self._reports}"

    @property
    def has_site(self) -> bool:
        """Whether there is a site to be shown."""
        return (self.output / "index.html").is_file()
