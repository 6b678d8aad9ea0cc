"""Date phrases: what each means, in several zones, and what is refused."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain import when

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = "2026-11-21T17:40:12"  # a Saturday


def understood(phrase: str, use: str = "moment", now: str = NOW) -> str:
    moment = int(datetime.fromisoformat(now).replace(tzinfo=SHANGHAI).timestamp())
    ts = when.parse(phrase, now=moment, zone="Asia/Shanghai", use=use)
    return datetime.fromtimestamp(ts, SHANGHAI).isoformat()[:19]


TIMES = """
    2026-11-21 09:30            2026-11-21T09:30:00
    2026-11-21T09:30:15         2026-11-21T09:30:15
    2026-11-21t09:30            2026-11-21T09:30:00
    2026-11-21T09:30Z           2026-11-21T17:30:00
    2026-11-21 09:30:15+01:00   2026-11-21T16:30:15
    2026-11-21T23:59-0330       2026-11-22T11:29:00
    2026-12-01 9am              2026-12-01T09:00:00
    2026-12-01 下午3点          2026-12-01T15:00:00
    1970-01-01T00:00Z           1970-01-01T08:00:00
    now                         2026-11-21T17:40:12
    NOW                         2026-11-21T17:40:12
    现在                        2026-11-21T17:40:12
    17:00                       2026-11-21T17:00:00
    9:05                        2026-11-21T09:05:00
    23:59:59                    2026-11-21T23:59:59
    00:00                       2026-11-21T00:00:00
    9am                         2026-11-21T09:00:00
    9 PM                        2026-11-21T21:00:00
    12am                        2026-11-21T00:00:00
    12:30pm                     2026-11-21T12:30:00
    at 9am                      2026-11-21T09:00:00
    noon                        2026-11-21T12:00:00
    tomorrow 9am                2026-11-22T09:00:00
    today 17:00                 2026-11-21T17:00:00
    Tomorrow  at 9:30 pm        2026-11-22T21:30:00
    yesterday noon              2026-11-20T12:00:00
    fri 17:00                   2026-11-27T17:00:00
    friday at 5pm               2026-11-27T17:00:00
    last fri 17:00              2026-11-20T17:00:00
    +3d                         2026-11-24T17:40:12
    + 3 days                    2026-11-24T17:40:12
    -2h                         2026-11-21T15:40:12
    +90m                        2026-11-21T19:10:12
    +1h30m                      2026-11-21T19:10:12
    +1mo 1w 1d 1h 1min          2026-12-29T18:41:12
    -1w1d                       2026-11-13T17:40:12
    +2w                         2026-12-05T17:40:12
    +1mo                        2026-12-21T17:40:12
    +2 months                   2027-01-21T17:40:12
    -11mo                       2025-12-21T17:40:12
    +3天                        2026-11-24T17:40:12
    in 3 days                   2026-11-24T17:40:12
    in 2 weeks                  2026-12-05T17:40:12
    in 1 hour 30 minutes        2026-11-21T19:10:12
    3 days ago                  2026-11-18T17:40:12
    2 hours ago                 2026-11-21T15:40:12
    1 month ago                 2026-10-21T17:40:12
    下午3点                     2026-11-21T15:00:00
    下午3点半                   2026-11-21T15:30:00
    下午三点十五                2026-11-21T15:15:00
    下午 15:30                  2026-11-21T15:30:00
    下午3:30                    2026-11-21T15:30:00
    下午12点                    2026-11-21T12:00:00
    下午11:59                   2026-11-21T23:59:00
    上午9点                     2026-11-21T09:00:00
    上午11时59分                2026-11-21T11:59:00
    早上八点                    2026-11-21T08:00:00
    早7点                       2026-11-21T07:00:00
    中午                        2026-11-21T12:00:00
    中午12点半                  2026-11-21T12:30:00
    中午1点                     2026-11-21T13:00:00
    中午十一点半                2026-11-21T11:30:00
    晚上9点                     2026-11-21T21:00:00
    晚上十一点                  2026-11-21T23:00:00
    凌晨0点                     2026-11-21T00:00:00
    凌晨两点                    2026-11-21T02:00:00
    十五点三十分                2026-11-21T15:30:00
    二十三点五十九              2026-11-21T23:59:00
    三点                        2026-11-21T03:00:00
    三点零五                    2026-11-21T03:05:00
    三点零五分                  2026-11-21T03:05:00
    3点5分                      2026-11-21T03:05:00
    3点05                       2026-11-21T03:05:00
    3点一刻                     2026-11-21T03:15:00
    3点三刻                     2026-11-21T03:45:00
    9点整                       2026-11-21T09:00:00
    9点钟                       2026-11-21T09:00:00
    零点                        2026-11-21T00:00:00
    １５：３０                  2026-11-21T15:30:00
    明天下午３点                2026-11-22T15:00:00
    明天　下午 3 点             2026-11-22T15:00:00
    明早8点                     2026-11-22T08:00:00
    今晚8点                     2026-11-21T20:00:00
    昨晚11点                    2026-11-20T23:00:00
    大前天中午                  2026-11-18T12:00:00
    下周一上午9点               2026-11-23T09:00:00
    周五 17:00                  2026-11-27T17:00:00
    2026年12月1日 15:30         2026-12-01T15:30:00
    12月1号晚8点                2026-12-01T20:00:00
    十二月二十一日              2026-12-21T00:00:00
    3天后                       2026-11-24T17:40:12
    三天之后                    2026-11-24T17:40:12
    十二日以后                  2026-12-03T17:40:12
    ＋３天                      2026-11-24T17:40:12
    两小时后                    2026-11-21T19:40:12
    3个小时后                   2026-11-21T20:40:12
    半小时后                    2026-11-21T18:10:12
    半个小时后                  2026-11-21T18:10:12
    一个半小时后                2026-11-21T19:10:12
    1小时半小时后               2026-11-21T19:10:12
    30分钟前                    2026-11-21T17:10:12
    二十分钟以前                2026-11-21T17:20:12
    一个月后                    2026-12-21T17:40:12
    2周后                       2026-12-05T17:40:12
    两个星期后                  2026-12-05T17:40:12
    1个礼拜前                   2026-11-14T17:40:12
"""

DAYS = """
    2026-11-21      2026-11-21
    today           2026-11-21
    tomorrow        2026-11-22
    yesterday       2026-11-20
    sat             2026-11-28
    Sun             2026-11-22
    next monday     2026-11-23
    tues            2026-11-24
    wednesday       2026-11-25
    thurs           2026-11-26
    fri             2026-11-27
    next fri        2026-11-27
    last saturday   2026-11-14
    last mon        2026-11-16
    last sunday     2026-11-15
    今天            2026-11-21
    今日            2026-11-21
    明天            2026-11-22
    明日            2026-11-22
    后天            2026-11-23
    大后天          2026-11-24
    昨天            2026-11-20
    昨日            2026-11-20
    前天            2026-11-19
    大前天          2026-11-18
    周六            2026-11-28
    周五            2026-11-27
    星期三          2026-11-25
    礼拜天          2026-11-22
    周日            2026-11-22
    本周五          2026-11-20
    这周日          2026-11-22
    下周一          2026-11-23
    下个星期日      2026-11-29
    上周二          2026-11-10
    2026年12月1日   2026-12-01
    2028年2月29日   2028-02-29
    12月1日         2026-12-01
    5月23日         2026-05-23
    5月22日         2027-05-22
    月底            2026-11-30
    本月底          2026-11-30
    这个月底        2026-11-30
    下月底          2026-12-31
    下个月底        2026-12-31
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip().rsplit("  ", 1)] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("phrase", "expected"), rows(TIMES))
def test_a_phrase_with_a_time_means_it_for_every_use(phrase: str, expected: str) -> None:
    expected += "" if "T" in expected else "T00:00:00"
    assert understood(phrase) == expected
    assert expected.endswith("T00:00:00") or understood(phrase, "deadline") == expected


@pytest.mark.parametrize(("phrase", "expected"), rows(DAYS))
def test_a_day_alone_is_its_end_as_a_deadline_and_its_start_otherwise(phrase: str, expected: str) -> None:
    assert understood(phrase, "deadline") == f"{expected}T23:59:59"
    assert understood(phrase, "since") == f"{expected}T00:00:00"
    assert understood(phrase, "moment") == f"{expected}T00:00:00"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("eod", "2026-11-21"), ("tomorrow eod", "2026-11-22"), ("周五 eod", "2026-11-27")],
)
def test_eod_is_the_end_of_the_day_for_every_use(phrase: str, expected: str) -> None:
    assert understood(phrase, "since") == understood(phrase, "deadline") == f"{expected}T23:59:59"


@pytest.mark.parametrize(
    ("now", "phrase", "expected"),
    [
        ("2027-12-20T08:00:00", "2月29日", "2028-02-29"),
        ("2028-12-20T08:00:00", "2月29日", "2028-02-29"),
        ("2029-01-05T08:00:00", "2月29日", "2028-02-29"),
        ("2027-01-02T08:00:00", "12月31日", "2026-12-31"),
        ("2026-12-30T08:00:00", "1月2日", "2027-01-02"),
        ("2027-12-31T08:00:00", "7月1日", "2028-07-01"),  # 183 days before it, and after the last one
        ("2026-11-16T00:00:00", "下周日", "2026-11-29"),  # on a Monday
        ("2026-11-22T23:59:59", "下周一", "2026-11-23"),  # on a Sunday
        ("2026-12-31T12:00:00", "下月底", "2027-01-31"),
        ("2027-01-31T12:00:00", "下月底", "2027-02-28"),
        ("2028-01-31T12:00:00", "下月底", "2028-02-29"),
        ("2026-12-01T12:00:00", "月底", "2026-12-31"),
    ],
)
def test_the_calendar_turns_over_with_the_month_the_week_and_the_year(
    now: str, phrase: str, expected: str
) -> None:
    assert understood(phrase, now=now) == f"{expected}T00:00:00"


@pytest.mark.parametrize(
    ("now", "phrase", "expected"),
    [
        ("2027-01-31T10:00:00", "+1mo", "2027-02-28T10:00:00"),
        ("2026-11-30T10:00:00", "+3mo", "2027-02-28T10:00:00"),
        ("2028-01-31T10:00:00", "一个月后", "2028-02-29T10:00:00"),
        ("2027-03-31T10:00:00", "1 month ago", "2027-02-28T10:00:00"),
        ("2027-01-31T10:00:00", "+1mo1d", "2027-03-01T10:00:00"),
        ("2027-12-15T10:00:00", "+12mo", "2028-12-15T10:00:00"),
    ],
)
def test_p13_a_month_later_is_clamped_to_the_end_of_the_month(now: str, phrase: str, expected: str) -> None:
    assert understood(phrase, now=now) == expected


def test_a_phrase_of_a_hundred_characters_is_still_read() -> None:
    assert understood("+1h" + " " * 97) == "2026-11-21T18:40:12"


SPANS = "4h 14400|90m 5400|1h30m 5400|1H 30M 5400|3d 259200|2w 1209600|1w1d 691200|0h 0|36525d 3155760000"
SPANS += (
    "|4小时 14400|30分钟 1800|半小时 1800|三天 259200|一个半小时 5400|2 hours 7200|3天4小时 273600|４h 14400"
)


@pytest.mark.parametrize("row", SPANS.split("|"))
def test_a_span_is_a_length_in_seconds(row: str) -> None:
    text, _, seconds = row.rpartition(" ")
    assert when.parse_span(text) == int(seconds)
