"""What an import says: a line a reject, the notes by kind, how many of what; and all of it as an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render.i18n import _
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA, ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.app.importing import Noted, Tally
    from cstrack.app.presets.rows import Reject

    When = Callable[[int], str]


def reasons() -> dict[str, str]:
    """Why a row is not taken: code -> sentence, with the places of its facts."""
    no_other_date = _("the date {value} cannot be when it happened, and there is no other")
    return {
        "date-missing": _("the date is missing"),
        "date-not-understood": _("the date {value} is not understood"),
        "field-count": _("{found} fields instead of {expected}: a torn row, or a delimiter too many"),
        "file-torn": _("the file ends in the middle; it was not copied whole"),
        "incident-after-scrape": no_other_date,
        "incident-before-1990": no_other_date,
        "incident-before-model-year": no_other_date,
        "incident-missing": _("the date is missing"),
        "incident-not-understood": _("the date {value} is not understood"),
        "nul": _("a NUL character, which cannot be kept"),
        "quotes-broken": _("a quotation mark is not closed, or text follows a closing one"),
        "reference-missing": _("the reference number is missing"),
        "reference-not-understood": _("{value} is no reference number"),
        "repeated-differs": _("line {first} has the same reference and says something else"),
        "text-too-long": _("a text of more than 1 MiB, or a row of more than 2 MiB"),
        "time-in-future": _("{at} has not come yet"),
        "undecodable": _("characters that are not of the file's encoding"),
        "word-not-known": _("the word {value} is not known"),
    }


def remarks() -> dict[str, str]:
    """What was odd about rows that were taken: code -> sentence."""
    return {
        "channel-not-known": _("the channel is not known and left empty"),
        "ending-to-come": _("the end of its time limit has not come yet; it ends now"),
        "incident-after-scrape": _("the incident lies after the time of collection, which is used instead"),
        "incident-before-1990": _("the incident lies before 1990; the time of collection is used"),
        "incident-before-model-year": _(
            "the incident lies years before the model; the time of collection is used"
        ),
        "incident-missing": _("there is no date of the incident; the time of collection is used"),
        "incident-not-understood": _(
            "the date of the incident is not understood; the time of collection is used"
        ),
        "number-not-understood": _("a number is not understood and left out"),
        "opened-when-added": _("there is no date of receipt; the day it came into the file is used"),
        "read-as-cp1252": _("not UTF-8; read as Windows-1252"),
        "repeated": _("the same row stands above; it is taken once"),
        "repeated-reference": _("the same reference stands above, on a row that was not taken"),
        "response-missing": _("no answer is told; the case is open"),
        "sent-before-received": _("sent on before it was received; the day of receipt is used"),
        "sent-missing": _("there is no date of sending on; the day of receipt is used"),
        "timely-contradicted": _("called untimely and timely at once; taken as late"),
        "unknown-column": _("a column the preset does not know; its cells are kept as words"),
        "word-not-known": _("neither yes nor no; taken as no"),
    }


def reject_line(reject: Reject, when: When) -> str:
    """`line 17: column timely_response: the word maybe is not known`."""
    lines = reject.facts.get("through")
    if lines:
        place = _("lines {first}-{last}").format(first=reject.line, last=lines)
    else:
        place = _("line {line}").format(line=reject.line)
    if reject.column:
        place = _about(place, _("column {name}").format(name=safe(reject.column)))
    return _about(place, _reason(reject, when))


def _about(place: str, what: str) -> str:
    return _("{place}: {what}").format(place=place, what=what)


def _reason(reject: Reject, when: When) -> str:
    facts = {
        name: when(value) if name == "at" and isinstance(value, int) else safe(str(value))
        for name, value in reject.facts.items()
    }
    return reasons().get(reject.reason, reject.reason).format_map(facts)


def summary(tally: Tally, *, written: bool) -> str:
    """How many of what, then the odd things by kind with the first lines of each."""
    opened = _("cases opened {count}") if written else _("cases to open {count}")
    if written and tally.opened > 1:
        opened = _("cases opened {count} ({first} to {last})")
    parts = [
        _("rows {count}").format(count=tally.rows),
        opened.format(count=tally.opened, first=ref(tally.first or 0), last=ref(tally.last or 0)),
        _("already known {count}").format(count=tally.known),
        _("rejected {count}").format(count=tally.rejected),
    ]
    lead = "" if written else _("nothing written: ")
    lines = [f"{tally.preset}: {lead}{' · '.join(parts)}", *map(_kind, tally.kinds.items())]
    return "".join(line + "\n" for line in lines)


def _kind(kind: tuple[tuple[str, str], tuple[int, list[int]]]) -> str:
    (code, column), (count, first) = kind
    lines = ", ".join(map(str, first)) + (", …" if count > len(first) else "")
    where = _("line {line}").format(line=lines) if count == 1 else _("lines {lines}").format(lines=lines)
    remark = remarks().get(code, code)
    what = _about(safe(column), remark) if column else remark
    return f"  {count} × " + _("{what} ({why})").format(what=what, why=where)


def import_object(tally: Tally, when: When) -> dict[str, Any]:
    """The object of --json; `first` and `last` are case numbers."""
    return {
        "schema": SCHEMA,
        "preset": tally.preset,
        "rows": tally.rows,
        "opened": tally.opened,
        "known": tally.known,
        "rejected": [
            {"line": one.line, "reason": one.reason, "column": one.column, "message": _reason(one, when)}
            for one in tally.rejects
        ],
        "notes": [_note_object(one) for one in tally.notes],
        "first": tally.first,
        "last": tally.last,
    }


def _note_object(noted: Noted) -> dict[str, Any]:
    line, (code, column, value) = noted
    message = remarks().get(code, code)
    return {"line": line, "code": code, "column": column or None, "value": value or None, "message": message}
