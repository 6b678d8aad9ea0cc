"""`cstrack duty import`, `now`, `on`, `off`: who is on duty, and who is on call."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.app import road
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.cli.registers import editing, when
from cstrack.domain import registering
from cstrack.domain.errors import BadInput
from cstrack.record import staff
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cstrack.cli.registers import Registers
    from cstrack.domain.staff import Shift

Who = Annotated[
    str | None, typer.Argument(metavar="HANDLE", help=_("The person; oneself where nobody is named."))
]
DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", help=_("Say what would be replaced, and write nothing."))
]


def import_(
    edge: Edge,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("A CSV with handle, from, to, kind; - is standard input."))
    ],
    dry_run: DryRun = False,
) -> None:
    """Take over a roster; it replaces the shifts that begin in the time that the file covers."""
    from cstrack.cli.texts import decoded, taken
    from cstrack.domain import roster_csv
    from cstrack.domain.text import MOST

    text = decoded(taken(file, MOST + 1), file, "FILE")
    with editing(edge) as open_:
        shifts, problems = roster_csv.read(text, zone=edge.zone, known=open_.roster.people)
        if problems:
            raise BadInput("roster-invalid", path=file, faults=problems)
        start, end = roster_csv.span(shifts)
        before = [one for one in open_.roster.shifts if start <= one.start_at < end]
        kept = [one for one in open_.roster.shifts if one.start_at < start]
        _guard_apart(shifts, kept)
        if not dry_run:
            _write(open_, start, end, shifts)
    _say_imported(edge, shifts, before, (start, end), dry_run=dry_run)


def now(
    edge: Edge,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List who is on duty and who is on call, by level and store."""
    from cstrack.render import duty_now

    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    at, found = edge.now, []
    with edge.reading() as db:
        if db is not None:
            at = when(edge)
            found = duty_now.working(staff.roster(db), at)
    if listing.is_screen:
        sys.stdout.write(duty_now.screen(found, at, edge.zone, edge.look))
        return
    say = say_of(edge, listing)
    listing.write((duty_now.working_object(one, say) for one in found), duty_now.KNOWN, duty_now.PLAIN)


def on(edge: Edge, handle: Who = None) -> None:
    """Say that somebody is on duty, until the next shift ends."""
    _set(edge, handle, on=True)


def off(edge: Edge, handle: Who = None) -> None:
    """Say that somebody is off duty, until the next shift begins."""
    _set(edge, handle, on=False)


def _set(edge: Edge, handle: str | None, *, on: bool) -> None:
    with editing(edge) as open_:
        who = handle
        if who is None:
            who = edge.run.actor if open_.db is None else road.reader(edge.road, open_.db)
        person = registering.member(open_.roster, who)
        person = registering.on_duty(open_.roster, person, on=on, at=when(edge), now=edge.now)
        open_.write(person)
    from cstrack.render import staff_card

    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one(staff_card.written_object(person, edge.now)))
    elif not edge.quiet:
        sys.stdout.write(staff_card.line(person, edge.now, edge.zone) + "\n")


def _guard_apart(shifts: Collection[Shift], kept: Collection[Shift]) -> None:
    """What began before the file's time is kept; BadInput where a shift of the file overlaps it."""
    from cstrack.domain import roster_csv

    found = roster_csv.overlapping(shifts, kept)
    if found:
        one, other = found
        facts: dict[str, Any] = {"handle": one.handle, "start_at": one.start_at, "end_at": other.end_at}
        raise BadInput("roster-overlaps-kept", begun_at=other.start_at, **facts)


def _write(open_: Registers, start: int, end: int, shifts: Sequence[Shift]) -> None:
    from cstrack.store import people

    assert open_.session is not None  # noqa: S101  shifts name people, and they are in a database
    people.replace_shifts(open_.session, start, end, shifts)


def _say_imported(
    edge: Edge, shifts: Sequence[Shift], before: Sequence[Shift], span: tuple[int, int], *, dry_run: bool
) -> None:
    from cstrack.render.local import Zone, utc

    if edge.options.get("json"):
        from cstrack.render import json

        told = {"schema": 1, "shifts": len(shifts), "replaced": len(before), "dry_run": dry_run}
        sys.stdout.write(json.one({**told, "from": utc(span[0]), "to": utc(span[1])}))
    elif not edge.quiet:
        where = Zone(edge.zone)
        words = _("{shifts} shifts from {start} to {end}; {replaced} that began in that time are replaced")
        if dry_run:
            words = _("{shifts} shifts from {start} to {end}; {replaced} that begin then would be replaced")
        start, end = (where.moment(at, edge.now) for at in span)
        text = words.format(shifts=len(shifts), start=start, end=end, replaced=len(before))
        sys.stdout.write(text + "\n")
