"""Places of a policy, and what two policies do differently."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.dealer import DEALER
from cstrack.domain.policy import overlaid
from cstrack.domain.policy_diff import differences, places, written


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (("levels", "2", "limit"), "levels.2.limit"),
        (("words", 0, "flag"), "words[1].flag"),
        (("departments", "front.desk", "en"), 'departments."front.desk".en'),
        ((), ""),
    ],
)
def test_a_place_is_written_as_the_file_writes_it(place: tuple[str | int, ...], text: str) -> None:
    assert written(place) == text


def test_places_name_what_has_a_code_by_it() -> None:
    found = dict(places(DEALER))
    assert found["levels.2.limit"] == "48h"
    assert found["stages.record.limit"] == "15m"
    assert found["checklists.four-steps.steps.listen.en"] == "listen and understand"
    assert found['categories."service.repair".zh'] == "维修技术"
    assert found["clocks.first-response.urgent[1].limit"] == "2h"
    assert found["words.media"] == ["曝光", "媒体", "记者"]
    assert found["words.-"] == ["12315", "消协", "工信部"]
    assert "stores" not in found


def test_equal_policies_differ_in_nothing_not_even_the_version() -> None:
    assert differences(DEALER, {**DEALER, "version": 9}) == []


def test_what_changed_is_named_by_its_place() -> None:
    new = overlaid(DEALER, {"levels": {"2": {"limit": "36h"}}, "clocks": {"plan": {"warn": ["1h"]}}})
    assert differences(DEALER, new) == [
        ("levels.2.limit", "48h", "36h"),
        ("clocks.plan.warn", ["50%", "75%", "1h"], ["1h"]),
    ]


def test_what_is_only_in_one_of_them_is_told_whole() -> None:
    mine = {"en": "mine", "limit": "15d"}
    new = overlaid(DEALER, {"clocks": {"mine": mine}})
    assert differences(DEALER, new) == [("clocks.mine", None, mine)]
    assert differences(new, DEALER) == [("clocks.mine", mine, None)]


def test_a_coded_entry_is_the_same_wherever_it_stands_in_its_list() -> None:
    stages: list[Any] = DEALER["stages"]
    moved = {**DEALER, "stages": [*reversed(stages)]}
    assert differences(DEALER, moved) == []


def test_words_are_told_by_their_flag() -> None:
    words = [*DEALER["words"], {"flag": "legal", "pattern": "sue[ds]?"}]
    assert differences(DEALER, {**DEALER, "words": words}) == [
        ("words.legal", ["律师", "起诉", "法院"], ["律师", "起诉", "法院", "sue[ds]?"])
    ]


def test_a_list_against_nothing_is_told_as_it_is() -> None:
    assert differences({"stages": []}, {"stages": [{"code": "a", "en": "A"}]}) == [
        ("stages", [], [{"code": "a", "en": "A"}])
    ]
