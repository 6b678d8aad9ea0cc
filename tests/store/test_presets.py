"""The policies that come with the program: each is whole, and carries the numbers that it promises."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import holidays
import pytest

from cstrack.domain.policy import Policy
from cstrack.store.policies import checked, presets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cstrack.domain.calendar import Calendar

NAMES = ("dealer", "bank-cn", "consumer-cn", "fca", "telecom")
BY_LAW = NAMES[1:]
CHINESE = re.compile(r"[一-鿿]")


@cache
def compiled(name: str) -> dict[str, Any]:
    return checked.check(presets.preset(name), f"{name}.toml").mapping


@cache
def policy(name: str) -> Policy:
    return Policy(compiled(name), "Asia/Shanghai")


def calendar(name: str, code: str) -> Calendar:
    found = policy(name).calendar(code)
    assert found is not None
    return found


def at(zone: str, *moment: int) -> int:
    return int(dt.datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp())  # type: ignore[misc,arg-type]


def named(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every table within that has a name for people."""
    if isinstance(value, dict):
        if "en" in value:
            yield value
        for inner in value.values():
            yield from named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named(inner)


def test_five_policies_come_with_the_program() -> None:
    assert tuple(presets.names()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_passes_the_check_that_a_desk_s_own_file_must_pass(name: str) -> None:
    assert compiled(name)["name"] == name


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_people_read_has_a_chinese_name(name: str) -> None:
    assert [entry for entry in named(compiled(name)) if not CHINESE.search(entry["zh"])] == []


@pytest.mark.parametrize("name", BY_LAW)
def test_the_file_says_first_that_it_is_no_advice(name: str) -> None:
    first = presets.preset(name).decode().partition("\n")[0]
    assert "not legal advice" in first
    assert "不构成法律意见" in first


@pytest.mark.parametrize("name", BY_LAW)
def test_every_number_from_outside_has_a_source_that_says_when_it_was_read(name: str) -> None:
    sources = compiled(name)["sources"]
    told = {clock for source in sources for clock in source.get("clocks", ())}
    bound = {kind for kind in compiled(name)["clocks"] if policy(name).binds(kind) != "desk"}
    assert bound - told == {"outside"}, "the date in a letter is its own source"
    assert all(source["checked"] and source["checked_by"] for source in sources)


@pytest.mark.parametrize("name", BY_LAW)
def test_times_that_bind_the_authority_are_only_shown(name: str) -> None:
    theirs = [kind for kind in compiled(name)["clocks"] if policy(name).binds(kind) == "authority"]
    assert all(policy(name).informs(kind) for kind in theirs)


@pytest.mark.parametrize("name", BY_LAW)
def test_no_duty_from_outside_pauses(name: str) -> None:
    ours = [kind for kind in compiled(name)["clocks"] if policy(name).binds(kind) == "us"]
    waits = compiled(name)["waits"]
    assert [(kind, wait) for kind in ours for wait in waits if policy(name).pausable(kind, wait)] == []


def limit(name: str, kind: str, *flags: str, category: str | None = None, level: int = 1) -> str | None:
    return policy(name).limit(kind, level=level, channel=None, flags=flags, category=category)


# --- dealer


def test_dealer_has_three_levels_each_counted_from_reaching_it() -> None:
    assert not policy("dealer").counts_from_opening
    assert [level["limit"] for level in policy("dealer").levels.values()] == ["24h", "48h", "72h"]


def test_dealer_plans_in_a_day_and_ends_in_three() -> None:
    assert (limit("dealer", "plan"), limit("dealer", "total")) == ("24h", "72h")
    assert policy("dealer").informs("total")


# --- telecom


def test_telecom_answers_its_user_in_15_days() -> None:
    assert limit("telecom", "user-answer") == "15d"
    assert policy("telecom").starts("user-answer") == ["opened"]
    assert policy("telecom").binds("user-answer") == "us"


def test_telecom_answers_an_appeal_in_15_days_from_the_letter() -> None:
    assert limit("telecom", "appeal-answer", "appeal") == "15d"
    assert policy("telecom").starts("appeal-answer") == ["letter"]
    assert policy("telecom").stops("appeal-answer") == ["letter-answered"]
    assert policy("telecom").binds("appeal-answer") == "us"


def test_telecom_shows_what_binds_the_appeal_centre() -> None:
    assert limit("telecom", "appeal-acceptance", "appeal") == "5wd"
    assert limit("telecom", "appeal-decision", "appeal") == "30d"
    assert (
        policy("telecom").binds("appeal-acceptance")
        == policy("telecom").binds("appeal-decision")
        == "authority"
    )


@pytest.mark.parametrize("kind", ["appeal-answer", "appeal-acceptance", "appeal-decision"])
def test_telecom_runs_the_clocks_of_an_appeal_for_nothing_else(kind: str) -> None:
    assert limit("telecom", kind) is None
    assert limit("telecom", kind, "over-the-head") is None


def test_telecom_counts_its_levels_from_the_opening() -> None:
    assert policy("telecom").counts_from_opening


@pytest.mark.parametrize(
    ("channel", "flag", "level"),
    [("walk-in", None, 1), ("headquarters", "over-the-head", 2), ("appeal", "appeal", 3)],
)
def test_telecom_tells_local_over_the_head_and_appeal_apart(
    channel: str, flag: str | None, level: int
) -> None:
    flags = [each for each, _kind, _code in policy("telecom").flags_of(channel)]
    assert flags == ([flag] if flag else [])
    assert policy("telecom").trigger(channel, flags).level == level


def test_telecom_s_five_working_days_leave_out_the_national_holiday() -> None:
    """From Wednesday 30 September 2026: the holiday is 1 to 7 October, Saturday the 10th is worked."""
    office = calendar("telecom", "office")
    due = office.add_days(at("Asia/Shanghai", 2026, 9, 30, 10), 5)
    assert due == at("Asia/Shanghai", 2026, 10, 13, 10)


# --- consumer-cn


def test_consumer_cn_answers_each_letter_by_the_letter_s_own_date() -> None:
    assert policy("consumer-cn").binds("outside") == "us"
    assert "limit" not in compiled("consumer-cn")["clocks"]["outside"]


def test_consumer_cn_shows_7_working_days_to_accept_and_45_to_mediate() -> None:
    assert (limit("consumer-cn", "acceptance"), limit("consumer-cn", "mediation")) == ("7wd", "45wd")
    for kind in ("acceptance", "mediation"):
        assert policy("consumer-cn").binds(kind) == "authority"
        assert policy("consumer-cn").calendar_name(kind) == "office"


def test_consumer_cn_names_the_rule_that_came_after_its_own() -> None:
    [newer] = [each for each in compiled("consumer-cn")["sources"] if "121" in each["number"]]
    assert newer["in_force"] == "2026-04-15"
    assert "60 days" in newer["note"]
    assert "not read" in newer["checked_by"]


# --- fca


def test_fca_sends_a_final_response_in_eight_weeks() -> None:
    assert (limit("fca", "final-response"), policy("fca").binds("final-response")) == ("8w", "us")


@pytest.mark.parametrize("category", ["payment.unauthorised", "payment.fee", "e-money"])
def test_fca_has_15_business_days_for_payments_and_35_in_exceptional_circumstances(category: str) -> None:
    assert limit("fca", "payment-response", category=category) == "15wd close"
    assert policy("fca").extensions("payment-response") == ["35wd close"]
    assert policy("fca").calendar_name("payment-response") == "england"


def test_fca_has_every_category_of_payments_in_its_shorter_limit() -> None:
    payments = [
        code for code in policy("fca").codes("categories") if code.startswith(("payment.", "e-money"))
    ]
    assert all(limit("fca", "payment-response", category=code) for code in payments)


@pytest.mark.parametrize("category", [None, "credit.card", "pension.advice"])
def test_fca_has_no_business_days_for_anything_else(category: str | None) -> None:
    assert limit("fca", "payment-response", category=category) is None


def test_fca_hands_up_what_is_not_settled_by_close_of_the_third_business_day() -> None:
    assert limit("fca", "summary-resolution") == limit("fca", "level") == "3wd close"
    assert policy("fca").calendar_name("level", level=1) == "england"
    assert policy("fca").informs("summary-resolution"), "to miss it breaks no rule"


def test_p14_fca_s_third_business_day_over_christmas() -> None:
    """Received on Wednesday 23 December 2026: the 24th, then the 29th and 30th, at the end of business."""
    due = calendar("fca", "england").close_of_day(at("Europe/London", 2026, 12, 23, 11), 3)
    assert due == at("Europe/London", 2026, 12, 30, 17)


def test_fca_keeps_records_longer_than_both_times_that_the_rule_asks_for() -> None:
    assert compiled("fca")["retention"]["words"] == "60mo"


def test_fca_s_days_are_the_bank_holidays_of_england_and_wales() -> None:
    every = holidays.country_holidays("GB", subdiv="ENG", years=[2025, 2026, 2027])
    weekdays = {day.isoformat() for day in every if day.weekday() < 5}
    assert set(compiled("fca")["calendars"]["england"]["days"]) == weekdays


def test_fca_s_days_later_than_its_bank_holidays_are_provisional() -> None:
    england = calendar("fca", "england")
    assert not england.provisional(at("Europe/London", 2027, 12, 31, 12))
    assert england.provisional(at("Europe/London", 2028, 1, 4, 12))


# --- bank-cn


def test_bank_cn_decides_in_15_days_in_30_when_complex_and_in_60_with_approval() -> None:
    assert limit("bank-cn", "decision") == "15d"
    assert policy("bank-cn").extensions("decision") == ["30d", "60d"]
    assert policy("bank-cn").binds("decision") == "us"


def test_bank_cn_asks_for_the_approval_and_the_word_to_the_customer() -> None:
    [extension] = [each for each in compiled("bank-cn")["checklists"] if each["code"] == "extension"]
    assert [step["code"] for step in extension["steps"]] == ["reason", "approval", "told"]


def test_bank_cn_is_not_late_for_its_level_while_an_extension_runs() -> None:
    assert limit("bank-cn", "level", level=3) == policy("bank-cn").extensions("decision")[-1]
