"""Group complaints for people and programs: one with its cases, those with open cases, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.events import GROUP
from cstrack.render import grid
from cstrack.render.changed import changed
from cstrack.render.due_table import LATE, NOBODY, SOON, left_cell
from cstrack.render.fold import folded
from cstrack.render.i18n import _
from cstrack.render.list_table import status_text
from cstrack.render.local import Zone, utc
from cstrack.render.phrases import aside, listed, summary
from cstrack.render.safe import safe, safe_lines
from cstrack.render.shapes import (
    SCHEMA,
    group_ref,
    ref,
)
from cstrack.render.shapes import (
    listed_object as case_object,
)
from cstrack.render.shapes import (
    written_object as case_written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.app.grouping import Changed
    from cstrack.app.groups import Told
    from cstrack.domain.group import Group
    from cstrack.record.rows import CaseRow
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look
    from cstrack.render.shapes import Say

_FIRST = ("schema", "number", "ref", "name", "statement", "lead", "made_at")
KNOWN = (*_FIRST, "open_cases", "level", "crisis", "next_due")
PLAIN = ("ref", "level", "name", "lead", "open_cases", "next_due")


def shown_object(told: Told, now: int) -> dict[str, Any]:
    """A group as `show` gives it, with every case as `list` gives it."""
    return {**_object(told.group), "cases": [case_object(row, now) for row in told.cases]}


def listed_object(told: Told, say: Say = utc) -> dict[str, Any]:
    """A group as `list` gives it, by its open cases: the highest level, the earliest due time."""
    return {
        **_object(told.group, say),
        "open_cases": [row.number for row in told.cases],
        "level": max(row.level for row in told.cases),
        "crisis": any(row.crisis for row in told.cases),
        "next_due": say(_next(told.cases)),
    }


def written_object(done: Changed, now: int) -> dict[str, Any]:
    """What an order did to a group and to its cases."""
    return {
        **_object(done.group),
        "event": {"type": done.event.type, "seq": done.event.seq},
        "cases": [case_written(one.after, one.events, now) for one in done.outcomes],
    }


def _object(group: Group, say: Say = utc) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "number": group.number,
        "ref": group_ref(group.number),
        "name": group.name,
        "statement": group.statement,
        "lead": group.lead,
        "made_at": say(group.made_at),
    }


def changed_lines(done: Changed, now: int) -> str:
    """What an order did: a line for the group, a line for each case."""
    zone = Zone(done.zone)
    told = [group_ref(done.group.number), summary(done.event, zone, stream=GROUP)]
    cases = (changed(one, now, done.zone) for one in done.outcomes)
    return "".join(line + "\n" for line in ("  ".join(told), *cases))


def card(told: Told, now: int, zone: str, look: Look) -> str:
    """A group and its cases as of `now`; off a terminal the same, nothing cut and without colour."""
    group, where, width = told.group, Zone(zone), grid.room(look)
    number = group_ref(group.number)
    lines: list[Line] = [
        [(line, "bold")] for line in folded(aside(number, safe(group.name)) if group.name else number, width)
    ]
    facts = [(_("lead"), [ref(group.lead)]), (_("formed"), [where.moment(group.made_at, now)])]
    if group.statement:
        facts.append((_("statement"), list(safe_lines(group.statement))))
    label = max(grid.cells(name) for name, _texts in facts)
    for name, texts in facts:
        head: list[Cell] = [("  " + grid.pad(name, label) + "  ", "dim")]
        for text in texts:
            for line in folded(text, max(2, width - label - 4)):
                lines.append([*head, (line, "")])
                head = [(" " * (label + 4), "")]
    if not told.cases:
        lines += [[], [(_("All cases were taken out of it."), "")]]
        return grid.painted(lines, look)
    columns = [(_("CASE"), 0), (_("L"), 0), (_("WHAT"), 10), (_("STATUS"), 10), (_("LEFT"), 0)]
    columns += [(_("OWNER"), 6), (_("CUSTOMER"), 6)]
    rows = [_row(row, group.lead, now) for row in told.cases]
    wide = grid.fitted(columns, rows, look)
    moment = grid.packed(grid.moment_of(now, where, _("Cases as of {moment}")), width, between=" ")
    hint = _("What happened: cstrack timeline {ref}").format(ref=ref(group.lead))
    footer: list[Line] = [[], *grid.packed([(hint, "dim")], width, indent="")]
    return (
        grid.painted([*lines, [], *moment], look)
        + grid.table(columns, rows, wide, look)
        + grid.painted(footer, look)
    )


def screen(found: Sequence[Told], now: int, zone: str, look: Look) -> str:
    """The groups with open cases as of `now`, in the order given."""
    if not found:
        return _("No open groups. What should be one: cstrack group list --suggested") + "\n"
    columns = [(_("GROUP"), 0), (_("L"), 0), (_("WHAT"), 10), (_("LEAD"), 0), (_("CASES"), 8), (_("LEFT"), 0)]
    rows = [_group_row(one, now) for one in found]
    wide = grid.fitted(columns, rows, look)
    heading = grid.headed([(_("{n} listed").format(n=len(found)), "bold")], now, Zone(zone), wide, look)
    hint = _("One of them: cstrack group show {group}").format(group=group_ref(found[0].group.number))
    footer: list[Line] = [[], *grid.packed([(hint, "dim")], grid.room(look), indent="")]
    return grid.painted(heading, look) + grid.table(columns, rows, wide, look) + grid.painted(footer, look)


def _row(row: CaseRow, lead: int, now: int) -> list[Cell]:
    from cstrack.render.due_table import level_cell

    return [
        (_("{ref}, lead").format(ref=ref(row.number)) if row.number == lead else ref(row.number), "bold"),
        level_cell(row),
        (safe(row.subject) or NOBODY, ""),
        (status_text(row), ""),
        (NOBODY, "") if row.next_due is None else left_cell(row.next_due, now, "", row.next_provisional),
        (safe(row.owner) or NOBODY, "" if row.owner else SOON),
        (safe(row.customer) or NOBODY, ""),
    ]


def _group_row(told: Told, now: int) -> list[Cell]:
    due = _next(told.cases)
    level = max(row.level for row in told.cases)
    crisis = any(row.crisis for row in told.cases)
    lead = next((row.subject for row in told.cases if row.number == told.group.lead), None)
    return [
        (group_ref(told.group.number), "bold"),
        (f"{level}!" if crisis else str(level), LATE if crisis else ""),
        (safe(told.group.name or lead) or NOBODY, ""),
        (ref(told.group.lead), ""),
        (listed(ref(row.number) for row in told.cases), ""),
        (NOBODY, "") if due is None else left_cell(due, now),
    ]


def _next(cases: Sequence[CaseRow]) -> int | None:
    return min((row.next_due for row in cases if row.next_due is not None), default=None)
