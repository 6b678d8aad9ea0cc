"""Warning signs: what each calls for at once, and what taking one away leaves as it is."""

from __future__ import annotations

import pytest

from cstrack.domain.decide import adopting, ending, flags, levels, talk, waiting
from cstrack.domain.decide.opening import Earlier
from cstrack.domain.events import PERSON, RULE
from tests.support.spec import T0, days, did, given, hours, minutes, opened

SETTLED = did(flags.unflag, 60, flag="crisis", text="settled", approved_by="王总")


def test_a_flag_raises_the_level_it_calls_for() -> None:
    scene = given(opened()).when(flags.flag, hours(2), flag="safety", text="brakes")
    scene.then("flagged", "escalated", why="trigger", trigger="safety", to=3, **{"from": 1})
    scene.stands(flags=("safety",), level=3, owner=None).running("level", due=hours(74), since=hours(2))


def test_the_flag_is_an_order_and_the_step_up_is_a_rules() -> None:
    scene = given(opened()).when(flags.flag, hours(2), flag="safety").accepted()
    assert [event.cause for event in scene.events] == [PERSON, RULE]


def test_a_flag_that_calls_for_no_more_leaves_the_level() -> None:
    scene = given(opened(flags=("vip",))).when(flags.flag, hours(2), flag="brand")
    scene.then("flagged", flag="brand", why="hand").stands(level=3, owner="li")


def test_flags_stand_in_order_of_their_names() -> None:
    given(opened(flags=("vip",)), did(flags.flag, 60, flag="brand")).stands(flags=("brand", "vip"))


def test_d25_a_crisis_hastens_the_first_response() -> None:
    scene = given(opened(channel="web"), did(flags.flag, hours(3), flag="crisis"))
    scene.running("first-response", due=hours(5), since=0)
    assert scene.clock("first-response").limit == "2h"


@pytest.mark.parametrize("at", [22, 23])
def test_d25_the_earlier_of_the_two_due_times_holds(at: int) -> None:
    scene = given(opened(channel="web"), did(flags.flag, hours(at), flag="crisis"))
    scene.running("first-response", due=hours(24))
    assert scene.clock("first-response").limit == "24h"


def test_d25_a_flag_never_breaches_backwards() -> None:
    scene = given(opened(channel="web"), did(flags.flag, hours(20), flag="crisis"))
    assert scene.clock("first-response").verdict_at(T0 + hours(20)) == "open"


def test_d25_a_clock_that_is_late_already_keeps_its_due_time() -> None:
    scene = given(opened(channel="web"), did(flags.flag, hours(30), flag="crisis"))
    scene.running("first-response", due=hours(24))


def test_p49_a_flag_leaves_stopped_clocks_as_they_were_judged() -> None:
    answered = given(opened(channel="web"), did(talk.contact, hours(20), direction="out", text="x"))
    after = answered.when(flags.flag, hours(21), flag="crisis").stopped("first-response", "met")
    assert after.clock("first-response") == answered.clock("first-response")


def test_a_clock_whose_limit_the_flag_does_not_touch_stays() -> None:
    scene = given(opened(channel="media"), did(flags.flag, minutes(5), flag="crisis"))
    scene.running("first-response", due=hours(2)).running("plan", due=hours(24))


def test_a_second_sign_makes_a_crisis_by_rule() -> None:
    scene = given(opened(flags=("media",))).when(flags.flag, hours(1), flag="legal")
    scene.then("flagged", "flagged", flag="crisis", why="signs").stands(flags=("crisis", "legal", "media"))
    assert [event.cause for event in scene.events] == [PERSON, RULE]


def test_a_sign_beside_a_public_platform_makes_a_crisis() -> None:
    scene = given(opened(channel="platform")).when(flags.flag, hours(1), flag="safety")
    scene.then("flagged", "flagged", flag="crisis")


def test_a_crisis_taken_away_does_not_come_back_with_another_flag() -> None:
    scene = given(opened(flags=("media", "legal")), SETTLED)
    scene.when(flags.flag, 120, flag="vip").then("flagged", flag="vip").stands(
        flags=("legal", "media", "vip")
    )


def test_a_crisis_ends_the_pause() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="supplier"))
    scene = scene.when(flags.flag, hours(5), flag="crisis")
    scene.then("resumed", "flagged", "escalated").stands(status="open", level=3)
    assert scene.events[0].facts["why"] == "crisis"


def test_a_crisis_by_signs_ends_the_pause() -> None:
    scene = given(opened(flags=("media",)), did(waiting.pause, hours(2), waiting_for="supplier"))
    scene.when(flags.flag, hours(5), flag="legal").then("flagged", "resumed", "flagged").stands(status="open")


def test_another_flag_leaves_the_pause() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(12)))
    scene = scene.when(flags.flag, hours(5), flag="vip").then("flagged", "escalated").stands(status="waiting")
    scene.running("level", due=hours(84), since=hours(5))


def test_a_flag_leaves_what_a_pause_has_moved() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(50)))
    scene.when(flags.flag, hours(5), flag="vip").accepted().running("plan", due=hours(72))


def test_a_flag_leaves_the_time_that_an_outside_body_set() -> None:
    letter = {"body": "12315", "ref": "A-1", "received_at": T0, "limit": "15d"}
    scene = given(opened(), did(adopting.add_outside, 60, **letter), did(flags.flag, 120, flag="crisis"))
    scene.running("outside", due=days(15))


def test_a_flag_on_a_resolved_case_raises_its_level_without_a_clock() -> None:
    scene = given(opened(), did(ending.resolve, hours(1), text="x")).when(flags.flag, hours(2), flag="vip")
    scene.then("flagged", "escalated").stands(status="resolved", level=3)
    assert not [clock for clock in scene.state.clocks if clock.running]


def test_d25_taking_a_flag_away_moves_no_level_and_no_clock() -> None:
    before = given(opened(flags=("safety", "vip")))
    after = before.when(flags.unflag, hours(1), flag="safety", text="it was the horn")
    after.then("unflagged", flag="safety").stands(flags=("vip",), level=3)
    assert after.state.clocks == before.state.clocks


def test_each_sign_says_why_the_case_has_it() -> None:
    ended = (Earlier(4, T0 - days(1)),)
    fresh = opened(subject="刹车失灵", channel="media", flags=("vip",), category="billing", earlier=ended)
    scene = given(fresh, did(flags.flag, 60, flag="media", text="reporter"))
    assert [(sign.flag, sign.at - T0, sign.why, sign.detail, sign.text) for sign in scene.state.signs] == [
        ("crisis", 0, "signs", None, None),
        ("media", 60, "hand", None, "reporter"),
        ("repeated", 0, "repeat", 4, None),
        ("safety", 0, "word", "刹车", None),
        ("vip", 0, "hand", None, None),
    ]
    assert {sign.flag for sign in scene.state.signs} == set(scene.state.flags)


def test_a_sign_that_is_taken_away_takes_its_reason_along() -> None:
    scene = given(opened(flags=("safety", "vip"))).when(flags.unflag, 60, flag="safety", text="x").accepted()
    assert [sign.flag for sign in scene.state.signs] == ["vip"]


@pytest.mark.parametrize("who", [None, "li"])
def test_somebody_else_says_that_a_crisis_is_over(who: str | None) -> None:
    scene = given(opened(flags=("crisis",))).when(flags.unflag, 60, flag="crisis", text="x", approved_by=who)
    scene.refused("crisis-off-needs-approver", number=1)


def test_who_said_that_a_crisis_is_over_is_recorded() -> None:
    scene = given(opened(flags=("crisis",))).when(
        flags.unflag, 60, flag="crisis", text="x", approved_by="王总"
    )
    scene.then("unflagged", flag="crisis", approved_by="王总").stands(level=3, flags=())


def test_a_flag_is_set_once() -> None:
    given(opened(flags=("vip",))).when(flags.flag, 60, flag="vip").refused("flag-already", flag="vip")


def test_a_flag_that_is_not_there_cannot_be_taken_away() -> None:
    scene = given(opened(flags=("vip",))).when(flags.unflag, 60, flag="safety", text="x")
    scene.refused("flag-not-set", flag="safety", flags=["vip"])


def test_d34_a_closed_case_takes_no_flags() -> None:
    closed = given(opened(flags=("vip",)), did(ending.close, 60, outcome="invalid"))
    closed.when(flags.flag, 120, flag="safety").refused("case-closed")
    closed.when(flags.unflag, 120, flag="vip", text="x").refused("case-closed")


def test_a_flag_may_be_typed_in_for_an_earlier_time_where_it_changes_no_level() -> None:
    scene = given(opened(flags=("vip",)), did(levels.deescalate, hours(3), text="x"))
    scene.when(flags.flag, hours(2), typed=hours(4), flag="dissatisfied").then("flagged")


def test_a_flag_that_raises_the_level_comes_after_the_last_change() -> None:
    scene = given(opened(), did(levels.escalate, hours(3), text="x"))
    scene.when(flags.flag, hours(2), typed=hours(4), flag="safety").refused("time-before-change")


def test_a_flag_that_makes_a_crisis_of_a_waiting_case_comes_after_the_pause_began() -> None:
    scene = given(opened(flags=("media",)), did(waiting.pause, hours(3), waiting_for="supplier"))
    scene.when(flags.flag, hours(2), typed=hours(4), flag="legal").refused("time-before-change")
    scene.when(flags.flag, hours(2), typed=days(1), flag="brand").then("flagged").stands(status="waiting")
