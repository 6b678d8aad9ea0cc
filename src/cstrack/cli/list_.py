"""`cstrack list`: cases by what they are, most urgent first."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from cstrack.app import reading
from cstrack.cli import codes
from cstrack.cli.edge import Edge
from cstrack.cli.field_options import Having, wanted
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.domain.choices import chosen
from cstrack.render import shapes
from cstrack.render.i18n import _

KNOWN = (
    "schema",
    "number",
    "ref",
    "kind",
    "subject",
    "status",
    "outcome",
    "level",
    "owner",
    "handler",
    "first_contact",
    "customer",
    "customer_number",
    "category",
    "channel",
    "flags",
    "stage",
    "group_number",
    "opened_at",
    "agreed_at",
    "resolved_at",
    "closed_at",
    "age_s",
    "cycle",
    "store",
    "handed_to",
    "sent_to",
    "next_due",
    "next_clock",
    "provisional",
    "against",
    "unowned_since",
    "fields",
)
PLAIN = ("ref", "level", "subject", "status", "next_due", "next_clock", "owner", "customer")
STATUSES = ("open", "waiting", "agreed", "resolved", "closed", "merged", "all")


def list_(
    edge: Edge,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", help=_("open, waiting, agreed, resolved, closed, merged or all.")
        ),
    ] = None,
    level: Annotated[int | None, typer.Option("--level", min=1, help=_("Only cases of this level."))] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="WHO", help=_("Only cases of this owner."))
    ] = None,
    handler: Annotated[
        str | None, typer.Option("--handler", metavar="WHO", help=_("Only cases that this person works on."))
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="WHO", help=_("Only cases about this person or department.")),
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="CODE", help=_("Only cases of this store."))
    ] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", metavar="NAME", help=_("Only cases of this customer."))
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="CODE", help=_("Only cases of this category."))
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="CODE", help=_("Only cases that came this way."))
    ] = None,
    flag: Annotated[
        str | None, typer.Option("--flag", metavar="FLAG", help=_("Only cases with this warning sign."))
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help=_("complaint, suggestion, inquiry or praise.")),
    ] = None,
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="CODE", help=_("Only cases in this stage."))
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help=_("Opened at or after this time."))
    ] = None,
    before: Annotated[
        str | None, typer.Option("--before", metavar="TIME", help=_("Opened before this time."))
    ] = None,
    having: Having = None,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List cases that are neither closed nor merged; crisis first, then the earliest due."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    narrow: dict[str, Any] = {
        "status": _status(status),
        "level": level,
        "owner": owner,
        "handler": handler,
        "against": None if against is None else _about(edge, against),
        "store": store,
        "customer": customer,
        "category": codes.known(edge, category, "categories", "--category"),
        "channel": codes.known(edge, channel, "channels", "--channel"),
        "flag": codes.known(edge, flag, "flags", "--flag"),
        "kind": codes.known(edge, kind, "kinds", "--kind"),
        "stage": codes.known_stage(edge, stage, "--stage"),
        "fields": wanted(edge, having),
    }
    with edge.reading() as db:
        at = edge.at
        now = edge.now if at is None else at
        narrow["since"] = None if since is None else edge.moment(since, "since")
        narrow["before"] = None if before is None else edge.moment(before, "since")
        rows = [] if db is None else reading.listed(db, at, narrow)
        own = {} if db is None or not _tells(listing) else reading.fields(db, rows, at)
    if listing.is_screen:
        from cstrack.render.list_table import screen

        narrowed = any(value is not None for value in narrow.values())
        sys.stdout.write(screen(rows, now, edge.zone, edge.look, narrowed=narrowed))
        return
    say = say_of(edge, listing)
    columns = [f"{OWN}.{code}" for code in edge.policy.every_field()] if listing.names(OWN) else []
    objects = (
        _object(shapes.listed_object(row, now, say, _data(own.get(row.number))), columns) for row in rows
    )
    listing.write(objects, (*KNOWN, *columns), PLAIN)


OWN = "fields"


def _tells(listing: Listing) -> bool:
    """Whether the fields of the desk's own are told: in JSON and CSV, or where they are named."""
    return listing.chosen in ("json", "jsonl", "csv") or listing.names(OWN)


def _data(values: dict[str, str | None] | None) -> dict[str, Any]:
    if not values:
        return {}
    from cstrack.render.own_fields import data

    return data(values)


def _object(found: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    """The object, and each field of the desk's own by itself where single ones are named."""
    return found | {name: found[OWN].get(name.removeprefix(f"{OWN}.")) for name in columns}


def _about(edge: Edge, typed: str) -> str:
    """Whom cases are about, as they keep it: a department by its code."""
    from cstrack.domain.decide.people import department

    return department(edge.policy, typed) or typed


def _status(typed: str | None) -> str | None:
    return None if typed is None else chosen(typed, STATUSES, "--status")
