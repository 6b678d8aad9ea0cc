"""A new policy while a case is in a stage, or a customer waits: their clocks move by their own limits."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.dealer import DEALER
from cstrack.domain.decide import flags, on_site, promises, stages, talk, waiting
from cstrack.domain.decide.following import CALENDAR
from tests.support.rules import clock, holidays, policy
from tests.support.spec import T0, Scene, days, did, given, hours, minutes, opened

SITE = "waiting-on-site"
HASTY = {"limit": "5m", "flags": ["vip"], "channels": [], "categories": []}


def staged(**plan: Any) -> dict[str, Any]:
    """The shipped stages, the plan with other rules; None takes one away."""
    made = [dict(stage) for stage in DEALER["stages"]]
    changed = {**made[2], **plan}
    made[2] = {key: value for key, value in changed.items() if value is not None}
    return {"stages": made}


def in_plan(*before: Any, **words: Any) -> Scene:
    return given(opened(), *before, did(stages.enter, 0, code="plan"), **words)


def here(expected: int, *more: Any, **words: Any) -> Scene:
    return given(opened(), did(on_site.arrive, 0, expected=T0 + expected), *more, **words)


def word(at: int) -> Any:
    return did(talk.contact, at, direction="out", text="x")


# --- stages ---


@pytest.mark.parametrize(("limit", "due"), [("45m", 45), ("20m", 20)])
def test_a_stage_has_its_new_time_standard_from_when_it_was_entered(limit: str, due: int) -> None:
    scene = in_plan().follows(policy(staged(limit=limit)), minutes(10)).then("moved")
    scene.running("stage", due=minutes(due), since=0)
    assert (scene.clock("stage").limit, scene.clock("stage").name) == (limit, "plan")


def test_the_same_standards_move_nothing() -> None:
    in_plan().follows(policy(staged(role={"en": "x", "zh": "y"})), minutes(10)).then()


def test_a_standard_that_would_have_run_out_already_runs_out_now() -> None:
    in_plan().follows(policy(staged(limit="5m")), minutes(10)).running("stage", due=minutes(10))


@pytest.mark.parametrize(
    "over",
    [staged(limit=None), {"stages": []}, clock("stage", kinds=["inquiry"]), clock("stage", levels=[2])],
)
def test_p26_a_stage_that_has_no_time_standard_any_more_has_no_clock(over: dict[str, Any]) -> None:
    scene = in_plan().follows(policy(over), minutes(10)).then("moved")
    scene.stopped("stage", "void", minutes(10)).stands(stage="plan")


def test_a_stage_whose_time_has_come_stays_late() -> None:
    in_plan().follows(policy(staged(limit="2h")), minutes(30)).running("stage", due=minutes(30))


def test_a_stage_goes_over_to_another_calendar_and_follows_its_days() -> None:
    working = staged(limit="10wh", calendar="office")
    scene = in_plan().follows(policy(working), minutes(10)).running("stage", due=days(1) + hours(2))
    assert scene.clock("stage").calendar == "office"
    off = policy({**working, **holidays("2026-11-17")}, version=3)
    scene.follows(off, minutes(20), why=CALENDAR).running("stage", due=days(2) + hours(2))


def test_a_stage_that_waits_moves_and_keeps_what_was_left() -> None:
    by = {**staged(limit="30m"), **clock("stage", pausable=["customer"])}
    pause = did(waiting.pause, minutes(10), waiting_for="customer", until=T0 + minutes(70))
    scene = pause(in_plan(policy=policy(by))).running("stage", due=minutes(90))
    longer = {**staged(limit="40m"), **clock("stage", pausable=["customer"])}
    scene = scene.follows(policy(longer, version=3), minutes(20)).running("stage", due=minutes(100))
    scene.when(waiting.resume, minutes(40)).accepted().running("stage", due=minutes(70))


@pytest.mark.parametrize("over", [{"stages": []}, {}, clock("stage", kinds=["inquiry"])])
def test_the_time_that_was_promised_stays_whatever_the_policy_says(over: dict[str, Any]) -> None:
    promised = did(promises.promise, 0, text="x", due=T0 + hours(6))
    scene = given(opened(), promised, did(stages.enter, 0, code="execution"))
    scene.follows(policy(over), minutes(10)).running("stage", due=hours(6))


# --- on site ---


@pytest.mark.parametrize(("limit", "due"), [("20m", 80), ("10m", 70)])
def test_the_first_word_has_its_new_limit_from_the_expected_time(limit: str, due: int) -> None:
    scene = here(minutes(60)).follows(policy(clock(SITE, limit=limit)), minutes(10)).then("moved")
    scene.running(SITE, due=minutes(due), since=0)
    assert scene.clock(SITE).since == T0 + minutes(60)


@pytest.mark.parametrize(("again", "due"), [("45m", 115), ("20m", 90)])
def test_a_further_word_has_its_new_limit_from_the_word_before(again: str, due: int) -> None:
    scene = here(minutes(60), word(minutes(70))).follows(policy(clock(SITE, again=again)), minutes(75))
    scene.then("moved").running(SITE, due=minutes(due), since=minutes(70))
    assert scene.clock(SITE).limit == again


def test_the_limit_of_the_other_word_moves_nothing() -> None:
    here(minutes(60)).follows(policy(clock(SITE, again="5m")), minutes(10)).then()
    here(minutes(60), word(minutes(70))).follows(policy(clock(SITE, limit="5m")), minutes(75)).then()


def test_an_early_word_still_counts_from_the_expected_time() -> None:
    scene = here(minutes(60), word(minutes(20))).follows(policy(clock(SITE, limit="25m")), minutes(30))
    scene.running(SITE, due=minutes(85), since=minutes(20))


def test_who_came_at_once_counts_from_then() -> None:
    here(0).follows(policy(clock(SITE, limit="25m", again="5m")), minutes(5)).running(SITE, due=minutes(25))


def test_p26_where_nobody_is_owed_a_word_on_site_any_more_the_clock_ends() -> None:
    scene = here(minutes(60)).follows(policy(without=(f"clocks.{SITE}",)), minutes(10))
    scene.stopped(SITE, "void", minutes(10))
    assert scene.state.on_site is not None
    back = scene.follows(policy(version=3), minutes(20)).then()
    word(minutes(30))(back).running(SITE, due=minutes(75), since=minutes(30))


def test_a_word_that_is_late_stays_late() -> None:
    here(0).follows(policy(clock(SITE, limit="2h")), minutes(15)).running(SITE, due=minutes(15))


def test_a_hastened_word_keeps_its_time_where_what_hastened_it_is_gone() -> None:
    hasty = policy(clock(SITE, urgent=[HASTY]))
    flagged = did(flags.flag, minutes(2), flag="vip")
    unflagged = did(flags.unflag, minutes(3), flag="vip", text="x")
    scene = here(0, flagged, unflagged, policy=hasty).running(SITE, due=minutes(7))
    scene.follows(policy(clock(SITE, limit="40m"), version=3), minutes(4)).running(SITE, due=minutes(7))
