"""Demands as they are shown: in the order of their rank, each with its answer in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.demand import CAN, CANNOT, OPEN, PARKED
from cstrack.render import grid
from cstrack.render.due_table import LATE, SOON
from cstrack.render.fold import folded
from cstrack.render.i18n import _
from cstrack.render.local import left, utc
from cstrack.render.names import code_name
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cstrack.domain.demand import Demand
    from cstrack.render.grid import Cell, Line
    from cstrack.render.local import Zone
    from cstrack.render.shapes import Say

FIELDS = ("n", "rank", "text", "state", "to", "until", "reason")
_STYLES = {OPEN: SOON, CAN: "green", CANNOT: "", PARKED: SOON}


def objects(demands: Sequence[Demand], say: Say = utc) -> list[dict[str, Any]]:
    """The demands of a case as programs read them."""
    return [
        {
            "n": one.n,
            "rank": rank,
            "text": one.text,
            "state": one.state,
            "to": one.to,
            "until": say(one.until),
            "reason": one.reason,
        }
        for rank, one in enumerate(demands, 1)
    ]


def state_name(state: str) -> str:
    """What became of a demand, in words."""
    return {
        OPEN: _("no answer yet"),
        CAN: _("can be met"),
        CANNOT: _("cannot be met"),
        PARKED: _("parked"),
    }.get(state, safe(state))


def lines(demands: Sequence[Demand], now: int, zone: Zone, width: int) -> list[Line]:
    """A block of the demands, the most important first, by the number that answers them; none, no lines."""
    if not demands:
        return []
    number = max(len(str(one.n)) for one in demands)
    state = max(grid.cells(state_name(one.state)) for one in demands)
    before = 2 + number + len(grid.GAP) + state + len(grid.GAP)
    found: list[Line] = [*([(line, "dim")] for line in folded(_("Demands, the most important first"), width))]
    for one in demands:
        head: list[Cell] = [
            (f"  {one.n:>{number}}{grid.GAP}", "dim"),
            (grid.pad(state_name(one.state), state) + grid.GAP, _STYLES.get(one.state, "")),
        ]
        for text, style in _told(one, now, zone):
            for line in folded(text, max(2, width - before)):
                found.append([*head, (line, style)])
                head = [(" " * before, "")]
    return found


def _told(one: Demand, now: int, zone: Zone) -> Iterator[Cell]:
    """What is wanted, where it is parked, and the reason that was given."""
    yield safe(one.text) or _("(erased)"), ""
    if one.state == PARKED and one.until is not None:
        moment, rest = zone.moment(one.until, now), left(one.until, now)
        words = _("with {who} until {moment}, {left}")
        told = words.format(who=code_name("departments", one.to), moment=moment, left=rest)
        yield told, LATE if now >= one.until else "dim"
    if one.reason:
        yield safe(one.reason), "dim"
