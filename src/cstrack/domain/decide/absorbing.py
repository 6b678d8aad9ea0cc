"""What a case takes over from one that is merged into it: all that was owed, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import clock as clocks
from cstrack.domain import demand
from cstrack.domain.deadlines import is_late
from cstrack.domain.decide import flags
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.levels import MERGE, raise_to
from cstrack.domain.decide.people import named
from cstrack.domain.decide.reckoning import paused
from cstrack.domain.duties import PROMISE
from cstrack.domain.standard_clocks import TIME_SAID

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.demand import Demand
    from cstrack.domain.duties import Duty

STAYS = ("stage", "callback")
"""Clocks of what only the case itself goes through."""


def absorb(draft: Draft, taken: Case, text: str) -> None:
    """Take over what a case was: signs and level first, then its times, then what was owed under it.

    Whom it complains about is known before somebody is picked to answer for it.
    """
    kept, said = _kept(draft, taken)
    draft.state = draft.state._replace(against=draft.state.against or taken.against)
    for sign in taken.flags:
        if sign not in draft.state.flags:
            flags.take_over(draft, sign, taken.number)
    if taken.level > draft.state.level:
        raise_to(draft, taken.level, why=MERGE, from_case=taken.number)
    changes = Changes(draft)
    for clock in taken.clocks:
        if clock.running and clock.kind not in (*TIME_SAID, *STAYS):
            _keep_earlier(draft, changes, clock)
    draft.record(
        "absorbed",
        words={"text": text, "against": said},
        case=taken.number,
        **kept,
        policy=draft.context.policy.label,
        clocks=changes.made,
    )
    _take_letters(draft, taken)
    for duty in (*taken.promises, *taken.tasks):
        if taken.clock_of(duty).running:
            _take_duty(draft, taken, duty)
    for wanted in demand.unanswered(taken.demands):
        _take_demand(draft, taken, wanted)


def _kept(draft: Draft, taken: Case) -> tuple[dict[str, Any], str | None]:
    """The earliest receipt, what this case did not know, who answers at the level that it rises to, sums.

    Beside it, whom it complains about where that is only what somebody said.
    """
    state, said = draft.state, None
    unknown = ("customer_number", "product_number")
    kept: dict[str, Any] = {name: getattr(taken, name) for name in unknown if getattr(state, name) is None}
    if state.against is None:
        kept["against"], said = named(draft.context, taken.against)
    if taken.level > state.level and taken.owner not in (None, state.against):
        kept["owner"] = taken.owner
    if taken.opened_at < state.opened_at:
        kept["opened_at"] = taken.opened_at
    if state.cycle == taken.cycle == 1 and taken.cycle_at < state.cycle_at:
        kept["cycle_at"] = taken.cycle_at
    if taken.granted:
        kept["granted"] = taken.granted
    return kept, said


def _keep_earlier(draft: Draft, changes: Changes, theirs: Clock) -> None:
    """Let the clock of a kind be due when the earlier of the two is; one that never ran here runs on.

    What this case has answered already is answered.
    """
    state = draft.state
    own = state.running(theirs.kind)
    found = _from_now(draft, theirs)
    if own is None:
        if not any(clock.kind == theirs.kind and clock.cycle == state.cycle for clock in state.clocks):
            changes.take(theirs, name=theirs.name, **found)
    elif found["due_at"] < own.due_at:
        free: dict[str, Any] = {}
        if own.paused_at is not None:
            free = {"paused_at": None, "paused_until": None, "held_due": None}
        if bool(own.provisional) != bool(theirs.provisional):
            free["provisional"] = theirs.provisional
        changes.change(own, **{**free, **found})


def _from_now(draft: Draft, theirs: Clock) -> dict[str, Any]:
    """When a clock of the other case is due here: it ran until now, and waits on if this case does."""
    at, pause, policy = draft.context.at, draft.state.pause, draft.context.policy
    found: dict[str, Any] = {"due_at": theirs.due_at}
    if theirs.breached_at is not None:
        found["breached_at"] = theirs.breached_at
    waits = pause is not None and policy.pausable(theirs.kind, pause.waiting_for)
    if pause is not None and waits and not is_late(theirs.due_at, at):
        found |= paused(policy, theirs, max(at, theirs.counted_from), pause.end)
    return found


def _take_letters(draft: Draft, taken: Case) -> None:
    """What outside bodies wait for: each by its own number, to be answered by when it was."""
    for letter in taken.letters:
        clock = clocks.numbered(taken.clocks, letter.clock)
        if clock.running:
            changes = Changes(draft)
            changes.take(clock, name=clock.name)
            draft.record(
                "outside-added",
                body=letter.body,
                ref=letter.ref,
                received_at=letter.received_at,
                policy=draft.context.policy.label,
                from_case=taken.number,
                clocks=changes.made,
            )


def _take_duty(draft: Draft, taken: Case, duty: Duty) -> None:
    """A promise or a task that is still to be kept: to whom and by when it was said."""
    clock, state = taken.clock_of(duty), draft.state
    changes = Changes(draft)
    changes.take(clock)
    made: dict[str, Any] = {"from_case": taken.number, "clocks": changes.made}
    if clock.kind == PROMISE:
        words = {"name": clock.name, "check": duty.check}
        draft.record("promised", words=words, n=len(state.promises) + 1, owner=duty.who, **made)
    else:
        n = len(state.tasks) + 1
        draft.record("task-given", words={"name": clock.name}, n=n, department=duty.who, **made)


def _take_demand(draft: Draft, taken: Case, wanted: Demand) -> None:
    """What the customer wants and has no answer to; parked with whom it was, until when it was."""
    n = len(draft.state.demands) + 1
    draft.record("demand-added", words={"text": wanted.text}, n=n, rank=n, from_case=taken.number)
    if wanted.state != demand.PARKED or wanted.clock is None:
        return
    clock = clocks.numbered(taken.clocks, wanted.clock)
    changes = Changes(draft)
    changes.take(clock)
    draft.record(
        "demand-answered",
        words={"text": wanted.reason, "name": clock.name},
        n=n,
        answer=demand.PARKED,
        to=wanted.to,
        until=wanted.until,
        from_case=taken.number,
        clocks=changes.made,
    )
