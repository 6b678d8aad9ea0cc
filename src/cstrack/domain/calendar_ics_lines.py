"""The syntax of iCalendar (RFC 5545): folded lines, components one inside the other, properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENT = "VEVENT"
_PROPERTY = re.compile(r'([\w-]++)((?:;[\w-]++=(?:"[^"]*+"|[^":;])*+)*+):(.*+)', re.ASCII | re.DOTALL)
_ZONE = re.compile(r';TZID="?([^";:,]*)', re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")


class Property(NamedTuple):
    """A line of an event: its number in the file, the zone that it names or "", its value as written."""

    line: int
    zone: str
    value: str

    @property
    def text(self) -> str:
        """The value of a text property, its escapes resolved."""
        return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], self.value)


class Event:
    """A VEVENT: the line where it begins and its properties by name, without those of parts inside it."""

    __slots__ = ("line", "properties")

    def __init__(self, line: int) -> None:
        self.line = line
        self.properties: dict[str, list[Property]] = {}

    def all(self, name: str) -> list[Property]:
        """Each property of this name, in the order of the file."""
        return self.properties.get(name, [])

    def one(self, name: str) -> Property | None:
        """The property of this name; BadInput `calendar-import-row` for a second one."""
        found = self.all(name)
        if len(found) > 1:
            raise BadInput("calendar-import-row", place=found[1].line, value=name)
        return found[0] if found else None

    def value(self, name: str) -> str:
        """The value of a property in capital letters, "" where there is none."""
        found = self.one(name)
        return found.value.strip().upper() if found else ""


def events(text: str) -> Iterator[Event | BadInput]:
    """Each event, and as BadInput each line that is no property, and where the file is torn."""
    inside: list[str] = []
    event, line, content = Event(0), 0, ""
    for line, content in _unfolded(text):
        found = _PROPERTY.fullmatch(content)
        name = found[1].upper() if found else ""
        if found and name == "BEGIN":
            inside.append(found[3].strip().upper())
            event = Event(line) if inside[-1] == EVENT else event
        elif found and name == "END":
            if not inside or inside.pop() != found[3].strip().upper():
                break
            if found[3].strip().upper() == EVENT:
                yield event
        elif inside[-1:] == [EVENT]:
            if not found:
                yield BadInput("calendar-import-row", place=line, value=content)
                continue
            zone = _ZONE.search(found[2])
            made = Property(line, zone[1] if zone else "", found[3].strip())
            event.properties.setdefault(name, []).append(made)
    else:
        if not inside:
            return
    yield BadInput("calendar-import-unreadable", place=line, value=content)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines with the number of their first part; one that begins with a blank goes on the line before."""
    parts: list[str] = []
    first = 1
    for line, part in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if part[:1] in (" ", "\t") and parts:
            parts.append(part[1:])
            continue
        if any(parts):
            yield first, "".join(parts)
        parts, first = [part], line
    if any(parts):
        yield first, "".join(parts)
