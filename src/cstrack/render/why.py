"""`why` drawn: for each clock a sum, from its start to its due time, with what each line added and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.standard_clocks import ON_SITE
from cstrack.render import grid
from cstrack.render.case_card import seen_at, urgency
from cstrack.render.due_table import clock_label
from cstrack.render.fold import flowed, folded
from cstrack.render.heading import heading
from cstrack.render.i18n import _, numeral
from cstrack.render.local import Zone
from cstrack.render.safe import safe
from cstrack.render.shapes import ref
from cstrack.render.why_days import lines as days
from cstrack.render.why_steps import sum_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.app.reckoning import Reckoning
    from cstrack.app.why import Explained
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look
    from cstrack.render.why_steps import Step

LEAST_REASON = 24
"""Cells below which a reason goes on a line of its own."""
PAGE = 60
"""Cells beside the subject off a terminal, where it is never cut."""


def screen(told: Explained, now: int, zone: str, look: Look, *, everything: bool) -> str:
    """The sums of a case's clocks as of `now`: what runs first, then what stopped; `everything` is all."""
    where, width = Zone(zone), grid.room(look)
    chosen = sorted(told.clocks if everything else told.of_interest(), key=lambda one: urgency(one.clock))
    sums = [(one, sum_of(one, now, where, told.actors), days(one, now, where, width)) for one in chosen]
    steps = [step for _one, block, _days in sums for step in (*block.sum, *block.end)]
    wide = [
        max(map(grid.cells, column), default=0) for column in ([s[0] for s in steps], [s[1] for s in steps])
    ]
    page = width if look.terminal else grid.cells(safe(told.row.subject)) + PAGE
    lines: list[Line] = [*heading(told.row, now, where, page)]
    if not sums:
        return grid.painted([*lines, [], [(_("It has no clocks."), "")]], look)
    lines += grid.packed(seen_at(now, where), width, between=" ")
    for one, block, table in sums:
        lines += [[], *_begun(one, width)]
        lines += [line for step in block.sum for line in _drawn(step, wide, width)]
        lines += table
        lines += [line for step in block.end for line in _drawn(step, wide, width)]
    return grid.painted([*lines, *_footer(told, len(chosen), width)], look)


def _begun(one: Reckoning, width: int) -> list[list[Cell]]:
    clock = one.clock
    parts = [
        (clock_label(clock.kind, clock.level, clock.name, clock.limit), "bold"),
        (_origin(one), ""),
        (_("policy {policy}").format(policy=safe(one.policy)) if one.policy else "", ""),
        (_("cycle {n}").format(n=clock.cycle) if clock.cycle > 1 else "", ""),
    ]
    return flowed([part for part in parts if part[0]], width)


def _origin(one: Reckoning) -> str:
    """The rule by which it began when it did."""
    kind, by = one.clock.kind, one.started_by
    other = {
        "outside-added": _("from receipt of the letter"),
        "promised": _("from when it was promised"),
        "task-given": _("from when it was asked"),
        "proposed": _("from the proposal"),
        "agreed": _("from the agreement"),
        "resolved": _("from the resolution"),
        "demand-answered": _("from parking the demand"),
        "absorbed": _("from another case that was merged into this one"),
        "stage-entered": _("from entering the stage"),
        "remedy-asked": _("from when it was asked"),
    }
    if by.type in other:
        return other[by.type]
    if by.type == "opened" and kind not in ("level", "next-update"):
        return _("from receipt")
    if by.type in ("contacted", "arrived"):
        return _from_word(one)
    if by.type == "reopened":
        return _("from reopening")
    if one.counted < one.clock.started_at:
        return _("from the opening") if one.clock.cycle == 1 else _("from reopening")
    return _("from reaching level {level}").format(level=numeral(one.clock.level))


def _from_word(one: Reckoning) -> str:
    """From what was said, to the customer or by him; on site first from the time that was expected."""
    facts = one.started_by.facts
    begun = next(change for change in facts["clocks"] if change["n"] == one.clock.n)
    if one.clock.kind == ON_SITE and "since" in begun:
        return _("from the time that was expected")
    came_in = facts.get("direction") == "in"
    return _("from the customer's word") if came_in else _("from the last word to the customer")


def _drawn(step: Step, wide: Sequence[int], width: int) -> list[Line]:
    label, moment, (reason, style) = step
    before = 2 + wide[0] + 2 + wide[1] + 2
    first: list[Cell] = [("  ", ""), (grid.pad(label, wide[0]), "dim"), ("  ", ""), (moment, "")]
    if width - before < LEAST_REASON:
        return [first, *([("    ", ""), (line, style)] for line in folded(reason, width - 4))]
    top, *rest = folded(reason, width - before)
    gap = " " * (wide[1] - grid.cells(moment) + 2)
    return [[*first, (gap, ""), (top, style)], *([(" " * before, ""), (line, style)] for line in rest)]


def _footer(told: Explained, shown: int, width: int) -> list[Line]:
    number, more = ref(told.row.number), len(told.clocks) - shown
    parts = [(_("What happened: cstrack timeline {ref}").format(ref=number), "dim")]
    if more:
        earlier = _("{n} more that stopped earlier: cstrack why {ref} --all").format(n=more, ref=number)
        parts.append((earlier, "dim"))
    return [[], *grid.packed(parts, width, between="   ", indent="")]
