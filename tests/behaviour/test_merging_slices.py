"""What the later parts of a case become when it is merged: sums, requests, visits, owners, alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import pairs
from cstrack.domain.decide import flags, levels, on_site, remedies
from cstrack.domain.errors import CstrackError
from cstrack.domain.remedy import Wanted
from cstrack.domain.staff import Person
from tests.support.rules import rules
from tests.support.spec import hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.desks import Desk

REFUND, VOUCHER = Wanted("refund", 2_000_000), Wanted("voucher", 15_000)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two cases of which nobody knows the customer."""
    for at in (0, 1):
        desk.open(at, channel="web")
    return desk


def refused(order: Callable[[], Any]) -> CstrackError:
    with pytest.raises(CstrackError) as told:
        order()
    return told.value


def test_what_was_granted_there_counts_here(two: Desk) -> None:
    two.does(remedies.ask, hours(1), 1, wanted=VOUCHER)
    two.merge(1, 2, hours(2))
    [outcome] = two.does(remedies.ask, hours(3), 2, wanted=VOUCHER)
    assert outcome.events[-1].type == "remedy-asked"
    assert outcome.events[-1].facts["case_sum"] == 15_000
    two.is_sound()


def test_what_was_granted_counts_over_several_merges(two: Desk) -> None:
    two.open(2, channel="web")
    two.does(remedies.ask, hours(1), 1, wanted=VOUCHER)
    two.merge(1, 2, hours(2))
    two.merge(2, 3, hours(3))
    [outcome] = two.does(remedies.ask, hours(4), 3, wanted=VOUCHER)
    assert outcome.events[-1].facts["case_sum"] == 15_000
    two.is_sound()


def test_what_was_granted_there_is_counted_once_for_its_customer(desk: Desk) -> None:
    for at in (0, 1):
        desk.open(at, name="张三", phone="13800000000", channel="web")
    desk.does(remedies.ask, hours(1), 1, wanted=VOUCHER)
    desk.merge(1, 2, hours(2))
    [outcome] = desk.does(remedies.ask, hours(3), 2, wanted=VOUCHER)
    facts = outcome.events[-1].facts
    assert (facts["case_sum"], facts["customer_sum"]) == (15_000, 15_000)
    desk.is_sound()


def test_a_request_that_no_clock_runs_for_holds_a_merge_too(two: Desk) -> None:
    two.applies({**rules(without=("clocks.approval",)), "name": "bare"}, 60)
    two.does(remedies.ask, hours(1), 1, wanted=REFUND)
    told = refused(lambda: two.merge(1, 2, hours(2)))
    assert (told.code, told.facts["waits"]) == ("merge-waits", "approval")
    two.does(remedies.withdraw, hours(3), 1, r=1, text="x")
    two.merge(1, 2, hours(4))
    two.is_sound()


def test_a_visit_that_no_clock_runs_for_holds_a_merge_too(two: Desk) -> None:
    two.applies({**rules(without=("clocks.waiting-on-site",)), "name": "bare"}, 60)
    two.does(on_site.arrive, hours(1), 1)
    told = refused(lambda: two.merge(1, 2, hours(2)))
    assert (told.code, told.facts["waits"]) == ("merge-waits", "waiting-on-site")
    two.does(on_site.leave, hours(3), 1)
    two.merge(1, 2, hours(4))
    two.is_sound()


def test_who_answers_is_known_or_waited_for_and_never_both(desk: Desk) -> None:
    desk.has(Person("li"), Person("wang", level=3, on_duty=False), Person("zhao", level=3, on_duty=False))
    desk.works("wang", 0, hours(2))
    desk.works("zhao", hours(5), hours(9))
    for at in (0, 1):
        desk.open(at, channel="web")
    desk.does(levels.escalate, hours(1), 1, text="x", to=3)
    assert desk.show(1).row.owner == "wang"
    desk.merge(1, 2, hours(3))
    row = desk.show(2).row
    assert (row.level, row.owner, row.unowned_since) == (3, "wang", None)
    desk.sweep(hours(6))
    assert desk.show(2).row.owner == "wang"
    desk.is_sound()


def test_a_sign_that_rings_rings_in_the_other_case_too(desk: Desk) -> None:
    desk.has(Person("li"), Person("wang", level=3, on_duty=False))
    for at in (0, 1):
        desk.open(at, channel="web")
    [flagged] = desk.does(flags.flag, hours(1), 1, flag="safety")
    assert flagged.alarm is not None
    merged = pairs.merge_cases(desk.road(hours(2)), 1, 2, text="x", anyway=False)
    assert [one.alarm is not None for one in merged] == [False, True]
