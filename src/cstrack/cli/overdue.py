"""`cstrack overdue`: what is late now, and what is due next."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cstrack.app import reading
from cstrack.cli.edge import Edge
from cstrack.cli.field_options import Having, wanted
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.domain.errors import Usage
from cstrack.render import shapes
from cstrack.render.i18n import _

KNOWN = (
    "schema",
    "number",
    "ref",
    "subject",
    "status",
    "level",
    "owner",
    "handler",
    "customer",
    "clock",
    "due_at",
    "late_s",
    "others",
    "provisional",
    "unowned_since",
)
PLAIN = ("ref", "level", "subject", "clock", "due_at", "late_s", "owner", "customer")
FINDINGS = 8


def overdue(
    edge: Edge,
    today: Annotated[
        bool, typer.Option("--today", help=_("Also what is due before the end of today."))
    ] = False,
    within: Annotated[
        str | None, typer.Option("--within", metavar="SPAN", help=_("Also what is due within 4h."))
    ] = None,
    level: Annotated[int | None, typer.Option("--level", min=1, help=_("Only cases of this level."))] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="WHO", help=_("Only cases of this owner."))
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="CODE", help=_("Only cases of this store."))
    ] = None,
    clocks: Annotated[
        bool, typer.Option("--clocks", help=_("A row a clock instead of a row a case."))
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=_("Exit with 8 when something is listed."))
    ] = False,
    having: Having = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=_("Print nothing."))] = False,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List what is late; crisis first, then the earliest due."""
    if today and within is not None:
        raise Usage("options-conflict", options=["--today", "--within"])
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    narrow = {"level": level, "owner": owner, "store": store, "fields": wanted(edge, having)}
    with edge.reading() as db:
        at = edge.at
        now = edge.now if at is None else at
        until = _until(edge, now, today=today, within=within)
        if db is None:
            rows, pairs = [], []
        elif clocks:
            pairs = reading.clocks_due(db, at, until, narrow)
            rows = [row for row, _clock in pairs]
        else:
            rows, pairs = reading.due(db, at, until, narrow), []
    if not quiet:
        if listing.is_screen:
            from cstrack.render.due_table import screen

            shown = pairs if clocks else [(row, None) for row in rows]
            sys.stdout.write(screen(shown, now, edge.zone, edge.look, until=until))
        else:
            say = say_of(edge, listing)
            if clocks:
                objects = (shapes.overdue_clock_object(row, clock, now, say) for row, clock in pairs)
            else:
                objects = (shapes.overdue_object(row, now, say) for row in rows)
            listing.write(objects, KNOWN, PLAIN)
    if exit_code and rows:
        raise typer.Exit(FINDINGS)


def _until(edge: Edge, now: int, *, today: bool, within: str | None) -> int:
    if today:
        from cstrack.domain import when

        return when.end_of_day(now, edge.zone)
    if within is not None:
        from cstrack.domain import when

        return now + when.parse_span(within)
    return now
