"""`cstrack show`: a case and its clocks."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cstrack.app import policies, reading
from cstrack.cli.cases import Cases, numbers
from cstrack.cli.edge import Edge
from cstrack.domain.errors import NotFound
from cstrack.render import shapes
from cstrack.render.i18n import _


def show(
    edge: Edge,
    cases: Cases,
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="A,B", help=_("Only these fields."))
    ] = None,
) -> None:
    """Show one case, or several."""
    wanted = numbers(cases)
    with edge.reading() as db:
        if db is None:
            raise NotFound("no-such-case", number=wanted[0])
        at = edge.at
        policy = edge.policy if at is None else policies.in_use_at(db, edge.zone, at)
        now = edge.now if at is None else at
        told = [reading.whole(db, number, at, policy, now) for number in wanted]
    if edge.options.get("json") or fields:
        from cstrack.cli.listing import picked
        from cstrack.render import json

        objects = [picked(shapes.case_object(one, now), fields) for one in told]
        sys.stdout.write(json.one(objects[0]) if len(objects) == 1 else json.bare_list(objects))
        return
    from cstrack.render.case_card import card

    sys.stdout.write("\n".join(card(one, now, edge.look) for one in told))
