"""What promises and tasks have in common when they are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.duties import Duty


def the(duties: Iterable[Duty], n: int) -> Duty | None:
    """The one of this number, or None."""
    return next((duty for duty in duties if duty.n == n), None)


def guard_due(draft: Draft, due: int) -> None:
    """A time that is said lies after the moment at which it is said."""
    number, at = draft.state.number, draft.context.at
    if due <= at:
        raise Refused("due-passed", number=number, due_at=due, at=at)


def guard_begun(draft: Draft, duty: Duty) -> None:
    """What was promised or asked is not settled before it was said."""
    made_at, at = draft.state.clock_of(duty).started_at, draft.context.at
    if at < made_at:
        raise Refused("time-before-said", number=draft.state.number, at=at, made_at=made_at)
