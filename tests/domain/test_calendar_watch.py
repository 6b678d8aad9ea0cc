"""Calendars whose holidays end soon are named in time, by the calendar's own date."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain.calendar_watch import ends_soon

SHANGHAI, LOS_ANGELES, KIRITIMATI = "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"


def at(local: str, zone: str = SHANGHAI) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize(
    ("now", "through", "named"),
    [
        ("2026-10-31T23:59:59", "2026-12-31", False),
        ("2026-11-01T00:00:00", "2026-12-31", True),
        ("2026-11-15T00:00:00", "2027-12-30", True),
        ("2026-12-31T23:59:59", "2027-12-31", False),
        ("2027-01-01T00:00:00", "2026-12-31", True),
        ("2027-06-01T00:00:00", "2027-12-31", False),
        ("2026-09-30T23:59:59", "2026-09-30", False),
        ("2026-10-01T00:00:00", "2026-09-30", True),
    ],
)
def test_p12_from_november_on_the_next_year_must_be_confirmed(now: str, through: str, named: bool) -> None:
    calendars = {"workshop": {"zone": SHANGHAI, "confirmed_through": through}}
    assert ends_soon(calendars, at(now), SHANGHAI) == ([("workshop", through)] if named else [])


def test_p12_november_begins_in_the_zone_of_the_calendar() -> None:
    calendars = {
        "early": {"zone": KIRITIMATI, "confirmed_through": "2026-12-31"},
        "desk": {"confirmed_through": "2026-12-31"},
        "late": {"zone": LOS_ANGELES, "confirmed_through": "2026-12-31"},
    }
    assert [name for name, _through in ends_soon(calendars, at("2026-10-31T20:00"), SHANGHAI)] == ["early"]
    assert [name for name, _through in ends_soon(calendars, at("2026-11-01T00:00"), SHANGHAI)] == [
        "early",
        "desk",
    ]
    assert len(ends_soon(calendars, at("2026-11-01T00:00", LOS_ANGELES), SHANGHAI)) == 3


def test_p12_a_calendar_that_claims_nothing_is_not_named() -> None:
    assert ends_soon({"always": {"zone": SHANGHAI}}, at("2026-12-01T00:00"), SHANGHAI) == []
