"""Start, calendar, pauses and limit, with the answer that others have given.

A dozen of our own stand in tests/data; the 151 from the tests of nine other systems are read where they lie
beside the checkout. Where one of those systems follows another convention, a test says which.
"""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain.calendar import Calendar
from tests.support.calendars import WEEKDAYS

OWN = Path(__file__).parents[1] / "data" / "calendars" / "vectors.csv"
PUBLIC = Path(__file__).parents[3] / "shared" / "data" / "sla_vectors.csv"
OTHERS = pytest.mark.skipif(
    not PUBLIC.is_file(), reason="sla_vectors.csv, the vectors of others, does not lie beside this checkout"
)
DAY_ONLY = "dates only"

Row = dict[str, str]


def calendar(text: str) -> tuple[Calendar, ZoneInfo]:
    """Hours by weekday, whole holidays, days with hours of their own, and breaks on one day."""
    there = json.loads(text)
    zone = "UTC" if there["tz"] == "floating" else there["tz"]
    hours = {day: spelled(spans) for day, spans in there["hours"].items()}
    days: dict[str, Any] = {day: {"name": "off"} for day in there.get("holidays", ())}
    days |= {day: {"hours": spelled(spans)} for day, spans in there.get("overrides", {}).items()}
    for begins, ends in there.get("breaks", ()):
        day = begins[:10]
        weekday = WEEKDAYS[date.fromisoformat(day).weekday()]
        known = days.get(day, {"hours": hours.get(weekday, [])})["hours"]
        days[day] = {"hours": [piece for span in known for piece in without(span, begins[11:], ends[11:])]}
    return Calendar({"name": "other", "zone": zone, "hours": hours, "days": days}), ZoneInfo(zone)


def spelled(spans: list[list[str]]) -> list[str]:
    return [f"{begins}-{ends}" for begins, ends in spans]


def without(span: str, begins: str, ends: str) -> list[str]:
    """A span with a break cut out of it."""
    first, last = span.split("-")
    pieces = [(first, min(last, begins)), (max(first, ends), last)]
    return [f"{a}-{b}" for a, b in pieces if a < b]


def answer(row: Row) -> tuple[int, int]:
    """What our engine says to a vector, and what it is to say: instants, seconds, or days of the calendar."""
    desk, zone = calendar(row.get("calendar_json") or row["calendar"])
    start = instant(row["start"], zone)
    pauses = [
        (instant(began, zone), instant(ended, zone))
        for began, ended in json.loads(row.get("pauses_json") or row["pauses"])
    ]
    expected = row.get("expected_due") or row.get("due")
    count = int(row["duration"].split()[0]) if row["duration"] else 0
    if row["kind"] == "elapsed":
        seconds = row.get("expected_elapsed_s") or row["elapsed_s"]
        return desk.used(start, instant(row["end"], zone), pauses), int(float(seconds))
    wanted = instant(str(expected), zone)
    if row["kind"] == "next_open":
        return desk.next_open(start), wanted
    if row["kind"] == "due":
        return desk.after_pauses(start, desk.add(start, count), pauses), wanted
    found = desk.add_days(start, count)
    if row["note"].startswith(DAY_ONLY):
        return day(found, zone), day(wanted, zone)
    return found, wanted


def instant(text: str, zone: ZoneInfo) -> int:
    local = datetime.fromisoformat(text)
    return int((local if local.tzinfo else local.replace(tzinfo=zone)).timestamp())


def day(at: int, zone: ZoneInfo) -> int:
    return datetime.fromtimestamp(at, zone).toordinal()


def rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(OWN), ids=lambda row: f"{row['id']} {row['note']}")
def test_our_own_vectors_come_out(row: Row) -> None:
    found, wanted = answer(row)
    assert found == wanted


@OTHERS
def test_all_but_five_of_the_vectors_of_others_come_out() -> None:
    table = rows(PUBLIC)
    answers = {row["vector_id"]: answer(row) for row in table}
    assert len(answers) == len(table) == 151
    differ = sorted(number for number, (found, wanted) in answers.items() if found != wanted)
    assert differ == ["V015", "V062", "V151", "V188", "V242"]


@OTHERS
@pytest.mark.parametrize("kind", ["due", "elapsed", "next_open", "due_bdays"])
def test_every_kind_of_question_is_among_them(kind: str) -> None:
    assert sum(row["kind"] == kind for row in rows(PUBLIC)) >= 10


@OTHERS
@pytest.mark.parametrize(
    ("number", "by"),
    [
        pytest.param("V015", -(7 * 86_400 - 3_600), id="V015 due exactly at a closing stays there"),
        pytest.param("V062", 3_600, id="V062 a Sunday of 25 hours has 25 open hours"),
        pytest.param("V151", 3, id="V151 seconds are kept, not cut to minutes"),
        pytest.param("V188", -24, id="V188 seconds are kept, not rounded up to minutes"),
        pytest.param("V242", -1, id="V242 no open time is none, not one second"),
    ],
)
def test_where_another_system_has_another_convention(number: str, by: int) -> None:
    (row,) = (row for row in rows(PUBLIC) if row["vector_id"] == number)
    found, wanted = answer(row)
    assert found - wanted == by
