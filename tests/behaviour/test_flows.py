"""What an order leaves in the record, on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from tests.support.spec import T0, days, hours, minutes

if TYPE_CHECKING:
    from tests.support.desks import Desk


def test_a_case_and_its_customer_are_opened_in_one_transaction(desk: Desk) -> None:
    opened = desk.open(name="张三", phone="138 0000 0000", category="service.repair", channel="phone")
    row = desk.show().row
    assert (opened.outcome.after.number, row.customer, row.customer_number) == (1, "张三", 1)
    assert sorted(desk.events()) == ["opened", "registered"]
    assert desk.rows("SELECT kind, value, customer_number FROM customer_key") == [("phone", "13800000000", 1)]


def test_numbers_count_up_and_are_never_given_twice(desk: Desk) -> None:
    assert [desk.open(n).outcome.after.number for n in range(3)] == [1, 2, 3]


def test_without_a_customer_none_is_registered(desk: Desk) -> None:
    desk.open()
    assert desk.events() == ["opened"]
    assert desk.show().row.customer_number is None


def test_a_phone_finds_its_customer_however_it_is_typed(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    again = desk.open(60, name="张三", phone="+86 138-0000-0000")
    assert (again.outcome.after.customer_number, again.unrecorded) == (1, None)


def test_a_phone_registered_for_another_name_is_said(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    other = desk.open(60, name="李四", phone="13800000000")
    assert (other.outcome.after.customer_number, other.unrecorded, other.outcome.customer) == (
        1,
        "李四",
        "张三",
    )


def test_a_name_alone_registers_a_new_customer(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    assert desk.open(60, name="张三").outcome.after.customer_number == 2


def test_a_case_walks_through_its_whole_life(desk: Desk) -> None:
    desk.open(channel="web", category="service.repair")
    desk.does(talk.contact, minutes(20), direction="out", text="we will call")
    desk.does(talk.propose, hours(1), text="new compressor", by=T0 + days(2))
    desk.does(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(30))
    desk.does(waiting.resume, hours(20))
    desk.does(levels.escalate, hours(21), text="asked for someone higher")
    desk.does(people.assign, hours(22), owner="wang")
    desk.does(flags.flag, hours(23), flag="dissatisfied")
    desk.does(ending.agree, hours(24), text="accepted")
    desk.does(ending.resolve, hours(40), text="replaced")
    desk.does(ending.close, days(3), outcome="satisfied")
    desk.does(ending.reopen, days(9), text="noise is back")
    shown = desk.show()
    assert (shown.row.status, shown.row.level, shown.row.owner, shown.row.cycle) == ("open", 2, "wang", 2)
    assert [(c.kind, c.cycle, c.verdict) for c in shown.clocks] == [
        ("first-response", 1, "met"),
        ("plan", 1, "met"),
        ("level", 1, "passed"),
        ("total", 1, "met"),
        ("level", 1, "met"),
        ("next-update", 1, "void"),
        ("level", 2, None),
        ("next-update", 2, None),
    ]
    assert (shown.row.next_clock, shown.row.next_due) == ("level", T0 + days(11))
    assert desk.events(1) == [
        "opened",
        "contacted",
        "proposed",
        "paused",
        "resumed",
        "escalated",
        "assigned",
        "flagged",
        "agreed",
        "resolved",
        "closed",
        "reopened",
    ]


def test_an_order_takes_the_steps_that_were_due_in_its_own_transaction(desk: Desk) -> None:
    desk.open()
    [outcome] = desk.does(talk.note, hours(80), text="found it")
    assert [event.type for event in outcome.events] == ["escalated", "escalated", "noted"]
    assert desk.show().row.level == 3


def test_one_order_on_several_cases_is_all_or_none(desk: Desk) -> None:
    for n in range(3):
        desk.open(n)
    outcomes = desk.does(people.assign, 60, 1, 3, owner="wang")
    assert [outcome.after.owner for outcome in outcomes] == ["wang", "wang"]
    assert [desk.show(number).row.owner for number in (1, 2, 3)] == ["wang", "li", "wang"]


def test_solved_on_the_spot_is_one_transaction(desk: Desk) -> None:
    opened = desk.open(channel="walk-in", resolution="tightened")
    assert opened.outcome.after.status == "resolved"
    assert desk.events() == ["opened", "resolved"]
    assert desk.show().row.next_due is None


def test_p20_a_reopened_case_is_in_no_overdue_list_at_once(desk: Desk) -> None:
    desk.open(resolution="done")
    desk.does(ending.reopen, days(30), text="back")
    assert desk.overdue(days(30)) == []
    assert [row.number for row in desk.overdue(days(31))] == [1]


def test_p15_a_paused_case_is_in_no_overdue_list(desk: Desk) -> None:
    desk.open(channel="phone", kind="complaint")
    desk.does(talk.propose, 60, text="x", by=T0 + days(9))
    desk.does(waiting.pause, hours(20), waiting_for="supplier", until=T0 + hours(60))
    assert desk.overdue(hours(59)) == []
    assert desk.overdue(hours(64) - 1) == []
    assert [row.next_clock for row in desk.overdue(hours(64))] == ["level"]


def test_lists_begin_with_the_crisis_then_the_earliest_due(desk: Desk) -> None:
    desk.open(0, subject="late")
    desk.open(60, subject="later")
    desk.open(120, subject="crisis", flags=("crisis",))
    desk.open(180, subject="done", resolution="x")
    assert [row.subject for row in desk.listed()] == ["crisis", "late", "later", "done"]
    assert [row.subject for row in desk.overdue(days(9))] == ["crisis", "late", "later"]


def test_lists_are_narrowed(desk: Desk) -> None:
    desk.open(0, subject="a", category="billing", flags=("vip",), name="张三", taken_by="li")
    desk.open(60, subject="b", channel="web", kind="inquiry")
    desk.does(people.assign, 120, 2, owner="wang", handler="zhou")
    desk.does(ending.close, hours(1), 2, outcome="invalid")

    def found(**narrow: object) -> str:
        return "".join(row.subject for row in desk.listed(**narrow))  # type: ignore[arg-type]

    assert found() == "a"
    assert found(status="all") == "ab"
    assert found(status="closed") == "b"
    narrowed = {"category": "billing", "flag": "vip", "customer": "张三", "level": 3, "owner": "li"}
    assert [found(**{name: value}) for name, value in narrowed.items()] == ["a"] * 5
    assert found(status="all", handler="zhou", channel="web", kind="inquiry") == "b"
    assert (found(since=T0 + 1, status="all"), found(before=T0 + 1, status="all")) == ("b", "a")
    assert found(flag="vi") == ""


def test_somebody_must_be_told_of_hand_ups_and_assignments(desk: Desk) -> None:
    desk.open()
    desk.does(people.assign, 60, owner="wang")
    desk.does(talk.note, hours(25), text="x")
    assert desk.rows("SELECT kind, stream_no, seq FROM outbox ORDER BY id") == [
        ("assignment", 1, 2),
        ("hand-up", 1, 3),
    ]


def test_a_repetition_within_ninety_days_is_seen_by_phone_and_category(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000", category="service.repair", resolution="done")
    again = desk.open(days(89), phone="13800000000", category="service.repair")
    assert (again.outcome.after.level, again.outcome.after.flags) == (2, ("repeated",))
    assert again.outcome.events[0].facts["repeat_of"] == 1


def test_another_category_another_phone_or_a_name_alone_is_no_repetition(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000", category="service.repair", resolution="done")
    for said in (
        {"phone": "13800000000", "category": "billing"},
        {"phone": "13900000000", "category": "service.repair"},
        {"name": "张三", "category": "service.repair"},
        {"phone": "13800000000"},
    ):
        assert desk.open(days(1), **said).outcome.after.level == 1  # type: ignore[arg-type]


def test_while_the_earlier_case_is_open_the_desk_is_told_of_it(desk: Desk) -> None:
    desk.open(phone="13800000000", category="service.repair")
    again = desk.open(hours(1), phone="13800000000", category="service.repair")
    assert (again.outcome.after.level, again.still_open) == (1, (1,))


def test_an_inquiry_that_ended_makes_no_complaint_a_repetition(desk: Desk) -> None:
    desk.open(phone="13800000000", category="billing", kind="inquiry", resolution="told")
    assert desk.open(days(1), phone="13800000000", category="billing").outcome.after.level == 1
