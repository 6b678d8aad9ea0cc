"""The page of each shipped policy says what its file says: every clock, every limit, every level."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.policy import Policy
from cstrack.store.policies import checked, presets

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGES = Path(__file__).parents[2] / "docs" / "policies"
NAMES = presets.names()
CLOCKS = [
    (name, kind) for name in NAMES for kind in checked.check(presets.preset(name), name).mapping["clocks"]
]
BOUND = {
    "desk": re.compile(r"the desk's own word\b"),
    "us": re.compile(r"us(: |$)"),
    "authority": re.compile(r"the (authority|appeal centre); shown only$"),
}


@cache
def compiled(name: str) -> dict[str, Any]:
    return checked.check(presets.preset(name), name).mapping


@cache
def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def rows(name: str, section: str) -> dict[str, list[str]]:
    """The rows of a section's first table, by their first cell."""
    text = page(name).partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    lines = text[text.index("|") :].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return {row[0].strip("` "): row for row in cells}


def limits(data: Mapping[str, Any], kind: str) -> set[str]:
    """Every limit that a clock may have, wherever the policy keeps it."""
    clock = data["clocks"][kind]
    found = {clock.get("limit"), clock.get("again"), *clock.get("by_level", {}).values()}
    found |= {each["limit"] for each in clock.get("urgent", ())}
    found |= set(clock.get("extensions", ()))
    if kind == "level":
        found |= {level["limit"] for level in data["levels"].values()}
    if kind == "stage":
        found |= {stage.get("limit") for stage in data["stages"]}
    return found - {None}


def test_every_policy_has_a_page_and_every_page_a_policy() -> None:
    assert sorted(file.stem for file in PAGES.glob("*.md")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_that_it_is_not_legal_advice(name: str) -> None:
    assert "not legal advice" in page(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_clocks_has_the_clocks_of_the_policy_and_no_other(name: str) -> None:
    assert set(rows(name, "Clocks")) == set(compiled(name)["clocks"])


@pytest.mark.parametrize(("name", "kind"), CLOCKS)
def test_a_clock_s_row_has_its_limits_and_no_other(name: str, kind: str) -> None:
    told = set(re.findall(r"`([^`]+)`", rows(name, "Clocks")[kind][3]))
    assert told == limits(compiled(name), kind)


@pytest.mark.parametrize(("name", "kind"), CLOCKS)
def test_a_clock_s_row_says_whom_it_binds(name: str, kind: str) -> None:
    policy = Policy(compiled(name))
    said = rows(name, "Clocks")[kind][5]
    assert BOUND[policy.binds(kind)].match(said)
    assert ("shown only" in said) == policy.informs(kind)


@pytest.mark.parametrize(("name", "kind"), CLOCKS)
def test_a_clock_s_row_names_the_calendar_that_it_counts_on(name: str, kind: str) -> None:
    calendar = compiled(name)["clocks"][kind].get("calendar")
    assert calendar is None or f"`{calendar}`" in rows(name, "Clocks")[kind][4]


@pytest.mark.parametrize("name", NAMES)
def test_the_levels_stand_on_the_page_with_both_names_limit_pause_and_amount(name: str) -> None:
    told = rows(name, "Levels")
    levels = compiled(name)["levels"]
    assert set(told) == set(levels)
    for number, level in levels.items():
        amount = level["authority"]["amount"]
        assert f"{level['en']} {level['zh']}" == told[number][1]
        assert (f"`{level['limit']}`", f"`{level['pause_cap']}`") == (told[number][2], told[number][3])
        assert amount is None or f"up to {amount // 100:,}" in told[number][-1]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_how_to_take_the_policy_over(name: str) -> None:
    assert f"cstrack policy export --preset {name} > desk.toml" in page(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_is_our_own_choice(name: str) -> None:
    assert re.search(r"^## What is our choice and not in the (source|practice)$", page(name), re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("telecom", "MIIT Order 35"),
        ("consumer-cn", "SAMR Order 20"),
        ("consumer-cn", "SAMR Order 121"),
        ("bank-cn", "CBIRC Order 2020 No. 3"),
        ("fca", "DISP 1.5.1R"),
        ("fca", "DISP 1.6.2AR"),
        ("fca", "DISP 1.9.1R"),
    ],
)
def test_file_and_page_name_the_rule(name: str, rule: str) -> None:
    assert rule.rsplit(maxsplit=1)[-1] in "".join(
        source.get("number", "") for source in compiled(name)["sources"]
    )
    assert rule in page(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_when_the_sources_were_read_and_which_clocks_rest_on_them(name: str) -> None:
    for source in compiled(name)["sources"]:
        assert source["checked"] in page(name)
        told = [rows(name, "Clocks")[kind][6] for kind in source.get("clocks", ())]
        assert "our choice" not in told


def test_the_page_of_consumer_cn_names_the_newer_rule_before_its_numbers() -> None:
    before = page("consumer-cn").partition("\n## Clocks\n")[0]
    assert all(
        fact in before for fact in ("2026-04-15", "SAMR Order 121", "60 days", "unverified", "45 working")
    )
