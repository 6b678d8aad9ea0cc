"""`cstrack audit verify`: the chain of every history."""

from __future__ import annotations

import sys

import typer

from cstrack.cli.edge import Edge
from cstrack.render.i18n import _


def verify(edge: Edge) -> None:
    """Re-read and re-hash everything; exit 1 when anything was altered."""
    from cstrack.record import audit

    with edge.reading() as db:
        found = audit.verify(db) if db is not None else audit.Verified(0, 0, [], [])
    if edge.options.get("json"):
        from cstrack.render import json

        broken = [one._asdict() for one in found.broken]
        sys.stdout.write(
            json.one(
                {
                    "schema": 1,
                    "events": found.events,
                    "streams": found.streams,
                    "broken": broken,
                    "runs": found.runs,
                }
            )
        )
    else:
        for one in found.broken:
            text = _("{kind} {number}: entry {seq} does not follow from what is before it; it was altered")
            sys.stdout.write(text.format(**one._asdict()) + "\n")
        for run in found.runs:
            sys.stdout.write(_("run {run}: its record was altered").format(run=run) + "\n")
        if not edge.quiet and not found.broken and not found.runs:
            text = _("{events} events in {streams} histories: nothing was altered")
            sys.stdout.write(text.format(events=found.events, streams=found.streams) + "\n")
    if found.broken or found.runs:
        raise typer.Exit(1)
