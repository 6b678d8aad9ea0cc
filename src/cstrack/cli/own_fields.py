"""`cstrack set`, and what an order that needs fields of the desk's own asks for."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from cstrack.cli import ask, writing
from cstrack.cli.cases import Cases, numbers
from cstrack.cli.edge import Edge
from cstrack.cli.field_options import Field, read
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import Yes, carry_out
from cstrack.domain.errors import InputNeeded, Usage
from cstrack.domain.own_fields import NO, YES
from cstrack.render.i18n import _, term
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cstrack.app.road import Outcome
    from cstrack.domain.own_fields import Change

NEEDED = ("open-needs-fields", "resolve-needs-fields")


def set_(
    edge: Edge,
    cases: Cases,
    fields: Field = None,
    message: Message = None,
    file: File = None,
    yes: Yes = False,
) -> None:
    """Fill in fields of the desk's own, of cases, their customers and products; NAME= empties one."""
    changes = read(edge, fields)
    if not changes:
        raise InputNeeded("choice-needed", option="--field NAME=VALUE", known=list(edge.policy.every_field()))
    order = partial(_set, changes=changes)
    carry_out(edge, cases, order, typed(message, file), yes=yes, answer=_say)


def answered(
    edge: Edge, words: Iterable[str] | None, run: Callable[[tuple[Change, ...]], Any], cases: str = "1"
) -> Any:
    """What `run` gives with the fields of --field; those that one case still needs are asked for."""
    changes = read(edge, words)
    while True:
        try:
            return run(changes)
        except InputNeeded as needed:
            if needed.code not in NEEDED or not edge.interactive or len(numbers(cases)) > 1:
                raise
            changes += tuple(_asked(edge, code) for code in _missing(needed))


def _set(draft: Any, *, changes: Sequence[Change], text: str | None) -> None:
    from cstrack.domain.decide.own_fields import set_fields

    set_fields(draft, changes=changes, text=text)


def _missing(needed: InputNeeded) -> list[str]:
    codes: Any = needed.facts["own_fields"]
    return list(codes)


def _asked(edge: Edge, code: str) -> Change:
    """A field as somebody at the terminal says it; what is not understood is asked again."""
    from cstrack.domain import field_values

    field = edge.policy.every_field()[code]
    questions = {"number": _("{field}, a number:"), "date": _("{field}, a date:")}
    question = questions.get(field["type"], _("{field}:")).format(field=safe(term(dict(field))))
    option = f"{field_values.OPTION} {code}=..."
    choices = _choices(field)
    if choices:
        return field["on"], code, ask.choice(edge, question, choices, option)
    while True:
        text = ask.text(edge, question, option, code="own-field-needed")
        try:
            return field["on"], code, field_values.value(field, text, now=edge.now, zone=edge.zone)
        except Usage as refusal:
            from cstrack.render.refusals import worded

            sys.stderr.write(worded(refusal, str) + "\n")


def _choices(field: Mapping[str, Any]) -> list[tuple[str, str]]:
    if field["type"] == "yes-no":
        return [(YES, _("yes")), (NO, _("no"))]
    return [(choice["code"], safe(term(dict(choice)))) for choice in field["choices"]]


def _say(edge: Edge, outcomes: list[Outcome]) -> None:
    """What changed; in JSON with all fields of the case, its customer and its product."""
    if not edge.options.get("json"):
        writing.say(edge, outcomes)
        return
    from cstrack.app import reading
    from cstrack.render import json, shapes
    from cstrack.render.own_fields import data

    with edge.reading() as db:
        assert db is not None  # noqa: S101  it was written to just now
        rows = [reading.shown(db, one.after.number, None).row for one in outcomes]
        found = reading.fields(db, rows, None)
    objects = [
        {**shapes.written_object(one.after, one.events, edge.now), "fields": data(found[one.after.number])}
        for one in outcomes
    ]
    text = json.one(objects[0]) if len(objects) == 1 else json.bare_list(objects)
    writing.tell(text, outcomes)
