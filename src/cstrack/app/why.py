"""The arithmetic behind each clock of a case, taken from its history.

Every event says what it did to the clocks, so nothing is judged again: what a limit comes to on its
calendar, plus each pause, plus each move gives the due time that stands in the record. A calendar is that
of the policy version that judged the clock then. What no rule explains is a move of its own, called
`recorded`, and is never hidden in another line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import reading
from cstrack.app.judges import Judges
from cstrack.app.reckoning import Move, Reckoning, Step
from cstrack.domain.case import Case, Pause
from cstrack.domain.deadlines import after_pauses
from cstrack.domain.decide.reckoning import due_resumed
from cstrack.domain.evolve import evolve
from cstrack.record import fetch, history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db
    from cstrack.record.rows import CaseRow

    Judge = Callable[[Event], Policy | None]
    """The policy that judged an event; None for one that is not known."""

GOING_DOWN, FLAG, LEVEL, RECORDED = "going-down", "flag", "level", "recorded"
POLICY, CALENDAR, EXTENSION, AGREED, MERGE = "policy", "calendar", "extension", "agreed", "merge"

_ANEW = {
    "flagged": FLAG,
    "escalated": LEVEL,
    "deescalated": LEVEL,
    "reopened": LEVEL,
    "moved": POLICY,
    "extended": EXTENSION,
    "promise-moved": AGREED,
    "absorbed": MERGE,
}
"""Events by which a clock that runs on is reckoned anew, and what the move is called."""


class Explained(NamedTuple):
    """A case as of a moment, its clocks explained, and who made each entry, by seq."""

    row: CaseRow
    clocks: list[Reckoning]
    actors: dict[int, str]

    def of_interest(self) -> list[Reckoning]:
        """What runs, and of what stopped in the present cycle the last of each kind and level."""
        last = {(one.clock.kind, one.clock.level, one.clock.name): one for one in self.clocks}
        present = [one for one in last.values() if one.clock.cycle == self.row.cycle]
        return [one for one in self.clocks if one.clock.running or one in present]


def explained(db: Db, number: int, at: int | None) -> Explained:
    """A case as of `at` (None: now) and its clocks explained; NotFound where there was none."""
    row = reading.shown(db, number, at).row
    entries = history.entries(db, number, at)
    zone = fetch.desk(db)["zone"]
    events = [entry.event for entry in entries if not entry.undone]
    found = reckonings(events, zone, Judges(db, zone, number), at)
    return Explained(row, found, {entry.event.seq: entry.actor for entry in entries})


def reckonings(events: Iterable[Event], zone: str, judge: Judge, at: int | None = None) -> list[Reckoning]:
    """The clocks of a history, in the order they were started; `at` is where it was cut, if it was."""
    state = Case(0)
    found: dict[int, Reckoning] = {}
    for event in events:
        state = evolve(state, event)
        touched = {change["n"] for change in event.facts.get("clocks", ())}
        policy = judge(event) if touched else None
        policy = policy and policy.store(state.store)
        for stands in state.clocks:
            if stands.n in touched:
                clock = stands if at is None else stands.as_of(at)
                if clock.n in found:
                    _changed(found[clock.n], clock, event, state, policy)
                else:
                    found[clock.n] = _started(clock, event, state, policy, zone)
    return list(found.values())


def _started(clock: Clock, event: Event, state: Case, policy: Policy | None, zone: str) -> Reckoning:
    label = event.facts.get("policy") or (policy.label if policy else state.policy)
    one = Reckoning(clock, event, policy, label if clock.limit else None, zone)
    one.stood = _stood(one, state)
    if clock.running and clock.paused_at is None and state.pause:  # it took the place of one that was late
        one.stood = [pause for pause in one.stood if pause.end != state.pause.end]
    for pause in one.stood:
        reached = one.running_sum()[-1] if one.steps else one.base
        if pause.start < reached:
            moved = after_pauses(one.since, reached, one.limit, [pause[:2]], one.calendar)
            one.steps.append(Step(pause, moved - reached, event))
    reached = one.running_sum()[-1] if one.steps else one.base
    if clock.due_at != reached:
        why = GOING_DOWN if event.type == "deescalated" else RECORDED
        one.steps.append(_move(event, reached, clock.due_at, why))
    if clock.stopped_at is not None:
        one.stopped_by = event
    return one


def _stood(one: Reckoning, state: Case) -> list[Pause]:
    """The pauses of a case that stop such a clock by its policy, from where it counts."""
    policy = one.judge
    if policy is None or one.clock.said:
        return []
    later = [pause for pause in state.pauses if pause.end > one.since]
    stops = [pause for pause in later if policy.pausable(one.clock.kind, pause.waiting_for)]
    return [pause._replace(start=max(one.since, pause.start)) for pause in stops]


def _changed(one: Reckoning, clock: Clock, event: Event, state: Case, policy: Policy | None) -> None:
    before, one.clock = one.clock, clock
    anew = clock.running and event.type in _ANEW
    ended = event.type == "moved" and not clock.running  # by the policy before
    if not ended and (anew or (clock.due_at, clock.paused_until) != (before.due_at, before.paused_until)):
        one.judge = policy
    began = clock.paused_at is not None and before.paused_at is None and clock.paused_until is not None
    if anew:
        one.stood = _stood(one, state)
        reached = before.due_at
        if began and clock.held_due is not None:
            _moved(one, event, before, reached, clock.held_due)
            reached = _paused(one, event, state, clock.held_due)
    elif began:
        reached = _paused(one, event, state, before.due_at)
        one.stood.append(one.pauses[-1])
    elif before.paused_at is not None and clock.paused_at is None:
        reached = _ended(one, before, event.at)
    else:
        reached = before.due_at
    _moved(one, event, before, reached, clock.due_at)
    one.stopped_by = None if clock.running else event
    if clock.running and clock.breached_at is not None:
        one.marked_by = event


def _paused(one: Reckoning, event: Event, state: Case, held: int) -> int:
    """Let the clock stand still from now on; the due time that it comes to."""
    clock = one.clock
    pause = Pause(clock.paused_at or 0, clock.paused_until or 0, state.pauses[-1].waiting_for)
    reached = after_pauses(clock.counted_from, held, clock.limit, [pause[:2]], one.calendar)
    one.steps.append(Step(pause, reached - held, event))
    return reached


def _ended(one: Reckoning, before: Clock, at: int) -> int:
    """End the pause that lasts; the due time that it comes to."""
    place = next((n for n, step in reversed([*enumerate(one.steps)]) if isinstance(step.what, Pause)), None)
    if place is None or before.paused_at is None or before.paused_until is None:
        return before.due_at
    step, reached = one.steps[place], due_resumed(before, at, one.calendar)
    pause = one.pauses[-1]
    pause = pause._replace(end=max(pause.start, min(pause.end, at)))
    one.steps[place] = step._replace(what=pause, added=step.added + reached - before.due_at)
    if one.stood:
        one.stood[-1] = one.stood[-1]._replace(end=max(one.stood[-1].start, min(one.stood[-1].end, at)))
    return reached


def _moved(one: Reckoning, event: Event, before: Clock, reached: int, to: int) -> None:
    """Add what no pause explains as a move, where there is any."""
    if to == reached:
        return
    why = _ANEW.get(event.type, RECORDED)
    if event.type == "moved" and event.facts.get("why") == CALENDAR:
        why = CALENDAR
    limit = one.clock.limit if one.clock.limit != before.limit else None
    one.steps.append(_move(event, reached, to, why, limit))


def _move(event: Event, before: int, after: int, why: str, limit: str | None = None) -> Step:
    flag = event.facts.get("flag")
    return Step(Move(event.at, before, after, why, flag, limit), after - before, event)
