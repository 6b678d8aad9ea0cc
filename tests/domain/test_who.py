"""Who may: levels are held for the actor and for whoever is named; work is everybody's."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, extending, flags, levels, people, waiting
from cstrack.domain.policy import Policy, default_policy
from cstrack.domain.staff import DUTY, Person, Roster, Shift
from tests.support.spec import T0, ZONE, days, did, given, hours, opened

LI = Person("li", level=1)
WANG, ZHOU = Person("wang", level=2), Person("zhou", level=2)
ZHAO, QIAN = Person("zhao", level=3), Person("qian", level=3)
DESK = Roster([LI, WANG, ZHOU, ZHAO, QIAN])
NIGHT = Roster([one._replace(on_duty=False) for one in (LI, WANG, ZHOU, ZHAO, QIAN)])
AT_2, AT_3 = opened(flags=("departments",)), opened(flags=("vip",))
CRISIS = opened(flags=("crisis",))


def with_level_2(**over: Any) -> Policy:
    """The shipped policy, its second level otherwise in this."""
    data = default_policy().data
    return Policy({**data, "levels": {**data["levels"], "2": {**data["levels"]["2"], **over}}}, ZONE)


def _as(role: str, handle: str) -> dict[str, Any]:
    return {role: handle}


# --- naming an owner or a handler ---


@pytest.mark.parametrize("role", ["owner", "handler"])
def test_who_is_named_must_be_of_the_staff(role: str) -> None:
    scene = given(opened(), roster=DESK).when(people.assign, 60, **_as(role, "wnag"))
    scene.refused("person-unknown", who="wnag", near="wang")


def test_a_name_like_nobodys_has_no_suggestion() -> None:
    given(opened(), roster=DESK).when(people.assign, 60, owner="陈").refused("person-unknown", near=None)


def test_who_left_is_not_of_the_staff() -> None:
    desk = Roster([LI, WANG._replace(left_at=1)])
    given(opened(), roster=desk).when(people.assign, 60, owner="wang").refused("person-unknown")


def test_an_owner_is_of_the_level_of_the_case_or_above() -> None:
    scene = given(AT_2, roster=DESK)
    scene.when(people.assign, 60, owner="li").refused(
        "owner-level", level=2, own=1, who="li", fit=["wang", "zhou", "qian"]
    )
    for who in ("zhou", "zhao"):
        given(AT_2, roster=NIGHT).when(people.assign, 60, owner=who).then("assigned", owner=who)


def test_where_nobody_of_the_level_is_on_duty_nobody_is_suggested() -> None:
    given(AT_2, roster=NIGHT).when(people.assign, 60, owner="li").refused("owner-level", fit=[])


def test_whom_the_case_is_about_is_not_suggested() -> None:
    scene = given(opened(flags=("departments",), against="wang"), roster=DESK)
    scene.when(people.assign, 60, owner="li").refused("owner-level", fit=["zhou", "qian", "zhao"])


def test_a_handler_may_be_of_any_level() -> None:
    desk = Roster([LI, WANG, Person("sun", level=1)])
    given(AT_3, roster=desk).when(people.assign, 60, handler="sun").then("assigned", handler="sun")


def test_anybody_of_the_staff_may_name_an_owner() -> None:
    given(AT_2, roster=DESK).when(people.assign, 60, who="li", owner="qian").then("assigned")


@pytest.mark.parametrize("role", ["owner", "handler"])
@pytest.mark.parametrize("roster", [DESK, Roster()])
def test_whom_the_case_is_about_is_neither_owner_nor_handler(role: str, roster: Roster) -> None:
    scene = given(opened(against="wang"), roster=roster).when(people.assign, 60, **_as(role, "wang"))
    scene.refused("assign-against", who="wang")


# --- whom the case is about ---


def test_whom_the_case_is_about_can_be_named_later() -> None:
    scene = given(opened(), roster=DESK).when(people.against, 60, name="wang", text="he said so")
    scene.then("against-named", against="wang").stands(against="wang", owner="li")


def test_a_name_that_is_nobodys_handle_can_be_erased() -> None:
    scene = given(opened(), roster=DESK).when(people.against, 60, name="那个技师")
    scene.then("against-named", against=None).stands(against="那个技师")
    assert scene.events[0].words == {"against": "那个技师"}


def test_another_can_be_named_and_not_the_same_again() -> None:
    scene = given(opened(against="wang"), roster=DESK)
    scene.when(people.against, 60, name="wang").refused("against-already", who="wang")
    scene.when(people.against, 60, name="维修车间").stands(against="workshop")


def test_who_owns_or_handles_the_case_gives_it_to_others_first() -> None:
    scene = given(opened(), roster=DESK)
    scene.when(people.against, 60, name="li").refused("against-holder", who="li")
    owned = given(opened(), did(people.assign, 60, handler="zhou"), roster=DESK)
    owned.when(people.against, 120, name="li").refused("against-owner", who="li")
    owned.when(people.against, 120, name="zhou").refused("against-handler", who="zhou")


def test_nobody_is_named_of_a_case_that_is_over_or_before_its_last_change() -> None:
    over = given(opened(), did(ending.close, 60, outcome="invalid"), roster=DESK)
    over.when(people.against, 120, name="wang").refused("case-closed")
    moved = given(opened(), did(people.assign, 120, owner="zhou"), roster=DESK)
    moved.when(people.against, 60, name="zhou", typed=180).refused("time-before-change")
    moved.when(people.against, 240, name="wang", typed=180).refused("time-in-future")


# --- going down ---


@pytest.mark.parametrize(
    ("past", "who", "fit"), [(AT_2, "li", ["wang", "zhou", "qian"]), (AT_3, "wang", None)]
)
def test_going_down_needs_somebody_of_the_level_it_goes_down_from(
    past: Any, who: str, fit: list[str] | None
) -> None:
    scene = given(past, roster=DESK).when(levels.deescalate, 60, who=who, text="small")
    level = scene.state.level
    scene.refused("deescalate-level", level=level, needs=level, own=level - 1, fit=fit or ["qian", "zhao"])


@pytest.mark.parametrize("who", ["wang", "zhao"])
def test_somebody_of_that_level_or_above_gives_it_back(who: str) -> None:
    given(AT_2, roster=DESK).when(levels.deescalate, 60, who=who, text="small").then("deescalated")


def test_the_policy_may_ask_for_a_higher_level_to_give_a_case_back() -> None:
    scene = given(AT_2, roster=DESK, policy=with_level_2(lowers=3))
    scene.when(levels.deescalate, 60, who="wang", text="small").refused("deescalate-level", needs=3, own=2)
    scene.when(levels.deescalate, 60, who="zhao", text="small").then("deescalated")


def test_who_is_not_of_the_staff_has_no_level() -> None:
    scene = given(AT_2, roster=DESK).when(levels.deescalate, 60, who="nobody", text="x")
    scene.refused("deescalate-level", own=0)


def down(who: str, approved_by: str | None, roster: Roster = DESK, **words: Any) -> Any:
    scene = given(opened(flags=("crisis",), **words), roster=roster)
    return scene.when(levels.deescalate, 60, who=who, text="calm", approved_by=approved_by)


@pytest.mark.parametrize("approver", [None, "zhao"])
def test_a_crisis_goes_down_with_somebody_elses_approval_only(approver: str | None) -> None:
    down("zhao", approver).refused("crisis-needs-approver")


def test_who_approves_is_of_the_staff_and_of_the_level() -> None:
    down("zhao", "qian").then("deescalated", approved_by="qian")
    down("zhao", "qain").refused("person-unknown", near="qian")
    down("zhao", "wang").refused("approver-level", level=2, needs=3, fit=["qian"])
    down("zhao", "wang", NIGHT).refused("approver-level", fit=[])


def test_whom_the_case_is_about_does_not_approve() -> None:
    down("zhao", "qian", against="qian").refused("approver-against", who="qian")
    down("zhao", "qian", Roster(), against="qian").refused("approver-against", who="qian")


def test_an_approval_that_nobody_needed_is_judged_all_the_same() -> None:
    scene = given(AT_2, roster=DESK)
    down_ = levels.deescalate
    scene.when(down_, 60, who="wang", text="x", approved_by="wang").refused("approver-self", who="wang")
    scene.when(down_, 60, who="wang", text="x", approved_by="li").refused("approver-level")
    scene.when(down_, 60, who="wang", text="x", approved_by="zhou").then("deescalated", approved_by="zhou")


def test_without_staff_anybody_approves_under_any_name() -> None:
    down("li", "somebody", Roster()).then("deescalated", approved_by="somebody")


# --- more time ---


def test_more_time_is_approved_by_somebody_of_the_level_of_the_case() -> None:
    data = default_policy().data
    clocks = {**data["clocks"], "plan": {**data["clocks"]["plan"], "extensions": ["48h"]}}
    scene = given(AT_2, roster=DESK, policy=Policy({**data, "clocks": clocks}, ZONE))
    more: dict[str, Any] = {"clock": "plan", "text": "expert opinion"}
    scene.when(extending.extend, 60, **more, approved_by="li").refused("extend-needs-other")
    scene.when(extending.extend, 60, who="wang", **more, approved_by="li").refused("approver-level", needs=2)
    scene.when(extending.extend, 60, **more, approved_by="sun").refused("person-unknown")
    scene.when(extending.extend, 60, **more, approved_by="wang").then("extended", approved_by="wang")


# --- pauses ---


def wait(who: str, until: int | None, roster: Roster = DESK, past: Any = None) -> Any:
    ends = None if until is None else T0 + until
    scene = given(past or opened(), roster=roster)
    return scene.when(waiting.pause, 0, who=who, waiting_for="supplier", until=ends)


@pytest.mark.parametrize(("who", "most"), [("li", 3), ("wang", 7), ("zhao", 14)])
def test_a_pause_is_as_long_as_the_actors_level_allows(who: str, most: int) -> None:
    wait(who, days(most)).then("paused")
    refusal = wait(who, days(most) + 1)
    code = "pause-too-long" if who == "zhao" else "pause-needs-level"
    refusal.refused(code, level=1, cap=f"{most}d", latest_at=T0 + days(most))


def test_a_longer_pause_names_the_level_that_allows_it_and_who_is_there() -> None:
    wait("li", days(4)).refused("pause-needs-level", needs=2, fit=["wang", "zhou", "qian"])
    wait("li", days(8)).refused("pause-needs-level", needs=3, fit=["qian", "zhao"])
    wait("li", days(4), NIGHT).refused("pause-needs-level", needs=2, fit=[])
    wait("li", days(15)).refused("pause-too-long", level=1)


def test_whoever_is_below_the_level_of_the_case_may_pause_as_long_as_that_level() -> None:
    wait("li", days(7), past=AT_2).then("paused")
    wait("li", days(8), past=AT_2).refused("pause-needs-level", needs=3, cap="7d")


def test_without_an_end_a_pause_lasts_as_long_as_the_level_of_the_case() -> None:
    wait("zhao", None).then("paused", until=T0 + days(3))


def test_without_staff_a_pause_is_as_long_as_the_level_of_the_case() -> None:
    wait("li", days(4), Roster()).refused("pause-too-long", level=1, cap="3d", latest_at=T0 + days(3))


def test_a_level_with_a_shorter_cap_allows_what_the_level_below_it_does() -> None:
    data = default_policy().data
    short = Policy(
        {**data, "levels": {**data["levels"], "2": {**data["levels"]["2"], "pause_cap": "1d"}}}, ZONE
    )
    scene = given(opened(), roster=DESK, policy=short)
    scene.when(waiting.pause, 0, who="wang", waiting_for="supplier", until=T0 + days(3)).then("paused")


# --- what is everybody's ---


def test_anybody_hands_up_also_past_a_level() -> None:
    given(opened(), roster=DESK).when(levels.escalate, 60, text="journalist", to=3).then("escalated", to=3)


def test_anybody_takes_a_sign_away_and_the_level_stays() -> None:
    scene = given(AT_3, roster=DESK).when(flags.unflag, 60, flag="vip", text="mistaken")
    scene.then("unflagged").stands(level=3)


def test_who_is_there_is_who_is_there_when_it_is_typed() -> None:
    shifts = (Shift("wang", DUTY, T0 + hours(5), T0 + hours(9)),)
    desk = Roster([LI, WANG._replace(on_duty=False)], lambda: shifts)
    scene = given(AT_2, roster=desk)
    scene.when(people.assign, hours(1), owner="li", typed=hours(6)).refused("owner-level", fit=["wang"])
    scene.when(people.assign, hours(1), owner="li").refused("owner-level", fit=[])
