"""`cstrack show`: a case and its clocks."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cstrack.app import groups, policies, reading
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
        found = [reading.shown(db, number, at) for number in wanted]
        whole = [reading.case(db, number, at) for number in wanted]
        policy = edge.policy if at is None else policies.in_use_at(db, edge.zone, at)
        now = edge.now if at is None else at
        same = [groups.alike_now(db, policy, one.row, now, at) for one in found]
    told = list(zip(found, whole, same, strict=True))
    if edge.options.get("json") or fields:
        from cstrack.cli.listing import picked
        from cstrack.render import json

        objects = [
            picked(shapes.case_object(one.row, one.clocks, case, policy, now, alike), fields)
            for one, case, alike in told
        ]
        sys.stdout.write(json.one(objects[0]) if len(objects) == 1 else json.bare_list(objects))
        return
    from cstrack.render.case_card import card

    cards = (
        card(one.row, list(map(shapes.clock_of, one.clocks)), case, policy, now, edge.look, alike)
        for one, case, alike in told
    )
    sys.stdout.write("\n".join(cards))
