"""`cstrack undo`: take back what one ordered last."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.app import undoing
from cstrack.cli import ask, writing
from cstrack.cli.edge import Edge
from cstrack.cli.writing import MANY, Yes
from cstrack.domain.errors import Refused, Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.undoing import Undone

DryRun = Annotated[bool, typer.Option("-n", "--dry-run", help=_("Say what would be undone, and do nothing."))]


def undo(edge: Edge, dry_run: DryRun = False, yes: Yes = False) -> None:
    """Take back your last order, as long as nothing has followed on its cases; the record keeps both."""
    if edge.options.get("at"):
        raise Usage("undo-not-at")
    way = edge.road
    try:
        done = undoing.undo(way, dry_run=dry_run, most=None if yes else MANY - 1)
        if not done.written and not dry_run:
            count = len(done.cases)
            ask.confirm(edge, _("Undo what was ordered on {count} cases?").format(count=count), count)
            done = undoing.undo(way, only=done.run.id)
    except Refused as refusal:
        _word(edge, refusal)
        raise
    _say(edge, done)


def _word(edge: Edge, refusal: Refused) -> None:
    """Put the entry that stands in the way into words."""
    entry: Any = refusal.facts.pop("entry", None)
    if entry is None:
        return
    from cstrack.render.local import Zone
    from cstrack.render.phrases import summary

    stream = str(refusal.facts["record"])
    refusal.facts["what"] = summary(entry, Zone(edge.zone), stream=stream)


def _say(edge: Edge, done: Undone) -> None:
    from cstrack.render import undone as render

    outcomes = done.outcomes if done.written else []
    if edge.options.get("json"):
        from cstrack.render import json

        writing.tell(json.one(render.undone_object(done, edge.now)), outcomes)
    elif not edge.quiet:
        writing.tell(render.lines(done, edge.now), outcomes)
        if not done.written:
            sys.stderr.write(_("nothing was written") + "\n")
