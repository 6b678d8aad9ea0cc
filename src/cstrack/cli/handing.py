"""`cstrack handover` with `accept` and `list`, and `cstrack transfer`: cases in other hands."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from cstrack.app import handing as app
from cstrack.app import road
from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import handing
from cstrack.domain.errors import InputNeeded, Refused, Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _

Some = Annotated[
    str | None,
    typer.Argument(metavar="[C]", help=_("Case numbers: 42, C-42, 1,4-9; all of them where none is named.")),
]


def offer(
    edge: Edge,
    cases: Some = None,
    to: Annotated[str | None, typer.Option("--to", metavar="WHO", help=_("Who is to take over."))] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Offer your cases to the next one, with promises and tasks; they stay yours until accepted."""
    receiver = checked((to or "").strip(), "--to")
    if not receiver:
        raise InputNeeded("receiver-needed")
    text = typed(message, file)
    with edge.reading() as db:
        who = edge.run.actor if db is None else road.reader(edge.road, db)
        mine = [] if db is None or cases is not None else app.held(db, who).cases
    if cases is None and not mine:
        raise Refused("handover-nothing", actor=who)
    carry_out(
        edge,
        cases or ",".join(map(str, mine)),
        partial(handing.offer if cases else handing.offer_held, to=receiver),
        text,
        question=_("What must the next one know?"),
        yes=yes or cases is None,
    )


def accept(
    edge: Edge, cases: Some = None, message: Message = None, file: File = None, yes: Yes = False
) -> None:
    """Take over what was offered to you."""
    text = typed(message, file)
    with edge.reading() as db:
        who = edge.run.actor if db is None else road.reader(edge.road, db)
        waiting = [] if db is None or cases is not None else app.offers(db, who, None)
    mine = [case.number for case in waiting if case.handed_to == who]
    if cases is None and not mine:
        raise Refused("handover-none-waiting", actor=who)
    wanted = cases or ",".join(map(str, mine))
    order = handing.accept if cases else handing.accept_offered
    carry_out(edge, wanted, order, text, yes=yes or cases is None)


def list_(
    edge: Edge,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List what is offered to you, then what you have offered."""
    from cstrack.render import handover_list as render

    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    with edge.reading() as db:
        at = edge.at
        now = edge.now if at is None else at
        who = edge.run.actor if db is None else road.reader(edge.road, db)
        found = [] if db is None else app.offers(db, who, at)
    if listing.is_screen:
        sys.stdout.write(render.screen(found, who, now, edge.zone, edge.look))
        return
    say = say_of(edge, listing)
    listing.write((render.offer_object(case, say) for case in found), render.KNOWN, render.PLAIN)


def transfer(
    edge: Edge,
    cases: Cases,
    store: Annotated[
        str | None, typer.Option("--store", metavar="CODE", help=_("Offer it to this store, with a reason."))
    ] = None,
    accepted: Annotated[
        bool, typer.Option("--accept", help=_("Accept it for your store, which it was offered to."))
    ] = False,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Give cases to another store; the clocks run on, and they stay until accepted there."""
    if accepted and store is not None:
        raise Usage("options-conflict", options=["--store", "--accept"])
    text = typed(message, file)
    if accepted:
        carry_out(edge, cases, handing.take, text, yes=yes)
        return
    code = checked((store or "").strip(), "--store")
    if not code:
        raise InputNeeded("transfer-what-needed")
    order = partial(handing.transfer, store=code)
    carry_out(edge, cases, order, text, question=_("Why does it go there?"), yes=yes)
