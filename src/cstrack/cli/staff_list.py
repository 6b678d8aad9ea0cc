"""`cstrack staff list` and `show`: who works here, and who holds what."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cstrack.app import handing
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, picked, say_of
from cstrack.domain.handles import known_person
from cstrack.domain.staff import Roster
from cstrack.record import staff
from cstrack.render import staff_list as render
from cstrack.render.i18n import _


def list_(
    edge: Edge,
    everybody: Annotated[bool, typer.Option("--all", help=_("Also those who left."))] = False,
    level: Annotated[int | None, typer.Option("--level", min=1, help=_("Only people of this level."))] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="CODE", help=_("Only people of this store."))
    ] = None,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List the staff, with who is on duty, who is away until when, and how many live cases each holds."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    found: list[render.Standing] = []
    now = edge.now
    with edge.reading() as db:
        if db is not None:
            now = edge.now if edge.at is None else edge.at
            people = [
                one
                for one in staff.everyone(db)
                if (everybody or one.left_at is None)
                and level in (None, one.level)
                and store in (None, one.store)
            ]
            found = render.standings(people, staff.roster(db), handing.counted(db, edge.at), now)
    if listing.is_screen:
        sys.stdout.write(render.screen(found, now, edge.zone, edge.look))
        return
    say = say_of(edge, listing)
    listing.write((render.standing_object(one, now, say) for one in found), render.KNOWN, render.PLAIN)


def show(
    edge: Edge,
    handle: Annotated[str, typer.Argument(metavar="HANDLE", help=_("The person: see cstrack staff list."))],
    fields: Fields = None,
) -> None:
    """Show what is known of a person, and what the person holds."""
    with edge.reading() as db:
        people = {} if db is None else {one.handle: one for one in staff.everyone(db)}
        person = people[known_person(handle, people)]
        assert db is not None  # noqa: S101  somebody is there
        now = edge.now if edge.at is None else edge.at
        held = handing.held(db, person.handle, people.values())
        roster = Roster(people.values(), lambda: staff.shifts(db))
        [one] = render.standings([person], roster, ({}, {}), now)
    from cstrack.render import staff_card

    if edge.options.get("json") or fields:
        from cstrack.render import json

        sys.stdout.write(json.one(picked(staff_card.held_object(one, held, now), fields)))
        return
    sys.stdout.write(staff_card.card(one, held, now, edge.zone, edge.look))
