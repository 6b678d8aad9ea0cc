"""Holidays as CSV: a header that names date, name, kind and hours, in English or Chinese, then a row a day.

The delimiter is the one of comma, semicolon and TAB that the header has most of. Columns with other
names are left alone, blank rows as well. A day without kind and hours is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.calendar_entry import CLOSED, MADE_UP, Told, civil_date, hours_of, name_of
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
    columns: Mapping[str, int] = {}
    for row in _rows(text):
        if isinstance(row, BadInput):
            yield row
            return
        try:
            if columns:
                yield _day(*row, columns)
            else:
                columns = _columns(*row)
        except BadInput as fault:
            yield fault
            if not columns:
                return


def _rows(text: str) -> Iterator[tuple[int, list[str]] | BadInput]:
    """Rows that are not blank, with the number of their first line; a broken quotation ends the file."""
    import csv

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = next(filter(str.strip, lines))
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        yield BadInput("calendar-import-unreadable", place=line, value=lines[line - 1])


def _columns(line: int, header: list[str]) -> dict[str, int]:
    """Where each column stands; BadInput when date is missing or one stands twice."""
    places: dict[str, int] = {}
    for at, title in enumerate(header):
        name = next((name for name, titles in _COLUMNS.items() if title.lower() in titles), None)
        if name in places:
            raise BadInput("calendar-import-row", place=line, value=title)
        if name:
            places[name] = at
    if "date" not in places:
        raise BadInput("calendar-import-unreadable", place=line, value=",".join(header))
    return places


def _day(line: int, row: list[str], columns: Mapping[str, int]) -> Told:
    cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
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
