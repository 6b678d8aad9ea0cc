"""What the parts of a policy may refer to: its own levels, calendars and codes, and the shipped lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import limits
from cstrack.domain.choices import near
from cstrack.domain.dealer import DEALER
from cstrack.domain.policy import ALWAYS
from cstrack.store.policies.whole import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cstrack.store.policies.lines import Place
    from cstrack.store.policies.problems import Fault


class Known:
    """The names that a file declares, those of entries included that are at fault themselves."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        def keys(table: str) -> list[str]:
            found = raw.get(table, DEALER.get(table) if table in LISTS else {})
            return list(found) if isinstance(found, dict) else []

        self.levels = sorted(int(n) for n in keys("levels") if n.isascii() and n.isdigit())
        self.calendars = [*keys("calendars"), ALWAYS]
        self.codes = {listing: keys(listing) for listing in (*LISTS, "clocks")}
        self.calendar = raw.get("calendar")

    def level(self, place: Place, value: int) -> Iterator[Fault]:
        """A fault unless there is such a level."""
        if value not in self.levels:
            yield place, "level-unknown", {"value": value, "known": self.levels}

    def each_level(self, place: Place, values: Iterable[int] | None) -> Iterator[Fault]:
        """The same for a list of them."""
        for index, value in enumerate(values or ()):
            yield from self.level((*place, index), value)

    def code(self, place: Place, listing: str, value: str | None) -> Iterator[Fault]:
        """A fault unless the list has this code."""
        known = self.codes[listing]
        if value is not None and value not in known:
            facts = {"listing": listing, "value": value, "known": known, "suggestion": near(value, known)}
            yield place, "entry-unknown", facts

    def each_code(self, place: Place, listing: str, values: Iterable[str] | None) -> Iterator[Fault]:
        """The same for a list of them."""
        for index, value in enumerate(values or ()):
            yield from self.code((*place, index), listing, value)

    def calendar_named(self, place: Place, value: str | None) -> Iterator[Fault]:
        """A fault unless there is such a calendar, or none is named."""
        if value is not None and value not in self.calendars:
            facts = {"value": value, "known": self.calendars, "suggestion": near(value, self.calendars)}
            yield place, "calendar-unknown", facts

    def counted(self, place: Place, limit: str | None, *calendars: str | None) -> Iterator[Fault]:
        """A fault where a limit counts working time, and neither it nor the desk has a calendar."""
        named = next((name for name in (*calendars, self.calendar) if name is not None), ALWAYS)
        if limit is not None and limits.is_working(limit) and named == ALWAYS:
            yield place, "limit-needs-calendar", {"value": limit}


def marked(place: Place, marks: Iterable[str] | None, limit: str | None) -> Iterator[Fault]:
    """Warning marks that stand at or before the start of a clock. Hours left are those of its calendar."""
    if limit is None:
        return
    count, unit = limits.split(limit)
    measure = f"{count}{unit[1]}" if unit in limits.OPEN_TIME else limit
    for index, mark in enumerate(marks or ()):
        comparable = not mark.endswith("%") and unit not in limits.WORKING_DAYS
        if comparable and limits.never_longer(measure, mark):
            yield (*place, index), "mark-too-early", {"value": mark, "limit": limit}
