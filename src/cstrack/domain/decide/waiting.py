"""Pauses: waiting for the customer, the supplier or a third party.

A pause always has an end, given or the level's cap, so every due time is known while it lasts. It
moves only clocks that the policy lets wait, and never hides one whose time had already come.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from cstrack.domain.case import IN_WORK, WAITING
from cstrack.domain.deadlines import due, is_late
from cstrack.domain.decide.draft import guard_change, guard_status, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.reckoning import paused, unpaused
from cstrack.domain.decide.who import could, own_level
from cstrack.domain.errors import Refused

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft


def pause(draft: Draft, *, waiting_for: str, until: int | None = None, text: str | None = None) -> None:
    """Let the case wait, until the time given or the cap of its level.

    It may wait longer where the actor is of a level with a longer cap.
    """
    state, context = draft.state, draft.context
    if state.pause:
        raise Refused("already-waiting", number=state.number, until_at=state.pause.end)
    guard_status(draft, "pause-not-open", (IN_WORK,))
    if state.crisis:
        raise Refused("pause-in-crisis", number=state.number)
    guard_time(draft)
    guard_change(draft)
    ends = _latest(draft, state.level)[0] if until is None else until
    if ends <= context.at:
        raise Refused("pause-ends-before", number=state.number, until_at=ends, at=context.at)
    _guard_cap(draft, ends)
    changes = Changes(draft)
    for clock in state.clocks:
        began = max(context.at, clock.counted_from)
        touched = clock.running and not clock.said and began < ends and not is_late(clock.due_at, began)
        if touched and context.policy.pausable(clock.kind, waiting_for):
            changes.change(clock, **paused(context.policy, clock, began, ends))
    draft.record("paused", words={"text": text}, waiting_for=waiting_for, until=ends, clocks=changes.made)


def _guard_cap(draft: Draft, ends: int) -> None:
    """The pause is no longer than the actor's level allows, or the case's own where that is above it."""
    state, roster = draft.state, draft.context.roster
    own = max(state.level, own_level(draft))
    latest, cap = _latest(draft, own)
    if ends <= latest:
        return
    facts = {"number": state.number, "level": state.level, "cap": cap, "latest_at": latest}
    above = range(own + 1, draft.context.policy.top + 1)
    needs = next((level for level in above if ends <= _latest(draft, level)[0]), None)
    if needs is None or not roster.exists:
        raise Refused("pause-too-long", **facts)
    raise Refused("pause-needs-level", **facts, needs=needs, fit=could(draft, needs))


def _latest(draft: Draft, level: int) -> tuple[int, str]:
    """How long a pause may last that somebody of `level` allows: until when, and the cap that says so."""
    context, levels = draft.context, draft.context.policy.levels
    caps = [levels[n]["pause_cap"] for n in levels if draft.state.level <= n <= level]
    return max(((due(context.at, cap, context.zone), cap) for cap in caps), key=itemgetter(0))


def resume(draft: Draft, *, text: str | None = None) -> None:
    """End the pause by hand; exactly what was left is left."""
    guard_status(draft, "not-waiting", (WAITING,))
    guard_time(draft)
    guard_change(draft)
    end_pause(draft, draft.context.at, why="hand", text=text)


def heard(draft: Draft) -> None:
    """A word from the customer ends the wait for him, if it came in it."""
    pause, at = draft.state.pause, draft.context.at
    if pause and pause.waiting_for == "customer" and at >= pause.start:
        end_pause(draft, max(at, draft.state.changed_at), why="customer")


def end_pause(draft: Draft, at: int, *, why: str, cause: str | None = None, text: str | None = None) -> None:
    """Record the end of a pause at `at`; why: hand, pause-ended, customer, crisis, or what ends it."""
    changes = Changes(draft)
    for clock in draft.state.clocks:
        if clock.paused_until is not None:
            changes.change(clock, **unpaused(draft.context.policy, clock, at))
    draft.record("resumed", at=at, cause=cause, words={"text": text}, why=why, clocks=changes.made)
