"""Frozen dataclasses that cost little to declare and to make.

The library's own writes, compiles and runs some ten functions for each class when its module is read: for a hundred
classes that was a fifth of a small build. Here all share the same few, and `__init__` is compiled when the first one is
made. Nothing guards them while the program runs, since that would double what it takes to make one: they are frozen
because the type checker, to which these are the library's own, lets nobody set a field.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import MISSING, dataclass, field, fields, replace

    Field: Any
else:
    MISSING = type("MISSING", (), {})()

    class Field(NamedTuple):
        """A field of a class; of one that was just declared, without its name and type."""

        default: Any = MISSING
        default_factory: Any = MISSING
        metadata: Any = {}  # noqa: RUF012 nobody writes to it
        repr: bool = True
        compare: bool = True
        name: str = ""
        type: Any = None

    field = Field

    def dataclass(kind: Any = None, /, **options: bool) -> Any:
        """As `dataclasses.dataclass`, without what nobody here has: `__post_init__`, class variables."""
        return _made(kind) if kind else lambda kind: _made(kind, **options)

    def fields(kind: Any) -> tuple[Any, ...]:
        """As `dataclasses.fields`."""
        return kind.__own_fields__

    def replace(one: Any, /, **changes: Any) -> Any:
        """As `dataclasses.replace`."""
        for each in fields(one):
            if each.name not in changes:
                changes[each.name] = getattr(one, each.name)
        return one.__class__(**changes)


def _made(kind: Any, *, frozen: bool = False, slots: bool = False, kw_only: bool = False, order: bool = False) -> Any:
    """The class with its fields and all that goes by them."""
    body = {name: value for name, value in vars(kind).items() if name not in ("__dict__", "__weakref__")}
    known = {each.name: each for base in reversed(kind.__bases__) for each in getattr(base, "__own_fields__", ())}
    own = kind.__annotations__
    for name, written in own.items():
        default = body.get(name, MISSING)
        declared = default if isinstance(default, Field) else Field(default)
        known[name] = declared._replace(name=name, type=written)
        if slots or declared.default is MISSING:
            body.pop(name, None)
        else:
            body[name] = declared.default
    every = tuple(known.values())
    shared = _shared(every, order=order)
    shared["__init__"] = _first(every, kw_only=kw_only)
    shared["__own_fields__"] = every
    shared |= {name: _AsLibrary() for name in ("__dataclass_fields__", "__dataclass_params__")}
    if not frozen:
        shared["__hash__"] = None
    if slots:
        inherited = {name for base in kind.__mro__[1:] for name in vars(base).get("__slots__", ())}
        shared["__slots__"] = tuple(name for name in own if name not in inherited)
        shared["__reduce__"] = _reduced
    made = type(kind)(kind.__name__, kind.__bases__, {**shared, **body})
    made.__qualname__ = kind.__qualname__
    return made


def _shared(every: tuple[Any, ...], *, order: bool) -> dict[str, Any]:
    """How instances are printed and compared."""
    values = _reading([each.name for each in every if each.compare])

    def is_equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    def told(self: Any) -> str:
        values = (f"{each.name}={getattr(self, each.name)!r}" for each in every if each.repr)
        return f"{self.__class__.__qualname__}({', '.join(values)})"

    found = {"__eq__": is_equal, "__hash__": hashed, "__repr__": told}
    if order:

        def is_less(self: Any, other: Any) -> Any:
            return values(self) < values(other) if other.__class__ is self.__class__ else NotImplemented

        def is_no_more(self: Any, other: Any) -> Any:
            return values(self) <= values(other) if other.__class__ is self.__class__ else NotImplemented

        found |= {"__lt__": is_less, "__le__": is_no_more}  # Python turns them round for the other two
    return found


def _reading(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these fields of an instance."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple([getattr(one, name) for name in names])


def _first(every: tuple[Any, ...], *, kw_only: bool) -> Callable[..., None]:
    """An `__init__` that makes the real one, and puts it in its own place."""

    def first(self: Any, *arguments: Any, **named: Any) -> None:
        owner: Any = next(kind for kind in type(self).__mro__ if vars(kind).get("__init__") is first)
        owner.__init__ = _written(every, kw_only=kw_only)
        owner.__init__(self, *arguments, **named)

    return first


def _written(every: tuple[Any, ...], *, kw_only: bool) -> Callable[..., None]:
    """An `__init__` that takes each field and sets it, as if somebody had written it."""
    known: dict[str, Any] = {"_MISSING": MISSING}
    takes, sets = ["*"] if kw_only and every else [], []
    for each in every:
        value = each.name
        if each.default_factory is not MISSING:
            known[f"_{each.name}"] = each.default_factory
            takes.append(f"{each.name}=_MISSING")
            value = f"_{each.name}() if {each.name} is _MISSING else {each.name}"
        elif each.default is not MISSING:
            known[f"_{each.name}"] = each.default
            takes.append(f"{each.name}=_{each.name}")
        else:
            takes.append(each.name)
        sets.append(f"self.{each.name} = {value}")
    exec(f"def __init__(self, {', '.join(takes)}):\n {'; '.join(sets) or 'pass'}", known)  # noqa: S102 our own names
    written: Callable[..., None] = known["__init__"]
    return written


def revived(kind: Any, *values: Any) -> Any:
    """An instance as it was pickled."""
    found: Any = object.__new__(kind)
    for put, value in zip(_putting(kind), values, strict=True):
        put(found, value)
    return found


@cache
def _putting(kind: Any) -> tuple[Callable[[Any, Any], None], ...]:
    """What sets each field of an instance."""
    return tuple(getattr(kind, each.name).__set__ for each in fields(kind))


@cache
def _taking(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What reads them."""
    return _reading([each.name for each in fields(kind)])


def _reduced(self: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """What one with slots is pickled as: its values, in as few bytes as they need."""
    kind: Any = type(self)
    return revived, (kind, *_taking(kind)(self))


class _AsLibrary:
    """What the library asks of its own classes (`is_dataclass`, `asdict`), made when it is asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, one: Any, owner: Any) -> Any:
        return getattr(_library_class(owner), self.name)


@cache
def _library_class(kind: Any) -> Any:
    """A class of the library's own with the same fields."""
    import dataclasses

    listed = []
    for each in fields(kind):
        told: dict[str, Any] = {"metadata": each.metadata, "repr": each.repr, "compare": each.compare, "kw_only": True}
        told |= {"default": each.default} if each.default is not MISSING else {}
        told |= {"default_factory": each.default_factory} if each.default_factory is not MISSING else {}
        listed.append((each.name, each.type, dataclasses.field(**told)))
    return dataclasses.make_dataclass(kind.__name__, listed, frozen=True)


__all__ = ["MISSING", "dataclass", "field", "fields", "replace", "revived"]
