"""`cstrack why`: the arithmetic of each clock of a case."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cstrack.app import why as app
from cstrack.cli.cases import Cases, numbers
from cstrack.cli.edge import Edge
from cstrack.domain.errors import NotFound
from cstrack.render.i18n import _


def why(
    edge: Edge,
    cases: Cases,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Also clocks that stopped earlier; JSON has them always."))
    ] = False,
) -> None:
    """Explain each due time: start, limit, pauses, what moved it, what is left."""
    wanted = numbers(cases)
    with edge.reading() as db:
        if db is None:
            raise NotFound("no-such-case", number=wanted[0])
        at = edge.at
        found = [app.explained(db, number, at) for number in wanted]
    now = edge.now if at is None else at
    from cstrack.render import why as render

    if edge.options.get("json"):
        from cstrack.render import json
        from cstrack.render.why_object import why_object

        objects = [why_object(one, now) for one in found]
        sys.stdout.write(json.one(objects[0]) if len(objects) == 1 else json.bare_list(objects))
        return
    screens = (render.screen(one, now, edge.zone, edge.look, everything=everything) for one in found)
    sys.stdout.write("\n".join(screens))
