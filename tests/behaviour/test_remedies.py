"""Remedies in the record: rows, sums of a customer over cases, and two who grant at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from cstrack.app import reading
from cstrack.domain.decide import ending, levels, remedies
from cstrack.domain.errors import Refused
from cstrack.domain.policy import default_policy
from cstrack.domain.remedy import Wanted
from cstrack.domain.staff import Person
from cstrack.record import fetch, sql
from cstrack.store import doctor
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from cstrack.record.rows import RemedyRow
    from tests.support.desks import Desk

VOUCHER, REFUND = Wanted("voucher", 15_000), Wanted("refund", 2_000_000)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two cases of one customer, and a front line with its heads."""
    desk.open(phone="13800000000", name="张三")
    desk.open(60, phone="13800000000", name="张三", category="billing")
    desk.has(Person("li"), Person("wang", level=2), Person("zhao", level=3))
    return desk


def rows(desk: Desk, **narrow: object) -> list[RemedyRow]:
    with desk.reading() as db:
        return fetch.remedies(db, narrow)


def test_a_request_has_a_number_over_the_desk_and_a_row_that_says_what_became_of_it(two: Desk) -> None:
    two.does(remedies.ask, hours(1), 2, wanted=REFUND)
    two.does(remedies.ask, hours(2), 1, wanted=VOUCHER)
    [asked, granted] = rows(two)
    assert asked == (1, 2, 1, "refund", 2_000_000, 0, 3, "asked", "li", T0 + hours(1), None, None, None)
    assert granted[:9] == (2, 1, 1, "voucher", 15_000, 0, 1, "granted", "li")
    two.does(remedies.approve, hours(3), 2, who="zhao", r=1, text="x")
    two.does(remedies.pay, hours(4), 2, r=1, receipt="2026-118")
    [paid, _granted] = rows(two)
    assert paid[7:] == ("paid", "li", T0 + hours(1), "zhao", T0 + hours(3), T0 + hours(4))
    two.is_sound()


def test_the_list_is_narrowed_and_what_waits_comes_first(two: Desk) -> None:
    two.does(remedies.ask, hours(1), 1, wanted=VOUCHER)
    two.does(remedies.ask, hours(2), 1, wanted=Wanted("priority"))
    two.does(remedies.ask, hours(3), 2, wanted=REFUND)
    assert [row.number for row in rows(two)] == [2, 3, 1]
    assert [row.number for row in rows(two, number=1)] == [2, 1]
    assert [row.number for row in rows(two, waiting=True)] == [2, 3]
    assert [row.number for row in rows(two, waiting=True, level=3)] == [3]
    assert [row.number for row in rows(two, state="granted")] == [1]


def test_a_list_of_an_earlier_moment_is_that_of_then(two: Desk) -> None:
    two.does(remedies.ask, hours(1), 1, wanted=REFUND)
    two.does(remedies.ask, hours(2), 2, wanted=VOUCHER)
    two.does(remedies.approve, hours(3), 1, who="zhao", r=1, text="x")
    with two.reading() as db:
        then = reading.remedies(db, T0 + hours(2), {})
        assert [(row.number, row.state) for row in then] == [(1, "asked"), (2, "granted")]
        assert [row.number for row in reading.remedies(db, T0 + hours(2), {"waiting": True, "level": 3})] == [
            1
        ]
        assert [row.number for row in reading.remedies(db, T0 + hours(1), {"number": 2})] == []
        assert reading.remedies(db, T0 + hours(9), {}) == fetch.remedies(db, {})


def test_sums_count_over_the_cases_of_a_customer_for_the_days_of_the_policy(two: Desk) -> None:
    two.does(remedies.ask, hours(1), 1, wanted=VOUCHER)
    [outcome] = two.does(remedies.ask, hours(2), 2, wanted=VOUCHER)
    assert outcome.events[-1].type == "remedy-asked"
    assert outcome.events[-1].facts["customer_sum"] == 15_000
    two.does(remedies.withdraw, hours(3), 2, r=2, text="x")
    [outcome] = two.does(remedies.ask, hours(1) + days(90), 2, wanted=VOUCHER)
    assert (outcome.events[-1].type, outcome.events[-1].facts["customer_sum"]) == ("remedy-granted", 0)
    two.is_sound()


def test_a_later_grant_counts_for_one_that_is_dated_before_it(two: Desk) -> None:
    two.does(remedies.ask, hours(5), 1, wanted=VOUCHER)
    [outcome] = two.does(remedies.ask, hours(2), 2, typed=hours(6), wanted=VOUCHER)
    assert outcome.events[-1].facts["customer_sum"] == 15_000


def test_another_customers_sums_are_their_own(two: Desk) -> None:
    two.open(120, phone="13900000000", name="李四")
    two.does(remedies.ask, hours(1), 1, wanted=VOUCHER)
    [outcome] = two.does(remedies.ask, hours(2), 3, wanted=VOUCHER)
    assert outcome.events[-1].type == "remedy-granted"


def test_what_a_case_shows_of_its_customer_is_as_of_that_moment(two: Desk) -> None:
    two.does(remedies.ask, hours(1), 1, wanted=VOUCHER)
    two.does(remedies.ask, hours(3), 2, who="zhao", wanted=REFUND)
    with two.reading() as db:
        case, policy = reading.case(db, 1, None), default_policy()
        sums = [reading.granted(db, case, policy, T0 + hours(at)) for at in (0, 1, 2, 3)]
        assert sums == [0, 15_000, 15_000, 2_015_000]
        assert reading.granted(db, case._replace(customer_number=None), policy, T0) is None


def test_two_who_grant_at_once_to_one_customer_do_not_both_pass(two: Desk) -> None:
    def ask(case: int) -> str:
        [outcome] = two.does(remedies.ask, hours(1), case, wanted=VOUCHER)
        return outcome.events[-1].type

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, (1, 2))) == ["remedy-asked", "remedy-granted"]
    two.is_sound()


def test_many_who_grant_at_once_never_pass_the_sum_of_their_level(two: Desk) -> None:
    for n in range(4):
        two.open(120 + n, phone="13800000000", name="张三", category="parts.price")

    def grant(n: int) -> None:
        try:
            two.does(ending.agree, hours(1), 1 + n % 6, text="x", remedy=Wanted("voucher", 3_000))
        except Refused as refusal:
            assert refusal.code == "remedy-above-authority"  # noqa: PT017  the others pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(grant, range(12)))
    granted = [row.amount for row in rows(two) if row.state == "granted"]
    assert sum(granted) == 18_000
    two.is_sound()


def test_a_refusal_takes_no_number(two: Desk) -> None:
    with pytest.raises(Refused):
        two.does(ending.agree, hours(1), text="x", remedy=REFUND)
    assert rows(two) == []
    two.does(remedies.ask, hours(1), wanted=VOUCHER)
    assert [row.number for row in rows(two)] == [1]


def test_a_waiting_request_is_late_in_the_list_of_what_is_late(two: Desk) -> None:
    two.does(levels.escalate, 120, text="x", to=3, who="zhao")
    two.does(remedies.ask, 180, wanted=REFUND)
    with two.reading() as db:
        late = fetch.clocks_due(db, T0 + 180 + days(1))
    assert ("approval", "R-1 refund") in [(clock.kind, clock.name) for clock in late]


def test_the_approver_is_told(two: Desk) -> None:
    two.does(remedies.ask, hours(1), wanted=REFUND)
    assert two.rows("SELECT kind, stream_no FROM outbox") == [("approval", 1)]


def test_the_doctor_finds_a_row_that_its_history_does_not_lead_to(two: Desk) -> None:
    two.does(remedies.ask, hours(1), wanted=VOUCHER)
    with two.writing() as db, db.transaction():
        db.execute("UPDATE remedy SET amount = 1")
    with two.reading() as db:
        found = doctor.examine(db).findings
    assert [(one.code, one.what) for one in found] == [("part-differs", "remedy 1")]
    with two.writing() as db, db.transaction():
        db.execute("UPDATE remedy SET amount = 15000")
        db.execute("UPDATE counter SET last = 0 WHERE kind = 'remedy'")
    with two.reading() as db:
        found = doctor.examine(db).findings
    assert [(one.code, one.what) for one in found] == [("counter-behind", "remedy")]


def test_erased_words_leave_every_sum(two: Desk) -> None:
    two.does(remedies.ask, hours(1), wanted=VOUCHER, text="因为他等了很久")
    with two.writing() as db:
        db.execute("UPDATE event SET words = NULL WHERE type = 'remedy-granted'")
    two.is_sound()


def test_no_statement_of_remedies_reads_the_table_whole(sqlite_desk: Desk) -> None:
    asked = f"{sql.REMEDIES} WHERE {sql.REMEDIES_BY['waiting']} AND {sql.REMEDIES_BY['level']}"
    for statement in (asked, sql.GRANTED, sql.REMEDY_CASE, f"{sql.REMEDIES} WHERE case_number = ?"):
        with sqlite_desk.reading() as db:
            values = (0,) * statement.count("?")
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        assert all(step.startswith("SEARCH remedy USING") for step in plan), plan
