"""More time for a clock: what its policy allows, from the start it had, with a reason and another's word."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, extending, flags, levels, waiting
from tests.support.rules import clock, policy
from tests.support.spec import T0, Scene, days, did, given, hours, opened

TWICE = policy(clock("plan", extensions=["48h", "72h"]))
MANDATE = {"limit": "15d", "starts": ["opened"], "stops": ["resolved"], "extensions": ["30d", "60d"]}
BANK = policy(clock("answer", **MANDATE))
WORKING = policy(clock("answer", **MANDATE | {"limit": "5wd", "extensions": ["8wd"], "calendar": "office"}))
WORDS: dict[str, Any] = {"clock": "plan", "approved_by": "zhao", "text": "the part comes by sea"}


def extend(scene: Scene, at: int, **words: Any) -> Scene:
    return scene.when(extending.extend, at, **{**WORDS, **words})


def test_an_extension_is_an_event_with_reason_and_approver() -> None:
    scene = extend(given(opened(), policy=TWICE), hours(5))
    scene.then("extended", clock="plan", limit="48h", approved_by="zhao", policy="dealer v2")
    assert scene.events[0].words == {"text": "the part comes by sea"}
    assert scene.events[0].cause == "person"


def test_the_longer_limit_counts_from_the_same_start() -> None:
    scene = (
        extend(given(opened(), policy=TWICE), hours(23)).accepted().running("plan", due=hours(48), since=0)
    )
    assert scene.clock("plan").limit == "48h"


def test_one_extension_follows_the_other() -> None:
    scene = extend(given(opened(), policy=BANK), days(10), clock="answer").accepted()
    scene = scene.running("answer", due=days(30))
    extend(scene, days(29), clock="answer").then("extended", limit="60d").running("answer", due=days(60))


def test_pauses_that_were_keep_what_they_gave() -> None:
    pause = did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(8))
    scene = extend(given(opened(), pause, policy=TWICE), hours(10)).accepted()
    scene.running("plan", due=hours(54))


def test_a_pause_that_lasts_goes_on_and_ends_with_exactly_what_was_left() -> None:
    pause = did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(30))
    scene = extend(given(opened(), pause, policy=TWICE), hours(4)).accepted().running("plan", due=hours(76))
    held = scene.clock("plan")
    assert (held.paused_at, held.paused_until, held.held_due) == (
        T0 + hours(2),
        T0 + hours(30),
        T0 + hours(48),
    )
    scene.when(waiting.resume, hours(5)).accepted().running("plan", due=hours(51))


def test_working_days_are_extended_on_their_calendar() -> None:
    scene = given(opened(), policy=WORKING).running("answer", due=days(7))
    extend(scene, hours(5), clock="answer").accepted().running("answer", due=days(10))


def test_a_clock_that_counts_from_the_opening_is_extended_from_there() -> None:
    by = policy({"counts_from": "opening", **clock("level", extensions=["96h"])})
    scene = given(opened(), did(levels.escalate, hours(10), text="x"), policy=by).running(
        "level", due=hours(48)
    )
    extend(scene, hours(12), clock="level").accepted().running("level", due=hours(96), since=hours(10))


def test_each_level_has_extensions_of_its_own() -> None:
    by = policy({"levels": {"2": {"extensions": ["60h"]}}})
    extend(given(opened(), policy=by), 60, clock="level").refused("extend-not-allowed")
    scene = given(opened(flags=("departments",)), policy=by)
    extend(scene, 60, clock="level").accepted().running("level", due=hours(60))


def test_what_hands_up_waits_for_the_extended_time() -> None:
    by = policy(clock("level", extensions=["30h"]))
    scene = extend(given(opened(), policy=by), hours(20), clock="level").accepted()
    scene.when(lambda _draft: None, hours(29)).then().stands(level=1)
    scene.when(lambda _draft: None, hours(30)).then("escalated")


def test_an_extension_beyond_the_confirmed_days_is_provisional() -> None:
    by = policy(clock("answer", **MANDATE | {"limit": "5wd", "extensions": ["60wd"], "calendar": "office"}))
    scene = given(opened(), policy=by)
    assert not scene.clock("answer").provisional
    assert extend(scene, 60, clock="answer").accepted().clock("answer").provisional


# --- refused ---


def test_what_does_not_run_is_not_extended() -> None:
    scene = given(opened(), did(ending.resolve, hours(1), text="x"), policy=TWICE)
    extend(scene, hours(2)).refused("extend-not-running", clock="plan", number=1)


def test_a_clock_that_the_case_never_had_is_not_extended() -> None:
    extend(given(opened(), policy=TWICE), 60, clock="callback").refused("extend-not-running")


@pytest.mark.parametrize("at", [hours(24), hours(30)])
def test_there_is_nothing_to_extend_once_the_time_has_come(at: int) -> None:
    scene = extend(given(opened(), policy=TWICE), at)
    scene.refused("extend-too-late", clock="plan", due_at=T0 + hours(24))


def test_a_breach_that_was_marked_is_not_undone_by_a_date_before_it() -> None:
    by = policy(clock("level", extensions=["96h"]))
    scene = given(opened(flags=("vip",)), policy=by).when(lambda _draft: None, days(4)).then("limit-passed")
    extend(scene, days(2), typed=days(5), clock="level").refused("extend-too-late", due_at=T0 + days(3))


def test_who_asks_does_not_approve() -> None:
    scene = extend(given(opened(), policy=TWICE), 60, approved_by="li")
    scene.refused("extend-needs-other", who="li", number=1)


def test_a_policy_that_allows_no_extension_gives_none() -> None:
    extend(given(opened()), 60).refused("extend-not-allowed", clock="plan", limit="24h")


def test_there_are_as_many_extensions_as_the_policy_has() -> None:
    scene = extend(given(opened(), policy=TWICE), 60).accepted()
    scene = extend(scene, 120).accepted()
    extend(scene, 180).refused("extend-no-more", clock="plan", limit="72h")


def test_an_extension_is_longer_than_what_there_was() -> None:
    scene = given(opened(), policy=policy(clock("plan", extensions=["12h"])))
    extend(scene, 60).refused("extend-not-longer", clock="plan", due_at=T0 + hours(24))


def test_d34_a_closed_case_gets_no_more_time() -> None:
    scene = given(opened(), did(ending.close, 60, outcome="invalid"), policy=TWICE)
    extend(scene, 120).refused("case-closed")


@pytest.mark.parametrize(("at", "code"), [(hours(2), "time-in-future"), (-60, "time-before-opening")])
def test_an_extension_was_granted_since_the_opening(at: int, code: str) -> None:
    extend(given(opened(), policy=TWICE), at, typed=60).refused(code)


def test_a_flag_that_shortens_an_extended_clock_counts_from_the_flag() -> None:
    hasty = {"limit": "4h", "flags": ["legal"], "channels": [], "categories": []}
    by = policy(clock("plan", extensions=["48h"], urgent=[hasty]))
    scene = extend(given(opened(), policy=by), 60).accepted()
    scene.when(flags.flag, hours(2), flag="legal").accepted().running("plan", due=hours(6))
