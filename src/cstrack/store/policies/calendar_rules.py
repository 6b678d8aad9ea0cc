"""What must hold in the calendars of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.calendar_data import WEEKDAYS
from cstrack.domain.policy import ALWAYS
from cstrack.store.policies.calendars import compiled, weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.store.policies.calendars import CalendarTable
    from cstrack.store.policies.known import Known
    from cstrack.store.policies.lines import Place
    from cstrack.store.policies.problems import Fault
    from cstrack.store.policies.whole import PolicyFile


def faults(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    """Everything that is wrong with the calendars, each with its place."""
    for key in ("calendar", "contact_hours"):
        yield from known.calendar_named((key,), getattr(policy, key))
    for name, table in policy.calendars.items():
        place = ("calendars", name)
        if name == ALWAYS:
            yield place, "calendar-reserved", {"value": name}
        found = list(_hours((*place, "hours"), table.hours))
        yield from found
        if not found:
            yield from _engine(place, name, table)


def _hours(place: Place, hours: dict[str, Any]) -> Iterator[Fault]:
    """Keys that mean no day, and two that mean one day equally well."""
    widths: dict[tuple[str, int], str] = {}
    for key in hours:
        days = weekdays(key)
        if not days:
            yield (*place, key), "hours-day-unknown", {"value": key, "known": [*WEEKDAYS, "mon-fri", "daily"]}
        twice = next((widths[day, len(days)] for day in days if (day, len(days)) in widths), None)
        if twice is not None:
            yield (*place, key), "hours-day-twice", {"value": key, "other": twice}
        widths |= {(day, len(days)): key for day in days}


def _engine(place: Place, name: str, table: CalendarTable) -> Iterator[Fault]:
    """What the calendar engine itself refuses: no open hour ever, spans that overlap, ..."""
    from cstrack.domain.calendar import problems

    for refusal in problems({"zone": "UTC", **compiled(name, table)}):
        yield place, refusal.code, dict(refusal.facts)
