"""`why` drawn: for each clock a sum, from its start to its due time, with what each line added and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import Pause
from cstrack.domain.clock import PAUSED, STOPPED
from cstrack.domain.events import RULE
from cstrack.domain.policy import ALWAYS
from cstrack.render import grid
from cstrack.render.case_card import left_words, seen_at, urgency
from cstrack.render.due_table import clock_label
from cstrack.render.fold import flowed, folded
from cstrack.render.heading import heading
from cstrack.render.i18n import _, numeral
from cstrack.render.local import Zone, limit_words, span, utc
from cstrack.render.names import code_name
from cstrack.render.phrases import summary, verdict_name
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA, ref

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cstrack.app.why import Explained, Move, Reckoning
    from cstrack.domain.events import Event
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look

    Step = tuple[str, str, Cell]
    """A line of a sum: what it is, the moment that it comes to, how."""

LEAST_REASON = 24
"""Cells below which a reason goes on a line of its own."""
PAGE = 60
"""Cells beside the subject off a terminal, where it is never cut."""


def screen(told: Explained, now: int, zone: str, look: Look, *, everything: bool) -> str:
    """The sums of a case's clocks as of `now`: what runs first, then what stopped; `everything` is all."""
    where, width = Zone(zone), grid.room(look)
    chosen = sorted(told.clocks if everything else told.of_interest(), key=lambda one: urgency(one.clock))
    sums = [(one, _steps(one, now, where, told.actors)) for one in chosen]
    steps = [step for _one, block in sums for step in block]
    wide = [
        max(map(grid.cells, column), default=0) for column in ([s[0] for s in steps], [s[1] for s in steps])
    ]
    page = width if look.terminal else grid.cells(safe(told.row.subject)) + PAGE
    lines: list[Line] = [*heading(told.row, now, where, page)]
    if not sums:
        return grid.painted([*lines, [], [(_("It has no clocks."), "")]], look)
    lines += grid.packed(seen_at(now, where), width, between=" ")
    for one, block in sums:
        lines += [[], *_begun(one, width)]
        for step in block:
            lines += _drawn(step, wide, width)
    return grid.painted([*lines, *_footer(told, len(chosen), width)], look)


def why_object(told: Explained, now: int) -> dict[str, Any]:
    """Every clock of a case as numbers: `limit` is the one it started with, seconds are `s`."""
    number = told.row.number
    clocks = [_clock_object(one, now) for one in told.clocks]
    return {"schema": SCHEMA, "number": number, "ref": ref(number), "clocks": clocks}


def _clock_object(one: Reckoning, now: int) -> dict[str, Any]:
    clock = one.clock
    return {
        "kind": clock.kind,
        "name": clock.name,
        "cycle": clock.cycle,
        "level": clock.level,
        "policy": one.policy,
        "calendar": clock.calendar,
        "limit": one.limit,
        "started_at": utc(clock.started_at),
        "started_by": _entry(one.started_by),
        "pauses": [
            {"from": utc(p.start), "to": utc(p.end), "s": p.end - p.start, "waiting_for": p.waiting_for}
            for p in one.pauses
        ],
        "moved": [
            {
                "at": utc(m.at),
                "from": utc(m.before),
                "to": utc(m.after),
                "why": m.why,
                "flag": m.flag,
                "limit": m.limit,
            }
            for m in one.moves
        ],
        "due_at": utc(clock.due_at),
        "state": clock.state(now),
        "stopped_at": utc(clock.stopped_at),
        "stopped_by": _entry(one.stopped_by),
        "verdict": clock.verdict_at(now),
        "left_s": clock.left(now),
    }


def _entry(event: Event | None) -> dict[str, Any] | None:
    return None if event is None else {"seq": event.seq, "type": event.type}


def _begun(one: Reckoning, width: int) -> list[list[Cell]]:
    clock = one.clock
    parts = [
        (clock_label(clock.kind, clock.level, clock.name, clock.limit), "bold"),
        (_origin(one), ""),
        (_("policy {policy}").format(policy=safe(one.policy)) if one.policy else "", ""),
        (_("cycle {n}").format(n=clock.cycle) if clock.cycle > 1 else "", ""),
    ]
    return flowed([part for part in parts if part[0]], width)


def _origin(one: Reckoning) -> str:
    """The rule by which it began when it did."""
    kind, by = one.clock.kind, one.started_by
    if kind == "outside":
        return _("from receipt of the letter")
    if kind not in ("level", "next-update"):
        return _("from receipt")
    if by.type == "contacted":
        out = by.facts["direction"] == "out"
        return _("from the last word to the customer") if out else _("from the customer's word")
    if by.type == "reopened":
        return _("from reopening")
    return _("from reaching level {level}").format(level=numeral(one.clock.level))


def _steps(one: Reckoning, now: int, zone: Zone, actors: dict[int, str]) -> list[Step]:
    def sentence(event: Event) -> str:
        return summary(event, zone, actor=actors.get(event.seq, ""))

    clock = one.clock
    hours = _("calendar hours") if clock.calendar == ALWAYS else safe(clock.calendar)
    limit = _("{limit}, {hours}").format(limit=limit_words(one.limit), hours=hours)
    steps = [
        (_("starts"), clock.started_at, (sentence(one.started_by), "")),
        (_("+ limit"), one.base, (limit, "")),
    ]
    for step, due_at in zip(one.steps, one.running_sum(), strict=True):
        if isinstance(step, Pause):
            steps.append((_("+ paused"), due_at, (_paused(step, now, zone), "")))
        else:
            steps.append((_("moved"), due_at, (_moved(step, now, zone), "")))
    steps.append((_("= due"), clock.due_at, _verdict(one, now, zone)))
    if one.stopped_by is not None and clock.stopped_at is not None:
        steps.append((_("stopped"), clock.stopped_at, _stopped(one, one.stopped_by, now, sentence)))
    return [(label, zone.moment(at, now), reason) for label, at, reason in steps]


def _paused(pause: Pause, now: int, zone: Zone) -> str:
    words = _("{span}, {start} to {end}, waiting for {whom}")
    if now < pause.end:
        words = _("{span}, {start} to {end} at the latest, waiting for {whom}")
    same_day = zone.day(pause.start) == zone.day(pause.end)
    return words.format(
        span=span(pause.end - pause.start),
        start=zone.moment(pause.start, now),
        end=zone.clock(pause.end) if same_day else zone.moment(pause.end, now),
        whom=code_name("waits", pause.waiting_for),
    )


def _moved(move: Move, now: int, zone: Zone) -> str:
    if move.why == "going-down":
        return _("the earlier due time is kept: going down never gives more time")
    if move.why == "flag" and move.limit:
        return _("flag {flag} on {moment}: {limit} from then").format(
            flag=code_name("flags", move.flag),
            moment=zone.moment(move.at, now),
            limit=limit_words(move.limit),
        )
    return _("as recorded on {moment}").format(moment=zone.moment(move.at, now))


def _verdict(one: Reckoning, now: int, zone: Zone) -> Cell:
    clock, state = one.clock, one.clock.state(now)
    if state == STOPPED:
        return verdict_name(clock.verdict_at(now)), ""
    left, style = left_words(clock, now)
    if state == PAUSED and clock.paused_until is not None:
        until = zone.moment(clock.paused_until, now)
        return _("paused until {moment}, {left} then").format(moment=until, left=left), style
    if one.marked_by is not None:
        return _("{left}; there is no higher level (a rule of the policy)").format(left=left), style
    return left, style


def _stopped(one: Reckoning, by: Event, now: int, sentence: Callable[[Event], str]) -> Cell:
    if by is one.started_by:
        return _("answered by being taken"), ""
    how = sentence(by)
    if by.cause == RULE:
        how = _("{what} (a rule of the policy)").format(what=how)
    left, style = left_words(one.clock, now)
    return (_("{what}; {left}").format(what=how, left=left) if one.clock.left(now) else how), style


def _drawn(step: Step, wide: Sequence[int], width: int) -> list[Line]:
    label, moment, (reason, style) = step
    before = 2 + wide[0] + 2 + wide[1] + 2
    first: list[Cell] = [("  ", ""), (grid.pad(label, wide[0]), "dim"), ("  ", ""), (moment, "")]
    if width - before < LEAST_REASON:
        return [first, *([("    ", ""), (line, style)] for line in folded(reason, width - 4))]
    top, *rest = folded(reason, width - before)
    gap = " " * (wide[1] - grid.cells(moment) + 2)
    return [[*first, (gap, ""), (top, style)], *([(" " * before, ""), (line, style)] for line in rest)]


def _footer(told: Explained, shown: int, width: int) -> list[Line]:
    number, more = ref(told.row.number), len(told.clocks) - shown
    parts = [(_("What happened: cstrack timeline {ref}").format(ref=number), "dim")]
    if more:
        earlier = _("{n} more that stopped earlier: cstrack why {ref} --all").format(n=more, ref=number)
        parts.append((earlier, "dim"))
    return [[], *grid.packed(parts, width, between="   ", indent="")]
