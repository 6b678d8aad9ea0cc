"""`cstrack demo`: a sample desk, its overdue list, one timeline, and what to type next."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING

from cstrack.cli.edge import Edge
from cstrack.domain.errors import Refused
from cstrack.record.faults import place
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.road import Road


def demo(edge: Edge) -> None:
    """Make a sample desk in a temporary database, or in a new one named with --db, and look at it."""
    from cstrack.app.demo import cases, desk

    url = str(edge.options["db"]) if edge.options.get("db") else _temporary()
    there = Edge("demo", {**edge.options, "db": url, "at": None})
    if _has_cases(there):
        raise Refused("demo-not-empty", db=place(url))
    numbers = desk.play(_road(there, desk.ZONE, desk.MOMENT))
    if edge.options.get("json"):
        from cstrack.render import json
        from cstrack.render.local import utc

        found = {"schema": 1, "database": place(url), "at": utc(desk.MOMENT), "cases": len(numbers)}
        sys.stdout.write(json.one(found))
        return
    _tour(edge, url, numbers[cases.TIMELINE])


def _temporary() -> str:
    import os
    import tempfile

    return os.path.join(tempfile.mkdtemp(prefix="cstrack-demo-"), "demo.db")


def _has_cases(edge: Edge) -> bool:
    from cstrack.record import fetch

    with edge.reading() as db:
        return db is not None and fetch.newest(db) is not None


def _road(edge: Edge, zone: str, at: int) -> Road:
    from cstrack.app.road import Road
    from cstrack.store import migrate

    desk = {"zone": zone, "currency": "CNY"}
    return Road(edge.url, edge.run, at, lambda url: migrate.upgrade(url, desk))


def _tour(edge: Edge, url: str, number: int) -> None:
    """Show the overdue list and a timeline as of the moment, each under the command that prints it."""
    from cstrack.cli.overdue import overdue
    from cstrack.cli.timeline import timeline
    from cstrack.render.safe import safe
    from cstrack.render.shapes import ref

    moment = "2026-11-21 17:40"
    for command in ("overdue", "timeline"):
        words = "overdue --today" if command == "overdue" else f"timeline {ref(number)}"
        sys.stdout.write(f'\n$ cstrack {words} --at "{moment}"\n\n')
        look = Edge(command, {**edge.options, "db": url, "at": moment, "screen": True})
        if command == "overdue":
            overdue(look, today=True)
        else:
            timeline(look, ref(number))
    reason = _("the customer asks for it")
    shown = safe(place(url))
    lines = (
        _("The sample desk lies in {url}. Go on with it:").format(url=shown),
        f"  export CSTRACK_DATABASE_URL={quote(shown)}",
        f'  cstrack why {ref(number)} --at "{moment}"',
        f'  cstrack list --level 3 --at "{moment}"',
        f"  cstrack show {ref(number)}",
        f'  cstrack escalate {ref(number)} -m "{reason}"',
        "  cstrack overdue --today",
    )
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
