"""Remedies: asked for, granted at once or by somebody of the level that may, rejected, taken back, paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.authority import (
    acting_level,
    guard_authority,
    guard_not_against,
    guard_standard,
    judged,
    record_granted,
    the,
)
from cstrack.domain.decide.draft import guard_live, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.errors import Refused
from cstrack.domain.remedy import PAID

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.remedy import Remedy, Wanted

APPROVAL = "approval"


def ask(draft: Draft, *, wanted: Wanted, text: str | None = None) -> None:
    """Granted at once within the authority of who asks; else it waits, with a clock, for the level that may.

    What the person complained about asks for waits for somebody else.
    """
    guard_live(draft)
    guard_time(draft)
    guard_standard(draft, wanted)
    facts = judged(draft, wanted)
    number = draft.context.fresh("remedy")
    if facts["level"] >= facts["needs"] and draft.context.actor != draft.state.against:
        record_granted(draft, number, facts, text)
        return
    changes = Changes(draft)
    changes.start(APPROVAL, draft.context.at, name=f"R-{number} {wanted.code}")
    draft.record(
        "remedy-asked",
        words={"text": text},
        r=number,
        **facts,
        who=draft.context.actor,
        policy=draft.context.policy.label,
        clocks=changes.made,
    )


def approve(draft: Draft, *, r: int, text: str) -> None:
    """Grant what waits: by somebody else than who asked, whose authority is judged now, sums and all."""
    found = _waiting(draft, r)
    _guard_other(draft, found)
    guard_standard(draft, found)
    facts = guard_authority(draft, found)
    changes = Changes(draft)
    changes.stop(draft.state.still_running(found.clock), draft.context.at)
    record_granted(draft, r, facts, text, changes.made)


def reject(draft: Draft, *, r: int, text: str) -> None:
    """Say no to what waits: by somebody else, of the level that it was asked of."""
    found = _waiting(draft, r)
    _guard_other(draft, found)
    level, needs = acting_level(draft), min(found.needs, draft.context.policy.top)
    if level < needs:
        facts = {"remedy": found.code, "amount": found.amount, "level": level, "needs": needs}
        staffed = draft.context.roster.exists
        raise Refused("remedy-reject-above", number=draft.state.number, r=r, staffed=staffed, **facts)
    changes = Changes(draft)
    changes.stop(draft.state.still_running(found.clock), draft.context.at)
    draft.record("remedy-rejected", words={"text": text}, r=r, who=draft.context.actor, clocks=changes.made)


def withdraw(draft: Draft, *, r: int, text: str) -> None:
    """Take back what one asked for oneself, while it waits."""
    found = _waiting(draft, r)
    who = draft.context.actor
    if who != found.asked_by:
        raise Refused("remedy-not-yours", number=draft.state.number, r=r, who=found.asked_by)
    changes = Changes(draft)
    clock = draft.state.still_running(found.clock)
    changes.end([clock] if clock else [], draft.context.at)
    draft.record("remedy-withdrawn", words={"text": text}, r=r, who=who, clocks=changes.made)


def pay(draft: Draft, *, r: int, receipt: str) -> None:
    """The customer has it: once, after it was granted. Allowed on closed and merged cases too."""
    guard_time(draft)
    found, at = the(draft, r), draft.context.at
    if found.state == PAID:
        raise Refused("remedy-paid-already", number=draft.state.number, r=r, paid_at=found.paid_at)
    if not found.counts or found.settled_at is None:
        raise Refused("remedy-not-granted", number=draft.state.number, r=r, state=found.state)
    if at < found.settled_at:
        raise Refused(
            "remedy-paid-before", number=draft.state.number, r=r, at=at, granted_at=found.settled_at
        )
    draft.record("remedy-paid", words={"receipt": receipt}, r=r)


def _waiting(draft: Draft, r: int) -> Remedy:
    """The remedy of this number that nobody has decided on."""
    guard_live(draft)
    guard_time(draft)
    found, at = the(draft, r), draft.context.at
    if not found.waits:
        raise Refused(
            "remedy-decided", number=draft.state.number, r=r, state=found.state, who=found.settled_by
        )
    if at < found.asked_at:
        raise Refused("remedy-before-asked", number=draft.state.number, r=r, at=at, asked_at=found.asked_at)
    return found


def _guard_other(draft: Draft, found: Remedy) -> None:
    if draft.context.actor == found.asked_by:
        raise Refused("remedy-own", number=draft.state.number, r=found.number, needs=found.needs)
    guard_not_against(draft)
