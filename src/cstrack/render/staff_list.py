"""`staff list`: everybody with level and place, on duty or not, away until when, cases held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.render import grid
from cstrack.render.due_table import NOBODY, SOON
from cstrack.render.i18n import _
from cstrack.render.local import Zone, utc
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cstrack.domain.staff import Person, Roster
    from cstrack.render.grid import Cell, Column
    from cstrack.render.screen import Look
    from cstrack.render.shapes import Say

PERSON = (
    *("schema", "handle", "name", "level", "mail", "store", "teams", "supervisor", "deputy"),
    *("logins", "zone", "hours", "away_from", "away_until", "left_at"),
)
KNOWN = (*PERSON, "on_duty", "on_call", "owner_of", "handler_of")
PLAIN = ("handle", "level", "name", "store", "on_duty", "away_until", "owner_of", "handler_of")


class Standing(NamedTuple):
    """A person as of a moment: at work or not, and how many live cases are held."""

    person: Person
    on_duty: bool
    on_call: bool
    owner_of: int
    handler_of: int


def standings(
    people: Sequence[Person], roster: Roster, counted: tuple[Mapping[str, int], Mapping[str, int]], at: int
) -> list[Standing]:
    """How these people stand at `at`."""
    called = {one.handle for one in roster.on_call(at)}
    owned, handled = counted
    return [
        Standing(
            one,
            one.left_at is None and roster.is_on_duty(one, at),
            one.handle in called,
            owned.get(one.handle, 0),
            handled.get(one.handle, 0),
        )
        for one in people
    ]


def person_object(person: Person, at: int, say: Say = utc) -> dict[str, Any]:
    """A person as the register has him; a time away that is over at `at` is not told any more."""
    is_over = person.away_until is not None and person.away_until <= at
    return {
        "schema": SCHEMA,
        "handle": person.handle,
        "name": person.name,
        "level": person.level,
        "mail": person.mail,
        "store": person.store,
        "teams": list(person.teams),
        "supervisor": person.supervisor,
        "deputy": person.deputy,
        "logins": list(person.logins),
        "zone": person.zone,
        "hours": person.hours,
        "away_from": None if is_over else say(person.away_from),
        "away_until": None if is_over else say(person.away_until),
        "left_at": say(person.left_at),
    }


def standing_object(one: Standing, at: int, say: Say = utc) -> dict[str, Any]:
    """A row of the list."""
    return {
        **person_object(one.person, at, say),
        "on_duty": one.on_duty,
        "on_call": one.on_call,
        "owner_of": one.owner_of,
        "handler_of": one.handler_of,
    }


def screen(found: Sequence[Standing], now: int, zone: str, look: Look) -> str:
    """The whole screen as of `now`, in the order given."""
    if not found:
        text = _("Nobody is of the staff, so everybody acts. The first: cstrack staff add HANDLE --level N")
        return text + "\n"
    where = Zone(zone)
    columns: list[Column] = [(_("HANDLE"), 6), (_("L"), 0), (_("NAME"), 6), (_("STORE"), 6), (_("DUTY"), 0)]
    columns += [(_("OWNS"), 0), (_("WORKS ON"), 0)]
    rows = [_row(one, now, where) for one in found]
    wide = grid.fitted(columns, rows, look)
    working = sum(one.on_duty for one in found)
    count: list[Cell] = [(_("{n} listed").format(n=len(found)), "bold"), (" · ", "")]
    count.append((_("{n} on duty").format(n=working), "" if working else SOON))
    heading = grid.headed(count, now, where, wide, look)
    way = _("One of them: cstrack staff show {handle}").format(handle=safe(found[0].person.handle))
    footer = [[], *grid.packed([(way, "dim")], grid.room(look), indent="")]
    return grid.painted(heading, look) + grid.table(columns, rows, wide, look) + grid.painted(footer, look)


def duty_words(one: Standing, now: int, zone: Zone) -> str:
    """On duty, on call, off duty, or away until when."""
    person = one.person
    if person.left_at is not None:
        return _("left {day}").format(day=zone.day(person.left_at, year=True))
    if person.is_away(now):
        if person.away_until is None:
            return _("away")
        return _("away until {moment}").format(moment=zone.moment(person.away_until, now))
    if one.on_duty:
        return _("on duty")
    return _("on call") if one.on_call else _("off duty")


def _row(one: Standing, now: int, zone: Zone) -> list[Cell]:
    person = one.person
    style = "" if person.left_at is None else "dim"
    return [
        (safe(person.handle), style or "bold"),
        (str(person.level), style),
        (safe(person.name) if person.name != person.handle else NOBODY, style),
        (safe(person.store) or NOBODY, style),
        (duty_words(one, now, zone), style if one.on_duty or style else SOON),
        (str(one.owner_of), style),
        (str(one.handler_of), style),
    ]
