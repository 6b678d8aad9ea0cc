"""The stages of the service flow: which a case was in, when, with whom, and how the flow stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy

DONE, PRESENT, TO_COME, SKIPPED, ENDED = "done", "present", "to-come", "skipped", "ended"
"""How a stage stands. Ended: the case was closed or reopened while it was in it."""


class Stage(NamedTuple):
    """A stage that a case was in, from when to when; times in UTC seconds.

    `who` entered it, `left_by` left it: None where the case's end ended it. `clock` is the number of its
    clock, if it has one. `checked`: somebody said that its quality check was passed.
    """

    code: str
    cycle: int
    entered_at: int
    who: str
    clock: int | None = None
    left_at: int | None = None
    left_by: str | None = None
    checked: bool = False


class Place(NamedTuple):
    """A stage as it stands in the flow: its entry of the policy, the last time that the case was in it."""

    entry: Mapping[str, Any]
    state: str
    stage: Stage | None = None


def entered(state: Case, event: Event) -> dict[str, Any]:
    """The case in this stage."""
    facts = event.facts
    clock = next((change["n"] for change in facts.get("clocks", ())), None)
    made = Stage(facts["stage"], state.cycle, event.at, facts["who"], clock)
    return {"stage": made.code, "stages": (*state.stages, made)}


def left(state: Case, event: Event) -> dict[str, Any]:
    """The case in no stage, and the one it was in as it was left."""
    facts = event.facts
    return _left(state, event.at, left_by=facts["who"], checked=facts.get("checked", False))


def over(state: Case, event: Event) -> dict[str, Any]:
    """The case in no stage because it ended, or began anew."""
    return _left(state, event.at)


def clock_of(case: Case, stage: Stage) -> Clock | None:
    """The clock of a stage, if it has one."""
    return next((clock for clock in case.clocks if clock.n == stage.clock), None)


def position(policy: Policy, code: str) -> int:
    """The place of a stage in the policy's order, from 0; -1 for one that the policy does not have."""
    return next((at for at, entry in enumerate(policy.stages) if entry["code"] == code), -1)


def flow(policy: Policy, case: Case) -> list[Place]:
    """The stages in their order, as the present cycle has gone through them.

    A stage that the case went back behind is to come again. Those that only an earlier policy had, and the
    case was in, come first.
    """
    latest = {one.code: one for one in case.stages if one.cycle == case.cycle}
    last = reached(policy, case)
    gone = [
        Place({"code": one.code, "en": one.code}, _state(one), one)
        for one in latest.values()
        if position(policy, one.code) < 0
    ]
    return gone + [
        _place(entry, latest.get(entry["code"]), at, last) for at, entry in enumerate(policy.stages)
    ]


def reached(policy: Policy, case: Case) -> int:
    """The place of the stage that the present cycle entered last, in it still or not; -1 for none."""
    places = [position(policy, one.code) for one in case.stages if one.cycle == case.cycle]
    return next((place for place in reversed(places) if place >= 0), -1)


def _place(entry: Mapping[str, Any], stage: Stage | None, at: int, last: int) -> Place:
    if at > last:
        return Place(entry, TO_COME)
    return Place(entry, SKIPPED) if stage is None else Place(entry, _state(stage), stage)


def _state(stage: Stage) -> str:
    if stage.left_at is None:
        return PRESENT
    return ENDED if stage.left_by is None else DONE


def _left(state: Case, at: int, **how: Any) -> dict[str, Any]:
    *before, last = state.stages
    return {"stage": None, "stages": (*before, last._replace(left_at=at, **how))}
