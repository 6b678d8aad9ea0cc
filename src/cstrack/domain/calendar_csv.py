"""Holidays as CSV: a header that names date, name, kind and hours, in English or Chinese, then a row a day.

Columns with other names are left alone, blank rows as well. A day without kind and hours is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.calendar_entry import CLOSED, MADE_UP, Told, civil_date, hours_of, name_of
from cstrack.domain.csv_rows import columns, rows
from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cstrack.domain.calendar_entry import Entry

_COLUMNS = {
    "date": ("date", "day", "日期"),
    "name": ("name", "holiday", "名称", "节日", "节假日"),
    "kind": ("kind", "type", "类型"),
    "hours": ("hours", "时间", "工作时间", "营业时间"),
}
_CLOSED = {"", "off", "closed", "holiday", "休", "休息", "放假", "节假日", "假日"}
_WORKS = {"work", "working", "workday", "open", "班", "上班", "补班", "工作日"}


def read_csv(text: str) -> Iterator[Told | BadInput]:
    """Each row as a day, or as what is wrong with it."""
    places: Mapping[str, int] = {}
    for row in rows(text, code="calendar-import-unreadable"):
        if isinstance(row, BadInput):
            yield row
            return
        try:
            if places:
                yield _day(*row, places)
            else:
                places = _columns(*row)
        except BadInput as fault:
            yield fault
            if not places:
                return


def _columns(line: int, header: list[str]) -> dict[str, int]:
    """Where each column stands; BadInput when date is missing or one stands twice."""
    places = columns(line, header, _COLUMNS, code="calendar-import-row")
    if "date" not in places:
        raise BadInput("calendar-import-unreadable", place=line, value=",".join(header))
    return places


def _day(line: int, row: list[str], places: Mapping[str, int]) -> Told:
    cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
    day = civil_date(cells["date"], line)
    return Told(line, day, name_of(cells.get("name", "")), _works(cells, line))


def _works(cells: Mapping[str, str], line: int) -> Entry:
    kind, hours = cells.get("kind", ""), cells.get("hours", "")
    closed, works = kind.lower() in _CLOSED, kind.lower() in _WORKS
    if not (closed or works) or (kind and closed and hours):
        raise BadInput("calendar-import-kind", place=line, value=kind)
    if hours:
        return hours_of(hours, line)
    return CLOSED if closed else MADE_UP
