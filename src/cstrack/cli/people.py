"""`cstrack assign`: who answers for a case, and who does the work."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import people
from cstrack.domain.errors import Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _


def assign(
    edge: Edge,
    cases: Cases,
    who: Annotated[str, typer.Argument(metavar="WHO", help=_("The person's handle."))],
    as_handler: Annotated[
        bool, typer.Option("--as-handler", help=_("Who does the work, not who answers for it."))
    ] = False,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Name the owner of cases, or their handler."""
    handle = checked(who.strip(), "WHO")
    if not handle:
        raise Usage("handle-empty")
    order = partial(people.assign, handler=handle) if as_handler else partial(people.assign, owner=handle)
    carry_out(
        edge,
        cases,
        order,
        typed(message, file),
        yes=yes,
    )
