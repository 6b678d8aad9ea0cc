"""Date phrases and spans that are refused, because they are not understood as a whole."""

from __future__ import annotations

import pytest

from cstrack.domain import when
from cstrack.domain.errors import Usage

REFUSED = """
    01/02/2026 | 31.12.2026 | 2026/11/21 | 21-11-2026 | 2026-11 | 2026-1-5 | 202611210 | 9 | 12:5 | 9:60
    25:00 | 24:00 | 9:30:60 | 0am | 13pm | 9:30:15 pm | midnight | tonight | tomorrow morning | tomorrow at
    2026-02-30 | 2026-13-01 | 0000-01-01 | 2027-02-29 | 2026-11-21T | 2026-11-21Z | 2026-11-21T25:00Z
    2026-11-21T24:00Z | 2026-11-21T09:30+25:00 | 2026-11-21T09:30+08:75 | 2026-11-21T09:30:15.5
    2026-11-21T9:30Z | today 09:30Z | 2026-11-21noon | 2026-11-219am | today9am | friday9am | fritter
    next | next week | next next fri | last today | the day after tomorrow | by friday | fri fri | now 9am
    today tomorrow | tomorrow 9am please | x tomorrow | 9am tomorrow | eod eod | 9am eod | 17:00 17:00
    + | - | in | ago | 3d | 3 days | in 3 | +3 | +3x | +1h1h | +30m1h | +-3d | +1.5h | +1234567m
    in 3 days ago | in three days | 三 | 三天 | 3后 | 天后 | 1个天后 | 半天后 | 半个月后 | 1半小时后 | +1d前
    2026年2月30日 | 2月29日 | 2月30日 | 13月1日 | 0月5日 | 99999年1月1日 | 二〇二六年1月1日
    12月1 | 12月 | 1号 | 下周 | 年底 | 上月底 | 下下周一 | 周八 | 周 | 星期 | 每周五
    今 | 明 | 今晚 | 明早 | 昨9点 | 今天下午 | 下午 | 今天下班前 | 周五前 | 明天前
    晚点 | 点半 | 25点 | 下午25点 | 上午12点 | 晚上12点 | 凌晨12点 | 凌晨7点 | 中午9点
    中午3点 | 早上3点 | 早上1点 | 晚上2点 | 晚上4点
    3点五 | 三点五 | 3点5 | 3点60分 | 3点半5分 | 零零点 | 十十点
    ٣ days ago | +²d | +٣d | 明天٣点 | to\u200bmorrow | 2026-11-21\u200b09:30 | \x00 | today\x00
"""
UNSEEMLY = ["", "   ", "\u3000", "+1h" + " " * 98]


def refusal(phrase: str, use: str = "moment") -> str:
    with pytest.raises(Usage) as refused:
        when.parse(phrase, now=1_795_253_000, zone="Asia/Shanghai", use=use)
    assert refused.value.facts == {"phrase": phrase}
    return refused.value.code


def refused_phrases() -> list[str]:
    return [phrase for line in REFUSED.strip().splitlines() for phrase in line.strip().split(" | ")]


@pytest.mark.parametrize("phrase", [*refused_phrases(), *UNSEEMLY])
def test_what_is_not_understood_as_a_whole_is_refused(phrase: str) -> None:
    assert refusal(phrase) == refusal(phrase, "deadline") == "time-not-understood"


@pytest.mark.parametrize(
    "phrase",
    [
        *("3个工作日后", "三个工作日内", "下个工作日", "8工作小时后"),
        *("in 3 working days", "3 business days ago", "in 1 workday", "2 work hours ago", "+5wd", "+8 WH"),
    ],
)
def test_working_time_needs_a_calendar_and_says_so(phrase: str) -> None:
    assert refusal(phrase) == "time-needs-calendar"


@pytest.mark.parametrize(
    "phrase", ["+999999mo", "-999999mo", "+999999w", "-999999w", "+95700mo 999999h", "0001-01-01"]
)
def test_what_lies_outside_the_years_1_to_9999_is_refused(phrase: str) -> None:
    assert refusal(phrase) == "time-not-understood"


def test_the_last_day_of_the_last_year_has_a_start_but_no_end() -> None:
    start = when.parse("9999-12-31", now=0, zone="Asia/Shanghai", use="since")
    assert start == 253_402_185_600
    assert refusal("9999-12-31", "deadline") == "time-not-understood"


def test_a_use_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        when.parse("today", now=0, zone="UTC", use="whenever")


def test_a_zone_that_does_not_exist_is_no_refusal_of_the_phrase() -> None:
    with pytest.raises(KeyError):
        when.parse("today", now=0, zone="Mars/Olympus", use="since")


@pytest.mark.parametrize(
    "text", ["", " ", "4", "h", "+4h", "-4h", "1mo", "1个月", "1h1mo", "4 x", "36525d1m", "8wh"]
)
def test_a_span_of_no_fixed_length_is_refused(text: str) -> None:
    with pytest.raises(Usage) as refused:
        when.parse_span(text)
    assert (refused.value.code, refused.value.facts) == ("span-not-understood", {"phrase": text})
