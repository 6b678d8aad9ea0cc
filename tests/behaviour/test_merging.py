"""Merging and linking on both kinds of database: lists, the sweep, looks back, and taking it back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import duties
from cstrack.domain.decide import levels, promises, talk
from cstrack.domain.duties import PROMISE
from cstrack.domain.errors import CstrackError, NotFound
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.desks import Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    """C-1, which came first by letter, and C-2, two hours later by phone."""
    desk.open(name="张三", phone="13800000000", channel="web", category="service.repair")
    desk.open(hours(2), phone="13800000000", channel="web", category="service.repair")
    return desk


def code(order: Callable[[], Any]) -> str:
    with pytest.raises(CstrackError) as told:
        order()
    return told.value.code


def test_p29_a_merged_case_is_never_late_and_never_stepped(two: Desk) -> None:
    two.merge(1, 2, hours(3))
    assert [row.number for row in two.overdue(days(30))] == [2]
    assert [row.number for row in two.listed()] == [2]
    stepped = two.sweep(days(30)).outcomes
    assert {one.after.number for one in stepped} == {2}
    assert two.show(1).row.status == "merged"
    assert two.sweep(days(60)).outcomes == []
    two.is_sound()


def test_p29_the_earliest_receipt_and_the_strictest_time_are_kept(two: Desk) -> None:
    two.merge(1, 2, hours(3))
    row = two.show(2).row
    assert (row.opened_at, row.next_due) == (T0, T0 + hours(24))
    assert two.clock("level", 2).due_at == T0 + hours(24)
    [step] = two.sweep(hours(24)).outcomes
    assert (step.after.number, step.events[0].at) == (2, T0 + hours(24))
    two.is_sound()


def test_what_was_promised_under_the_one_is_listed_under_the_other(two: Desk) -> None:
    two.does(promises.promise, hours(2), 1, text="call", due=T0 + hours(5), owner="ma")
    two.merge(1, 2, hours(3))
    with two.reading() as db:
        [told] = duties.listed(db, PROMISE, None, None, everything=False)
    assert (told.case.number, told.duty.who, told.clock.due_at) == (2, "ma", T0 + hours(5))
    assert [row.next_clock for row in two.overdue(hours(5))] == ["promise"]
    two.is_sound()


def test_a_look_back_shows_both_as_they_were(two: Desk) -> None:
    two.merge(1, 2, hours(3))
    two.open(hours(9))
    assert [row.number for row in two.listed(hours(2))] == [1, 2]
    assert two.show(2, hours(2)).row.opened_at == T0 + hours(2)
    assert [row.number for row in two.listed(hours(3))] == [2]


def test_a_merged_case_is_no_earlier_case_of_its_customer(two: Desk) -> None:
    two.merge(1, 2, hours(3))
    again = two.open(hours(4), phone="13800000000", category="service.repair")
    assert again.still_open == (2,)


def test_the_refusal_of_two_customers_names_them(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    desk.open(1, name="李四", phone="13900000000")
    with pytest.raises(CstrackError) as told:
        desk.merge(1, 2, hours(1))
    assert told.value.facts == {
        "number": 1,
        "into": 2,
        "customer": 1,
        "name": "张三",
        "other": 2,
        "other_name": "李四",
    }
    desk.merge(1, 2, hours(1), anyway=True)
    desk.is_sound()


def test_a_merge_is_one_order_and_is_taken_back_as_one(two: Desk) -> None:
    two.does(levels.escalate, hours(2), 1, text="x", to=3)
    two.does(promises.promise, hours(2), 1, text="call", due=T0 + hours(5))
    before = [two.show(n) for n in (1, 2)]
    outbox = two.rows("SELECT COUNT(*) FROM outbox")
    two.merge(1, 2, hours(3))
    done = two.undo(hours(4))
    assert [(one.number, len(one.entries)) for one in done.cases] == [(1, 1), (2, 3)]
    after = [two.show(n) for n in (1, 2)]
    assert [one.clocks for one in after] == [one.clocks for one in before]
    assert [one.row._replace(seq=0) for one in after] == [one.row._replace(seq=0) for one in before]
    assert two.rows("SELECT COUNT(*) FROM outbox") == outbox
    two.is_sound()


def test_what_has_followed_on_either_case_holds_the_merge(two: Desk) -> None:
    two.merge(1, 2, hours(3))
    two.does(talk.note, hours(4), 1, text="x", who="wang")
    assert code(lambda: two.undo(hours(5))) == "undo-followed"


def test_the_same_merge_at_once_is_done_once(two: Desk) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(two.merge, 1, 2, hours(3)) for _ in range(2)]
    assert [getattr(one.exception(), "code", None) for one in done if one.exception()] == ["case-merged"]
    two.is_sound()


def test_two_cases_merged_into_each_other_at_once_leave_one(two: Desk) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(two.merge, a, b, hours(3)) for a, b in ((1, 2), (2, 1))]
    assert [getattr(one.exception(), "code", None) for one in done if one.exception()] == ["case-merged"]
    assert len(two.listed()) == 1
    two.is_sound()


def test_a_refused_merge_writes_nothing(two: Desk) -> None:
    before = two.everything()
    assert code(lambda: two.merge(1, 1, hours(3))) == "merge-itself"
    with pytest.raises(NotFound, match="no-such-case"):
        two.merge(1, 9, hours(3))
    assert two.everything() == before


def test_a_link_is_written_to_both_and_taken_back_from_both(two: Desk) -> None:
    two.link(2, 1, hours(3))
    assert (two.events(1)[-1], two.events(2)[-1]) == ("linked", "linked")
    assert code(lambda: two.link(1, 2, hours(4))) == "link-there"
    two.undo(hours(5))
    two.link(1, 2, hours(6))
    two.link(1, 2, hours(7), remove=True)
    two.is_sound()
