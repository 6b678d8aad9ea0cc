"""`policy show` and `policy diff`: nothing is cut, places are whole, JSON has every key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cstrack.domain.dealer import DEALER
from cstrack.domain.policy import Policy, default_policy, overlaid
from cstrack.domain.policy_diff import differences
from cstrack.render import i18n, policy, policy_diff, policy_words
from cstrack.render.grid import cells
from cstrack.render.screen import Look
from tests.support.policies import OFFICE, SMALL, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN = Look(80, colour=False, terminal=True)
PIPE = Look(80, colour=False, terminal=False)
OWN = (
    'calendar = "office"\n'
    + SMALL.replace("24h", "5wd")
    + """lowers = 2
[levels.1.authority]
amount = 50
[levels.2]
en = "two"
limit = "10wd"
warn = ["25%"]
[levels.2.authority]
amount = 12345.5
[clocks.plan]
limit = "24wh"
by_level = { 2 = "8wh" }
warn = ["50%", "1h"]
extensions = ["48wh"]
pausable = ["customer"]
[clocks.accept]
en = "to accept or refuse"
starts = ["letter"]
stops = ["closed"]
limit = "7wd"
channels = ["regulator"]
binds = "authority"
[clocks.report]
en = "report"
starts = ["opened"]
stops = ["resolved"]
limit = "15d"
binds = "us"
[[fields]]
code = "number"
en = "service number"
on = "case"
type = "text"
[[fields]]
code = "lot"
en = "lot"
on = "product"
type = "number"
required = "resolving"
[stores.east.levels.1]
limit = "3wd"
[[sources]]
en = "Order 35"
number = "No. 35"
checked = 2026-11-22
"""
    + OFFICE
    + "confirmed_through = 2026-12-31\n[[calendars.office.days]]\ndate = 2026-10-01\n"
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    i18n.use("en")


def own() -> Policy:
    return Policy(mapping(OWN), "Asia/Shanghai")


def test_the_screen_of_the_default_policy() -> None:
    said = policy.screen(default_policy("Asia/Shanghai"), PLAIN)
    assert said.startswith("""dealer v1
Car after-sales: three levels, each counted from reaching it
levels count from reaching them

LEVELS
L  WHO                    LIMIT  CALENDAR    LONGEST PAUSE  UP TO
1  front line             24 h   every hour  3 d            200
2  department supervisor  48 h   every hour  7 d            5,000
3  senior management      72 h   every hour  14 d           any sum

MAY GRANT
  level 1 · apology, explanation, work done again, voucher
  level 2 · service fee waived, priority in scheduling, special service
  level 3 · refund, compensation, exception to policy
  in a regulator's case · apology, explanation, work done again
  signed paper · agreements above 5,000

CLOCKS
  first response · 24 h · opening -> word to customer""")
    assert "\n  total · 72 h · opening -> resolution · every hour · only shown\n" in said
    assert "  first response · 2 h · crisis, media, social media, complaint platform\n" in said
    assert "  crisis · 2 of: media, legal, safety, social media / complaint platform\n" in said
    assert "  media · words: 曝光, 媒体, 记者\n" in said
    assert "  contact · Asia/Shanghai · Mon-Sun 08:30-20:00 · contact hours\n" in said
    assert "SOURCES" not in said
    assert "MAY GIVE BACK" not in said
    assert "STORES" not in said


@pytest.mark.parametrize(
    "line",
    [
        "1  one  5 working days   office    3 d            50",
        "2  two  10 working days  office    3 d            12,345.50",
        "MAY GIVE BACK\n  level 1 · only level 2",
        "  plan · 24 working h, level 2: 8 working h",
        "extended to 48 working h",
        "  to accept or refuse · 7 working days, regulator",
        "the authority",
        "us, by law",
        "  office · Asia/Shanghai · Mon-Fri 09:00-17:00 · 1 special day",
        "the desk's own",
        "  own fields · service number · lot, needed at resolving",
        "  east · levels.1.limit 3wd",
        "SOURCES: facts, not legal advice",
        "  Order 35 · No. 35 · read on 2026-11-22",
    ],
)
def test_a_policy_of_ones_own_is_shown_whole(line: str) -> None:
    assert line in policy.screen(own(), PLAIN)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_screen_and_nothing_is_cut(width: int, language: str) -> None:
    i18n.use(language)
    for each in (own(), default_policy()):
        said = policy.screen(each, Look(width, colour=False, terminal=True))
        assert max(map(cells, said.splitlines())) <= width
        if width >= 80:
            assert "…" not in said


def test_off_a_terminal_the_clocks_stand_in_columns() -> None:
    said = policy.screen(own(), Look(80, colour=False, terminal=False))
    [head] = [line for line in said.splitlines() if line.startswith("CLOCK ")]
    assert head.split("  ")[0] == "CLOCK"
    assert "EXTENDED TO" in head


def test_in_colour_the_words_are_the_same() -> None:
    said = policy.screen(default_policy(), Look(80, colour=True, terminal=True))
    assert "\x1b[1m" in said


def test_names_of_a_file_reach_no_terminal_as_they_are() -> None:
    data = overlaid(DEALER, {"levels": {"1": {"en": "\x1b[31mred"}}, "flags": {"vip": {"en": "\x07"}}})
    said = policy.screen(Policy(data), PLAIN)
    assert "\x1b" not in said
    assert "\x07" not in said


def test_a_week_in_chinese_runs_from_day_to_day_as_in_calendars() -> None:
    i18n.use("zh")
    try:
        hours = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed")}
        assert policy_words.week(hours) == "周一至周三 09:00-17:00"
    finally:
        i18n.use("en")


def test_plain_lines_are_places_and_values() -> None:
    lines = policy.plain(own()).splitlines()
    assert "levels.1.limit\t5wd" in lines
    assert "clocks.accept.informs\ttrue" in lines
    assert "clocks.plan.by_level.2\t8wh" in lines
    assert "levels.2.authority.amount\t12345.50" in lines
    assert all(line.count("\t") == 1 for line in lines)


def test_p09_long_limits_are_shown_unchanged() -> None:
    made = Policy(mapping(SMALL.replace("24h", "168h") + '[clocks.plan]\nlimit = "8w"\n'))
    said = policy.screen(made, PLAIN)
    assert "168 h" in said
    assert "8 weeks" in said
    assert "levels.1.limit\t168h\n" in policy.plain(made)
    assert policy.policy_object(made)["levels"]["1"]["limit"] == "168h"


TOP = {"schema", "label", "name", "version", "en", "zh", "counts_from", "calendar", "contact_hours", "levels"}
TOP |= {"authority", "clocks", "calendars", "kinds", "channels", "flags", "categories", "customer_types"}
TOP |= {
    "outcomes",
    "waits",
    "remedies",
    "root_causes",
    "departments",
    "repeat",
    "crisis",
    "groups",
    "words",
    "stages",
}
TOP |= {"checklists", "callbacks", "fields", "masking", "retention", "stores", "sources", "agreements"}
CLOCK = {
    "en",
    "zh",
    "limit",
    "by_level",
    "levels",
    "kinds",
    "channels",
    "urgent",
    "answered_by_taking",
    "again",
}
CLOCK |= {"starts", "stops", "calendar", "pausable", "warn", "extensions", "binds", "informs", "then"}
LEVEL = {"en", "zh", "limit", "calendar", "pause_cap", "lowers", "warn", "authority"}


@pytest.mark.parametrize("which", ["dealer", "own"])
def test_json_has_every_key_always(which: str) -> None:
    made = policy.policy_object(default_policy() if which == "dealer" else own())
    assert set(made) == TOP
    assert {frozenset(clock) for clock in made["clocks"].values()} == {frozenset(CLOCK)}
    assert {frozenset(level) for level in made["levels"].values()} == {frozenset(LEVEL)}
    assert json.loads(json.dumps(made)) == made


def test_a_sum_in_json_has_two_decimals_and_none_stays_null() -> None:
    made = policy.policy_object(own())["levels"]
    assert [level["authority"]["amount"] for level in made.values()] == ["50.00", "12345.50"]
    assert policy.policy_object(default_policy())["levels"]["3"]["authority"]["amount"] is None


def test_a_level_in_json_has_the_marks_and_the_calendar_that_hold_for_it() -> None:
    made = policy.policy_object(own())["levels"]
    assert (made["1"]["calendar"], made["1"]["warn"], made["2"]["warn"]) == ("office", [], ["25%"])


def test_a_difference_is_a_line_with_old_and_new() -> None:
    new = overlaid(DEALER, {"levels": {"2": {"limit": "36h"}}, "clocks": {"mine": {"limit": "15d"}}})
    found = differences(DEALER, new)
    assert policy_diff.lines(found, PIPE) == "levels.2.limit  48h -> 36h\nclocks.mine  added: limit 15d\n"
    assert policy_diff.plain(found) == "levels.2.limit\t48h\t36h\nclocks.mine\t\tlimit 15d\n"
    assert (
        policy_diff.lines(differences(new, DEALER), PIPE).splitlines()[1] == "clocks.mine  removed: limit 15d"
    )
    assert policy_diff.objects(found)[0] == {
        "schema": 1,
        "place": "levels.2.limit",
        "old": "48h",
        "new": "36h",
    }


def test_a_whole_calendar_is_told_in_short() -> None:
    days = {f"2026-10-{day:02}": {"name": "x"} for day in range(1, 31)}
    new = overlaid(DEALER, {"calendars": {"office": {"name": "office", "hours": {}, "days": days}}})
    said = policy_diff.lines(differences(DEALER, new), PIPE)
    assert said.endswith(", 19 more\n")


def test_lists_of_tables_and_empty_lists_have_words() -> None:
    stages = [{"code": "a", "en": "A"}]
    assert policy_diff.lines([("stages", [], stages)], PIPE) == "stages  none -> code a, en A\n"
