"""`cstrack demand add`, `answer`, `list`: what the customer wants, ranked, and what we say to it."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from cstrack.app import reading
from cstrack.cli import remedied
from cstrack.cli.cases import OneCase, number
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import carry_out
from cstrack.domain.decide import demands
from cstrack.domain.demand import CAN, CANNOT, PARKED
from cstrack.domain.errors import InputNeeded, NotFound, Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _

KNOWN = ("schema", "number", "n", "rank", "text", "state", "to", "until", "reason")
PLAIN = ("n", "rank", "state", "text", "to", "until")


def add(
    edge: Edge,
    case: OneCase,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("One thing that the customer wants."))],
    rank: Annotated[
        int | None,
        typer.Option("--rank", metavar="N", min=1, help=_("1 is the most important; the last without it.")),
    ] = None,
) -> None:
    """Write down one thing that the customer wants."""
    wanted = checked(text.strip(), "TEXT")
    if not wanted:
        raise Usage("demand-empty")
    carry_out(edge, str(number(case)), partial(demands.add, rank=rank), wanted)


def answer(
    edge: Edge,
    case: OneCase,
    n: Annotated[int, typer.Argument(metavar="N", min=1, help=_("The number of the demand."))],
    can: Annotated[bool, typer.Option("--can", help=_("It can be met."))] = False,
    cannot: Annotated[bool, typer.Option("--cannot", help=_("It cannot be met, with a reason."))] = False,
    park: Annotated[
        bool, typer.Option("--park", help=_("Somebody else answers it, until a time, with a reason."))
    ] = False,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHO", help=_("Who answers a parked one."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help=_("When a parked one is answered."))
    ] = None,
    remedy: remedied.Remedy = None,
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
    message: Message = None,
    file: File = None,
) -> None:
    """Answer one thing that the customer wants."""
    said = {CAN: can, CANNOT: cannot, PARKED: park}
    given = [state for state in said if said[state]]
    if len(given) > 1:
        options = {CAN: "--can", CANNOT: "--cannot", PARKED: "--park"}
        raise Usage("options-conflict", options=[options[state] for state in given])
    if not given:
        raise Usage("demand-answer-needed")
    named = remedied.named(edge, remedy, amount, liability=liability)
    if named is not None and not can:
        raise Usage("remedy-only-can")
    whom, due = _parked(edge, to, until) if park else _not_parked(to, until)
    carry_out(
        edge,
        str(number(case)),
        partial(demands.answer, n=n, answer=given[0], to=whom, until=due, remedy=named),
        typed(message, file),
        question=None if can else _("Why?"),
    )


def list_(
    edge: Edge,
    case: OneCase,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List what the customer wants, the most important first, with the answers."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    wanted = number(case)
    with edge.reading() as db:
        if db is None:
            raise NotFound("no-such-case", number=wanted)
        at = edge.at
        found = reading.case(db, wanted, at).demands
    from cstrack.render import demands as shown

    if listing.is_screen:
        from cstrack.render import grid
        from cstrack.render.local import Zone

        now = edge.now if at is None else at
        lines = shown.lines(found, now, Zone(edge.zone), grid.room(edge.look))
        sys.stdout.write(grid.painted(lines or [[(_("No demand is recorded."), "")]], edge.look))
    else:
        rows = shown.objects(found, say_of(edge, listing))
        listing.write(({"schema": 1, "number": wanted, **row} for row in rows), KNOWN, PLAIN)


def _parked(edge: Edge, to: str | None, until: str | None) -> tuple[str, int]:
    """Whom a demand is parked with, and until when."""
    whom = checked((to or "").strip(), "--to")
    if not whom:
        raise InputNeeded("demand-whom-needed")
    if until is None:
        raise InputNeeded("date-needed", option="--until")
    return whom, edge.moment(until, "deadline")


def _not_parked(to: str | None, until: str | None) -> tuple[None, None]:
    for option, value in (("--to", to), ("--until", until)):
        if value is not None:
            raise Usage("demand-only-parked", option=option)
    return None, None
