"""Who may: the level of the actor, and of people who are named.

On a desk without staff everybody acts at the level that a rule asks for, under any name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.choices import near
from cstrack.domain.errors import Refused

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft

NAMED = 3
"""So many of those who could are named in a refusal."""


def own_level(draft: Draft) -> int:
    """The level of who acts; the case's own on a desk without staff."""
    context = draft.context
    if not context.roster.exists:
        return draft.state.level
    return context.roster.level(context.actor) or 0


def could(draft: Draft, level: int, *, but: str | None = None) -> list[str]:
    """Up to three people on duty of that level or above, whom the case is not about; `but` left out."""
    context = draft.context
    return context.roster.fit(level, context.now, but=(but, draft.state.against))[:NAMED]


def guard_level(draft: Draft, needs: int, *, code: str) -> None:
    """The actor is of that level or above; else `code`."""
    own = own_level(draft)
    if draft.context.roster.exists and own < needs:
        raise Refused(
            code,
            number=draft.state.number,
            level=draft.state.level,
            needs=needs,
            own=own,
            fit=could(draft, needs),
        )


def guard_staff(draft: Draft, who: str) -> None:
    """Whoever is named is of the staff, once there is any."""
    roster = draft.context.roster
    if roster.exists and who not in roster.people:
        raise Refused("person-unknown", who=who, near=near(who, roster.people))


def guard_approver(draft: Draft, who: str, needs: int) -> None:
    """Whoever approves is of the staff and of that level or above, not the actor, not complained about."""
    state, context = draft.state, draft.context
    if who == state.against:
        raise Refused("approver-against", number=state.number, who=who)
    if not context.roster.exists:
        return
    guard_staff(draft, who)
    if who == context.actor:
        raise Refused("approver-self", number=state.number, who=who, needs=needs)
    level = context.roster.level(who) or 0
    if level < needs:
        fit = could(draft, needs, but=context.actor)
        raise Refused("approver-level", number=state.number, who=who, level=level, needs=needs, fit=fit)
