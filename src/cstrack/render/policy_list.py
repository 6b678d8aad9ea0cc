"""`policy list`: the versions that a desk has applied, or the policies that come with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render import grid
from cstrack.render.fold import paragraph
from cstrack.render.i18n import _, term
from cstrack.render.local import Zone, utc
from cstrack.render.plain import tsv
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.record.rows import PolicyRow
    from cstrack.render.screen import Look

Row = dict[str, Any]


def versions(applied: Sequence[PolicyRow]) -> list[Row]:
    """What a list says of each version; the shipped one comes first and was never applied."""
    from cstrack.domain.policy import default_policy

    shipped = default_policy()
    first = {"version": shipped.version, "name": shipped.name, "label": shipped.label}
    rows = [{**first, "applied_at": None, "actor": None, "reason": None}]
    rows += [
        {
            "version": row.version,
            "name": row.name,
            "label": f"{row.name} v{row.version}",
            "applied_at": row.at,
            "actor": row.actor,
            "reason": row.reason,
        }
        for row in applied
    ]
    return [{**row, "in_use": row is rows[-1]} for row in rows]


def json_rows(rows: Sequence[Row]) -> list[Row]:
    """The same with times as programs read them."""
    return [{**row, "applied_at": utc(row["applied_at"])} if "applied_at" in row else row for row in rows]


def versions_screen(rows: Sequence[Row], now: int, zone: str, look: Look) -> str:
    """A line a version: which it is, since when, by whom, why."""
    where = Zone(zone)
    columns = [(_("POLICY"), 0), (_("APPLIED"), 0), (_("BY"), 6), (_("REASON"), 10), ("", 0)]
    lines = [
        (
            (safe(row["label"]), ""),
            (where.moment(row["applied_at"], now) if row["applied_at"] else _("comes with the program"), ""),
            (safe(row["actor"] or ""), ""),
            (safe(row["reason"] or ""), ""),
            (_("in use") if row["in_use"] else "", "bold"),
        )
        for row in rows
    ]
    return grid.table(columns, lines, grid.fitted(columns, lines, look), look)


def presets_screen(rows: Sequence[Row], _now: int, _zone: str, look: Look) -> str:
    """A line a policy that comes along: its name, how many levels, what it is for; then the next command."""
    columns = [(_("POLICY"), 0), (_("LEVELS"), 0), (_("FOR"), 20)]
    lines = [
        (
            (safe(row["name"]), "bold"),
            (str(row["levels"]), ""),
            (safe(term(row)), ""),
        )
        for row in rows
    ]
    text = grid.table(columns, lines, grid.fitted(columns, lines, look), look)
    facts = _("Facts, not legal advice. Look at one: cstrack policy show --preset NAME")
    return f"{text}\n{paragraph(facts, look)}"


def plain(rows: Sequence[Row], zone: str) -> str:
    """A TAB line a row."""
    if rows and "label" in rows[0]:
        iso = Zone(zone).iso
        said = [{**row, "applied_at": iso(row["applied_at"])} for row in rows]
        return tsv(said, ("label", "applied_at", "actor", "reason"))
    return tsv([{**row, "for": term(row)} for row in rows], ("name", "levels", "counts_from", "for"))
