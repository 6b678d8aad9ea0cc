"""Due times on a business calendar with China's holidays, beside the same loop over plain datetime addition.

Each loop gives a million due times of starts spread over a year; medians of three rounds, taken in turn. Two
loops stand beside: a timedelta added to local times that are there already, and what a desk without calendars
would do with the seconds that it keeps: make a local time, add the timedelta, and go back.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import cstrack
from cstrack.domain.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
COUNT = int(os.environ.get("BENCH_DUE_TIMES", "1000000"))
PLAIN = "datetime + timedelta"
ROUND_TRIP = "the same, from seconds to seconds"
ZONE = ZoneInfo("Asia/Shanghai")
LIMIT = timedelta(hours=40)
FIRST = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
YEAR = 365 * 86_400
HOUR = 3600


def workshop() -> Calendar:
    """Six days a week with a break at noon, and the holidays and make-up days that are shipped."""
    shipped = Path(cstrack.__file__).parent / "data" / "china.json"
    known = json.loads(shipped.read_text(encoding="utf-8"))
    week = {day: ["08:30-12:00", "13:30-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
    return Calendar(
        {
            "name": "workshop",
            "zone": ZONE.key,
            "hours": week | {"sat": ["09:00-12:00"]},
            "days": known["days"],
        }
    )


def loops() -> dict[str, Callable[[], None]]:
    """Each name -> a million due times, every one thrown away; a calendar is made new for every run."""
    starts = [FIRST + at * YEAR // COUNT for at in range(COUNT)]
    ready = [datetime.fromtimestamp(start, ZONE) for start in starts]

    def plain() -> None:
        for start in ready:
            start + LIMIT

    def round_trip() -> None:
        for start in starts:
            int((datetime.fromtimestamp(start, ZONE) + LIMIT).timestamp())

    def hours(count: int) -> None:
        desk, seconds = workshop(), count * HOUR
        for start in starts:
            desk.add(start, seconds)

    def days(count: int) -> None:
        desk = workshop()
        for start in starts:
            desk.add_days(start, count)

    return {
        PLAIN: plain,
        ROUND_TRIP: round_trip,
        "8wh": lambda: hours(8),
        "40wh": lambda: hours(40),
        "5wd": lambda: days(5),
    }


def main() -> None:
    """Run the rounds, print the table."""
    todo = loops()
    times: dict[str, list[float]] = {name: [] for name in todo}
    for _round in range(ROUNDS):
        for name, loop in todo.items():
            began = time.perf_counter()
            loop()
            times[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    print(f"{COUNT} due times, {ROUNDS} rounds, Python {sys.version.split()[0]}, medians\n")
    print("| limit | seconds | due times a second | to datetime + timedelta | to seconds and back |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, median in medians.items():
        ratios = f"{median / medians[PLAIN]:.1f} | {median / medians[ROUND_TRIP]:.1f}"
        print(f"| {name} | {median:.2f} | {COUNT / median:,.0f} | {ratios} |")


if __name__ == "__main__":
    main()
