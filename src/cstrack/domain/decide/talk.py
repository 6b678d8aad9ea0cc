"""What is said and written: notes, contacts, proposals, corrections.

These may be typed in later, for any moment since the opening, and are judged by when they happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.case import AGREED, IN_WORK, WAITING
from cstrack.domain.decide import on_site
from cstrack.domain.decide.authority import offer
from cstrack.domain.decide.draft import guard_status, guard_time
from cstrack.domain.decide.effects import NEXT_UPDATE, Changes
from cstrack.domain.decide.steps import PLAN, tick_if_asked
from cstrack.domain.decide.waiting import heard
from cstrack.domain.errors import NotFound, Refused

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.remedy import Wanted

IN, OUT = "in", "out"


def note(draft: Draft, *, text: str) -> None:
    """An internal remark: it answers nobody and touches no clock. Allowed on closed cases too."""
    guard_time(draft)
    draft.record("noted", words={"text": text})


def contact(
    draft: Draft, *, direction: str, text: str, channel: str | None = None, chase: bool = False
) -> None:
    """One conversation with the customer, in or out. Allowed on closed cases too.

    Out answers first-response and starts next-update anew, and the clock of a customer on site; in arms
    next-update where none runs and ends a wait for the customer.
    """
    guard_time(draft)
    at = draft.context.at
    changes = Changes(draft)
    changes.meet(f"contact-{direction}", at)
    changes.begin(f"contact-{direction}", at)
    _keep_informed(draft, changes, direction)
    if direction == OUT:
        on_site.spoken(draft, changes)
    draft.record(
        "contacted",
        words={"text": text},
        direction=direction,
        channel=channel,
        chase=chase,
        clocks=changes.made,
    )
    if direction == IN:
        heard(draft)


def propose(draft: Draft, *, text: str, by: int, remedy: Wanted | None = None) -> None:
    """Offer a concrete solution with a date: what the plan clock asks for.

    A remedy that it names lies within the authority of who offers it.
    """
    guard_status(draft, "propose-resolved", (IN_WORK, WAITING, AGREED))
    guard_time(draft)
    at = draft.context.at
    if by <= at:
        raise Refused("date-passed", number=draft.state.number, by_at=by, at=at)
    named = offer(draft, remedy)
    changes = Changes(draft)
    changes.meet("proposed", at)
    changes.begin("proposed", at)
    draft.record("proposed", words={"text": text}, by=by, **named, clocks=changes.made)
    tick_if_asked(draft, PLAN)


def correct(draft: Draft, *, seq: int, text: str) -> None:
    """Say that an entry is wrong, and what is right; the entry and its clocks stay as they are."""
    guard_time(draft)
    if not 1 <= seq <= draft.state.seq:
        raise NotFound("no-such-entry", number=draft.state.number, seq=seq, last=draft.state.seq)
    draft.record("corrected", words={"text": text}, seq=seq)


def _keep_informed(draft: Draft, changes: Changes, direction: str) -> None:
    """A word from us answers next-update and starts it anew; one from the customer starts it where none runs.

    A word typed in later for a time between two others answers the clock that ran then, and the time
    up to the later one has a clock of its own: no silence is lost.
    """
    state, at = draft.state, draft.context.at
    running = state.running(NEXT_UPDATE)
    if direction == OUT:
        answered = state.unanswered(NEXT_UPDATE, at)
        changes.stop(answered, at)
        if answered is not None and answered.running:
            running = None
        elif answered is not None:
            then = state._replace(level=answered.level, cycle=answered.cycle)
            changes.start(NEXT_UPDATE, at, state=then, stopped_at=answered.stopped_at)
    if running is None and state.status in (IN_WORK, WAITING, AGREED):
        changes.start(NEXT_UPDATE, at)
