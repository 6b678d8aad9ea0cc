"""`cstrack pause`, `cstrack resume`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli import codes
from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import waiting
from cstrack.render.i18n import _


def pause(
    edge: Edge,
    cases: Cases,
    waiting_for: Annotated[
        str | None,
        typer.Option("--waiting-for", metavar="WHOM", help=_("customer, supplier or third-party.")),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="TIME", help=_("When it ends; the level's cap without it.")),
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Let cases wait: the clocks that may wait stand still, for a time that has an end."""
    whom = codes.required(edge, waiting_for, "waits", "--waiting-for")
    ends = None if until is None else edge.moment(until, "deadline")
    carry_out(
        edge,
        cases,
        partial(waiting.pause, waiting_for=whom, until=ends),
        typed(message, file),
        yes=yes,
    )


def resume(edge: Edge, cases: Cases, message: Message = None, file: File = None, yes: Yes = False) -> None:
    """End the pause of cases; what was left of each limit is left."""
    carry_out(edge, cases, waiting.resume, typed(message, file), yes=yes)
