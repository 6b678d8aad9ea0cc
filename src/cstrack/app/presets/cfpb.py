"""Complaints as the US Consumer Financial Protection Bureau publishes them (CSV).

Both shapes of the export are read, with narrative, tags, public response and
Complaint ID or without, in any order of columns. A date is month/day/year as the
bureau documents it, or ISO; "N/A" is an empty cell.

    Submitted via                       channel
    Web                                 web
    Phone                               phone
    Postal mail, Fax                    letter
    Email                               mail
    Referral, Web Referral              regulator (another agency passed it on)

The bureau gives a company 15 days from the day it sent the complaint on: the
clock `outside`, whose verdict is the bureau's own word "Timely response?".

    Company response                    outcome         clock
    Closed with (non-)monetary relief   partial         Timely: Yes met, No breached
    Closed with relief                  partial         the same
    Closed with explanation             no-agreement    the same
    Closed, Closed without relief       no-agreement    the same
    Untimely response                   no-agreement    breached
    In progress, or empty               none: open      runs

Relief is `partial` and never `satisfied`: the file says what a company gave, not
that the consumer was content. "Consumer disputed? No" is silence after an answer,
not a word of the customer; it stays a fact. A closing without relief is the final
answer, so `no-agreement`.

The file has no date of the answer. A timely one is dated to the day it was sent
to the company, a late one to the end of its 15 days, and marked "source-none".
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cstrack.app.presets import tables
from cstrack.app.presets.rows import (
    Ending,
    ImportRow,
    Note,
    Numbers,
    Occurrences,
    OutsideBody,
    UnusableCell,
    civil_day,
    day_start,
    number,
    one_line,
    slug,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from cstrack.app.presets.rows import Facts, Reject

    Cells = dict[str, str]

REQUIRED = (
    "Date received",
    "Product",
    "Issue",
    "Company",
    "Submitted via",
    "Date sent to company",
    "Company response to consumer",
    "Timely response?",
)
FACTS = (
    *(tables.key(title) for title in REQUIRED),
    "sub_product",
    "sub_issue",
    "company_public_response",
    "state",
    "tags",
    "consumer_consent_provided",
    "consumer_disputed",
)
NARRATIVE = "consumer_complaint_narrative"
KNOWN = frozenset((*FACTS, NARRATIVE, "zip_code", "complaint_id"))
CHANNELS = {
    "web": "web",
    "phone": "phone",
    "postal mail": "letter",
    "fax": "letter",
    "email": "mail",
    "referral": "regulator",
    "web referral": "regulator",
}
OUTCOMES = {
    "closed with monetary relief": "partial",
    "closed with non-monetary relief": "partial",
    "closed with relief": "partial",
    "closed with explanation": "no-agreement",
    "closed without relief": "no-agreement",
    "closed": "no-agreement",
    "untimely response": "no-agreement",
    "in progress": None,
    "": None,
}
VERDICTS = {"yes": "met", "no": "breached"}
ANSWER_DAYS = 15


def read(stream: BinaryIO, *, zone: str) -> Iterator[ImportRow | Reject]:
    """Read complaints one by one; a date is the start of that day in `zone` (an IANA name).

    The stream is left open. Raises BadInput "import-not-this-preset" or
    "import-column-twice" at once where the header is not the bureau's.
    """
    header, records = tables.delimited(tables.Source(stream))
    names = tables.columns(header, "cfpb", KNOWN, REQUIRED)
    identities = _Identities()
    there = ZoneInfo(zone)

    def row(line: int, raw: Cells) -> ImportRow:
        return _row(line, raw, there, identities)

    return tables.complaints(names, records, row, tables.unknown(names, KNOWN))


class _Identities:
    """The identity of each row: the bureau's number, else the hash of what is known plus its occurrence."""

    __slots__ = ("_contents", "_numbers")

    def __init__(self) -> None:
        self._contents = Occurrences()
        self._numbers = Numbers()

    def of(self, cell: Cells) -> tuple[str, str | None, list[Note]]:
        """The row's ref, the bureau's number or None, and a note where that stood above in the file."""
        told = cell.get("complaint_id", "")
        if told:
            given = number(told, "complaint_id")
            notes = [Note("repeated-reference", "complaint_id", told)] if self._numbers.seen(given) else []
            return f"cfpb:{given}", str(given), notes
        content = "\0".join(f"{name}\0{cell[name]}" for name in sorted(KNOWN) if cell.get(name))
        digest = hashlib.sha256(content.encode()).hexdigest()[:32]
        return f"cfpb:sha256-{digest}#{self._contents.number(digest)}", None, []


def _row(line: int, raw: Cells, zone: ZoneInfo, identities: _Identities) -> ImportRow:
    cell = {name: _told(text) for name, text in raw.items()}
    received, sent, notes = _days(cell)
    channel = CHANNELS.get(cell["submitted_via"].casefold())
    if channel is None and cell["submitted_via"]:
        notes.append(Note("channel-not-known", "submitted_via", cell["submitted_via"]))
    outside, ending = _answer(cell, sent, zone, notes)
    ref, given, repeated = identities.of(cell)
    about = [cell[name] for name in ("product", "issue") if cell[name]]
    facts: Facts = {name: cell[name] for name in FACTS if cell.get(name)}
    words = {name: text for name, text in cell.items() if text and name not in KNOWN}
    if cell.get("zip_code"):
        words["zip"] = cell["zip_code"]
    return ImportRow(
        line=line,
        ref=ref,
        subject=one_line(": ".join(about) or ref),
        text=raw[NARRATIVE] if cell.get(NARRATIVE) else None,
        opened_at=day_start(received, zone),
        channel=channel,
        category=".".join(("cfpb", *map(slug, about))) if about else None,
        flags=(),
        facts=facts,
        words=words,
        product=None,
        outside=outside._replace(ref=given),
        ending=ending,
        notes=(*notes, *repeated),
    )


def _told(text: str) -> str:
    bare = text.strip()
    return "" if bare == "N/A" else bare


def _days(cell: Cells) -> tuple[dt.date, dt.date, list[Note]]:
    received = _day(cell, "date_received")
    if not cell["date_sent_to_company"]:
        return received, received, [Note("sent-missing", "date_sent_to_company", "")]
    sent = _day(cell, "date_sent_to_company")
    if sent < received:
        return received, received, [Note("sent-before-received", "date_sent_to_company", sent.isoformat())]
    return received, sent, []


def _day(cell: Cells, column: str) -> dt.date:
    if not cell[column]:
        raise UnusableCell("date-missing", column, "")
    day = civil_day(cell[column], ("iso", "us"))
    if day is None:
        raise UnusableCell("date-not-understood", column, cell[column])
    return day


def _answer(
    cell: Cells, sent: dt.date, zone: ZoneInfo, notes: list[Note]
) -> tuple[OutsideBody, Ending | None]:
    response = cell["company_response_to_consumer"]
    if response.casefold() not in OUTCOMES:
        raise UnusableCell("word-not-known", "company_response_to_consumer", response)
    outcome = OUTCOMES[response.casefold()]
    due_at = day_start(sent + dt.timedelta(days=ANSWER_DAYS), zone)
    outside = OutsideBody("cfpb", None, day_start(sent, zone), f"{ANSWER_DAYS}d", due_at, None)
    if outcome is None:
        if not response:
            notes.append(Note("response-missing", "company_response_to_consumer", ""))
        return outside, None
    verdict = _verdict(cell, notes)
    at = outside.received_at if verdict == "met" else due_at
    return outside._replace(verdict=verdict), Ending(outcome, response, at, "source-none")


def _verdict(cell: Cells, notes: list[Note]) -> str:
    timely = cell["timely_response"]
    if cell["company_response_to_consumer"].casefold() == "untimely response":
        if timely.casefold() == "yes":
            notes.append(Note("timely-contradicted", "timely_response", timely))
        return "breached"
    verdict = VERDICTS.get(timely.casefold())
    if verdict is None:
        raise UnusableCell("word-not-known", "timely_response", timely)
    return verdict
