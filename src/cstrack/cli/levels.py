"""`cstrack escalate`, `cstrack deescalate`: up and down the levels."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import levels
from cstrack.render.i18n import _

To = Annotated[
    int | None, typer.Option("--to", metavar="LEVEL", help=_("The level to go to; one step without it."))
]


def escalate(
    edge: Edge, cases: Cases, to: To = None, message: Message = None, file: File = None, yes: Yes = False
) -> None:
    """Hand cases up, with a reason."""
    carry_out(
        edge,
        cases,
        partial(levels.escalate, to=to),
        typed(message, file),
        question=_("Why does it go up?"),
        yes=yes,
    )


def deescalate(
    edge: Edge,
    cases: Cases,
    to: To = None,
    message: Message = None,
    file: File = None,
    approved_by: Annotated[
        str | None,
        typer.Option("--approved-by", metavar="WHO", help=_("Who approved it; a crisis needs one.")),
    ] = None,
    yes: Yes = False,
) -> None:
    """Give cases back to a lower level, with a reason."""
    carry_out(
        edge,
        cases,
        partial(levels.deescalate, to=to, approved_by=approved_by),
        typed(message, file),
        question=_("Why does it go down?"),
        yes=yes,
    )
