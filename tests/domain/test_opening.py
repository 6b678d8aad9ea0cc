"""Opening: the level and why, the people, which clocks run and from when."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide.opening import DAY, Earlier, repeat_of
from cstrack.domain.policy import default_policy
from tests.support.spec import T0, contact_hours, days, given, hours, open_, opened, until

WRITTEN = ["mail", "letter", "web", "chat", "sms", "manufacturer", "association", "regulator"]


def flags_of(**words: Any) -> dict[str, Any]:
    """The flags of a case opened so, each with its reason."""
    found: dict[str, Any] = given().when(open_, 0, **words).accepted().events[0].facts["flags"]
    return found


def test_a_complaint_runs_the_clocks_of_level_one() -> None:
    case = given().when(open_, 0, channel="web").then("opened", level=1, policy="dealer v1")
    case.running("first-response", due=hours(24), since=0).running("plan", due=hours(24), since=0)
    case.running("level", due=hours(24), since=0).running("total", due=hours(72), since=0)
    assert case.state.running("next-update") is None


def test_whoever_takes_a_case_is_owner_handler_and_first_contact_at_any_level() -> None:
    case = given(opened(taken_by="wang", flags=("safety",)))
    case.stands(level=3, owner="wang", handler="wang", first_contact="wang")


@pytest.mark.parametrize("channel", ["phone", "walk-in"])
def test_p24_a_call_or_a_visit_is_answered_by_being_taken(channel: str) -> None:
    given(opened(channel=channel)).stopped("first-response", "met", at=0)


@pytest.mark.parametrize("channel", WRITTEN)
def test_p24_what_came_in_writing_is_not_answered_by_its_own_opening_text(channel: str) -> None:
    given(opened(channel=channel, text="a long letter")).running("first-response", due=hours(24))


def test_a_case_without_a_channel_waits_for_its_first_response() -> None:
    given(opened()).running("first-response", due=hours(24))


@pytest.mark.parametrize("channel", ["media", "social", "platform"])
def test_public_channels_are_answered_within_two_hours(channel: str) -> None:
    given(opened(channel=channel)).running("first-response", due=hours(2))


def test_a_crisis_is_answered_within_two_hours_whatever_its_channel() -> None:
    given(opened(channel="mail", flags=("crisis",))).running("first-response", due=hours(2))


@pytest.mark.parametrize("kind", ["suggestion", "inquiry", "praise"])
def test_only_complaints_run_level_plan_and_total_clocks(kind: str) -> None:
    case = given(opened(kind=kind, channel="web"))
    assert [clock.kind for clock in case.state.clocks] == ["first-response"]


@pytest.mark.parametrize("flag", ["safety", "media", "legal", "vip", "brand", "crisis"])
def test_grave_flags_call_for_level_three(flag: str) -> None:
    given(opened(flags=(flag,))).stands(level=3).running("level", due=hours(72))


@pytest.mark.parametrize("flag", ["repeated", "departments", "dissatisfied", "asks-higher"])
def test_other_flags_call_for_level_two(flag: str) -> None:
    given(opened(flags=(flag,))).stands(level=2).running("level", due=hours(48))


@pytest.mark.parametrize("channel", ["manufacturer", "association", "media", "platform", "regulator"])
def test_major_channels_call_for_level_three(channel: str) -> None:
    scene = given().when(open_, 0, channel=channel)
    scene.then("opened", level=3, level_why={"kind": "channel", "code": channel})


def test_opening_at_level_three_is_no_going_up() -> None:
    given().when(open_, 0, flags=("vip",)).then("opened", level_why={"kind": "flag", "code": "vip"})


def test_levels_two_and_three_start_the_clock_of_the_next_word() -> None:
    given(opened(flags=("dissatisfied",))).running("next-update", due=contact_hours(0, 24), since=0)


def test_a_night_does_not_count_towards_the_next_word() -> None:
    """From Monday 09:00: 11 hours that day, 11.5 on Tuesday, 1.5 on Wednesday."""
    given(opened(flags=("dissatisfied",))).running("next-update", due=days(2) + hours(1), since=0)


def test_a_word_in_the_text_sets_a_flag_and_is_kept_as_the_reason() -> None:
    assert flags_of(text="昨天刹车失灵") == {"safety": {"why": "word", "word": "刹车"}}


def test_a_flag_given_by_hand_keeps_its_reason_beside_the_word() -> None:
    assert flags_of(text="my brakes failed", flags=("safety",)) == {"safety": {"why": "hand"}}


def test_a_word_that_only_asks_to_be_looked_at_sets_no_flag() -> None:
    scene = given().when(open_, 0, subject="要打12315").then("opened", level=1, flags={}, look_at=["12315"])
    scene.stands(flags=())


def test_what_a_file_says_of_a_flag_is_kept_as_its_reason() -> None:
    told = flags_of(source_flags=(("safety", "crash"),))
    assert told == {"safety": {"why": "source", "code": "crash"}}


@pytest.mark.parametrize(
    ("channel", "flags"),
    [(None, ("media", "legal")), ("platform", ("safety",)), ("media", ("legal",)), ("social", ("media",))],
)
def test_two_signs_make_a_crisis_without_anyones_word(channel: str | None, flags: tuple[str, ...]) -> None:
    assert flags_of(channel=channel, flags=flags)["crisis"] == {"why": "signs"}


def test_one_sign_seen_twice_makes_no_crisis() -> None:
    assert "crisis" not in flags_of(channel="media", flags=("media",))


def test_a_repetition_within_ninety_days_calls_for_level_two() -> None:
    scene = given().when(open_, 0, earlier=(Earlier(7, T0 - days(90)),))
    scene.then("opened", level=2, repeat_of=7, flags={"repeated": {"why": "repeat", "case": 7}})


def test_a_repetition_may_follow_at_once() -> None:
    given().when(open_, 0, earlier=(Earlier(7, T0),)).then("opened", level=2, repeat_of=7)


def test_after_ninety_days_a_case_is_new() -> None:
    given().when(open_, 0, earlier=(Earlier(7, T0 - days(90) - 1),)).then("opened", level=1, repeat_of=None)


def test_an_earlier_case_still_open_is_no_repetition() -> None:
    given().when(open_, 0, earlier=(Earlier(7, None),)).then("opened", level=1, repeat_of=None)


def test_a_case_that_ended_only_later_is_no_repetition() -> None:
    assert repeat_of(default_policy(), [Earlier(7, T0 + 1)], T0) is None


def test_of_several_earlier_cases_the_last_one_to_end_counts() -> None:
    earlier = [Earlier(3, T0 - DAY), Earlier(5, T0 - 9 * DAY), Earlier(4, T0 - DAY)]
    assert repeat_of(default_policy(), earlier, T0) == 4


def test_a_case_typed_in_later_runs_from_when_it_was_received() -> None:
    given(opened(channel="web", typed=hours(5))).running("level", due=hours(24), since=0)


def test_a_case_is_not_opened_in_the_future() -> None:
    given().when(open_, hours(1), typed=0).refused("time-in-future", at=T0 + hours(1), now=T0)


def test_p32_a_case_typed_in_days_late_walks_up_at_its_true_times() -> None:
    scene = given(opened(typed=days(5)), until(days(5)))
    at = [(e.type, e.at - T0) for e in scene.events]
    assert at == [("escalated", hours(24)), ("escalated", hours(72))]
