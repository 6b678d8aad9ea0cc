"""Calendars as the file writes them, and as domain/calendar.py takes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from cstrack.domain.calendar_data import WEEKDAYS
from cstrack.domain.choices import near
from cstrack.store.policies.lists import Weekday
from cstrack.store.policies.parts import Part, Text, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DAYS = 4000
_SPAN = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-(?:([01][0-9]|2[0-3]):[0-5][0-9]|24:00)")


def spans(value: str | list[str]) -> list[str]:
    """`"08:30-12:00 13:30-18:00"` or a list of spans as a list; `""` is none."""
    found = value.split() if isinstance(value, str) else value
    for span in found:
        if not _SPAN.fullmatch(span):
            raise Wrong("hours-wrong", value=span)
    return found


def _spans(value: str | list[str]) -> str | list[str]:
    spans(value)
    return value


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as fault:
        raise Wrong("zone-unknown", value=name, suggestion=near(name, available_timezones())) from fault
    return name


def weekdays(key: str) -> list[str]:
    """The days that a key of `hours` means: `mon`, `mon-fri`, `sat-mon`, `daily`; else none."""
    if key == "daily":
        return list(WEEKDAYS)
    first, _dash, last = key.partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        return []
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return [WEEKDAYS[(begin + step) % 7] for step in range((end - begin) % 7 + 1)]


Hours = Annotated[str | list[str], AfterValidator(_spans)]


class Day(Part):
    """A day, or several, with hours of its own; closed without any."""

    date: dt.date
    through: dt.date | None = None
    name: Text | None = None
    works_as: Weekday | None = None
    hours: Hours | None = None

    @model_validator(mode="after")
    def _one_meaning(self) -> Day:
        if self.works_as is not None and self.hours is not None:
            raise Wrong("day-twice-open")
        if self.through is not None and not 0 <= (self.through - self.date).days <= MOST_DAYS:
            raise Wrong("day-backwards", value=self.through.isoformat(), since=self.date.isoformat())
        return self

    def each(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(date, entry) of every day from `date` through `through`."""
        entry: dict[str, Any] = {"name": self.name} if self.name else {}
        if self.works_as:
            entry["works_as"] = self.works_as
        if self.hours is not None:
            entry["hours"] = spans(self.hours)
        for step in range(((self.through or self.date) - self.date).days + 1):
            yield (self.date + dt.timedelta(days=step)).isoformat(), entry


class Confirmed(Part):
    """Through which date an import has confirmed the days."""

    through: dt.date


class CalendarTable(Part):
    """A calendar: weekly hours, single days, the zone they are in."""

    hours: dict[str, Hours]
    zone: Annotated[str, AfterValidator(_zone)] | None = None
    base: Literal["china"] | None = None
    confirmed_through: dt.date | None = None
    days: Annotated[list[Day], Field(max_length=MOST_DAYS)] = []
    confirmed: Annotated[list[Confirmed], Field(max_length=MOST_DAYS)] = []


def compiled(name: str, table: CalendarTable) -> dict[str, Any]:
    """The canonical mapping; without a zone of its own, Policy puts the desk's."""
    base = base_days(table.base) if table.base else {"days": {}, "confirmed_through": None}
    days = dict(base["days"])
    for day in table.days:
        days.update(day.each())
    confirmed = [entry.through.isoformat() for entry in table.confirmed]
    own = table.confirmed_through and table.confirmed_through.isoformat()
    dates = [date for date in (base["confirmed_through"], own, *confirmed) if date]
    made: dict[str, Any] = {"name": name}
    if table.zone:
        made["zone"] = table.zone
    made |= {"hours": _week(table.hours), "days": dict(sorted(days.items()))}
    return {**made, "confirmed_through": max(dates)} if dates else made


def _week(hours: dict[str, str | list[str]]) -> dict[str, list[str]]:
    """The hours of each day; a key that means fewer days goes before one that means more."""
    found: dict[str, list[str]] = {}
    for key in sorted(hours, key=lambda key: -len(weekdays(key))):
        found |= dict.fromkeys(weekdays(key), spans(hours[key]))
    return {day: found[day] for day in WEEKDAYS if found.get(day)}


def base_days(base: str) -> dict[str, Any]:
    """The days and `confirmed_through` that come with the program."""
    import json
    from importlib.resources import files

    found: dict[str, Any] = json.loads((files("cstrack") / "data" / f"{base}.json").read_bytes())
    return found
