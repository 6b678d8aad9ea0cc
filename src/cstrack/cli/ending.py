"""`cstrack agree`, `resolve`, `close`, `reopen`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli import codes, remedied
from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import ending
from cstrack.render.i18n import _


def agree(
    edge: Edge,
    cases: Cases,
    remedy: remedied.Remedy = None,
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record that the customer accepted; it meets the plan and level clocks and grants the remedy."""
    named = remedied.named(edge, remedy, amount, liability=liability)
    outcomes = carry_out(
        edge,
        cases,
        partial(ending.agree, remedy=named),
        typed(message, file),
        question=_("What was agreed?"),
        yes=yes,
    )
    if named is not None and not edge.quiet:
        remedied.hint_at_signature(edge, outcomes)


def resolve(
    edge: Edge,
    cases: Cases,
    anyway: Annotated[
        bool, typer.Option("--anyway", help=_("Even if a demand, a task or a remedy is without an answer."))
    ] = False,
    remedy: remedied.Remedy = None,
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record that the solution is carried out; a remedy that it names is granted."""
    named = remedied.named(edge, remedy, amount, liability=liability)
    carry_out(
        edge,
        cases,
        partial(ending.resolve, anyway=anyway, remedy=named),
        typed(message, file),
        question=_("What was done?"),
        yes=yes,
    )


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
