"""Who works here: levels, duty, and who answers for a case after a hand-up.

A roster is a setting, read when an order is judged; what follows from it stands in the event's facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cstrack.domain.case import Case

DUTY, ON_CALL = "duty", "on-call"


class Person(NamedTuple):
    """One of the staff; times in UTC seconds. `on_duty` is what was said last by hand, at `duty_since`."""

    handle: str
    name: str = ""
    level: int = 1
    mail: str | None = None
    store: str | None = None
    teams: tuple[str, ...] = ()
    supervisor: str | None = None
    deputy: str | None = None
    zone: str | None = None
    hours: str | None = None
    logins: tuple[str, ...] = ()
    on_duty: bool = True
    duty_since: int = 0
    away_from: int | None = None
    away_until: int | None = None
    left_at: int | None = None

    def is_away(self, at: int) -> bool:
        """Whether the person is away at `at`."""
        return self.away_from is not None and self.away_from <= at < (self.away_until or at + 1)


class Shift(NamedTuple):
    """A time that a person is on duty, or on call: from `start_at`, up to `end_at`."""

    handle: str
    kind: str
    start_at: int
    end_at: int

    def covers(self, at: int) -> bool:
        """Whether `at` lies in it."""
        return self.start_at <= at < self.end_at


class Roster:
    """The questions that the rules ask about people.

    `shifts` reads the roster's times, `load` counts the live cases that a person owns: both only when
    somebody is to be picked. `stores` reads the desk's stores.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        shifts: Callable[[], Sequence[Shift]] = tuple,
        load: Callable[[str], int] = lambda _handle: 0,
        stores: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        everyone = list(people)
        self.people: Mapping[str, Person] = {one.handle: one for one in everyone if one.left_at is None}
        self._read_shifts, self._shifts = shifts, None
        self._load, self._loads = load, {}
        self._read_stores = stores

    _shifts: Sequence[Shift] | None
    _loads: dict[str, int]

    @property
    def exists(self) -> bool:
        """Whether the desk has staff; without, everybody may act, at any level."""
        return bool(self.people)

    def level(self, handle: str) -> int | None:
        """The person's level, None for somebody who is not of the staff."""
        person = self.people.get(handle)
        return person.level if person else None

    def with_login(self, login: str) -> Person | None:
        """Whom an account belongs to."""
        return next((one for one in self.people.values() if login in one.logins), None)

    @property
    def stores(self) -> Mapping[str, str]:
        """The stores of the desk: code -> name."""
        return self._read_stores()

    @property
    def shifts(self) -> Sequence[Shift]:
        """The roster's times, as imported."""
        if self._shifts is None:
            self._shifts = self._read_shifts()
        return self._shifts

    def is_on_duty(self, person: Person, at: int) -> bool:
        """Whether a person works at `at`: the last word counts, a shift's begin or end or `duty on|off`."""
        if person.is_away(at):
            return False
        own = [one for one in self.shifts if one.handle == person.handle and one.kind == DUTY]
        bounds = (bound for one in own for bound in (one.start_at, one.end_at))
        if any(person.duty_since < bound <= at for bound in bounds):
            return any(one.covers(at) for one in own)
        return person.on_duty

    def on_duty(self, at: int) -> list[Person]:
        """Everybody who works at `at`."""
        return [one for one in self.people.values() if self.is_on_duty(one, at)]

    def on_call(self, at: int) -> list[Person]:
        """Everybody whom a crisis rings at `at`."""
        called = {one.handle for one in self.shifts if one.kind == ON_CALL and one.covers(at)}
        return [one for one in self.people.values() if one.handle in called and not one.is_away(at)]

    def owner(self, state: Case, level: int, at: int, whose: str | None) -> str | None:
        """Who answers for a case that comes to `level`, or None where nobody of that level is on duty.

        The supervisor of `whose` it was, else the one with the fewest live cases, of the same store and
        team; never the person complained about.
        """
        before = self.people.get(whose or "")
        fit = [
            one for one in self.on_duty(at) if one.level == level and one.handle not in (state.against, whose)
        ]
        if before and any(one.handle == before.supervisor for one in fit):
            return before.supervisor
        store = state.store or (before.store if before else None)
        teams = set(before.teams) if before else set()
        near = [
            one
            for one in fit
            if (store is None or one.store == store) and (not teams or teams.intersection(one.teams))
        ]
        found = min(near, key=lambda one: (self._open_cases(one.handle), one.handle), default=None)
        if found is None:
            return None
        self._loads[found.handle] += 1
        return found.handle

    def owner_since(self, state: Case, until: int) -> tuple[int, str] | None:
        """When, up to `until`, somebody's duty began who answers for a case that waits for an owner."""
        since = state.unowned_since
        if since is None:
            return None
        for at in sorted({since, *self._beginnings(since, until)}):
            found = self.owner(state, state.level, at, state.handler)
            if found:
                return at, found
        return None

    def _beginnings(self, since: int, until: int) -> Iterator[int]:
        """Moments at which somebody may have come on duty."""
        told = [one.duty_since for one in self.people.values()]
        told += [one.away_until for one in self.people.values() if one.away_until is not None]
        told += [one.start_at for one in self.shifts if one.kind == DUTY]
        return (at for at in told if since < at <= until)

    def _open_cases(self, handle: str) -> int:
        if handle not in self._loads:
            self._loads[handle] = self._load(handle)
        return self._loads[handle]


NOBODY = Roster()
"""The roster of a desk without staff."""
