"""`cstrack open`: a case in under a minute."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import opening, road
from cstrack.cli import ask, codes, writing
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.domain.decide import talk
from cstrack.domain.decide.opening import Complaint
from cstrack.domain.text import checked
from cstrack.render import shapes
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.opening import Opened

MOST_SUBJECT = 200
"""A subject longer than this is a text: its first line becomes the subject."""


def open_(
    edge: Edge,
    subject: Annotated[
        str | None, typer.Argument(metavar="SUBJECT", help=_("What it is about; - reads standard input."))
    ] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", metavar="NAME", help=_("The customer's name."))
    ] = None,
    phone: Annotated[
        str | None,
        typer.Option("--phone", metavar="NUMBER", help=_("The customer's phone; it finds earlier cases.")),
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help=_("complaint, suggestion, inquiry or praise."))
    ] = "complaint",
    category: Annotated[
        str | None,
        typer.Option("--category", metavar="CODE", help=_("service.repair, parts.price, billing, ...")),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="CODE", help=_("phone, walk-in, mail, web, regulator, ...")),
    ] = None,
    flags: Annotated[
        list[str] | None, typer.Option("--flag", metavar="FLAG", help=_("A warning sign; may be repeated."))
    ] = None,
    message: Message = None,
    file: File = None,
    resolved: Annotated[
        bool, typer.Option("--resolve", help=_("It was solved on the spot; -m says how."))
    ] = False,
) -> None:
    """Open a case; without a subject it asks."""
    text = typed(message, file)
    if subject == "-":
        subject = typed("-", None, "SUBJECT")
    if subject is None and text is not None and not resolved:
        subject = text.split("\n", 1)[0]
    if not (subject or "").strip():
        subject = ask.subject(edge)
    if resolved and text is None:
        text = ask.text(edge, _("What was done?"), "-m")
    title, rest = _split(checked((subject or "").strip(), "SUBJECT"))
    body = "\n".join(filter(None, (rest, None if resolved else text)))
    complaint = Complaint(
        subject=title,
        text=checked(body, "text") if body and body != title else None,
        kind=codes.required(kind, "kinds", "--kind"),
        channel=codes.known(channel, "channels", "--channel"),
        category=codes.known(category, "categories", "--category"),
        flags=codes.all_known(flags or (), "flags", "--flag"),
    )
    caller = opening.Caller(_name(customer), checked(phone, "--phone") if phone else None)
    if edge.interactive and _joined(edge, complaint, caller):
        return
    _say(edge, opening.open_case(edge.road, complaint, caller, text if resolved else None))


def _split(subject: str) -> tuple[str, str | None]:
    """A subject of one line; what is more than that goes to the text, whole."""
    line = subject.split("\n", 1)[0].strip()
    if line == subject and len(subject) <= MOST_SUBJECT:
        return subject, None
    return line[:MOST_SUBJECT], subject


def _name(customer: str | None) -> str | None:
    return checked(customer.strip(), "--customer") or None if customer else None


def _joined(edge: Edge, complaint: Complaint, caller: opening.Caller) -> bool:
    """Offer to join the customer's open case; True when the caller's word went there instead."""
    with edge.reading() as db:
        if db is None:
            return False
        at = edge.now if edge.at is None else edge.at
        waiting = opening.still_open(db, opening.find_customer(db, caller.phone), complaint.category, at)
    if not waiting:
        return False
    earlier = waiting[-1]
    answer = ask.choice(
        edge,
        _("This customer has {ref} open on the same matter.").format(ref=shapes.ref(earlier)),
        [
            ("join", _("join: record this on {ref}").format(ref=shapes.ref(earlier))),
            ("open", _("open a new case")),
        ],
        "--no-input",
    )
    if answer != "join":
        return False
    words = "\n".join(filter(None, (complaint.subject, complaint.text)))
    outcomes = road.change(
        edge.road,
        [earlier],
        lambda draft: talk.contact(
            draft, direction=talk.IN, channel=complaint.channel, text=words, chase=True
        ),
    )
    writing.say(edge, outcomes)
    return True


def _say(edge: Edge, opened: Opened) -> None:
    """Print the new case; on standard error what the desk should look at."""
    if edge.options.get("json"):
        from cstrack.render import json

        one = opened.outcome
        sys.stdout.write(json.one(shapes.written_object(one.after, one.events, edge.now)))
    elif not edge.quiet:
        from cstrack.render.opened import opened_screen

        sys.stdout.write(opened_screen(opened.outcome, edge.now))
    if not edge.quiet:
        from cstrack.render.opened import hints

        sys.stderr.write(hints(opened.outcome, opened.still_open, opened.known_as))
