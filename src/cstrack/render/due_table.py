"""`overdue` for people: what is late, by how much, whose it is; crisis first, then the earliest due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.case import ENDED
from cstrack.render import grid
from cstrack.render.i18n import _
from cstrack.render.local import Zone, about_footnote, left, limit_words, span
from cstrack.render.names import clock_words
from cstrack.render.phrases import clock_name
from cstrack.render.safe import safe
from cstrack.render.shapes import dues, ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.record.rows import CaseRow, ClockRow
    from cstrack.render.grid import Cell, Column
    from cstrack.render.screen import Look

    Shown = Sequence[tuple[CaseRow, ClockRow | None]]
    """Cases by their earliest clock (None), or by the clock beside them."""

LATE, SOON, ALARM = "bold red", "yellow", "bold red"
NOBODY = "-"
MOST_NAME = 16
"""Cells of a clock's own name (a promise, an outside body) in a list."""


def screen(shown: Shown, now: int, zone: str, look: Look, *, until: int) -> str:
    """What is due at or before `until`, as of `now`: a heading that counts, the table, the next command."""
    if not shown:
        return _nothing(now, zone, until)
    where = Zone(zone)
    rows = [_row(row, clock, now) for row, clock in shown]
    columns = _columns()
    wide = grid.fitted(columns, rows, look)
    late = sum(now >= _due_of(row, clock) for row, clock in shown)
    count = (_("{n} late").format(n=late) if late else _("Nothing late"), LATE if late else "")
    soon = [(" · " + _soon(len(shown) - late, now, zone, until), "")] if until > now else []
    heading = grid.headed([count, *soon], now, where, wide, look)
    told = footnote(any(_is_provisional(row, clock) for row, clock in shown), grid.room(look))
    footer = [[], *told, *grid.packed(_next_commands(shown, now), grid.room(look), between="   ", indent="")]
    return grid.painted(heading, look) + grid.table(columns, rows, wide, look) + grid.painted(footer, look)


def clock_label(kind: str, level: int | None, name: str | None, limit: str | None) -> str:
    """A clock and its limit: `level 2, 48 h`, `first response 2 h`, `outside body: cfpb, 15 d`."""
    own = clock_words(kind, name)
    text = clock_name(kind, level or 0, grid.cut(own, MOST_NAME) or None)
    if not limit:
        return text
    words = _("{clock}, {limit}") if name or text[-1].isdigit() else "{clock} {limit}"
    return words.format(clock=text, limit=limit_words(limit))


def level_cell(row: CaseRow) -> Cell:
    """The level, with a sign beside it where it is a crisis."""
    return (f"{row.level}!", ALARM) if row.crisis else (str(row.level), "")


def left_cell(due_at: int, now: int, calm: str = "", provisional: object = None) -> Cell:
    """How long is left or how late it is, in words; the colour, `calm` before it is late, says it again."""
    return left(due_at, now, provisional), LATE if now >= due_at else calm


def footnote(provisional: object, width: int) -> list[list[Cell]]:
    """What `~` means, where it stands."""
    if not provisional:
        return []
    from cstrack.render.fold import flowed

    return flowed([(about_footnote(), "dim")], width)


def _columns() -> list[Column]:
    return [
        (_("CASE"), 0),
        (_("L"), 0),
        (_("WHAT"), 10),
        (_("CLOCK"), 0),
        (_("LEFT"), 0),
        (_("OWNER"), 6),
        (_("CUSTOMER"), 6),
    ]


def _row(row: CaseRow, clock: ClockRow | None, now: int) -> list[Cell]:
    if clock is None:
        label = clock_label(row.next_clock, row.level, row.next_name, row.next_limit)
        others = sum(now >= due for _kind, due in dues(row)) - 1
        label += f" +{others}" if others > 0 else ""
    else:
        label = clock_label(clock.kind, clock.level, clock.name, clock.limit_text)
    return [
        (ref(row.number), "bold"),
        level_cell(row),
        (safe(row.subject) or NOBODY, ""),
        (label, ""),
        left_cell(_due_of(row, clock), now, SOON, _is_provisional(row, clock)),
        (safe(row.owner) or NOBODY, "" if row.owner else SOON),
        (safe(row.customer) or NOBODY, ""),
    ]


def _due_of(row: CaseRow, clock: ClockRow | None) -> int:
    due: int = row.next_due if clock is None else clock.due_at
    return due


def _is_provisional(row: CaseRow, clock: ClockRow | None) -> bool:
    return bool(row.next_provisional if clock is None else clock.provisional)


def _is_today(now: int, zone: str, until: int) -> bool:
    from cstrack.domain.when import end_of_day

    return until == end_of_day(now, zone)


def _soon(count: int, now: int, zone: str, until: int) -> str:
    if _is_today(now, zone, until):
        return _("{n} due today").format(n=count)
    return _("{n} due within {span}").format(n=count, span=span(until - now))


def _nothing(now: int, zone: str, until: int) -> str:
    if until <= now:
        text = _("Nothing late.")
    elif _is_today(now, zone, until):
        text = _("Nothing late, nothing due today.")
    else:
        text = _("Nothing late, nothing due within {span}.").format(span=span(until - now))
    return text + "\n"


def _next_commands(shown: Shown, now: int) -> list[Cell]:
    commands = [(_("Why then? cstrack why {ref}").format(ref=ref(shown[0][0].number)), "dim")]
    return [*ownerless([row for row, _clock in shown], now), *commands]


def ownerless(rows: Sequence[CaseRow], now: int) -> list[Cell]:
    """The live case that has waited longest for an owner, how long, and how many more do; or nothing."""
    bare = {row.number: row for row in rows if row.owner is None and row.status not in ENDED}
    if not bare:
        return []
    first = min(bare.values(), key=lambda row: (row.unowned_since is None, row.unowned_since or 0))
    words = _("{ref} has no owner: cstrack assign {ref} WHO")
    if first.unowned_since is not None:
        words = _("{ref} has had no owner for {span}: cstrack assign {ref} WHO")
    waited = span(now - (first.unowned_since or now))
    text = words.format(ref=ref(first.number), span=waited)
    more = [(_("and {n} more").format(n=len(bare) - 1), SOON)] if len(bare) > 1 else []
    return [(text, SOON if first.unowned_since else ""), *more]
