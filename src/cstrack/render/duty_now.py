"""`duty now`: who is on duty and who is on call, the highest level first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.staff import DUTY, ON_CALL
from cstrack.render import grid
from cstrack.render.due_table import NOBODY, SOON
from cstrack.render.i18n import _
from cstrack.render.local import Zone, utc
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cstrack.domain.staff import Person, Roster
    from cstrack.render.grid import Cell, Column
    from cstrack.render.screen import Look
    from cstrack.render.shapes import Say

KNOWN = ("schema", "kind", "handle", "name", "level", "store", "until")
PLAIN = ("kind", "level", "store", "handle", "name", "until")


class Working(NamedTuple):
    """Somebody on duty or on call; `until` is the end of the shift, None where it has none."""

    kind: str
    person: Person
    until: int | None


def working(roster: Roster, at: int) -> list[Working]:
    """Everybody who is at work at `at`: duty before on call, the highest level first, store by store."""
    found = [
        *_working(roster, DUTY, roster.on_duty(at), at),
        *_working(roster, ON_CALL, roster.on_call(at), at),
    ]
    return sorted(found, key=lambda one: (one.kind != DUTY, -one.person.level, one.person.store or "", one))


def _working(roster: Roster, kind: str, people: Sequence[Person], at: int) -> Iterator[Working]:
    for person in people:
        ends = [
            one.end_at
            for one in roster.shifts
            if (one.handle, one.kind) == (person.handle, kind) and one.covers(at)
        ]
        yield Working(kind, person, max(ends, default=None))


def working_object(one: Working, say: Say = utc) -> dict[str, Any]:
    """A row of the list."""
    return {
        "schema": SCHEMA,
        "kind": one.kind,
        "handle": one.person.handle,
        "name": one.person.name,
        "level": one.person.level,
        "store": one.person.store,
        "until": say(one.until),
    }


def screen(found: Sequence[Working], now: int, zone: str, look: Look) -> str:
    """The whole screen as of `now`."""
    if not found:
        return _("Nobody is on duty or on call. Who could be: cstrack staff list") + "\n"
    where = Zone(zone)
    columns: list[Column] = [(_("DUTY"), 0), (_("L"), 0), (_("WHO"), 6), (_("NAME"), 6), (_("STORE"), 6)]
    columns.append((_("UNTIL"), 0))
    rows = [_row(one, now, where) for one in found]
    wide = grid.fitted(columns, rows, look)
    count: list[Cell] = [
        (_("{n} on duty").format(n=sum(one.kind == DUTY for one in found)), "bold"),
        (" · ", ""),
        (_("{n} on call").format(n=sum(one.kind == ON_CALL for one in found)), ""),
    ]
    heading = grid.headed(count, now, where, wide, look)
    return grid.painted(heading, look) + grid.table(columns, rows, wide, look)


def _row(one: Working, now: int, zone: Zone) -> list[Cell]:
    person, kind = one.person, _("on duty") if one.kind == DUTY else _("on call")
    name = person.name if person.name != person.handle else None
    return [
        (kind, "" if one.kind == DUTY else SOON),
        (str(person.level), ""),
        (safe(person.handle), "bold"),
        (safe(name) or NOBODY, ""),
        (safe(person.store) or NOBODY, ""),
        (NOBODY if one.until is None else zone.moment(one.until, now), ""),
    ]
