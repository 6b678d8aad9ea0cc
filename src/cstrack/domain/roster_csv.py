"""A roster as a table: who, from when, to when, on duty or on call; titles in English or Chinese.

Every row is looked at before anything is kept, and each fault is named by its line.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cstrack.domain import when
from cstrack.domain.choices import near
from cstrack.domain.csv_rows import columns, rows
from cstrack.domain.errors import BadInput, Usage
from cstrack.domain.staff import DUTY, ON_CALL, Shift

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_COLUMNS = {
    "handle": ("handle", "who", "值班人", "人员", "员工"),
    "from": ("from", "start", "开始", "开始时间", "起"),
    "to": ("to", "end", "结束", "结束时间", "止"),
    "kind": ("kind", "type", "类型", "类别"),
}
_KINDS = {
    **dict.fromkeys(("", "duty", "值班", "在班"), DUTY),
    **dict.fromkeys(("on-call", "on call", "oncall", "值守", "待命"), ON_CALL),
}
_MOMENT = re.compile(r"\d{4}\D.*\d:\d\d.*", re.ASCII | re.DOTALL)
"""A date and a time of day: what a list of shifts must not leave to the day on which it is read."""

MOST_PROBLEMS = 1000
LONGEST = 31 * 86_400
"""A shift that lasts longer is a slip of the finger."""


def read(text: str, *, zone: str, known: Collection[str]) -> tuple[list[Shift], list[BadInput]]:
    """The shifts in order of the file, and everything that is wrong with it."""
    shifts: list[tuple[int, Shift]] = []
    problems: list[BadInput] = []
    for found in _told(text, zone, known):
        if isinstance(found, BadInput):
            problems.append(found)
            if len(problems) == MOST_PROBLEMS:
                break
        else:
            shifts.append(found)
    problems += _overlaps(shifts)
    if not shifts and not problems:
        problems.append(BadInput("roster-empty", place=1))
    return [shift for _line, shift in shifts], sorted(problems, key=lambda one: int(str(one.facts["place"])))


def span(shifts: Collection[Shift]) -> tuple[int, int]:
    """The time that shifts cover: from the first beginning up to the last end."""
    return min(one.start_at for one in shifts), max(one.end_at for one in shifts)


def overlapping(shifts: Collection[Shift], kept: Collection[Shift]) -> tuple[Shift, Shift] | None:
    """The first of these shifts in which the person is on duty, or on call, by one that is kept."""
    for one in shifts:
        for other in kept:
            if _overlap(one, other):
                return one, other
    return None


def _told(text: str, zone: str, known: Collection[str]) -> Iterator[tuple[int, Shift] | BadInput]:
    places: Mapping[str, int] = {}
    for row in rows(text, code="roster-unreadable"):
        if isinstance(row, BadInput):
            yield row
            return
        line, cells = row
        if not places:
            try:
                places = columns(line, cells, _COLUMNS, code="roster-column-twice")
            except BadInput as fault:
                yield fault
                return
            missing = [name for name in ("handle", "from", "to") if name not in places]
            if missing:
                yield BadInput("roster-column-missing", place=line, missing=", ".join(missing))
                return
            continue
        told = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
        yield from _shift(line, told, zone, known)


def _shift(
    line: int, told: Mapping[str, str], zone: str, known: Collection[str]
) -> Iterator[tuple[int, Shift] | BadInput]:
    """The shift of a row, or everything that is wrong with the row."""
    faults: list[BadInput] = []
    who = unicodedata.normalize("NFC", told["handle"])
    if who not in known:
        meant = near(who, known)
        code = "roster-handle-near" if meant else "roster-handle"
        faults.append(BadInput(code, place=line, value=who, near=meant))
    kind = _KINDS.get(told.get("kind", "").lower())
    if kind is None:
        faults.append(BadInput("roster-kind", place=line, value=told["kind"]))
    times = [_moment(told[name], zone) for name in ("from", "to")]
    for name, at in zip(("from", "to"), times, strict=True):
        if at is None:
            faults.append(BadInput("roster-time", place=line, value=told[name]))
    start, end = times
    if start is not None and end is not None and not 0 < end - start <= LONGEST:
        code = "roster-backwards" if end <= start else "roster-too-long"
        faults.append(BadInput(code, place=line, value=told["to"], start=told["from"]))
    yield from faults
    if not faults and kind and start is not None and end is not None:
        yield line, Shift(who, kind, start, end)


def _moment(text: str, zone: str) -> int | None:
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return when.parse(text, now=0, zone=zone, use="moment")
    except Usage:
        return None


def _overlaps(told: Collection[tuple[int, Shift]]) -> Iterator[BadInput]:
    """Shifts of one person and kind of which one begins before another ends, each by its later line."""
    last: dict[tuple[str, str], tuple[int, Shift]] = {}
    for line, shift in sorted(told, key=lambda one: (one[1].start_at, one[0])):
        key = (shift.handle, shift.kind)
        before = last.get(key)
        if before is not None and _overlap(before[1], shift):
            first, second = sorted((before[0], line))
            yield BadInput("roster-overlap", place=second, value=shift.handle, first_place=first)
        if before is None or shift.end_at > before[1].end_at:
            last[key] = line, shift


def _overlap(one: Shift, other: Shift) -> bool:
    same = (one.handle, one.kind) == (other.handle, other.kind)
    return same and one.start_at < other.end_at and other.start_at < one.end_at
