"""`cstrack agree`, `resolve`, `close`, `reopen`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli import codes
from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.field_options import Field
from cstrack.cli.own_fields import answered
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import ending
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.own_fields import Change


def agree(edge: Edge, cases: Cases, message: Message = None, file: File = None, yes: Yes = False) -> None:
    """Record that the customer accepted; it meets the plan and level clocks."""
    carry_out(
        edge,
        cases,
        ending.agree,
        typed(message, file),
        question=_("What was agreed?"),
        yes=yes,
    )


def resolve(
    edge: Edge,
    cases: Cases,
    anyway: Annotated[
        bool, typer.Option("--anyway", help=_("Even if a demand or a task is without an answer."))
    ] = False,
    fields: Field = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record that the solution is carried out."""
    text = typed(message, file)

    def run(changes: Sequence[Change]) -> None:
        order = partial(ending.resolve, anyway=anyway, fields=changes)
        carry_out(edge, cases, order, text, question=_("What was done?"), yes=yes)

    answered(edge, fields, run, cases)


def close(
    edge: Edge,
    cases: Cases,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="CODE",
            help=_("satisfied, partial, no-agreement, withdrawn, unreachable, invalid, transferred."),
        ),
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """End cases with an outcome."""
    code = codes.known(edge, outcome, "outcomes", "--outcome")
    carry_out(
        edge,
        cases,
        partial(ending.close, outcome=code),
        typed(message, file),
        yes=yes,
    )


def reopen(edge: Edge, cases: Cases, message: Message = None, file: File = None, yes: Yes = False) -> None:
    """Take ended cases up again, with a new level clock."""
    carry_out(
        edge,
        cases,
        ending.reopen,
        typed(message, file),
        question=_("Why is it taken up again?"),
        yes=yes,
    )
