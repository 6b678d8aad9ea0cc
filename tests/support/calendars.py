"""Calendars made up by number, and an oracle that lays out every minute and counts.

The oracle shares nothing with the engine but the mapping of a calendar: it reads the hours itself, walks
through the minutes of UTC, keeps the latest time that the local clock has shown so far (so that an hour
lived twice does not open twice), and calls a minute open when that time lies in the hours of a day.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise, takewhile
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from cstrack.domain.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER = 15
LATEST_NIGHT = 6 * 60
"""When night shifts have ended, and days that are no night shift have not."""
RUN_IN = 1440
"""Minutes that are laid out before anything is asked: any change of the clocks is over by then."""


def always(zone: str) -> Calendar:
    """The calendar of every hour of every day."""
    return Calendar({"name": "24x7", "zone": zone, "hours": {day: ["00:00-24:00"] for day in WEEKDAYS}})


class Example(NamedTuple):
    """A calendar, and what is asked of it."""

    data: dict[str, Any]
    start: int
    limit: int
    pauses: list[tuple[int, int]]


class Oracle:
    """Answers by counting open minutes one by one, from `RUN_IN` before an instant."""

    def __init__(self, data: dict[str, Any], start: int) -> None:
        self._data, self._zone = data, ZoneInfo(data["zone"])
        self._first = self._next = start // 60 // QUARTER * QUARTER - RUN_IN
        self._latest = 0
        self._walls: list[int] = []
        self._days: dict[int, list[int]] = {}
        self.opened: list[int] = []
        """The UTC minutes that are open, in order."""
        self.owners: list[int] = []
        """The day number that each of them belongs to."""

    def add(self, start: int, seconds: int, pauses: list[tuple[int, int]] | None = None) -> int:
        """The end of the last of so many open seconds that lie in no pause."""
        for begins, ends in self._minutes(start):
            for at, until in _outside(begins, ends, pauses or []):
                if seconds <= until - at:
                    return at + seconds
                seconds -= until - at
        raise AssertionError

    def used(self, start: int, end: int, pauses: list[tuple[int, int]]) -> int:
        """The open seconds between two instants that lie in no pause."""
        minutes = takewhile(lambda minute: minute[0] < end, self._minutes(start))
        left = (_outside(begins, min(ends, end), pauses) for begins, ends in minutes)
        return sum(until - at for pieces in left for at, until in pieces)

    def next_open(self, at: int) -> int:
        """The first open instant that is not before another."""
        return next(self._minutes(at))[0]

    def add_days(self, start: int, count: int) -> int:
        """The same local time so many days with hours later, or the next opening after it."""
        start = self.next_open(start)
        if not count:
            return start
        day = self.owners[bisect_left(self.opened, start // 60)]
        local = datetime.fromtimestamp(start, self._zone).replace(tzinfo=None)
        since = local - datetime.fromordinal(day)
        day = self._work_day(day, count)
        due = self._shown(datetime.fromordinal(day) + since)
        for begins, ends in self._minutes(start):
            owner = self.owners[bisect_left(self.opened, begins // 60)]
            if owner > day or (owner == day and due <= ends):
                return begins if owner > day else max(due, begins)
        raise AssertionError

    def close_of_day(self, start: int, count: int) -> int:
        """The last closing of the day that is so many days with hours after the local date."""
        day = self._work_day(datetime.fromtimestamp(start, self._zone).toordinal(), count)
        last = max(ends for _begins, ends in hours_of(self._data, day))
        return self._shown(datetime.fromordinal(day) + timedelta(minutes=last))

    def _work_day(self, day: int, count: int) -> int:
        while count:
            day += 1
            shown = [
                [self._shown(datetime.fromordinal(day) + timedelta(minutes=edge)) for edge in span]
                for span in hours_of(self._data, day)
            ]
            count -= any(begins < ends for begins, ends in shown)
        return day

    def _shown(self, wanted: datetime) -> int:
        """The first instant at which the local clock has shown a time or a later one."""
        minute = (wanted.toordinal() - 1) * 1440 + wanted.hour * 60 + wanted.minute
        while not self._walls or self._walls[-1] < minute:
            self._walk()
        index = bisect_left(self._walls, minute)
        return (self._first + index) * 60 + (wanted.second if self._walls[index] == minute else 0)

    def _minutes(self, start: int) -> Iterator[tuple[int, int]]:
        """The open minutes from an instant on, as seconds; the first may be a part of one."""
        while self._next <= start // 60:
            self._walk()
        index = bisect_left(self.opened, start // 60)
        while True:
            while index >= len(self.opened):
                self._walk()
            minute = self.opened[index] * 60
            yield max(start, minute), minute + 60
            index += 1

    def _walk(self) -> None:
        """Lay out a day's minutes more, a quarter of an hour at a time where the clock runs on through it."""
        here = self._wall(self._next)
        for quarter in range(self._next, self._next + 1440, QUARTER):
            after = self._wall(quarter + QUARTER)
            if after == here + QUARTER and here > self._latest:
                self._enter(quarter, range(here, after))
            else:
                shown = (self._wall(minute) for minute in range(quarter, quarter + QUARTER))
                self._enter(quarter, list(accumulate(shown, max, initial=self._latest))[1:])
            here = after
        self._next += 1440

    def _enter(self, minute: int, walls: Sequence[int]) -> None:
        self._walls += walls
        self._latest = walls[-1]
        owners = self._owners_on(walls[0] // 1440 + 1)[walls[0] % 1440 :][: len(walls)]
        if walls[-1] - walls[0] != len(walls) - 1:
            owners = [self._owners_on(wall // 1440 + 1)[wall % 1440] for wall in walls]
        self.opened += [at for at, owner in enumerate(owners, minute) if owner]
        self.owners += [owner for owner in owners if owner]

    def _owners_on(self, day: int) -> list[int]:
        """For each minute that the clock can show on a day, the day it is open for; 0 is closed."""
        if day not in self._days:
            owners = self._days[day] = [0] * 1440
            for owner, offset in ((day, 0), (day - 1, 1440)):
                for begins, ends in hours_of(self._data, owner):
                    for minute in range(max(begins - offset, 0), min(ends - offset, 1440)):
                        owners[minute] = owner
        return self._days[day]

    def _wall(self, minute: int) -> int:
        """What the local clock shows at a UTC minute, in minutes since the year 1."""
        local = datetime.fromtimestamp(minute * 60, self._zone)
        return (local.toordinal() - 1) * 1440 + local.hour * 60 + local.minute


def hours_of(data: dict[str, Any], day: int) -> list[tuple[int, int]]:
    """The hours of a day in minutes after its midnight."""
    civil = date.fromordinal(day)
    entry = data.get("days", {}).get(civil.isoformat())
    texts = data["hours"].get(WEEKDAYS[civil.weekday()], [])
    if entry is not None:
        texts = data["hours"].get(entry["works_as"], []) if "works_as" in entry else entry.get("hours", [])
    spans = []
    for text in texts:
        begins, ends = (int(edge[:2]) * 60 + int(edge[3:]) for edge in text.split("-"))
        spans.append((begins, ends if ends > begins else ends + 1440))
    return spans


def _outside(at: int, until: int, pauses: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch without the pauses in it."""
    left = [(at, until)]
    for began, ended in pauses:
        if began < until and ended > at:
            cut = [piece for a, b in left for piece in ((a, min(b, began)), (max(a, ended), b))]
            left = [(a, b) for a, b in cut if a < b]
    return left


ZONES = (
    "UTC",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Tehran",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Antarctica/Troll",
)


def example(number: int) -> Example:
    """A calendar and a question, the same ones for a number every time."""
    rnd = Random(number)  # noqa: S311  examples, not secrets
    zone = rnd.choice(ZONES)
    start = rnd.randrange(_instant(2005), _instant(2035))
    changes = _changes(zone, datetime.fromtimestamp(start, UTC).year) if rnd.random() < 0.5 else []
    if changes:
        start = rnd.choice(changes) + rnd.randrange(-4 * 86400, 86400)
    start -= rnd.choice((0, 0, start % 60, start % 900))
    data = _calendar(rnd, zone, start)
    open_a_week = sum(e - b for day in range(1, 8) for b, e in hours_of({"hours": data["hours"]}, day))
    limit = rnd.randrange(1, min(40 * 3600, open_a_week * 60 * 2))
    limit -= rnd.choice((0, limit % 60, limit % 3600)) if limit > 3600 else 0
    pauses = []
    for _ in range(rnd.choice((0, 0, 1, 1, 2, 3))):
        began = start + rnd.randrange(-86400, 4 * 86400)
        pauses.append((began, began + rnd.choice((1, 3600, 7200, rnd.randrange(1, 3 * 86400)))))
    return Example(data, start, limit, pauses)


def _calendar(rnd: Random, zone: str, start: int) -> dict[str, Any]:
    step = rnd.choice((1, 5, 15, 30))
    week = {day: _hours(rnd, step) for day in rnd.sample(WEEKDAYS, rnd.randrange(1, 8))}
    if rnd.random() < 0.5:
        same = _hours(rnd, step)
        week = dict.fromkeys(week, same)
    listed = {}
    for _ in range(rnd.choice((0, 0, 2, 5, 9))):
        civil = datetime.fromtimestamp(start, UTC).date() + timedelta(days=rnd.randrange(-2, 12))
        listed[civil.isoformat()] = rnd.choice(
            ({"name": "off"}, {"works_as": rnd.choice(WEEKDAYS)}, {"hours": _hours(rnd, step)})
        )
    return {"name": "made up", "zone": zone, "hours": week, "days": listed}


def _hours(rnd: Random, step: int) -> list[str]:
    if rnd.random() < 0.1:
        return ["00:00-24:00"]
    count = rnd.choice((1, 1, 2, 3))
    edges = sorted(rnd.sample(range(1440 // step + 1), 2 * count))
    spans = [[edges[at] * step, edges[at + 1] * step] for at in range(0, 2 * count, 2)]
    if spans[-1][0] >= 720 and rnd.random() < 0.4:
        spans[-1][1] = rnd.randrange(min(spans[-1][0] - 720, LATEST_NIGHT) + 1)
    else:
        spans[-1][1] = max(spans[-1][1], LATEST_NIGHT + QUARTER)
    if len(spans) > 1 and spans[0][1] < spans[1][1] and rnd.random() < 0.3:
        spans[1][0] = spans[0][1]
    return [f"{_clock(begins)}-{_clock(ends)}" for begins, ends in spans]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _instant(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def _changes(zone: str, year: int) -> list[int]:
    """The days of a year on which the clocks of a zone are changed, as instants within a day of it."""
    there = ZoneInfo(zone)
    days = range(_instant(year), _instant(year + 1), 86400)
    offsets = [datetime.fromtimestamp(day, there).utcoffset() for day in days]
    return [day for day, (one, other) in zip(days, pairwise(offsets), strict=False) if one != other]
