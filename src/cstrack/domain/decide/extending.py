"""More time for a clock, where the policy allows it: with a reason and somebody else who approves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.deadlines import is_late
from cstrack.domain.decide.draft import guard_live, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.reckoning import reckoned, renewed
from cstrack.domain.decide.who import guard_approver
from cstrack.domain.errors import Refused

if TYPE_CHECKING:
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft


def extend(draft: Draft, *, clock: str, approved_by: str, text: str) -> None:
    """Give a running clock the next longer limit of its policy, counted from the same start.

    Once its time has come there is nothing left to extend. Who asks does not approve, and who approves is
    of the case's level.
    """
    guard_live(draft)
    guard_time(draft)
    state, context = draft.state, draft.context
    running = state.running(clock)
    if running is None:
        raise Refused("extend-not-running", number=state.number, clock=clock)
    if approved_by == context.actor:
        raise Refused("extend-needs-other", number=state.number, who=approved_by)
    guard_approver(draft, approved_by, state.level)
    if running.breached_at is not None or is_late(running.due_at, context.at):
        raise Refused("extend-too-late", number=state.number, clock=clock, due_at=running.due_at)
    limit = _next(draft, running)
    found = reckoned(context, state, clock, running.counted_from, limit)
    if found["due_at"] <= running.due_at:
        raise Refused("extend-not-longer", number=state.number, clock=clock, due_at=running.due_at)
    changes = Changes(draft)
    changes.change(running, **renewed(running, found))
    draft.record(
        "extended",
        words={"text": text},
        clock=clock,
        limit=limit,
        approved_by=approved_by,
        policy=context.policy.label,
        clocks=changes.made,
    )


def _next(draft: Draft, clock: Clock) -> str:
    """The limit after the present one; Refused where the policy has none, or no more."""
    known = list(draft.context.policy.extensions(clock.kind, clock.level))
    at = known.index(clock.limit) + 1 if clock.limit in known else 0
    if at == len(known):
        code = "extend-no-more" if known else "extend-not-allowed"
        raise Refused(code, number=draft.state.number, clock=clock.kind, limit=clock.limit)
    return known[at]
