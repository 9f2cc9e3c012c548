"""The rules that hold the house together, read from the code: layers one way, a pure core, no broad catches."""

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

import site_builder
from site_builder import model

PACKAGE = Path(site_builder.__file__).parent

# From the ground up: a module imports from its own layer and from those below. `x.*` is every module of a package.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__init__",),
    ("frozen", "once"),
    ("patterns", "rooms"),
    ("problems", "glance", "series", "storing", "parting", "linkcheck"),
    ("texts.*", "printed.*"),
    ("records", "charts.*", "explaining", "disk.*"),
    ("amending", "downloads", "maps.*", "model", "omitting", "publishing", "reading.*", "severities", "workers"),
    ("citation_fields", "wording", "coverage", "excerpting", "urls", "schema.*"),
    ("markup.*",),
    ("contracts.*",),
    ("listing.*",),
    ("backlinks", "changing"),
    ("advising.*", "drifting", "tracing"),
    ("annotating.*",),
    ("pages.*", "exports.*", "kept.*"),
    ("adding.*", "history.*", "search.*", "starting", "theme.*"),
    ("recovering", "site.*"),
    ("build", "reanchoring.*"),
    ("printing",),
    ("serving.*",),
    ("commands.*",),
    ("usage",),
    ("cli",),
    ("__main__",),
)
READS_OR_WRITES = {
    "storing",
    "reading.files",
    "reading.folder",
    "theme.rendering",
    "theme.caching",
    "glance",
    "disk.inputs",
    "disk.stamps",
    "disk.locking",
    "kept.keeping",
    "kept.stowing",
    "disk.writing",
    "workers",
    "amending",
    "annotating.checking",
    "annotating.desk",
    "build",
    "annotating.describing",
    "schema.schema_folder",
    "explaining",
    "recovering",
    "reanchoring.desk",
    "reanchoring.telling",
    "starting",
    "adding.extracting",  # says to two libraries that they are to be silent
    "adding.originals",
    "adding.shelving",
    "adding.taking",
    "serving.ahead",
    "serving.excerpts",
    "serving.pages",
    "serving.preview",
    "serving.rebuilding",
    "serving.reloading",
    "serving.routes",
    "serving.state",
    "serving.watching",
    "history.revisions",
    "printing",
    "publishing",
    "usage",
    "cli",
    "__main__",
}
CATCHES_ALL = {"serving.rebuilding", "cli", "workers"}  # what a build raises; the outermost line; what is done again
DOORS = {
    "os",
    "io",
    "pathlib",
    "sys",
    "subprocess",
    "shutil",
    "tempfile",
    "socket",
    "glob",
    "logging",
    "urllib.request",
}


def name_of(path: Path) -> str:
    """A module as the layers name it: `pages.frame`; a package is its own `pages.__init__`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


TREES = {name_of(p): ast.parse(p.read_text(encoding="utf-8")) for p in sorted(PACKAGE.rglob("*.py"))}


def layer_of(module: str) -> int | None:
    names = {module, module.partition(".")[0] + ".*"}
    return next((i for i, layer in enumerate(LAYERS) if names & set(layer)), None)


def inner_imports(module: str) -> Iterator[str]:
    """Modules of this package that a module imports, wherever in it."""
    for node in ast.walk(TREES[module]):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level:
            base = module.split(".")[: -node.level]
        elif (node.module or "").split(".")[0] == "site_builder":
            base = []
        else:
            continue
        path = node.module.removeprefix("site_builder").strip(".") if node.module else ""
        base += path.split(".") if path else []
        for alias in node.names:
            candidates = (".".join((*base, alias.name)), ".".join((*base, alias.name, "__init__")), ".".join(base))
            yield next((c for c in candidates if c in TREES), ".".join((*base, "__init__")))


def outer_imports(module: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("module", TREES)
def test_every_module_has_a_layer(module: str) -> None:
    assert layer_of(module) is not None, f"{module} is in no layer: give it one in LAYERS"


def test_every_layer_names_modules_that_exist() -> None:
    for name in (name for layer in LAYERS for name in layer):
        assert name in TREES or any(m.startswith(name.removesuffix("*")) for m in TREES if name.endswith(".*")), name


@pytest.mark.parametrize("module", TREES)
def test_a_module_imports_from_its_own_layer_and_below(module: str) -> None:
    own = layer_of(module)
    assert own is not None
    above = [m for m in inner_imports(module) if (layer_of(m) or 0) > own]
    assert not above, f"{module} imports {above}"


def test_no_modules_import_each_other() -> None:
    packages = {m for m in TREES if m.endswith("__init__")}
    graph = {m: set(inner_imports(m)) - packages - {m} for m in TREES}
    assert set(TopologicalSorter(graph).static_order()) >= set(TREES) - packages


def test_pages_and_exports_know_nothing_of_each_other() -> None:
    for package, other in (("pages", "exports"), ("exports", "pages")):
        for module in (m for m in TREES if m.startswith(f"{package}.")):
            assert not [m for m in inner_imports(module) if m.startswith(other)], module


# Functions that set the fields of a class, whose names are ours, and the types that these are said to have.
COMPILES = {"frozen": {"exec", "eval"}, "reading.shapes": {"eval"}}


@pytest.mark.parametrize("module", sorted(m for m in set(TREES) - READS_OR_WRITES if not m.startswith("commands.")))
def test_the_core_is_pure(module: str) -> None:
    assert not outer_imports(module) & DOORS
    called = {n.func.id for n in ast.walk(TREES[module]) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not called & {"open", "print", "input", "exec", "eval", "__import__"} - COMPILES.get(module, set())


def catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(k is None or (isinstance(k, ast.Name) and k.id in ("Exception", "BaseException")) for k in kinds)
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


@pytest.mark.parametrize("module", sorted(set(TREES) - CATCHES_ALL))
def test_nothing_but_the_rim_catches_every_exception(module: str) -> None:
    for node in ast.walk(TREES[module]):
        assert not (isinstance(node, ast.ExceptHandler) and catches_all(node)), f"{module}:{node.lineno}"
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            assert not {ast.unparse(arg) for arg in node.args} & {"Exception", "BaseException"}, module


def model_classes() -> list[type]:
    own = (c for _, c in inspect.getmembers(model, inspect.isclass) if c.__module__ == model.__name__)
    return [c for c in own if dataclasses.is_dataclass(c)]


@pytest.mark.parametrize("kind", model_classes(), ids=lambda c: c.__name__)
def test_the_model_is_frozen_and_holds_tuples_and_mappings(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(kind)
    assert not [f.name for f in dataclasses.fields(kind) if str(f.type).startswith(("list", "dict", "set"))]


def test_the_pipeline_is_one_function_of_forty_lines_at_most() -> None:
    functions = [n for n in TREES["build"].body if isinstance(n, ast.FunctionDef) and n.name == "build"]
    assert len(functions) == 1
    assert (functions[0].end_lineno or 0) - functions[0].lineno < 40


def test_layers_are_listed_once() -> None:
    names = sorted(name for layer in LAYERS for name in layer)
    assert all(a != b for a, b in pairwise(names))
