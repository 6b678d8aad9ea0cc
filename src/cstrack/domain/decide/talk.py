"""What is said and written: notes, contacts, proposals, corrections.

These may be typed in later, for any moment since the opening, and are judged by when they happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.case import AGREED, IN_WORK, WAITING
from cstrack.domain.clock import BREACHED, MET
from cstrack.domain.decide.draft import guard_status, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.waiting import end_pause
from cstrack.domain.errors import NotFound, Refused

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft

IN, OUT = "in", "out"


def note(draft: Draft, *, text: str) -> None:
    """An internal remark: it answers nobody and touches no clock. Allowed on closed cases too."""
    guard_time(draft)
    draft.record("noted", words={"text": text})


def contact(
    draft: Draft, *, direction: str, text: str, channel: str | None = None, chase: bool = False
) -> None:
    """One conversation with the customer, in or out. Allowed on closed cases too.

    Out answers first-response and starts next-update anew; in arms next-update where none runs and
    ends a wait for the customer.
    """
    guard_time(draft)
    state, at = draft.state, draft.context.at
    changes = Changes(draft)
    running = state.running("next-update")
    informed = state.status in (IN_WORK, WAITING, AGREED)
    if direction == OUT:
        changes.stop(_unanswered(state, "first-response", at), at)
        if running is not None and at >= running.started_at:
            changes.stop(running, at)
            changes.start("next-update", at)
        elif running is None and informed:
            changes.start("next-update", at)
    elif running is None and informed:
        changes.start("next-update", at)
    draft.record(
        "contacted",
        words={"text": text},
        direction=direction,
        channel=channel,
        chase=chase,
        clocks=changes.made,
    )
    pause = draft.state.pause
    if direction == IN and pause and pause.waiting_for == "customer" and at >= pause.start:
        end_pause(draft, at, why="customer")


def propose(draft: Draft, *, text: str, by: int) -> None:
    """Offer a concrete solution with a date: what the plan clock asks for."""
    guard_status(draft, "propose-resolved", (IN_WORK, WAITING, AGREED))
    guard_time(draft)
    at = draft.context.at
    if by <= at:
        raise Refused("date-passed", number=draft.state.number, by_at=by, at=at)
    changes = Changes(draft)
    changes.stop(_unanswered(draft.state, "plan", at), at)
    draft.record("proposed", words={"text": text}, by=by, clocks=changes.made)


def correct(draft: Draft, *, seq: int, text: str) -> None:
    """Say that an entry is wrong, and what is right; the entry and its clocks stay as they are."""
    guard_time(draft)
    if not 1 <= seq <= draft.state.seq:
        raise NotFound("no-such-entry", number=draft.state.number, seq=seq, last=draft.state.seq)
    draft.record("corrected", words={"text": text}, seq=seq)


def _unanswered(state: Case, kind: str, at: int) -> Clock | None:
    """The clock that something at `at` answers: running, or answered only later than that."""
    for clock in state.clocks:
        if clock.kind != kind:
            continue
        if clock.running:
            return clock
        if clock.verdict in (MET, BREACHED) and clock.stopped_at is not None and at < clock.stopped_at:
            return clock
    return None
