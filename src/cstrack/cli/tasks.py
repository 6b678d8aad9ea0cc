"""`cstrack task add`, `done`, `return`, `list`: what was asked of departments."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli import codes, dues
from cstrack.cli.cases import OneCase, number
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import carry_out
from cstrack.domain.decide import tasks
from cstrack.domain.duties import TASK
from cstrack.render.i18n import _

N = Annotated[int, typer.Argument(metavar="N", min=1, help=_("The task's number: see cstrack task list."))]


def add(
    edge: Edge,
    case: OneCase,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DEPARTMENT", help=_("parts, workshop, sales, ..."))
    ] = None,
    due: dues.Due = None,
    message: Message = None,
    file: File = None,
) -> None:
    """Ask a department for work by a time; the clocks of the case run on."""
    department = codes.required(edge, to, "departments", "--to")
    order = partial(tasks.give, department=department, called=(to or "").strip(), due=dues.moment(edge, due))
    carry_out(edge, str(number(case)), order, typed(message, file), question=_("What is asked?"))


def done(edge: Edge, case: OneCase, n: N, message: Message = None, file: File = None) -> None:
    """Write down the department's answer."""
    carry_out(
        edge,
        str(number(case)),
        partial(tasks.answer, n=n),
        typed(message, file),
        question=_("What is the answer?"),
    )


def return_(edge: Edge, case: OneCase, n: N, message: Message = None, file: File = None) -> None:
    """Send a task back to its department; the same clock runs on."""
    carry_out(
        edge,
        str(number(case)),
        partial(tasks.send_back, n=n),
        typed(message, file),
        question=_("Why is it sent back?"),
    )


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
    """List what is not answered, the earliest due first."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    dues.write(edge, listing, TASK, case, everything=everything)
