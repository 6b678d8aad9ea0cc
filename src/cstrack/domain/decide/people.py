"""Who answers for a case, who works on it, and whom it is about.

Anybody may name them: levels block decisions, not work. Who is named must be fit for it: the owner is of
the case's level or above, and whom the case is about neither answers for it nor works on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.draft import guard_change, guard_live, guard_time
from cstrack.domain.decide.who import could, guard_staff
from cstrack.domain.errors import Refused

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Context, Draft
    from cstrack.domain.policy import Policy


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
    for who in filter(None, (owner, handler)):
        if who == state.against:
            raise Refused("assign-against", number=state.number, who=who)
        guard_staff(draft, who)
    if owner is not None:
        _guard_owner(draft, owner)
    draft.record("assigned", words={"text": text}, owner=owner, handler=handler)


def _guard_owner(draft: Draft, who: str) -> None:
    state, roster = draft.state, draft.context.roster
    own = roster.level(who)
    if own is not None and own < state.level:
        fit = could(draft, state.level)
        raise Refused("owner-level", number=state.number, level=state.level, who=who, own=own, fit=fit)


def against(draft: Draft, *, name: str, text: str | None = None) -> None:
    """Say whom the case is about, one of the staff or a department; not who owns or handles it."""
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)
    state = draft.state
    fact, word = named(draft.context, name)
    about = fact or word
    if about == state.against:
        raise Refused("against-already", number=state.number, who=about)
    if about == state.owner == state.handler:
        raise Refused("against-holder", number=state.number, who=about)
    if about in (state.owner, state.handler):
        code = "against-owner" if about == state.owner else "against-handler"
        raise Refused(code, number=state.number, who=about)
    draft.record("against-named", words={"text": text, "against": word}, against=fact)


def named(context: Context, name: str | None) -> tuple[str | None, str | None]:
    """Whom a case is about, as a fact or as a word: the handle of one of the staff, or a department's code.

    Any other name is what somebody said: it can be erased.
    """
    if name is None or name in context.roster.people:
        return name, None
    code = department(context.policy, name)
    return (code, None) if code else (None, name)


def department(policy: Policy, name: str) -> str | None:
    """The code of the department that is called so, or None."""
    for code, entry in policy.codes("departments").items():
        if name.lower() in (code, entry.get("en", "").lower(), entry.get("zh")):
            return code
    return None
