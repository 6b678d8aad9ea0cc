"""`cstrack timeline`: what happened to a case."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from cstrack.app import reading
from cstrack.cli.cases import OneCase, number
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.domain.errors import NotFound
from cstrack.record import history
from cstrack.render import shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KNOWN = (
    "schema",
    "number",
    "seq",
    "type",
    "at",
    "recorded_at",
    "actor",
    "summary",
    "facts",
    "words",
    "undone",
)
PLAIN = ("seq", "at", "type", "actor", "summary")


def timeline(
    edge: Edge,
    case: OneCase,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """Show what happened to a case: who, what, when, and how much of the limit was used."""
    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    wanted = number(case)
    with edge.reading() as db:
        if db is None:
            raise NotFound("no-such-case", number=wanted)
        at = edge.at
        shown = reading.recalled(db, wanted, at)
        entries = history.entries(db, wanted, at)
    if listing.is_screen:
        from cstrack.render.timeline import screen

        now = edge.now if at is None else at
        sys.stdout.write(screen(shown.row, shown.clocks, entries, now, edge.zone, edge.look))
    else:
        listing.write(_objects(edge, listing, wanted, entries), KNOWN, PLAIN)


def _objects(
    edge: Edge, listing: Listing, wanted: int, entries: Sequence[history.Entry]
) -> Iterator[dict[str, Any]]:
    """The entries in order of seq; facts and words are objects in JSON and JSON texts elsewhere."""
    from cstrack.record.codec import to_text
    from cstrack.render.entries import told
    from cstrack.render.local import Zone

    say = say_of(edge, listing)
    for entry, _before, sentence, _after in told(entries, Zone(edge.zone)):
        row = shapes.event_object(
            wanted, entry.event, entry.recorded_at, entry.actor, sentence, say, undone=entry.undone
        )
        if not listing.in_utc:
            row["facts"] = to_text(row["facts"])
            row["words"] = None if row["words"] is None else to_text(row["words"])
        yield row
