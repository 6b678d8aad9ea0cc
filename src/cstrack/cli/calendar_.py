"""`cstrack calendar`: the calendars of the policy in use, and holidays from files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.cli import policy_named
from cstrack.cli.edge import Edge
from cstrack.cli.policy_apply import DryRun, carry_out, guard_now
from cstrack.cli.texts import Message, typed
from cstrack.domain.choices import chosen
from cstrack.domain.decide.following import CALENDAR
from cstrack.domain.errors import BadInput, InputNeeded, Usage
from cstrack.domain.text import MOST
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.calendar_entry import Change

YEARS_AHEAD = 2
"""Yearly rules of a file are followed so many years on, where --through does not say further."""
SHOWN_DAYS = 60
FINDINGS = 8
DAY_S = 86_400


def show(
    edge: Edge,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=_("Which calendar; all of the policy without it."))
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help=_("The first day to tell of; today."))
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help=_("The last day to tell of; 60 days on."))
    ] = None,
) -> None:
    """Show the hours of calendars, and their special days."""
    now = edge.now if edge.at is None else edge.at
    begins = edge.moment(first, "since") if first else now
    ends = edge.moment(last, "deadline") if last else begins + SHOWN_DAYS * DAY_S
    if not begins <= ends <= begins + 3660 * DAY_S:
        raise Usage("span-backwards", first_at=begins, last_at=ends)
    policy = policy_named.followed(edge)
    known = list(policy.data["calendars"])
    names = [chosen(name, known, "NAME")] if name else known
    found = []
    for one in names:
        calendar = policy.calendar(one)
        if calendar is not None:
            data = {"name": one, "zone": policy.zone, **policy.data["calendars"][one]}
            found.append((data, calendar.days(begins, ends)))
    from cstrack.render import calendar as render

    if edge.options.get("json"):
        from cstrack.render import json

        objects = [render.calendar_object(*one) for one in found]
        sys.stdout.write(json.one(objects[0]) if name else json.bare_list(objects))
    elif sys.stdout.isatty():
        sys.stdout.write("\n".join(render.screen(*one, now, edge.look) for one in found))
    else:
        sys.stdout.write("".join(render.plain_lines(*one) for one in found))


def check(
    edge: Edge,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help=_("A file of holidays; - is standard input."))
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=_("Exit with 8 when a calendar ends too soon."))
    ] = False,
) -> None:
    """Check a file of holidays; without one, whether the desk's calendars reach far enough."""
    if file is not None:
        changes = _read(edge, file, None)
        _say(
            edge,
            _("{path} names one day, {first}")
            if len(changes) == 1
            else _("{path} names {count} days, {first} to {last}"),
            {"path": file, "count": len(changes), "first": changes[0][0], "last": changes[-1][0]},
        )
        return
    from cstrack.domain.calendar_watch import ends_soon

    policy = policy_named.followed(edge)
    found = ends_soon(policy.data["calendars"], edge.now if edge.at is None else edge.at, policy.zone)
    if edge.options.get("json"):
        from cstrack.render import json

        rows = [{"schema": 1, "calendar": name, "confirmed_through": through} for name, through in found]
        sys.stdout.write(json.bare_list(rows))
    else:
        for name, through in found:
            text = _(
                "{name} is confirmed through {through} only: cstrack calendar import FILE --calendar {name}"
            )
            sys.stdout.write(_line(edge, text, {"name": name, "through": through}))
        if not found:
            _say(edge, _("every calendar is confirmed as far as it has to be"), {})
    if found and exit_code:
        raise typer.Exit(FINDINGS)


def import_(
    edge: Edge,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("iCalendar, JSON or CSV; - is standard input."))
    ],
    calendar: Annotated[
        str | None, typer.Option("--calendar", metavar="NAME", help=_("Which calendar takes the days."))
    ] = None,
    through: Annotated[
        str | None,
        typer.Option("--through", metavar="TIME", help=_("The last day for which the file is complete.")),
    ] = None,
    dry_run: DryRun = False,
    message: Message = None,
) -> None:
    """Add holidays and working days to a calendar; clocks that run move with it."""
    guard_now(edge)
    name = _known(edge, calendar)
    end = _date(edge, through) if through else None
    changes = _read(edge, file, end)
    from cstrack.domain.calendar_toml import to_toml
    from cstrack.store.policies import checked

    before = policy_named.version(edge, None)
    amended = f"{before.text.rstrip()}\n\n{to_toml(name, changes, end)}"
    try:
        made = checked.check(amended.encode(), file)
    except BadInput as fault:
        if fault.code == "policy-not-toml":
            raise BadInput("calendar-not-a-table", calendar=name) from fault
        problems: Any = fault.facts.get("problems")
        if problems is None:
            raise
        # their lines are those of the policy, which nobody has before them
        named = [{**problem, "line": None} for problem in problems]
        raise BadInput("calendar-file-invalid", path=file, problems=named) from fault
    from cstrack.app.applying import Made

    carry_out(
        edge,
        Made(*made),
        why=CALENDAR,
        text=typed(message, None),
        dry_run=dry_run,
        onto=before.data["version"],
    )


def _known(edge: Edge, name: str | None) -> str:
    """The calendar of that name; the only one there is where none is named."""
    known: list[str] = list(edge.policy.data["calendars"])
    if name is None:
        if len(known) == 1:
            return known[0]
        raise InputNeeded("choice-needed", option="--calendar", known=known)
    return chosen(name, known, "--calendar")


def _date(edge: Edge, phrase: str) -> str:
    from cstrack.render.local import Zone

    return (Zone(edge.zone).iso(edge.moment(phrase, "since")) or "")[:10]


def _read(edge: Edge, file: str, through: str | None) -> Sequence[Change]:
    """The days of a file; BadInput with every problem by its place."""
    from cstrack.cli.texts import decoded, taken
    from cstrack.domain import calendar_import

    text = decoded(taken(file, MOST + 1), file, "FILE")
    year = int(through[:4]) if through else int(_date(edge, "today")[:4]) + YEARS_AHEAD
    changes, problems = calendar_import.read(text, through_year=year)
    if problems:
        raise BadInput("calendar-file-invalid", path=file, faults=problems)
    return changes


def _say(edge: Edge, words: str, facts: dict[str, object]) -> None:
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one({"schema": 1, **facts}))
    elif not edge.quiet:
        sys.stdout.write(_line(edge, words, facts))


def _line(edge: Edge, words: str, facts: dict[str, object]) -> str:
    from cstrack.render.fold import paragraph
    from cstrack.render.safe import safe

    shown = {name: safe(str(value)) for name, value in facts.items()}
    return paragraph(words.format(**shown), edge.look)
