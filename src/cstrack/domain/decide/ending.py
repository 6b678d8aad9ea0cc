"""Agreement, resolution, closing and reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import attachment, demand
from cstrack.domain.case import CLOSED, IN_WORK, RESOLVED, WAITING
from cstrack.domain.decide import stages
from cstrack.domain.decide.authority import grant, guard_decided
from cstrack.domain.decide.demands import guard_closing, guard_resolving
from cstrack.domain.decide.draft import guard_change, guard_live, guard_status, guard_time
from cstrack.domain.decide.effects import NEXT_UPDATE, Changes
from cstrack.domain.decide.levels import LIVE
from cstrack.domain.decide.own_fields import guard_fields, set_fields
from cstrack.domain.decide.owners import kept
from cstrack.domain.decide.tasks import guard_answered
from cstrack.domain.decide.waiting import end_pause, heard
from cstrack.domain.errors import Refused
from cstrack.domain.standard_clocks import STAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.attachment import Handed
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.own_fields import Change
    from cstrack.domain.remedy import Wanted

ENDS_OTHERWISE = ("no-agreement", "withdrawn", "unreachable", "invalid", "transferred")
"""Outcomes that end a case which was never resolved."""


def agree(
    draft: Draft,
    *,
    text: str,
    interim: bool = False,
    accepted_by: str | None = None,
    signed: str | None = None,
    files: Sequence[Handed] = (),
    remedy: Wanted | None = None,
) -> None:
    """The customer accepted: plan and level are met, what was promised runs on.

    An `interim` agreement meets no clock and leaves the case in work. `accepted_by` is the name of who
    accepted, `signed` is the date on the paper (YYYY-MM-DD), `files` are what came with it. A `remedy` that
    was agreed on is granted by it, within the authority of who writes it down.
    """
    guard_status(draft, "already-resolved", LIVE)
    guard_time(draft)
    _guard_signed(draft, signed)
    clocks = [] if interim else _met_for_good(draft)
    named = grant(draft, remedy)
    draft.record(
        "agreed",
        words={"text": text, "with": accepted_by, "names": attachment.names(files)},
        interim=interim or None,
        signed=signed,
        files=attachment.facts(draft.state, files),
        **named,
        clocks=clocks,
    )
    if interim:
        heard(draft)


def resolve(
    draft: Draft,
    *,
    text: str,
    anyway: bool = False,
    remedy: Wanted | None = None,
    dated: str | None = None,
    fields: Sequence[Change] = (),
) -> None:
    """It is carried out: plan, level and total are met, and no word is owed any more.

    Demands, tasks and remedies without an answer hold it, unless it is to be resolved `anyway`; the entry
    names them then. A remedy that it names is granted by it. The stage that it is in is
    left, but for the last one. `dated` says where the time comes from when nobody knows it (an import).
    `fields` of the desk's own are set first: some may be needed by now.
    """
    guard_status(draft, "already-resolved", LIVE)
    if not anyway:
        guard_answered(draft, code="resolve-task-open")
        guard_resolving(draft)
        guard_decided(draft, code="resolve-remedy-waiting")
    _begin(draft, "resolved")
    stages.carried_out(draft)
    named = grant(draft, remedy)
    set_fields(draft, changes=fields)
    guard_fields(draft)
    state, at = draft.state, draft.context.at
    changes = Changes(draft)
    changes.meet("resolved", at)
    changes.begin("resolved", at)
    changes.end((clock for clock in state.clocks if clock.kind == NEXT_UPDATE), at)
    changes.end(_begun_later(draft, "resolved"), at)
    draft.record(
        "resolved",
        words={"text": text},
        **named,
        dated=dated,
        anyway=anyway or None,
        unanswered=[one.n for one in demand.unanswered(state.demands)],
        tasks=[task.n for task in state.tasks if not task.ended],
        undecided=[one.number for one in draft.state.remedies if one.waits],
        clocks=changes.made,
    )


def close(
    draft: Draft, *, outcome: str | None = None, text: str | None = None, dated: str | None = None
) -> None:
    """End the case with an outcome; one that was never resolved needs an outcome that says so."""
    guard_live(draft)
    state = draft.state
    if state.status == RESOLVED:
        if outcome is None:
            raise Refused("close-needs-callback", number=state.number, resolved_at=state.resolved_at)
    elif outcome not in ENDS_OTHERWISE:
        raise Refused("close-needs-resolution", number=state.number, outcome=outcome, status=state.status)
    waiting_body = state.running("outside")
    if waiting_body is not None:
        raise Refused("close-outside-unanswered", number=state.number, body=waiting_body.name)
    guard_answered(draft, code="close-task-open")
    guard_closing(draft, ends_otherwise=outcome in ENDS_OTHERWISE)
    guard_decided(draft, code="close-remedy-waiting")
    _begin(draft, "closed")
    changes = Changes(draft)
    stops, at = draft.context.policy.stops, draft.context.at
    changes.meet("closed", at)
    changes.end((clock for clock in draft.state.clocks if "closed" not in stops(clock.kind)), at)
    changes.end(_begun_later(draft, "closed"), at)
    draft.record("closed", words={"text": text}, outcome=outcome, dated=dated, clocks=changes.made)


def reopen(draft: Draft, *, text: str) -> None:
    """Take a resolved or closed case up again: a new cycle with a whole level clock.

    The verdicts of the earlier cycle stand; there is no second first response, plan or total, and the
    stages begin anew. A level that the policy has no more becomes its highest. The owner stays, if he may
    answer for it.
    """
    state, at = draft.state, draft.context.at
    if state.status not in (RESOLVED, CLOSED):
        raise Refused("reopen-not-ended", number=state.number, status=state.status)
    guard_time(draft)
    guard_change(draft)
    level = min(state.level, draft.context.policy.top)
    again = state._replace(cycle=state.cycle + 1, cycle_at=at, status=IN_WORK, level=level)
    changes = Changes(draft)
    changes.start("level", at, state=again)
    changes.start(NEXT_UPDATE, at, state=again)
    changes.end((clock for clock in state.clocks if clock.kind == STAGE), at)
    changes.meet("reopened", at)
    changes.begin("reopened", at, again)
    draft.record(
        "reopened",
        words={"text": text},
        cycle=again.cycle,
        level=None if level == state.level else level,
        **kept(draft, level, at),
        policy=draft.context.policy.label,
        clocks=changes.made,
    )


def _begun_later(draft: Draft, what: str) -> list[Clock]:
    """What this would have met, but that began only after it: by a word that was typed in before this was."""
    stops, at = draft.context.policy.stops, draft.context.at
    return [c for c in draft.state.clocks if c.running and c.started_at > at and what in stops(c.kind)]


def _met_for_good(draft: Draft) -> list[dict[str, Any]]:
    """What an agreement that is not interim does to the clocks; a pause that lasts ends before it."""
    _begin(draft, "agreed")
    changes = Changes(draft)
    changes.meet("agreed", draft.context.at)
    changes.begin("agreed", draft.context.at)
    return changes.made


def _guard_signed(draft: Draft, signed: str | None) -> None:
    """A paper is signed by today, in the desk's zone; that may be before the case was opened."""
    if signed is None:
        return
    from datetime import datetime
    from zoneinfo import ZoneInfo

    context = draft.context
    if signed > datetime.fromtimestamp(context.now, ZoneInfo(context.zone)).date().isoformat():
        raise Refused("signed-in-future", number=draft.state.number, signed=signed)


def _begin(draft: Draft, why: str) -> None:
    """Check the time; a pause that lasts ends first, so that what it used is left out."""
    guard_time(draft)
    guard_change(draft)
    if draft.state.status == WAITING:
        end_pause(draft, draft.context.at, why=why)
