"""What the commands of promises and tasks share: --due, --all, and their lists."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli.cases import number
from cstrack.cli.listing import say_of
from cstrack.domain.errors import InputNeeded, NotFound
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.cli.edge import Edge
    from cstrack.cli.listing import Listing

Due = Annotated[str | None, typer.Option("--due", metavar="TIME", help=_("By when."))]
All = Annotated[bool, typer.Option("--all", help=_("Also what is settled."))]
Case = Annotated[str | None, typer.Argument(metavar="[C]", help=_("Only those of this case."))]


def moment(edge: Edge, due: str | None) -> int:
    """The time of --due; InputNeeded 5 where it is missing."""
    if due is None:
        raise InputNeeded("date-needed", option="--due")
    return edge.moment(due, "deadline")


def write(edge: Edge, listing: Listing, kind: str, case: str | None, *, everything: bool) -> None:
    """Write the promises or the tasks of the desk, or of one case."""
    from cstrack.app import duties
    from cstrack.render import duty_list

    asked = None if case is None else number(case)
    with edge.reading() as db:
        at = edge.at
        now = edge.now if at is None else at
        if db is None and asked is not None:
            raise NotFound("no-such-case", number=asked)
        found = [] if db is None else duties.listed(db, kind, at, asked, everything=everything)
    if listing.is_screen:
        sys.stdout.write(duty_list.screen(kind, found, now, edge.zone, edge.look))
        return
    say, known = say_of(edge, listing), duty_list.KNOWN[kind]
    listing.write((duty_list.duty_object(kind, one, now, say) for one in found), known, duty_list.PLAIN[kind])
