"""`list` for people: each case with its status, what is left until its next due time, and its age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render import grid
from cstrack.render.due_table import LATE, NOBODY, SOON, footnote, left_cell, level_cell, ownerless
from cstrack.render.i18n import _
from cstrack.render.local import DAY, HOUR, MINUTE, Zone, span
from cstrack.render.names import code_name
from cstrack.render.phrases import aside, status_name
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.record.rows import CaseRow
    from cstrack.render.grid import Cell, Column
    from cstrack.render.screen import Look


def screen(rows: Sequence[CaseRow], now: int, zone: str, look: Look, *, narrowed: bool) -> str:
    """The cases as of `now`, in the order given; `narrowed` says that not all open ones were asked for."""
    if not rows:
        if narrowed:
            return _("No such cases. All that are open: cstrack list") + "\n"
        return _('No open cases. Open one: cstrack open "SUBJECT" --customer NAME') + "\n"
    where = Zone(zone)
    cells = [_row(row, now) for row in rows]
    columns = _columns()
    wide = grid.fitted(columns, cells, look)
    late = sum(row.next_due is not None and now >= row.next_due for row in rows)
    count: list[Cell] = [(_("{n} listed").format(n=len(rows)), "bold")]
    if late:
        count += [(" · ", ""), (_("{n} late").format(n=late), LATE)]
    waiting = sum(row.unowned_since is not None for row in rows)
    if waiting:
        count += [(" · ", ""), (_("{n} without an owner").format(n=waiting), SOON)]
    heading = grid.headed(count, now, where, wide, look)
    told = footnote(any(row.next_provisional for row in rows), grid.room(look))
    commands = _next_commands(rows, late, now)
    footer = [[], *told, *grid.packed(commands, grid.room(look), between="   ", indent="")]
    return grid.painted(heading, look) + grid.table(columns, cells, wide, look) + grid.painted(footer, look)


def status_text(row: CaseRow) -> str:
    """The status, with the outcome of what has ended."""
    text = status_name(row.status)
    return aside(text, code_name("outcomes", row.outcome)) if row.outcome else text


def age_of(row: CaseRow, now: int) -> int:
    """Seconds since the opening, until the closing of what is closed."""
    ended: int = now if row.closed_at is None else row.closed_at
    return ended - int(row.opened_at)


def _coarse(seconds: int) -> str:
    """An age by its largest unit alone: `25 min`, `65 h`, `10 d`."""
    unit = DAY if seconds >= 100 * HOUR else HOUR if seconds >= HOUR else MINUTE
    return span(seconds // unit * unit)


def _columns() -> list[Column]:
    return [
        (_("CASE"), 0),
        (_("L"), 0),
        (_("WHAT"), 10),
        (_("STATUS"), 10),
        (_("LEFT"), 0),
        (_("AGE"), 0),
        (_("OWNER"), 6),
        (_("CUSTOMER"), 6),
    ]


def _row(row: CaseRow, now: int) -> list[Cell]:
    return [
        (ref(row.number), "bold"),
        level_cell(row),
        (safe(row.subject) or NOBODY, ""),
        (status_text(row), ""),
        (NOBODY, "") if row.next_due is None else left_cell(row.next_due, now, "", row.next_provisional),
        (_coarse(age_of(row, now)), ""),
        (safe(row.owner) or NOBODY, SOON if row.unowned_since else ""),
        (safe(row.customer) or NOBODY, ""),
    ]


def _next_commands(rows: Sequence[CaseRow], late: int, now: int) -> list[Cell]:
    commands = [(_("One of them: cstrack show {ref}").format(ref=ref(rows[0].number)), "dim")]
    if late:
        commands.insert(0, (_("The late ones: cstrack overdue"), "dim"))
    return [*ownerless([row for row in rows if row.unowned_since is not None], now), *commands]
