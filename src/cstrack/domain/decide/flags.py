"""Warning signs on a case: set by hand or by rule, raising its level; taken away with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.draft import guard_change, guard_live, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.levels import raise_to
from cstrack.domain.decide.waiting import end_pause
from cstrack.domain.errors import Refused
from cstrack.domain.events import RULE

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft

CRISIS = "crisis"


def flag(draft: Draft, *, flag: str, text: str | None = None) -> None:
    """Set a sign; what it calls for (a level, a shorter answer, an end to the pause) happens at once."""
    guard_live(draft)
    guard_time(draft)
    state, policy = draft.state, draft.context.policy
    if flag in state.flags:
        raise Refused("flag-already", number=state.number, flag=flag)
    flags = (*state.flags, flag)
    makes_crisis = policy.is_crisis(state.channel, flags) and not policy.is_crisis(state.channel, state.flags)
    signs = (flag, CRISIS) if makes_crisis and CRISIS not in flags else (flag,)
    if policy.trigger(None, signs).level > state.level or (CRISIS in signs and state.pause):
        guard_change(draft)
    _set(draft, flag, why="hand", text=text)
    for sign in signs[1:]:
        _set(draft, sign, why="signs")


def unflag(draft: Draft, *, flag: str, text: str, approved_by: str | None = None) -> None:
    """Take a sign away, with a reason; the level stays where it is.

    What holds for a crisis ends with its sign, so somebody else approves that, as when it goes down.
    """
    guard_live(draft)
    guard_time(draft)
    if flag not in draft.state.flags:
        raise Refused("flag-not-set", number=draft.state.number, flag=flag, flags=list(draft.state.flags))
    if flag == CRISIS and approved_by in (None, draft.context.actor):
        raise Refused("crisis-off-needs-approver", number=draft.state.number)
    draft.record("unflagged", words={"text": text}, flag=flag, approved_by=approved_by)


def take_over(draft: Draft, flag: str, from_case: int) -> None:
    """Set a sign that a case had which is merged into this one; what it called for there was done there."""
    _mark(draft, flag, why="merge", from_case=from_case)


def _set(draft: Draft, flag: str, *, why: str, text: str | None = None) -> None:
    cause = None if why == "hand" else RULE
    _mark(draft, flag, why=why, cause=cause, text=text)
    called = draft.context.policy.trigger(None, (flag,)).level
    if called > draft.state.level:
        raise_to(draft, called, why="trigger", trigger=flag)


def _mark(
    draft: Draft,
    flag: str,
    *,
    why: str,
    cause: str | None = None,
    text: str | None = None,
    from_case: int | None = None,
) -> None:
    """Record a sign, and what it changes but for the level: a shorter answer, no wait in a crisis."""
    if flag == CRISIS and draft.state.pause:
        end_pause(draft, draft.context.at, why=CRISIS)
    changes = Changes(draft)
    changes.fit(draft.context.at, draft.state._replace(flags=(*draft.state.flags, flag)))
    draft.record(
        "flagged",
        cause=cause,
        words={"text": text},
        flag=flag,
        why=why,
        from_case=from_case,
        clocks=changes.made,
    )
