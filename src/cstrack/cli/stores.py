"""`cstrack store add` and `list`: the stores of the desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw
from cstrack.cli.registers import editing
from cstrack.domain.registering import store_code
from cstrack.domain.text import checked
from cstrack.record import staff
from cstrack.render.i18n import _
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

KNOWN = ("schema", "code", "name", "staff", "own_rules")
PLAIN = ("code", "name", "staff")


def add(
    edge: Edge,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A word for the store, used in commands."))],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=_("The name as it is written."))
    ] = None,
) -> None:
    """Add a store, or give one another name."""
    made = store_code(checked(code, "CODE"))
    called = checked((name or "").strip(), "--name") or made
    with editing(edge, create=True) as open_:
        from cstrack.store import people

        assert open_.session is not None  # noqa: S101  the desk was made
        people.write_store(open_.session, made, called)
    ruled = list(edge.policy.data["stores"])
    if edge.options.get("json"):
        from cstrack.render import json

        told = {"schema": 1, "code": made, "name": called, "own_rules": made in ruled}
        sys.stdout.write(json.one(told))
    elif not edge.quiet:
        sys.stdout.write(f"{safe(made)}  {safe(called)}\n")
    if ruled and made not in ruled and not edge.quiet:
        text = _("note: the policy has rules of its own for {stores}, and none for {store}")
        sys.stderr.write(text.format(stores=safe(", ".join(ruled)), store=safe(made)) + "\n")


def list_(
    edge: Edge,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List the stores, with how many people work there."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    found: list[dict[str, object]] = []
    with edge.reading() as db:
        if db is not None:
            people = [one.store for one in staff.everyone(db) if one.left_at is None]
            ruled = edge.policy.data["stores"]
            found = [
                {
                    "schema": 1,
                    "code": code,
                    "name": name,
                    "staff": people.count(code),
                    "own_rules": code in ruled,
                }
                for code, name in staff.stores(db).items()
            ]
    if listing.is_screen:
        _show(edge, found)
    else:
        listing.write(found, KNOWN, PLAIN)


def _show(edge: Edge, found: Sequence[dict[str, object]]) -> None:
    from cstrack.render import grid

    if not found:
        sys.stdout.write(_("There are no stores. The first: cstrack store add CODE --name NAME") + "\n")
        return
    rows = [
        [(safe(str(one["code"])), "bold"), (safe(str(one["name"])), ""), (str(one["staff"]), "")]
        for one in found
    ]
    columns = [(_("STORE"), 6), (_("NAME"), 10), (_("STAFF"), 0)]
    look = edge.look
    sys.stdout.write(grid.table(columns, rows, grid.fitted(columns, rows, look), look))
