"""The days of a clock on its calendar: what was open, what of it counted, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.limits import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.app.reckoning import Reckoning
    from cstrack.domain.calendar import Calendar, Day

    Stretch = tuple[int, int]


class Worked(NamedTuple):
    """A local day (kinds as in domain/calendar.py), its hours, and the stretches of them that counted.

    `number`: which working day of a limit in working days it is, 0 the one that it counts from.
    """

    date: str
    kind: str
    name: str
    hours: Sequence[Stretch]
    stretches: Sequence[Stretch]
    number: int | None = None

    @property
    def open_s(self) -> int:
        """The seconds of its hours; a night shift belongs to the day that it begins on."""
        return sum(ends - begins for begins, ends in self.hours)

    @property
    def used_s(self) -> int:
        """The seconds that counted."""
        return sum(ends - begins for begins, ends in self.stretches)


def worked(one: Reckoning) -> list[Worked] | None:
    """The days of a clock from where it counts to its due time; None where no calendar has a part in it."""
    calendar = one.calendar
    if calendar is None or not one.is_working:
        return None
    ends, found = one.since, []
    for day, count in _counted(one, calendar):
        stretches: list[Stretch] = []
        for begins, closes in day.spans:
            stretch = max(begins, ends), min(closes, one.clock.due_at)
            if stretch[0] < stretch[1]:
                stretches += _without(stretch, [pause[:2] for pause in one.stood])
                ends = stretch[1]
        found.append(Worked(day.date, day.kind, day.name, day.spans, stretches, count))
    while found and not found[-1].stretches and not found[-1].number:
        found.pop()
    return found


def _counted(one: Reckoning, calendar: Calendar) -> Iterable[tuple[Day, int | None]]:
    """The days from start to due time; those of a limit in working days with their number."""
    days = calendar.days(one.since, one.clock.due_at)
    limit = one.counts_days
    if limit is None:
        return ((day, None) for day in days)
    zero = _day_zero(one, calendar, days)
    numbers: list[int | None] = []
    count = 0
    for place, day in enumerate(days):
        count += place > zero and bool(day.spans)
        counts = place == zero or (place > zero and day.spans and count <= limit)
        numbers.append(count if counts else None)
    return zip(days, numbers, strict=True)


def _day_zero(one: Reckoning, calendar: Calendar, days: Sequence[Day]) -> int:
    """The place of the day that a limit counts from: of receipt by its date, else of the next opening."""
    if split(one.clock.limit)[1] == "wd":
        at = one.counts_from
        found = (n for n, day in enumerate(days) if any(a <= at < b for a, b in day.spans))
    else:
        received = calendar.days(one.since, one.since)[-1].date
        found = (n for n, day in enumerate(days) if day.date == received)
    return next(found, len(days))


def _without(stretch: Stretch, pauses: Iterable[Stretch]) -> list[Stretch]:
    """What is left of a stretch outside the pauses, which are in order of time."""
    begins, ends = stretch
    left = []
    for start, stop in pauses:
        if start < ends and stop > begins:
            if begins < start:
                left.append((begins, start))
            begins = max(begins, stop)
    return [*left, (begins, ends)] if begins < ends else left
