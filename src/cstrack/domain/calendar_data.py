"""The data of a business calendar: checked whole, then read into minutes and day numbers.

The mapping: `name`, `zone` (IANA), `hours` (weekday -> ["08:30-12:00", ...]; a weekday missing is closed),
`days` (date -> closed, `works_as` a weekday, or `hours` of its own) and `confirmed_through`, all plain JSON.

A span that ends at or before its start is a night shift, of at most twelve hours: longer ones are start and
end in the wrong order. Spans may touch; two of one day that overlap are refused, and so is a day all of whose
hours lie in the night shift of the day before: days end in their order. What else a night shift shares with
the next day's hours is open once.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.calendar_spans import FIRST_DAY, LAST_DAY, reached
from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
LONGEST_NIGHT = 12 * 60
"""Minutes that a shift over midnight may last."""
LONGEST_CLOSURE = 731
"""Days that a calendar may stay closed in a row: two years, one of them a leap year."""

_REACH = range(FIRST_DAY, LAST_DAY)
_ANY_DAY = range(1, 10_000_000)
_FIELDS = ("name", "zone", "hours", "days", "confirmed_through")
_ENTRY_FIELDS = ("name", "works_as", "hours")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Hours = tuple[tuple[int, int], ...]
"""(from, to) in minutes since the midnight that the day begins with; a night shift ends after 1440."""


class Entry(NamedTuple):
    """A listed day: `kind` is holiday, makeup or special."""

    kind: str
    name: str
    hours: Hours


class Plan(NamedTuple):
    """A calendar that was read: hours by weekday from Monday, listed days by day number (1 is 0001-01-01)."""

    name: str
    zone: str
    week: tuple[Hours, ...]
    days: Mapping[int, Entry]
    confirmed: int | None

    def hours(self, day: int) -> Hours:
        """What the day is open for, the listed days before the week."""
        entry = self.days.get(day)
        return self.week[(day - 1) % 7] if entry is None else entry.hours


def problems(data: Mapping[str, Any]) -> list[BadInput]:
    """All that is wrong with a calendar; an empty list for one that can be reckoned with."""
    return list(_faults(data)) or list(_faults_of_plan(read(data)))


def sound(data: Mapping[str, Any]) -> Plan:
    """The plan of data; BadInput for the first of its problems. Thousands of days are read but once."""
    for problem in _faults(data):
        raise problem
    plan = read(data)
    for problem in _faults_of_plan(plan):
        raise problem
    return plan


def read(data: Mapping[str, Any]) -> Plan:
    """The plan of data that has no problems."""
    week = tuple(_hours(data["hours"].get(weekday, ())) for weekday in WEEKDAYS)
    confirmed = data.get("confirmed_through")
    return Plan(
        data["name"],
        data["zone"],
        week,
        {day_number(date): _entry(entry, week) for date, entry in data.get("days", {}).items()},
        None if confirmed is None else day_number(confirmed),
    )


def day_number(date: str) -> int:
    """The day number of YYYY-MM-DD; ValueError for what is no date."""
    from datetime import date as civil

    if not _DATE.fullmatch(date):
        raise ValueError(date)
    return civil.fromisoformat(date).toordinal()


def date_of(day: int) -> str:
    """YYYY-MM-DD of a day number."""
    from datetime import date as civil

    return civil.fromordinal(day).isoformat()


def _entry(entry: Mapping[str, Any], week: tuple[Hours, ...]) -> Entry:
    name = entry.get("name", "")
    if "works_as" in entry:
        return Entry("makeup", name, week[WEEKDAYS.index(entry["works_as"])])
    hours = _hours(entry.get("hours", ()))
    return Entry("special" if hours else "holiday", name, hours)


def _hours(texts: list[str]) -> Hours:
    """Spans in order of time, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted(_span(text) for text in texts):
        if joined and joined[-1][1] == begins:
            joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((begins, ends))
    return tuple(joined)


def _span(text: str) -> tuple[int, int]:
    """Minutes of a span as written; ValueError for what is none."""
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(text)
    begins = int(match[1]) * 60 + int(match[2])
    ends = DAY if match[3] is None else int(match[3]) * 60 + int(match[4])
    return begins, ends if ends > begins else ends + DAY


def _faults(data: Mapping[str, Any]) -> Iterator[BadInput]:
    calendar = str(data.get("name", ""))
    yield from _faults_of_fields(calendar, data)
    zone, week, days, confirmed = (data.get(field) for field in _FIELDS[1:])
    if isinstance(zone, str):
        yield from _faults_of_zone(calendar, zone)
    if isinstance(week, dict):
        yield from _faults_of_week(calendar, week)
    if isinstance(days, dict):
        for date, entry in days.items():
            yield from _faults_of_date(calendar, date, _REACH)
            yield from _faults_of_entry(calendar, date, entry)
    if confirmed is not None:
        yield from _faults_of_date(calendar, confirmed, _ANY_DAY)


def _faults_of_fields(calendar: str, data: Mapping[str, Any]) -> Iterator[BadInput]:
    for field in data:
        if field not in _FIELDS:
            yield BadInput("calendar-field-unknown", calendar=calendar, field=field, known=list(_FIELDS))
    for field in _FIELDS[:3]:
        if field not in data:
            yield BadInput("calendar-field-missing", calendar=calendar, field=field)
    for field, kind in (("name", str), ("zone", str), ("hours", dict), ("days", dict)):
        if field in data and not isinstance(data[field], kind):
            yield _wrong(calendar, field, data[field])


def _wrong(calendar: str, field: str, value: object) -> BadInput:
    return BadInput("calendar-field-wrong", calendar=calendar, field=field, value=str(value))


def _faults_of_zone(calendar: str, zone: str) -> Iterator[BadInput]:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        yield BadInput("calendar-zone-unknown", calendar=calendar, zone=zone)


def _faults_of_date(calendar: str, date: object, reach: range) -> Iterator[BadInput]:
    try:
        known = day_number(date if isinstance(date, str) else "") in reach
    except ValueError:
        known = False
    if not known:
        yield BadInput("calendar-date-wrong", calendar=calendar, value=str(date))


def _faults_of_week(calendar: str, week: Mapping[str, Any]) -> Iterator[BadInput]:
    for weekday, texts in week.items():
        if weekday not in WEEKDAYS:
            yield BadInput(
                "calendar-field-unknown", calendar=calendar, field=f"hours.{weekday}", known=list(WEEKDAYS)
            )
        else:
            yield from _faults_of_hours(calendar, f"hours.{weekday}", weekday, texts)


def _faults_of_entry(calendar: str, date: str, entry: object) -> Iterator[BadInput]:
    place = f"days.{date}"
    if not isinstance(entry, dict):
        yield _wrong(calendar, place, entry)
        return
    for field in entry:
        if field not in _ENTRY_FIELDS:
            yield BadInput(
                "calendar-field-unknown",
                calendar=calendar,
                field=f"{place}.{field}",
                known=list(_ENTRY_FIELDS),
            )
    if not isinstance(entry.get("name", ""), str):
        yield _wrong(calendar, f"{place}.name", entry["name"])
    if "works_as" in entry and (entry["works_as"] not in WEEKDAYS or "hours" in entry):
        yield _wrong(calendar, f"{place}.works_as", entry["works_as"])
    if "hours" in entry:
        yield from _faults_of_hours(calendar, f"{place}.hours", date, entry["hours"])


def _faults_of_hours(calendar: str, field: str, day: str, texts: object) -> Iterator[BadInput]:
    if not isinstance(texts, (list, tuple)):
        yield _wrong(calendar, field, texts)
        return
    spans = []
    for text in texts:
        try:
            begins, ends = _span(str(text))
        except ValueError:
            yield BadInput("calendar-hours-wrong", calendar=calendar, day=day, value=str(text))
            continue
        if (ends > DAY and ends - begins > LONGEST_NIGHT) or text[:5] == text[6:]:
            yield BadInput("calendar-hours-backwards", calendar=calendar, day=day, value=str(text))
        spans.append((begins, ends))
    spans.sort()
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        yield BadInput("calendar-hours-overlap", calendar=calendar, day=day)


def _faults_of_plan(plan: Plan) -> Iterator[BadInput]:
    yield from _outlasted(plan)
    yield from _closed_for_good(plan)


def _outlasted(plan: Plan) -> Iterator[BadInput]:
    """Days that are over before the night shift of the day before is."""
    if not any(
        hours and hours[-1][1] > DAY for hours in (*plan.week, *(e.hours for e in plan.days.values()))
    ):
        return  # no night shift at all
    days = [(WEEKDAYS[at], plan.week[at - 1], plan.week[at]) for at in range(7)]
    near = sorted({listed + by for listed in plan.days for by in (0, 1)})
    days += [(date_of(day), plan.hours(day - 1), plan.hours(day)) for day in near]
    for name, before, own in days:
        if before and own and before[-1][1] - DAY >= own[-1][1]:
            yield BadInput("calendar-hours-overlap", calendar=plan.name, day=name)


def _closed_for_good(plan: Plan) -> Iterator[BadInput]:
    """Whether the calendar never opens, or stays closed for longer than anyone can wait."""
    opened = [day for day, entry in plan.days.items() if entry.hours]
    if any(plan.week):
        since, minutes = _long_closure(plan), 0
    elif opened:
        since, minutes = max(opened), plan.hours(max(opened))[-1][1]
    else:
        yield BadInput("calendar-empty", calendar=plan.name)
        return
    if since is not None:
        from zoneinfo import ZoneInfo

        since_at = reached(since, minutes * 60, ZoneInfo(plan.zone))
        yield BadInput("calendar-never-opens", calendar=plan.name, since_at=since_at)


def _long_closure(plan: Plan) -> int | None:
    """The first day of a closure that lasts too long. A week without a listed day has an opening."""
    if len(plan.days) * 7 < LONGEST_CLOSURE - 7:
        return None
    since = None
    for day in sorted({listed + by for listed in plan.days for by in range(-7, 8)}):
        if plan.hours(day):
            since = None
        elif since is None:
            since = day
        elif day - since >= LONGEST_CLOSURE:
            return since
    return None
