"""The arithmetic behind each clock of a case, taken from its history alone.

Every event says what it did to the clocks, so nothing is judged again: a start plus its limit, plus
each pause, plus each move gives the due time that stands in the record. What no rule explains is a
move of its own, called `recorded`, and is never hidden in another line.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import reading
from cstrack.domain.case import Case, Pause, evolve
from cstrack.domain.deadlines import due
from cstrack.record import fetch, history

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event
    from cstrack.record.connect import Db
    from cstrack.record.rows import CaseRow

GOING_DOWN, FLAG, RECORDED = "going-down", "flag", "recorded"


class Move(NamedTuple):
    """At `at` a due time was set anew, from `before` to `after`.

    `why`: a flag shortened the limit (`flag`, `limit` name both), going down kept the earlier due time,
    or the record says so and no rule of this program does.
    """

    at: int
    before: int
    after: int
    why: str
    flag: str | None = None
    limit: str | None = None


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


class Reckoning:
    """One clock explained: how it started and by which policy, the steps in order, how it stopped.

    `limit` is the one it started with, `base` the start plus that limit; `clock` is how it stands.
    """

    __slots__ = ("base", "clock", "limit", "marked_by", "policy", "started_by", "steps", "stopped_by")

    def __init__(self, clock: Clock, started_by: Event, policy: str | None, base: int) -> None:
        self.clock = clock
        self.started_by = started_by
        self.policy = policy
        self.limit = clock.limit
        self.base = base
        self.steps: list[Pause | Move] = []
        self.stopped_by: Event | None = None
        self.marked_by: Event | None = None

    @property
    def pauses(self) -> list[Pause]:
        """The times that it stood still."""
        return [step for step in self.steps if isinstance(step, Pause)]

    @property
    def moves(self) -> list[Move]:
        """The times that its due time was set anew."""
        return [step for step in self.steps if isinstance(step, Move)]

    def running_sum(self) -> list[int]:
        """The due time after each step; the last one is what the record holds."""
        sums, total = [], self.base
        for step in self.steps:
            total += step.end - step.start if isinstance(step, Pause) else step.after - step.before
            sums.append(total)
        return sums


def explained(db: Db, number: int, at: int | None) -> Explained:
    """A case as of `at` (None: now) and its clocks explained; NotFound where there was none."""
    row = reading.shown(db, number, at).row
    entries = history.entries(db, number, at)
    found = reckonings([entry.event for entry in entries], fetch.desk(db)["zone"])
    return Explained(row, found, {entry.event.seq: entry.actor for entry in entries})


def reckonings(events: Iterable[Event], zone: str) -> list[Reckoning]:
    """The clocks of a history, in the order they were started."""
    state = Case(0)
    found: dict[int, Reckoning] = {}
    for event in events:
        state = evolve(state, event)
        touched = {change["n"]: change for change in event.facts.get("clocks", ())}
        for clock in state.clocks:
            if clock.n in touched:
                if clock.n in found:
                    _changed(found[clock.n], clock, event)
                else:
                    found[clock.n] = _started(clock, event, state, zone)
    return list(found.values())


def _started(clock: Clock, event: Event, state: Case, zone: str) -> Reckoning:
    policy = event.facts.get("policy") or state.policy
    one = Reckoning(clock, event, policy, due(clock.started_at, clock.limit, zone))
    one.steps.extend(_stood(one, state.pauses))
    unexplained = clock.due_at - (one.running_sum() or [one.base])[-1]
    if unexplained:
        why = GOING_DOWN if event.type == "deescalated" else RECORDED
        one.steps.append(Move(event.at, clock.due_at - unexplained, clock.due_at, why))
    if clock.stopped_at is not None:
        one.stopped_by = event
    return one


def _stood(one: Reckoning, pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses that a clock which started in or before them was given at its start.

    Whether one stops a clock depends on whom it waits for; which ones did shows in the due time. A
    pause that still lasts is in the facts.
    """
    clock = one.clock
    lasting = [] if clock.paused_at is None else [pauses[-1]]
    earlier = [p for p in pauses if p.end > clock.started_at and p not in lasting]
    waits = sorted({p.waiting_for for p in earlier})
    for count in range(len(waits) + 1):
        for chosen in combinations(waits, count):
            given = [p for p in earlier if p.waiting_for in chosen]
            stood, ends = _standing_still(one, [*given, *lasting])
            if ends == clock.due_at:
                return stood
    return _standing_still(one, lasting)[0]


def _standing_still(one: Reckoning, pauses: Sequence[Pause]) -> tuple[list[Pause], int]:
    """The parts of pauses that move a clock, and where they move it to; late ones move nothing."""
    start, ends, stood = one.clock.started_at, one.base, []
    for pause in pauses:
        part = pause._replace(start=max(start, pause.start))
        if part.start < min(part.end, ends):
            stood.append(part)
            ends += part.end - part.start
    return stood, ends


def _changed(one: Reckoning, clock: Clock, event: Event) -> None:
    before, one.clock = one.clock, clock
    explained_by = 0
    if clock.paused_at is not None and before.paused_at is None and clock.paused_until is not None:
        one.steps.append(Pause(clock.paused_at, clock.paused_until, event.facts["waiting_for"]))
        explained_by = clock.paused_until - clock.paused_at
    elif before.paused_at is not None and clock.paused_at is None:
        explained_by = _ended(one, event.at)
    unexplained = clock.due_at - before.due_at - explained_by
    if unexplained:
        why = FLAG if event.type == "flagged" else RECORDED
        shorter = clock.limit if clock.limit != before.limit else None
        flag = event.facts.get("flag")
        one.steps.append(Move(event.at, clock.due_at - unexplained, clock.due_at, why, flag, shorter))
    if clock.stopped_at is not None:
        one.stopped_by = event
    elif clock.breached_at is not None:
        one.marked_by = event


def _ended(one: Reckoning, at: int) -> int:
    """End the pause that lasts; the seconds that the due time moves by (none, or back)."""
    place, pause = [(i, step) for i, step in enumerate(one.steps) if isinstance(step, Pause)][-1]
    ended = max(pause.start, min(pause.end, at))
    one.steps[place] = pause._replace(end=ended)
    return ended - pause.end
