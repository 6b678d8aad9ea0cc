"""Questions that lie on the edges of opening hours, on calendars of the shapes that other systems test with.

Each answer is compared with minutes counted one by one (tests/support/calendars.py). The days asked about
have holidays in them, or a change of the clocks; some shapes are set into other zones than their own.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import pytest

from cstrack.domain import deadlines
from cstrack.domain.calendar import Calendar
from tests.support.calendars import Oracle
from tests.support.peers import instant, shapes

FAR_S = 60 * 86_400
A_DAY_S = 86_400
COUNTED = "1wh"
"""A limit counted in open time: what the deadlines of a calendar are moved by."""

Spans = list[tuple[int, int]]


class Asked(NamedTuple):
    """A calendar, the oracle of it, and spans of it from a day on."""

    desk: Calendar
    oracle: Oracle
    spans: Spans

    def starts(self) -> list[int]:
        """The edges and the seconds beside them; the same times of the day before."""
        edges = [edge for span in self.spans[:3] for edge in span]
        beside = {edge + by for edge in edges for by in (-1, 0, 1)}
        return sorted(beside | {edge - A_DAY_S for edge in edges[2:]})

    def next_spans(self, start: int) -> Spans:
        return list(islice(self.desk.spans(start, start + FAR_S), 2))


@pytest.fixture(
    params=[
        ("biz", "Etc/UTC", "2006-01-03"),
        ("biz", "Australia/Lord_Howe", "2015-04-02"),
        ("biz-breaks", "Etc/UTC", "2006-01-02"),
        ("noon-break-week", "UTC", "2014-04-04"),
        ("long-noon", "UTC", "2019-12-26"),
        ("short-saturday", "Asia/Shanghai", "2026-11-12"),
        ("whole-days", "America/Sao_Paulo", "2015-10-16"),
        ("whole-days", "Africa/Cairo", "2014-05-15"),
        ("monday-whole", "Asia/Tehran", "2016-03-20"),
        ("berlin-noon", "Europe/Berlin", "2015-12-23"),
        ("berlin-noon-daily", "Europe/Berlin", "2016-03-26"),
        ("tehran-8-18", "Asia/Tehran", "2016-09-19"),
        ("la-spring", "America/Los_Angeles", "2014-03-08"),
        ("la-autumn", "America/Los_Angeles", "2014-11-01"),
        ("la-gap", "America/Los_Angeles", "2006-04-01"),
        ("paris-first-hour", "Europe/Paris", "2020-10-24"),
        ("sp-midnight", "America/Sao_Paulo", "2015-02-20"),
    ],
    ids=" ".join,
    scope="module",
)
def asked(request: pytest.FixtureRequest) -> Asked:
    shape, zone, date = request.param
    data = shapes()[shape] | {"zone": zone}
    since = instant(date, zone)
    desk = Calendar(data)
    return Asked(desk, Oracle(data, since - 2 * A_DAY_S), list(islice(desk.spans(since, since + FAR_S), 4)))


def test_p07_what_begins_on_an_edge_counts_from_the_next_open_instant(asked: Asked) -> None:
    for start in asked.starts():
        assert asked.desk.next_open(start) == asked.desk.add(start, 0) == asked.oracle.next_open(start)


def test_a_limit_that_ends_at_a_closing_is_due_there_and_one_second_more_is_not(asked: Asked) -> None:
    for start in asked.starts():
        limit = 0
        for begins, ends in asked.next_spans(start):
            limit += ends - begins
            assert asked.desk.add(start, limit) == ends
            assert asked.desk.add(start, limit + 1) == asked.desk.next_open(ends) + 1
            assert asked.desk.used(start, ends) == asked.desk.used(start, ends + 1) == limit


def test_seconds_around_the_edges_are_counted_as_minutes_count_them(asked: Asked) -> None:
    for start in asked.starts():
        first = asked.desk.used(start, asked.next_spans(start)[0][1])
        for limit in {1, 60, max(1, first - 1), first, first + 1}:
            assert asked.desk.add(start, limit) == asked.oracle.add(start, limit)


def test_days_from_an_edge_are_those_that_minutes_count(asked: Asked) -> None:
    for start in asked.starts():
        for count in (0, 1, 2, 5):
            assert asked.desk.add_days(start, count) == asked.oracle.add_days(start, count)
        for count in (1, 3):
            assert asked.desk.close_of_day(start, count) == asked.oracle.close_of_day(start, count)


def test_p18_pauses_that_touch_an_edge_take_away_open_time_alone(asked: Asked) -> None:
    for start in asked.starts():
        (_opened, closed), (opens, closes) = asked.next_spans(start)
        limit = asked.desk.used(start, closes)
        for pauses in touching(start, closed, opens, closes):
            moves(asked, start, limit, pauses)
        within = asked.desk.add(start, limit - 30)
        for began, ended in ((within - 1, within), (within, within + 10), (within - 1, closes + 1)):
            moves(asked, start, limit - 30, [(began, ended)])


def moves(asked: Asked, start: int, limit: int, pauses: Spans) -> None:
    """The due time after the pauses is the counted one, by a calendar as by the deadlines of clocks."""
    due, moved = asked.desk.add(start, limit), asked.oracle.add(start, limit, pauses)
    assert asked.desk.after_pauses(start, due, pauses) == moved
    assert deadlines.after_pauses(start, due, COUNTED, pauses, asked.desk) == moved
    assert asked.desk.used(start, moved, pauses) == limit


def touching(start: int, closed: int, opens: int, due: int) -> list[Spans]:
    """Pauses beside the start, a closing, the opening after it, the due time; then three pairs of them."""
    return [
        [(start - 50, start)],
        [(start, start + 1)],
        [(closed - 60, closed)],
        [(closed, opens)],
        [(closed - 60, opens + 60)],
        [(opens - 60, opens)],
        [(opens, opens + 60)],
        [(due - 1, due)],
        [(due - 1, due + 1)],
        [(due, due + 600)],
        [(closed - 60, closed), (closed, opens)],
        [(closed - 60, closed), (opens, opens + 60)],
        [(due - 60, due), (due, due + 60)],
    ]


def test_p08_a_mark_is_never_before_the_start_and_lies_where_so_much_is_left(asked: Asked) -> None:
    for start in asked.starts():
        limit = asked.desk.used(start, asked.next_spans(start)[1][1])
        due = asked.desk.add(start, limit)
        assert asked.desk.mark(start, due, limit) == asked.desk.mark(start, due, limit + 1) == start
        for left in (0, 1, limit // 2, limit - 1):
            assert asked.desk.mark(start, due, left) == asked.oracle.add(start, limit - left)


@pytest.mark.parametrize("limit", ["1wd", "2wd", "1wd close"])
def test_p15_after_a_pause_a_limit_of_days_has_exactly_what_was_left(asked: Asked, limit: str) -> None:
    desk = asked.desk
    for start in asked.starts():
        (_opened, closed), (opens, _closes) = asked.next_spans(start)
        due = deadlines.due(start, limit, desk.zone, desk)
        for pauses in touching(start, closed, opens, due)[:-3]:
            moved = deadlines.after_pauses(start, due, limit, pauses, desk)
            counted = pauses if pauses[0][0] < due else []
            assert moved >= due
            assert desk.used(start, moved, counted) == desk.used(start, due)
