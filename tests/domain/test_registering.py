"""Who may be put on the register of people, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain import registering
from cstrack.domain.errors import CstrackError
from cstrack.domain.staff import DUTY, NOBODY, Person, Roster, Shift
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from collections.abc import Callable

WANG = Person(
    "wang", name="王主管", level=2, store="east", supervisor="zhao", logins=("wangw",), mail="w@x.cn"
)
STAFF = Roster([WANG, Person("zhao", level=3), Person("li")], stores=lambda: {"east": "东区店"})
LEVELS = (1, 2, 3)


def refused(code: str, status: int, order: Callable[..., Any], *args: Any, **words: Any) -> CstrackError:
    with pytest.raises(CstrackError) as told:
        order(*args, **words)
    assert (told.value.code, told.value.status) == (code, status)
    return told.value


def test_a_new_person_is_on_duty_from_then_on() -> None:
    made = registering.added(NOBODY, "li", T0, LEVELS, {"level": 1, "name": None})
    assert made == Person("li", name="li", level=1, duty_since=T0, on_duty=True)


def test_an_empty_word_takes_away_what_was_there_and_none_leaves_it() -> None:
    fields = {"supervisor": "", "name": "", "teams": (), "mail": None, "store": "east", "level": 3}
    made = registering.changed(STAFF, WANG, LEVELS, fields)
    assert made == WANG._replace(supervisor=None, name="wang", level=3)


@pytest.mark.parametrize(
    ("fields", "code", "status"),
    [
        ({"level": 7}, "level-unknown", 2),
        ({"supervisor": "zaho"}, "no-such-person", 3),
        ({"deputy": "nobody"}, "no-such-person", 3),
        ({"supervisor": "wang"}, "staff-oneself", 4),
        ({"deputy": "wang"}, "staff-oneself", 4),
        ({"store": "west"}, "no-such-store", 3),
        ({"mail": "wang at home"}, "mail-not-understood", 2),
        ({"hours": "8-18"}, "hours-not-understood", 2),
        ({"hours": "25:00-26:00"}, "hours-not-understood", 2),
        ({"name": "x" * 201}, "name-too-long", 2),
        ({"name": "two\nlines"}, "name-too-long", 2),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, Any], code: str, status: int) -> None:
    refused(code, status, registering.changed, STAFF, WANG, LEVELS, fields)


def test_hours_are_spans_of_a_day() -> None:
    hours_ = "08:30-12:00 13:30-24:00"
    assert registering.changed(STAFF, WANG, LEVELS, {"hours": hours_}).hours == hours_


def test_an_account_is_one_persons() -> None:
    told = refused("login-taken", 4, registering.added, STAFF, "ma", T0, LEVELS, {"logins": ("wangw",)})
    assert told.facts["own"] == "wang"
    assert registering.changed(STAFF, WANG, LEVELS, {"logins": ("wangw", "w2")}).logins == ("wangw", "w2")


def test_somebody_of_the_staff_is_not_added_again_and_who_left_is() -> None:
    refused("staff-already", 4, registering.added, STAFF, "li", T0, LEVELS, {"level": 1})
    gone = Roster([Person("li", left_at=T0)])
    assert registering.added(gone, "li", T0, LEVELS, {"level": 2}).left_at is None


def test_away_is_a_time_with_somebody_who_stands_in() -> None:
    gone = registering.away(STAFF, WANG, start=T0, end=T0 + days(2), now=T0, deputy="li")
    assert (gone.away_from, gone.away_until, gone.deputy) == (T0, T0 + days(2), "li")
    assert [gone.is_away(at) for at in (T0 - 1, T0, T0 + days(2) - 1, T0 + days(2))] == [0, 1, 1, 0]
    assert registering.away(STAFF, gone, start=T0, end=T0 + 60, now=T0, deputy=None).deputy == "li"


@pytest.mark.parametrize(("start", "end"), [(T0, T0), (T0 + 60, T0), (T0 - 120, T0 - 60)])
def test_away_ends_after_it_begins_and_in_time_to_come(start: int, end: int) -> None:
    refused("away-backwards", 4, registering.away, STAFF, WANG, start=start, end=end, now=T0, deputy="li")


def test_nobody_stands_in_for_oneself() -> None:
    words = {"start": T0, "end": T0 + 60, "now": T0}
    refused("staff-oneself", 4, registering.away, STAFF, WANG, deputy="wang", **words)


def test_back_early_is_back_from_then_on() -> None:
    gone = WANG._replace(away_from=T0, away_until=T0 + days(2))
    back = registering.back(gone, T0 + hours(3))
    assert (back.is_away(T0 + hours(3) - 1), back.is_away(T0 + hours(3))) == (True, False)
    assert back.away_until == T0 + hours(3)
    assert registering.back(gone, T0 - 60) == WANG
    assert registering.back(gone._replace(away_until=None), T0 + 60).away_until == T0 + 60


@pytest.mark.parametrize("until", [T0, T0 - 60])
def test_who_is_not_away_does_not_come_back(until: int) -> None:
    refused("staff-not-away", 4, registering.back, WANG, T0)
    refused("staff-not-away", 4, registering.back, WANG._replace(away_from=T0 - 90, away_until=until), T0)


def test_duty_said_by_hand_holds_from_then_on_and_is_not_said_ahead() -> None:
    desk = Roster([WANG])
    off = registering.on_duty(desk, WANG, on=False, at=T0, now=T0)
    assert (off.on_duty, off.duty_since) == (False, T0)
    refused("time-in-future", 4, registering.on_duty, desk, WANG, on=True, at=T0 + 1, now=T0)


def test_duty_said_again_has_lasted_since_it_was_said_first() -> None:
    wang = WANG._replace(on_duty=True, duty_since=T0)
    again = registering.on_duty(Roster([wang]), wang, on=True, at=T0 + hours(2), now=T0 + hours(2))
    assert again.duty_since == T0
    gone = wang._replace(away_from=T0, away_until=T0 + days(1))
    assert registering.on_duty(Roster([gone]), gone, on=True, at=T0 + 60, now=T0 + 60).duty_since == T0
    assert not registering.on_duty(Roster([gone]), gone, on=False, at=T0 + 60, now=T0 + 60).on_duty


def test_duty_said_again_after_a_shift_or_for_an_earlier_time_is_said_anew() -> None:
    wang = WANG._replace(on_duty=True, duty_since=T0)
    over = [Shift("wang", DUTY, T0 + 60, T0 + 120)]
    desk = Roster([wang], lambda: over)
    assert registering.on_duty(desk, wang, on=True, at=T0 + 180, now=T0 + 180).duty_since == T0 + 180
    assert registering.on_duty(desk, wang, on=True, at=T0 + 90, now=T0 + 180).duty_since == T0
    assert registering.on_duty(desk, wang, on=True, at=T0 - 60, now=T0 + 180).duty_since == T0 - 60
    assert registering.on_duty(desk, wang, on=False, at=T0 - 60, now=T0 + 180).on_duty is False


def test_nobody_leaves_while_holding_something() -> None:
    registering.guard_nothing_held(WANG, {"owner_of": [], "deputy_of": []})
    held = {"owner_of": [1, 2], "promises": [(3, 1)], "supervisor_of": ["li"], "deputy_of": []}
    told = refused("staff-holds", 4, registering.guard_nothing_held, WANG, held)
    assert told.facts["held"] == {"owner_of": [1, 2], "promises": [(3, 1)], "supervisor_of": ["li"]}


def test_the_code_of_a_store_is_a_word() -> None:
    assert registering.store_code("东区") == "东区"
    refused("store-code-not-allowed", 2, registering.store_code, "a b")


def test_a_person_is_found_by_the_handle() -> None:
    assert registering.member(STAFF, " wang ") == WANG
    refused("no-such-person", 3, registering.member, STAFF, "wagn")
