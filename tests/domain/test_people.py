"""Who answers for a case and who works on it."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, levels, people
from tests.support.spec import did, given, hours, opened


def test_naming_an_owner_leaves_the_handler_and_the_first_contact() -> None:
    scene = given(opened()).when(people.assign, 60, owner="wang", text="on duty")
    scene.then("assigned", owner="wang").stands(owner="wang", handler="li", first_contact="li")


def test_naming_a_handler_leaves_the_owner() -> None:
    scene = given(opened()).when(people.assign, 60, handler="zhou").then("assigned", handler="zhou")
    assert "owner" not in scene.events[0].facts
    scene.stands(owner="li", handler="zhou")


def test_both_can_be_named_at_once() -> None:
    given(opened()).when(people.assign, 60, owner="wang", handler="zhou").stands(owner="wang", handler="zhou")


def test_after_a_hand_up_an_owner_is_named() -> None:
    scene = given(opened(), did(levels.escalate, 60, text="x"), did(people.assign, 120, owner="wang"))
    scene.stands(level=2, owner="wang")


@pytest.mark.parametrize("words", [{"owner": "li"}, {"handler": "li"}, {"owner": "li", "handler": "li"}])
def test_naming_whoever_it_is_already_is_refused(words: dict[str, Any]) -> None:
    given(opened()).when(people.assign, 60, **words).refused("already-assigned", who="li")


def test_d34_a_closed_case_is_nobodys_to_hand_on() -> None:
    scene = given(opened(), did(ending.close, 60, outcome="invalid"))
    scene.when(people.assign, hours(1), owner="wang").refused("case-closed")
