"""A new policy: open clocks move by one event, verdicts stay, nothing is breached backwards."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import adopting, ending, extending, flags, levels, talk, waiting
from cstrack.domain.decide.following import CALENDAR
from tests.support.rules import clock, holidays, limits, policy
from tests.support.spec import T0, Scene, days, did, follows, given, hours, opened, until

WORKING = policy(limits("8wh", "16wh", "24wh", calendar="office"))
EXTENDING = clock("plan", extensions=["48h", "72h"])


def waiting_case(*, end: int = hours(20), **words: Any) -> Scene:
    """A case that waits for the supplier from the second hour on."""
    pause = did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + end)
    return given(opened(**{"channel": "web", **words}), pause)


def extended(**words: Any) -> Scene:
    """A case whose plan clock was given 48 hours instead of 24."""
    granted = did(extending.extend, hours(1), clock="plan", approved_by="zhao", text="parts")
    return given(opened(**words), granted, policy=policy(EXTENDING))


# --- what moves ---


@pytest.mark.parametrize(("limit", "due"), [("36h", 36), ("12h", 12)])
def test_a_running_clock_has_its_new_limit_from_the_start_it_had(limit: str, due: int) -> None:
    scene = given(opened()).follows(policy(limits(limit)), hours(5))
    scene.then("moved", why="policy", policy="dealer v2").running("level", due=hours(due), since=0)
    assert scene.clock("level").limit == limit


def test_the_event_holds_what_changed_and_nothing_else() -> None:
    scene = given(opened()).follows(policy(limits("36h")), hours(5))
    level = scene.clock("level")
    assert scene.events[0].facts["clocks"] == [{"n": level.n, "limit": "36h", "due_at": T0 + hours(36)}]
    assert (scene.events[0].cause, scene.state.policy) == ("rule", "dealer v2")


def test_p26_a_clock_that_the_new_policy_has_not_ends() -> None:
    scene = given(opened()).follows(policy(without=("clocks.total",)), hours(5)).then("moved")
    scene.stopped("total", "void", at=hours(5)).running("plan", due=hours(24))


def test_p26_a_clock_that_has_no_limit_any_more_ends() -> None:
    scene = given(opened()).follows(policy(without=("clocks.plan.limit",)), hours(5))
    scene.stopped("plan", "void", at=hours(5))


def test_p26_a_clock_that_this_kind_of_case_has_no_more_ends() -> None:
    scene = given(opened()).follows(policy(clock("plan", kinds=["inquiry"])), hours(5))
    scene.stopped("plan", "void", at=hours(5))


def test_p26_a_clock_that_the_cases_level_has_no_more_ends() -> None:
    scene = given(opened(flags=("departments",)), did(levels.escalate, hours(1), text="x"))
    scene = scene.follows(policy(clock("next-update", levels=[2])), hours(5))
    scene.stopped("next-update", "void", at=hours(5))


def test_p26_a_clock_that_ends_late_is_breached() -> None:
    scene = given(opened()).follows(policy(without=("clocks.plan",)), hours(30))
    scene.stopped("plan", "breached", at=hours(30))


def test_a_clock_counts_by_the_limit_of_the_level_that_the_case_has_now() -> None:
    scene = given(opened(), did(levels.escalate, hours(2), text="x"))
    scene.follows(policy(clock("plan", by_level={"2": "30h"})), hours(5)).running("plan", due=hours(30))


def test_a_clock_goes_over_to_another_calendar() -> None:
    scene = given(opened()).follows(WORKING, hours(5)).then("moved").running("level", due=hours(8))
    assert (scene.clock("level").calendar, scene.clock("level").limit) == ("office", "8wh")


def test_a_clock_comes_back_from_a_calendar_that_is_no_more() -> None:
    scene = given(opened(), policy=WORKING).follows(policy(without=("calendars.office",)), hours(5))
    scene.then("moved").running("level", due=hours(24))
    assert scene.clock("level").calendar == "24x7"


@pytest.mark.parametrize(
    ("informs", "since"), [(True, policy()), (False, policy(clock("plan", informs=True)))]
)
def test_whether_a_clock_only_informs_is_told_anew(informs: bool, since: Any) -> None:
    scene = given(opened(), policy=since).follows(policy(clock("plan", informs=informs)), hours(5))
    scene.then("moved").running("plan", due=hours(24))
    assert scene.clock("plan").informs is informs


def test_levels_that_count_from_the_opening_from_now_on_do_so_at_once() -> None:
    scene = given(opened(), did(levels.escalate, hours(10), text="x")).running("level", due=hours(58))
    scene = scene.follows(policy({"counts_from": "opening"}), hours(12))
    scene.running("level", due=hours(48), since=hours(10))
    scene.follows(policy(version=3), hours(13)).running("level", due=hours(58), since=hours(10))


def test_a_clock_that_a_flag_hastened_counts_from_the_flag() -> None:
    hasty = clock(
        "first-response", urgent=[{"limit": "4h", "flags": ["crisis"], "channels": [], "categories": []}]
    )
    scene = given(opened(channel="web"), did(flags.flag, hours(5), flag="crisis"))
    scene = scene.running("first-response", due=hours(7)).follows(policy(hasty), hours(6))
    scene.running("first-response", due=hours(9), since=0)


@pytest.mark.parametrize(("limit", "due"), [("24h", 24), ("3h", 23), ("48h", 30)])
def test_what_a_flag_hastened_has_no_more_time_than_a_case_without_it(limit: str, due: int) -> None:
    hasty = {"limit": limit, "flags": ["dissatisfied"], "channels": [], "categories": []}
    before = clock("first-response", urgent=[{**hasty, "limit": "2h"}])
    scene = given(
        opened(channel="web"), did(flags.flag, hours(20), flag="dissatisfied"), policy=policy(before)
    )
    after = clock("first-response", limit="24h" if due < 30 else "30h", urgent=[hasty])
    scene = scene.running("first-response", due=hours(22)).follows(policy(after, version=3), hours(21))
    scene.running("first-response", due=hours(due), since=0)


def test_what_a_level_hastened_has_no_more_time_than_at_the_level_before() -> None:
    before, after = ({"plan": {"by_level": {"2": limit}}} for limit in ("2h", "24h"))
    up = did(levels.escalate, hours(20), text="x")
    scene = given(opened(), up, policy=policy({"clocks": before})).running("plan", due=hours(22))
    scene.follows(policy({"clocks": after}, version=3), hours(21)).running("plan", due=hours(24))


# --- what stays ---


@pytest.mark.parametrize(
    "over", [{}, {"en": "other words"}, limits("24h", "36h"), clock("plan", warn=["10%"])]
)
def test_nothing_is_recorded_where_nothing_changes(over: dict[str, Any]) -> None:
    scene = given(opened()).follows(policy(over), hours(5)).then()
    assert scene.state.policy == "dealer v1"


def test_what_is_late_stays_late_with_the_due_time_it_had() -> None:
    scene = given(opened(flags=("vip",)), until(days(4))).follows(policy(limits("9d", "9d", "9d")), days(5))
    scene.then().running("level", due=days(3))
    assert scene.clock("level").breached_at == T0 + days(3)


def test_what_ran_out_before_is_first_judged_by_the_policy_of_that_time() -> None:
    scene = given(opened()).follows(policy(limits("48h", "60h")), hours(30))
    scene.then("escalated", "moved").running("level", due=hours(84), since=hours(24))
    assert scene.events[0].facts["policy"] == "dealer v1"
    assert [c.verdict for c in scene.state.clocks if c.kind == "level"] == ["breached", None]


def test_p49_stopped_clocks_keep_their_verdicts_and_all_that_led_to_them() -> None:
    scene = given(opened(), until(hours(24)), did(ending.resolve, hours(30), text="x"))
    assert scene.state.clocks
    after = scene.follows(policy(limits("48h", "1h"), without=("clocks.total",)), hours(31)).then()
    assert after.state.clocks == scene.state.clocks


def test_nothing_is_breached_backwards_what_would_have_run_out_is_due_now() -> None:
    scene = given(opened()).follows(policy(limits("2h")), hours(5)).then("moved")
    scene.running("level", due=hours(5), since=0)
    scene.when(lambda _draft: None, hours(5)).then("escalated", to=2, why="time-limit")


def test_d20_going_down_kept_the_earlier_due_time_and_so_does_a_new_policy() -> None:
    scene = given(opened(flags=("departments",)), did(levels.deescalate, hours(40), text="small"))
    scene.follows(policy(limits("72h")), hours(41)).then().running("level", due=hours(48), since=hours(40))


def test_a_due_time_that_is_kept_outlives_the_calendar_it_was_counted_on() -> None:
    scene = given(opened(flags=("departments",)), did(levels.deescalate, hours(25), text="x"), policy=WORKING)
    scene = scene.running("level", due=hours(32)).follows(policy(without=("calendars.office",)), hours(26))
    scene = scene.running("level", due=hours(32))
    assert (scene.clock("level").calendar, scene.clock("level").limit) == ("24x7", "24h")
    scene = scene.when(waiting.pause, hours(27), waiting_for="supplier").accepted()
    scene.when(waiting.resume, hours(29)).accepted().running("level", due=hours(34))


def test_a_clock_that_a_flag_hastened_keeps_that_after_the_flag_is_gone() -> None:
    scene = given(
        opened(channel="web"),
        did(flags.flag, hours(5), flag="crisis"),
        did(flags.unflag, hours(6), flag="crisis", text="settled", approved_by="王总"),
    )
    scene.follows(policy(), hours(6)).then().running("first-response", due=hours(7))


def test_a_clock_that_kept_the_limit_of_a_lower_level_keeps_it() -> None:
    longer = clock("plan", by_level={"2": "48h"})
    scene = given(opened(), did(levels.escalate, hours(2), text="x"), policy=policy(longer))
    scene = scene.running("plan", due=hours(24))
    scene.follows(policy({**longer, "en": "x"}, version=3), hours(3)).then().running("plan", due=hours(24))


@pytest.mark.parametrize("without", [(), ("clocks.outside",)])
def test_a_date_that_a_letter_names_is_untouched(without: tuple[str, ...]) -> None:
    letter = did(adopting.add_outside, hours(1), body="12315", ref=None, received_at=T0, limit="5d")
    scene = given(opened(channel="phone"), letter)
    scene.follows(policy(clock("outside", limit="1d"), without=without), hours(5)).then()
    scene.running("outside", due=days(5))


# --- pauses ---


@pytest.mark.parametrize(("limit", "due"), [("36h", 54), ("12h", 30)])
def test_p16_a_pause_survives_a_new_limit(limit: str, due: int) -> None:
    scene = waiting_case().follows(policy(limits(limit)), hours(5)).then("moved").stands(status="waiting")
    scene.running("level", due=hours(due), since=0)
    level = scene.clock("level")
    assert (level.paused_at, level.paused_until) == (T0 + hours(2), T0 + hours(20))
    assert level.held_due == T0 + hours(due - 18)


@pytest.mark.parametrize("limit", ["36h", "12h", "16wh"])
def test_p15_resuming_under_a_new_policy_leaves_exactly_what_was_left(limit: str) -> None:
    longer = policy(limits(limit, calendar="office"))
    unpaused = given(opened(channel="web")).follows(longer, hours(5)).clock("level")
    scene = waiting_case().follows(longer, hours(5)).when(waiting.resume, hours(6)).accepted()
    moved = {"36h": 40, "12h": 16, "16wh": 52}[limit]
    scene.running("level", due=hours(moved), since=0)
    assert scene.clock("level").due_at > unpaused.due_at


def test_p16_a_pause_survives_going_up_and_then_a_new_limit() -> None:
    scene = waiting_case().when(levels.escalate, hours(4), text="x").accepted()
    scene = scene.follows(policy(limits("24h", "60h")), hours(5)).running("level", due=hours(80))
    scene.when(waiting.resume, hours(6)).accepted().running("level", due=hours(66), since=hours(4))


def test_a_limit_that_was_used_up_before_the_pause_is_due_now_and_waits_no_more() -> None:
    scene = (
        waiting_case().follows(policy(limits("1h")), hours(5)).then("moved").running("level", due=hours(5))
    )
    level = scene.clock("level")
    assert (level.paused_at, level.paused_until, level.held_due) == (None, None, None)


def test_a_clock_that_may_wait_from_now_on_waits_since_the_pause_began() -> None:
    waits = clock("plan", pausable=["customer", "supplier"])
    scene = waiting_case().running("plan", due=hours(24)).follows(policy(waits), hours(5))
    scene = scene.then("moved").running("plan", due=hours(42))
    scene.when(waiting.resume, hours(6)).accepted().running("plan", due=hours(28))


def test_a_clock_that_may_wait_no_more_has_its_time_back() -> None:
    scene = waiting_case().follows(policy(clock("level", pausable=["customer"])), hours(5))
    scene.then("moved").running("level", due=hours(24))
    assert scene.clock("level").paused_until is None


def test_earlier_pauses_count_as_the_new_policy_has_it() -> None:
    scene = waiting_case().when(waiting.resume, hours(6)).accepted().running("level", due=hours(28))
    scene.follows(policy(clock("level", pausable=[])), hours(8)).running("level", due=hours(24))


def test_p17_a_clock_that_ends_in_a_pause_is_judged_by_the_calendar_it_waited_on() -> None:
    waits = {
        **limits("8wh", calendar="office"),
        **clock("plan", limit="8wh", calendar="office", pausable=["supplier"]),
    }
    pause = did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + days(2))
    scene = given(opened(), pause, policy=policy(waits))
    scene = scene.follows(policy(without=("clocks.plan", "calendars.office")), hours(5))
    scene.stopped("plan", "void", at=hours(5))
    assert (scene.clock("plan").due_at, scene.clock("plan").paused_at) == (T0 + days(1) + hours(3), None)


# --- extensions ---


def test_an_extension_stands_where_the_new_policy_still_has_it() -> None:
    scene = extended().running("plan", due=hours(48))
    later = policy({**clock("plan", limit="12h", extensions=["30h", "48h"])}, version=3)
    scene.follows(later, hours(5)).then().running("plan", due=hours(48))


def test_an_extension_that_is_allowed_no_more_ends() -> None:
    scene = extended().follows(policy(version=3), hours(5)).then("moved").running("plan", due=hours(24))
    assert scene.clock("plan").limit == "24h"


def test_an_extension_taken_back_too_late_runs_out_now() -> None:
    scene = extended().follows(policy(version=3), hours(30))
    scene.then("escalated", "moved").running("plan", due=hours(30))


def test_a_sign_that_does_not_concern_an_extended_clock_leaves_it_extended() -> None:
    scene = extended().when(flags.flag, hours(2), flag="vip").then("flagged", "escalated")
    scene.running("plan", due=hours(48))


# --- calendars ---


def test_p12_a_holiday_declared_late_moves_open_clocks_by_one_event() -> None:
    scene = given(opened(), did(levels.escalate, hours(2), text="x"), policy=WORKING)
    scene = scene.running("level", due=days(2) + hours(2)).follows(
        policy({**limits("8wh", "16wh", "24wh", calendar="office"), **holidays("2026-11-17")}, version=3),
        hours(5),
        why=CALENDAR,
    )
    scene.then("moved", why="calendar").running("level", due=days(3) + hours(2))
    assert [c.due_at - T0 for c in scene.state.clocks if c.kind == "level"] == [hours(8), days(3) + hours(2)]


@pytest.mark.parametrize("limit", ["4wh", "30wh", "3wd", "3wd close", "40h", "2d"])
@pytest.mark.parametrize("date", ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-21", "2027-01-04"])
@pytest.mark.parametrize("started", [hours(-12), 0, hours(7.5), days(4) + hours(9)])
def test_p11_one_more_holiday_never_makes_a_clock_due_earlier(limit: str, date: str, started: int) -> None:
    by = limits(limit, limit, limit, calendar="office")
    scene = given(opened(started), policy=policy(by))
    before = scene.clock("level").due_at
    after = scene.follows(policy({**by, **holidays(date)}, version=3), started + 1, why=CALENDAR)
    assert after.clock("level").due_at >= before


def test_a_due_time_becomes_provisional_and_confirmed_as_the_calendar_says() -> None:
    by = limits("45wd", calendar="office")
    unconfirmed = policy(by)
    confirmed = policy({**by, **holidays(confirmed_through="2027-12-31")}, version=3)
    scene = given(opened(), policy=unconfirmed)
    assert scene.clock("level").provisional
    scene = scene.follows(confirmed, hours(5), why=CALENDAR).then("moved")
    assert not scene.clock("level").provisional
    scene = scene.follows(unconfirmed, hours(6), why=CALENDAR).then("moved")
    assert scene.clock("level").provisional


# --- a policy out of use ---


def test_p27_a_policy_out_of_use_stops_its_clocks_and_hands_nothing_up() -> None:
    nothing = policy(without=("clocks.plan", "clocks.level", "clocks.total", "clocks.first-response"))
    scene = given(opened(channel="web")).follows(nothing, hours(5)).then("moved")
    assert {c.verdict for c in scene.state.clocks} == {"void"}
    scene.when(lambda _draft: None, days(30)).then().stands(level=1, status="open")


def test_p27_an_own_clock_of_the_policy_before_ends_with_it() -> None:
    own = clock("bank", limit="15d", starts=["opened"], stops=["resolved"])
    scene = given(opened(), policy=policy(own)).running("bank", due=days(15))
    scene.follows(policy(version=3), hours(5)).stopped("bank", "void", at=hours(5))


def test_p27_a_desk_that_hands_up_no_more_only_marks() -> None:
    scene = given(opened(), follows(policy(clock("level", then="mark")), hours(5)))
    scene.when(lambda _draft: None, hours(24)).then("limit-passed").stands(level=1)


def test_words_and_later_orders_go_on_under_the_new_policy() -> None:
    scene = given(opened(flags=("departments",)), follows(policy(clock("next-update", limit="6h")), hours(5)))
    scene = scene.running("next-update", due=hours(6))
    scene.when(talk.contact, hours(5.5), direction="out", text="x").accepted().running(
        "next-update", due=hours(11.5)
    )
