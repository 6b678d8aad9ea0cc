"""One clock explained: what it counts from, on which calendar, what moved its due time."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain import deadlines
from cstrack.domain.case import Pause
from cstrack.domain.limits import OPEN_TIME, WORKING_DAYS, is_working, split

if TYPE_CHECKING:
    from cstrack.app.why_days import Worked
    from cstrack.domain.calendar import Calendar
    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy


class Move(NamedTuple):
    """At `at` a due time was set anew, from `before` to `after`.

    `why`: a flag shortened the limit (`flag`, `limit` name both), the level has another one (`level`),
    going down kept the earlier due time, a new policy or calendar was applied, it was extended, or the
    record says so and no rule of this program does (`recorded`).
    """

    at: int
    before: int
    after: int
    why: str
    flag: str | None = None
    limit: str | None = None


class Step(NamedTuple):
    """What moved a due time, by how many seconds, and the event that did it."""

    what: Pause | Move
    added: int
    by: Event


class Reckoning:
    """One clock explained: how it started and by which policy, the steps in order, how it stopped.

    `limit` and `calendar_name` are those it started with, `counted` and `opens` what that limit counted
    from and the first moment that did count, `base` what it came to. `clock` is how it stands, `judge` the
    policy that reckoned it last, `stood` the pauses that it left out.
    """

    __slots__ = (
        "base",
        "calendar_name",
        "clock",
        "counted",
        "judge",
        "limit",
        "marked_by",
        "opens",
        "policy",
        "started_by",
        "steps",
        "stood",
        "stopped_by",
        "zone",
    )

    def __init__(
        self, clock: Clock, started_by: Event, judge: Policy | None, policy: str | None, zone: str
    ) -> None:
        self.clock = clock
        self.started_by = started_by
        self.judge = judge
        self.policy = policy
        self.zone = zone
        self.limit = clock.limit
        self.calendar_name = clock.calendar
        self.steps: list[Step] = []
        self.stood: list[Pause] = []
        self.stopped_by: Event | None = None
        self.marked_by: Event | None = None
        self.counted, self.opens = self.since, self.counts_from
        self.base = self.due(())

    @property
    def since(self) -> int:
        """What the limit counts from."""
        return self.clock.counted_from

    @property
    def is_working(self) -> bool:
        """Whether it counts open time or working days."""
        return is_working(self.clock.limit)

    @property
    def calendar(self) -> Calendar | None:
        """The calendar it counts on; None for every hour of every day, or where it is not known any more."""
        name, policy = self.clock.calendar, self.judge
        return policy.calendar(name) if policy is not None and policy.has_calendar(name) else None

    @property
    def counts_from(self) -> int:
        """The first moment that counts: out of hours the next opening."""
        calendar = self.calendar
        if calendar is None or split(self.clock.limit)[1] not in (*OPEN_TIME, "wd"):
            return self.since
        return calendar.next_open(self.since)

    @property
    def confirmed_through(self) -> str | None:
        """The last date whose holidays its calendar is sure of."""
        calendar, policy = self.calendar, self.judge
        if calendar is None or policy is None:
            return None
        found: str | None = policy.data["calendars"][calendar.name].get("confirmed_through")
        return found

    @property
    def pauses(self) -> list[Pause]:
        """The times that it stood still."""
        return [step.what for step in self.steps if isinstance(step.what, Pause)]

    @property
    def moves(self) -> list[Move]:
        """The times that its due time was set anew."""
        return [step.what for step in self.steps if isinstance(step.what, Move)]

    def running_sum(self) -> list[int]:
        """The due time after each step; the last one is what the record holds."""
        return [*accumulate((step.added for step in self.steps), initial=self.base)][1:]

    def due(self, pauses: tuple[tuple[int, int], ...]) -> int:
        """What the present limit comes to with such pauses; its start where that cannot be reckoned.

        A time that was said is what it is.
        """
        if not self.limit:
            return self.clock.due_at
        if self.is_working and self.calendar is None:
            return self.since
        return deadlines.due_after_pauses(self.since, self.clock.limit, self.zone, pauses, self.calendar)

    @property
    def by_its_limit(self) -> bool:
        """Whether limit, calendar and pauses alone come to the due time."""
        return self.clock.due_at == self.due(tuple(pause[:2] for pause in self.stood))

    def open_seconds(self, start: int, end: int) -> int:
        """The time between two instants that counts."""
        calendar = self.calendar if self.is_working else None
        return max(0, end - start) if calendar is None else calendar.used(start, end)

    def left(self, now: int) -> int | None:
        """Open seconds left of a clock that counts open time or working days; None for any other."""
        real = self.clock.left(now)
        if real is None or self.calendar is None or not self.is_working:
            return None
        return self.open_seconds(self.clock.due_at - real, self.clock.due_at)

    def days(self) -> list[Worked] | None:
        """The days from where it counts to its due time; None where no calendar has a part in it."""
        from cstrack.app.why_days import worked

        return worked(self)

    def marks(self) -> list[tuple[str, int]]:
        """Its warning marks, and when each is reached; none where something else than its limit set it."""
        policy, clock = self.judge, self.clock
        if policy is None or not self.limit or clock.level not in policy.levels or not self.by_its_limit:
            return []
        pauses = [pause[:2] for pause in self.stood]
        return [
            (mark, deadlines.marked(self.since, clock.limit, self.zone, pauses, self.calendar, mark))
            for mark in policy.marks(clock.kind, clock.level)
        ]

    @property
    def counts_days(self) -> int | None:
        """The working days that its limit counts; None for a limit in anything else."""
        if not self.is_working:
            return None
        count, unit = split(self.clock.limit)
        return count if unit in WORKING_DAYS else None
