"""A person of the staff: what is known, and what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render import grid
from cstrack.render.fold import folded
from cstrack.render.i18n import _, numeral
from cstrack.render.local import Zone
from cstrack.render.names import level_name
from cstrack.render.phrases import listed
from cstrack.render.safe import safe
from cstrack.render.shapes import ref
from cstrack.render.staff_list import Standing, duty_words, person_object, standing_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.app.handing import Held
    from cstrack.domain.staff import Person
    from cstrack.render.grid import Line
    from cstrack.render.screen import Look

MOST_NAMED = 20
"""So many cases are named one by one."""


def written_object(person: Person, now: int) -> dict[str, Any]:
    """What a change of the register leaves; `on_duty` is what was said last by hand."""
    return {**person_object(person, now), "on_duty": person.on_duty}


def held_object(one: Standing, held: Held, now: int) -> dict[str, Any]:
    """A person with what he holds: the numbers of cases, not how many they are."""
    promises = [{"number": number, "n": n} for number, n in held.promises]
    return {**standing_object(one, now), **held._asdict(), "promises": promises}


def line(person: Person, now: int, zone: str) -> str:
    """A person in one line, as a change of the register answers."""
    where = Zone(zone)
    said = Standing(
        person, person.on_duty and not person.is_away(now), on_call=False, owner_of=0, handler_of=0
    )
    parts = [safe(person.handle)]
    parts += [safe(person.name)] if person.name != person.handle else []
    parts.append(_("level {level}").format(level=numeral(person.level)))
    parts += [_("store {store}").format(store=safe(person.store))] if person.store else []
    duty = duty_words(said, now, where)
    if person.away_from is not None and person.away_from > now and person.away_until is not None:
        words = _("away from {start} until {end}")
        start, end = (where.moment(at, now) for at in (person.away_from, person.away_until))
        duty += ", " + words.format(start=start, end=end)
    parts.append(duty)
    parts += [_("deputy {who}").format(who=safe(person.deputy))] if person.deputy else []
    return grid.GAP.join(parts)


def card(one: Standing, held: Held, now: int, zone: str, look: Look) -> str:
    """The whole screen."""
    where, width = Zone(zone), grid.room(look)
    person = one.person
    name = safe(person.name) if person.name != person.handle else ""
    called = [(safe(person.handle), "bold"), (name, "bold")]
    lines: list[Line] = [*grid.packed(called, width), []]
    facts = [fact for fact in (*_known(one, now, where), *_holds(held)) if fact[1]]
    label = max(grid.cells(title) for title, _text in facts)
    for title, text in facts:
        first, *rest = folded(text, max(1, width - label - 4))
        lines.append([("  ", ""), (grid.pad(title, label), "dim"), ("  ", ""), (first, "")])
        lines += [[(" " * (label + 4) + more, "")] for more in rest]
    if person.left_at is None:
        lines += [[], *grid.packed([(_next(person, held), "dim")], width, indent="")]
    return grid.painted(lines, look)


def _known(one: Standing, now: int, zone: Zone) -> list[tuple[str, str]]:
    person = one.person
    name = level_name(person.level)
    level = numeral(person.level)
    return [
        (_("level"), _("{level}, {name}").format(level=level, name=name) if name else level),
        (_("duty"), duty_words(one, now, zone)),
        (_("store"), safe(person.store)),
        (_("teams"), listed(map(safe, person.teams))),
        (_("supervisor"), safe(person.supervisor)),
        (_("deputy"), safe(person.deputy)),
        (_("mail"), safe(person.mail)),
        (_("logins"), listed(map(safe, person.logins))),
        (_("zone"), safe(person.zone)),
        (_("hours"), safe(person.hours)),
    ]


def _holds(held: Held) -> list[tuple[str, str]]:
    promised = [f"{ref(number)}/{n}" for number, n in held.promises]
    return [
        (_("answers for"), _named(held.owner_of) or _("nothing")),
        (_("works on"), _named(held.handler_of) or _("nothing")),
        (_("has promised"), listed(promised)),
        (_("is offered"), _named(held.offered_to)),
        (_("has offered"), _named(held.offered_by)),
        (_("supervises"), listed(map(safe, held.supervisor_of))),
        (_("stands in for"), listed(map(safe, held.deputy_of))),
    ]


def _named(numbers: Sequence[int]) -> str:
    names = [ref(number) for number in numbers[:MOST_NAMED]]
    if len(numbers) > MOST_NAMED:
        names.append(_("{n} more").format(n=len(numbers) - MOST_NAMED))
    return listed(names)


def _next(person: Person, held: Held) -> str:
    if held.cases:
        text = _('Hand it all over: cstrack handover --to WHO -m "..." --as {handle}')
        return text.format(handle=safe(person.handle))
    return _("Change it: cstrack staff edit {handle}").format(handle=safe(person.handle))
