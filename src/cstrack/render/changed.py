"""The one line a writing command answers with: number, old -> new, the new due time and how long that is."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from cstrack.domain.case import CLOSED, WAITING, Case
from cstrack.domain.clock import BREACHED, MET, by_urgency
from cstrack.domain.events import PERSON, RULE
from cstrack.domain.evolve import evolve
from cstrack.render import own_fields
from cstrack.render.agreement_phrases import says_more
from cstrack.render.effects import name_of, verdict_of
from cstrack.render.i18n import _, numeral
from cstrack.render.local import Zone, about, left
from cstrack.render.names import code_name
from cstrack.render.phrases import person, status_name, summary
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cstrack.app.road import Outcome
    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event

MOST_REASON = 40
"""So many characters of a reason are repeated: who reads the line has just typed it."""

_WORDS_ONLY = (
    *("noted", "corrected", "contacted", "demand-added", "demand-answered"),
    *("step-done", "discussed", "against-named", "linked", "unlinked"),
    *("handover-offered", "transfer-offered", "attached", "fields-set", "grouped", "ungrouped"),
)
"""Events that leave the level clock alone, so its due time is no news."""

_TIME_SAID = (
    *("promised", "promise-kept", "promise-missed", "promise-moved"),
    *("task-given", "task-answered", "task-returned"),
    *("stage-entered", "stage-left", "arrived", "left"),
    *("remedy-asked", "remedy-granted", "remedy-rejected", "remedy-paid", "remedy-withdrawn"),
)
"""Events about one clock of its own: when that is due is the news, or nothing."""

_SEEN_IN_THE_CASE = (
    *("opened", "assigned", "escalated", "deescalated", "paused", "resumed"),
    *("flagged", "unflagged", "agreed", "resolved", "closed", "reopened"),
)
"""Events whose effect shows when the case before and after is compared; all others say it themselves."""


def changed(outcome: Outcome, now: int, zone: str) -> str:
    """What an order did, on one line; steps by rule that it first caught up with are told apart."""
    here = Zone(zone)
    before = outcome.before or Case(outcome.after.number)
    caught, own = _caught_up(outcome.events)
    parts = [ref(outcome.after.number)]
    if caught:
        parts.append(_("first caught up: {steps};").format(steps=_steps(before, caught, here, now)))
    parts.extend(_parts(reduce(evolve, caught, before), outcome.after, own, here, now))
    others = own_fields.beside(outcome.beside)
    return "  ".join([*parts, *others] if own or others else [*parts, _("nothing changed")])


def differences(old: Case, new: Case, now: int, zone: Zone) -> list[str]:
    """In what a case differs from how it was, with the due time of what runs again."""
    parts = list(_parts(old, new, (), zone, now))
    known = {clock.n: clock for clock in old.clocks}
    again = by_urgency(clock for clock in new.clocks if clock != known.get(clock.n))
    return [*parts, *dict.fromkeys(_due(clock, zone, now) for clock in again[:1])]


def _caught_up(events: Sequence[Event]) -> tuple[Sequence[Event], Sequence[Event]]:
    """The steps by rule before a person's order, and the order's own; alone, they are the order (a sweep)."""
    first = next((place for place, event in enumerate(events) if event.cause != RULE), 0)
    return events[:first], events[first:]


def _steps(state: Case, caught: Sequence[Event], zone: Zone, now: int) -> str:
    told = []
    for event in caught:
        step = summary(event, zone, before=state)
        told.append(_("{what}, {moment}").format(what=step, moment=zone.moment(event.at, now)))
        state = evolve(state, event)
    return _("; ").join(told)


def _parts(old: Case, new: Case, events: Sequence[Event], zone: Zone, now: int) -> Iterator[str]:
    for event in events:
        if event.type == "noted":
            yield _("noted")
        elif event.type == "fields-set":
            yield own_fields.changes(event.facts, event.words, own_fields.MOST_VALUE)
        elif event.type not in _SEEN_IN_THE_CASE or says_more(event, old):
            yield summary(event, zone, before=old)
    yield from _flags(old, new)
    people = _people(old, new)
    if not old.status:
        yield _("opened at level {level}").format(level=numeral(new.level))
    elif old.level != new.level:
        yield _level(old, new, events)
    else:
        yield from people
    yield from _status(old, new, zone, now)
    yield from _clocks(old, new, events, zone, now)
    yield from people


def _people(old: Case, new: Case) -> Iterator[str]:
    for role, name in (("owner", _("owner")), ("handler", _("handler"))):
        was, now_is = getattr(old, role), getattr(new, role)
        if was != now_is:
            yield f"{name} {person(was)} -> {person(now_is)}" if old.status else f"{name} {person(now_is)}"


def _level(old: Case, new: Case, events: Sequence[Event]) -> str:
    move = _("level {old} -> {new}").format(old=numeral(old.level), new=numeral(new.level))
    step = next((event for event in reversed(events) if event.type in ("escalated", "deescalated")), None)
    if step is None:
        return move
    if step.cause == PERSON:
        reason = safe((step.words or {}).get("text"))
        reason = reason if len(reason) <= MOST_REASON else reason[: MOST_REASON - 1] + "…"
    elif step.facts.get("why") == "group":
        reason = _("group complaint")
    elif step.facts.get("trigger"):
        reason = code_name("flags", step.facts["trigger"])
    else:
        reason = _("time limit")
    return _("{what} ({why})").format(what=move, why=reason) if reason else move


def _status(old: Case, new: Case, zone: Zone, now: int) -> Iterator[str]:
    if not old.status or old.status == new.status:
        return
    text = f"{status_name(old.status)} -> {status_name(new.status)}"
    pause = new.pause
    if new.status == CLOSED and new.outcome:
        text = _("{what} ({why})").format(what=text, why=code_name("outcomes", new.outcome))
    elif new.status == WAITING and pause:
        text = _("{what} ({why})").format(what=text, why=code_name("waits", pause.waiting_for))
    yield text
    if pause:
        yield _("until {moment}").format(moment=zone.moment(pause.end, now))
    if new.cycle != old.cycle:
        yield _("cycle {cycle}").format(cycle=new.cycle)


def _flags(old: Case, new: Case) -> Iterator[str]:
    if not old.status:
        return
    for flag in sorted({*new.flags} - {*old.flags}):
        yield _("flag {flag}").format(flag=code_name("flags", flag))
    for flag in sorted({*old.flags} - {*new.flags}):
        yield _("flag {flag} taken away").format(flag=code_name("flags", flag))


def _clocks(old: Case, new: Case, events: Sequence[Event], zone: Zone, now: int) -> Iterator[str]:
    """Clocks met or breached by it, then what is due: the level clock, or the one that is due next."""
    earlier = {clock.n: clock for clock in old.clocks}
    moved = [clock for clock in new.clocks if clock != earlier.get(clock.n)]
    if old.status:
        for clock in moved:
            if clock.verdict in (MET, BREACHED) and not (clock.kind == "level" and old.level != new.level):
                yield verdict_of(clock)
    types = {event.type for event in events}
    if "contacted" in types and not moved:
        yield _("no clock moved")
    due = by_urgency(moved) if types & {"contacted", "demand-answered"} else []
    if types & {"flagged", "extended"}:
        due = by_urgency(clock for clock in moved if clock.n in earlier)
    if types & {*_TIME_SAID} and types.isdisjoint(("agreed", "resolved")):
        due = by_urgency(moved)
    elif not types <= {*_WORDS_ONLY}:
        due = [*filter(None, [new.running("level")]), *due] or by_urgency(new.clocks)[:1]
    yield from dict.fromkeys(_due(clock, zone, now) for clock in due)


def _due(clock: Clock, zone: Zone, now: int) -> str:
    moment = about(zone.moment(clock.due_at, now), clock.provisional)
    rest = left(clock.due_at, now, clock.provisional)
    words = _("due {moment}, {left}") if clock.kind == "level" else _("{clock} due {moment}, {left}")
    return words.format(clock=name_of(clock), moment=moment, left=rest)
