"""`cstrack staff add`, `edit`, `away`, `remove`: the register of the people of the desk."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.cli.edge import Edge
from cstrack.cli.registers import editing, when
from cstrack.domain import registering
from cstrack.domain.errors import InputNeeded, Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.cli.registers import Registers
    from cstrack.domain.staff import Person

New = Annotated[
    str, typer.Argument(metavar="HANDLE", help=_("A word: letters of any script, digits, and . _ - inside."))
]
Handle = Annotated[str, typer.Argument(metavar="HANDLE", help=_("The person: see cstrack staff list."))]
Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("The name as it is written."))]
Level = Annotated[
    int | None, typer.Option("--level", min=1, help=_("The level of the policy that the person decides at."))
]
Mail = Annotated[str | None, typer.Option("--mail", metavar="ADDRESS", help=_("Where mail goes."))]
Store = Annotated[
    str | None, typer.Option("--store", metavar="CODE", help=_("The store: see cstrack store list."))
]
Teams = Annotated[
    list[str] | None, typer.Option("--team", metavar="TEAM", help=_("A team; may be repeated."))
]
Supervisor = Annotated[
    str | None, typer.Option("--supervisor", metavar="WHO", help=_("Who gets what is handed up."))
]
Deputy = Annotated[str | None, typer.Option("--deputy", metavar="WHO", help=_("Who stands in."))]
Logins = Annotated[
    list[str] | None,
    typer.Option("--login", metavar="LOGIN", help=_("An account that is this person's; may be repeated.")),
]
OwnZone = Annotated[
    str | None, typer.Option("--zone", metavar="ZONE", help=_("The time zone, where not the desk's."))
]
Hours = Annotated[
    str | None, typer.Option("--hours", metavar="HOURS", help=_("When mail is welcome: 08:30-18:00."))
]


def add(
    edge: Edge,
    handle: New,
    name: Name = None,
    level: Level = None,
    mail: Mail = None,
    store: Store = None,
    teams: Teams = None,
    supervisor: Supervisor = None,
    deputy: Deputy = None,
    logins: Logins = None,
    zone: OwnZone = None,
    hours: Hours = None,
) -> None:
    """Put somebody on the staff, on duty from now on; whoever had left comes back."""
    levels = list(edge.policy.levels)
    if level is None:
        raise InputNeeded("choice-needed", option="--level", known=levels)
    fields = _said(name, level, mail, store, teams, supervisor, deputy, logins, zone, hours)
    with editing(edge, create=True) as open_:
        person = registering.added(open_.roster, handle, edge.now, levels, fields)
        open_.write(person)
        note = None if open_.roster.exists else _first(edge, open_, person)
    _say(edge, person)
    if note and not edge.quiet:
        sys.stderr.write(note)


def edit(
    edge: Edge,
    handle: Handle,
    name: Name = None,
    level: Level = None,
    mail: Mail = None,
    store: Store = None,
    teams: Teams = None,
    supervisor: Supervisor = None,
    deputy: Deputy = None,
    logins: Logins = None,
    zone: OwnZone = None,
    hours: Hours = None,
) -> None:
    """Change what is known of somebody; "" takes away what was there."""
    fields = _said(name, level, mail, store, teams, supervisor, deputy, logins, zone, hours)
    if all(value is None for value in fields.values()):
        raise InputNeeded("staff-change-needed")
    with editing(edge) as open_:
        before = registering.member(open_.roster, handle)
        person = registering.changed(open_.roster, before, list(edge.policy.levels), fields)
        open_.write(person)
    _say(edge, person)


def away(
    edge: Edge,
    handle: Handle,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help=_("Until when the person is away."))
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help=_("From when on; now without it."))
    ] = None,
    deputy: Deputy = None,
    back: Annotated[
        bool, typer.Option("--back", help=_("The person is back, or does not go after all."))
    ] = False,
) -> None:
    """Say that somebody is away, and who stands in."""
    if back and (until, start, deputy) != (None, None, None):
        raise Usage("options-conflict", options=["--back", "--until", "--from", "--deputy"])
    if not back and until is None:
        raise InputNeeded("date-needed", option="--until")
    with editing(edge) as open_:
        person = registering.member(open_.roster, handle)
        if back:
            person = registering.back(person, when(edge))
        else:
            if not deputy and person.deputy is None:
                raise InputNeeded("deputy-needed", handle=person.handle)
            person = registering.away(
                open_.roster,
                person,
                start=edge.moment(start, "since") if start else when(edge),
                end=edge.moment(until or "", "deadline"),
                now=edge.now,
                deputy=deputy,
            )
        open_.write(person)
    _say(edge, person)


def remove(edge: Edge, handle: Handle) -> None:
    """Take somebody off the staff; refused while anything is held."""
    from cstrack.app import handing

    with editing(edge) as open_:
        person = registering.member(open_.roster, handle)
        if open_.db is not None:
            held = handing.held(open_.db, person.handle, open_.roster.people.values())
            registering.guard_nothing_held(person, held._asdict())
        open_.write(person._replace(left_at=edge.now))
        last = len(open_.roster.people) == 1
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one({"schema": 1, "handle": person.handle, "left_at": _utc(edge.now)}))
    elif not edge.quiet:
        sys.stdout.write(_("{handle} is no longer of the staff").format(handle=person.handle) + "\n")
    if last and not edge.quiet:
        sys.stderr.write(_("note: nobody is of the staff now, so everybody acts on cases again") + "\n")


def _said(
    name: str | None,
    level: int | None,
    mail: str | None,
    store: str | None,
    teams: list[str] | None,
    supervisor: str | None,
    deputy: str | None,
    logins: list[str] | None,
    zone: str | None,
    hours: str | None,
) -> dict[str, Any]:
    """What was typed, by the fields of a person; None where nothing was."""
    told = {"name": name, "mail": mail, "store": store, "supervisor": supervisor}
    told |= {"deputy": deputy, "zone": zone, "hours": hours}
    fields: dict[str, Any] = {
        key: None if word is None else checked(word.strip(), f"--{key}") for key, word in told.items()
    }
    if fields["zone"]:
        _guard_zone(fields["zone"])
    return {
        **fields,
        "level": level,
        "teams": _several(teams, "--team"),
        "logins": _several(logins, "--login"),
    }


def _several(typed: list[str] | None, option: str) -> tuple[str, ...] | None:
    """Words of an option that may be repeated, or joined by commas; none for an empty one."""
    if typed is None:
        return None
    words = (word.strip() for one in typed for word in re.split("[,，、]", checked(one, option)))
    return tuple(dict.fromkeys(word for word in words if word))


def _guard_zone(name: str) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as fault:
        raise Usage("staff-zone-unknown", zone=name) from fault


def _first(edge: Edge, open_: Registers, person: Person) -> str:
    """What changes with the first person of the staff, and whether the one who typed it is left out."""
    from cstrack.app.road import account
    from cstrack.domain.staff import Roster
    from cstrack.render.safe import safe

    text = _("note: from now on only the staff act on cases")
    run = edge.run
    assert open_.db is not None  # noqa: S101  somebody was written there
    actor = run.actor if run.named else account(run, open_.db, Roster([person]))[0]
    if actor != person.handle:
        more = _("; {actor} is not among them: cstrack staff add {actor} --level N")
        text += more.format(actor=safe(actor))
    return text + "\n"


def _say(edge: Edge, person: Person) -> None:
    from cstrack.render import staff_card

    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one(staff_card.written_object(person, edge.now)))
    elif not edge.quiet:
        sys.stdout.write(staff_card.line(person, edge.now, edge.zone) + "\n")


def _utc(at: int) -> str | None:
    from cstrack.render.local import utc

    return utc(at)
