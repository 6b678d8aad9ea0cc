"""A clock of a case: a running time limit, as its events left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.deadlines import is_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MET, BREACHED, PASSED, VOID, OPEN = "met", "breached", "passed", "void", "open"
RUNNING, PAUSED, STOPPED = "running", "paused", "stopped"

TOTAL = "total"

_TIES = ("first-response", "plan", "level", "outside")


class Clock(NamedTuple):
    """Times in UTC seconds. `verdict` is stored when it stops; a running one's is worked out.

    A clock that `informs` drives nothing and is in no list of what is due. `provisional`: due on a day
    that its calendar has not confirmed. `held_due`: what a lasting pause found as the due time.
    `since`: what the limit counts from, where that is not the start, or might not have been. `limit` is
    empty where a person said the time.
    """

    n: int
    kind: str
    name: str | None
    cycle: int
    level: int
    limit: str
    calendar: str
    started_at: int
    due_at: int
    paused_at: int | None = None
    paused_until: int | None = None
    stopped_at: int | None = None
    breached_at: int | None = None
    verdict: str | None = None
    informs: bool = False
    provisional: bool = False
    held_due: int | None = None
    since: int | None = None

    @property
    def running(self) -> bool:
        """Whether it has not stopped; a paused clock counts as running here."""
        return self.stopped_at is None

    @property
    def said(self) -> bool:
        """Whether a person said its time: it does not wait, and no policy moves it."""
        return not self.limit

    @property
    def counted_from(self) -> int:
        """What its limit counts from: its start, unless something else was said."""
        return self.started_at if self.since is None else self.since

    def unanswered(self, at: int) -> bool:
        """Whether it had begun at `at` and nothing had met it then, in time or late."""
        return self.started_at <= at and (self.running or self.met_after(at))

    def met_after(self, at: int) -> bool:
        """Whether something met it, in time or late, but only after `at`."""
        return self.stopped_at is not None and self.verdict in (MET, BREACHED) and at < self.stopped_at

    def as_of(self, at: int) -> Clock:
        """The clock as it stood at `at`, without what came only later.

        A word typed in between two others starts a clock that the later one of them had stopped already;
        one typed in for before a pause starts a clock that knows of the pause.
        """
        found = self
        if found.stopped_at is not None and found.stopped_at > at:
            found = found._replace(stopped_at=None, verdict=None)
        if found.paused_at is not None and found.paused_at > at and found.held_due is not None:
            found = found._replace(due_at=found.held_due, paused_at=None, paused_until=None, held_due=None)
        return found

    def state(self, now: int) -> str:
        """running, paused or stopped at `now`."""
        if self.stopped_at is not None:
            return STOPPED
        paused = self.paused_until is not None and now < self.paused_until
        return PAUSED if paused else RUNNING

    def verdict_at(self, now: int) -> str:
        """The stored verdict, or that of a running clock: open, or breached once due."""
        return self.verdict or (BREACHED if is_late(self.due_at, now) else OPEN)

    def breach(self, now: int) -> int | None:
        """The instant of the breach: when it was due, never when someone looked; or before, when given up."""
        if self.verdict_at(now) != BREACHED:
            return None
        return self.due_at if self.stopped_at is None else min(self.due_at, self.stopped_at)

    def left(self, now: int) -> int | None:
        """Seconds left: negative when late, standing while paused, as of stopping when stopped."""
        if self.verdict == VOID:
            return None
        if self.stopped_at is not None:
            return self.due_at - self.stopped_at
        if self.paused_until is not None and now < self.paused_until:
            return self.due_at - self.paused_until
        return self.due_at - now


def apply(
    clocks: tuple[Clock, ...], changes: Iterable[Mapping[str, Any]], name: str | None = None
) -> tuple[Clock, ...]:
    """The clocks after an event's `clocks` fact: new ones appended, known ones overwritten.

    `name` is the clock's name where it stands in the event's words (a promise) and may be erased. A
    history cut at a moment may hold a change of a clock that starts after it (something typed later for
    an earlier time): there is nothing to change then.
    """
    by_n = {clock.n: clock for clock in clocks}
    for change in changes:
        n = change["n"]
        if n in by_n:
            by_n[n] = by_n[n]._replace(**change)
        elif "kind" in change:
            # histories from before a clock could say so itself
            known = {"informs": change["kind"] == TOTAL}
            by_n[n] = Clock(**{**known, **change, "name": change.get("name") or name})
    return tuple(by_n.values())


def numbered(clocks: Iterable[Clock], n: int) -> Clock:
    """The clock of this number."""
    return next(clock for clock in clocks if clock.n == n)


def by_urgency(clocks: Iterable[Clock]) -> list[Clock]:
    """The clocks that lists name, earliest due first: all that run, but the one that informs only."""
    shown = [clock for clock in clocks if clock.running and not clock.informs]
    return sorted(shown, key=lambda clock: (clock.due_at, rank(clock.kind), clock.n))


def rank(kind: str) -> int:
    """The order of clocks due at one instant."""
    return _TIES.index(kind) if kind in _TIES else len(_TIES)
