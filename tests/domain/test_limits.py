"""How limits are written, and which of two is longer."""

from __future__ import annotations

import pytest

from cstrack.domain.errors import Usage
from cstrack.domain.limits import is_working, never_longer, split
from cstrack.render.local import limit_words


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("15m", 15, "m"),
        ("24h", 24, "h"),
        ("3d", 3, "d"),
        ("8w", 8, "w"),
        ("1mo", 1, "mo"),
        ("90wm", 90, "wm"),
        ("24wh", 24, "wh"),
        ("5wd", 5, "wd"),
        ("3wd close", 3, "wd close"),
        ("99999m", 99_999, "m"),
        ("1200mo", 1200, "mo"),
        ("36525d", 36_525, "d"),
    ],
)
def test_a_limit_is_a_number_and_a_unit(text: str, count: int, unit: str) -> None:
    assert split(text) == (count, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "h",
        "24",
        "0h",
        "024h",
        "-1h",
        "1.5h",
        "24 h",
        "24H",
        "3 wd",
        "3wdclose",
        "3h close",
        "100000m",
        "２４h",
        "1h30m",
        "3wd  close",
        "24h\n",
        "24x",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Usage) as refused:
        split(text)
    assert (refused.value.code, refused.value.facts) == ("limit-not-understood", {"limit": text})


@pytest.mark.parametrize(
    ("text", "most"),
    [("36526d", "36525d"), ("5219w", "5218w"), ("1201mo", "1200mo"), ("26101wd", "26100wd")],
)
def test_more_than_a_hundred_years_are_refused(text: str, most: str) -> None:
    with pytest.raises(Usage) as refused:
        split(text)
    assert (refused.value.code, refused.value.facts) == ("limit-too-long", {"limit": text, "most": most})


def test_a_hundred_years_of_working_days_to_their_close_are_the_most() -> None:
    assert split("26100wd close") == (26_100, "wd close")
    with pytest.raises(Usage):
        split("26101wd close")


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("24h", False),
        ("15m", False),
        ("3d", False),
        ("1mo", False),
        ("24wh", True),
        ("5wm", True),
        ("5wd", True),
        ("3wd close", True),
    ],
)
def test_working_units_need_a_calendar(text: str, *, working: bool) -> None:
    assert is_working(text) is working


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24h", "24h"),
        ("3d", "3d"),
        ("60m", "1h"),
        ("23h", "1d"),
        ("47h", "2d"),
        ("1d", "25h"),
        ("7d", "170h"),
        ("27d", "1mo"),
        ("1mo", "32d"),
        ("60wm", "1wh"),
        ("5wd", "6wd"),
        ("5wd close", "5wd"),
    ],
)
def test_one_is_certainly_no_longer(one: str, other: str) -> None:
    assert never_longer(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("25h", "24h"),
        ("24h", "1d"),  # a day is 23 hours long when summer time begins
        ("1d", "24h"),  # and 25 when it ends
        ("30d", "1mo"),
        ("8wh", "24h"),
        ("1wd", "24wh"),
        ("24h", "1wd"),
        ("2h", "2wh"),
    ],
)
def test_what_cannot_be_known_is_not_claimed(one: str, other: str) -> None:
    assert not never_longer(one, other)


@pytest.mark.parametrize("hours", [72, 99, 100, 168, 720, 99_999])
def test_p09_limits_beyond_99_hours_are_understood_and_shown_unchanged(hours: int) -> None:
    assert split(f"{hours}h") == (hours, "h")
    assert limit_words(f"{hours}h") == f"{hours} h"


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("8w", "8 weeks"),
        ("1w", "1 week"),
        ("1mo", "1 month"),
        ("3mo", "3 months"),
        ("8wh", "8 working h"),
        ("90wm", "90 working min"),
        ("5wd", "5 working days"),
        ("1wd", "1 working day"),
        ("3wd close", "close of working day 3"),
    ],
)
def test_every_unit_has_its_words(limit: str, said: str) -> None:
    assert limit_words(limit) == said
