"""`cstrack group add`, `show`, `list`, `edit`, `drop`: complaints about one matter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli import ask
from cstrack.cli.cases import Cases, number, numbers
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import MANY, Yes, tell
from cstrack.domain.errors import NotFound, Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.app.grouping import Changed

GroupNumber = Annotated[str, typer.Argument(metavar="G", help=_("The group's number: G-3 or 3."))]
Lead = Annotated[
    str | None,
    typer.Option("--lead", metavar="C", help=_("The case that stands for all; the first if not said.")),
]
Name = Annotated[str | None, typer.Option("--name", metavar="TEXT", help=_("What the group is called."))]
Statement = Annotated[
    str | None,
    typer.Option("--statement", metavar="TEXT", help=_("What we say to all of them; -m and -F too.")),
]


def add(
    edge: Edge,
    cases: Cases,
    to: Annotated[
        str | None, typer.Option("--to", metavar="G", help=_("Add them to this group: G-3."))
    ] = None,
    lead: Lead = None,
    name: Name = None,
    statement: Statement = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Make one group of cases, or add some to one; it takes them to the level of groups."""
    from cstrack.app import grouping

    wanted, words = numbers(cases), _words(name, statement, message, file)
    head = _lead(lead)
    if to is not None:
        given = {"--lead": head, "--name": words["name"], "--statement": words["statement"]}
        for option, value in given.items():
            if value is not None:
                raise Usage("options-conflict", options=["--to", option])
        group = _group(to)
        _confirmed(edge, wanted, lambda dry: grouping.join(edge.road, group, wanted, rehearse=dry), yes=yes)
        return
    _confirmed(
        edge,
        wanted,
        lambda dry: grouping.form(edge.road, wanted, lead=head, rehearse=dry, **words),
        yes=yes,
    )


def show(edge: Edge, group: GroupNumber) -> None:
    """Show a group: its statement and all its cases, each with its own clocks."""
    from cstrack.app import groups
    from cstrack.render import group_list

    wanted = _group(group)
    with edge.reading() as db:
        if db is None:
            raise NotFound("no-such-group", group=wanted)
        at = edge.at
        found = groups.shown(db, wanted, at)
    now = edge.now if at is None else at
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one(group_list.shown_object(found, now)))
    else:
        sys.stdout.write(group_list.card(found, now, edge.zone, edge.look))


def list_(
    edge: Edge,
    suggested: Annotated[
        bool, typer.Option("--suggested", help=_("What looks like one matter and is no group yet."))
    ] = False,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List the groups with open cases, or what should be one."""
    from cstrack.app import groups
    from cstrack.render import alike, group_list

    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    with edge.reading() as db:
        at = edge.at
        now = edge.now if at is None else at
        policy = edge.policy
        same = groups.suggested(db, policy, now, at) if suggested and db is not None else []
        found = groups.listed(db, at) if not suggested and db is not None else []
    if suggested and listing.is_screen:
        sys.stdout.write(alike.screen(same, policy.groups.days))
    elif suggested:
        listing.write(map(alike.listed_object, same), alike.KNOWN, alike.PLAIN)
    elif listing.is_screen:
        sys.stdout.write(group_list.screen(found, now, edge.zone, edge.look))
    else:
        say = say_of(edge, listing)
        objects = (group_list.listed_object(one, say) for one in found)
        listing.write(objects, group_list.KNOWN, group_list.PLAIN)


def edit(
    edge: Edge,
    group: GroupNumber,
    lead: Lead = None,
    name: Name = None,
    statement: Statement = None,
    message: Message = None,
    file: File = None,
) -> None:
    """Give a group another lead, name or statement."""
    from cstrack.app import grouping

    wanted, words, head = _group(group), _words(name, statement, message, file), _lead(lead)
    if head is None and not any(words.values()):
        raise Usage("group-change-needed", group=wanted)
    _say(edge, grouping.change(edge.road, wanted, lead=head, **words))


def drop(
    edge: Edge, group: GroupNumber, cases: Cases, message: Message = None, file: File = None, yes: Yes = False
) -> None:
    """Take cases out of a group, with a reason; all of them dissolve it. Their levels stay."""
    from cstrack.app import grouping

    wanted, leaving, text = _group(group), numbers(cases), typed(message, file)
    with ask.kept(edge) as asked:
        if text is None:
            grouping.leave(edge.road, wanted, leaving, text="?", rehearse=True)
            text = ask.text(edge, _("Why is it taken out?"), "-m")
            asked.append(text)
        said = text
        _confirmed(
            edge,
            leaving,
            lambda dry: grouping.leave(edge.road, wanted, leaving, text=said, rehearse=dry),
            yes=yes,
        )


def _confirmed(edge: Edge, cases: list[int], order: Callable[[bool], Changed], *, yes: bool) -> None:
    """Carry out an order on cases and say what changed; many are confirmed, once the rules have judged."""
    if len(cases) >= MANY and not yes:
        order(True)
        ask.confirm(edge, _("Change {count} cases?").format(count=len(cases)), len(cases))
    _say(edge, order(False))


def _say(edge: Edge, changed: Changed) -> None:
    """Print what an order did to a group and to its cases."""
    from cstrack.render import group_list

    if edge.options.get("json"):
        from cstrack.render import json

        tell(json.one(group_list.written_object(changed, edge.now)), changed.outcomes)
    elif not edge.quiet:
        tell(group_list.changed_lines(changed, edge.now), changed.outcomes)


def _group(word: str) -> int:
    """The number of a group as typed: G-3, g-3, 3."""
    digits = word.strip().upper().removeprefix("G-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > LONGEST or int(digits) == 0:
        raise Usage("group-not-understood", word=word)
    return int(digits)


LONGEST = 18
"""The most digits that a number of the database has."""


def _lead(word: str | None) -> int | None:
    return None if word is None else number(word)


def _words(
    name: str | None, statement: str | None, message: str | None, file: str | None
) -> dict[str, str | None]:
    """Name and statement as given; an empty one counts as none."""
    told = typed(message, file)
    if statement is not None and (message is not None or file is not None):
        raise Usage("options-conflict", options=["--statement", "-m" if file is None else "-F"])
    said = typed(statement, None, "--statement") if statement is not None else told
    return {"name": checked((name or "").strip(), "--name") or None, "statement": said}
