"""A roster as a table: read whole, or every fault named by its line."""

from __future__ import annotations

from datetime import datetime

import pytest

from cstrack.domain.roster_csv import overlapping, read, span
from cstrack.domain.staff import DUTY, ON_CALL, Shift
from tests.support.spec import ZONE

KNOWN = ("li", "王主管", "wang")
HEAD = "handle,from,to,kind\n"


def at(text: str) -> int:
    return int(datetime.fromisoformat(text + "+08:00").timestamp())


def faults(text: str) -> list[tuple[object, str]]:
    shifts, problems = read(text, zone=ZONE, known=KNOWN)
    return [(one.facts["place"], one.code) for one in problems] if problems else [(len(shifts), "fine")]


@pytest.mark.parametrize(
    "text",
    [
        (
            "handle,from,to,kind\nli,2026-11-23 08:00,2026-11-23 20:00,duty\n"
            "王主管,2026-11-23T20:00+08:00,2026-11-24 08:00,on-call\n"
        ),
        (
            "值班人\t开始\t结束\t类型\nli\t2026-11-23 08:00\t2026-11-23T20:00\t值班\n\n"
            "王主管\t2026-11-23 20:00\t2026-11-24 08:00\t值守\n"
        ),
        (
            "类型;结束;备注;开始;值班人\r\n;2026-11-23 20:00;x;2026-11-23 08:00;li\r\n"
            "值守;2026-11-24 08:00;;2026-11-23 20:00;王主管\r\n"
        ),
    ],
)
def test_a_table_is_read_in_either_language(text: str) -> None:
    shifts, problems = read(text, zone=ZONE, known=KNOWN)
    assert problems == []
    assert shifts == [
        Shift("li", DUTY, at("2026-11-23T08:00"), at("2026-11-23T20:00")),
        Shift("王主管", ON_CALL, at("2026-11-23T20:00"), at("2026-11-24T08:00")),
    ]
    assert span(shifts) == (at("2026-11-23T08:00"), at("2026-11-24T08:00"))


def test_every_fault_is_named_by_its_line() -> None:
    rows = [
        "wagn,2026-11-23 08:00,2026-11-23 20:00,duty",
        "nobody,2026-11-23 08:00,2026-11-23 20:00,duty",
        "li,2026-11-23 08:00,2026-11-23 20:00,lunch",
        "li,tomorrow 9am,2026-11-23,duty",
        "li,2026-11-23 20:00,2026-11-23 08:00,duty",
        "li,2026-11-23 20:00,2027-11-23 08:00,duty",
        "li,2026-11-23 08:00",
    ]
    assert faults(HEAD + "\n".join(rows)) == [
        (2, "roster-handle-near"),
        (3, "roster-handle"),
        (4, "roster-kind"),
        (5, "roster-time"),
        (5, "roster-time"),
        (6, "roster-backwards"),
        (7, "roster-too-long"),
        (8, "roster-time"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "roster-empty")]),
        (HEAD, [(1, "roster-empty")]),
        ("handle,from\nli,2026-11-23 08:00\n", [(1, "roster-column-missing")]),
        ("handle,from,to,start\n", [(1, "roster-column-twice")]),
        (HEAD + 'li,"2026', [(2, "roster-unreadable")]),
        (HEAD + "li,2026-11-31 08:00,2026-12-01 08:00,duty", [(2, "roster-time")]),
    ],
)
def test_a_file_that_is_no_roster_is_refused(text: str, found: list[tuple[int, str]]) -> None:
    assert faults(text) == found


def test_shifts_of_one_person_and_kind_do_not_overlap() -> None:
    first = "li,2026-11-23 08:00,2026-11-23 20:00,duty\n"
    second = "li,2026-11-23 19:59,2026-11-23 21:00,duty\n"
    assert faults(HEAD + first + second) == [(3, "roster-overlap")]
    assert faults(HEAD + second + first) == [(3, "roster-overlap")]
    assert faults(HEAD + first + first) == [(3, "roster-overlap")]
    assert faults(HEAD + first + second.replace("duty", "on-call")) == [(2, "fine")]
    assert faults(HEAD + first + second.replace("li", "wang")) == [(2, "fine")]
    assert faults(HEAD + first + second.replace("19:59", "20:00")) == [(2, "fine")]


def test_a_long_shift_overlaps_all_that_lies_in_it() -> None:
    whole = "li,2026-11-23 08:00,2026-11-24 08:00,duty\n"
    inner = "li,2026-11-23 {}:00,2026-11-23 {}:30,duty\n"
    text = HEAD + whole + inner.format("10", "10") + inner.format("12", "12")
    assert faults(text) == [(3, "roster-overlap"), (4, "roster-overlap")]


def test_a_file_with_nothing_right_is_given_up_in_the_end() -> None:
    assert len(faults(HEAD + "x,y,z,w\n" * 2000)) == 1000


def test_what_began_before_may_reach_into_the_file() -> None:
    night = Shift("li", DUTY, 0, 100)
    early, later = Shift("li", DUTY, 99, 200), Shift("li", DUTY, 100, 200)
    assert overlapping([later, early], [night]) == (early, night)
    assert overlapping([later, Shift("wang", DUTY, 50, 60), Shift("li", ON_CALL, 50, 60)], [night]) is None
