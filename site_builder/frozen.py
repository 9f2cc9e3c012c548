"""Frozen dataclasses and named tuples that cost little to declare and to make.

The library's own writes, compiles and runs some ten functions for each class when its module is read: for a hundred
classes that was a fifth of a small build. Here all share the same few, and `__init__` is compiled when the first one is
made. Nothing guards them while the program runs, since that would double what it takes to make one: they are frozen
because the type checker, to which these are the library's own, lets nobody set a field. Named tuples, of which there
are more still, are Python's but that no type is checked as it is read, and `__new__` is compiled as late.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter, itemgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, cast

try:
    from _collections import _tuplegetter  # type: ignore[import-not-found] # which is not told of it
except ImportError:  # as in `collections`

    def _tuplegetter(place: int, doc: str) -> Any:
        return property(itemgetter(place), doc=doc)


T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from dataclasses import MISSING, dataclass, field, fields, replace
    from typing import NamedTuple

    Field: Any
else:
    MISSING = type("MISSING", (), {})()

    class _Declared(type):
        """Makes a tuple of what is declared as one."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """A class with an attribute for each field, as `typing.NamedTuple` makes it."""
            return _tuple(name, body) if bases else type.__new__(cls, name, bases, body)

    class _Base(metaclass=_Declared):
        """Stands for `NamedTuple` among the bases of a class, until that is made."""

    class _NamedTuple:
        """As `typing.NamedTuple`, without what nobody here has: other bases beside it."""

        def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
            """What Python takes for it."""
            return (_Base,)

    NamedTuple = _NamedTuple()

    def _tuple(name: str, body: dict[str, Any]) -> type:
        names = tuple(body.get("__annotations__", ()))
        defaults = {each: body.pop(each) for each in names if each in body}
        if (*defaults,) != names[len(names) - len(defaults) :]:
            raise TypeError(f"a field of {name} without a default stands behind one with a default")
        shared = {each: _tuplegetter(place, "") for place, each in enumerate(names)}
        shared |= {
            "__slots__": (), "_fields": names, "_field_defaults": defaults, "__match_args__": names,
            "__new__": _first_tuple, "__repr__": _tuple_told, "__getnewargs__": _tuple_parts,
            "_make": _tuple_made, "_replace": _tuple_replaced, "_asdict": _tuple_as_dict,
        }  # fmt: skip
        return type(name, (tuple,), {**shared, **body})

    def _first_tuple(cls: Any, /, *arguments: Any, **named: Any) -> Any:
        """A `__new__` that makes the real one, and puts it in its own place."""
        owner = next(kind for kind in cls.__mro__ if "_fields" in vars(kind))
        named_so = _new_of(len(owner._fields)).replace(co_varnames=("_cls", *owner._fields))
        defaults = tuple(owner._field_defaults.values())
        written = FunctionType(named_so, {"_new": tuple.__new__}, "__new__", defaults)
        written.__qualname__ = f"{owner.__qualname__}.__new__"
        owner.__new__ = staticmethod(written)
        return cls(*arguments, **named)

    @cache
    def _new_of(count: int) -> CodeType:
        """What `__new__` does for so many fields: compiling it for each class was a hundredth of a small build."""
        taken = "".join(f"_{place}, " for place in range(count))
        code: CodeType = eval(f"lambda _cls, {taken}: _new(_cls, ({taken}))").__code__  # noqa: S307 nobody's words
        return code

    def _tuple_told(one: Any) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in zip(one._fields, one, strict=True))
        return f"{one.__class__.__name__}({told})"

    @classmethod
    def _tuple_made(cls: Any, values: Any) -> Any:
        return cls(*values)

    def _tuple_replaced(one: Any, /, **changes: Any) -> Any:
        found = one.__class__(*map(changes.pop, one._fields, one))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return found

    def _tuple_parts(one: Any) -> tuple[Any, ...]:
        return tuple(one)

    def _tuple_as_dict(one: Any) -> dict[str, Any]:
        return dict(zip(one._fields, one, strict=True))

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
        known[name] = Field(*declared[:-2], name, written)
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


def making(kind: type[T]) -> Callable[[Sequence[Any]], T]:
    """What makes an instance of a row of values, one for each field in their order: a fifth of what `__init__` takes,
    which has to find out who is named."""
    names = ", ".join(f"self.{each.name}" for each in fields(cast("Any", kind)))
    known: dict[str, Any] = {"kind": kind, "new": object.__new__}
    exec(f"def made(row):\n self = new(kind)\n {names}, = row\n return self", known)  # noqa: S102 our own names
    made: Callable[[Sequence[Any]], T] = known["made"]
    return made


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


__all__ = ["MISSING", "NamedTuple", "dataclass", "field", "fields", "making", "replace", "revived"]
