"""`cstrack step`, `cstrack meeting`: what of a checklist is done, and what was decided together."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated

import typer

from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import steps
from cstrack.domain.errors import InputNeeded
from cstrack.domain.text import checked
from cstrack.render.i18n import _


def step(
    edge: Edge,
    cases: Cases,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("The step: apologise, explain, ..."))],
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHO", help=_("Who did it, or is to; oneself if not said."))
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Tick a step of the checklists that fit the case."""
    who = checked((by or "").strip(), "--by") or None
    order = partial(steps.tick, code=checked(code, "CODE"), who=who)
    carry_out(edge, cases, order, typed(message, file), yes=yes)


def meeting(
    edge: Edge,
    cases: Cases,
    with_: Annotated[
        str | None, typer.Option("--with", metavar="A,B", help=_("Who was there, with commas between."))
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Record a meeting about the case: the people and the decision."""
    names = (name.strip() for name in re.split("[,，、]", checked(with_ or "", "--with")))
    people = list(dict.fromkeys(name for name in names if name))
    if not people:
        raise InputNeeded("people-needed")
    carry_out(
        edge,
        cases,
        partial(steps.meet, people=people),
        typed(message, file),
        question=_("What was decided?"),
        yes=yes,
    )
