"""Who answers for a case, on both kinds of database: picked, waited for, taken up, and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.decide import ending, levels, people, talk
from cstrack.domain.errors import Refused
from cstrack.domain.staff import ON_CALL, Person
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from tests.support.desks import Desk

LI = Person("li", "李雷", 1, supervisor="wang")
SUN = Person("sun", "孙七", 1)
WANG = Person("wang", "王主管", 2, on_duty=False)
ZHOU = Person("zhou", "周主管", 2, on_duty=False)
ZHAO = Person("zhao", "赵总", 3, on_duty=False)
EVERYBODY = (LI, SUN, WANG, ZHOU, ZHAO)


def owner(desk: Desk, number: int = 1) -> tuple[str | None, int | None]:
    """Who owns a case, and since when it waits for somebody."""
    row = desk.show(number).row
    return row.owner, row.unowned_since


def test_a_hand_up_at_night_waits_and_the_sweep_gives_it_to_whose_duty_begins(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    desk.works("wang", hours(30), hours(40))
    desk.open(channel="phone")
    desk.sweep(hours(25))
    due = desk.clock("level").due_at
    assert owner(desk) == (None, T0 + hours(24))
    [row] = desk.listed(level=2)
    assert (row.owner, row.unowned_since) == (None, T0 + hours(24))
    desk.sweep(hours(33))
    assert owner(desk) == ("wang", None)
    assert desk.clock("level").due_at == due
    assert desk.rows("SELECT at, recorded_at, actor, cause FROM event WHERE type = 'assigned'") == [
        (T0 + hours(30), T0 + hours(33), "system", "rule")
    ]
    desk.is_sound()


def test_an_order_first_gives_the_case_to_whose_duty_began(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    desk.works("wang", hours(30), hours(40))
    desk.open(channel="phone")
    desk.does(talk.note, hours(31), text="x")
    assert desk.events(1) == ["opened", "escalated", "assigned", "noted"]
    assert owner(desk) == ("wang", None)
    desk.is_sound()


def test_p30_a_second_sweep_at_the_same_moment_changes_nothing(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    desk.works("wang", hours(30), hours(40))
    desk.works("zhao", hours(100), hours(110))
    for at in range(8):
        desk.open(hours(at * 4), channel="phone")
    for at in (25, 30, 31, 33, 50, 101, 200):
        desk.sweep(hours(at))
        before = desk.everything()
        assert desk.sweep(hours(at)).outcomes == []
        assert desk.everything() == before
    desk.is_sound()


def test_it_does_not_matter_how_often_the_sweep_ran(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    for first in (30, 54, 78):
        desk.works("wang", hours(first), hours(first + 8))
        desk.works("zhou", hours(first + 4), hours(first + 12))
    desk.open(channel="phone")
    desk.open(channel="phone")
    for at in range(20, 60):
        desk.sweep(hours(at))
    told = [desk.rows(STEPS, number) for number in (1, 2)]
    desk.open(channel="phone")
    desk.sweep(hours(60))
    assert told == [desk.rows(STEPS, 3)] * 2


STEPS = (
    "SELECT type, at, facts FROM event WHERE stream_kind = 'case' AND stream_no = ? AND seq > 1 ORDER BY seq"
)


def test_many_cases_are_shared_out_and_a_dry_run_tells_how(desk: Desk) -> None:
    desk.has(SUN, WANG, ZHOU, ZHAO)
    for handle in ("wang", "zhou"):
        desk.works(handle, hours(30), hours(40))
    for n in range(230):  # more than one transaction's worth
        desk.open(n, who="sun", channel="phone")
    desk.sweep(hours(25))
    told = desk.sweep(hours(35), dry_run=True).outcomes
    assert desk.rows("SELECT COUNT(*) FROM case_current WHERE unowned_since IS NOT NULL") == [(230,)]
    assert [one.events for one in desk.sweep(hours(35)).outcomes] == [one.events for one in told]
    shares = "SELECT owner, COUNT(*) FROM case_current GROUP BY owner ORDER BY owner"
    assert desk.rows(shares) == [("wang", 115), ("zhou", 115)]


def test_p35_cases_that_wait_are_not_read_while_nobody_may_take_them(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    desk.has(SUN, WANG, ZHAO)
    desk.works("wang", hours(30), hours(40))
    desk.open(who="sun", channel="phone")
    desk.sweep(hours(25))
    with desk.writing() as db:
        db.execute("DROP TRIGGER event_unchanged")
        db.execute("UPDATE event SET actor = 'nobody' WHERE stream_kind = 'case' AND seq = 1")
    assert desk.sweep(hours(29)).failed == []
    assert [(number, fault.code) for number, fault in desk.sweep(hours(31)).failed] == [(1, "chain-broken")]


def test_d20_the_waiting_ends_with_the_case(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    desk.open(channel="phone")
    desk.does(levels.escalate, hours(1), text="x")
    desk.does(ending.close, hours(2), outcome="withdrawn")
    assert owner(desk) == (None, None)
    desk.does(ending.reopen, hours(3), text="x")
    assert owner(desk) == (None, T0 + hours(3))
    desk.is_sound()


def test_without_staff_nothing_waits_and_staff_that_come_later_leave_it_so(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.sweep(hours(25))
    desk.has(*(one._replace(on_duty=True) for one in EVERYBODY))
    assert desk.sweep(hours(26)).outcomes == []
    assert owner(desk) == (None, None)


def test_a_case_above_the_openers_level_goes_to_the_one_with_the_fewest(desk: Desk) -> None:
    desk.has(SUN, WANG._replace(on_duty=True), ZHOU._replace(on_duty=True))
    for _ in range(3):
        desk.open(who="sun", flags=("departments",))
    assert [owner(desk, number)[0] for number in (1, 2, 3)] == ["wang", "zhou", "wang"]
    assert desk.show(3).row.handler == "sun"
    desk.is_sound()


def test_cases_of_another_store_are_not_given_away(desk: Desk) -> None:
    desk.has(SUN._replace(store="east"), WANG._replace(store="west", on_duty=True))
    desk.open(who="sun", flags=("departments",))
    assert owner(desk) == (None, T0)


def test_whom_cases_are_about_is_kept_and_found(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    desk.open(against="wang")
    desk.open(against="那个技师")
    desk.open()
    desk.does(people.against, 60, 3, name="维修车间")
    assert [row.number for row in desk.listed(against="wang")] == [1]
    assert [row.number for row in desk.listed(against="workshop")] == [3]
    assert [row.number for row in desk.listed(at=30, against="那个技师")] == [2]
    desk.is_sound()


@pytest.mark.parametrize("roles", [{"owner": "wang"}, {"handler": "wang"}])
def test_whom_a_case_is_about_is_refused_on_both_databases(desk: Desk, roles: dict[str, Any]) -> None:
    desk.has(*EVERYBODY)
    desk.open(against="wang")
    before = desk.everything()
    with pytest.raises(Refused, match="assign-against"):
        desk.does(people.assign, 60, **roles)
    assert desk.everything() == before


def test_a_case_of_safety_rings_whoever_is_on_call(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    desk.works("zhao", 0, hours(8), ON_CALL)
    opened = desk.open(flags=("safety",)).outcome
    assert opened.alarm is not None
    assert (opened.alarm.level, [one.handle for one in opened.alarm.people]) == (3, ["zhao"])


def test_old_cases_that_wait_go_further_up_when_their_limit_runs_out(desk: Desk) -> None:
    desk.has(*EVERYBODY)
    desk.works("zhao", days(6), days(7))
    desk.open(channel="phone")
    desk.sweep(days(8))
    assert desk.events(1) == ["opened", "escalated", "escalated", "limit-passed", "assigned"]
    assert owner(desk) == ("zhao", None)
    desk.is_sound()
