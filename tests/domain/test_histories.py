"""Whatever is ordered, and whenever: the rules leave a case in a state that makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as random
from hypothesis import settings

from cstrack.domain.evolve import fold
from tests.support.histories import (
    OPENINGS,
    ROSTERS,
    STEPS,
    Told,
    check_level_clock,
    check_owner,
    check_state,
    must_go_up,
    running_on,
)
from tests.support.spec import T0, given, opened

if TYPE_CHECKING:
    from cstrack.domain.staff import Roster


def walk(opening: dict[str, Any], steps: list[Told], roster: Roster) -> None:
    scene, typed = given(opened(**opening), roster=roster), 0
    for told in steps:
        typed += told.after
        after = scene.when(told.order, max(0, typed - told.back), typed=typed, **told.words)
        if after.refusal is None:
            scene = after
        check_state(scene.state)
        if "deescalated" not in {event.type for event in scene.history}:
            check_level_clock(scene.state)
    swept = scene.when(lambda _draft: None, typed).accepted()
    check_state(swept.state)
    assert not must_go_up(swept.state, T0 + typed)
    if roster.exists:
        check_owner(swept.state, roster, T0 + typed)
    assert swept.when(lambda _draft: None, typed).accepted().events == []
    for event in swept.history:
        check_cut(fold(1, [one for one in swept.history if one.at <= event.at]))


def check_cut(then: Any) -> None:
    """A look back makes sense too: no clock has a length less than none, a resolved case has none running."""
    assert all((c.stopped_at or c.started_at) >= c.started_at for c in then.clocks)
    if then.status in ("resolved", "closed"):
        assert not running_on(then)


@random(OPENINGS, STEPS, ROSTERS)
@settings(max_examples=300)
def test_any_history_leaves_a_state_that_makes_sense(
    opening: dict[str, Any], steps: list[Told], roster: Roster
) -> None:
    walk(opening, steps, roster)


@pytest.mark.soak
@random(OPENINGS, STEPS, ROSTERS)
@settings(max_examples=20_000)
def test_soak_any_history_leaves_a_state_that_makes_sense(
    opening: dict[str, Any], steps: list[Told], roster: Roster
) -> None:
    walk(opening, steps, roster)
