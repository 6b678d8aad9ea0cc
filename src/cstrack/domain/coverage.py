"""The hours in which nobody of a level is on duty or on call."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from cstrack.domain.staff import Roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cstrack.domain.staff import Person, Shift


def gaps(roster: Roster, levels: Iterable[int], start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(level, from, to) of each time between `start` and `end` without anybody of one of these levels."""
    by_handle: dict[str, list[Shift]] = {}
    for shift in roster.shifts:
        by_handle.setdefault(shift.handle, []).append(shift)
    for level in levels:
        there = [
            span
            for person in roster.people.values()
            if person.level == level
            for span in _covered(person, by_handle.get(person.handle, []), start, end)
        ]
        reached = start
        for begins, ends in [*sorted(there), (end, end)]:
            if begins > reached:
                yield level, reached, begins
            reached = max(reached, ends)


def _covered(person: Person, shifts: list[Shift], start: int, end: int) -> Iterator[tuple[int, int]]:
    """When between `start` and `end` somebody is on duty or on call."""
    alone = Roster([person], lambda: shifts)
    bounds = {start, end, person.duty_since, person.away_from or start, person.away_until or end}
    bounds |= {bound for one in shifts for bound in (one.start_at, one.end_at)}
    for begins, ends in pairwise(sorted(bound for bound in bounds if start <= bound <= end)):
        if alone.is_on_duty(person, begins) or alone.on_call(begins):
            yield begins, ends
