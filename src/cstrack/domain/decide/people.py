"""Who answers for a case and who works on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.draft import guard_change, guard_live, guard_time
from cstrack.domain.errors import Refused

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft


def assign(
    draft: Draft, *, owner: str | None = None, handler: str | None = None, text: str | None = None
) -> None:
    """Name the owner, the handler, or both."""
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)
    state = draft.state
    if (owner or state.owner, handler or state.handler) == (state.owner, state.handler):
        raise Refused("already-assigned", number=state.number, who=owner or handler)
    draft.record("assigned", words={"text": text}, owner=owner, handler=handler)
