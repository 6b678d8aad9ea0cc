"""`cstrack note`, `contact`, `propose`, `correct`: what is said and written."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli import codes, remedied
from cstrack.cli.cases import Cases, OneCase, number
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import talk
from cstrack.domain.errors import InputNeeded, Usage
from cstrack.render.i18n import _


def note(edge: Edge, cases: Cases, message: Message = None, file: File = None, yes: Yes = False) -> None:
    """Write an internal note; it answers nobody and moves no clock."""
    carry_out(
        edge,
        cases,
        talk.note,
        typed(message, file),
        question=_("The note:"),
        yes=yes,
    )


def contact(
    edge: Edge,
    cases: Cases,
    came_in: Annotated[bool, typer.Option("--in", help=_("The customer spoke to us."))] = False,
    went_out: Annotated[bool, typer.Option("--out", help=_("We spoke to the customer."))] = False,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="CODE", help=_("phone, mail, chat, ..."))
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record one conversation with the customer."""
    if came_in and went_out:
        raise Usage("options-conflict", options=["--in", "--out"])
    if not came_in and not went_out:
        raise InputNeeded("direction-needed")
    code = codes.known(edge, channel, "channels", "--channel")
    direction = talk.OUT if went_out else talk.IN
    carry_out(
        edge,
        cases,
        partial(talk.contact, direction=direction, channel=code),
        typed(message, file),
        question=_("What was said?"),
        yes=yes,
    )


def propose(
    edge: Edge,
    cases: Cases,
    by: Annotated[str | None, typer.Option("--by", metavar="TIME", help=_("When it will be done."))] = None,
    remedy: remedied.Remedy = None,
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Offer the customer a concrete solution with a date; it meets the plan clock."""
    if by is None:
        raise InputNeeded("date-needed", option="--by")
    date = edge.moment(by, "deadline")
    named = remedied.named(edge, remedy, amount, liability=liability)
    carry_out(
        edge,
        cases,
        partial(talk.propose, by=date, remedy=named),
        typed(message, file),
        question=_("What is offered?"),
        yes=yes,
    )


def correct(
    edge: Edge,
    case: OneCase,
    seq: Annotated[int, typer.Argument(metavar="SEQ", min=1, help=_("The entry's number in the timeline."))],
    message: Message = None,
    file: File = None,
) -> None:
    """Say what is wrong in an entry and what is right; the entry itself stays."""
    carry_out(
        edge,
        str(number(case)),
        partial(talk.correct, seq=seq),
        typed(message, file),
        question=_("What is right?"),
    )
