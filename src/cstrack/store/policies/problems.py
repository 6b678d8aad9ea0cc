"""Faults of a policy file, each with its place, its code and facts; the words are in render/."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cstrack.domain.choices import near
from cstrack.domain.policy_diff import written
from cstrack.store.policies.lines import line_of
from cstrack.store.policies.parts import Wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel, ValidationError

    from cstrack.store.policies.lines import Place

Problem = dict[str, Any]
"""{"place": "levels.2.limit", "line": 14 or None, "problem": code, facts..., "suggestion": text or None}."""

Fault = tuple["Place", str, dict[str, Any]]
"""(place, code, facts), before it is looked up in the file."""

_EXPECTED = {
    "string_type": "text",
    "int_type": "whole-number",
    "decimal_type": "number",
    "is_instance_of": "number",
    "bool_type": "true-or-false",
    "list_type": "list",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
    "date_type": "date",
    "date_from_datetime_inexact": "date",
}
_SIZES = {
    "too_long": "too-many",
    "greater_than_equal": "number-too-small",
    "less_than_equal": "number-too-large",
}
_UNIONS = ("int", "decimal", "str")
_SPELT = {"min": "m", "mins": "m", "hour": "h", "hours": "h", "hr": "h", "day": "d", "days": "d", "week": "w"}
_SPELT |= {"weeks": "w", "month": "mo", "months": "mo", "minutes": "m", "minute": "m", "小时": "h", "天": "d"}
_SPELT |= {
    "bd": "wd",
    "工作日": "wd",
    "个工作日": "wd",
    "分钟": "m",
    "周": "w",
    "个月": "mo",
    "working days": "wd",
}
_SPELT |= {"working hours": "wh", "business days": "wd", "working day": "wd", "s": "m"}


def told(place: Place, code: str, facts: dict[str, Any], lines: dict[Place, int]) -> Problem:
    """A problem as it leaves this room."""
    found = {"place": written(place), "line": line_of(lines, place), "problem": code, **facts}
    return {**found, "suggestion": found.get("suggestion")}


def faults_of(invalid: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """What pydantic found, in our codes. A union's several complaints about one value become one."""
    found: dict[Place, Fault] = {}
    for error in invalid.errors(include_url=False):
        place, code, facts = _fault(error, model)
        found.setdefault(place, (place, code, facts))
    return list(found.values())


def _fault(error: Mapping[str, Any], model: type[BaseModel]) -> Fault:
    kind, context = error["type"], dict(error.get("ctx", {}))
    place, value = _place(error), error["input"]
    if isinstance(context.get("error"), Wrong):
        kind, context = context["error"].code, dict(context["error"].facts)
    if kind in _EXPECTED:
        expected = _EXPECTED[kind]
        return (
            place,
            "type-wrong",
            {"expected": expected, "value": _short(value), "suggestion": _as_text(value, expected)},
        )
    if kind in _SIZES:
        most = context.get("max_length", context.get("le"))
        return place, _SIZES[kind], {"value": _short(value), "least": context.get("ge"), "most": most}
    if kind.startswith("limit-") or kind == "mark-not-understood":
        context.pop("limit", None)
        return place, kind, {**context, "suggestion": _as_limit(kind, str(context["value"]))}
    if kind in ("missing", "extra_forbidden", "literal_error"):
        return place, *_of_words(kind, place, value, model, context)
    return place, "list-empty" if kind == "too_short" else kind, context


def _of_words(
    kind: str, place: Place, value: object, model: type[BaseModel], context: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """A key that is missing or unknown, a word that is none of those possible."""
    if kind == "missing":
        return "key-missing", {"key": place[-1]}
    if kind == "extra_forbidden":
        known = keys_at(model, place[:-1])
        suggestion = near(str(place[-1]), known)
        return "key-unknown", {"key": place[-1], "known": known, "suggestion": suggestion}
    known = re.findall(r"'([^']*)'", str(context["expected"]))
    return "choice-wrong", {"value": _short(value), "known": known, "suggestion": near(str(value), known)}


def _place(error: Mapping[str, Any]) -> Place:
    """The place as people wrote it: pydantic also names the branch of a union, and that a key is wrong."""
    place = tuple(part for part in error["loc"] if part not in ("[key]", "list[str]"))
    of_a_key = error["type"] in ("missing", "extra_forbidden")
    return place[:-1] if not of_a_key and place and place[-1] in _UNIONS else place


def keys_at(model: type[BaseModel], place: Place) -> list[str]:
    """The keys that a table at this place may have."""
    from typing import get_args

    def models(annotation: object) -> list[type[BaseModel]]:
        if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
            return [annotation]
        return [found for part in get_args(annotation) for found in models(part)]

    for part in place:
        field = next((f for name, f in model.model_fields.items() if part == (f.alias or name)), None)
        inner = models(field.annotation) if field else []
        model = inner[0] if inner else model
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _short(value: object) -> str | int | bool:
    """The value as facts have it: plain, and not without end."""
    if isinstance(value, (bool, int)) and abs(value) < 10**15:
        return value
    return str(value)[:100]


def _as_text(value: object, expected: str) -> str | None:
    """A number where a limit was to stand is probably hours; a date in quotes is a text."""
    if expected == "date" and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    if expected == "text" and isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**5:
        return f'"{value}h"'
    return None


def _as_limit(kind: str, value: str) -> str | None:
    """What a limit in other words probably means: `3 days` -> 3d, `24 H` -> 24h."""
    if kind != "limit-not-understood":
        return None
    match = re.fullmatch(r"\s*0*([1-9][0-9]{0,4})\s*([^\W\d_][^\d]*?)\s*", value)
    if not match:
        return None
    unit = match.group(2).lower()
    unit = _SPELT.get(unit, unit)
    return f"{match.group(1)}{unit}" if unit in ("m", "h", "d", "w", "mo", "wm", "wh", "wd") else None
