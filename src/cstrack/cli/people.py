"""`cstrack assign`: who answers for a case, who does the work, and whom it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import people
from cstrack.domain.errors import Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft


def assign(
    edge: Edge,
    cases: Cases,
    who: Annotated[str | None, typer.Argument(metavar="[WHO]", help=_("The person's handle."))] = None,
    as_handler: Annotated[
        bool, typer.Option("--as-handler", help=_("Who does the work, not who answers for it."))
    ] = False,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="WHO", help=_("Whom the case is about: a person or a department.")),
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Name the owner of cases, or their handler, or whom they are about."""
    handle, about = handle_of(who, "WHO"), handle_of(against, "--against")
    if handle is None and (about is None or as_handler):
        raise Usage("argument-missing", argument="WHO", example="cstrack assign 42 wang")

    def order(draft: Draft, *, text: str | None) -> None:
        if handle is not None:
            people.assign(draft, **{"handler" if as_handler else "owner": handle}, text=text)
        if about is not None:
            people.against(draft, name=about, text=text if handle is None else None)

    carry_out(edge, cases, order, typed(message, file), yes=yes)


def handle_of(name: str | None, option: str) -> str | None:
    """A person as typed; Usage for one without a name."""
    if name is None:
        return None
    handle = checked(name.strip(), option)
    if not handle:
        raise Usage("handle-empty")
    return handle
