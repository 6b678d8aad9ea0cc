"""Handing over: to the next person of the desk, and to another store.

What is offered stays with the giver until it is accepted, and the clocks run on unmoved. An offer
stands while the giver holds something of the case (domain/offers.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.decide.draft import guard_change, guard_live, guard_time
from cstrack.domain.errors import Refused
from cstrack.domain.handles import known_person, known_store
from cstrack.domain.offers import holds, own_promises

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.decide.draft import Draft


def offer(draft: Draft, *, to: str, text: str) -> None:
    """Offer the actor's share of a case to somebody: what he answers for, works on and has promised.

    A new offer takes the place of the one before.
    """
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)
    state, giver = draft.state, draft.context.actor
    if not holds(state, giver):
        whose = list(dict.fromkeys(filter(None, (state.owner, state.handler))))
        raise Refused("handover-not-yours", number=state.number, actor=giver, whose=whose)
    if to == giver:
        raise Refused("handover-to-oneself", number=state.number, actor=giver)
    if draft.context.roster.exists:
        to = known_person(to, draft.context.roster.people)
    _guard_receiver(draft, giver, to)
    draft.record("handover-offered", words={"text": text}, by=giver, to=to)


def offer_held(draft: Draft, *, to: str, text: str) -> None:
    """Offer the actor's share of a case, if a step by rule has not just taken it from him."""
    if holds(draft.state, draft.context.actor):
        offer(draft, to=to, text=text)


def accept(draft: Draft, *, text: str | None = None) -> None:
    """Take over what was offered to the actor: as much of it as is still the giver's."""
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)
    state, actor = draft.state, draft.context.actor
    giver = state.handed_by
    if giver is None or state.handed_to != actor:
        raise Refused("handover-not-offered", number=state.number, actor=actor, to=state.handed_to)
    _guard_since(draft, state.handed_at)
    _guard_receiver(draft, giver, actor)
    draft.record(
        "handover-accepted",
        words={"text": text},
        by=giver,
        owner=actor if state.owner == giver else None,
        handler=actor if state.handler == giver else None,
        promises=[duty.n for duty in own_promises(state, giver)],
        to=actor,
    )


def accept_offered(draft: Draft, *, text: str | None = None) -> None:
    """Take over what was offered to the actor, if a step by rule has not just ended the offer."""
    if draft.state.handed_to == draft.context.actor:
        accept(draft, text=text)


def transfer(draft: Draft, *, store: str, text: str) -> None:
    """Offer a case to another store; it stays where it is until somebody there accepts it."""
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)
    state = draft.state
    to = known_store(store, draft.context.roster.stores)
    if to == state.store:
        raise Refused("transfer-there-already", number=state.number, store=to)
    draft.record("transfer-offered", words={"text": text}, store=to)


def take(draft: Draft, *, text: str | None = None) -> None:
    """Accept a case for one's own store; on a desk without staff anybody may.

    Who accepts it answers for it where his level is high enough, else whoever the roster names there,
    else nobody yet.
    """
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)
    state, context = draft.state, draft.context
    if state.sent_to is None:
        raise Refused("transfer-not-offered", number=state.number)
    _guard_since(draft, state.sent_at)
    person = context.roster.people.get(context.actor)
    if person is not None and person.store != state.sent_to:
        raise Refused("transfer-elsewhere", number=state.number, store=state.sent_to, own=person.store)
    there = state._replace(store=state.sent_to)
    owner = _owner_there(draft, there)
    if owner:
        context.roster.gives(owner, state.owner)
    draft.record(
        "transfer-accepted",
        words={"text": text},
        store=there.store,
        owner=owner,
        unowned=None if owner else True,
    )


def _owner_there(draft: Draft, there: Case) -> str | None:
    context = draft.context
    level = context.roster.level(context.actor)
    if context.actor != there.against and (level is None or level >= there.level):
        return context.actor
    return context.roster.owner(there, there.level, context.at)


def _guard_receiver(draft: Draft, giver: str, to: str) -> None:
    """Not the person complained about; nobody below the case's level where the giver answers for it."""
    state, facts = draft.state, dict[str, Any](number=draft.state.number, who=to)
    if to == state.against:
        raise Refused("handover-against", **facts)
    level = draft.context.roster.level(to)
    if state.owner == giver and level is not None and level < state.level:
        raise Refused("handover-level", own=level, level=state.level, **facts)


def _guard_since(draft: Draft, offered_at: int | None) -> None:
    """Nothing is accepted before it was offered."""
    at = draft.context.at
    if offered_at is not None and at < offered_at:
        raise Refused("time-before-offer", number=draft.state.number, at=at, offered_at=offered_at)
