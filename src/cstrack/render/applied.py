"""What a policy did to open cases, or would do: which clocks move from when to when, which end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render import grid
from cstrack.render.due_table import clock_label, footnote
from cstrack.render.fold import paragraph
from cstrack.render.i18n import _
from cstrack.render.local import Zone, about
from cstrack.render.phrases import verdict_name
from cstrack.render.plain import tsv
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA, ref

if TYPE_CHECKING:
    from cstrack.app.applying import Applied, Moved
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look

LATE = "bold red"
PLAIN = ("ref", "clock", "level", "due_at", "new_due_at", "limit", "verdict")


def screen(applied: Applied, now: int, zone: str, look: Look, *, dry_run: bool) -> str:
    """A table of the clocks that move, under one line that says how many cases; blank where none does."""
    text = paragraph(summary(applied, now, dry_run=dry_run), look)
    if not applied.moved:
        return text
    where = Zone(zone)
    rows = [_row(move, now, where) for move in applied.moved]
    columns = [(_("CASE"), 0), (_("CLOCK"), 8), (_("DUE"), 0), ("", 0), (_("NEW DUE"), 0)]
    told = footnote(any(move.provisional and move.after for move in applied.moved), grid.room(look))
    table = grid.table(columns, rows, grid.fitted(columns, rows, look), look)
    return text + "\n" + table + grid.painted(told, look)


def plain(applied: Applied, zone: str) -> str:
    """A TAB line a clock; nothing where none moves."""
    say = Zone(zone).iso
    rows = [
        {**_object(move), "due_at": say(move.before), "new_due_at": say(move.after)} for move in applied.moved
    ]
    return tsv(rows, PLAIN)


def applied_object(applied: Applied, *, dry_run: bool) -> dict[str, Any]:
    """The same for programs."""
    from cstrack.render.local import utc

    return {
        "schema": SCHEMA,
        "policy": applied.after,
        "before": applied.before or None,
        "changed": applied.changed,
        "dry_run": dry_run,
        "cases": applied.cases,
        "cases_moved": len({move.number for move in applied.moved}),
        "moved": [
            {**_object(move), "due_at": utc(move.before), "new_due_at": utc(move.after)}
            for move in applied.moved
        ],
    }


def _object(move: Moved) -> dict[str, Any]:
    return {
        "number": move.number,
        "ref": ref(move.number),
        "clock": move.kind,
        "name": move.name,
        "level": move.level,
        "limit": move.limit,
        "verdict": move.verdict,
        "provisional": move.provisional,
    }


def summary(applied: Applied, now: int, *, dry_run: bool) -> str:
    """One line: which policy is in use, how many cases moved."""
    if not applied.changed:
        return _("policy {policy} is in use already; nothing changes").format(policy=safe(applied.after))
    words = _words(applied.cases, dry_run=dry_run)
    moved = len({move.number for move in applied.moved})
    text = words.format(policy=safe(applied.after), moved=moved, cases=applied.cases)
    late = len({move.number for move in applied.moved if move.after is not None and move.after <= now})
    return _("{what}, {count} late at once").format(what=text, count=late) if late else text


def _words(cases: int, *, dry_run: bool) -> str:
    if dry_run and cases:
        return _(
            "policy {policy} would be in use: {moved} of {cases} open cases would move; nothing was written"
        )
    if dry_run:
        return _("policy {policy} would be in use; no open case has a clock, and nothing was written")
    if cases:
        return _("policy {policy} is in use: {moved} of {cases} open cases moved")
    return _("policy {policy} is in use; no open case has a clock")


def _row(move: Moved, now: int, zone: Zone) -> Line:
    after: Cell = (verdict_name(move.verdict or ""), "")
    if move.after is not None:
        moment = about(zone.moment(move.after, now), move.provisional)
        after = (moment, LATE if move.after <= now else "")
    return (
        (ref(move.number), ""),
        (clock_label(move.kind, move.level, move.name, move.limit), ""),
        (zone.moment(move.before, now), ""),
        ("->", "dim"),
        after,
    )
