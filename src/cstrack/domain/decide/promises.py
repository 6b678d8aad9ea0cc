"""What is said to the customer with a time: an owner, a due time, a check.

A promise does not wait and does not drift. Resolving a case leaves it running; closing ends it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.clock import BREACHED
from cstrack.domain.deadlines import is_late
from cstrack.domain.decide.authority import offer
from cstrack.domain.decide.draft import guard_live, guard_not_merged, guard_time
from cstrack.domain.decide.duties import guard_begun, guard_due, the
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.who import guard_staff
from cstrack.domain.duties import PROMISE
from cstrack.domain.errors import NotFound, Refused
from cstrack.domain.standard_clocks import STAGE

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.duties import Duty
    from cstrack.domain.remedy import Wanted


def promise(
    draft: Draft,
    *,
    text: str,
    due: int,
    owner: str | None = None,
    check: str | None = None,
    remedy: Wanted | None = None,
) -> None:
    """Say to the customer that something will be done by `due`, in UTC seconds.

    Whoever says so owns it, unless an owner of the staff is named. `check`: how it will be seen that it was
    kept. A remedy that it names lies within the authority of who promises it.
    """
    guard_live(draft)
    guard_time(draft)
    guard_due(draft, due)
    if owner is not None:
        guard_staff(draft, owner)
    named = offer(draft, remedy)
    changes = Changes(draft)
    changes.say(PROMISE, draft.context.at, due)
    draft.record(
        "promised",
        words={"name": text, "check": check},
        n=len(draft.state.promises) + 1,
        owner=owner or draft.context.actor,
        **named,
        clocks=changes.made,
    )


def keep(draft: Draft, *, n: int, text: str | None = None) -> None:
    """It was kept: in time, or late. Allowed on closed cases too."""
    _settle(draft, n, "promise-kept", text)


def miss(draft: Draft, *, n: int, text: str) -> None:
    """It was not kept, and will not be. Allowed on closed cases too."""
    _settle(draft, n, "promise-missed", text, verdict=BREACHED)


def move(draft: Draft, *, n: int, due: int, agreed: bool, text: str) -> None:
    """Give a promise another time that the customer agreed to; what it was before stays on the timeline.

    Once its time has come it is broken, and no other time mends that. A stage that lasts by the promised
    time has the other one too.
    """
    guard_live(draft)
    found = _unsettled(draft, n)
    state, at = draft.state, draft.context.at
    if not agreed:
        raise Refused("promise-not-agreed", number=state.number, n=n)
    guard_due(draft, due)
    clock = state.clock_of(found)
    if is_late(clock.due_at, at):
        raise Refused("promise-late", number=state.number, n=n, due_at=clock.due_at)
    if due == clock.due_at:
        raise Refused("promise-due-then", number=state.number, n=n, due_at=due)
    changes = Changes(draft)
    for one in (clock, state.running(STAGE)):
        if one is not None and one.said and one.due_at == clock.due_at:
            changes.change(one, due_at=due)
    draft.record("promise-moved", words={"text": text}, n=n, clocks=changes.made)


def _settle(draft: Draft, n: int, type_: str, text: str | None, *, verdict: str | None = None) -> None:
    state = draft.state
    guard_not_merged(draft)
    clock = state.clock_of(_unsettled(draft, n))
    changes = Changes(draft)
    changes.stop(clock, draft.context.at, verdict)
    draft.record(type_, words={"text": text}, n=n, clocks=changes.made)


def _unsettled(draft: Draft, n: int) -> Duty:
    """The promise of this number, which nobody has said kept or missed."""
    state = draft.state
    guard_time(draft)
    found = the(state.promises, n)
    if found is None:
        raise NotFound("no-such-promise", number=state.number, n=n, count=len(state.promises))
    if found.ended:
        raise Refused("promise-settled", number=state.number, n=n, ended=found.ended)
    guard_begun(draft, found)
    return found
