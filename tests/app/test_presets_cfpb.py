"""Complaints of the financial bureau: both shapes of its export, and what may be wrong with them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cstrack.app.presets import cfpb
from cstrack.app.presets.rows import Ending, ImportRow, Note, OutsideBody, Reject
from cstrack.domain import errors

DATA = Path(__file__).parents[1] / "data" / "presets"
ZONE = "America/New_York"
CELLS = {
    "Date received": "7/29/2013",
    "Product": "Mortgage",
    "Issue": "Loan servicing",
    "Company": "Ocwen",
    "Submitted via": "Web",
    "Date sent to company": "7/30/2013",
    "Company response to consumer": "Closed with explanation",
    "Timely response?": "Yes",
}


def table(*rows: dict[str, str]) -> io.BytesIO:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def read(*rows: dict[str, str]) -> list[ImportRow | Reject]:
    return list(cfpb.read(table(*rows), zone=ZONE))


def one(**changed: str) -> ImportRow:
    named = {name.replace("_", " "): text for name, text in changed.items()}
    (row,) = read(CELLS | {_title(name): text for name, text in named.items()})
    assert isinstance(row, ImportRow)
    return row


def _title(name: str) -> str:
    return next((title for title in CELLS if title.rstrip("?").casefold() == name), name)


def start(iso: str) -> int:
    return int(dt.datetime.fromisoformat(iso).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


def from_file(name: str) -> list[ImportRow]:
    with (DATA / name).open("rb") as file:
        rows = list(cfpb.read(file, zone=ZONE))
    assert all(isinstance(row, ImportRow) for row in rows)
    return [row for row in rows if isinstance(row, ImportRow)]


def test_a_row_of_the_old_shape_is_read_whole() -> None:
    row = from_file("cfpb_old_shape.csv")[0]
    assert row._replace(ref="") == ImportRow(
        line=2,
        ref="",
        subject="Mortgage: Loan servicing, payments, escrow account",
        text=None,
        opened_at=start("2013-07-29"),
        channel="web",
        category="cfpb.mortgage.loan-servicing-payments-escrow-account",
        flags=(),
        facts={
            "date_received": "7/29/2013",
            "product": "Mortgage",
            "sub_product": "Conventional fixed mortgage",
            "issue": "Loan servicing, payments, escrow account",
            "company": "Franklin Credit Management",
            "state": "CT",
            "submitted_via": "Web",
            "date_sent_to_company": "7/30/2013",
            "company_response_to_consumer": "Closed with explanation",
            "timely_response": "Yes",
            "consumer_disputed": "No",
        },
        words={"zip": "6106"},
        product=None,
        outside=OutsideBody("cfpb", None, start("2013-07-30"), "15d", start("2013-08-14"), "met"),
        ending=Ending("no-agreement", "Closed with explanation", start("2013-07-30"), "source-none"),
        notes=(),
    )


def test_a_row_with_a_narrative_of_two_lines_keeps_it_and_the_lines_behind_it_their_numbers() -> None:
    first, second = from_file("cfpb_narratives.csv")[:2]
    assert (first.ref, first.line, second.line) == ("cfpb:3384392", 2, 4)
    assert first.text == (
        "transworld systems inc. \nis trying to collect a debt that is not mine, not owed and is inaccurate."
    )
    assert first.outside is not None
    assert first.outside.ref == "3384392"


def test_no_cell_of_a_row_is_lost() -> None:
    with (DATA / "cfpb_narratives.csv").open(newline="") as file:
        sources = list(csv.DictReader(file))
    for source, row in zip(sources, from_file("cfpb_narratives.csv"), strict=True):
        told = {text for text in source.values() if text not in ("", "N/A")}
        kept = {*row.facts.values(), *row.words.values(), row.text, row.ref.removeprefix("cfpb:")}
        assert told == kept - {None}


def test_columns_may_stand_in_any_order() -> None:
    (row,) = read(dict(reversed(CELLS.items())))
    assert row == one()


def test_the_identity_without_a_number_is_the_content_and_its_occurrence() -> None:
    rows = from_file("cfpb_old_shape.csv")
    twins = [row for row in rows if row.facts["company"] == "Regions Financial Corporation"]
    stem = twins[0].ref.removesuffix("#1")
    assert [row.ref for row in twins] == [f"{stem}#1", f"{stem}#2"]
    assert len({row.ref for row in rows}) == len(rows)


def test_the_identity_is_the_same_from_any_order_of_columns_and_with_columns_of_ones_own() -> None:
    (row,) = read(dict(reversed(CELLS.items())) | {"my remark": "call back", "Tags": ""})
    assert isinstance(row, ImportRow)
    assert row.ref == one().ref == "cfpb:sha256-" + row.ref[12:44] + "#1"


def test_a_number_that_stands_above_in_the_file_is_noted() -> None:
    first, second = read(CELLS | {"Complaint ID": "7"}, CELLS | {"Complaint ID": "7"})
    assert isinstance(first, ImportRow)
    assert isinstance(second, ImportRow)
    assert (first.ref, first.notes) == ("cfpb:7", ())
    assert (second.ref, second.notes) == ("cfpb:7", (Note("repeated-reference", "complaint_id", "7"),))


def test_unknown_columns_are_kept_erasable_and_noted_once() -> None:
    rows = read(CELLS | {"Account holder": "A. Miller"}, CELLS | {"Account holder": ""})
    assert [(row.words, row.notes) for row in rows if isinstance(row, ImportRow)] == [
        ({"Account holder": "A. Miller"}, (Note("unknown-column", "Account holder", ""),)),
        ({}, ()),
    ]


@pytest.mark.parametrize(
    ("told", "channel"),
    [
        ("Web", "web"),
        ("Phone", "phone"),
        ("Postal mail", "letter"),
        ("Fax", "letter"),
        ("Email", "mail"),
        ("Referral", "regulator"),
        ("Web Referral", "regulator"),
        ("N/A", None),
    ],
)
def test_the_channel_follows_the_bureaus_word(told: str, channel: str | None) -> None:
    row = one(submitted_via=told)
    assert (row.channel, row.notes) == (channel, ())


def test_an_unknown_channel_is_none_and_noted() -> None:
    row = one(submitted_via="Telegram")
    assert (row.channel, row.notes) == (None, (Note("channel-not-known", "submitted_via", "Telegram"),))


@pytest.mark.parametrize(
    ("response", "timely", "verdict", "outcome", "ended"),
    [
        ("Closed with explanation", "Yes", "met", "no-agreement", "2013-07-30"),
        ("Closed", "No", "breached", "no-agreement", "2013-08-14"),
        ("Closed with monetary relief", "Yes", "met", "partial", "2013-07-30"),
        ("Closed with non-monetary relief", "No", "breached", "partial", "2013-08-14"),
        ("Closed with relief", "Yes", "met", "partial", "2013-07-30"),
        ("Closed without relief", "Yes", "met", "no-agreement", "2013-07-30"),
        ("Untimely response", "No", "breached", "no-agreement", "2013-08-14"),
    ],
)
def test_an_answered_complaint_is_closed_with_the_bureaus_verdict(
    response: str, timely: str, verdict: str, outcome: str, ended: str
) -> None:
    row = one(company_response_to_consumer=response, timely_response=timely)
    assert row.outside is not None
    assert row.outside.verdict == verdict
    assert row.ending == Ending(outcome, response, start(ended), "source-none")


@pytest.mark.parametrize("timely", ["Yes", "No", ""])
def test_a_complaint_in_progress_is_open_and_its_clock_runs(timely: str) -> None:
    row = one(company_response_to_consumer="In progress", timely_response=timely)
    assert row.outside is not None
    assert (row.ending, row.outside.verdict, row.notes) == (None, None, ())


def test_a_complaint_without_a_response_is_open_and_noted() -> None:
    row = one(company_response_to_consumer="N/A", timely_response="")
    assert (row.ending, row.notes) == (None, (Note("response-missing", "company_response_to_consumer", ""),))


def test_untimely_stands_above_a_timely_yes_and_the_contradiction_is_noted() -> None:
    row = one(company_response_to_consumer="Untimely response", timely_response="Yes")
    assert row.outside is not None
    assert (row.outside.verdict, row.notes) == (
        "breached",
        (Note("timely-contradicted", "timely_response", "Yes"),),
    )


def test_relief_is_never_called_satisfied_because_no_one_disputed() -> None:
    (row,) = read(
        CELLS | {"Company response to consumer": "Closed with monetary relief", "Consumer disputed?": "No"}
    )
    assert isinstance(row, ImportRow)
    assert row.ending is not None
    assert (row.ending.outcome, row.facts["consumer_disputed"]) == ("partial", "No")


def test_fifteen_days_are_days_of_the_calendar_across_a_change_of_clocks() -> None:
    row = one(date_received="10/25/2013", date_sent_to_company="10/25/2013")
    assert row.outside is not None
    assert row.outside.due_at - row.outside.received_at == 15 * 86_400 + 3600


def test_a_date_of_sending_before_receipt_counts_from_receipt_and_is_noted() -> None:
    row = one(date_sent_to_company="7/28/2013")
    assert row.outside is not None
    assert row.outside.received_at == row.opened_at
    assert row.notes == (Note("sent-before-received", "date_sent_to_company", "2013-07-28"),)


def test_a_missing_date_of_sending_counts_from_receipt_and_is_noted() -> None:
    row = one(date_sent_to_company="")
    assert row.outside is not None
    assert row.outside.received_at == row.opened_at
    assert row.notes == (Note("sent-missing", "date_sent_to_company", ""),)


def test_a_row_about_nothing_is_named_by_its_reference() -> None:
    (row,) = read(CELLS | {"Product": "", "Issue": "", "Complaint ID": "9"})
    assert isinstance(row, ImportRow)
    assert (row.subject, row.category) == ("cfpb:9", None)


@pytest.mark.parametrize(
    ("cell", "text", "reason"),
    [
        ("Date received", "29/7/2013", "date-not-understood"),
        ("Date received", "", "date-missing"),
        ("Date sent to company", "soon", "date-not-understood"),
        ("Company response to consumer", "已结案", "word-not-known"),
        ("Timely response?", "maybe", "word-not-known"),
        ("Timely response?", "", "word-not-known"),
        ("Complaint ID", "3.38E+06", "reference-not-understood"),
    ],
)
def test_a_cell_that_decides_and_cannot_be_read_names_its_line_and_column(
    cell: str, text: str, reason: str
) -> None:
    _, reject = read(CELLS | {"Complaint ID": "1"}, CELLS | {"Complaint ID": "2", cell: text})
    column = cell.rstrip("?").casefold().replace(" ", "_")
    assert reject == Reject(3, reason, {"value": text}, column)


def test_another_file_is_refused_before_any_row_with_what_it_lacks() -> None:
    lacking = {name: text for name, text in CELLS.items() if name not in ("Issue", "Timely response?")}
    with pytest.raises(errors.BadInput) as refusal:
        cfpb.read(table(lacking), zone=ZONE)
    assert refusal.value.code == "import-not-this-preset"
    assert refusal.value.facts == {"line": 1, "preset": "cfpb", "missing": ["Issue", "Timely response?"]}


def test_a_file_of_a_header_alone_has_no_rows() -> None:
    content = table(CELLS).getvalue().splitlines(keepends=True)[0]
    assert list(cfpb.read(io.BytesIO(content), zone=ZONE)) == []
