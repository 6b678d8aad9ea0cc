"""`why --json`: every clock of a case with all that its due time is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import Pause
from cstrack.render.local import utc
from cstrack.render.shapes import SCHEMA, ref

if TYPE_CHECKING:
    from cstrack.app.reckoning import Move, Reckoning, Step
    from cstrack.app.why import Explained
    from cstrack.domain.events import Event


def why_object(told: Explained, now: int) -> dict[str, Any]:
    """Every clock of a case as numbers: `limit` is the one it started with, seconds are `s`."""
    number = told.row.number
    clocks = [_clock_object(one, now) for one in told.clocks]
    return {"schema": SCHEMA, "number": number, "ref": ref(number), "clocks": clocks}


def _clock_object(one: Reckoning, now: int) -> dict[str, Any]:
    clock, calendar = one.clock, one.calendar
    return {
        "kind": clock.kind,
        "name": clock.name,
        "cycle": clock.cycle,
        "level": clock.level,
        "policy": one.policy,
        "calendar": clock.calendar,
        "limit": one.limit or None,
        "started_at": utc(clock.started_at),
        "started_by": _entry(one.started_by),
        "pauses": [_pause(pause, one) for pause in one.pauses],
        "moved": [_move(step.what, step) for step in one.steps if not isinstance(step.what, Pause)],
        "due_at": utc(clock.due_at),
        "state": clock.state(now),
        "stopped_at": utc(clock.stopped_at),
        "stopped_by": _entry(one.stopped_by),
        "verdict": clock.verdict_at(now),
        "left_s": clock.left(now),
        "since": utc(one.since),
        "calendar_zone": None if calendar is None else calendar.zone,
        "provisional": bool(clock.provisional),
        "days": _days(one),
        "marks": [{"mark": mark, "at": utc(at)} for mark, at in one.marks()],
    }


def _entry(event: Event | None) -> dict[str, Any] | None:
    return None if event is None else {"seq": event.seq, "type": event.type}


def _pause(pause: Pause, one: Reckoning) -> dict[str, Any]:
    return {
        "from": utc(pause.start),
        "to": utc(pause.end),
        "s": pause.end - pause.start,
        "open_s": one.open_seconds(pause.start, pause.end) if one.is_working else None,
        "waiting_for": pause.waiting_for,
    }


def _move(move: Move, step: Step) -> dict[str, Any]:
    return {
        "at": utc(move.at),
        "from": utc(move.before),
        "to": utc(move.after),
        "why": move.why,
        "flag": move.flag,
        "limit": move.limit,
        "policy": step.by.facts.get("policy"),
        "approved_by": step.by.facts.get("approved_by"),
    }


def _days(one: Reckoning) -> list[dict[str, Any]] | None:
    found = one.days()
    if found is None:
        return None
    return [
        {"date": day.date, "kind": day.kind, "name": day.name, "open_s": day.open_s, "used_s": day.used_s}
        for day in found
    ]
