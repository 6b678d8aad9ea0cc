"""Demands: what the customer wants, ranked, and what we say to each.

A demand may be typed in for any moment since the opening; an answer comes after what it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain import demand
from cstrack.domain.decide.authority import offer
from cstrack.domain.decide.draft import guard_live, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.people import department
from cstrack.domain.decide.who import guard_staff
from cstrack.domain.errors import NotFound, Refused

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.demand import Demand
    from cstrack.domain.remedy import Wanted

LONGEST_NAME = 80
"""So many characters of a demand name its clock."""


def add(draft: Draft, *, text: str, rank: int | None = None) -> None:
    """One more thing that the customer wants; at a rank it moves the others down, else it comes last."""
    guard_live(draft)
    guard_time(draft)
    count = len(draft.state.demands)
    if rank is not None and rank > count + 1:
        raise Refused("demand-rank-beyond", number=draft.state.number, rank=rank, last=count + 1)
    draft.record("demand-added", words={"text": text}, n=count + 1, rank=rank or count + 1)


def answer(
    draft: Draft,
    *,
    n: int,
    answer: str,
    text: str | None = None,
    to: str | None = None,
    until: int | None = None,
    remedy: Wanted | None = None,
) -> None:
    """Say of a demand that it can be met, cannot, or is parked with somebody until a time.

    What can be met may name the remedy that meets it, within the authority of who says so. One that was
    answered may be answered anew. The clock of one that was parked is met by an answer in time; parking it
    again passes it on: to a department of the policy, or, once there is staff, to one of them.
    """
    guard_live(draft)
    guard_time(draft)
    asked, at = _known(draft, n), draft.context.at
    if at < asked.said_at:
        raise Refused("demand-answered-before", number=draft.state.number, n=n, at=at, said_at=asked.said_at)
    named = offer(draft, remedy)
    changes = Changes(draft)
    before = draft.state.still_running(asked.clock)
    if answer == demand.PARKED:
        if until is None or until <= at:
            raise Refused("demand-until-passed", number=draft.state.number, n=n, until_at=until, at=at)
        to = to and _whom(draft, to)
        changes.hand_over(before, at)
        changes.say("demand", at, until)
    else:
        changes.stop(before, at)
    draft.record(
        "demand-answered",
        words={"text": text, "name": _name(asked) if answer == demand.PARKED else None},
        n=n,
        answer=answer,
        to=to,
        until=until,
        **named,
        clocks=changes.made,
    )


def _whom(draft: Draft, named: str) -> str:
    """The code of the department that is named, else the person."""
    code = department(draft.context.policy, named)
    if code is None:
        guard_staff(draft, named)
    return code or named


def guard_resolving(draft: Draft) -> None:
    """Every demand has its answer, yes or no."""
    waiting = demand.unanswered(draft.state.demands)
    if waiting:
        numbers = [one.n for one in waiting]
        raise Refused(
            "resolve-demand-unanswered", number=draft.state.number, n=numbers[0], unanswered=numbers
        )


def guard_closing(draft: Draft, *, ends_otherwise: bool) -> None:
    """No demand waits for somebody's answer; none is without one, unless the case ends without a solution."""
    state = draft.state
    for one in demand.unanswered(state.demands):
        if one.state == demand.PARKED:
            raise Refused("close-demand-parked", number=state.number, n=one.n, to=one.to, until_at=one.until)
        if not ends_otherwise:
            raise Refused("close-demand-unanswered", number=state.number, n=one.n)


def _known(draft: Draft, n: int) -> Demand:
    state = draft.state
    found = next((one for one in state.demands if one.n == n), None)
    if found is None:
        if not state.demands:
            raise NotFound("demand-none", number=state.number)
        raise NotFound("no-such-demand", number=state.number, n=n, last=len(state.demands))
    return found


def _name(asked: Demand) -> str | None:
    """What its clock is called: the first line of the demand; nothing where that was erased."""
    if not asked.text:
        return None
    first = asked.text.strip().partition("\n")[0]
    return first if len(first) <= LONGEST_NAME else first[: LONGEST_NAME - 1] + "…"
