"""The policies that come with the program: sound, found by name, and the default one equal to its module."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cstrack.domain.dealer import DEALER
from cstrack.domain.errors import NotFound
from cstrack.domain.policy import Policy, default_policy, overlaid
from cstrack.store.policies import presets
from cstrack.store.policies.checked import check, judged

ROOT = Path(__file__).parents[2]


def mapping(name: str) -> dict[str, Any]:
    return check(presets.preset(name), f"{name}.toml").mapping


def test_the_default_policy_is_made_from_its_file() -> None:
    assert mapping("dealer") == DEALER, "run: make builtin"


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_is_sound_and_named_as_its_file(name: str) -> None:
    made = mapping(name)
    assert made["name"] == name
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize("name", presets.names())
def test_every_calendar_of_a_preset_is_built(name: str) -> None:
    policy = Policy(mapping(name), "Asia/Shanghai")
    assert all(policy.calendar(calendar) for calendar in policy.data["calendars"])


def test_the_default_one_is_listed_first() -> None:
    assert presets.names()[0] == "dealer"
    assert presets.names()[1:] == sorted(presets.names()[1:])


def test_a_name_that_no_preset_has_gets_the_nearest() -> None:
    with pytest.raises(NotFound) as missing:
        presets.preset("deler")
    assert (missing.value.code, missing.value.facts["near"]) == ("no-such-preset", "dealer")


@pytest.mark.parametrize("name", ["../dealer", "dealer.toml", "", "..", "/etc/passwd"])
def test_a_preset_is_a_name_and_no_path(name: str) -> None:
    with pytest.raises(NotFound):
        presets.preset(name)


@pytest.mark.parametrize("name", presets.names())
def test_what_a_list_says_of_a_preset_is_in_its_file(name: str) -> None:
    made, said = mapping(name), presets.hints(name)
    assert (said["name"], said["en"], said["levels"]) == (name, made["en"], len(made["levels"]))
    assert set(said["binds"]) == {clock.get("binds", "desk") for clock in made["clocks"].values()} | {"desk"}
    assert [source["en"] for source in said["sources"]] == [source["en"] for source in made["sources"]]


def test_every_example_of_the_page_is_accepted_and_all_of_them_together() -> None:
    page = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    blocks = [part.partition("```")[0] for part in page.split("```toml\n")[1:]]
    whole = tomllib.loads(presets.preset("dealer").decode())
    for block in blocks:
        whole = overlaid(whole, tomllib.loads(block))
    assert len(blocks) >= 18
    assert judged(whole)[1] == []


def test_the_smallest_policy_of_the_page_is_a_whole_one() -> None:
    page = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    smallest = page.split("```toml\n")[1].partition("```")[0]
    assert check(smallest.encode(), "desk.toml").mapping["levels"]["1"]["limit"] == "24h"


def test_the_default_policy_has_what_the_trade_does() -> None:
    policy = default_policy()
    assert [level["authority"]["amount"] for level in policy.levels.values()] == [20_000, 500_000, None]
    assert policy.marks("level", 2) == ["50%", "75%", "1h"]
    assert policy.data["callbacks"]["care"] == ["1mo", "3mo"]
    assert policy.data["calendars"]["contact"]["hours"]["sun"] == ["08:30-20:00"]
    assert [len(each["steps"]) for each in policy.data["checklists"]][:2] == [4, 7]
    assert [stage.get("limit") for stage in policy.data["stages"]] == ["5m", "15m", "30m", None, "3d"]
    assert len(policy.codes("root_causes")) == 14
    assert {entry["level"] for entry in policy.codes("remedies").values()} == {1, 2, 3}
