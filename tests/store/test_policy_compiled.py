"""What a sound file becomes: defaults filled in, calendars resolved, plain JSON values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cstrack.domain.dealer import DEALER
from cstrack.domain.policy import ALWAYS, Policy
from cstrack.store.policies.calendars import base_days
from tests.support.policies import OFFICE, SMALL, mapping, only, problems


def test_the_smallest_policy_has_the_shipped_lists_and_two_clocks() -> None:
    made = mapping(SMALL)
    assert made["levels"] == {
        "1": {
            "en": "one",
            "zh": "one",
            "limit": "24h",
            "pause_cap": "3d",
            "lowers": 1,
            "authority": {"remedies": [], "amount": None},
        }
    }
    every_wait = ["customer", "supplier", "third-party"]
    assert made["clocks"] == {"level": {"kinds": ["complaint"], "pausable": every_wait}, "outside": {}}
    assert list(made["channels"]) == list(DEALER["channels"])
    assert (made["counts_from"], made["words"], made["stores"]) == ("level", [], {})
    assert (made["name"], made["version"]) == ("small", 1)


def test_levels_of_the_shipped_lists_are_lowered_to_the_highest() -> None:
    policy = Policy(mapping(SMALL))
    assert policy.trigger("regulator", ("safety",)).level == 1


def test_a_compiled_policy_is_plain_json() -> None:
    made = mapping(
        SMALL + OFFICE + "[[calendars.office.days]]\ndate = 2026-10-01\n[levels.1.authority]\namount = 1.5\n"
    )
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize(("written", "cents"), [("200", 20_000), ("199.5", 19_950), ("0.01", 1), ("0", 0)])
def test_sums_are_whole_cents(written: str, cents: int) -> None:
    made = mapping(SMALL + f"[levels.1.authority]\namount = {written}\n")
    assert made["levels"]["1"]["authority"]["amount"] == cents


def test_above_a_sum_a_signed_paper_is_asked_for_where_the_policy_says_so() -> None:
    assert mapping(SMALL)["agreements"] == {"signed_above": None}
    assert mapping(SMALL + "[agreements]\nsigned_above = 99.5\n")["agreements"] == {"signed_above": 9_950}


def test_a_remedy_may_be_within_the_standard_of_service() -> None:
    granting = '[levels.1.authority]\nremedies = ["redo", "gift"]\n'
    made = mapping(
        SMALL + granting + '[remedies]\nredo = { en = "a", standard = true }\ngift = { en = "b" }\n'
    )
    assert {code: entry.get("standard") for code, entry in made["remedies"].items()} == {
        "redo": True,
        "gift": None,
    }


def test_a_level_may_grant_what_those_below_it_may() -> None:
    made = mapping(
        SMALL
        + '[levels.1.authority]\nremedies = ["apology"]\namount = 5\n'
        + '[levels.2]\nen = "two"\nlimit = "1d"\n[levels.2.authority]\nremedies = ["refund"]\n'
        + '[remedies]\napology = { en = "a" }\nrefund = { en = "r" }\n'
    )
    assert made["levels"]["2"]["authority"] == {"remedies": ["apology", "refund"], "amount": None}
    assert {code: entry["level"] for code, entry in made["remedies"].items()} == {"apology": 1, "refund": 2}


def test_the_calendar_of_the_desk_is_that_of_limits_in_working_time() -> None:
    policy = Policy(
        mapping(
            'calendar = "office"\n' + SMALL + '[levels.2]\nen = "two"\nlimit = "5wd"\n'
            '[clocks.plan]\nlimit = "8wh"\n[clocks.total]\nlimit = "72h"\n' + OFFICE
        )
    )
    assert policy.calendar_name("level", level=2) == "office"
    assert policy.calendar_name("level", level=1) == ALWAYS
    assert policy.calendar_name("plan") == "office"
    assert policy.calendar_name("total") == ALWAYS


def test_complaints_are_one_group_at_three_alike_in_seven_days_where_the_file_does_not_say() -> None:
    told = Policy(mapping(SMALL)).groups
    assert (told.cases, told.days, told.level, list(told.alike)) == (3, 7, 1, ["model", "batch", "area"])


def test_the_file_says_when_complaints_are_one_group() -> None:
    field = '[[fields]]\ncode = "route"\nen = "route"\non = "case"\ntype = "text"\n'
    text = SMALL + '[groups]\ncases = 5\ndays = 2\nlevel = 1\nalike = ["category", "route"]\n' + field
    told = Policy(mapping(text)).groups
    assert (told.cases, told.days, told.level, list(told.alike)) == (5, 2, 1, ["category", "route"])


def test_a_clock_may_name_every_hour_against_the_desk() -> None:
    text = 'calendar = "office"\n' + SMALL + '[clocks.plan]\nlimit = "2h"\ncalendar = "24x7"\n' + OFFICE
    assert Policy(mapping(text)).calendar_name("plan") == ALWAYS


def calendar(text: str) -> dict[str, Any]:
    made: dict[str, Any] = mapping(SMALL + "[calendars.a]\n" + text)["calendars"]["a"]
    return made


def test_a_day_goes_before_a_from_to_and_that_before_daily() -> None:
    hours = calendar(
        'hours = { sun = "", daily = "08:00-20:00", fri-sun = "10:00-12:00", sat = "10:00-11:00" }\n'
    )["hours"]
    assert hours == {
        **{day: ["08:00-20:00"] for day in ("mon", "tue", "wed", "thu")},
        "fri": ["10:00-12:00"],
        "sat": ["10:00-11:00"],
    }


def test_hours_are_one_text_or_a_list() -> None:
    both = [
        calendar(f"hours = {{ mon = {value} }}\n")
        for value in ('"08:30-12:00 13:30-18:00"', '["08:30-12:00", "13:30-18:00"]')
    ]
    assert both[0] == both[1]


def test_a_from_to_may_run_over_the_end_of_the_week() -> None:
    assert list(calendar('hours = { sat-mon = "22:00-06:00" }\n')["hours"]) == ["mon", "sat", "sun"]


def test_later_days_win_and_several_days_are_each_a_day() -> None:
    made = calendar(
        'hours = { daily = "08:00-20:00" }\n'
        '[[calendars.a.days]]\ndate = 2026-10-01\nthrough = 2026-10-03\nname = "国庆节"\n'
        '[[calendars.a.days]]\ndate = 2026-10-02\nname = "short"\nhours = "08:00-12:00"\n'
        '[[calendars.a.days]]\ndate = 2026-09-27\nworks_as = "fri"\n'
    )
    assert made["days"] == {
        "2026-09-27": {"works_as": "fri"},
        "2026-10-01": {"name": "国庆节"},
        "2026-10-02": {"name": "short", "hours": ["08:00-12:00"]},
        "2026-10-03": {"name": "国庆节"},
    }


def test_the_days_of_china_lie_below_those_of_the_file() -> None:
    made = calendar(
        'base = "china"\nhours = { mon-fri = "09:00-17:00" }\n'
        '[[calendars.a.days]]\ndate = 2026-10-01\nname = "x"\n'
    )
    base = base_days("china")
    assert made["days"] == dict(sorted({**base["days"], "2026-10-01": {"name": "x"}}.items()))
    assert made["confirmed_through"] == base["confirmed_through"]


def test_the_latest_confirmation_wins() -> None:
    made = calendar(
        'hours = { daily = "08:00-20:00" }\nconfirmed_through = 2026-12-31\n'
        "[[calendars.a.confirmed]]\nthrough = 2028-12-31\n[[calendars.a.confirmed]]\nthrough = 2027-12-31\n"
    )
    assert made["confirmed_through"] == "2028-12-31"
    assert "confirmed_through" not in calendar('hours = { daily = "08:00-20:00" }\n')


def test_a_clock_that_binds_the_authority_only_informs() -> None:
    text = '[clocks.accept]\nen = "x"\nstarts = ["letter"]\nstops = ["closed"]\nlimit = "7d"\n'
    text += 'binds = "authority"\n'
    policy = Policy(mapping(SMALL + text))
    assert (policy.informs("accept"), policy.binds("accept"), policy.own_clocks) == (
        True,
        "authority",
        ("accept",),
    )


def test_what_a_store_does_otherwise_is_laid_over_the_desk() -> None:
    text = (
        SMALL + '[clocks.plan]\nlimit = "24h"\npausable = ["customer"]\n'
        '[stores.east]\ncalendar = "shop"\n[stores.east.levels.1]\nlimit = "8wh"\n'
        '[stores.east.clocks.plan]\nlimit = "12h"\n'
        '[stores.east.calendars.shop]\nhours = { daily = "09:00-21:00" }\n'
    )
    policy = Policy(mapping(text))
    assert policy.data["stores"]["east"]["levels"] == {"1": {"limit": "8wh", "calendar": "shop"}}
    east = policy.store("east")
    assert east.clocks["plan"] == {"limit": "12h", "kinds": ["complaint"], "pausable": ["customer"]}
    assert (east.calendar_name("level", level=1), policy.calendar_name("level", level=1)) == ("shop", ALWAYS)


@pytest.mark.parametrize(
    ("store", "place", "code"),
    [
        ('[stores.east]\nname = "x"\n', "stores.east.name", "key-unknown"),
        ('[stores.east.levels.1]\nlimit = "x"\n', "stores.east.levels.1.limit", "limit-not-understood"),
        ('[stores.east.levels.2]\nen = "b"\nlimit = "1h"\n', "stores.east.levels.2", "store-level-new"),
        ('[stores.east]\ncalendar = "shop"\n', "stores.east.calendar", "calendar-unknown"),
        ('[stores.east.clocks.plan]\nlimit = "10m"\n', "stores.east.clocks.plan", "mark-too-early"),
        ("stores = { east = 3 }\n", "stores.east", "type-wrong"),
        ('[stores.East]\ncalendar = "24x7"\n', "stores.East", "code-wrong"),
    ],
)
def test_a_store_is_checked_like_a_policy(store: str, place: str, code: str) -> None:
    plan = '[clocks.plan]\nlimit = "24h"\nwarn = ["1h"]\n'
    text = store + SMALL + plan if store.startswith("stores") else SMALL + plan + store
    problem = only(text)
    assert (problem["place"], problem["problem"]) == (place, code)


def test_a_fault_of_the_desk_is_not_told_again_for_each_store() -> None:
    text = SMALL.replace("24h", "x") + "[stores.a]\ncalendar = '24x7'\n[stores.b]\nnme = 1\n"
    assert [each["place"] for each in problems(text)] == ["levels.1.limit", "stores.b.nme"]


FIELD = '[[{place}]]\ncode = "size"\nen = "size"\non = "case"\ntype = "number"\n'


def test_a_field_of_ones_own_is_never_required_unless_it_says_when() -> None:
    asked = 'required = "resolving"\n'
    [free] = mapping(SMALL + FIELD.format(place="fields"))["fields"]
    assert free == {
        "code": "size",
        "en": "size",
        "zh": "size",
        "on": "case",
        "type": "number",
        "choices": [],
        "required": "never",
    }
    assert mapping(SMALL + FIELD.format(place="fields") + asked)["fields"] == [
        {**free, "required": "resolving"}
    ]


def test_a_store_may_require_other_fields() -> None:
    asked = FIELD.format(place="stores.east.fields") + 'required = "opening"\n'
    made = mapping(SMALL + FIELD.format(place="fields") + "[stores.east]\n" + asked)
    assert [field["required"] for field in made["fields"]] == ["never"]
    assert [field["required"] for field in Policy(made).store("east").fields("case")] == ["opening"]
