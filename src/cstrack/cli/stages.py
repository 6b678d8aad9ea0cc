"""`cstrack stage`: a case enters a stage of the service flow and leaves the one before."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli import ask
from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import stages
from cstrack.domain.errors import Usage
from cstrack.domain.text import checked as fit
from cstrack.render.i18n import _, term


def stage(
    edge: Edge,
    cases: Cases,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help=_("The stage: reception, record, plan, ..."))
    ] = None,
    checked: Annotated[
        bool, typer.Option("--checked", help=_("The quality check of the stage that is left was passed."))
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="TIME", help=_("The promised time, for a stage without a time standard.")
        ),
    ] = None,
    done: Annotated[
        bool, typer.Option("--done", help=_("Only leave the stage that the case is in."))
    ] = False,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Enter a stage of the service flow and leave the one before."""
    if done and (code is not None or by is not None):
        raise Usage("options-conflict", options=["--done", "CODE" if code is not None else "--by"])
    text = typed(message, file)
    if done:
        carry_out(edge, cases, partial(stages.leave, checked=checked), text, yes=yes)
        return
    known = [(entry["code"], term(dict(entry))) for entry in edge.policy.stages]
    if code is None and known:
        code = ask.choice(edge, _("Which stage?"), known, "CODE")
    due = None if by is None else edge.moment(by, "deadline")
    order = partial(stages.enter, code=fit(code or "", "CODE"), by=due, checked=checked)
    carry_out(edge, cases, order, text, yes=yes)
