"""Holidays as JSON, in three shapes.

{"days": [{"date": "2026-10-01", "name": "国庆节", "isOffDay": true}, ...]}, or that list alone: as the
    notices of China are published; isOffDay false is a working day
{"days": {"2026-10-10": {"name": ..., "works_as": "fri"}, "2026-12-31": {"name": ..., "hours": [...]}}}:
    as a calendar holds them; a date alone, without works_as and hours, is closed
{"2026-10-01": "国庆节", ...}: closed days and their names, or entries as above
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.calendar_data import WEEKDAYS
from cstrack.domain.calendar_entry import CLOSED, MADE_UP, Told, civil_date, hours_of, name_of
from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.domain.calendar_entry import Entry

_FIELDS = ("name", "works_as", "hours")


class _Object(dict[str, Any]):
    """An object of JSON that still knows the members of equal names."""

    members: list[tuple[str, Any]]


def read_json(text: str) -> Iterator[Told | BadInput]:
    """Each day of the file, or what is wrong with it."""
    from json import JSONDecodeError, loads

    try:
        data = loads(text, object_pairs_hook=_object)
    except JSONDecodeError as fault:
        yield BadInput("calendar-import-unreadable", place=fault.lineno, value=fault.msg)
        return
    except (RecursionError, ValueError):  # nested too deep; a number of too many digits
        yield BadInput("calendar-import-unreadable", place=1, value=text[:20])
        return
    days = data.get("days", data) if isinstance(data, _Object) else data
    path = "days" if days is not data else ""
    if isinstance(days, list):
        yield from _each((f"{path}[{at}]", None, item) for at, item in enumerate(days))
    elif isinstance(days, _Object):
        before = path + "." if path else ""
        yield from _each((before + key, key, item) for key, item in days.members)
    else:
        yield BadInput("calendar-import-unreadable", place=path, value=_shown(days))


def _object(members: list[tuple[str, Any]]) -> _Object:
    made = _Object(members)
    made.members = members
    return made


def _each(items: Iterator[tuple[str, str | None, Any]]) -> Iterator[Told | BadInput]:
    for place, key, item in items:
        try:
            yield _listed(place, item) if key is None else _held(place, key, item)
        except BadInput as fault:
            yield fault


def _listed(place: str, item: Any) -> Told:
    """A day of the published shape."""
    if not isinstance(item, _Object):
        raise BadInput("calendar-import-row", place=place, value=_shown(item))
    day = civil_date(_text(item, "date", place), f"{place}.date")
    off, works = item.get("isOffDay", ...), _works(place, item)
    if off not in (True, False, ...) or (off is True and works != CLOSED):
        raise BadInput("calendar-import-kind", place=f"{place}.isOffDay", value=_shown(off))
    works = MADE_UP if off is False and works == CLOSED else works
    return Told(place, day, name_of(_text(item, "name", place)), works)


def _held(place: str, key: str, item: Any) -> Told:
    """A date and its name, or its entry in the shape of a calendar."""
    day = civil_date(key, place)
    if isinstance(item, str):
        return Told(place, day, name_of(item), CLOSED)
    if not isinstance(item, _Object):
        raise BadInput("calendar-import-row", place=place, value=_shown(item))
    for name in item:
        if name not in _FIELDS:
            raise BadInput("calendar-import-row", place=f"{place}.{name}", value=name)
    return Told(place, day, name_of(_text(item, "name", place)), _works(place, item))


def _works(place: str, item: _Object) -> Entry:
    if "works_as" in item:
        if item["works_as"] not in WEEKDAYS or "hours" in item:
            raise BadInput("calendar-import-kind", place=f"{place}.works_as", value=_shown(item["works_as"]))
        return {"works_as": item["works_as"]}
    if "hours" not in item:
        return CLOSED
    hours = item["hours"]
    if hours == []:
        return CLOSED
    spans = hours if isinstance(hours, list) else [hours]
    return hours_of(" ".join(map(_shown, spans)), f"{place}.hours")


def _text(item: _Object, name: str, place: str) -> str:
    value = item.get(name, "")
    if not isinstance(value, str):
        raise BadInput("calendar-import-row", place=f"{place}.{name}", value=_shown(value))
    return value


def _shown(value: Any) -> str:
    """A value as a fact: what holds others is not unfolded, however deep it is."""
    return "[...]" if isinstance(value, list) else "{...}" if isinstance(value, _Object) else str(value)
