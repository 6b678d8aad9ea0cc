"""A customer who waits on site: he hears from us soon after the time that he expects, and again and again.

Arrivals, words and leaving may be typed in later and in any order: the clocks come out the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.decide.draft import guard_live, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.reckoning import limit_of, reckoned
from cstrack.domain.errors import Refused
from cstrack.domain.standard_clocks import ON_SITE
from cstrack.domain.visit import Visit, visit_at

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.decide.draft import Draft


def arrive(draft: Draft, *, expected: int | None = None, text: str | None = None) -> None:
    """The customer is here. `expected`, in UTC seconds, is when it will be done: at once if not said.

    A word is owed to him some time after that, and after each word again. What was said to him since he
    came, and typed in before this, counts.
    """
    guard_live(draft)
    guard_time(draft)
    state, at = draft.state, draft.context.at
    here = state.on_site
    if here is not None:
        raise Refused("on-site-already", number=state.number, arrived_at=here.arrived_at)
    left_at = state.visits[-1].left_at if state.visits else None
    if left_at is not None and at < left_at:
        raise Refused("time-before-left", number=state.number, at=at, left_at=left_at)
    visit = Visit(at, at if expected is None else expected)
    if visit.expected_at < at:
        raise Refused("expected-passed", number=state.number, expected_at=visit.expected_at, at=at)
    changes = Changes(draft)
    said = [spoke for spoke in state.spoke_at if spoke >= at]
    changes.start(ON_SITE, at, since=visit.expected_at, **_until(said[:1]))
    for place, spoke in enumerate(said, start=1):
        _again(draft, changes, visit, spoke, state, **_until(said[place : place + 1]))
    draft.record("arrived", words={"text": text}, expected_at=visit.expected_at, clocks=changes.made)


def leave(draft: Draft, *, text: str | None = None) -> None:
    """The customer has left: nobody waits for a word any more. Said after it was due, it comes too late."""
    guard_live(draft)
    guard_time(draft)
    state, at = draft.state, draft.context.at
    here = state.on_site
    if here is None:
        raise Refused("not-on-site", number=state.number)
    if at < here.arrived_at:
        raise Refused("time-before-arrival", number=state.number, at=at, arrived_at=here.arrived_at)
    changes = Changes(draft)
    changes.stop(state.unanswered(ON_SITE, at), at)
    changes.end((clock for clock in state.clocks if clock.kind == ON_SITE and clock.started_at > at), at)
    draft.record("left", words={"text": text}, clocks=changes.made)


def spoken(draft: Draft, changes: Changes) -> None:
    """A word to the customer: if he is here, or was then, it answers the clock that ran, and starts the next.

    One typed in later for a time between two others gives the time up to the later one a clock of its own.
    """
    state, at = draft.state, draft.context.at
    visit = visit_at(state.visits, at)
    if visit is None:
        return
    answered = state.unanswered(ON_SITE, at)
    changes.stop(answered, at)
    if answered is not None and answered.stopped_at is not None:
        then = state._replace(level=answered.level, cycle=answered.cycle)
        _again(draft, changes, visit, at, then, stopped_at=answered.stopped_at)
    elif visit.left_at is None and (answered is not None or state.running(ON_SITE) is None):
        _again(draft, changes, visit, at, state)


def _again(draft: Draft, changes: Changes, visit: Visit, at: int, state: Case, **given: Any) -> None:
    """Start the clock of a further word; a word never makes the next one due before the first one was."""
    policy = draft.context.policy
    first, further = (limit_of(policy, ON_SITE, state, again=again) for again in (False, True))
    if first is None or further is None:
        return
    by_expected = reckoned(draft.context, state, ON_SITE, visit.expected_at, first)["due_at"]
    if by_expected > reckoned(draft.context, state, ON_SITE, at, further)["due_at"]:
        changes.start(ON_SITE, at, state=state, since=visit.expected_at, **given)
    else:
        changes.start(ON_SITE, at, state=state, limit=further, **given)


def _until(said: list[int]) -> dict[str, Any]:
    """What a clock is told that a word has stopped already."""
    return {"stopped_at": said[0]} if said else {}
