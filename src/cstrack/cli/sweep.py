"""`cstrack sweep`: what cron runs every few minutes. Silent with -q when all is well."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import sweep as app
from cstrack.cli.edge import Edge
from cstrack.render import shapes
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.sweep import Swept

DryRun = Annotated[bool, typer.Option("-n", "--dry-run", help=_("Say what would be done, and do nothing."))]


def sweep(edge: Edge, dry_run: DryRun = False) -> None:
    """Hand up every case whose level clock ran out, end pauses that are over."""
    road = edge.road
    if road.at > edge.now:
        sys.stderr.write(_("warning: --at lies in the future; steps are dated ahead of time") + "\n")
    swept = app.sweep(road, dry_run=dry_run)
    if swept.taken:
        if not edge.quiet:
            sys.stderr.write(_("another sweep is at work; nothing to do") + "\n")
        return
    _say(edge, swept, dry_run=dry_run)
    for number, fault in swept.failed:
        from cstrack.render.refusals import worded

        sys.stderr.write(f"{shapes.ref(number)}: {worded(fault, str)}\n")
    if swept.failed:
        raise typer.Exit(1)


def _say(edge: Edge, swept: Swept, *, dry_run: bool) -> None:
    if edge.options.get("json"):
        from cstrack.render import json

        objects = [shapes.written_object(one.after, one.events, edge.now) for one in swept.outcomes]
        sys.stdout.write(json.bare_list(objects))
        return
    if edge.quiet:
        return
    from cstrack.render.changed import changed

    for one in swept.outcomes:
        sys.stdout.write(changed(one, edge.now, one.zone) + "\n")
    template = _("{count} cases would be stepped") if dry_run else _("{count} cases stepped")
    sys.stdout.write(template.format(count=len(swept.outcomes)) + "\n")
