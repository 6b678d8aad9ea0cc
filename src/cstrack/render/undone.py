"""What an undo took back: a line a case, or one object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import Case
from cstrack.domain.events import CUSTOMER, PERSON
from cstrack.domain.evolve import fold
from cstrack.render.changed import differences
from cstrack.render.i18n import _
from cstrack.render.local import Zone, utc
from cstrack.render.phrases import summary
from cstrack.render.shapes import SCHEMA, clock_object, ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.app.undoing import TakenBack, Undone


def lines(told: Undone, now: int) -> str:
    """A line for each case, then for each customer who is not registered any more."""
    zone = Zone(told.zone)
    made = [_line(one, told.actor, now, zone) for one in told.cases]
    made += [
        _("customer {number} is not registered any more").format(number=one.number)
        for one in told.taken_back
        if one.kind == CUSTOMER and not one.is_there
    ]
    return "".join(line + "\n" for line in made)


def undone_object(told: Undone, now: int) -> dict[str, Any]:
    """The same for programs. Of a case whose opening was undone level and status are null."""
    zone = Zone(told.zone)
    return {
        "schema": SCHEMA,
        "command": told.run.verb,
        "recorded_at": utc(told.run.at),
        "written": told.written,
        "cases": [
            {
                "number": one.number,
                "ref": ref(one.number),
                "undone": [
                    {"type": event.type, "seq": event.seq, "summary": sentence}
                    for event, sentence in zip(one.entries, _sentences(one, told.actor, zone), strict=True)
                ],
                "exists": one.is_there,
                "level": one.after.level if one.after and one.is_there else None,
                "status": one.after.status if one.after and one.is_there else None,
                "clocks": [clock_object(clock, now) for clock in (one.after.clocks if one.after else ())],
            }
            for one in told.cases
        ],
        "customers": [
            {"number": one.number, "exists": one.is_there} for one in told.taken_back if one.kind == CUSTOMER
        ],
    }


def _line(one: TakenBack, who: str, now: int, zone: Zone) -> str:
    parts = [ref(one.number), _("undone: {steps}").format(steps=_("; ").join(_sentences(one, who, zone)))]
    if not one.is_there:
        return "  ".join([*parts, _("its number is not used again")])
    if one.before and one.after:
        parts += differences(one.before, one.after, now, zone)
    return "  ".join(parts)


def _sentences(one: TakenBack, who: str, zone: Zone) -> Iterator[str]:
    """What each entry said, with the case as it was before it."""
    events = one.stream.events
    for entry in one.entries:
        before = fold(one.number, events[: entry.seq - 1]) if entry.seq > 1 else Case(one.number)
        yield summary(entry, zone, actor=who if entry.cause == PERSON else "", before=before)
