"""What an undo took back: a line a case or group, or one object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import Case
from cstrack.domain.events import CASE, CUSTOMER, GROUP, PERSON
from cstrack.domain.evolve import fold
from cstrack.render.changed import differences
from cstrack.render.i18n import _
from cstrack.render.local import Zone, utc
from cstrack.render.phrases import summary
from cstrack.render.shapes import SCHEMA, clock_object, group_ref, ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.app.undoing import TakenBack, Undone


def lines(told: Undone, now: int) -> str:
    """A line for each case and group, then for each customer who is not registered any more."""
    zone = Zone(told.zone)
    made = [_line(one, told.actor, now, zone) for one in told.cases]
    made += [_group_line(one, zone) for one in told.taken_back if one.kind == GROUP]
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
                "undone": _undone(one, _sentences(one, told.actor, zone)),
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
        "groups": [
            {
                "number": one.number,
                "ref": group_ref(one.number),
                "undone": _undone(one, _sentences(one, told.actor, zone)),
                "exists": one.is_there,
            }
            for one in told.taken_back
            if one.kind == GROUP
        ],
    }


def _line(one: TakenBack, who: str, now: int, zone: Zone) -> str:
    parts = [ref(one.number), _("undone: {steps}").format(steps=_("; ").join(_sentences(one, who, zone)))]
    if not one.is_there:
        return "  ".join([*parts, _("its number is not used again")])
    if one.before and one.after:
        parts += differences(one.before, one.after, now, zone)
    return "  ".join(parts)


def _group_line(one: TakenBack, zone: Zone) -> str:
    steps = _("; ").join(_sentences(one, "", zone))
    parts = [group_ref(one.number), _("undone: {steps}").format(steps=steps)]
    return "  ".join(parts if one.is_there else [*parts, _("its number is not used again")])


def _undone(one: TakenBack, sentences: Iterator[str]) -> list[dict[str, Any]]:
    return [
        {"type": event.type, "seq": event.seq, "summary": sentence}
        for event, sentence in zip(one.entries, sentences, strict=True)
    ]


def _sentences(one: TakenBack, who: str, zone: Zone) -> Iterator[str]:
    """What each entry said, with the case as it was before it."""
    events = one.stream.events
    for entry in one.entries:
        if one.kind != CASE:
            yield summary(entry, zone, stream=one.kind)
            continue
        before = fold(one.number, events[: entry.seq - 1]) if entry.seq > 1 else Case(one.number)
        yield summary(entry, zone, actor=who if entry.cause == PERSON else "", before=before)
