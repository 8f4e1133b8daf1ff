"""Frozen dataclasses to JSON values and back, exactly.

Each dataclass becomes an object tagged with its class name; dates and decimals become strings;
defaults are written out, so that a later change of a default cannot change the meaning of old
bytes.
"""

from __future__ import annotations

import functools
import types
import typing
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast

T = TypeVar("T")

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_TAG = "_"


def to_json(value: object) -> Json:
    """The JSON value of a dataclass tree; raises ValueError for text that is not NFC."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        written: dict[str, Json] = {_TAG: type(value).__name__}
        written.update({f.name: to_json(getattr(value, f.name)) for f in fields(value)})
        return written
    raise TypeError(f"{type(value).__name__} has no place in canonical content")


def from_json(expected: type[T], value: Json) -> T:
    """The inverse of `to_json`; raises ValueError when the value is not of the expected shape."""
    return cast("T", _read(expected, value))


def _text(value: str) -> str:
    if not unicodedata.is_normalized("NFC", value):
        raise ValueError("canonical content is NFC")
    return value


def _read(expected: Any, value: Json) -> object:
    options = _options(expected)
    if value is None:
        if type(None) not in options:
            raise ValueError("a value is missing")
        return None
    if isinstance(value, dict):
        return _read_object(options, value)
    if isinstance(value, list):
        return _read_list(options, value)
    return _read_scalar(options, value)


def _options(expected: Any) -> tuple[Any, ...]:
    if isinstance(expected, types.UnionType) or typing.get_origin(expected) is typing.Union:
        return typing.get_args(expected)
    return (expected,)


def _read_object(options: tuple[Any, ...], value: dict[str, Json]) -> object:
    found: object = next(
        (o for o in options if getattr(o, "__name__", "") == value.get(_TAG)), None
    )
    if not is_dataclass(found):
        raise ValueError(f"unexpected object {value.get(_TAG)!r}")
    build: Any = found
    hints = _hints(build)
    if set(value) != {_TAG, *hints}:
        raise ValueError(f"fields of {build.__name__} differ")
    return build(**{name: _read(hint, value[name]) for name, hint in hints.items()})


def _read_list(options: tuple[Any, ...], value: list[Json]) -> object:
    item = next((typing.get_args(o)[0] for o in options if typing.get_origin(o) is tuple), None)
    if item is None:
        raise ValueError("unexpected list")
    return tuple(_read(item, one) for one in value)


def _read_scalar(options: tuple[Any, ...], value: int | str) -> object:
    for option in options:
        if typing.get_origin(option) is typing.Literal and value in typing.get_args(option):
            return value
        if option is type(value):
            return value
        if option is date and isinstance(value, str):
            return date.fromisoformat(value)
        if option is Decimal and isinstance(value, str):
            return Decimal(value)
    raise ValueError(f"unexpected value {value!r}")


@functools.cache
def _hints(found: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(found)
    return {f.name: hints[f.name] for f in fields(found)}
