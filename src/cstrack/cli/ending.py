"""`cstrack agree`, `resolve`, `close`, `reopen`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli import codes, papers, remedied
from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.field_options import Field
from cstrack.cli.own_fields import answered
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import ending
from cstrack.domain.errors import Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.own_fields import Change


def agree(
    edge: Edge,
    cases: Cases,
    interim: Annotated[
        bool, typer.Option("--interim", help=_("For now only: no clock is met, the case stays in work."))
    ] = False,
    with_: Annotated[str | None, typer.Option("--with", metavar="NAME", help=_("Who accepted."))] = None,
    signed: Annotated[
        str | None, typer.Option("--signed", metavar="DATE", help=_("The day on which the paper was signed."))
    ] = None,
    attach: Annotated[
        list[str] | None,
        typer.Option(
            "--attach", metavar="FILE", help=_("A file to keep with it, the signed paper; repeatable.")
        ),
    ] = None,
    remedy: remedied.Remedy = None,
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record that the customer accepted; it meets the plan and level clocks and grants the remedy."""
    named = remedied.named(edge, remedy, amount, liability=liability)
    who = checked((with_ or "").strip(), "--with") or None
    day = None if signed is None else _day(edge, signed)
    text = typed(message, file)
    handed, blobs = papers.read(attach or ())
    outcomes = carry_out(
        edge,
        cases,
        partial(ending.agree, interim=interim, accepted_by=who, signed=day, files=handed, remedy=named),
        text,
        question=_("What was agreed?"),
        yes=yes,
        blobs=blobs,
    )
    if named is not None and not edge.quiet:
        remedied.hint_at_signature(edge, outcomes)


def _day(edge: Edge, phrase: str) -> str:
    """The date of a phrase that names a whole day: a paper is signed on a day, not at an hour."""
    from cstrack.render.local import Zone

    first, last = (edge.moment(phrase, use) for use in ("since", "deadline"))
    if first == last:
        raise Usage("day-needed", option="--signed", phrase=phrase)
    return (Zone(edge.zone).iso(last) or "")[:10]


def resolve(
    edge: Edge,
    cases: Cases,
    anyway: Annotated[
        bool, typer.Option("--anyway", help=_("Even if a demand, a task or a remedy is without an answer."))
    ] = False,
    remedy: remedied.Remedy = None,
    amount: remedied.Amount = None,
    liability: remedied.Liability = False,
    fields: Field = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record that the solution is carried out; a remedy that it names is granted."""
    named = remedied.named(edge, remedy, amount, liability=liability)
    text = typed(message, file)

    def run(changes: Sequence[Change]) -> None:
        order = partial(ending.resolve, anyway=anyway, remedy=named, fields=changes)
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
