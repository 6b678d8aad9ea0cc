"""What a policy that is not the default one answers: clocks, calendars, triggers, stores."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.policy import ALWAYS, Policy, default_policy, overlaid
from cstrack.domain.standard_clocks import EVENTS, MAY_START, MAY_STOP

DATA: dict[str, Any] = {
    "name": "two",
    "version": 4,
    "counts_from": "opening",
    "levels": {
        "1": {"en": "a", "zh": "a", "limit": "24h", "pause_cap": "3d", "warn": ["75%"]},
        "2": {"en": "b", "zh": "b", "limit": "5wd", "calendar": "office", "pause_cap": "3d"},
    },
    "clocks": {
        "level": {"pausable": ["customer"], "warn": ["50%"], "then": "mark"},
        "plan": {
            "limit": "48h",
            "by_level": {"2": "8wh"},
            "calendar": "office",
            "extensions": ["72h"],
            "kinds": ["complaint"],
            "channels": ["phone"],
            "urgent": [
                {"limit": "1h", "flags": ["vip"], "channels": [], "categories": []},
                {"limit": "2h", "flags": ["vip"], "channels": [], "categories": ["billing"]},
            ],
        },
        "letter": {
            "en": "letter",
            "zh": "信",
            "starts": ["letter"],
            "stops": ["letter-answered"],
            "limit": "15d",
            "binds": "authority",
            "informs": True,
        },
        "outside": {},
    },
    "calendars": {"office": {"name": "office", "hours": {"mon": ["09:00-17:00"]}, "days": {}}},
    "kinds": {"complaint": {"en": "c", "zh": "c"}, "appeal": {"en": "a", "zh": "a", "level": 2}},
    "channels": {"phone": {"en": "p", "zh": "p"}, "media": {"en": "m", "zh": "m", "level": 2, "flag": "vip"}},
    "flags": {"vip": {"en": "v", "zh": "v", "level": 2}},
    "categories": {"billing": {"en": "b", "zh": "b", "flag": "vip"}},
    "customer_types": {"key": {"en": "k", "zh": "k", "level": 2}},
    "words": [],
    "stores": {"east": {"levels": {"1": {"limit": "12h"}}, "clocks": {"plan": {"channels": ["media"]}}}},
}
POLICY = Policy(DATA, "Asia/Shanghai")


def plan(
    level: int = 1, channel: str | None = "phone", flags: tuple[str, ...] = (), **more: Any
) -> str | None:
    return POLICY.limit("plan", level=level, channel=channel, flags=flags, **more)


def test_levels_have_numbers_though_the_data_has_texts() -> None:
    assert (list(POLICY.levels), POLICY.top, POLICY.label) == ([1, 2], 2, "two v4")


def test_a_level_has_its_own_limit_before_that_of_the_clock() -> None:
    assert (plan(level=1), plan(level=2)) == ("48h", "8wh")


def test_a_clock_runs_only_for_its_channels_and_kinds() -> None:
    assert plan(channel="media") is None
    assert plan(channel=None) is None
    assert (POLICY.runs("plan", "complaint"), POLICY.runs("plan", "appeal")) == (True, False)
    assert POLICY.runs("level", "appeal")


def test_a_clock_that_the_policy_does_not_have_does_not_run() -> None:
    assert not POLICY.runs("total", "complaint")
    assert POLICY.limit("total", level=1, channel=None, flags=()) is None
    assert not POLICY.pausable("total", "customer")


def test_the_first_urgent_rule_that_fits_wins() -> None:
    assert plan(flags=("vip",), category="billing") == "1h"
    assert plan(category="billing", level=2) == "2h"
    assert plan(category="other") == "48h"


def test_a_level_clock_has_the_limit_and_the_calendar_of_its_level() -> None:
    assert POLICY.limit("level", level=2, channel=None, flags=()) == "5wd"
    assert POLICY.calendar_name("level", level=1) == ALWAYS
    assert POLICY.calendar_name("level", level=2) == "office"
    assert POLICY.calendar_name("level") == ALWAYS


def test_other_clocks_have_the_calendar_that_they_name() -> None:
    assert POLICY.calendar_name("plan", level=1) == "office"
    assert POLICY.calendar_name("letter") == ALWAYS
    assert POLICY.calendar_name("unheard-of") == ALWAYS


def test_a_calendar_is_built_once_in_the_zone_of_the_desk() -> None:
    calendar = POLICY.calendar("office")
    assert calendar is not None
    assert calendar.zone == "Asia/Shanghai"
    assert POLICY.calendar("office") is calendar
    assert POLICY.calendar(ALWAYS) is None


def test_a_calendar_keeps_a_zone_of_its_own() -> None:
    own = {**DATA["calendars"]["office"], "zone": "Europe/London"}
    calendar = Policy({**DATA, "calendars": {"office": own}}, "Asia/Shanghai").calendar("office")
    assert calendar is not None
    assert calendar.zone == "Europe/London"


def test_marks_of_a_level_go_before_those_of_its_clock() -> None:
    assert [POLICY.marks("level", level) for level in (1, 2, None)] == [["75%"], ["50%"], ["50%"]]
    assert POLICY.marks("plan") == ()
    assert (POLICY.extensions("plan"), POLICY.extensions("level", 1)) == (["72h"], ())


def test_who_is_bound_and_what_only_informs() -> None:
    assert (POLICY.binds("letter"), POLICY.binds("plan")) == ("authority", "desk")
    assert (POLICY.informs("letter"), POLICY.informs("plan")) == (True, False)
    assert default_policy().informs("total")


def test_levels_may_count_from_the_opening_and_not_hand_up() -> None:
    assert (POLICY.counts_from_opening, POLICY.hands_up) == (True, False)
    assert (default_policy().counts_from_opening, default_policy().hands_up) == (False, True)


def test_clocks_of_its_own_say_what_starts_and_meets_them() -> None:
    assert POLICY.own_clocks == ("letter",)
    assert (POLICY.starts("letter"), POLICY.stops("letter")) == (["letter"], ["letter-answered"])
    assert (POLICY.starts("plan"), POLICY.stops("plan")) == (("opened",), ("proposed", "agreed", "resolved"))
    assert default_policy().own_clocks == ()


def test_a_clock_of_ones_own_may_do_what_the_shipped_ones_of_a_case_do() -> None:
    for kind in ("first-response", "plan", "level", "total", "next-update", "outside"):
        starts, stops = EVENTS[kind]
        assert set(starts) <= set(MAY_START)
        assert set(stops) <= set(MAY_STOP)


@pytest.mark.parametrize(
    ("given", "level", "kind", "code"),
    [
        ({}, 1, "default", ""),
        ({"flags": ("vip",)}, 2, "flag", "vip"),
        ({"channel": "media"}, 2, "channel", "media"),
        ({"case_kind": "appeal"}, 2, "kind", "appeal"),
        ({"customer_type": "key"}, 2, "customer-type", "key"),
        ({"category": "billing"}, 1, "default", ""),
        ({"channel": "media", "flags": ("vip",)}, 2, "flag", "vip"),
    ],
)
def test_lists_call_for_levels(given: dict[str, Any], level: int, kind: str, code: str) -> None:
    called = POLICY.trigger(**{"channel": None, "flags": (), **given})
    assert (called.level, called.kind, called.code) == (level, kind, code)


def test_lists_set_flags() -> None:
    assert POLICY.flags_of("media", "billing") == [
        ("vip", "channel", "media"),
        ("vip", "category", "billing"),
    ]
    assert POLICY.flags_of("phone", case_kind="appeal", customer_type="key") == []


def test_a_policy_that_says_nothing_of_groups_goes_by_the_usual_numbers() -> None:
    data = {key: value for key, value in default_policy().data.items() if key != "groups"}
    told = Policy(data).groups
    assert (told.cases, told.days, told.level, tuple(told.alike)) == (3, 7, 3, ("model", "batch", "area"))


def test_a_policy_without_crisis_or_repeat_sees_none() -> None:
    assert not POLICY.is_crisis("media", ("vip",))
    assert POLICY.repeat_days == 0
    assert default_policy().repeat_days == 90


def test_a_call_is_answered_by_being_taken_where_the_policy_says_so() -> None:
    assert default_policy().answered_by_taking("phone")
    assert not default_policy().answered_by_taking("mail")
    assert not default_policy().answered_by_taking(None)
    assert not POLICY.answered_by_taking("phone")


def test_a_store_changes_what_it_names_and_nothing_else() -> None:
    east = POLICY.store("east")
    assert (east.levels[1]["limit"], east.levels[1]["warn"], east.levels[2]["limit"]) == (
        "12h",
        ["75%"],
        "5wd",
    )
    assert east.clocks["plan"]["channels"] == ["media"]
    assert (east.zone, east.label) == ("Asia/Shanghai", "two v4")
    assert POLICY.levels[1]["limit"] == "24h"


def test_a_store_without_rules_of_its_own_has_the_desks() -> None:
    assert POLICY.store("west") is POLICY
    assert POLICY.store(None) is POLICY


def test_laying_over_replaces_lists_and_merges_tables() -> None:
    under = {"a": {"b": 1, "c": [1, 2]}, "d": 1}
    assert overlaid(under, {"a": {"c": [3]}, "e": {"f": 1}}) == {
        "a": {"b": 1, "c": [3]},
        "d": 1,
        "e": {"f": 1},
    }
    assert overlaid(under, {"a": 5, "d": {"x": 1}}) == {"a": 5, "d": {"x": 1}}
    assert under == {"a": {"b": 1, "c": [1, 2]}, "d": 1}


def test_fields_of_the_desks_own_are_asked_for_by_what_they_are_of() -> None:
    own = [{"code": "size", "on": "case", "en": "size"}, {"code": "job", "on": "customer", "en": "job"}]
    used = Policy({**DATA, "fields": own, "stores": {}})
    assert used.fields() == own
    assert used.fields("customer") == [own[1]]
    assert used.fields("product") == []


def test_a_store_may_have_fields_of_its_own_and_the_desks_go_first() -> None:
    own = [{"code": "size", "on": "case", "en": "size"}]
    east = [{"code": "lane", "on": "case", "en": "lane"}, {"code": "size", "on": "case", "en": "SIZE"}]
    used = Policy({**DATA, "fields": own, "stores": {"east": {"fields": east}, "west": {}}})
    assert used.store("east").fields() == east
    assert used.store("west").fields() == own
    assert used.every_field() == {"size": own[0], "lane": east[0]}
    assert list(used.every_field()) == ["size", "lane"]
