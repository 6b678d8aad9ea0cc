"""Date phrases and days: what must hold in every zone, on every night and for any text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrack.domain import when, when_words
from cstrack.domain.errors import Usage

SHANGHAI, LONDON, NEW_YORK = "Asia/Shanghai", "Europe/London", "America/New_York"
CAIRO, SANTIAGO, APIA, ST_JOHNS = "Africa/Cairo", "America/Santiago", "Pacific/Apia", "America/St_Johns"


def instant(local: str, zone: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp())


def shown(ts: int, zone: str) -> str:
    return datetime.fromtimestamp(ts, ZoneInfo(zone)).isoformat()


def understood(phrase: str, zone: str, now: str = "2026-11-21T17:40:12", use: str = "moment") -> str:
    return shown(when.parse(phrase, now=instant(now, zone), zone=zone, use=use), zone)


@pytest.mark.parametrize(
    ("zone", "now", "phrase", "expected"),
    [
        (LONDON, "2026-03-28T12:00:00", "+24h", "2026-03-29T13:00:00+01:00"),
        (LONDON, "2026-03-28T12:00:00", "+1d", "2026-03-29T12:00:00+01:00"),
        (LONDON, "2026-03-28T01:30:00", "+1d", "2026-03-29T02:30:00+01:00"),
        (LONDON, "2026-03-28T12:00:00", "+1d24h", "2026-03-30T12:00:00+01:00"),
        (NEW_YORK, "2026-03-07T12:00:00", "tomorrow 02:30", "2026-03-08T03:30:00-04:00"),
        (NEW_YORK, "2026-10-31T12:00:00", "tomorrow 01:30", "2026-11-01T01:30:00-04:00"),
        (NEW_YORK, "2026-10-31T01:30:00", "+1d", "2026-11-01T01:30:00-04:00"),
        ("Asia/Kathmandu", "2026-11-21T12:00:00", "tomorrow 9am", "2026-11-22T09:00:00+05:45"),
        (APIA, "2011-12-29T12:00:00", "+1d", "2011-12-31T12:00:00+14:00"),
    ],
)
def test_clocks_that_change_are_followed(zone: str, now: str, phrase: str, expected: str) -> None:
    assert understood(phrase, zone, now) == expected


def test_minutes_counted_from_an_hour_that_comes_twice_start_from_the_one_it_is() -> None:
    second = instant("2026-11-01T01:30:00", NEW_YORK) + 3600
    assert when.parse("+15m", now=second, zone=NEW_YORK, use="moment") == second + 900


def test_today_is_the_day_in_the_given_zone_and_not_the_one_in_utc() -> None:
    assert understood("today", SHANGHAI, "2026-11-22T06:00:00") == "2026-11-22T00:00:00+08:00"
    assert understood("today", NEW_YORK, "2026-11-21T20:00:00") == "2026-11-21T00:00:00-05:00"


NIGHTS = [  # zone, a moment, the first second of its day, the first of the next
    (SHANGHAI, "2026-11-21T17:40:12+08:00", "2026-11-21T00:00:00+08:00", "2026-11-22T00:00:00+08:00"),
    (LONDON, "2026-03-29T12:00:00+01:00", "2026-03-29T00:00:00+00:00", "2026-03-30T00:00:00+01:00"),
    (CAIRO, "2024-04-26T12:00:00+03:00", "2024-04-26T01:00:00+03:00", "2024-04-27T00:00:00+03:00"),
    (CAIRO, "2024-04-25T23:59:59+02:00", "2024-04-25T00:00:00+02:00", "2024-04-26T01:00:00+03:00"),
    (CAIRO, "2024-10-31T23:30:00+02:00", "2024-10-31T00:00:00+03:00", "2024-11-01T00:00:00+02:00"),
    (SANTIAGO, "2026-09-06T01:00:00-03:00", "2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00"),
    ("America/Havana", "2026-11-01T00:30:00-05:00", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"),
    (
        "America/Toronto",
        "1919-03-31T12:00:00-04:00",
        "1919-03-31T00:30:00-04:00",
        "1919-04-01T00:00:00-04:00",
    ),
    (APIA, "2011-12-29T12:00:00-10:00", "2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00"),
    (APIA, "2011-12-31T12:00:00+14:00", "2011-12-31T00:00:00+14:00", "2012-01-01T00:00:00+14:00"),
    (ST_JOHNS, "2006-10-28T23:30:00-02:30", "2006-10-28T00:00:00-02:30", "2006-10-29T00:00:00-02:30"),
    (ST_JOHNS, "2006-10-28T23:30:00-03:30", "2006-10-29T00:00:00-02:30", "2006-10-30T00:00:00-03:30"),
]


def start_of_day(ts: int, zone: str) -> int:
    """The first second of the local day that holds `ts`, as a phrase gives it."""
    return when.parse("today", now=ts, zone=zone, use="since")


@pytest.mark.parametrize(("zone", "moment", "start", "following"), NIGHTS)
def test_p02_a_day_begins_at_the_first_instant_of_its_date(
    zone: str, moment: str, start: str, following: str
) -> None:
    ts = int(datetime.fromisoformat(moment).timestamp())
    assert shown(start_of_day(ts, zone), zone) == start
    assert shown(when.start_of_next_day(ts, zone), zone) == following
    assert when.end_of_day(ts, zone) == when.start_of_next_day(ts, zone) - 1


def test_p02_a_date_that_begins_at_one_is_understood_where_it_does() -> None:
    assert understood("2024-04-26", CAIRO, use="since") == "2024-04-26T01:00:00+03:00"
    assert understood("2024-04-25", CAIRO, use="deadline") == "2024-04-25T23:59:59+02:00"


def test_a_date_that_was_skipped_begins_with_the_next_and_ends_with_the_one_before() -> None:
    assert understood("2011-12-30", APIA, use="since") == "2011-12-31T00:00:00+14:00"
    assert understood("2011-12-30", APIA, use="deadline") == "2011-12-29T23:59:59-10:00"


ZONES = st.sampled_from(sorted(available_timezones()))
SECONDS = st.integers(-4_000_000_000, 8_000_000_000)
WORDS = [
    *"+-:t 半个年月日号点时分一二十零后前之",
    "in ",
    " ago",
    "at ",
    "eod",
    "now",
    "h",
    "d",
    "w",
    "mo",
    "wd",
]
NUMBERS = ["0", "1", "9", "12", "30", "2026", "9999", "999999"]
TABLES = [*when_words.NEAR_DAYS, *when_words.PARTS_OF_DAY, *when_words.WEEKDAYS]
PHRASES = st.lists(st.sampled_from([*WORDS, *NUMBERS, *TABLES]), max_size=12).map("".join)


@settings(deadline=None)
@given(st.text(max_size=120) | PHRASES, SECONDS, st.sampled_from(["deadline", "since", "moment"]))
def test_any_text_is_understood_or_refused(text: str, now: int, use: str) -> None:
    try:
        ts = when.parse(text, now=now, zone=CAIRO, use=use)
    except Usage as refused:
        assert refused.code in {"time-not-understood", "time-needs-calendar"}  # noqa: PT017
    else:
        assert 1 <= datetime.fromtimestamp(ts, ZoneInfo(CAIRO)).year <= 9999


@settings(deadline=None)
@given(SECONDS, ZONES)
def test_an_instant_written_in_iso_is_read_back_as_itself(ts: int, zone: str) -> None:
    zulu = datetime.fromtimestamp(ts, UTC)
    assert when.parse(f"{zulu:%Y-%m-%dT%H:%M:%S}Z", now=0, zone=zone, use="since") == ts
    local = zulu.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    earlier = (local.replace(tzinfo=ZoneInfo(zone)) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        seconds=1
    )
    assert when.parse(local.isoformat(), now=0, zone=zone, use="deadline") == earlier


@settings(deadline=None)
@given(SECONDS, ZONES)
def test_days_tile_the_time_of_every_zone(ts: int, zone: str) -> None:
    start, following = start_of_day(ts, zone), when.start_of_next_day(ts, zone)
    assert start <= ts < following
    assert start_of_day(start, zone) == start_of_day(following - 1, zone) == start
    assert start_of_day(following, zone) == following
    assert shown(start - 1, zone)[:10] < shown(start, zone)[:10]
