"""What is offered to the next person or to another store, and what a person holds of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.domain.case import Case
    from cstrack.domain.duties import Duty
    from cstrack.domain.events import Event

_NO_PERSON: dict[str, Any] = {"handed_to": None, "handed_by": None, "handed_at": None}
_NO_STORE: dict[str, Any] = {"sent_to": None, "sent_at": None}


def own_promises(state: Case, who: str) -> Iterator[Duty]:
    """The promises of a case that somebody still has to keep."""
    for duty in state.promises:
        if duty.who == who and duty.ended is None and state.clock_of(duty).running:
            yield duty


def holds(state: Case, who: str) -> bool:
    """Whether somebody answers for a case, works on it, or has to keep a promise of it."""
    return who in (state.owner, state.handler) or any(own_promises(state, who))


def offered(_state: Case, event: Event) -> dict[str, Any]:
    """The case with this offer, and no other."""
    return {"handed_to": event.facts["to"], "handed_by": event.facts["by"], "handed_at": event.at}


def accepted(state: Case, event: Event) -> dict[str, Any]:
    """The case in new hands."""
    facts = event.facts
    kept = {name: facts[name] for name in ("owner", "handler") if name in facts}
    moved = facts.get("promises", ())
    promises = tuple(duty._replace(who=facts["to"]) if duty.n in moved else duty for duty in state.promises)
    return {**_NO_PERSON, **kept, "promises": promises}


def sent(_state: Case, event: Event) -> dict[str, Any]:
    """The case on offer to another store."""
    return {"sent_to": event.facts["store"], "sent_at": event.at}


def arrived(_state: Case, event: Event) -> dict[str, Any]:
    """The case at the other store."""
    facts = event.facts
    owner = facts.get("owner")
    since = event.at if facts.get("unowned") else None
    return {**_NO_STORE, "store": facts["store"], "owner": owner, "unowned_since": since}


def lapsed(state: Case) -> Case:
    """The case without offers that mean nothing any more: it has ended, or is not the giver's now."""
    if state.handed_by is not None and (state.status in ENDED or not holds(state, state.handed_by)):
        state = state._replace(**_NO_PERSON)
    if state.sent_to is not None and state.status in ENDED:
        state = state._replace(**_NO_STORE)
    return state
