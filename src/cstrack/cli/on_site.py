"""`cstrack arrive`, `leave`: a customer who waits on site."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import on_site
from cstrack.render.i18n import _


def arrive(
    edge: Edge,
    cases: Cases,
    expected: Annotated[
        str | None,
        typer.Option("--expected", metavar="TIME", help=_("When it will be done; at once if not said.")),
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record that the customer is here and waits; a word is owed to him soon after the expected time."""
    moment = None if expected is None else edge.moment(expected, "deadline")
    carry_out(edge, cases, partial(on_site.arrive, expected=moment), typed(message, file), yes=yes)


def leave(edge: Edge, cases: Cases, message: Message = None, file: File = None, yes: Yes = False) -> None:
    """Record that the customer has left."""
    carry_out(edge, cases, on_site.leave, typed(message, file), yes=yes)
