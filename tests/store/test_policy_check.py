"""A policy file is checked whole: all faults in one run with their lines, and what is no policy at all."""

from __future__ import annotations

import pytest

from tests.support.policies import SMALL, mapping, only, problems, refused

LEVEL_2 = '[levels.2]\nen = "two"\nlimit = "48h"\n'


def test_a_problem_has_the_line_of_its_value() -> None:
    text = SMALL + "# a comment\n[clocks.plan]\nlimit = '1h'\nwarn = [\n  '50%',\n  '2h',\n]\n"
    assert only(text)["line"] == 10


def test_a_table_that_misses_a_key_has_the_line_of_its_head() -> None:
    assert only(SMALL + '\n[levels.2]\nen = "two"\n')["line"] == 6


def test_at_the_top_a_missing_key_has_no_line() -> None:
    problem = only('[levels.1]\nen = "one"\nlimit = "1h"\n')
    assert (problem["place"], problem["problem"], problem["line"]) == ("name", "key-missing", None)


def test_levels_are_needed() -> None:
    assert only('name = "x"\n')["place"] == "levels"
    assert only('name = "x"\nlevels = {}\n')["problem"] == "list-empty"


def test_every_fault_is_told_in_one_run_in_the_order_of_lines() -> None:
    text = """name = "My Desk"
counts_from = "opning"
calender = "office"
[levels.1]
en = ""
limit = "1 day"
[levels.2]
limit = "8wh"
calendar = "ofice"
[clocks.plan]
limit = "2h"
warn = ["what", "3h"]
extensions = ["1h"]
pausable = ["custmer"]
[[words]]
flag = "saftey"
patterns = ["(a+)+", "x{0,20}y"]
[calendars.office]
hours = { mon = "08:00-07:60" }
[[calendars.office.days]]
date = 1
"""
    found = [(each["line"], each["place"], each["problem"]) for each in problems(text)]
    assert found == [
        (1, "name", "code-wrong"),
        (2, "counts_from", "choice-wrong"),
        (3, "calender", "key-unknown"),
        (5, "levels.1.en", "text-empty"),
        (6, "levels.1.limit", "limit-not-understood"),
        (7, "levels.2.en", "key-missing"),
        (9, "levels.2.calendar", "calendar-unknown"),
        (12, "clocks.plan.warn[1]", "mark-not-understood"),
        (12, "clocks.plan.warn[2]", "mark-too-early"),
        (13, "clocks.plan.extensions[1]", "extension-not-longer"),
        (14, "clocks.plan.pausable[1]", "entry-unknown"),
        (16, "words[1].flag", "entry-unknown"),
        (17, "words[1].patterns[1]", "pattern-endless"),
        (19, "calendars.office.hours.mon", "hours-wrong"),
        (21, "calendars.office.days[1].date", "type-wrong"),
    ]


def test_a_wrong_limit_is_not_compared_with_anything() -> None:
    text = SMALL.replace("name", 'counts_from = "opening"\nname') + LEVEL_2.replace("48h", "2 days")
    assert [each["problem"] for each in problems(text)] == ["limit-not-understood"]


def test_counted_from_the_opening_a_higher_level_has_a_longer_limit() -> None:
    text = SMALL.replace("name", 'counts_from = "opening"\nname') + LEVEL_2.replace("48h", "24h")
    assert only(text)["problem"] == "level-not-longer"
    assert mapping(SMALL + LEVEL_2.replace("48h", "24h"))["levels"]["2"]["limit"] == "24h"


def test_a_remedy_is_granted_from_one_level_on() -> None:
    text = SMALL + '[levels.1.authority]\nremedies = ["refund"]\n' + LEVEL_2
    problem = only(text + '[levels.2.authority]\nremedies = ["refund"]\n')
    assert (problem["place"], problem["problem"]) == (
        "levels.2.authority.remedies[1]",
        "remedy-granted-below",
    )


def test_too_many_entries_are_refused() -> None:
    entries = "".join(f'c{n} = {{ en = "x" }}\n' for n in range(2001))
    assert only(SMALL + "[categories]\n" + entries)["problem"] == "too-many"


def test_a_file_beyond_a_mebibyte_is_refused_unread() -> None:
    fault = refused(b"#" * (1024 * 1024 + 1))
    assert (fault.code, fault.status) == ("policy-too-large", 6)
    assert fault.facts == {"path": "desk.toml", "size": 1024 * 1024 + 1, "most": 1024 * 1024}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("name = \n", 1, 8),
        ('name = "x"\nname = "y"\n', 2, 11),
        ('name = "x"\n[levels.1\n', 2, 10),
        ('a = 1\nb = """never closed\n', 3, None),
        ("[a]\n[a]\n", 2, 3),
    ],
)
def test_what_is_no_toml_is_named_by_line_and_column(text: str, line: int, column: int | None) -> None:
    fault = refused(text)
    assert fault.code == "policy-not-toml"
    assert (fault.facts["line"], fault.facts["column"]) == (line, column)
    assert "at line" not in str(fault.facts["toml"])


def test_a_number_without_end_is_refused() -> None:
    assert refused("a = " + "9" * 5000).code == "policy-number-too-long"
    assert refused("a = 1e" + "9" * 40).code == "policy-number-too-long"


def test_utf_16_without_a_mark_is_refused_as_no_utf_8() -> None:
    fault = refused('name = "x"\n'.encode("utf-16-le").decode())
    assert (fault.code, fault.facts["offset"]) == ("file-not-utf8", 1)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 20 + "]" * 20,
        "a = " + "[" * 5000 + "]" * 5000,
        "a" + ".a" * 9 + " = 1",
        "[a" + ".a" * 9000 + "]",
        "a" + ".a" * 300000 + " = 1",
    ],
    ids=["20", "5000", "key", "head", "long key"],
)
def test_what_is_nested_too_deep_is_refused(text: str) -> None:
    fault = refused(text)
    assert (fault.code, fault.facts) == ("policy-too-deep", {"path": "desk.toml", "most": 8})


def test_a_file_that_is_not_utf8_is_refused_where_it_is_not() -> None:
    fault = refused(b'name = "\xe9"\n')
    assert (fault.code, fault.facts["offset"]) == ("file-not-utf8", 8)


def test_the_mark_that_some_editors_put_first_is_taken() -> None:
    assert mapping("\ufeff" + SMALL)["name"] == "small"


def test_line_ends_of_windows_are_taken() -> None:
    assert mapping(SMALL.replace("\n", "\r\n"))["name"] == "small"
    assert only(SMALL.replace("\n", "\r\n") + "[levels.2]\r\nen = 'b'\r\nlimit = 'x'\r\n")["line"] == 7


@pytest.mark.parametrize("hours", ["{ }", '{ mon = "" }', '{ mon = "12:00-12:00" }', '{ daily = ["08:00"] }'])
def test_p06_a_calendar_that_cannot_be_is_refused(hours: str) -> None:
    found = problems(SMALL + f"[calendars.a]\nhours = {hours}\n")
    assert found
    assert all(each["place"].startswith("calendars.a") for each in found)


@pytest.mark.parametrize("limit", ["99h", "100h", "168h", "1440h", "8w"])
def test_p09_limits_beyond_99_hours_survive_unchanged(limit: str) -> None:
    text = SMALL.replace("24h", limit) + f'[clocks.plan]\nlimit = "{limit}"\n'
    found = mapping(text)
    assert (found["levels"]["1"]["limit"], found["clocks"]["plan"]["limit"]) == (limit, limit)
