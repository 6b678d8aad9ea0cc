"""Taking back one's own last order, on both kinds of database: as it was before, and nothing is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as random

from cstrack.app import opening, reading
from cstrack.app.road import change
from cstrack.app.undoing import undo
from cstrack.domain.decide import demands, ending, levels, people, promises, talk, waiting
from cstrack.domain.decide.opening import Complaint
from cstrack.domain.errors import CstrackError, NotFound, Refused
from cstrack.record import history
from tests.support.histories import OPENINGS, STEPS, Told
from tests.support.rules import rules
from tests.support.spec import T0, days, hours, minutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.desks import Desk

SHADOWS = ("case_current", "clock", "customer_current", "customer_key", "product_current", "outbox")
EXAMPLES = {"sqlite": 15, "postgresql": 5}


def shadows(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every current row, without the number of the last entry, and who is to be told of what."""
    found = {
        table: sorted(desk.rows(f"SELECT * FROM {table}"), key=repr)  # noqa: S608  constants
        for table in SHADOWS
    }
    for table in ("case_current", "customer_current"):
        found[table] = [(row[0], *row[2:]) for row in found[table]]
    return found


def refused(order: Callable[[], Any], code: str, **facts: Any) -> None:
    with pytest.raises(CstrackError) as told:
        order()
    assert (told.value.code, told.value.status) == (code, 4), told.value
    assert {name: told.value.facts.get(name) for name in facts} == facts


def test_an_order_is_taken_back_and_every_row_is_as_it_was(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000", channel="web")
    before = shadows(desk)
    desk.does(levels.escalate, hours(1), text="x")
    assert shadows(desk) != before
    done = desk.undo(hours(2))
    assert done.written
    [one] = done.taken_back
    assert [event.type for event in one.entries] == ["escalated"]
    assert shadows(desk) == before
    assert desk.events(1) == ["opened", "escalated", "undone"]
    desk.is_sound()


def test_clocks_that_the_order_started_are_gone(desk: Desk) -> None:
    desk.open()
    desk.does(promises.promise, hours(1), text="call", due=T0 + hours(3))
    assert desk.clock("promise").due_at == T0 + hours(3)
    desk.undo(hours(2))
    assert desk.clocks("promise") == []
    desk.does(promises.promise, hours(3), text="write", due=T0 + hours(9))
    assert [clock.name for clock in desk.clocks("promise")] == ["write"]
    desk.is_sound()


def test_nobody_is_told_of_what_was_undone(desk: Desk) -> None:
    desk.open()
    desk.does(levels.escalate, hours(1), text="x")
    assert desk.rows("SELECT seq FROM outbox") == [(2,)]
    desk.undo(hours(2))
    assert desk.rows("SELECT seq FROM outbox") == []


def test_who_has_ordered_nothing_has_nothing_to_undo(desk: Desk) -> None:
    refused(lambda: desk.undo(0), "undo-nothing", who="li")
    desk.open()
    refused(lambda: desk.undo(1, who="wang"), "undo-nothing", who="wang")


def test_an_undo_is_not_undone(desk: Desk) -> None:
    desk.open()
    desk.does(talk.note, 60, text="x")
    desk.undo(120)
    refused(lambda: desk.undo(180), "undo-undone", who="li")


def test_only_the_last_order_of_whoever_acts_is_taken_back(desk: Desk) -> None:
    desk.open()
    desk.open(1)
    desk.does(talk.note, 60, 1, text="mine")
    desk.does(talk.note, 120, 2, text="yours", who="wang")
    desk.undo(180)
    assert (desk.events(1), desk.events(2)) == (["opened", "noted", "undone"], ["opened", "noted"])


def test_another_account_under_the_same_name_is_somebody_else(desk: Desk) -> None:
    desk.open()
    way = desk.road(60)
    other = way._replace(run=way.run._replace(login="elsewhere"))
    refused(lambda: undo(other), "undo-nothing", who="li")


def test_what_somebody_else_built_upon_stays(desk: Desk) -> None:
    desk.open()
    desk.does(levels.escalate, hours(1), text="x")
    desk.does(talk.note, hours(2), text="y", who="wang")
    facts = {"number": 1, "seq": 3, "who": "wang", "followed_at": T0 + hours(2), "own": 2, "what": "noted"}
    before = desk.everything()
    refused(lambda: desk.undo(hours(3)), "undo-followed", **facts)
    assert desk.everything() == before


def test_a_step_by_rule_that_followed_is_in_the_way_too(desk: Desk) -> None:
    desk.open()
    desk.does(talk.note, hours(1), text="x")
    desk.sweep(hours(25))
    refused(lambda: desk.undo(hours(26)), "undo-followed", who="system", what="escalated")


def test_one_case_of_several_that_went_on_keeps_all_of_them(desk: Desk) -> None:
    for n in range(3):
        desk.open(n)
    desk.does(people.assign, hours(1), 1, 2, 3, owner="wang")
    desk.does(talk.note, hours(2), 3, text="y", who="ma")
    refused(lambda: desk.undo(hours(3)), "undo-followed", number=3)
    assert {row.owner for row in desk.listed()} == {"wang"}


def test_steps_that_the_order_caught_up_with_are_taken_back_and_taken_again(desk: Desk) -> None:
    desk.open()
    desk.does(talk.note, days(4), text="x")
    caught = desk.events(1)
    assert caught == ["opened", "escalated", "escalated", "noted"]
    rows = shadows(desk)
    desk.undo(days(4) + 1)
    assert desk.show(1).row.level == 1
    desk.does(talk.note, days(4), typed=days(4) + 60, text="x")
    assert desk.events(1) == [*caught, "undone", *caught[1:]]
    again = shadows(desk)
    assert {table: again[table] for table in ("case_current", "clock")} == {
        table: rows[table] for table in ("case_current", "clock")
    }
    assert sorted(row[4] for row in desk.rows("SELECT * FROM outbox ORDER BY id")) == [6, 7]
    desk.is_sound()


def test_an_order_on_three_cases_waits_for_a_word(desk: Desk) -> None:
    for n in range(3):
        desk.open(n)
    desk.does(talk.note, 60, 1, 2, 3, text="x")
    before = desk.everything()
    looked = desk.undo(120, most=2)
    assert (looked.written, len(looked.cases)) == (False, 3)
    assert desk.everything() == before
    assert desk.undo(180, only=looked.run.id).written
    assert [desk.events(n)[-1] for n in (1, 2, 3)] == ["undone"] * 3
    desk.is_sound()


def test_what_was_looked_at_is_what_is_undone(desk: Desk) -> None:
    desk.open()
    looked = desk.undo(60, dry_run=True)
    desk.open(120)
    refused(lambda: desk.undo(180, only=looked.run.id), "undo-overtaken", who="li")


def test_a_rehearsal_writes_nothing(desk: Desk) -> None:
    desk.open()
    before = desk.everything()
    assert not desk.undo(60, dry_run=True).written
    assert desk.everything() == before


def test_an_opening_that_was_undone_is_in_no_list_and_its_number_is_spent(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    desk.undo(60)
    assert desk.listed(status="all") == []
    assert desk.overdue(days(30)) == []
    assert desk.rows("SELECT * FROM customer_current") == desk.rows("SELECT * FROM customer_key") == []
    for order in (lambda: desk.show(1), lambda: desk.does(talk.note, 120, text="x")):
        with pytest.raises(NotFound, match="case-undone") as told:
            order()
        assert told.value.facts == {"number": 1, "undone_at": T0 + 60}
    assert desk.sweep(days(30)).outcomes == []
    opened = desk.open(180, name="张三", phone="13800000000").outcome.after
    assert (opened.number, opened.customer_number) == (2, 2)
    desk.is_sound()


def test_a_customer_whom_another_case_is_about_stays(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    way = desk.road(60, who="wang")
    opening.open_case(way, Complaint("other"), opening.Caller(None, "13800000000"), None)
    refused(lambda: desk.undo(120), "undo-customer-used", number=2, customer=1)


def test_the_cases_of_one_customer_can_be_undone_last_first(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    desk.open(60, phone="13800000000")
    desk.undo(120)
    assert [row.number for row in desk.listed()] == [1]
    assert desk.rows("SELECT number FROM customer_current") == [(1,)]
    desk.is_sound()


def test_an_application_of_a_policy_is_in_the_way(desk: Desk) -> None:
    desk.open()
    desk.does(ending.resolve, hours(1), text="x")
    desk.applies({**rules(), "name": "other"}, hours(2), who="wang")
    refused(lambda: desk.undo(hours(3)), "undo-policy-applied", at=T0 + hours(1))


def test_applying_a_policy_is_no_order_on_a_case(desk: Desk) -> None:
    desk.applies({**rules(), "name": "other"}, 0)
    refused(lambda: desk.undo(60), "undo-nothing")
    desk.open(120)
    desk.undo(180)
    desk.is_sound()


def test_a_look_back_before_the_undo_shows_the_desk_as_it_was(desk: Desk) -> None:
    desk.open()
    desk.does(levels.escalate, hours(1), text="x")
    desk.undo(hours(3))
    desk.open(hours(4))
    assert [row.level for row in desk.listed(hours(2))] == [2]
    assert [row.level for row in desk.listed(hours(3))] == [1]
    assert (desk.show(1, hours(2)).row.level, desk.show(1, hours(3)).row.level) == (2, 1)
    with desk.reading() as db:
        assert [one.undone for one in history.entries(db, 1, T0 + hours(2))] == [False, False]
        assert [one.undone for one in history.entries(db, 1)] == [False, True, False]


def test_a_look_back_shows_a_case_until_its_opening_was_undone(desk: Desk) -> None:
    desk.open(name="张三", phone="13800000000")
    desk.undo(hours(2))
    desk.open(hours(3))
    assert [row.number for row in desk.listed(hours(1))] == [1]
    assert [row.number for row in desk.listed(hours(2))] == []
    assert desk.show(1, hours(1)).row.status == "open"
    with pytest.raises(NotFound, match="case-undone"):
        desk.show(1, hours(2))
    with desk.reading() as db:
        then = reading.recalled(db, 1, T0 + hours(2))
        assert (then.row.status, then.row.subject, then.clocks) == ("undone", "空调不制冷", [])
        assert reading.recalled(db, 1, T0 + hours(1)).row.status == "open"
        with pytest.raises(NotFound, match="no-such-case"):
            reading.recalled(db, 9, None)


def test_a_pause_that_is_undone_leaves_no_trace_on_the_clocks(desk: Desk) -> None:
    desk.open()
    before = shadows(desk)
    desk.does(waiting.pause, hours(1), waiting_for="supplier")
    desk.undo(hours(2))
    assert shadows(desk) == before
    assert desk.sweep(hours(20)).outcomes == []
    desk.is_sound()


def test_demands_of_an_order_that_was_undone_are_nobodys(desk: Desk) -> None:
    desk.open()
    desk.does(demands.add, hours(1), text="new part")
    desk.undo(hours(2))
    desk.does(ending.resolve, hours(3), text="x")
    desk.is_sound()


def test_of_two_undos_at_once_one_says_that_it_lost(desk: Desk) -> None:
    desk.open()
    desk.does(talk.note, 60, text="x")
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(desk.undo, 120) for _ in range(2)]
    lost = [one.exception() for one in done if one.exception()]
    assert len(lost) == 1
    assert isinstance(lost[0], Refused)
    assert lost[0].code in ("undo-undone", "undo-followed")
    assert desk.events(1) == ["opened", "noted", "undone"]
    desk.is_sound()


def test_an_undo_and_an_order_at_once_come_one_after_the_other(desk: Desk) -> None:
    for turn in range(6):
        number = desk.open(days(turn)).outcome.after.number
        at = days(turn) + minutes(5)
        with ThreadPoolExecutor(2) as pool:
            back = pool.submit(desk.undo, at)
            way = desk.road(at, who="wang")
            note = pool.submit(change, way, [number], lambda draft: talk.note(draft, text="x"))
        faults = [one.exception() for one in (back, note)]
        codes = [getattr(fault, "code", None) for fault in faults]
        assert codes in (["undo-followed", None], [None, "case-undone"]), codes
    desk.is_sound()


def test_a_customer_is_never_gone_under_a_case_that_is_opened_meanwhile(desk: Desk) -> None:
    for turn in range(6):
        phone = f"1380000000{turn}"
        desk.open(days(turn), name="张三", phone=phone)
        way = desk.road(days(turn) + 60, who="wang")
        with ThreadPoolExecutor(2) as pool:
            back = pool.submit(desk.undo, days(turn) + 60)
            other = pool.submit(
                opening.open_case, way, Complaint("other"), opening.Caller("张三", phone), None
            )
        assert getattr(back.exception(), "code", None) in (None, "undo-customer-used")
        number = other.result().outcome.after.customer_number
        assert desk.rows(f"SELECT name FROM customer_current WHERE number = {number}") == [("张三",)]  # noqa: S608
    desk.is_sound()


def walk(desk: Desk, start: int, complaint: dict[str, Any], steps: list[Told]) -> None:
    typed = start
    number = desk.open(start, **complaint).outcome.after.number
    for told in steps:
        typed += told.after
        before, then = shadows(desk), desk.show(number)
        try:
            desk.does(told.order, max(start, typed - told.back), number, typed=typed, **told.words)
        except CstrackError:
            continue
        desk.undo(typed, who=told.words.get("who", "li"))
        assert shadows(desk) == before
        assert desk.show(number).row._replace(seq=0) == then.row._replace(seq=0)
        desk.does(told.order, max(start, typed - told.back), number, typed=typed, **told.words)


def test_after_any_history_an_order_and_its_undo_leave_every_row_as_it_was(desk: Desk) -> None:
    starts = count(0, days(200))

    @random(OPENINGS, STEPS)
    @settings(max_examples=EXAMPLES[desk.kind], suppress_health_check=[HealthCheck.too_slow])
    def histories(complaint: dict[str, Any], steps: list[Told]) -> None:
        walk(desk, next(starts), complaint, steps[:6])

    histories()
    desk.is_sound()
