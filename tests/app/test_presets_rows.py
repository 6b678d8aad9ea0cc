"""The small readings that rows of both presets share."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cstrack.app.presets.rows import (
    Numbers,
    Occurrences,
    UnusableCell,
    civil_day,
    day_start,
    number,
    one_line,
    slug,
)


@pytest.mark.parametrize(
    ("text", "shape", "day"),
    [
        ("2019-09-24", "iso", dt.date(2019, 9, 24)),
        ("7/29/2013", "us", dt.date(2013, 7, 29)),
        ("07/29/2013", "us", dt.date(2013, 7, 29)),
        ("07/29/13", "us", dt.date(2013, 7, 29)),
        ("20080229", "compact", dt.date(2008, 2, 29)),
    ],
)
def test_a_date_is_read_in_the_shape_of_its_source(text: str, shape: str, day: dt.date) -> None:
    assert civil_day(text, (shape,)) == day


@pytest.mark.parametrize(
    "text",
    ["29/7/2013", "2013-02-29", "2013-7-29", "7/29/2013 12:00", "1/2/0213", "29.7.2013", "٢٠١٣-٠٧-٢٩", ""],
)
def test_any_other_text_is_no_date(text: str) -> None:
    assert civil_day(text, ("iso", "us")) is None


@pytest.mark.parametrize(
    ("day", "zone", "start"),
    [
        (dt.date(2013, 7, 29), "America/New_York", "2013-07-29T04:00:00+00:00"),
        (dt.date(2013, 12, 29), "America/New_York", "2013-12-29T05:00:00+00:00"),
        (dt.date(2023, 4, 28), "Africa/Cairo", "2023-04-27T22:00:00+00:00"),
        (dt.date(2020, 11, 1), "America/Havana", "2020-11-01T04:00:00+00:00"),
    ],
    ids=["summer", "winter", "midnight is skipped", "midnight comes twice"],
)
def test_a_day_begins_at_its_first_instant(day: dt.date, zone: str, start: str) -> None:
    assert day_start(day, ZoneInfo(zone)) == dt.datetime.fromisoformat(start).timestamp()


def test_a_reference_is_digits() -> None:
    assert number("0010232683", "odino") == 10232683


@pytest.mark.parametrize("text", ["3.38E+06", "3384392.0", "-1", "１２", "9" * 19])
def test_a_reference_damaged_by_a_spreadsheet_is_not_guessed(text: str) -> None:
    with pytest.raises(UnusableCell, match="reference-not-understood"):
        number(text, "complaint_id")


def test_a_missing_reference_is_told_apart() -> None:
    with pytest.raises(UnusableCell, match="reference-missing"):
        number("", "odino")


def test_a_number_is_seen_only_from_its_second_time_on() -> None:
    numbers = Numbers()
    asked = [11726419, 11726418, 11726419, 0, 8192, 8191, 0, 10**17]
    assert [numbers.seen(one) for one in asked] == [False, False, True, False, False, False, True, False]


def test_occurrences_count_each_text_for_itself() -> None:
    occurrences = Occurrences()
    assert [occurrences.number(text) for text in ("a", "b", "a", "a")] == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Loan servicing, payments, escrow account", "loan-servicing-payments-escrow-account"),
        ("Cont'd attempts collect debt not owed", "contd-attempts-collect-debt-not-owed"),
        ("FUEL/PROPULSION SYSTEM ", "fuel-propulsion-system"),
        ("刹车 异响", "刹车-异响"),
        ("--", ""),
    ],
)
def test_a_code_is_made_of_the_words(text: str, code: str) -> None:
    assert slug(text) == code


def test_a_subject_is_one_line_of_at_most_120_characters() -> None:
    assert one_line(" two\nlines \t here ") == "two lines here"
    assert one_line("x" * 120) == "x" * 120
    assert one_line("y" * 121) == "y" * 119 + "…"
