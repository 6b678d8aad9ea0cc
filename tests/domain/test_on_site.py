"""A customer who waits on site: a word soon after the expected time, then again, until he leaves."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from typing import Any

import pytest

from cstrack.domain.clock import BREACHED, MET
from cstrack.domain.decide import ending, flags, levels, on_site, talk, waiting
from cstrack.domain.visit import Visit
from tests.support.rules import clock, policy
from tests.support.spec import T0, Scene, days, did, given, hours, minutes, opened

SITE = "waiting-on-site"
EXPECTED = minutes(60)
ARRIVED = did(on_site.arrive, 0, expected=T0 + EXPECTED)
CAME_AT_ONCE = did(on_site.arrive, 0)


def word(at: float, direction: str = "out") -> Any:
    """A word to the customer, so many minutes after T0."""
    return did(talk.contact, minutes(at), direction=direction, text="x")


def left(scene: Scene, at: float, typed: float | None = None) -> Scene:
    return scene.when(on_site.leave, minutes(at), typed=None if typed is None else minutes(typed))


def chain(scene: Scene) -> list[tuple[float, float, float | None, str | None]]:
    """The clocks of waiting in order of time, as minutes: begun, due, stopped, verdict."""
    told = [one for one in scene.state.clocks if one.kind == SITE and one.verdict != "void"]
    found = [
        (one.started_at, one.due_at, one.stopped_at, one.verdict)
        for one in sorted(told, key=lambda one: one.started_at)
    ]
    return [
        ((begun - T0) / 60, (due - T0) / 60, stopped and (stopped - T0) / 60, verdict)
        for begun, due, stopped, verdict in found
    ]


# --- the clock ---


def test_a_word_is_owed_a_quarter_of_an_hour_after_the_expected_time() -> None:
    scene = given(opened()).when(on_site.arrive, minutes(5), expected=T0 + EXPECTED, text="two coffees")
    scene.then("arrived", expected_at=T0 + EXPECTED).running(SITE, due=minutes(75), since=minutes(5))
    assert (scene.clock(SITE).limit, scene.clock(SITE).since) == ("15m", T0 + EXPECTED)
    assert scene.state.on_site == Visit(T0 + minutes(5), T0 + EXPECTED)
    assert scene.events[0].words == {"text": "two coffees"}


def test_without_an_expected_time_it_counts_from_the_arrival() -> None:
    scene = given(opened()).when(on_site.arrive, minutes(5))
    scene.then("arrived", expected_at=T0 + minutes(5)).running(SITE, due=minutes(20), since=minutes(5))


def test_a_word_meets_it_and_the_next_is_owed_half_an_hour_later() -> None:
    scene = given(opened(), ARRIVED, word(70))
    assert chain(scene) == [(0, 75, 70, MET), (70, 100, None, None)]
    assert scene.clock(SITE).limit == "30m"


def test_two_words_in_a_row_count_from_the_second() -> None:
    scene = given(opened(), ARRIVED, word(70), word(72))
    assert chain(scene) == [(0, 75, 70, MET), (70, 100, 72, MET), (72, 102, None, None)]


def test_two_words_at_one_moment_leave_one_clock_running() -> None:
    scene = given(opened(), ARRIVED, word(70), word(70)).running(SITE, due=minutes(100), since=minutes(70))
    assert chain(scene)[:2] == [(0, 75, 70, MET), (70, 100, 70, MET)]


def test_a_word_exactly_when_it_is_due_comes_too_late() -> None:
    assert chain(given(opened(), ARRIVED, word(75))) == [(0, 75, 75, BREACHED), (75, 105, None, None)]


def test_a_word_on_arrival_answers_him() -> None:
    assert chain(given(opened(), CAME_AT_ONCE, word(0))) == [(0, 15, 0, MET), (0, 30, None, None)]


def test_an_early_word_never_makes_the_next_one_due_before_the_first_was() -> None:
    scene = given(opened(), ARRIVED, word(20))
    assert chain(scene) == [(0, 75, 20, MET), (20, 75, None, None)]
    assert scene.clock(SITE).limit == "15m"
    later = word(50)(scene)
    assert chain(later)[-1] == (50, 80, None, None)


def test_the_customers_own_word_counts_nothing() -> None:
    given(opened(), ARRIVED, word(70, "in")).running(SITE, due=minutes(75), since=0)


def test_an_internal_note_is_no_word_to_him() -> None:
    given(opened(), ARRIVED, did(talk.note, minutes(70), text="x")).running(SITE, due=minutes(75), since=0)


def test_a_word_to_somebody_who_is_not_here_starts_nothing() -> None:
    assert chain(given(opened(), word(10))) == []


def test_it_never_waits_with_the_case() -> None:
    pause = did(waiting.pause, minutes(10), waiting_for="customer", until=T0 + days(1))
    given(opened(), ARRIVED, pause).running(SITE, due=minutes(75))


def test_who_comes_while_the_case_waits_is_owed_a_word_all_the_same() -> None:
    pause = did(waiting.pause, 0, waiting_for="customer", until=T0 + days(1))
    given(opened(), pause, ARRIVED).running(SITE, due=minutes(75))


def test_further_words_are_owed_by_the_plain_limit_where_the_policy_has_no_other() -> None:
    scene = given(opened(), CAME_AT_ONCE, word(10), policy=policy(without=("clocks.waiting-on-site.again",)))
    assert chain(scene)[-1] == (10, 25, None, None)


def test_a_policy_without_the_clock_records_who_came() -> None:
    scene = given(opened(), CAME_AT_ONCE, word(10), policy=policy(without=("clocks.waiting-on-site",)))
    assert chain(scene) == []
    left(scene, 20).then("left").stands(on_site=None)


def test_at_a_level_without_the_clock_a_word_starts_none() -> None:
    by = policy(clock(SITE, levels=[2]))
    assert chain(given(opened(), CAME_AT_ONCE, word(10), policy=by)) == []


@pytest.mark.parametrize("kind", ["complaint", "inquiry", "praise"])
def test_whoever_waits_is_owed_a_word(kind: str) -> None:
    given(opened(kind=kind), CAME_AT_ONCE).running(SITE, due=minutes(15))


def test_resolving_leaves_him_waiting_for_a_word() -> None:
    scene = given(opened(), ARRIVED, did(ending.resolve, minutes(30), text="x"))
    scene.running(SITE, due=minutes(75), since=0)
    assert chain(word(70)(scene))[-1] == (70, 100, None, None)


def test_on_a_resolved_case_he_comes_for_his_car() -> None:
    resolved = given(opened(), did(ending.resolve, minutes(10), text="x"))
    resolved.when(on_site.arrive, minutes(30)).then("arrived").running(SITE, due=minutes(45))


def test_he_may_have_come_before_his_case_was_taken_up_again() -> None:
    closed = given(opened(), did(ending.close, 60, outcome="withdrawn"))
    told = did(ending.reopen, 120, text="x")(closed).when(on_site.arrive, 90, typed=180)
    told.then("arrived").running(SITE, due=minutes(15) + 90)


def test_reopening_leaves_him_here() -> None:
    scene = given(opened(), did(ending.resolve, 60, text="x"), did(on_site.arrive, 120))
    scene = scene.when(ending.reopen, 180, text="x").accepted().running(SITE, due=minutes(15) + 120)
    assert scene.state.on_site is not None


# --- out of hours, and where the clock on the wall changes ---


def test_p07_on_working_time_an_arrival_out_of_hours_counts_from_the_next_opening() -> None:
    by = policy(clock(SITE, limit="15wm", again="30wm", calendar="office"))
    scene = given(opened(), did(on_site.arrive, hours(9)), policy=by)  # 18:00, closed since 17:00
    scene.running(SITE, due=days(1) + minutes(15), since=hours(9))
    told = scene.when(talk.contact, hours(10), direction="out", text="x").accepted()
    told.running(SITE, due=days(1) + minutes(30), since=hours(10))


def test_out_of_hours_real_time_runs_on() -> None:
    given(opened(), did(on_site.arrive, hours(14))).running(SITE, due=hours(14) + minutes(15))


def test_p01_thirty_minutes_are_thirty_minutes_where_summer_time_begins() -> None:
    def at(text: str) -> int:
        return int(datetime.fromisoformat(text).timestamp()) - T0

    came, before, after = (f"2027-03-28T0{time}:00" for time in ("0:40", "0:50", "2:20"))
    scene = given(opened(at(came + "+00:00")), zone="Europe/London")
    scene = scene.when(on_site.arrive, at(came + "+00:00")).accepted()
    scene = scene.when(talk.contact, at(before + "+00:00"), direction="out", text="x").accepted()
    scene.running(SITE, due=at(after + "+01:00"))


# --- leaving ---


def test_leaving_in_time_ends_it_met() -> None:
    scene = left(given(opened(), ARRIVED), 74).then("left").stopped(SITE, "met", minutes(74))
    scene.stands(on_site=None, visits=(Visit(T0, T0 + EXPECTED, T0 + minutes(74)),))


@pytest.mark.parametrize("at", [75, 90])
def test_leaving_after_it_was_due_he_left_without_his_word(at: int) -> None:
    left(given(opened(), ARRIVED), at).then("left").stopped(SITE, "breached", minutes(at))


def test_once_he_has_left_no_word_is_owed() -> None:
    gone = left(given(opened(), ARRIVED), 30).accepted()
    assert word(40)(gone).state.running(SITE) is None


def test_he_may_come_again() -> None:
    again = left(given(opened(), ARRIVED), 30).when(on_site.arrive, hours(2)).then("arrived")
    again.running(SITE, due=minutes(135))
    assert len(again.state.visits) == 2


def test_closing_ends_his_waiting() -> None:
    scene = given(opened(), ARRIVED, did(ending.close, minutes(30), outcome="withdrawn"))
    scene.stopped(SITE, "void", minutes(30)).stands(on_site=None)


def test_closing_late_leaves_it_breached() -> None:
    scene = given(opened(), ARRIVED, did(ending.close, minutes(80), outcome="withdrawn"))
    scene.stopped(SITE, "breached", minutes(80))


# --- typed in later ---

PAST = {
    "arrive": lambda scene, at: scene.when(on_site.arrive, 0, typed=at, expected=T0 + minutes(10)),
    "first": lambda scene, at: scene.when(talk.contact, minutes(20), typed=at, direction="out", text="x"),
    "second": lambda scene, at: scene.when(talk.contact, minutes(55), typed=at, direction="out", text="x"),
    "third": lambda scene, at: scene.when(talk.contact, minutes(70), typed=at, direction="out", text="x"),
}


@pytest.mark.parametrize("order", list(permutations(PAST)))
def test_in_whatever_order_it_is_typed_in_the_clocks_come_out_the_same(order: tuple[str, ...]) -> None:
    scene = given(opened())
    for place, what in enumerate(order):
        scene = PAST[what](scene, hours(2) + place).accepted()
    assert chain(scene) == [
        (0, 25, 20, MET),
        (20, 50, 55, BREACHED),
        (55, 85, 70, MET),
        (70, 100, None, None),
    ]


def test_a_word_typed_in_after_he_left_is_judged_by_when_it_was_said() -> None:
    gone = left(given(opened(), CAME_AT_ONCE), 40).stopped(SITE, "breached")
    told = gone.when(talk.contact, minutes(12), typed=hours(1), direction="out", text="x").accepted()
    assert chain(told) == [(0, 15, 12, MET), (12, 42, 40, MET)]


def test_a_word_typed_in_for_a_visit_that_closing_ended_starts_nothing() -> None:
    closed = given(opened(), ARRIVED, did(ending.close, minutes(30), outcome="withdrawn"))
    told = closed.when(talk.contact, minutes(20), typed=hours(1), direction="out", text="x").accepted()
    told.stopped(SITE, "void", minutes(30))
    assert told.state.clocks[-1].kind == SITE
    assert told.state.running(SITE) is None


def test_what_was_said_after_he_left_was_not_said_to_him() -> None:
    scene = left(given(opened(), CAME_AT_ONCE, word(10), word(30)), 20, typed=60).then("left")
    assert chain(scene) == [(0, 15, 10, MET), (10, 40, 20, MET)]
    scene.stopped(SITE, "void", minutes(30))


def test_a_word_from_before_he_came_is_not_for_this_visit() -> None:
    scene = given(opened(), word(5)).when(on_site.arrive, minutes(10)).accepted()
    assert chain(scene) == [(10, 25, None, None)]


# --- levels and flags ---


def test_a_flag_hastens_the_word() -> None:
    urgent = {"limit": "5m", "flags": ["vip"], "channels": [], "categories": []}
    by = policy(clock(SITE, urgent=[urgent]))
    scene = given(opened(), CAME_AT_ONCE, did(flags.flag, minutes(2), flag="vip"), policy=by)
    scene.running(SITE, due=minutes(7))
    assert chain(word(6)(scene))[-1] == (6, 11, None, None)


def test_before_the_expected_time_a_flag_counts_from_that_time() -> None:
    urgent = {"limit": "5m", "flags": ["vip"], "channels": [], "categories": []}
    by = policy(clock(SITE, urgent=[urgent]))
    given(opened(), ARRIVED, did(flags.flag, minutes(2), flag="vip"), policy=by).running(
        SITE, due=minutes(65)
    )


def test_p26_at_a_level_that_has_not_got_it_the_clock_ends() -> None:
    up = did(levels.escalate, minutes(5), text="x")
    given(opened(), ARRIVED, up, policy=policy(clock(SITE, levels=[1]))).stopped(SITE, "void", minutes(5))


def test_going_up_leaves_it_as_it_is() -> None:
    up = did(levels.escalate, minutes(80), text="x")
    given(opened(), ARRIVED, word(70), up).running(SITE, due=minutes(100), since=minutes(70))


# --- refused ---


def test_he_arrives_once() -> None:
    given(opened(), ARRIVED).when(on_site.arrive, minutes(5)).refused("on-site-already", arrived_at=T0)


def test_who_is_not_here_cannot_leave() -> None:
    left(given(opened()), 5).refused("not-on-site", number=1)
    left(left(given(opened(), ARRIVED), 5), 6).refused("not-on-site")


def test_he_is_not_expected_to_be_done_before_he_came() -> None:
    told = given(opened()).when(on_site.arrive, minutes(5), expected=T0 + minutes(4))
    told.refused("expected-passed", expected_at=T0 + minutes(4), at=T0 + minutes(5))


def test_he_leaves_after_he_came() -> None:
    scene = given(opened(), did(on_site.arrive, minutes(5)))
    left(scene, 4, typed=10).refused("time-before-arrival", arrived_at=T0 + minutes(5))


def test_he_comes_again_after_he_left() -> None:
    gone = left(given(opened(), ARRIVED), 30)
    told = gone.when(on_site.arrive, minutes(20), typed=minutes(40))
    told.refused("time-before-left", left_at=T0 + minutes(30))


@pytest.mark.parametrize("order", [on_site.arrive, on_site.leave])
def test_d34_nobody_waits_on_a_closed_case(order: Any) -> None:
    closed = given(opened(), did(ending.close, minutes(30), outcome="withdrawn"))
    closed.when(order, minutes(40)).refused("case-closed")


@pytest.mark.parametrize(("at", "code"), [(60, "time-in-future"), (-60, "time-before-opening")])
def test_he_comes_between_the_opening_and_now(at: int, code: str) -> None:
    given(opened()).when(on_site.arrive, at, typed=0).refused(code)
