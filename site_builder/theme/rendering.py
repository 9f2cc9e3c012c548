"""Templates to HTML: where they are found, what each depends on, and a page's bytes with its links and ids.

The shipped templates are the theme; a briefing's own `templates/` overrides any of them by name. Autoescape is on for
every file. Links and ids are noted as a page is rendered, whoever wrote them, or read from it where that is not sure.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..frozen import NamedTuple, fields
from ..glance import releases, theme_folder
from ..linkcheck import joined
from ..patterns import later
from ..problems import BuildFailed, Place, Problem
from ..texts.text import legible
from . import caching

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Macro

    from ..pages import Context
    from .compiling import Compiler
    from .noting import Notes

_HERE = Path(__file__).parent
_VIEWS = str(_HERE.parent / "pages")
ASSETS = "assets/"
_STYLES = "assets/css/"
# A name in quotes is the whole of it only before the tag's end or one of its own words; anything else is an expression.
_REFERENCE = later(
    r"{%[-+]?\s*(?:extends|include|import|from)\b\s*"
    r"(?:(?:\"([^\"\\]+)\"|'([^'\\]+)')\s*(?=[-+]?%}|(?:as|import|ignore|with|without)\b)|(\S+))"
)
# Text has its angle brackets escaped, so that what looks like a tag is one, whoever wrote it and however it is quoted.
_TAG = later(r"""<[a-zA-Z][^\s<>"'/]*+((?:[^<>"']++|"[^"]*"|'[^']*')+)>""")
_HREF = later(r' href="{{ ([a-z_.]+) }}"')
_ATTRIBUTE = later(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


_HERE_HINT = "put the files themselves here"

Gathered = tuple[str, str]
"""Ids, and links that lead elsewhere, each once."""


class Rendered(NamedTuple):
    """A page's bytes, the ids on it, and as written (fragments and all) the links that lead elsewhere; both joined by
    `linkcheck`."""

    content: bytes
    ids: str
    links: str


def shipped_templates() -> Path:
    """The theme that comes with the package."""
    return Path(theme_folder())


class Theme:
    """The templates and assets of one build."""

    def __init__(self, own: Path, cache: Path | None = None) -> None:
        """The theme of a briefing whose own templates are in `own`; `cache` is a folder for compiled templates."""
        self.cache = cache
        if own.is_symlink():
            raise BuildFailed([Problem(Place("templates"), "symlink", "'templates' is a symbolic link", _HERE_HINT)])
        if own.exists() and not own.is_dir():
            raise BuildFailed([Problem(Place("templates"), "unreadable-file", "this is not a folder", "move it away")])
        self.leaves_out = False  # whether some links have no address
        self.slow: set[str] = set()  # templates that only plain Jinja can render, as they are met
        self._pages: dict[str, Callable[[list[str], Context], None]] = {}
        self._asked: dict[str, Sequence[str]] = {}
        self._macros: dict[str, Mapping[str, Any]] = {}
        self._parts: dict[str, tuple[str, tuple[str, ...] | None]] = {}
        self._closures: dict[str, str] = {}  # with the theme, not beside it: a preview makes one for each build
        self.own = own.resolve()
        self.folders = tuple(dict.fromkeys(f.resolve() for f in (own, shipped_templates()) if f.is_dir()))

    def is_own(self, template: str) -> bool:
        """Whether a template is the briefing's own, not the shipped one."""
        return len(self.folders) > 1 and (self.folders[0] / template).is_file()

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Every file of the theme by its name, the briefing's own before the shipped."""
        found: dict[str, bytes] = {}
        for folder in self.folders:
            for path in _files_below(folder):
                name = path.as_posix()[len(folder.as_posix()) + 1 :]
                if name in found or any(part.startswith(".") for part in name.split("/")):
                    continue
                if folder == self.own and path.is_symlink():
                    place = Place(f"templates/{name}")
                    raise BuildFailed([Problem(place, "symlink", f"'{place.path}' is a symbolic link", _HERE_HINT)])
                if (shown := legible(name)) != name:
                    place, hint = Place(f"templates/{shown}"), "give the file another name"
                    raise BuildFailed([Problem(place, "unreadable-file", "this name is not UTF-8", hint)])
                try:
                    found[name] = path.read_bytes()
                except OSError as error:
                    message = f"this file cannot be read: {error.strerror}"
                    raise BuildFailed([Problem(Place(f"templates/{name}"), "unreadable-file", message)]) from error
        return dict(sorted(found.items()))

    def has(self, hashes: Mapping[str, str]) -> bool:
        """Whether the briefing's own files, as they were read, have these hashes, by path from the briefing."""
        own = (name for name in self.files if self.is_own(name))
        return all(hashes.get(f"templates/{name}") == hashlib.sha256(self.files[name]).hexdigest() for name in own)

    @cached_property
    def digest(self) -> str:
        """A hash of all of it."""
        digest = hashlib.sha256()
        for name, content in self.files.items():
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()

    def closure(self, template: str) -> str:
        """A hash of a template and of all that it extends, includes or imports."""
        if template not in self._closures:
            self._closures[template] = self._closure(template)
        return self._closures[template]

    def _closure(self, template: str) -> str:
        names = self._needed(template)
        if names is None:
            return self.digest
        return hashlib.sha256("\0".join(f"{n}\0{self._part(n)[0]}" for n in sorted(names)).encode()).hexdigest()

    def _needed(self, template: str) -> set[str] | None:
        """The names of a template and of all that it needs; None where an expression names some: it may be any."""
        names, waiting = set[str](), [template]
        while waiting:
            name = waiting.pop()
            if name in names or name not in self.files:
                continue
            names.add(name)
            needed = self._part(name)[1]
            if needed is None:
                return None
            waiting += needed
        return names

    def _part(self, name: str) -> tuple[str, tuple[str, ...] | None]:
        """The hash of a file, and the names in it of others; None for the names where an expression gives one."""
        if name not in self._parts:
            content = self.files[name]
            found = [*_REFERENCE.finditer(content.decode("utf-8", "replace"))]
            needed = None if any(match[3] for match in found) else tuple(match[1] or match[2] for match in found)
            self._parts[name] = hashlib.sha256(content).hexdigest(), needed
        return self._parts[name]

    def prepare(self, templates: Iterable[str]) -> None:
        """Compile these templates and what they need, before pages are made by several processes.

        What cannot be compiled is told of when a page is made of it.
        """
        for name in sorted(templates):
            self._page(name)
        vars(self).pop("_compiler", None)  # with the trees of all templates

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """The files that go out as they are, the scripts without remarks, and the style sheets, by name, as one."""
        styles = b"".join(content for name, content in self.files.items() if name.startswith(_STYLES))
        yield "assets/site.css", styles
        for name, content in self.files.items():
            if name.startswith(ASSETS) and not name.startswith(_STYLES):
                is_script = name.endswith(".js") and not self.is_own(name)
                yield name, published_script(content) if is_script else content

    @cached_property
    def environment(self) -> Environment:
        """Jinja over the theme, plain: what it makes of a template counts.

        In its sandbox: a briefing that somebody brought may have templates, which are to make pages and nothing else.
        """
        from jinja2 import FunctionLoader, StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        def load(name: str) -> tuple[str, str, None] | None:
            return (self._read(name), name, None) if name in self.files else None

        made = SandboxedEnvironment(
            loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, auto_reload=False, keep_trailing_newline=True,
        )  # fmt: skip
        made.filters["once"] = once
        made.intercepted_binops = frozenset({"**"})  # not while compiling, where an error has no line
        return made

    def _read(self, name: str) -> str:
        """A template; where links may have no address, one without has no `href`: it is words, and leads nowhere."""
        text = self.files[name].decode("utf-8", "replace")
        return _HREF.sub(r'{% if \1 %} href="{{ \1 }}"{% endif %}', text) if self.leaves_out else text

    @cached_property
    def notes(self) -> Notes:
        """The ids and links of the page that is rendered, as they are met."""
        from .noting import Notes

        return Notes(attributes)

    def forget(self) -> None:
        """Let go of what many pages share, when no more are made: of a large site it is much."""
        if "notes" in vars(self):
            self.notes.forget()

    def _page(self, name: str) -> Callable[[list[str], Context], None] | None:
        """What makes pages of a template; None where only plain Jinja can."""
        if name not in self._pages and name not in self.slow:
            try:
                compiled = self._compiled(name, "page")
                self._pages[name], self._asked[name] = compiled["page"], compiled["asked"]
            except _faults():  # plain Jinja says what is wrong with the template, if anything is
                self.slow.add(name)
        return None if name in self.slow else self._pages[name]

    def asked(self, name: str) -> Sequence[str]:
        """What a page of a template asks of its context before all else, by name; nothing where only plain Jinja can
        make one."""
        return self._asked[name] if self._page(name) else ()

    def _macros_of(self, name: str) -> Mapping[str, Any]:
        """The macros of a template."""
        if name not in self._macros:
            self._macros[name] = self._compiled(name, "macros")["macros"]
        return self._macros[name]

    def _compiled(self, name: str, kind: str) -> Mapping[str, Any]:
        """What the code of a template defines; it is compiled where nobody has kept it."""
        title = hashlib.sha256(f"{kind} {self.leaves_out} {name}".encode()).hexdigest()[:16]
        kept = caching.Kept(f"template-{title}", f"{self._maker} {self.closure(name)} {title}")
        is_shipped = not any(self.is_own(needed) for needed in self._needed(name) or self.files)
        folders = [f for f in (caching.package_folder() if is_shipped else None, self.cache) if f]
        code = next((code for folder in folders if (code := kept.read(folder))), None)
        if code is None:
            code = self._compiler.compiled(name, kind)
            any(kept.write(folder, code) for folder in folders)
        defined = self.notes.names() | {"macros_of": self._macros_of}
        exec(code, defined)  # noqa: S102 made by us, and kept where nobody else can write, or beside our own code
        return defined

    @cached_property
    def _compiler(self) -> Compiler:
        """What makes code of templates; it keeps what it has read of them."""
        from .compiling import Compiler

        return Compiler(self.environment, self._read)

    @cached_property
    def _maker(self) -> str:
        """What code of templates is made by, and made for."""
        own = sorted(_HERE.glob("template_*.py"))
        parts = (*own, *(_HERE / f"{name}.py" for name in ("compiling", "noting", "rendering")))
        digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
        return f"{digest} {sys.version} {' '.join(releases())}"

    def render(self, name: str, context: Context) -> Rendered:
        """A template's HTML; one that fails raises BuildFailed with its own file and line."""
        try:
            pieces, noted = self._pieces(name, context)
        except _faults() as error:
            raise BuildFailed([self._problem(error)]) from error
        content = b"".join(map(str.encode, pieces))  # nearly every piece is ASCII, and nearly no page is
        ids, links = noted or _gathered(*attributes(content.decode()))
        return Rendered(content, ids, links)

    def _pieces(self, name: str, context: Context) -> tuple[list[str], Gathered | None]:
        """A template's HTML as plain Jinja makes it, whether it has to or not; ids and links where they were noted."""
        if page := self._page(name):
            notes, pieces = self.notes, list[str]()
            notes.clear()
            try:
                page(pieces, context)
                return pieces, _meant(notes.ids, notes.links) if notes.is_sure else None
            except _faults():  # plain Jinja says what is wrong with the template, if anything is
                self.slow.add(name)
        return [self.environment.get_template(name).render(dict(Names(context, {}).items()))], None

    def _problem(self, error: Exception) -> Problem:
        """Where in which template a rendering failed; what did not fail in a template is raised on.

        Of several that called one another it is the last of the briefing's own, which there is to mend. Nor is it a
        template's fault when what it rightly asks for cannot be made.
        """
        from jinja2 import TemplateError, TemplateNotFound

        name, line = None, None
        if isinstance(error, TemplateError):
            name, line = getattr(error, "name", None), getattr(error, "lineno", None)
        trace = error.__traceback__
        while trace:
            file = trace.tb_frame.f_code.co_filename
            if file in self.files:
                if name is None or self.is_own(file) or not self.is_own(name):
                    name, line = file, trace.tb_lineno
            elif file.startswith(_VIEWS):
                raise error
            trace = trace.tb_next
        if name is None:
            raise error
        said = getattr(error, "message", None) or error
        said = f"there is no template '{said}'" if isinstance(error, TemplateNotFound) else said
        message = f"this template cannot be rendered: {said}"
        hint = "mend it, or delete it to use the shipped one"
        return Problem(Place(f"templates/{name}", line or 1), "template", message, hint)


def _faults() -> tuple[type[Exception], ...]:
    """What somebody's template may raise; asked for when something was raised, since most builds need no Jinja."""
    from jinja2 import TemplateError

    return (
        TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, NameError, SyntaxError,
        RecursionError,
    )  # fmt: skip


def once(value: Hashable, macro: Macro) -> str:
    """The filter `once`: what a macro of an imported template makes of a value, which many pages share, made once."""
    known: dict[Hashable, str] = vars(macro).setdefault("known", {})
    return known[value] if value in known else known.setdefault(value, macro(value))


class Names(Mapping[str, Any]):
    """What a context holds, by name, beside what every template has; each is asked for when the template does."""

    def __init__(self, context: Context, everywhere: Mapping[str, Any]) -> None:
        self._context = context
        self._own = _names(cast("Hashable", type(context)))
        self._everywhere = everywhere

    def __getitem__(self, name: str) -> Any:
        return getattr(self._context, name) if name in self._own else self._everywhere[name]

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self._everywhere

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._own), **self._everywhere})

    def __len__(self) -> int:
        return len(self._own | self._everywhere.keys())


@cache
def _names(kind: Any) -> frozenset[str]:
    """Of a kind of context, its fields and the parts that it makes when they are asked for."""
    return frozenset(f.name for f in fields(kind)) | {name for name in dir(kind) if not name.startswith("_")}


def attributes(text: str) -> tuple[list[str], list[str]]:
    """The values of `id` on a page, and those of `href` and `src`, in order, however they are written."""
    from html import unescape

    ids: list[str] = []
    links: list[str] = []
    for written, double, single, bare in _ATTRIBUTE.findall(">".join(_TAG.findall(text))):
        name = written.lower()
        if name in ("id", "href", "src"):
            value = double or single or bare
            (ids if name == "id" else links).append(unescape(value) if "&" in value else value)
    return ids, links


def _meant(ids: Iterable[str], links: Iterable[str]) -> Gathered:
    """The same of values of attributes as they are written."""
    found = _gathered(ids, links)
    if "&" not in found[0] and "&" not in found[1]:
        return found
    from html import unescape

    return _gathered(map(unescape, ids), map(unescape, links))


def _gathered(ids: Iterable[str], links: Iterable[str]) -> Gathered:
    """The ids and the links of a page, each once; one to the page itself, or to an id of it, nobody need follow."""
    names = joined(dict.fromkeys(ids))
    own = {*names.replace("\0", "\0#").split("\0")}
    return names, joined([link for link in dict.fromkeys(links) if link not in own])


def published_script(content: bytes) -> bytes:
    """A script of the theme as readers load it: without the lines that are remarks, a sixth of its weight."""
    end = content.find(b"*/\n", 2) if content.startswith(b"/*") else -1
    rest = content if end < 0 else content[end + len(b"*/\n") :]
    *lines, last = rest.split(b"\n")
    return b"\n".join([*(line for line in lines if not line.lstrip(b" ").startswith(b"//")), last])


def _files_below(folder: Path) -> Iterator[Path]:
    """Files, and links to folders, below a folder, in order; a folder that cannot be listed is a problem."""

    def refuse(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix()
        message = f"this folder cannot be listed: {error.strerror}"
        raise BuildFailed([Problem(Place(f"templates/{name}"), "unreadable-file", message)]) from error

    for directory, folders, names in os.walk(folder, onerror=refuse):
        folders.sort()
        here = Path(directory)
        yield from (here / name for name in sorted((*names, *(f for f in folders if (here / f).is_symlink()))))
