"""Who answers for a case: picked after a hand-up, at opening, and when a case comes back.

Each gives the facts of an event: `owner`, or `unowned` where nobody of the level is on duty; neither on a
desk without staff, and where whoever answers already may go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import ENDED
from cstrack.domain.events import RULE

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft

DUTY_BEGAN = "duty-began"


def picked(draft: Draft, level: int, at: int) -> dict[str, Any]:
    """Whose the case is once it has come to `level`."""
    state, roster = draft.state, draft.context.roster
    if not roster.exists:
        return {}
    found = roster.owner(state, level, at)
    if found is None:
        return {"unowned": True}
    roster.gives(found, state.owner)
    return {"owner": found}


def kept(draft: Draft, level: int, at: int) -> dict[str, Any]:
    """Whose it is at `level`: still the owner's, if he may answer for it there."""
    state, roster = draft.state, draft.context.roster
    own = roster.level(state.owner or "")
    if own is not None and own >= level and state.owner != state.against:
        return {}
    return picked(draft, level, at)


def waiting(draft: Draft, until: int) -> tuple[int, str] | None:
    """When, up to `until`, the wait of a case for its owner ended, and who it is."""
    state, roster = draft.state, draft.context.roster
    if not roster.exists or state.status in ENDED:
        return None
    return roster.owner_since(state, until)


def take_up(draft: Draft, at: int, who: str) -> None:
    """The step by rule that gives a case to whose duty began; its clocks run on as they were."""
    draft.context.roster.gives(who, None)
    draft.record("assigned", at=at, cause=RULE, owner=who, why=DUTY_BEGAN)
