"""Clocks of a case by what a policy can say of them: calendars, pauses on them, levels, own clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.decide import adopting, ending, flags, levels, talk, waiting
from cstrack.domain.decide.opening import Earlier
from cstrack.domain.standard_clocks import MAY_START, MAY_STOP
from tests.support.rules import clock, holidays, limits, policy
from tests.support.spec import T0, Scene, days, did, given, hours, opened, until

if TYPE_CHECKING:
    from cstrack.domain.policy import Policy
    from tests.support.spec import Step

WORKING = policy(limits("8wh", "16wh", "24wh", calendar="office"))
WEEKEND = days(4) + hours(8)
"""The office closes on Friday; it opens again at days(7)."""


def waits(at: int, end: int, waiting_for: str = "supplier") -> Step:
    return did(waiting.pause, at, waiting_for=waiting_for, until=T0 + end)


def level_due(limit: str, start: int = 0, **over: Any) -> int:
    """When the level clock of a case opened at `start` is due, in seconds after T0."""
    by = policy({**limits(limit, limit, limit, calendar="office"), **over})
    return given(opened(start), policy=by).clock("level").due_at - T0


# --- counting ---


def test_p07_opened_out_of_hours_a_clock_counts_from_the_next_opening() -> None:
    scene = given(opened(WEEKEND + hours(3)), policy=WORKING)
    scene.running("level", due=days(7) + hours(8), since=WEEKEND + hours(3))
    assert level_due("2wh", hours(-3)) == hours(2)


def test_due_exactly_at_closing_stays_there() -> None:
    assert level_due("8wh") == hours(8)
    assert level_due("8wh", hours(1)) == days(1) + hours(1)


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        ("1wd", hours(3), days(1) + hours(3)),
        ("5wd", hours(3), days(7) + hours(3)),
        ("1wd", days(4) + hours(3), days(7) + hours(3)),
        ("1wd", WEEKEND + hours(3), days(8)),
        ("480wm", 0, hours(8)),
    ],
)
def test_working_days_keep_the_clock_time_and_leave_closed_days_out(limit: str, start: int, due: int) -> None:
    assert level_due(limit, start) == due


@pytest.mark.parametrize(("start", "due"), [(hours(1), 3), (hours(7), 3), (hours(10), 3), (days(3), 8)])
def test_p14_receipt_is_day_zero_and_the_third_day_ends_at_its_closing(start: int, due: int) -> None:
    assert level_due("3wd close", start) == days(due) + hours(8)


def test_a_holiday_is_no_working_day_and_a_make_up_day_is_one() -> None:
    shut = holidays("2026-11-17")
    assert level_due("1wd", hours(1), **shut) == days(2) + hours(1)
    made_up = {"calendars": {"office": {"days": {"2026-11-21": {"name": "班", "works_as": "fri"}}}}}
    assert level_due("1wd", days(4) + hours(1), **made_up) == days(5) + hours(1)


def test_real_hours_run_by_day_and_night_whatever_calendar_is_named() -> None:
    scene = given(opened(), policy=policy(limits("24h", calendar="office"))).running("level", due=hours(24))
    assert scene.clock("level").calendar == "24x7"


def test_each_level_may_count_on_a_calendar_of_its_own() -> None:
    by = policy({"levels": {"2": {"limit": "8wh", "calendar": "office"}}})
    scene = given(opened(), did(levels.escalate, hours(9), text="x"), policy=by)
    scene.running("level", due=days(1) + hours(8), since=hours(9))
    assert [c.calendar for c in scene.state.clocks if c.kind == "level"] == ["24x7", "office"]


def test_p36_a_working_clock_that_ran_out_hands_up_at_closing() -> None:
    scene = given(opened(), policy=WORKING).when(lambda _draft: None, days(1)).then("escalated")
    assert scene.events[0].at == T0 + hours(8)
    scene.running("level", due=days(2) + hours(8), since=hours(8))


# --- pauses ---


def test_p18_a_pause_over_a_weekend_adds_working_time_only() -> None:
    monday = days(7) + hours(1)
    scene = given(opened(days(4)), waits(days(4) + hours(6), monday), policy=WORKING)
    scene = scene.running("level", due=days(7) + hours(3))
    level = scene.clock("level")
    assert (level.held_due, level.state(T0 + days(5))) == (T0 + WEEKEND, "paused")
    scene.when(lambda _draft: None, monday).then("resumed").running("level", due=days(7) + hours(3))


def test_p18_a_pause_in_closed_hours_adds_nothing() -> None:
    by = policy(limits("30wh", calendar="office"))
    given(opened(), waits(hours(8), days(1)), policy=by).running("level", due=days(3) + hours(6))


@pytest.mark.parametrize(
    ("resumed", "due"),
    [
        (hours(7), days(1) + hours(1)),
        (hours(12), days(1) + hours(2)),
        (days(1) + hours(3), days(1) + hours(5)),
    ],
)
def test_p15_resumed_early_a_working_clock_has_exactly_what_was_left(resumed: int, due: int) -> None:
    scene = given(opened(), waits(hours(6), days(3)), did(waiting.resume, resumed), policy=WORKING)
    scene.running("level", due=due, since=0)


def test_p15_a_second_early_resume_loses_nothing_either() -> None:
    scene = given(
        opened(),
        waits(hours(2), days(1) + hours(4)),
        did(waiting.resume, hours(4)),
        waits(hours(5), days(2)),
        did(waiting.resume, days(1) + hours(1)),
        policy=WORKING,
    )
    assert scene.clock("level").due_at - T0 == days(1) + hours(6)


def test_p17_resolved_straight_from_a_pause_the_used_time_leaves_it_out() -> None:
    scene = given(opened(), waits(hours(6), days(3)), policy=WORKING)
    scene = scene.when(ending.resolve, days(2), text="x").then("resumed", "resolved")
    scene.stopped("level", "met", at=days(2))
    assert scene.clock("level").due_at == T0 + days(2) + hours(2)


def test_p17_what_was_late_before_the_pause_is_late_when_it_is_resolved() -> None:
    by = policy({**limits("8wh", calendar="office"), **clock("level", then="mark")})
    scene = given(opened(), until(hours(9)), waits(hours(10), days(2)), policy=by)
    scene.when(ending.resolve, days(1), text="x").accepted().stopped("level", "breached", at=days(1))


def test_p16_going_up_in_a_pause_over_a_weekend() -> None:
    scene = given(opened(days(4)), waits(days(4) + hours(4), days(7) + hours(4)), policy=WORKING).when(
        levels.escalate, days(4) + hours(6), text="x"
    )
    scene = scene.accepted().running("level", due=days(9) + hours(4), since=days(4) + hours(6))
    scene.when(waiting.resume, days(5)).accepted().running("level", due=days(8) + hours(8))


@pytest.mark.parametrize("order", [levels.escalate, ending.resolve])
def test_a_pause_that_begins_with_no_open_time_left_gives_none_back(order: Any) -> None:
    by = policy(limits("1wd", "9wd", calendar="office"))
    scene = given(opened(), waits(hours(9), days(3)), policy=by)
    assert scene.clock("level").held_due == T0 + days(1)
    scene = scene.when(order, days(1) + hours(3), text="x").accepted()
    first = next(one for one in scene.state.clocks if one.kind == "level")
    assert (first.verdict, first.due_at) == ("breached", T0 + days(1) + hours(3))


# --- going down ---


def test_going_down_in_a_pause_keeps_the_earlier_time_and_what_was_left_of_it() -> None:
    by = policy({"counts_from": "opening", **limits("48h", "24h")})
    scene = given(
        opened(flags=("departments",)),
        waits(hours(5), hours(20)),
        did(levels.deescalate, hours(10), text="x"),
        policy=by,
    )
    scene = scene.running("level", due=hours(39))
    scene.when(waiting.resume, hours(12)).accepted().running("level", due=hours(31))


def test_d21_a_late_case_that_waits_goes_down_as_late_as_it_is() -> None:
    scene = given(opened(flags=("vip",)), until(days(4)), waits(days(4) + 60, days(6)))
    scene = scene.when(levels.deescalate, days(4) + 120, text="x").then("deescalated")
    scene.running("level", due=days(3), since=days(4) + 120)
    assert scene.clock("level").paused_until is None


def test_a_time_that_is_kept_is_as_sure_as_it_was() -> None:
    by = policy(limits("60wd", "10wd", "10wd", calendar="office"))
    assert given(opened(), policy=by).clock("level").provisional
    scene = given(opened(flags=("departments",)), did(levels.deescalate, 60, text="x"), policy=by)
    assert not scene.running("level", due=days(14)).clock("level").provisional


def test_a_provisional_time_that_is_kept_stays_provisional() -> None:
    by = policy(limits("90wd", "60wd", "60wd", calendar="office"))
    scene = given(opened(flags=("departments",)), did(levels.deescalate, 60, text="x"), policy=by)
    assert scene.clock("level").provisional


# --- provisional ---


def test_a_pause_may_move_a_clock_beyond_what_is_confirmed_and_back() -> None:
    over = {**limits("8wh", pause_cap="90d", calendar="office"), **holidays(confirmed_through="2026-11-20")}
    scene = given(opened(), waits(hours(2), days(14)), policy=policy(over))
    assert scene.clock("level").provisional
    scene = scene.when(waiting.resume, hours(4)).accepted()
    assert not scene.clock("level").provisional
    assert scene.events[0].facts["clocks"][0]["provisional"] is False


def test_a_flag_makes_a_provisional_clock_sure() -> None:
    hasty = {"limit": "2wd", "flags": ["legal"], "channels": [], "categories": []}
    by = policy(clock("plan", limit="60wd", calendar="office", urgent=[hasty]))
    scene = given(opened(), policy=by)
    assert scene.clock("plan").provisional
    scene = scene.when(flags.flag, hours(2), flag="legal").accepted().running("plan", due=days(2) + hours(2))
    assert not scene.clock("plan").provisional


# --- levels that count from the opening ---


OPENING = policy({"counts_from": "opening"})


def test_levels_may_count_from_the_opening() -> None:
    scene = given(opened(), did(levels.escalate, hours(10), text="x"), policy=OPENING)
    scene = scene.running("level", due=hours(48), since=hours(10))
    assert scene.clock("level").counted_from == T0
    scene.when(levels.escalate, hours(12), text="y").accepted().running("level", due=hours(72))


def test_a_level_whose_time_from_the_opening_is_over_is_passed_through_at_once() -> None:
    by = policy({"counts_from": "opening", **limits("48h", "24h", "72h")})
    scene = given(opened(), policy=by).when(lambda _draft: None, hours(50)).then("escalated", "escalated")
    assert [event.at - T0 for event in scene.events] == [hours(48), hours(48)]
    scene.stands(level=3).running("level", due=hours(72))


@pytest.mark.parametrize(("down", "due", "up"), [(10, 24, 1), (25, 48, 2), (47, 48, 2)])
def test_d20_going_down_after_a_level_has_run_out_from_the_opening_does_not_send_the_case_up_again(
    down: int, due: int, up: int
) -> None:
    scene = given(
        opened(flags=("departments",)), did(levels.deescalate, hours(down), text="x"), policy=OPENING
    )
    scene = scene.running("level", due=hours(due)).when(lambda _draft: None, hours(due) - 1).then()
    scene.when(lambda _draft: None, hours(due)).then(*["escalated"] * up, why="time-limit")


def test_d20_the_lower_level_then_has_its_own_limit_from_there_at_most() -> None:
    by = policy({"counts_from": "opening", **limits("8wh", "80wh", calendar="office")})
    down = did(levels.deescalate, days(1) + hours(2), text="x")
    scene = given(opened(flags=("departments",)), down, policy=by).running("level", due=days(2) + hours(2))
    same = policy({"counts_from": "opening", **limits("8wh", "90wh", calendar="office")}, version=3)
    scene.follows(same, days(1) + hours(3)).then().running("level", due=days(2) + hours(2))


def test_reopened_they_count_from_the_reopening() -> None:
    done = did(ending.resolve, hours(10), text="x")
    scene = given(opened(), done, did(ending.reopen, days(5), text="again"), policy=OPENING)
    scene = scene.running("level", due=days(6))
    scene.when(levels.escalate, days(5) + hours(3), text="y").accepted().running("level", due=days(7))


def test_p16_a_pause_counts_whole_for_a_level_reached_in_it() -> None:
    scene = given(
        opened(), waits(hours(5), hours(20)), did(levels.escalate, hours(10), text="x"), policy=OPENING
    )
    scene = scene.running("level", due=hours(63))
    scene.when(waiting.resume, hours(12)).accepted().running("level", due=hours(55))


# --- limits by level, by sign, by category ---


BY_LEVEL = policy(clock("plan", by_level={"2": "12h", "3": "72h"}))


def test_going_up_to_a_shorter_limit_counts_from_there() -> None:
    scene = given(opened(), did(levels.escalate, hours(2), text="x"), policy=BY_LEVEL)
    scene = scene.running("plan", due=hours(14), since=0)
    assert scene.clock("plan").counted_from == T0 + hours(2)


def test_a_longer_limit_of_another_level_never_moves_a_clock_later() -> None:
    scene = given(opened(), did(levels.escalate, hours(2), to=3, text="x"), policy=BY_LEVEL)
    scene.running("plan", due=hours(24))


def test_coming_down_to_a_shorter_limit_counts_from_there() -> None:
    by = policy(clock("plan", by_level={"1": "4h"}))
    scene = given(opened(flags=("departments",)), policy=by).running("plan", due=hours(24))
    scene.when(levels.deescalate, hours(5), text="x").accepted().running("plan", due=hours(9))


def test_a_clock_of_some_levels_runs_only_there() -> None:
    only = policy(clock("review", limit="5h", levels=[2], starts=["level"], stops=["closed"]))
    scene = given(opened(), policy=only)
    assert "review" not in {c.kind for c in scene.state.clocks}
    scene = scene.when(levels.escalate, hours(1), text="x").accepted().running("review", due=hours(6))
    scene = scene.when(levels.escalate, hours(2), text="x").accepted().stopped("review", "void", at=hours(2))
    scene.when(levels.deescalate, hours(3), text="x").accepted().running("review", due=hours(8))


def test_a_clock_that_a_flag_hastens_waits_from_the_flag_on() -> None:
    hasty = {"limit": "2h", "flags": ["dissatisfied"], "channels": [], "categories": []}
    by = policy(clock("plan", pausable=["supplier"], urgent=[hasty]))
    scene = given(
        opened(flags=("departments",)), did(flags.flag, hours(5), flag="dissatisfied"), policy=by
    ).running("plan", due=hours(7))
    pause: dict[str, Any] = {"waiting_for": "supplier", "until": T0 + hours(13)}
    scene = scene.when(waiting.pause, hours(3), typed=hours(6), **pause).accepted()
    scene = scene.running("plan", due=hours(15))
    scene.when(waiting.resume, hours(6), typed=hours(6)).accepted().running("plan", due=hours(8))


@pytest.mark.parametrize(
    ("words", "why", "level"),
    [
        ({"channel": "chat"}, {"why": "channel", "code": "chat"}, 2),
        ({"category": "privacy"}, {"why": "category", "code": "privacy"}, 2),
        ({"channel": "chat", "flags": ("dissatisfied",)}, {"why": "hand"}, 2),
    ],
)
def test_a_channel_or_a_category_sets_a_flag(words: dict[str, Any], why: dict[str, str], level: int) -> None:
    by = policy(
        {
            "channels": {"chat": {"flag": "dissatisfied"}},
            "categories": {"privacy": {"flag": "dissatisfied"}},
        }
    )
    scene = given(opened(**words), policy=by).stands(level=level, flags=("dissatisfied",))
    assert scene.history[0].facts["flags"] == {"dissatisfied": why}


def test_a_category_has_a_limit_of_its_own() -> None:
    urgent = {"limit": "3h", "flags": [], "channels": [], "categories": ["privacy"]}
    by = policy(clock("plan", urgent=[urgent]))
    given(opened(category="privacy"), policy=by).running("plan", due=hours(3))
    given(opened(category="billing"), policy=by).running("plan", due=hours(24))


def test_a_clock_of_some_channels_runs_only_for_them() -> None:
    by = policy(clock("plan", channels=["web"]))
    given(opened(channel="web"), policy=by).running("plan", due=hours(24))
    assert given(opened(channel="phone"), policy=by).state.running("plan") is None


def test_without_a_rule_of_repetition_nothing_repeats() -> None:
    earlier = (Earlier(7, T0 - days(3)),)
    given(opened(earlier=earlier)).stands(level=2, flags=("repeated",))
    scene = given(opened(earlier=earlier), policy=policy(without=("repeat",))).stands(level=1, flags=())
    assert "repeat_of" not in scene.history[0].facts


# --- what a policy may say besides ---


def test_a_desk_may_mark_what_ran_out_and_keep_the_level() -> None:
    by = policy(clock("level", then="mark"))
    scene = given(opened(), policy=by).when(lambda _draft: None, days(9)).then("limit-passed", level=1)
    scene.stands(level=1).running("level", due=hours(24))
    assert (scene.events[0].at, scene.clock("level").breached_at) == (T0 + hours(24), T0 + hours(24))
    scene.when(lambda _draft: None, days(10)).then()


@pytest.mark.parametrize("informs", [True, False])
def test_a_clock_that_informs_says_so_and_no_other_does(informs: bool) -> None:
    own = clock(
        "age", limit="5d", starts=["opened"], stops=["closed"], **({"informs": True} if informs else {})
    )
    assert given(opened(), policy=policy(own)).clock("age").informs is informs


# --- own clocks ---


def own(starts: list[str], stops: list[str]) -> Policy:
    return policy(clock("own", limit="12h", starts=starts, stops=stops))


LETTER = {"body": "12315", "ref": None}
SAID: dict[str, list[Step]] = {
    "opened": [],
    "letter": [did(adopting.add_outside, hours(2), received_at=T0 + hours(2), limit="5d", **LETTER)],
    "reopened": [did(ending.resolve, hours(1), text="x"), did(ending.reopen, hours(2), text="x")],
    "level": [did(levels.escalate, hours(2), text="x")],
    "contact-in": [did(talk.contact, hours(2), direction="in", text="x")],
    "contact-out": [did(talk.contact, hours(2), direction="out", text="x")],
    "proposed": [did(talk.propose, hours(2), text="x", by=T0 + days(2))],
    "agreed": [did(ending.agree, hours(2), text="x")],
    "resolved": [did(ending.resolve, hours(2), text="x")],
    "closed": [did(ending.close, hours(2), outcome="invalid")],
    "letter-answered": [
        did(adopting.add_outside, hours(1), received_at=T0 + hours(1), limit="5d", **LETTER),
        did(adopting.answer_outside, hours(2), **LETTER),
    ],
}


def test_every_event_that_a_policy_may_name_is_tried() -> None:
    assert set(SAID) == {*MAY_START, *MAY_STOP}


@pytest.mark.parametrize("what", MAY_START)
def test_an_own_clock_starts_when_its_policy_says(what: str) -> None:
    scene = given(opened(), *SAID[what], policy=own([what], ["closed"]))
    start = 0 if what in ("opened", "level") else hours(2)
    scene.running("own", due=start + hours(12), since=start)


@pytest.mark.parametrize("what", [what for what in MAY_START if what != "letter"])
def test_an_own_clock_starts_for_nothing_else(what: str) -> None:
    scene = given(opened(), *SAID[what], policy=own(["letter"], ["closed"]))
    assert "own" not in {c.kind for c in scene.state.clocks}


@pytest.mark.parametrize("what", MAY_STOP)
def test_an_own_clock_is_met_by_what_its_policy_says(what: str) -> None:
    given(opened(), *SAID[what], policy=own(["opened"], [what])).stopped("own", "met", at=hours(2))


@pytest.mark.parametrize("what", [what for what in MAY_STOP if what != "closed"])
def test_an_own_clock_runs_on_through_all_else(what: str) -> None:
    scene = given(opened(), *SAID[what], policy=own(["opened"], ["closed"]))
    scene.running("own", due=hours(12), since=0)


def test_an_own_clock_that_closing_does_not_meet_ends_with_the_case() -> None:
    scene = given(opened(), *SAID["closed"], policy=own(["opened"], ["contact-out"]))
    scene.stopped("own", "void", at=hours(2))


def test_of_two_events_that_start_a_clock_at_once_one_does() -> None:
    scene = given(opened(), policy=own(["opened", "level"], ["closed"]))
    assert [c.kind for c in scene.state.clocks].count("own") == 1


def test_what_runs_is_not_started_again() -> None:
    scene = given(opened(), *SAID["contact-in"], policy=own(["opened", "contact-in"], ["closed"]))
    scene.running("own", due=hours(12), since=0)


def test_what_stops_and_starts_a_clock_starts_it_anew() -> None:
    again = own(["opened", "contact-out"], ["contact-out"])
    scene = given(opened(), *SAID["contact-out"], policy=again).running("own", due=hours(14), since=hours(2))
    assert [c.verdict for c in scene.state.clocks if c.kind == "own"] == ["met", None]


def test_each_level_has_its_own_clock_where_the_level_stops_and_starts_it() -> None:
    scene = given(opened(), *SAID["level"], policy=own(["level"], ["level", "closed"]))
    scene.running("own", due=hours(14), since=hours(2))


def test_a_level_meets_a_clock_before_it_could_shorten_or_end_it() -> None:
    rule = {"limit": "12h", "starts": ["opened"], "stops": ["level"], "by_level": {"2": "1h"}}
    scene = given(opened(), *SAID["level"], policy=policy(clock("own", **rule)))
    scene.stopped("own", "met", at=hours(2))
    assert scene.clock("own").limit == "12h"


def test_p29_nothing_starts_on_a_case_that_has_ended() -> None:
    word: Scene = given(opened(), *SAID["closed"], policy=own(["contact-in"], ["contact-out"]))
    word = word.when(talk.contact, hours(3), direction="in", text="still angry").then("contacted")
    assert not [c for c in word.state.clocks if c.running]


@pytest.mark.parametrize(("stops", "runs"), [(["contact-out", "resolved"], False), (["contact-out"], True)])
def test_after_a_resolution_only_that_starts_which_a_resolution_does_not_meet(
    stops: list[str], runs: bool
) -> None:
    scene = given(opened(), *SAID["resolved"], policy=own(["contact-in"], stops))
    scene = scene.when(talk.contact, hours(3), direction="in", text="thanks").accepted()
    assert (scene.state.running("own") is not None) is runs


@pytest.mark.parametrize(
    ("what", "order", "words"),
    [("resolved", ending.resolve, {"text": "x"}), ("closed", ending.close, {"outcome": "withdrawn"})],
)
def test_p29_a_clock_that_began_only_after_the_end_ends_where_that_is_typed_in_later(
    what: str, order: Any, words: dict[str, Any]
) -> None:
    word = given(opened(), *SAID["contact-in"], policy=own(["contact-in"], [what]))
    scene = word.when(order, hours(1), typed=hours(3), **words).accepted()
    scene.stopped("own", "void", at=hours(2))
