"""JSON: one object, a bare list, or a line each; Chinese as it is."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_encode = JSONEncoder(ensure_ascii=False).encode


def one(value: object) -> str:
    """An object on a line."""
    return _encode(value) + "\n"


def bare_list(objects: Iterable[dict[str, Any]]) -> str:
    """A list, an object a line, nothing around it; `[]` when empty."""
    lines = ",\n ".join(map(_encode, objects))
    return f"[{lines}]\n"


def lines(objects: Iterable[dict[str, Any]]) -> str:
    """An object a line."""
    return "".join(map(one, objects))
