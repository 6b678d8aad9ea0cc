"""The objects of --json: exact keys, every key always, null when empty. Fields are added, never removed.

Times are UTC ISO-8601, durations seconds. `schema` counts changes that a reader must know of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.clock import Clock
from cstrack.render.local import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cstrack.app.reading import Whole
    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.record.rows import CaseRow, ClockRow

    Say = Callable[[int | None], str | None]
    """How an instant is written: UTC in JSON, the desk's zone in plain lines."""

SCHEMA = 1
_SUMS = ("amount", "most", "case_sum", "customer_sum")


def ref(number: int) -> str:
    """How a case is named: C-1042."""
    return f"C-{number}"


def group_ref(number: int) -> str:
    """How a group of complaints is named: G-3."""
    return f"G-{number}"


def clock_of(row: ClockRow) -> Clock:
    """The clock of a row, which knows its verdict at a moment."""
    return Clock(*row[1:])


def clock_object(clock: Clock, now: int) -> dict[str, Any]:
    """A clock as of `now`; `left_s` is negative when late and stands while it is paused."""
    return {
        "kind": clock.kind,
        "name": clock.name,
        "cycle": clock.cycle,
        "level": clock.level,
        "state": clock.state(now),
        "verdict": clock.verdict_at(now),
        "limit": clock.limit or None,
        "calendar": clock.calendar,
        "started_at": utc(clock.started_at),
        "due_at": utc(clock.due_at),
        "stopped_at": utc(clock.stopped_at),
        "breached_at": utc(clock.breach(now)),
        "left_s": clock.left(now),
        "informs": bool(clock.informs),
        "provisional": bool(clock.provisional),
    }


def case_object(whole: Whole, now: int) -> dict[str, Any]:
    """A case as `show` gives it."""
    from cstrack.render import (
        agreements,
        alike,
        attachments,
        checklists,
        demands,
        own_fields,
        remedies,
        stages,
    )

    row, case, policy = whole.row, whole.case, whole.policy
    return {
        **_case(row, now),
        **_people(row, utc),
        "signs": [
            {
                "flag": sign.flag,
                "at": utc(sign.at),
                "why": sign.why,
                "detail": sign.detail,
                "text": sign.text,
            }
            for sign in case.signs
        ],
        "clocks": [clock_object(clock, now) for clock in case.clocks],
        "demands": demands.objects(case.demands),
        **agreements.objects(case),
        "attachments": attachments.objects(case.attachments),
        "checklists": checklists.objects(policy, case, now),
        "merged_into": case.merged_into,
        "absorbed": list(case.absorbed),
        "links": list(case.links),
        "stages": stages.objects(policy, case, now),
        "on_site": stages.on_site_object(case),
        "remedies": [remedies.remedy_object(one) for one in case.remedies],
        "granted": remedies.sums_object(case, whole.granted, policy),
        "fields": own_fields.data(whole.fields),
        "alike": [alike.alike_object(one) for one in whole.alike],
    }


def listed_object(
    row: CaseRow, now: int, say: Say = utc, fields: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A case as `list` gives it; `fields` are those of the desk's own, as programs read them."""
    return {
        **_case(row, now, say),
        "next_due": say(row.next_due),
        "next_clock": row.next_clock,
        "provisional": bool(row.next_provisional),
        **_people(row, say),
        "fields": fields or {},
    }


def overdue_object(row: CaseRow, now: int, say: Say = utc) -> dict[str, Any]:
    """A case by its earliest clock; `late_s` is negative when it is only due soon."""
    others = [kind for kind, due in dues(row) if now >= due][1:]
    found = _due_object(row, row.next_clock, row.next_due, others, now, say)
    return {**found, **_standing(row, row.next_provisional, say)}


def overdue_clock_object(row: CaseRow, clock: ClockRow, now: int, say: Say = utc) -> dict[str, Any]:
    """One clock of a case: a row of `overdue --clocks`."""
    others = [kind for kind, due in dues(row) if now >= due and (kind, due) != (clock.kind, clock.due_at)]
    found = _due_object(row, clock.kind, clock.due_at, others, now, say)
    return {**found, **_standing(row, clock.provisional, say)}


def dues(row: CaseRow) -> list[tuple[str, int]]:
    """The running clocks of a row, earliest first: (kind, due)."""
    parts = (entry.rsplit(" ", 1) for entry in row.dues.split(";") if entry)
    return [(kind, int(due)) for kind, due in parts]


def event_object(
    number: int,
    event: Event,
    recorded_at: int,
    actor: str,
    summary: str,
    say: Say = utc,
    *,
    undone: bool = False,
) -> dict[str, Any]:
    """One entry of a timeline. Times inside the facts are ISO-8601 too, sums have two decimals."""
    return {
        "schema": SCHEMA,
        "number": number,
        "seq": event.seq,
        "type": event.type,
        "at": say(event.at),
        "recorded_at": say(recorded_at),
        "actor": actor,
        "summary": summary,
        "facts": _with_times(event.facts),
        "words": None if event.words is None else dict(event.words),
        "undone": undone,
    }


def written_object(after: Case, events: Sequence[Event], now: int) -> dict[str, Any]:
    """What a writing command did to a case."""
    return {
        "schema": SCHEMA,
        "number": after.number,
        "ref": ref(after.number),
        "events": [{"type": event.type, "seq": event.seq} for event in events],
        "level": after.level,
        "status": after.status,
        "clocks": [clock_object(clock, now) for clock in after.clocks],
    }


def _case(row: CaseRow, now: int, say: Say = utc) -> dict[str, Any]:
    ended = row.closed_at
    return {
        "schema": SCHEMA,
        "number": row.number,
        "ref": ref(row.number),
        "kind": row.kind,
        "subject": row.subject,
        "status": row.status,
        "outcome": row.outcome,
        "level": row.level,
        "owner": row.owner,
        "handler": row.handler,
        "first_contact": row.first_contact,
        "customer": row.customer,
        "customer_number": row.customer_number,
        "category": row.category,
        "channel": row.channel,
        "flags": row.flags.split(",") if row.flags else [],
        "stage": row.stage,
        "group_number": row.group_number,
        "opened_at": say(row.opened_at),
        "agreed_at": say(row.agreed_at),
        "resolved_at": say(row.resolved_at),
        "closed_at": say(row.closed_at),
        "age_s": (now if ended is None else ended) - row.opened_at,
        "cycle": row.cycle,
        "store": row.store,
        "handed_to": row.handed_to,
        "sent_to": row.sent_to,
    }


def _people(row: CaseRow, say: Say) -> dict[str, Any]:
    """Whom a case is about, and since when it waits for an owner."""
    return {"against": row.against, "unowned_since": say(row.unowned_since)}


def _due_object(
    row: CaseRow, clock: str | None, due: int, others: list[str], now: int, say: Say
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "number": row.number,
        "ref": ref(row.number),
        "subject": row.subject,
        "status": row.status,
        "level": row.level,
        "owner": row.owner,
        "handler": row.handler,
        "customer": row.customer,
        "clock": clock,
        "due_at": say(due),
        "late_s": now - due,
        "others": others,
    }


def _standing(row: CaseRow, provisional: object, say: Say) -> dict[str, Any]:
    return {"provisional": bool(provisional), "unowned_since": say(row.unowned_since)}


def _with_times(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _with_times(inner, name) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_times(inner) for inner in value]
    is_time = isinstance(value, int) and (
        key.endswith("_at") or key in ("until", "by", "paused_until", "held_due", "since")
    )
    if isinstance(value, int) and key in _SUMS:
        from cstrack.domain import money

        return money.exact(value)
    return utc(value) if is_time else value
