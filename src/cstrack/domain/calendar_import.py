"""Days of a calendar out of a file: iCalendar, JSON or CSV, told apart by content.

A file is read to its end and everything odd in it is named by its place (at most MOST_PROBLEMS of it).
A date told twice counts once when both say the same, by whatever names; else it is a conflict.

A make-up working day works as a weekday that its holiday took: of the weekdays off under the same name
within two months the last ones, in order of date, one for each make-up day; as a Monday where the file
has none. One that is a weekday itself works as that weekday. The published notices of China do not say
it, and by this rule 18 of the 19 make-up days of 2024 to 2026 get the weekday given in exchange.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from cstrack.domain.calendar_entry import CLOSED, MADE_UP, SATURDAY, Change, Told, weekday
from cstrack.domain.errors import BadInput
from cstrack.domain.text import checked

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PROBLEMS = 1000
MOST_DAYS = 4000
"""So many days are read from one file: a century of holidays."""

_ONE_HOLIDAY = timedelta(days=60)
_MARKS = re.compile(r"[第共]\d+天|[调补]休|[补上]班|放假|假期|[休班\W]")


def read(text: str, *, through_year: int) -> tuple[list[Change], list[BadInput]]:
    """The changes in order of date, and everything that is wrong; yearly rules end with `through_year`."""
    try:
        found, problems = _collected(_reader(checked(text, "FILE"), through_year))
    except BadInput as fault:
        return [], [fault]
    changes = _settled(_with_weekdays(found), problems)
    if not changes and not problems:
        problems.append(BadInput("calendar-import-empty", place=1, value=""))
    return changes, problems


def _reader(text: str, through_year: int) -> Iterator[Told | BadInput]:
    start = text.lstrip()
    if not start:
        return iter(())
    if start[:1] in ("{", "["):
        from cstrack.domain.calendar_json import read_json

        return read_json(text)
    if start[:15].upper() == "BEGIN:VCALENDAR":
        from cstrack.domain.calendar_ics import read_ics

        return read_ics(text, through_year)
    from cstrack.domain.calendar_csv import read_csv

    return read_csv(text)


def _collected(reader: Iterator[Told | BadInput]) -> tuple[list[Told], list[BadInput]]:
    """What a file tells and what is wrong with it, both within their bounds."""
    told: list[Told] = []
    problems: list[BadInput] = []
    for found in reader:
        if isinstance(found, BadInput):
            problems.append(found)
            if len(problems) == MOST_PROBLEMS:
                break
        elif len(told) == MOST_DAYS:
            problems.append(BadInput("calendar-import-too-many", place=found.place, most=MOST_DAYS))
            break
        else:
            told.append(found)
    return told, problems


def _with_weekdays(told: list[Told]) -> list[Told]:
    """The same days, each make-up day with the weekday that it works as."""
    holidays: dict[str, list[Told]] = {}
    for one in sorted((one for one in told if one.works in (CLOSED, MADE_UP)), key=lambda one: one.day):
        holidays.setdefault(_MARKS.sub("", one.name), []).append(one)
    works: dict[tuple[str, str], str] = {}
    for name, days in holidays.items():
        for cluster in _clusters(days):
            works |= {(name, day): weekday_ for day, weekday_ in _exchanged(cluster).items()}
    return [
        one._replace(works={"works_as": works[_MARKS.sub("", one.name), one.day.isoformat()]})
        if one.works == MADE_UP
        else one
        for one in told
    ]


def _clusters(days: list[Told]) -> Iterator[list[Told]]:
    """Days of one name in order, parted where two months lie between: one holiday of one year each."""
    cluster: list[Told] = []
    for one in days:
        if cluster and one.day - cluster[-1].day > _ONE_HOLIDAY:
            yield cluster
            cluster = []
        cluster.append(one)
    yield cluster


def _exchanged(cluster: list[Told]) -> dict[str, str]:
    """By date of each make-up day of a holiday, the weekday that it works as."""
    weekdays = {one.day: one.works for one in cluster if one.day.weekday() < SATURDAY}
    taken = [weekday(day) for day, works in weekdays.items() if works == CLOSED]
    made = sorted({one.day for one in cluster if one.works == MADE_UP})
    weekends = [day for day in made if day.weekday() >= SATURDAY]
    given = ["mon"] * (len(weekends) - len(taken)) + taken[max(0, len(taken) - len(weekends)) :]
    found = {day.isoformat(): weekday(day) for day in made}
    return found | {day.isoformat(): works for day, works in zip(weekends, given, strict=True)}


def _settled(told: list[Told], problems: list[BadInput]) -> list[Change]:
    """One change a date, in order; the first name counts. Adds a problem for each date told in two ways."""
    first: dict[str, Told] = {}
    for one in told:
        day = one.day.isoformat()
        before = first.setdefault(day, one)
        if before.works != one.works and len(problems) < MOST_PROBLEMS:
            problems.append(
                BadInput("calendar-import-conflict", place=one.place, value=day, first_place=before.place)
            )
    return [Change(day, {"name": one.name, **one.works}) for day, one in sorted(first.items())]
