"""`cstrack flag`: warning signs."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cstrack.cli import codes
from cstrack.cli.cases import Cases
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.decide import flags
from cstrack.domain.errors import Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _


def flag(
    edge: Edge,
    cases: Cases,
    sign: Annotated[
        str, typer.Argument(metavar="FLAG", help=_("safety, media, legal, vip, brand, crisis, ..."))
    ],
    off: Annotated[
        bool, typer.Option("--off", help=_("Take it away, with a reason; the level stays."))
    ] = False,
    approved_by: Annotated[
        str | None,
        typer.Option("--approved-by", metavar="WHO", help=_("Who approved that a crisis is over.")),
    ] = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Set a sign on cases; it may raise their level."""
    code = codes.required(edge, sign, "flags", "FLAG")
    if approved_by is not None and not off:
        raise Usage("option-with", option="--approved-by", other="--off")
    text = typed(message, file)
    if off:
        carry_out(
            edge,
            cases,
            partial(flags.unflag, flag=code, approved_by=_approver(approved_by)),
            text,
            question=_("Why is it taken away?"),
            yes=yes,
        )
    else:
        carry_out(edge, cases, partial(flags.flag, flag=code), text, yes=yes)


def _approver(typed_name: str | None) -> str | None:
    return checked((typed_name or "").strip(), "--approved-by") or None
