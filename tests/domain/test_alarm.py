"""Whom a matter of safety or a crisis rings at once."""

from __future__ import annotations

import pytest

from cstrack.domain.alarm import alarm
from cstrack.domain.decide import ending, flags, levels
from cstrack.domain.staff import ON_CALL, Person, Roster, Shift
from tests.support.spec import T0, Scene, did, given, hours, open_, opened

LI = Person("li")
WANG, ZHAO = Person("wang", level=2, on_duty=False), Person("zhao", "赵总", 3, on_duty=False)
NIGHT = Roster([LI, WANG, ZHAO], lambda: [Shift("zhao", ON_CALL, T0, T0 + hours(8))])


def rung(scene: Scene, at: float = 0) -> list[str] | None:
    """Who is rung for the last order; None for nobody needs to be."""
    found = alarm(scene.state, scene.accepted().events, scene.roster, T0 + int(at))
    return None if found is None else [one.handle for one in found.people]


@pytest.mark.parametrize("sign", ["safety", "crisis"])
def test_a_case_opened_with_such_a_sign_rings_who_is_on_call(sign: str) -> None:
    assert rung(given(roster=NIGHT).when(open_, 0, flags=(sign,))) == ["zhao"]


@pytest.mark.parametrize("sign", ["safety", "crisis"])
def test_a_case_flagged_with_such_a_sign_rings_who_is_on_call(sign: str) -> None:
    assert rung(given(opened(), roster=NIGHT).when(flags.flag, 60, flag=sign)) == ["zhao"]


def test_two_signs_that_make_a_crisis_ring_who_is_on_call() -> None:
    scene = given(opened(flags=("legal",)), roster=NIGHT).when(flags.flag, 60, flag="media")
    assert rung(scene) == ["zhao"]


def test_where_nobody_is_on_call_that_is_told() -> None:
    assert rung(given(roster=NIGHT).when(open_, 0, flags=("safety",)), hours(9)) == []


def test_nobody_is_rung_while_somebody_of_the_level_is_on_duty() -> None:
    desk = Roster([LI, ZHAO._replace(on_duty=True)])
    assert rung(given(roster=desk).when(open_, 0, flags=("safety",))) is None


def test_nobody_is_rung_without_staff() -> None:
    assert rung(given().when(open_, 0, flags=("safety",))) is None


def test_nobody_is_rung_for_any_other_sign_or_hand_up() -> None:
    assert rung(given(roster=NIGHT).when(open_, 0, flags=("vip",))) is None
    assert rung(given(opened(), roster=NIGHT).when(levels.escalate, 60, text="x")) is None


def test_nobody_is_rung_for_what_is_solved() -> None:
    scene = given(opened(), did(ending.resolve, 60, text="x"), roster=NIGHT)
    assert rung(scene.when(flags.flag, 120, flag="safety")) is None
