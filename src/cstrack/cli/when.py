"""`cstrack when`: how a date phrase is understood, before it matters."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli.edge import Edge
from cstrack.domain.errors import Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.render.local import Zone

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def when(
    edge: Edge,
    phrase: Annotated[
        list[str],
        typer.Argument(metavar="PHRASE", help=_("A date, as typed: tomorrow 9am, +3d, 明天下午3点.")),
    ],
    deadline: Annotated[
        bool,
        typer.Option("--deadline", help=_("A day alone means its end, as it does for --until and --by.")),
    ] = False,
    since: Annotated[
        bool, typer.Option("--since", help=_("A day alone means its start, as it does without this."))
    ] = False,
) -> None:
    """Show how a date phrase is understood, in the desk's zone, counted from --at or from now."""
    from cstrack.render.local import Zone, utc

    if deadline and since:
        raise Usage("options-conflict", options=["--deadline", "--since"])
    now = edge.now if edge.at is None else edge.at
    typed, use = " ".join(phrase), "deadline" if deadline else "since" if since else "moment"
    at = edge.instant(typed, now, use)
    zone = Zone(edge.zone)
    if edge.options.get("json"):
        from cstrack.render import json

        weekday = WEEKDAYS[zone.local(at).tm_wday]
        found = {"schema": 1, "phrase": typed, "at": utc(at), "local": zone.iso(at), "zone": zone.name}
        sys.stdout.write(json.one({**found, "weekday": weekday}))
    else:
        from cstrack.render.fold import paragraph
        from cstrack.render.phrases import aside

        sys.stdout.write(paragraph(aside(understood(zone, at), distance(at, now)), edge.look))


def understood(zone: Zone, at: int) -> str:
    """`Sun 22 Nov 2026 15:00 Asia/Shanghai`, to the second where it is not on the minute."""
    second = zone.local(at).tm_sec
    seconds = f":{second:02}" if second else ""
    return f"{zone.day(at, year=True)} {zone.clock(at)}{seconds} {zone.name}"


def distance(at: int, now: int) -> str:
    """`in 21 h 20`, `3 h ago`, `now`."""
    from cstrack.render.local import left, span

    if at == now:
        return _("now")
    return left(at, now) if at > now else _("{span} ago").format(span=span(now - at))
