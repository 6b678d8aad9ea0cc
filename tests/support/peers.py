"""What the test suites of nine other systems say of business time, as facts: calendars, questions, answers.

tests/data/calendars holds them. `convention` names why an answer is not ours; then `ours` is what we say.
"""

from __future__ import annotations

import csv
import json
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from cstrack.domain.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[1] / "data" / "calendars"
LONGEST_S = 90 * 86_400
"""Farther from its start than any answer to `back`, `closing` and `spans`."""


class Vector(NamedTuple):
    """One question and the answers to it. `limit` is seconds or work days; times without a zone are local."""

    id: str
    repo: str
    file: str
    test: str
    kind: str
    calendar: str
    start: str
    end: str
    pauses: str
    limit: str
    expected: str
    ours: str
    convention: str


def vectors() -> list[Vector]:
    with (DATA / "peer_vectors.csv").open(newline="", encoding="utf-8") as file:
        return [Vector(**row) for row in csv.DictReader(file)]


@cache
def shapes() -> dict[str, dict[str, Any]]:
    """The calendars by name, as the engine takes them."""
    found = json.loads((DATA / "peer_calendars.json").read_text(encoding="utf-8"))
    return {name: {"name": name, **data} for name, data in found.items()}


def answer(vector: Vector) -> list[int]:
    """What the engine says: instants, or one number (open seconds; 1 for open, 0 for closed)."""
    desk = Calendar(shapes()[vector.calendar])
    start = instant(vector.start, desk.zone)
    limit = int(vector.limit or 0)
    pauses = list(_pauses(vector, desk.zone))
    if vector.kind == "spans":
        count = len(vector.expected.split())
        return [edge for span in islice(desk.spans(start, start + LONGEST_S), count) for edge in span]
    if vector.kind == "elapsed":
        return [desk.used(start, instant(vector.end, desk.zone), pauses)]
    if vector.kind == "due":
        return [desk.after_pauses(start, desk.add(start, limit), pauses)]
    return [_single(desk, vector.kind, start, limit)]


def told(vector: Vector, text: str) -> list[int]:
    """What a column of answers says, in the form of `answer`."""
    if vector.kind in ("elapsed", "is_open"):
        return [int(text)]
    zone = shapes()[vector.calendar]["zone"]
    return [instant(one, zone) for one in text.replace("/", " ").split()]


def instant(text: str, zone: str) -> int:
    local = datetime.fromisoformat(text)
    return int((local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))).timestamp())


def _pauses(vector: Vector, zone: str) -> Iterator[tuple[int, int]]:
    for pause in vector.pauses.split():
        began, ended = pause.split("/")
        yield instant(began, zone), instant(ended, zone)


def _single(desk: Calendar, kind: str, start: int, limit: int) -> int:
    if kind == "next_open":
        return desk.next_open(start)
    if kind == "is_open":
        return int(desk.next_open(start) == start)
    if kind == "closing":
        return next(desk.spans(start, start + LONGEST_S))[1]
    if kind == "back":
        return desk.mark(start - LONGEST_S, start, limit)
    return desk.add_days(start, limit) if kind == "due_bdays" else desk.close_of_day(start, limit)
