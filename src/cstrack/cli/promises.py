"""`cstrack promise add`, `keep`, `miss`, `move`, `list`: what was said to the customer with a time."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli import dues, remedied
from cstrack.cli.cases import OneCase, number
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import carry_out
from cstrack.domain.decide import promises
from cstrack.domain.duties import PROMISE
from cstrack.domain.text import checked
from cstrack.render.i18n import _

N = Annotated[
    int, typer.Argument(metavar="N", min=1, help=_("The promise's number: see cstrack promise list."))
]


def add(
    edge: Edge,
    case: OneCase,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help=_("What is promised."))] = None,
    due: dues.Due = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="WHO", help=_("Who keeps it; oneself if not said."))
    ] = None,
    check: Annotated[
        str | None, typer.Option("--check", metavar="TEXT", help=_("How it will be seen that it was kept."))
    ] = None,
    remedy: remedied.Remedy = None,
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
) -> None:
    """Promise the customer something by a time."""
    order = partial(
        promises.promise,
        due=dues.moment(edge, due),
        owner=_given(owner, "--owner"),
        check=_given(check, "--check"),
        remedy=remedied.named(edge, remedy, amount, liability=liability),
    )
    carry_out(edge, str(number(case)), order, typed(text, None), question=_("What is promised?"))


def keep(edge: Edge, case: OneCase, n: N, message: Message = None, file: File = None) -> None:
    """Record that a promise was kept: in time, or late."""
    carry_out(edge, str(number(case)), partial(promises.keep, n=n), typed(message, file))


def miss(edge: Edge, case: OneCase, n: N, message: Message = None, file: File = None) -> None:
    """Record that a promise was not kept and will not be."""
    carry_out(
        edge,
        str(number(case)),
        partial(promises.miss, n=n),
        typed(message, file),
        question=_("Why was it not kept?"),
    )


def move(
    edge: Edge,
    case: OneCase,
    n: N,
    due: dues.Due = None,
    agreed: Annotated[bool, typer.Option("--agreed", help=_("The customer agrees to the new time."))] = False,
    message: Message = None,
    file: File = None,
) -> None:
    """Give a promise another time; what it was before stays on the timeline."""
    order = partial(promises.move, n=n, due=dues.moment(edge, due), agreed=agreed)
    carry_out(edge, str(number(case)), order, typed(message, file), question=_("What was agreed?"))


def list_(
    edge: Edge,
    case: dues.Case = None,
    everything: dues.All = False,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List what is still to be kept, the earliest due first."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    dues.write(edge, listing, PROMISE, case, everything=everything)


def _given(word: str | None, option: str) -> str | None:
    return checked(word.strip(), option) if word and word.strip() else None
