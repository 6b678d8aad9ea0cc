"""Who works here: levels, duty, and who answers for a case after a hand-up.

A roster is a setting, read when an order is judged; what follows from it stands in the event's facts.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
    somebody is to be picked, and once. `stores` reads the desk's stores.
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
        self._duties: dict[str, list[Shift]] | None = None
        self._works: dict[int, list[Person]] = {}
        self._begins: dict[int, list[int]] = {}
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
        """Whether a person works at `at`: the last word counts, a shift's begin or end or `duty on|off`.

        What was before the word said by hand, only shifts know; without one it was the contrary.
        """
        if person.is_away(at):
            return False
        own = self._shifts_of(person.handle)
        since = person.duty_since
        if any(
            (since < bound or at < since) and bound <= at
            for one in own
            for bound in (one.start_at, one.end_at)
        ):
            return any(one.covers(at) for one in own)
        return person.on_duty == (at >= since)

    def on_duty(self, at: int) -> Sequence[Person]:
        """Everybody who works at `at`."""
        if at not in self._works:
            self._works[at] = [one for one in self.people.values() if self.is_on_duty(one, at)]
        return self._works[at]

    def fit(self, level: int, at: int, *, but: Iterable[str | None] = ()) -> list[str]:
        """Who of that level or above works at `at`, lowest level first, without some."""
        found = [one for one in self.on_duty(at) if one.level >= level and one.handle not in but]
        return [one.handle for one in sorted(found, key=lambda one: (one.level, one.handle))]

    def on_call(self, at: int) -> list[Person]:
        """Everybody whom a crisis rings at `at`."""
        called = {one.handle for one in self.shifts if one.kind == ON_CALL and one.covers(at)}
        return [one for one in self.people.values() if one.handle in called and not one.is_away(at)]

    def owner(self, state: Case, level: int, at: int) -> str | None:
        """Who answers for a case that comes to `level`, or None where nobody of that level is on duty.

        The supervisor of whose it was, of whatever store unless the case went to another; else of those of
        that level, same store and team, the one with the fewest live cases; never the person complained
        about. One without a store serves all of them, one without a team every team; teams are those of one
        store.
        """
        before = self.people.get(state.asked_of or "")
        store = state.store or (before.store if before else None)
        there = [one for one in self.on_duty(at) if one.level == level and one.handle != state.against]
        fit = [one for one in there if store in (None, one.store or store)]
        stayed = before is not None and before.store in (None, store)
        if before and any(one.handle == before.supervisor for one in (there if stayed else fit)):
            return before.supervisor
        teams = set(before.teams) if before and stayed else set()
        near = [one for one in fit if not (teams and teams.isdisjoint(one.teams or teams))]
        found = min(near, key=lambda one: (self._open_cases(one.handle), one.handle), default=None)
        return found.handle if found else None

    def owner_since(self, state: Case, until: int) -> tuple[int, str] | None:
        """When, up to `until`, somebody's duty began who answers for a case that waits for an owner.

        Where no duty began and yet somebody fits (the register was edited), it is `until`. Nothing comes
        before the case's last change.
        """
        if state.unowned_since is None:
            return None
        since = max(state.unowned_since, state.changed_at)
        for at in (*self._beginnings(state.level, since, until), until):
            found = self.owner(state, state.level, at) if at >= since else None
            if found:
                return at, found
        return None

    def may_own(self, level: int, since: int, until: int) -> bool:
        """Whether anybody of that level works at `until`, or came on duty after `since`."""
        on_duty = any(one.level == level for one in self.on_duty(until))
        return on_duty or bool(self._beginnings(level, since, until))

    def gives(self, handle: str, before: str | None) -> None:
        """Count a case that one person owns from now on, and another no longer does."""
        for who, count in ((handle, 1), (before, -1)):
            if who is not None:
                self._loads[who] = self._open_cases(who) + count

    def _beginnings(self, level: int, since: int, until: int) -> Sequence[int]:
        """The moments after `since`, up to `until`, at which somebody of a level came on duty, in order."""
        if level not in self._begins:
            there = [one for one in self.people.values() if one.level == level]
            told = {one.duty_since for one in there} | {one.away_until or 0 for one in there}
            told |= {shift.start_at for one in there for shift in self._shifts_of(one.handle)}
            self._begins[level] = sorted(told)
        found = self._begins[level]
        return found[bisect_right(found, since) : bisect_right(found, until)]

    def _shifts_of(self, handle: str) -> Sequence[Shift]:
        """When a person is on duty by the roster."""
        if self._duties is None:
            self._duties = {}
            for one in self.shifts:
                if one.kind == DUTY:
                    self._duties.setdefault(one.handle, []).append(one)
        return self._duties.get(handle, ())

    def _open_cases(self, handle: str) -> int:
        if handle not in self._loads:
            self._loads[handle] = self._load(handle)
        return self._loads[handle]


NOBODY = Roster()
"""The roster of a desk without staff."""
