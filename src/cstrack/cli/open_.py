"""`cstrack open`: a case in under a minute."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import opening, road
from cstrack.cli import ask, codes, writing
from cstrack.cli.edge import Edge
from cstrack.cli.field_options import Field, read
from cstrack.cli.own_fields import answered
from cstrack.cli.people import handle_of
from cstrack.cli.texts import File, Message, typed
from cstrack.domain.customer import phone_key
from cstrack.domain.decide.opening import Complaint
from cstrack.domain.errors import Usage
from cstrack.domain.text import checked
from cstrack.render.i18n import _
from cstrack.render.safe import safe
from cstrack.render.shapes import ref, written_object

if TYPE_CHECKING:
    from cstrack.app.opening import Opened
    from cstrack.domain.decide.draft import Draft
    from cstrack.record.rows import CaseRow

MOST_SUBJECT = 200
"""A subject longer than this is a text: its first line becomes the subject."""

DIGITS = range(3, 33)
"""How many digits a phone number has, its extension included: from short numbers to the longest abroad."""


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
    model: Annotated[
        str | None, typer.Option("--model", metavar="TEXT", help=_("The model of the product."))
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
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="WHO", help=_("Whom it is about: a person or a department.")),
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="CODE", help=_("Its store, where it is not your own."))
    ] = None,
    fields: Field = None,
    message: Message = None,
    file: File = None,
    resolved: Annotated[
        bool, typer.Option("--resolve", help=_("It was solved on the spot; -m says how."))
    ] = False,
) -> None:
    """Open a case; without a subject it asks."""
    given = typed(message, file)
    if subject == "-":
        if "-" in (message, file):
            raise Usage("options-conflict", options=["SUBJECT -", "-m -", "-F -"])
        subject = typed("-", None, "SUBJECT")
    known = Complaint(
        "",
        kind=codes.required(edge, kind, "kinds", "--kind"),
        channel=codes.known(edge, channel, "channels", "--channel"),
        category=codes.known(edge, category, "categories", "--category"),
        flags=codes.all_known(edge, flags or (), "flags", "--flag"),
        against=handle_of(against, "--against"),
        store=checked((store or "").strip(), "--store") or None,
        fields=read(edge, fields),
    )
    caller = opening.Caller(_name(customer), _phone(phone), checked((model or "").strip(), "--model") or None)
    way = edge.road
    with ask.kept(edge) as asked:
        title, text, done = _words(edge, subject, given, asked, resolved=resolved)
        complaint = known._replace(subject=title, text=text)
        if not resolved and _joined(edge, complaint, caller):
            return
        opened = answered(
            edge,
            fields,
            lambda said: opening.open_case(way, complaint._replace(fields=said), caller, done),
        )
    _say(edge, opened)


def _words(
    edge: Edge, subject: str | None, given: str | None, asked: list[str], *, resolved: bool
) -> tuple[str, str | None, str | None]:
    """Subject, text and what was done on the spot; what is missing is asked for and put into `asked`."""
    subject = (subject or "").strip()
    if not subject and given and not resolved:
        subject, given = given.strip(), None
    if not subject:
        subject = ask.subject(edge)
        asked.append(subject)
    if resolved and given is None:
        given = ask.text(edge, _("What was done?"), "-m")
        asked.append(given)
    title, whole = _split(checked(subject, "SUBJECT"))
    if resolved:
        return title, whole, given
    text = "\n".join(filter(None, (whole, given)))
    return title, checked(text, "TEXT") if text else None, None


def _split(subject: str) -> tuple[str, str | None]:
    """A subject of one line; what is more than that goes to the text, whole."""
    line = subject.split("\n", 1)[0].strip()
    if line == subject and len(subject) <= MOST_SUBJECT:
        return subject, None
    return line[:MOST_SUBJECT], subject


def _name(typed_name: str | None) -> str | None:
    return checked((typed_name or "").strip(), "--customer") or None


def _phone(number: str | None) -> str | None:
    """The phone as typed; Usage for one that could never be found again."""
    number = checked((number or "").strip(), "--phone")
    if number and len(phone_key(number)) not in DIGITS:
        raise Usage("phone-not-understood", phone=number)
    return number or None


def _joined(edge: Edge, complaint: Complaint, caller: opening.Caller) -> bool:
    """Offer to join the customer's open case; True when the caller's word went there instead."""
    open_cases = _still_open(edge, complaint, caller) if edge.interactive else ()
    if not open_cases:
        return False
    choices = [
        (
            str(row.number),
            _("record it on {ref}: {subject}").format(ref=ref(row.number), subject=safe(row.subject)),
        )
        for row in reversed(open_cases)
    ]
    question = _("This customer has a case open on the same matter.")
    answer = ask.choice(edge, question, [*choices, ("", _("open a new case"))], "--no-input")
    if not answer:
        return False
    words = "\n".join(filter(None, (complaint.subject, complaint.text)))
    [outcome] = road.change(edge.road, [int(answer)], lambda draft: _join(draft, complaint, words))
    writing.say(edge, [outcome])
    if not edge.quiet:
        from cstrack.render.opened import spoken_hints

        sys.stderr.write(spoken_hints(outcome.after, words))
    return True


def _still_open(edge: Edge, complaint: Complaint, caller: opening.Caller) -> list[CaseRow]:
    with edge.reading() as db:
        if db is None:
            return []
        at = edge.now if edge.at is None else edge.at
        return opening.still_open(db, complaint, caller.phone, at)


def _join(draft: Draft, complaint: Complaint, words: str) -> None:
    """The customer asks again: a chaser, with the signs and fields that were named, and whom it is about."""
    from cstrack.domain.decide import flags as signs
    from cstrack.domain.decide import people, talk
    from cstrack.domain.decide.own_fields import set_fields

    talk.contact(draft, direction=talk.IN, channel=complaint.channel, text=words, chase=True)
    for sign in complaint.flags:
        if sign not in draft.state.flags:
            signs.flag(draft, flag=sign)
    fact, word = people.named(draft.context, complaint.against)
    if (fact or word) not in (None, draft.state.against):
        people.against(draft, name=fact or word or "")
    set_fields(draft, changes=complaint.fields)


def _say(edge: Edge, opened: Opened) -> None:
    """Print the new case; on standard error what the desk should look at."""
    one = opened.outcome
    if edge.options.get("json"):
        from cstrack.render import json

        writing.tell(json.one(written_object(one.after, one.events, edge.now)), [one])
    elif not edge.quiet:
        from cstrack.render.opened import opened_screen

        writing.tell(opened_screen(one, edge.now), [one])
    if not edge.quiet:
        from cstrack.render.opened import hints

        sys.stderr.write(hints(one, opened.still_open, opened.unrecorded))
        writing.ring([one])
        if opened.alike:
            from cstrack.render.alike import suggestion

            sys.stderr.write("".join(suggestion(same, opened.days) + "\n" for same in opened.alike))
