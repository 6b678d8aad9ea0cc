"""The days of a clock on its calendar, a line each: what counted, and what it sums up to."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from cstrack.render import grid
from cstrack.render.fold import flowed, folded
from cstrack.render.i18n import _
from cstrack.render.local import Zone, civil, day_words, worked
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cstrack.app.reckoning import Reckoning
    from cstrack.app.why_days import Worked
    from cstrack.render.grid import Cell, Line

MOST, FIRST = 7, 3
"""Of more plain days in a row than these, the first ones and the last are shown."""
INDENT = "    "
WORK, REST, MAKEUP = "work", "rest", "makeup"


class _Row(NamedTuple):
    """A line: date, hours, how much counted, the sum, what is special. `plain` ones may be folded away."""

    date: str
    hours: str = ""
    used: str = ""
    total: str = ""
    note: str = ""
    plain: bool = True
    work: bool = False


def lines(one: Reckoning, now: int, zone: Zone, width: int) -> list[Line]:
    """The days from where a clock counts to its due time; nothing for one that runs day and night."""
    days, calendar = one.days(), one.calendar
    if not days or calendar is None:
        return []
    there = zone if calendar.zone == zone.name else Zone(calendar.zone, beside=True)
    say = _Days(there, now)
    rows = say.counted(days, one) if one.counts_days else say.summed(days, one)
    return _drawn([*_folded(rows)], width)


class _Days:
    """How days are said: in which zone, and as of when (another year is named)."""

    def __init__(self, zone: Zone, now: int) -> None:
        self._zone, self._year = zone, zone.local(now).tm_year

    def summed(self, days: Sequence[Worked], one: Reckoning) -> list[_Row]:
        """For a limit in open time: what counted of each day, and the sum so far."""
        whole = worked(one.open_seconds(one.since, one.due(())))
        sums = accumulate(day.used_s for day in days)
        return self._grouped(
            (
                day,
                self._hours(day.stretches),
                self._used(day),
                _("sum {used} of {limit}").format(used=worked(total), limit=whole) if day.hours else "",
            )
            for day, total in zip(days, sums, strict=True)
        )

    def counted(self, days: Sequence[Worked], one: Reckoning) -> list[_Row]:
        """For a limit in working days: the number of each; then the hours that pauses took, made up for."""
        base, most = one.due(()), one.counts_days
        numbered = [day for day in days if day.number is not None or not day.hours]
        said = {0: _("the day it counts from")}
        rows = self._grouped(
            (
                day,
                self._hours(day.hours),
                "",
                said.get(day.number or 0, _("day {n} of {count}").format(n=day.number, count=most))
                if day.hours
                else "",
            )
            for day in numbered
        )
        for day in days:
            late = [(max(begins, base), ends) for begins, ends in day.stretches if ends > base]
            if late and one.stood:
                used = worked(sum(ends - begins for begins, ends in late))
                note = _("makes up for pauses")
                rows.append(_Row(self._date(day), self._hours(late), used, "", note, plain=False))
        return rows

    def _grouped(self, told: Iterable[tuple[Worked, str, str, str]]) -> list[_Row]:
        """A row a day; closed days in a row that are called the same are one."""
        rows: list[_Row] = []
        for (closed, kind, name), group in groupby(told, key=lambda one: _sort(one[0])):
            of = list(group)
            if closed:
                first, last = self._date(of[0][0]), self._date(of[-1][0])
                date = first if len(of) == 1 else _("{first} - {last}").format(first=first, last=last)
                note = _("{name}, closed").format(name=safe(name)) if name else _("closed all day")
                rows.append(_Row(date, note=note, plain=kind == REST))
                continue
            for day, hours, used, total in of:
                plain = kind == WORK
                rows.append(_Row(self._date(day), hours, used, total, _note(kind, name), plain, work=True))
        return rows

    def _date(self, day: Worked) -> str:
        return day_words(civil(day.date), year=not day.date.startswith(f"{self._year}-"))

    def _hours(self, stretches: Sequence[tuple[int, int]]) -> str:
        """`08:30-12:00 13:30-18:00`; what ends with the day ends at 24:00."""
        said = ((self._zone.clock(begins), self._zone.clock(ends)) for begins, ends in stretches)
        return " ".join(f"{a}-{'24:00' if b == '00:00' else b}" for a, b in said) or "-"

    def _used(self, day: Worked) -> str:
        if not day.hours:
            return ""
        used = worked(day.used_s)
        if day.used_s == day.open_s:
            return used
        return _("{used} of {limit}").format(used=used, limit=worked(day.open_s))


def _sort(day: Worked) -> tuple[bool, str, str]:
    return not day.hours, day.kind, day.name


def _note(kind: str, name: str) -> str:
    """What a day that is not ordinary is called."""
    if kind == WORK:
        return ""
    if kind == MAKEUP:
        return _("make-up day: {name}").format(name=safe(name)) if name else _("make-up day")
    return _("own hours: {name}").format(name=safe(name)) if name else _("own hours")


def _folded(rows: Sequence[_Row]) -> Iterator[_Row]:
    """The rows, of a long run of plain ones the first and the last."""
    for plain, group in groupby(rows, key=lambda row: row.plain):
        run = list(group)
        if not plain or len(run) <= MOST:
            yield from run
            continue
        yield from run[:FIRST]
        hidden = [row for row in run[FIRST:-1] if row.work]
        yield _Row("", _("{n} more working days").format(n=len(hidden)), "", hidden[-1].total)
        yield run[-1]


def _drawn(rows: Sequence[_Row], width: int) -> list[Line]:
    """The rows in columns where they fit, else their parts one after the other."""
    table = [(row.date, row.hours, row.used, row.total) for row in rows]
    wide = [max(grid.cells(row[at]) for row in table) for at in range(4)]
    fits = len(INDENT) + sum(wide) + 4 * len(grid.GAP) <= width
    return [line for row in rows for line in (_lines(row, wide, width) if fits else _flowing(row, width))]


def _lines(row: _Row, wide: Sequence[int], width: int) -> Iterator[list[Cell]]:
    """A row in columns. What is said of a closed day, or has no room, stands where hours do."""
    date: list[Cell] = [(INDENT, ""), (grid.pad(row.date, wide[0]), ""), (grid.GAP, "")]
    before = sum(grid.cells(text) for text, _style in date)
    if row.hours:
        cells = date
        for text, most in zip((row.hours, row.used, row.total), wide[1:], strict=True):
            cells = [*cells, (grid.pad(text, most), ""), (grid.GAP, "")] if most else cells
        if sum(grid.cells(text) for text, _style in cells) + grid.cells(row.note) <= width:
            yield [*cells, (row.note, "dim")]
            return
        yield cells[:-1]
        date = [(" " * before, "")]
    for text in folded(row.note, width - before):
        yield [*date, (text, "dim")]
        date = [(" " * before, "")]


def _flowing(row: _Row, width: int) -> list[list[Cell]]:
    parts = [(text, "") for text in (row.date, row.hours, row.used, row.total, row.note) if text]
    return [[(INDENT, ""), *line] for line in flowed(parts, width - len(INDENT), grid.GAP)]
