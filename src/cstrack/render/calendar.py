"""`calendar show`: the weekly hours, how far holidays are confirmed, and the special days of a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.calendar_data import WEEKDAYS
from cstrack.domain.calendar_watch import ends_soon
from cstrack.render import grid, plain
from cstrack.render.due_table import SOON
from cstrack.render.fold import flowed, folded, paragraph
from cstrack.render.i18n import _
from cstrack.render.local import Zone, civil, day_words
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA
from cstrack.render.week import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cstrack.domain.calendar import Day
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look

ORDINARY = ("work", "rest")
"""Kinds of days that a calendar does not list."""
FIELDS = ("calendar", "date", "weekday", "kind", "name", "hours")
_MIDNIGHT, _END_OF_DAY = "00:00", "24:00"


def screen(calendar: Mapping[str, Any], days: Sequence[Day], now: int, look: Look) -> str:
    """A calendar for people: `days` are those from the first to the last to be told of, special or not."""
    where = Zone(calendar["zone"])
    rows = [_row(first, last, where, now) for first, last in _runs(_special(days), where)]
    columns = [(_("DATE"), 0), (_("DAY"), 0), (_("NAME"), 8), (_("HOURS"), 0)]
    wide = grid.fitted(columns, rows, look)
    name = safe(calendar["name"])
    lines: list[Line] = [*grid.headed([(name, "bold")], now, where, wide if rows else None, look)]
    late = bool(ends_soon({name: calendar}, now, where.name))
    lines += [*_facts(calendar, grid.room(look), late=late), []]
    between = {"first": _date(days[0].date, now, where), "last": _date(days[-1].date, now, where)}
    none = _("No special days from {first} to {last}.").format(**between)
    table = grid.table(columns, rows, wide, look) if rows else paragraph(none, look)
    way = _("Add the days to come: cstrack calendar import FILE --calendar {name}").format(name=name)
    footer = [[], *flowed([(way, "")], grid.room(look))] if late else []
    return grid.painted(lines, look) + table + grid.painted(footer, look)


def plain_lines(calendar: Mapping[str, Any], days: Sequence[Day]) -> str:
    """The special days for pipes: calendar, date, weekday, kind, name and hours between TABs."""
    return plain.tsv(({"calendar": calendar["name"], **day} for day in _objects(calendar, days)), FIELDS)


def calendar_object(calendar: Mapping[str, Any], days: Sequence[Day]) -> dict[str, Any]:
    """A calendar as `calendar show` gives it: the hours of every weekday, the special ones of the days."""
    return {
        "schema": SCHEMA,
        "name": calendar["name"],
        "zone": calendar["zone"],
        "hours": {weekday: list(calendar["hours"].get(weekday, ())) for weekday in WEEKDAYS},
        "confirmed_through": calendar.get("confirmed_through"),
        "from": days[0].date,
        "to": days[-1].date,
        "days": _objects(calendar, days),
    }


def _objects(calendar: Mapping[str, Any], days: Sequence[Day]) -> list[dict[str, Any]]:
    where = Zone(calendar["zone"])
    return [
        {
            "date": day.date,
            "weekday": WEEKDAYS[civil(day.date).tm_wday],
            "kind": day.kind,
            "name": day.name,
            "hours": _hours(day, where),
        }
        for day in _special(days)
    ]


def _special(days: Sequence[Day]) -> list[Day]:
    return [day for day in days if day.kind not in ORDINARY]


def _runs(days: Sequence[Day], where: Zone) -> Iterator[tuple[Day, Day]]:
    """First and last of the days that follow each other and are alike."""
    first = last = None
    for day in days:
        if first and last and _follows(last, day) and _like(first, where) == _like(day, where):
            last = day
            continue
        if first and last:
            yield first, last
        first = last = day
    if first and last:
        yield first, last


def _follows(day: Day, other: Day) -> bool:
    from datetime import date

    return date.fromisoformat(other.date).toordinal() - date.fromisoformat(day.date).toordinal() == 1


def _like(day: Day, where: Zone) -> tuple[str, str, list[str]]:
    return day.kind, day.name, _hours(day, where)


def _hours(day: Day, where: Zone) -> list[str]:
    """The hours that begin on a day, by the local clock."""
    return [f"{where.clock(begins)}-{_closing(where.clock(ends))}" for begins, ends in day.spans]


def _closing(clock: str) -> str:
    return _END_OF_DAY if clock == _MIDNIGHT else clock


def _row(first: Day, last: Day, where: Zone, now: int) -> list[Cell]:
    date = _date(first.date, now, where)
    if last.date != first.date:
        date = _("{first} to {last}").format(first=date, last=_date(last.date, now, where))
    kinds = {"holiday": _("day off"), "makeup": _("make-up day"), "special": _("own hours")}
    hours = " ".join(_hours(first, where)) or _("closed all day")
    return [(date, ""), (kinds[first.kind], ""), (safe(first.name) or "-", ""), (hours, "")]


def _facts(calendar: Mapping[str, Any], width: int, *, late: bool) -> Iterator[Line]:
    """The week and how far the holidays are confirmed, their names at the left."""
    closed = _("closed all day")
    facts = [(_("hours"), f"{days} {told or closed}", "") for days, told in stretches(calendar["hours"])]
    if calendar.get("confirmed_through"):
        through = day_words(civil(calendar["confirmed_through"]), year=True)
        text = _("through {date}; what is due later is provisional").format(date=through)
        facts.append((_("confirmed"), text, SOON if late else ""))
    label = max(grid.cells(name) for name, _text, _style in facts)
    before = ""
    for name, text, style in facts:
        shown = "" if name == before else name
        for line in folded(text, max(1, width - label - 4)):
            yield [("  ", ""), (grid.pad(shown, label), "dim"), ("  ", ""), (line, style)]
            shown = ""
        before = name


def _date(date: str, now: int, where: Zone) -> str:
    """`Thu 31 Dec`, with the year when it is not that of `now`."""
    day = civil(date)
    return day_words(day, year=day.tm_year != where.local(now).tm_year)
