"""`handover list`: what is offered to somebody, and what that person has offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.clock import by_urgency
from cstrack.domain.offers import own_promises
from cstrack.render import grid
from cstrack.render.due_table import NOBODY, left_cell
from cstrack.render.i18n import _
from cstrack.render.local import Zone, utc
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA, ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.case import Case
    from cstrack.render.grid import Cell
    from cstrack.render.screen import Look
    from cstrack.render.shapes import Say

KNOWN = (
    *("schema", "number", "ref", "subject", "level", "from", "to", "since"),
    *("owner", "handler", "promises", "next_due"),
)
PLAIN = ("ref", "from", "to", "since", "subject")


def offer_object(case: Case, say: Say = utc) -> dict[str, Any]:
    """An offered case; `promises` are the numbers of those that go with it."""
    due = by_urgency(case.clocks)
    return {
        "schema": SCHEMA,
        "number": case.number,
        "ref": ref(case.number),
        "subject": case.subject,
        "level": case.level,
        "from": case.handed_by,
        "to": case.handed_to,
        "since": say(case.handed_at),
        "owner": case.owner,
        "handler": case.handler,
        "promises": [duty.n for duty in own_promises(case, case.handed_by or "")],
        "next_due": say(due[0].due_at) if due else None,
    }


def screen(found: Sequence[Case], who: str, now: int, zone: str, look: Look) -> str:
    """The whole screen as of `now`: what waits for `who` first."""
    if not found:
        return _("Nothing is offered to {who} or by {who}.").format(who=safe(who)) + "\n"
    where = Zone(zone)
    columns = [(_("CASE"), 0), (_("L"), 0), (_("WHAT"), 10), (_("GIVER"), 6), (_("TO"), 6), (_("OFFERED"), 0)]
    columns.append((_("LEFT"), 0))
    rows = [_row(case, now, where) for case in found]
    wide = grid.fitted(columns, rows, look)
    mine = sum(case.handed_to == who for case in found)
    count: list[Cell] = [(_("{n} offered to {who}").format(n=mine, who=safe(who)), "bold"), (" · ", "")]
    count.append((_("{n} by {who}").format(n=len(found) - mine, who=safe(who)), ""))
    heading = grid.headed(count, now, where, wide, look)
    way = _("Take it all over: cstrack handover accept") if mine else _("One of them: cstrack show {ref}")
    footer = [[], *grid.packed([(way.format(ref=ref(found[0].number)), "dim")], grid.room(look), indent="")]
    return grid.painted(heading, look) + grid.table(columns, rows, wide, look) + grid.painted(footer, look)


def _row(case: Case, now: int, zone: Zone) -> list[Cell]:
    due = by_urgency(case.clocks)
    return [
        (ref(case.number), "bold"),
        (str(case.level), ""),
        (safe(case.subject) or NOBODY, ""),
        (safe(case.handed_by), ""),
        (safe(case.handed_to), ""),
        (zone.moment(case.handed_at or 0, now), ""),
        left_cell(due[0].due_at, now, "", due[0].provisional) if due else (NOBODY, ""),
    ]
