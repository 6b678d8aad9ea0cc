"""One day as a file of holidays tells it: its date, its name, and when it is open.

A date has its year first: 2026-10-01, 2026/10/1, 2026.10.1, 20261001 or 2026年10月1日, from 1600 to 2199.
Hours are `09:00-12:00 13:30-18:00`; 24:00 ends a day, and an end at or before its start is the next day's,
at most twelve hours on.
Every refusal names its place in the file: the number of a line, or a path such as `days[3].date`.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.calendar_data import DAY, LONGEST_NIGHT, WEEKDAYS
from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    Place = int | str
    Entry = Mapping[str, Any]
    """What `days` of a calendar holds for a date, without its name; {} is closed."""

SATURDAY = 5
CLOSED: Entry = {}
MADE_UP: Entry = {"works_as": ""}
"""A make-up working day of which the file does not say which weekday it works as."""

FIRST_YEAR, LAST_YEAR = 1600, 2199
MOST_NAME = 100
_DATE = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))", re.ASCII)
_HOURS = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", re.ASCII)
_BETWEEN = re.compile(r"[\s,;/、，；]+")
_HALF_WIDTH = str.maketrans({"：": ":", "–": "-", "—": "-", "~": "-", "～": "-", "至": "-"})


class Change(NamedTuple):
    """A date, `2026-10-01`, and what the calendar holds for it from now on."""

    date: str
    entry: dict[str, Any]


class Told(NamedTuple):
    """A day as it stands in a file, before the file is seen as a whole."""

    place: Place
    day: date
    name: str
    works: Entry


def civil_date(text: str, place: Place) -> date:
    """The date that a text names whole; BadInput `calendar-import-date` for any other."""
    found = _DATE.fullmatch(text.strip())
    if found:
        year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
        if FIRST_YEAR <= year <= LAST_YEAR:
            try:
                return date(year, month, day)
            except ValueError:
                pass
    raise BadInput("calendar-import-date", place=place, value=text)


def hours_of(text: str, place: Place) -> Entry:
    """The entry of a day with its own hours; BadInput `calendar-import-hours` where they cannot be."""
    plain = text.translate(_HALF_WIDTH).strip()
    spans = sorted(filter(None, map(_span, _BETWEEN.split(plain))))
    if len(spans) < len(_BETWEEN.split(plain)) or not _apart(spans):
        raise BadInput("calendar-import-hours", place=place, value=text)
    return {"hours": [f"{_clock(start)}-{_clock(end)}" for start, end in spans]}


def name_of(text: str) -> str:
    """A name as one line of printable text, cut at 100 characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:MOST_NAME]


def weekday(day: date) -> str:
    """`mon` to `sun`."""
    return WEEKDAYS[day.weekday()]


def _span(text: str) -> tuple[int, int] | None:
    """Minutes from the start of the day: (start, end), the end at most a day behind the start."""
    found = _HOURS.fullmatch(text)
    if not found:
        return None
    opens, minutes, closes, last = map(int, found.groups())
    start, end = opens * 60 + minutes, closes * 60 + last
    if minutes >= 60 or last >= 60 or start >= DAY or end > DAY:  # noqa: PLR2004  minutes of an hour
        return None
    end = end if end > start else end + DAY
    return (start, end) if end <= DAY or end - start <= LONGEST_NIGHT else None


def _apart(spans: list[tuple[int, int]]) -> bool:
    """Whether no span begins before the one ahead of it ends."""
    return all(before[1] <= after[0] for before, after in pairwise(spans))


def _clock(minute: int) -> str:
    hour, rest = divmod(minute if minute <= DAY else minute - DAY, 60)
    return f"{hour:02}:{rest:02}"
