"""Going up and down, by hand, by a trigger, or because the level's limit ran out.

A level's limit counts from the moment the case reached that level. Going up: the old clock is passed
before its due time and breached at or after it, and the new level gets a whole clock. Going down
never extends: the new clock keeps the earlier of the old due time and now plus the level's limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.case import RESOLVED
from cstrack.domain.decide.draft import guard_change, guard_live, guard_status, guard_time
from cstrack.domain.decide.effects import NEXT_UPDATE, Changes
from cstrack.domain.decide.owners import kept, picked
from cstrack.domain.decide.who import guard_approver, guard_level
from cstrack.domain.errors import Refused
from cstrack.domain.events import PERSON, RULE

if TYPE_CHECKING:
    from typing import Any

    from cstrack.domain.decide.draft import Draft

LIVE = ("open", "waiting", "agreed")
MERGE = "merge"


def escalate(draft: Draft, *, text: str, to: int | None = None) -> None:
    """Hand the case up by hand, with a reason; one level unless `to` says which."""
    guard_status(draft, "escalate-resolved", LIVE)
    guard_time(draft)
    guard_change(draft)
    state, top = draft.state, draft.context.policy.top
    target = state.level + 1 if to is None else to
    if target > top or state.level >= top:
        raise Refused("level-above-top", number=state.number, level=state.level, to=target, top=top)
    if target <= state.level:
        raise Refused("level-not-higher", number=state.number, level=state.level, to=target)
    raise_to(draft, target, why=PERSON, words={"text": text})


def deescalate(draft: Draft, *, text: str, to: int | None = None, approved_by: str | None = None) -> None:
    """Give the case back to a lower level, with a reason: somebody of the level that the policy asks for.

    A crisis needs a named approver besides. The owner stays, if he may answer for it there.
    """
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)
    state = draft.state
    bottom = min(draft.context.policy.levels)
    target = state.level - 1 if to is None else to
    if state.level <= bottom or target < bottom:
        raise Refused("level-below-bottom", number=state.number, level=state.level, to=target, bottom=bottom)
    if target >= state.level:
        raise Refused("level-not-lower", number=state.number, level=state.level, to=target)
    needs = draft.context.policy.levels[state.level].get("lowers", state.level)
    guard_level(draft, needs, code="deescalate-level")
    if state.crisis and approved_by in (None, draft.context.actor):
        raise Refused("crisis-needs-approver", number=state.number)
    if approved_by is not None:
        guard_approver(draft, approved_by, needs)
    at = draft.context.at
    lower = state._replace(level=target)
    changes = Changes(draft)
    running = state.running("level")
    if running is not None:
        changes.hand_over(running, at)
        changes.start("level", at, state=lower, after=running)
    _fit(draft, changes, at, target)
    step: dict[str, Any] = {"from": state.level, "to": target}
    draft.record(
        "deescalated",
        words={"text": text},
        **step,
        approved_by=approved_by,
        **kept(draft, target, at),
        policy=draft.context.policy.label,
        clocks=changes.made,
    )


def raise_to(
    draft: Draft,
    to: int,
    *,
    why: str,
    at: int | None = None,
    trigger: str | None = None,
    from_case: int | None = None,
    words: dict[str, Any] | None = None,
) -> None:
    """Record the step up to level `to`, with who answers for it there, or that nobody does yet."""
    state = draft.state
    when = draft.context.at if at is None else at
    changes = Changes(draft)
    changes.hand_over(state.running("level"), when)
    if state.status != RESOLVED:
        changes.start("level", when, state=state._replace(level=to))
        _fit(draft, changes, when, to)
    step: dict[str, Any] = {"from": state.level, "to": to}
    draft.record(
        "escalated",
        at=when,
        cause=None if why in (PERSON, MERGE) else RULE,
        words=words,
        **step,
        why=why,
        trigger=trigger,
        from_case=from_case,
        **picked(draft, to, when),
        policy=draft.context.policy.label,
        clocks=changes.made,
    )


def _fit(draft: Draft, changes: Changes, at: int, level: int) -> None:
    """What the level changes beside its own clock; one that wants the customer kept informed starts that."""
    if draft.state.status == RESOLVED:
        return
    there = draft.state._replace(level=level)
    changes.meet("level", at)
    changes.fit(at, there)
    if draft.state.running(NEXT_UPDATE) is None:
        changes.start(NEXT_UPDATE, at, state=there)
    changes.begin("level", at, there)
