"""Steps of the policy's checklists, ticked once and judged by their limit; meetings about a case."""

from __future__ import annotations

import pytest

from cstrack.domain import checklist
from cstrack.domain.checklist import Ticked
from cstrack.domain.decide import ending, flags, steps, talk
from cstrack.domain.evolve import fold
from tests.support.rules import OFFICE, policy
from tests.support.spec import T0, Scene, days, did, given, hours, minutes, opened

LISTS = [
    {"code": "a", "en": "all", "zh": "全部", "steps": [{"code": "call", "en": "call back", "limit": "2h"}]},
    {
        "code": "b",
        "en": "both",
        "kinds": ["complaint"],
        "flags": ["media", "legal"],
        "steps": [{"code": "call", "en": "call back", "limit": "1h"}, {"code": "plan", "en": "a plan"}],
    },
    {"code": "c", "en": "top", "levels": [3], "channels": ["media"], "steps": [{"code": "c3", "en": "c3"}]},
]
OWN = policy({"checklists": LISTS})


def tick(scene: Scene, at: int, code: str = "call", typed: int | None = None) -> Scene:
    return scene.when(steps.tick, at, typed=typed, code=code)


def fitting(scene: Scene) -> list[str]:
    return [entry["code"] for entry in checklist.fitting(OWN, scene.state)]


def test_a_step_is_ticked_by_whom_and_when() -> None:
    scene = tick(given(opened()), minutes(5), "apologise")
    scene.then("step-done", step="apologise", who="li", due_at=None, policy="dealer v1")
    assert scene.state.ticked == (Ticked("apologise", T0 + minutes(5), "li"),)
    assert not scene.state.ticked[0].late


@pytest.mark.parametrize("typed", ["listen", "Listen and understand", "倾听理解", "倾听"])
def test_a_step_of_two_lists_is_known_by_its_names_in_either(typed: str) -> None:
    tick(given(opened(flags=("dissatisfied",))), 60, typed).then("step-done", step="listen")


@pytest.mark.parametrize("typed", ["Apologise", " 致歉 ", "APOLOGISE"])
def test_a_step_is_known_by_its_names_too(typed: str) -> None:
    tick(given(opened()), 60, typed).then("step-done", step="apologise")


@pytest.mark.parametrize(("at", "late"), [(hours(2) - 1, False), (hours(2), True), (hours(2) + 1, True)])
def test_a_limit_counts_from_the_opening_and_its_second_is_late(at: int, late: bool) -> None:
    scene = tick(given(opened(), policy=OWN), at).then("step-done", due_at=T0 + hours(2))
    assert scene.state.ticked[0].late is late


def test_of_a_step_in_two_lists_the_earlier_limit_counts() -> None:
    scene = given(opened(flags=("media",)), policy=OWN)
    tick(scene, hours(1)).then("step-done", due_at=T0 + hours(1))


def test_a_limit_in_working_time_counts_on_the_calendar_of_the_desk() -> None:
    working = {"code": "w", "en": "w", "steps": [{"code": "s", "en": "s", "limit": "1wd"}]}
    by = policy({"calendar": "office", "calendars": {"office": OFFICE}, "checklists": [working]})
    tick(given(opened(), policy=by), 60, "s").then("step-done", due_at=T0 + days(1))


def test_a_step_that_was_done_is_refused_with_who_and_when() -> None:
    scene = tick(tick(given(opened()), 60, "listen").accepted(), 120, "listen")
    scene.refused("step-done-already", step="listen", who="li", done_at=T0 + 60)


def test_an_unknown_step_is_refused_with_the_nearest_one() -> None:
    tick(given(opened()), 60, "apologize").refused("choice-unknown", 2, value="apologize", near="apologise")
    tick(given(opened()), 60, "道歉致歉").refused("choice-unknown", 2, near="apologise")


def test_a_step_of_a_list_that_does_not_fit_is_unknown() -> None:
    tick(given(opened(), policy=OWN), 60, "plan").refused("choice-unknown", 2, known=["call"])


def test_a_list_is_for_cases_that_fit_one_of_each_that_it_names() -> None:
    assert fitting(given(opened(), policy=OWN)) == ["a"]
    assert fitting(given(opened(flags=("legal",)), policy=OWN)) == ["a", "b"]
    assert fitting(given(opened(kind="praise", flags=("legal",)), policy=OWN)) == ["a"]
    assert fitting(given(opened(channel="media"), policy=OWN)) == ["a", "c"]


def test_a_list_begins_to_fit_when_its_flag_is_set() -> None:
    scene = given(opened(), did(flags.flag, 60, flag="media"), policy=OWN)
    tick(scene, 120, "plan").then("step-done", step="plan")


def test_a_limit_counts_from_the_flag_that_the_list_is_for() -> None:
    scene = given(opened(), did(flags.flag, days(3), flag="crisis"))
    tick(scene, days(3) + hours(1), "voice").then("step-done", due_at=T0 + days(3) + hours(2))
    assert not tick(scene, days(3) + hours(1), "voice").state.ticked[0].late


def test_of_two_flags_of_a_list_the_first_counts() -> None:
    scene = given(
        opened(), did(flags.flag, 60, flag="legal"), did(flags.flag, hours(5), flag="media"), policy=OWN
    )
    tick(scene, hours(1), "call").then("step-done", due_at=T0 + 60 + hours(1))


def test_a_step_may_name_who_does_it() -> None:
    scene = given(opened(flags=("crisis",))).when(steps.tick, 60, code="voice", who="王总", text="only he")
    scene.then("step-done", step="voice", who="王总")
    assert scene.state.ticked == (Ticked("voice", T0 + 60, "王总", T0 + hours(2), 1, "only he"),)


def test_a_meeting_about_a_crisis_is_a_step_of_its_list() -> None:
    scene = given(opened(flags=("crisis",)))
    met = scene.when(steps.meet, 60, people=["王总"], text="a new one")
    met.then("discussed", "step-done", step="meeting", who="li")
    met.when(steps.meet, 120, people=["王总"], text="again").then("discussed")


def test_a_proposal_in_a_crisis_is_a_step_of_its_list() -> None:
    scene = given(opened(flags=("crisis",))).when(talk.propose, 60, text="a new one", by=T0 + days(2))
    scene.then("proposed", "step-done", step="plan").stopped("plan", "met")


def test_a_closed_case_takes_no_step_and_no_meeting() -> None:
    scene = given(opened(), did(ending.close, 60, outcome="invalid"))
    tick(scene, 120, "listen").refused("case-closed")
    scene.when(steps.meet, 120, people=["li"], text="x").refused("case-closed")


def test_neither_lies_before_the_opening_nor_in_the_future() -> None:
    tick(given(opened()), -60, "listen", typed=60).refused("time-before-opening")
    tick(given(opened()), 60, "listen", typed=0).refused("time-in-future")
    given(opened()).when(steps.meet, -60, typed=60, people=["li"], text="x").refused("time-before-opening")


def test_people_and_decision_of_a_meeting_are_words_and_move_no_clock() -> None:
    scene = given(opened())
    after = scene.when(steps.meet, hours(1), people=["王总", "li"], text="a new one").then("discussed")
    assert after.events[0].words == {"with": ["王总", "li"], "text": "a new one"}
    assert after.events[0].facts == {}
    assert after.state.clocks == scene.state.clocks


def test_erased_words_leave_what_was_ticked() -> None:
    scene = given(opened()).when(steps.tick, 60, code="listen", text="canary").accepted()
    [ticked] = fold(1, (event._replace(words=None) for event in scene.history)).ticked
    assert (scene.state.ticked[0].text, ticked.text) == ("canary", None)
    assert ticked == scene.state.ticked[0]._replace(text=None)


def reopened(at: int = days(2)) -> Scene:
    """A case that was taken up again, with a step that was done and late in its first cycle."""
    scene = tick(given(opened(), policy=OWN), hours(3)).accepted()
    scene = scene.when(ending.resolve, hours(4), text="x").accepted()
    return scene.when(ending.reopen, at, text="again").accepted()


def test_a_reopened_case_begins_its_steps_anew() -> None:
    scene = reopened()
    assert checklist.done(scene.state) == {}
    after = tick(scene, days(2) + minutes(5)).then("step-done", step="call", due_at=T0 + days(2) + hours(2))
    assert [(one.cycle, one.late) for one in after.state.ticked] == [(1, True), (2, False)]
    assert checklist.done(after.state)["call"].at == T0 + days(2) + minutes(5)
    tick(after, days(2) + minutes(6)).refused("step-done-already", done_at=T0 + days(2) + minutes(5))


def test_a_step_is_not_done_before_its_case_was_taken_up_again() -> None:
    scene = tick(reopened(), days(2) - 1, typed=days(3))
    scene.refused("step-before-cycle", step="call", at=T0 + days(2) - 1, reopened_at=T0 + days(2))
    tick(reopened(), days(2), typed=days(3)).then("step-done")
