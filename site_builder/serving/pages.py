"""The pages as the preview serves them: the site's, with the preview's scripts put in, and the one of its problems."""

from __future__ import annotations

import os
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tornado import httputil, web

from ..printing import counted
from ..problems import Problem, Refused, clipped, printable
from .excerpts import Excerpt
from .guard import Guarded, version
from .routes import ASSETS, tags
from .state import Outcome, Preview

if TYPE_CHECKING:
    from jinja2 import Template

SHOWN = 200
"""Problems shown at once; the terminal has them all."""

_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'"
_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2",
    ".txt": "text/plain", ".csv": "text/csv", ".json": "application/json", ".jsonld": "application/ld+json",
    ".xml": "application/xml", ".bib": "text/plain", ".ris": "text/plain",
}  # fmt: skip
_PAGES = (200, 404, 503)  # a page, the one for what is not there, the problems while there is no site
# Where scripts go in: before a head's end, else after what opens a page.
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_ASSETS = f"assets{os.sep}"
_ASSET = re.compile(rb'(?P<begin> (?:href|src)="(?:\.\./)*)(?P<path>assets/[a-z0-9/_-]+\.(?:css|js))"')
_FONT = re.compile(rb'(?<=url\(")[a-z0-9/_-]+\.woff2(?="\))')
_OPENING = re.compile(rb"\A\s*(?:<!doctype[^>]*>)?\s*(?:<html[^>]*>)?\s*(?:<head[^>]*>)?", re.IGNORECASE)


class SitePage(Guarded, web.StaticFileHandler):
    """A file of the site."""

    def initialize(self, preview: Preview) -> None:  # type: ignore[override]  # tornado's own signature varies too
        """Serve from the preview's output folder."""
        Guarded.initialize(self, preview)
        web.StaticFileHandler.initialize(self, str(preview.output), "index.html")

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: ARG002 a HEAD is told by its method
        """Send it. A site that someone deleted is built again first; while there is none, the problems are shown."""
        if not self.preview.has_site and self.preview.outcome.is_good:
            await self.preview.rebuild()
        if not self.preview.has_site:
            self.set_status(503)
            send_problems(self)
            return
        self.path = self.parse_url_path(path)
        found = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))
        if found is not None:  # else the answer leads to where it is
            self.absolute_path = found
            self.set_header("Content-Type", self.get_content_type())
            content = self._content()
            if self.path.startswith(_ASSETS) and self.get_query_argument("v", ""):
                content = asset(Path(found), content)
                self.keep(content)
            self.finish(content)

    def _content(self) -> bytes:
        """The file at once: a build may put another in its place between two looks at it."""
        try:
            return Path(self.absolute_path or "").read_bytes()
        except OSError as error:
            raise web.HTTPError(404) from error

    def get_content_type(self) -> str:
        """As a host would say it, whatever this system knows of file names; texts are UTF-8."""
        path = Path(self.absolute_path or "")
        found = _TYPES.get(path.suffix) or super().get_content_type()
        return f"{found}; charset=utf-8" if found.startswith("text/") or found.endswith(("json", "xml")) else found

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse dot files, and whatever lies outside the site, by a link too."""
        parts = Path(os.path.relpath(absolute_path, root)).parts
        if any(part.startswith(".") for part in parts):
            raise web.HTTPError(404)
        real = os.path.realpath(absolute_path)
        if not Path(real).is_relative_to(os.path.realpath(root)):
            raise web.HTTPError(403)
        return super().validate_absolute_path(root, absolute_path)

    def compute_etag(self) -> str | None:
        """None: nothing is kept, and what is put in on the way is not the file's."""
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """The site's own page for what is not there, as a web server would show it."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        page = self.preview.output / "404.html"
        if status_code == 404 and page.is_file():
            self.finish(anywhere(page.read_bytes(), self.preview.below))
        else:
            words = f"{status_code} {escape(self._reason)}"
            self.finish(f'<!doctype html><html lang="en"><title>{words}</title><h1>{words}</h1>')


_STYLE = re.compile(rb'href="([^"]*)assets/site\.css"')


def anywhere(page: bytes, root: str) -> bytes:
    """The page for what is not there, with links that lead from any depth to the site as the preview has it at `root`:
    those that it was built with lead from the top, or from where the site is published."""
    style = _STYLE.search(page)
    if style is None:
        return page  # a template of the user's own, that does without
    link = re.compile(rb'((?:href|src)=")' + re.escape(style[1]) + rb"(?!(?:[a-z][a-z0-9+.-]*:|/|#))", re.IGNORECASE)
    return link.sub(rb"\g<1>" + root.encode(), page)


class Problems(Guarded):
    """The problems of the last build, as a page of their own; other pages show what it holds."""

    def get(self) -> None:
        """Send it."""
        send_problems(self)


def send_problems(handler: Guarded) -> None:
    """Answer with the page of the problems."""
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Content-Security-Policy", f"{_POLICY}; frame-ancestors 'none'")
    handler.finish(problems_page(handler.preview))


def problems_page(preview: Preview) -> str:
    """The page of the problems of the last build."""
    outcome = preview.outcome
    first_errors = sorted(
        zip(outcome.problems, outcome.excerpts, strict=True), key=lambda found: found[0].severity != "error"
    )
    return _template().render(
        severity=severity(outcome), summary=summary(outcome), has_site=preview.has_site,
        version=preview.problems_version, error=refusal(outcome.error), has_errors=not outcome.is_good,
        problems=[shown(*found) for found in first_errors[:SHOWN]], more=max(0, len(first_errors) - SHOWN),
    )  # fmt: skip


def severity(outcome: Outcome) -> str:
    """`error` when the site is not what the files say, `warning` when it is but something is odd, else empty."""
    if not outcome.is_good:
        return "error"
    return "warning" if outcome.problems else ""


def summary(outcome: Outcome) -> str:
    """How many problems there are, in a few words."""
    counts = counted(outcome.problems)
    return ", ".join(("the site cannot be written", *counts) if outcome.error else counts)


def refusal(error: Exception | None) -> dict[str, str]:
    """What kept the site from being written, in a sentence and a hint."""
    if error is None:
        return {}
    if isinstance(error, Refused):
        return {"message": str(error), "hint": error.hint}
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return {"message": f"{where}{error.strerror or error}", "hint": "it is tried again every few seconds"}
    message = f"internal error: {type(error).__name__}: {error}"
    return {"message": message, "hint": "this is a bug; please report it with what the terminal says"}


def shown(problem: Problem, excerpt: Excerpt | None) -> dict[str, object]:
    """A problem as the page shows it, with what cannot be seen escaped."""
    return {
        "place": printable(str(problem.place)), "severity": problem.severity, "rule": problem.rule,
        "parts": _parts(problem), "hint": printable(clipped(problem.hint)), "excerpt": excerpt,
    }  # fmt: skip


_CHANGED = re.compile(r"\[-(?P<yours>.*?)-\]|\{\+(?P<text>.*?)\+\}")


def _parts(problem: Problem) -> list[tuple[str, str]]:
    """A problem's message in parts, of a diff each with the name of its element: `del` is yours, `ins` the text's."""
    message, parts, at = printable(clipped(problem.message)), list[tuple[str, str]](), 0
    for found in _CHANGED.finditer(message) if problem.rule == "quote-drifted" else ():
        kind = "del" if found["yours"] is not None else "ins"
        parts += [("", message[at : found.start()]), (kind, found["yours"] or found["text"] or "")]
        at = found.end()
    return [*parts, ("", message[at:])]


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("problems.html")


class Injector(web.OutputTransform):
    """Puts the preview's tags into pages on their way out, and lets livereload call home through their own policy."""

    preview: Preview

    def __init__(self, request: httputil.HTTPServerRequest) -> None:
        super().__init__(request)
        self.host = request.host

    def transform_first_chunk(
        self,
        status_code: int,
        headers: httputil.HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002 tornado's own signature
    ) -> tuple[int, httputil.HTTPHeaders, bytes]:
        """Put them in; who was refused gets nothing of the preview, least of all its token."""
        if status_code in _PAGES and "text/html" in headers.get("Content-Type", ""):
            before = len(chunk)
            chunk = with_versions(chunk, self.preview.output)
            put_in = tags(self.preview.site_version, self.preview.token, self.host)
            chunk = with_tags(chunk, put_in, self.host)
            if "Content-Length" in headers:
                headers["Content-Length"] = str(int(headers["Content-Length"]) + len(chunk) - before)
        return status_code, headers, chunk


def with_tags(page: bytes, put_in: str, host: str) -> bytes:
    """A page, or its beginning, with tags in its head, and with a policy that lets a socket call home."""
    page = page.replace(b"connect-src 'self'", f"connect-src 'self' ws://{host}".encode(), 1)
    found = _HEAD_END.search(page) or _OPENING.match(page)
    at = 0 if found is None else found.start() if found.re is _HEAD_END else found.end()
    return page[:at] + put_in.encode() + page[at:]


def with_versions(page: bytes, output: Path) -> bytes:
    """A page whose head asks for the scripts and styles of the site by what is in them: so a browser keeps them when it
    loads the page again, and asks anew for what is another."""
    end = _HEAD_END.search(page)
    head = page[: end.start()] if end else b""

    def versioned(found: re.Match[bytes]) -> bytes:
        path = output / found["path"].decode()
        known = b"?v=" + version(asset(path, path.read_bytes())).encode() if path.is_file() else b""
        return found["begin"] + found["path"] + known + b'"'

    return _ASSET.sub(versioned, head) + page[len(head) :]


def asset(path: Path, content: bytes) -> bytes:
    """A file of the theme as it is sent: a style asks for its fonts by what is in them."""

    def versioned(found: re.Match[bytes]) -> bytes:
        font = path.parent / found[0].decode()
        return found[0] + (b"?v=" + version(font.read_bytes()).encode() if font.is_file() else b"")

    return _FONT.sub(versioned, content) if path.suffix == ".css" else content
