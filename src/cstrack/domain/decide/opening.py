"""Opening a case: its level, its people, its clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.own_fields import guard_opening
from cstrack.domain.decide.owners import picked
from cstrack.domain.decide.people import named
from cstrack.domain.errors import Refused
from cstrack.domain.events import CASE
from cstrack.domain.own_fields import said
from cstrack.domain.policy import COMPLAINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.own_fields import Change
    from cstrack.domain.policy import Policy

DAY = 86_400


class Earlier(NamedTuple):
    """An earlier case of the same customer and category; `ended_at` is None while it is open."""

    number: int
    ended_at: int | None


class Complaint(NamedTuple):
    """What is known when a case is opened. Codes are those of the policy's lists.

    `source_flags` are (flag, reason) as a file told them, `against` is whom it is about; `fields` are those
    of the desk's own, those of the customer and the product among them.
    """

    subject: str
    text: str | None = None
    kind: str = "complaint"
    channel: str | None = None
    category: str | None = None
    flags: tuple[str, ...] = ()
    source_flags: tuple[tuple[str, str], ...] = ()
    customer_number: int | None = None
    product_number: int | None = None
    earlier: tuple[Earlier, ...] = ()
    taken_by: str | None = None
    source_fields: Mapping[str, Any] | None = None
    source_words: Mapping[str, Any] | None = None
    against: str | None = None
    store: str | None = None
    fields: tuple[Change, ...] = ()


def open_case(draft: Draft, complaint: Complaint) -> None:
    """Open: flags by hand, by words in the text, by repetition and by signs of a crisis set the level.

    Who takes it is first contact, handler and owner. Of the staff, an owner of the case's level is picked
    where the taker's own is lower; whom the case is about neither owns nor handles it. A call or a visit is
    answered by being taken; what came in writing is answered by a person's contact only.
    """
    context = draft.context
    policy, at = context.policy, context.at
    if at > context.now:
        raise Refused("time-in-future", at=at, now=context.now)
    repeat = repeat_of(policy, complaint.earlier, at)
    flags, look_at = _signs(policy, complaint, repeat)
    fact, word = named(context, complaint.against)
    called = policy.trigger(complaint.channel, flags, complaint.category, complaint.kind)
    draft.state = draft.state._replace(
        kind=complaint.kind,
        channel=complaint.channel,
        flags=tuple(sorted(flags)),
        level=called.level,
        category=complaint.category,
        opened_at=at,
        cycle_at=at,
        against=fact or word,
        first_contact=complaint.taken_by,
        store=complaint.store,
        customer_number=complaint.customer_number,
        product_number=complaint.product_number,
    )
    guard_opening(draft, complaint.fields)
    own = said(complaint.fields, CASE)
    changes = Changes(draft)
    for kind in ("first-response", "plan", "level", "total", "next-update"):
        if kind == "first-response" and policy.answered_by_taking(complaint.channel):
            changes.start(kind, at, stopped_at=at)
        else:
            changes.start(kind, at)
    changes.begin("opened", at)
    if complaint.kind == COMPLAINT:
        changes.begin("level", at)
    draft.record(
        "opened",
        words={
            "subject": complaint.subject,
            "text": complaint.text,
            "source_fields": complaint.source_words,
            "against": word,
            "fields": own or None,
        },
        kind=complaint.kind,
        channel=complaint.channel,
        category=complaint.category,
        flags=flags,
        level=called.level,
        level_why={"kind": called.kind, "code": called.code},
        **_people(draft, complaint.taken_by),
        first_contact=complaint.taken_by,
        against=fact,
        customer_number=complaint.customer_number,
        product_number=complaint.product_number,
        repeat_of=repeat,
        look_at=look_at,
        policy=policy.label,
        source_fields=complaint.source_fields,
        fields=sorted(own),
        clocks=changes.made,
        store=complaint.store,
    )


def _people(draft: Draft, taken_by: str | None) -> dict[str, Any]:
    """Owner and handler of a new case; nobody of an imported one."""
    state, roster = draft.state, draft.context.roster
    handler = None if taken_by == state.against else taken_by
    if taken_by is None or not roster.exists:
        return {"owner": handler, "handler": handler}
    if handler is not None and (roster.level(handler) or 0) >= state.level:
        return {"owner": handler, "handler": handler}
    return {**picked(draft, state.level, draft.context.at), "handler": handler}


def repeat_of(policy: Policy, earlier: Iterable[Earlier], at: int) -> int | None:
    """The latest case that ended within the policy's days before `at`, or None."""
    window = policy.repeat_days * DAY
    if not window:
        return None
    ended = [c for c in earlier if c.ended_at is not None and 0 <= at - c.ended_at <= window]
    return max(ended, key=lambda c: (c.ended_at or 0, c.number)).number if ended else None


def _signs(
    policy: Policy, complaint: Complaint, repeat: int | None
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Flags with the reason of each, and words that only ask to be looked at."""
    flags: dict[str, dict[str, Any]] = {flag: {"why": "hand"} for flag in complaint.flags}
    flags |= {flag: {"why": "source", "code": code} for flag, code in complaint.source_flags}
    look_at = []
    for word, flag in policy.spoken("\n".join(filter(None, (complaint.subject, complaint.text)))):
        if flag is None:
            look_at.append(word)
        else:
            flags.setdefault(flag, {"why": "word", "word": word})
    for flag, listing, code in policy.flags_of(complaint.channel, complaint.category, complaint.kind):
        flags.setdefault(flag, {"why": listing, "code": code})
    if repeat is not None:
        flags.setdefault(policy.repeat_flag, {"why": "repeat", "case": repeat})
    if policy.is_crisis(complaint.channel, flags):
        flags.setdefault("crisis", {"why": "signs"})
    return flags, look_at
