"""Holidays out of iCalendar (RFC 5545): the days that events take.

An event that lasts all day keeps its civil date whatever zone anybody is in; so does one with times that
spans whole days in its own zone. Others with times are refused. The end is exclusive; without one, or with
one on the day of the start, an event takes one day. Cancelled events are left out, alarms and time zones
are passed over.

Rules that repeat every year are followed, with COUNT or UNTIL, RDATE, EXDATE and events that replace one
of their days; other rules are refused.

A title with 补班, 上班 or （班） names a make-up working day, as Apple's mark ALTERNATE-WORKDAY does. In a
file with Apple's marks of working days and days off, events without one are festivals on which people work.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.calendar_entry import CLOSED, MADE_UP, Told, civil_date, name_of
from cstrack.domain.calendar_ics_lines import Event, events
from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.domain.calendar_ics_lines import Property

LONGEST = 366
"""Days of one event at most."""

_DAY = 86_400
_MIDNIGHT = "000000"
_MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
_DURATION = re.compile(
    r"\+?P(?=.)(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?",
    re.ASCII,
)
_MAKE_UP = re.compile(r"(?<!不)[补上]班|[(（【\[]班[)）】\]]|^班[|｜]")
_COUNTED = re.compile(r"0*+[1-9]\d{0,3}", re.ASCII)
_SPECIAL, _WORK = "X-APPLE-SPECIAL-DAY", "ALTERNATE-WORKDAY"
_MARKS = ("WORK-HOLIDAY", _WORK)
_ONCE = ("UID", "STATUS", "DTSTART", "DTEND", "DURATION", "SUMMARY", "RRULE", _SPECIAL)


class _Moment(NamedTuple):
    day: date
    time: str
    """`HHMMSS`, "" for a whole day."""
    zone: str


def read_ics(text: str, through_year: int) -> Iterator[Told | BadInput]:
    """Each day of each event, or what is wrong with the event; yearly rules end with `through_year`."""
    found: list[Event] = []
    replaced: set[tuple[str, date]] = set()
    for event in events(text):
        try:
            if isinstance(event, BadInput):
                raise event
            replaced |= _replaced(event)
            found.append(event)
        except BadInput as fault:
            yield fault
    marked = any(event.value(_SPECIAL) in _MARKS for event in found)
    for event in found:
        if event.value("STATUS") == "CANCELLED" or (marked and event.value(_SPECIAL) not in _MARKS):
            continue
        try:
            yield from _days(event, replaced, through_year)
        except BadInput as fault:
            yield fault


def _replaced(event: Event) -> set[tuple[str, date]]:
    """(UID, date) of the day of a rule for which this event stands; refuses what is there twice."""
    for name in _ONCE:
        event.one(name)
    day = event.one("RECURRENCE-ID")
    return {(event.value("UID"), _civil(_moment(day), _start(event)))} if day else set()


def _start(event: Event) -> _Moment:
    begins = event.one("DTSTART")
    if begins is None:
        raise BadInput("calendar-import-date", place=event.line, value="")
    return _moment(begins)


def _days(event: Event, replaced: set[tuple[str, date]], through_year: int) -> Iterator[Told]:
    start, uid = _start(event), event.value("UID")
    begins = event.all("DTSTART")[0]
    if start.time not in ("", _MIDNIGHT):
        raise _timed(begins)
    length = _length(event, start)
    title = event.one("SUMMARY")
    name = name_of(title.text) if title else ""
    works = MADE_UP if event.value(_SPECIAL) == _WORK or _MAKE_UP.search(name) else CLOSED
    left_out = {day for dates in event.all("EXDATE") for day in _dates(dates, start)}
    by_rule = not event.one("RECURRENCE-ID")
    for first in _starts(event, start, through_year):
        if first not in left_out and not (by_rule and (uid, first) in replaced):
            for n in range(length):
                yield Told(begins.line, first + timedelta(days=n), name, works)


def _length(event: Event, start: _Moment) -> int:
    """How many whole days an event takes."""
    ends, lasts = event.one("DTEND"), event.one("DURATION")
    bound = ends or lasts
    if bound is None:
        if start.time:
            raise _timed(event.all("DTSTART")[0])
        return 1
    days = _until_end(ends, start) if ends else _lasting(bound)
    if not 0 <= days <= LONGEST or (ends and lasts):
        raise BadInput("calendar-import-span", place=bound.line, value=bound.value)
    return max(1, days)


def _timed(found: Property) -> BadInput:
    return BadInput("calendar-import-timed", place=found.line, value=found.value)


def _until_end(ends: Property, start: _Moment) -> int:
    """The days before an end, which is the start of a day in the zone of the start."""
    end = _moment(ends)
    days = (end.day - start.day).days
    if end.time not in ("", _MIDNIGHT) or end.zone != start.zone or (start.time and not days):
        raise _timed(ends)
    return days


def _lasting(lasts: Property) -> int:
    """A duration of whole days."""
    days, rest = divmod(_seconds(lasts), _DAY)
    if rest or not days:
        raise _timed(lasts)
    return days


def _seconds(lasts: Property) -> int:
    found = _DURATION.fullmatch(lasts.value.upper())
    if not found:
        raise BadInput("calendar-import-span", place=lasts.line, value=lasts.value)
    weeks, days, hours, minutes, seconds = map(int, found.groups("0"))
    return (weeks * 7 + days) * _DAY + hours * 3600 + minutes * 60 + seconds


def _starts(event: Event, start: _Moment, through_year: int) -> Iterator[date]:
    """The first days of an event, those of its rule and those added to it, each once."""
    rule = event.one("RRULE")
    given = {start.day} if rule is None else set(_yearly(rule, start, through_year))
    given.update(day for dates in event.all("RDATE") for day in _dates(dates, start))
    yield from sorted(given)


def _yearly(rule: Property, start: _Moment, through_year: int) -> Iterator[date]:
    """The days of a yearly rule up to the end of a year; 29 February in leap years only."""
    parts = _parts(rule, start)
    until = _civil(_moment(rule._replace(value=parts["UNTIL"])), start)
    left = int(parts["COUNT"])
    for year in range(start.day.year, min(through_year, until.year) + 1, int(parts["INTERVAL"])):
        day = _in_year(start.day, year)
        if day and day <= until and left:
            left -= 1
            yield day


def _parts(rule: Property, start: _Moment) -> dict[str, str]:
    """The parts of a rule, those left out as they are meant; BadInput for a rule that is not followed."""
    pairs = [part.partition("=") for part in rule.value.upper().rstrip(";").split(";")]
    given = {name.strip(): value.strip() for name, _sign, value in pairs}
    meant = {
        "FREQ": "",
        "WKST": "MO",
        "UNTIL": "21991231",
        "COUNT": "9999",
        "INTERVAL": "1",
        "BYMONTH": str(start.day.month),
        "BYMONTHDAY": str(start.day.day),
    }
    parts = meant | given
    followed = (
        parts.keys() == meant.keys()
        and len(given) == len(pairs)
        and not {"COUNT", "UNTIL"} <= given.keys()
        and parts["FREQ"] == "YEARLY"
        and all(_COUNTED.fullmatch(parts[name]) for name in ("COUNT", "INTERVAL"))
        and all(parts[name].lstrip("0") == meant[name] for name in ("BYMONTH", "BYMONTHDAY"))
    )
    if not followed:
        raise BadInput("calendar-import-rule", place=rule.line, value=rule.value)
    return parts


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _moment(found: Property) -> _Moment:
    """The day, the time and the zone of a property; BadInput `calendar-import-date` for anything else."""
    matched = _MOMENT.fullmatch(found.value.upper())
    if not matched:
        raise BadInput("calendar-import-date", place=found.line, value=found.value)
    day = civil_date(matched[1], found.line)
    return _Moment(day, matched[2] or "", matched[3] or (found.zone if matched[2] else ""))


def _dates(found: Property, start: _Moment) -> list[date]:
    """The days of a list such as EXDATE."""
    return [_civil(_moment(found._replace(value=value.strip())), start) for value in found.value.split(",")]


def _civil(moment: _Moment, start: _Moment) -> date:
    """The day of a moment in the zone of its event: told in UTC it may be the day before or after."""
    if moment.zone != "Z" or start.zone in ("", "Z"):
        return moment.day
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        at = datetime.combine(moment.day, time.fromisoformat(moment.time), UTC)
        return at.astimezone(ZoneInfo(start.zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name of the sender's own, or 25:00
        return moment.day
