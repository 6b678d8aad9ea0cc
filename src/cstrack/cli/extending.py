"""`cstrack extend`: more time for a clock, with a reason and an approver."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.choices import chosen
from cstrack.domain.decide import extending
from cstrack.domain.errors import InputNeeded
from cstrack.render.i18n import _


def extend(
    edge: Edge,
    cases: Cases,
    clock: Annotated[
        str, typer.Argument(metavar="CLOCK", help=_("Which clock: level, or one of the policy's own."))
    ],
    approved_by: Annotated[
        str | None, typer.Option("--approved-by", metavar="WHO", help=_("Who approved it; never oneself."))
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Give a clock the next longer limit of its policy, counted from the same start."""
    carry_out(
        edge,
        cases,
        partial(
            extending.extend,
            clock=chosen(clock, edge.policy.clocks, "CLOCK"),
            approved_by=_given(approved_by),
        ),
        typed(message, file),
        question=_("Why does it need more time?"),
        yes=yes,
    )


def _given(approved_by: str | None) -> str:
    if approved_by is None or not approved_by.strip():
        raise InputNeeded("approver-needed")
    from cstrack.domain.text import checked

    return checked(approved_by.strip(), "--approved-by")
