"""Functions of modules that are loaded at the first call: an edit makes few of the pages and exports."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def each_in(package: str, function: str, *modules: str) -> tuple[Callable[..., Any], ...]:
    """The function of this name of each of these modules of a package."""
    return tuple(_of(f"{package}.{module}", function) for module in modules)


def _of(module: str, function: str) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        return getattr(import_module(module), function)(*arguments)

    return call
