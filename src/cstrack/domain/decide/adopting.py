"""Taking over complaints from elsewhere: what is past already, what an outside body asked and was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.clock import VOID
from cstrack.domain.deadlines import due, is_late
from cstrack.domain.decide.draft import guard_time
from cstrack.domain.decide.effects import Changes

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft


def adopt(draft: Draft, *, preset: str) -> None:
    """Take over an old case quietly: clocks whose time has come already are void, the others run.

    Dated at the opening, so that a look back shows no lateness that was never this desk's.
    """
    changes = Changes(draft)
    for clock in draft.state.clocks:
        if clock.running and is_late(clock.due_at, draft.context.now):
            changes.stop(clock, draft.context.at, VOID)
    draft.record("adopted", preset=preset, clocks=changes.made)


def add_outside(
    draft: Draft, *, body: str, ref: str | None, received_at: int, limit: str, adopted: bool = False
) -> None:
    """A letter of an outside body: its own clock from the receipt of the letter, never paused.

    `adopted` is for a letter that nobody answered before the case was taken over: its clock is void
    from the start where its time has come already.
    """
    guard_time(draft)
    context = draft.context
    changes = Changes(draft)
    ends = due(received_at, limit, context.zone)
    changes.start("outside", received_at, limit=limit, name=body, due_at=ends)
    changes.begin("letter", received_at)
    for clock in changes.made:
        if adopted and is_late(clock["due_at"], context.now):
            clock |= {"stopped_at": received_at, "verdict": VOID}
    draft.record(
        "outside-added",
        body=body,
        ref=ref,
        received_at=received_at,
        policy=context.policy.label,
        clocks=changes.made,
    )


def answer_outside(
    draft: Draft,
    *,
    ref: str | None,
    body: str,
    verdict: str | None = None,
    dated: str | None = None,
    text: str | None = None,
) -> None:
    """Our reply to it. `verdict` is the body's own, where it is known and the time is not (`dated`)."""
    guard_time(draft)
    changes = Changes(draft)
    at = draft.context.at
    changes.stop(draft.state.running("outside"), at, verdict)
    changes.meet("letter-answered", at)
    draft.record(
        "outside-answered", words={"text": text}, body=body, ref=ref, dated=dated, clocks=changes.made
    )
