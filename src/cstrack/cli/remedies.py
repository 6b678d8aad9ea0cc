"""`cstrack remedy ask`, `paid`, `withdraw`, `list`, `cstrack approve`, `cstrack reject`."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import reading
from cstrack.cli import cases, remedied
from cstrack.cli.cases import OneCase
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import carry_out, tell
from cstrack.domain.choices import chosen
from cstrack.domain.decide import remedies
from cstrack.domain.errors import InputNeeded, NotFound, Usage
from cstrack.domain.remedy import STATES
from cstrack.domain.text import checked
from cstrack.record import fetch
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.app.road import Outcome
    from cstrack.domain.case import Case
    from cstrack.domain.remedy import Remedy


def ask(
    edge: Edge,
    case: OneCase,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("The remedy: voucher, refund, ..."))],
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
    message: Message = None,
    file: File = None,
) -> None:
    """Grant a remedy within one's authority, or ask for it of the level that may."""
    one = str(cases.number(case))
    wanted = remedied.wanted(edge, code, amount, "CODE", liability=liability)
    carry_out(edge, one, partial(remedies.ask, wanted=wanted), typed(message, file), answer=_say)


def approve(edge: Edge, r: remedied.R, message: Message = None, file: File = None) -> None:
    """Grant a remedy that somebody else asked for."""
    _decide(edge, r, remedies.approve, typed(message, file), _("Why is it granted?"))


def reject(edge: Edge, r: remedied.R, message: Message = None, file: File = None) -> None:
    """Say no to a remedy that somebody else asked for."""
    _decide(edge, r, remedies.reject, typed(message, file), _("Why is it not granted?"))


def withdraw(edge: Edge, r: remedied.R, message: Message = None, file: File = None) -> None:
    """Take back a remedy that one asked for, while it waits."""
    _decide(edge, r, remedies.withdraw, typed(message, file), _("Why is it taken back?"))


def pay(
    edge: Edge,
    r: remedied.R,
    receipt: Annotated[
        str | None, typer.Option("--receipt", metavar="TEXT", help=_("What shows it: a number, a signature."))
    ] = None,
) -> None:
    """Record that the customer has what was granted."""
    shown = checked((receipt or "").strip(), "--receipt")
    if not shown:
        raise InputNeeded("receipt-needed")
    _decide(edge, r, lambda draft, *, r, text: remedies.pay(draft, r=r, receipt=text), shown, None)


def list_(
    edge: Edge,
    case: Annotated[str | None, typer.Argument(metavar="[C]", help=_("Only those of this case."))] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help=_("Only those that nobody has decided on."))
    ] = False,
    level: Annotated[
        int | None, typer.Option("--level", metavar="N", min=1, help=_("Only those that need this level."))
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="STATE", help=_("asked, granted, rejected, paid or withdrawn.")),
    ] = None,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List what was asked for and granted: what waits first, the earliest first."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    if waiting and state is not None:
        raise Usage("options-conflict", options=["--waiting", "--state"])
    only = None if state is None else chosen(state, STATES, "--state")
    asked = None if case is None else cases.number(case)
    with edge.reading() as db:
        at = edge.at
        if asked is not None:
            if db is None:
                raise NotFound("no-such-case", number=asked)
            reading.shown(db, asked, at)
        narrow = {"number": asked, "waiting": waiting, "state": only, "level": level}
        rows = [] if db is None else reading.remedies(db, at, narrow)
    from cstrack.render import remedies as shown

    if listing.is_screen:
        now = edge.now if at is None else at
        sys.stdout.write(shown.screen(rows, now, edge.zone, edge.look))
        return
    say = say_of(edge, listing)
    listing.write((shown.listed_object(row, say) for row in rows), shown.KNOWN, shown.PLAIN)


def _decide(
    edge: Edge, word: str, order: Callable[..., None], text: str | None, question: str | None
) -> None:
    """Carry out an order on the case of a remedy."""
    r = remedied.number(word)
    with edge.reading() as db:
        case = None if db is None else fetch.case_of_remedy(db, r)
    if case is None:
        raise NotFound("no-such-remedy", r=r)
    carry_out(edge, str(case), partial(order, r=r), text, question=question, answer=_say)


def _say(edge: Edge, outcomes: list[Outcome]) -> None:
    """What an order did to a remedy; where it waits, who may approve it and what to type."""
    [outcome] = outcomes
    r = outcome.events[-1].facts["r"]
    one = next(each for each in outcome.after.remedies if each.number == r)
    approvers, staffed = _approvers(edge, outcome.after, one) if one.waits else ([], False)
    if edge.options.get("json"):
        from cstrack.render import json, shapes
        from cstrack.render.remedies import remedy_object

        told = shapes.written_object(outcome.after, outcome.events, edge.now)
        told |= {"remedy": remedy_object(one), "may_approve": approvers}
        tell(json.one(told), outcomes)
    elif not edge.quiet:
        from cstrack.render.changed import changed
        from cstrack.render.remedies import approval

        line = changed(outcome, edge.now, outcome.zone)
        if one.waits:
            line += "  " + approval(one, outcome.after.number, approvers, staffed=staffed)
        tell(line + "\n", outcomes)


def _approvers(edge: Edge, state: Case, one: Remedy) -> tuple[list[str], bool]:
    """Who of the staff may approve it, the lowest level first; and whether there is staff."""
    from cstrack.domain.decide.authority import approvers
    from cstrack.domain.staff import NOBODY
    from cstrack.record import staff

    with edge.reading() as db:
        roster = NOBODY if db is None else staff.roster(db)
    return approvers(roster, state, one), roster.exists
