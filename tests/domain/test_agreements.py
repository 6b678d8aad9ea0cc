"""What is agreed for good and for now, the paper that was signed, files, and what is left unanswered."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.agreement import Agreement, Meeting, Proposal
from cstrack.domain.attachment import Attachment, Handed
from cstrack.domain.case import Case
from cstrack.domain.decide import attaching, demands, ending, steps, talk, tasks, waiting
from cstrack.domain.evolve import fold
from tests.support.spec import T0, Scene, days, did, given, hours, opened, until

PAPER = Handed("协议.pdf", "ab" * 32, 2048)
PHOTO = Handed("photo.jpg", "cd" * 32, 9)
INTERIM: dict[str, Any] = {"text": "a loan car for now", "interim": True}


def closed(**words: Any) -> Scene:
    return given(opened(**words), did(ending.close, hours(1), outcome="withdrawn"))


# --- for good and for now -----------------------------------------------------------------------------------


def test_an_agreement_says_who_accepted_when_and_what_was_signed() -> None:
    scene = given(opened()).when(
        ending.agree, hours(2), text="new part", accepted_by="张三", signed="2026-11-15", files=[PAPER]
    )
    scene.then("agreed", interim=None, signed="2026-11-15")
    assert scene.state.agreements == (
        Agreement(T0 + hours(2), False, "2026-11-15", "张三", (1,), "new part"),
    )
    assert scene.state.attachments == (Attachment(1, "协议.pdf", 2048, "ab" * 32, T0 + hours(2)),)


def test_names_are_words_and_digests_are_facts() -> None:
    [event] = (
        given(opened()).when(ending.agree, 60, text="x", accepted_by="张三", files=[PAPER, PHOTO]).events
    )
    assert event.words == {"text": "x", "with": "张三", "names": ["协议.pdf", "photo.jpg"]}
    assert event.facts["files"] == [
        {"n": 1, "digest": "ab" * 32, "size": 2048},
        {"n": 2, "digest": "cd" * 32, "size": 9},
    ]


def test_d23_an_interim_agreement_meets_no_clock_and_leaves_the_case_in_work() -> None:
    before = given(opened(channel="web", flags=("departments",)))
    scene = before.when(ending.agree, hours(2), **INTERIM).then("agreed", interim=True, clocks=None)
    assert scene.state.clocks == before.state.clocks
    scene.stands(status="open", agreed_at=None)
    assert scene.state.agreements[0].interim


def test_d23_an_interim_agreement_does_not_keep_a_case_from_going_up() -> None:
    given(opened(), did(ending.agree, hours(2), **INTERIM), until(days(1))).stands(level=2)
    given(opened(), did(ending.agree, hours(2), text="x"), until(days(1))).stands(level=1)


def test_an_interim_agreement_leaves_a_final_one_as_it_is() -> None:
    scene = given(opened(), did(ending.agree, hours(1), text="x"))
    scene.when(ending.agree, hours(2), **INTERIM).then("agreed").stands(
        status="agreed", agreed_at=T0 + hours(1)
    )
    assert [one.interim for one in scene.when(ending.agree, hours(2), **INTERIM).state.agreements] == [
        False,
        True,
    ]


def test_d09_an_interim_agreement_is_typed_in_for_any_moment_like_a_word() -> None:
    scene = given(opened(), did(ending.agree, hours(5), text="x"))
    after = scene.when(ending.agree, hours(2), typed=hours(6), **INTERIM).then("agreed")
    after.stands(changed_at=T0 + hours(5))
    scene.when(ending.agree, hours(2), typed=hours(6), text="y").refused("time-before-change")
    scene.when(ending.agree, -60, typed=60, **INTERIM).refused("time-before-opening")
    scene.when(ending.agree, hours(9), typed=hours(8), **INTERIM).refused("time-in-future")


@pytest.mark.parametrize(("whom", "types"), [("customer", ("agreed", "resumed")), ("supplier", ("agreed",))])
def test_p21_an_interim_agreement_ends_a_wait_for_the_customer_alone(whom: str, types: Any) -> None:
    scene = given(opened(), did(waiting.pause, hours(1), waiting_for=whom))
    after = scene.when(ending.agree, hours(2), **INTERIM).then(*types)
    after.stands(status="open" if whom == "customer" else "waiting")


@pytest.mark.parametrize("interim", [False, True])
def test_what_is_resolved_or_closed_takes_no_agreement(interim: bool) -> None:
    scene = given(opened(), did(ending.resolve, hours(1), text="x"))
    scene.when(ending.agree, hours(2), text="x", interim=interim).refused("already-resolved")
    closed().when(ending.agree, hours(2), text="x", interim=interim).refused("case-closed")


@pytest.mark.parametrize("day", ["2026-11-16", "2025-01-01"])
def test_d09_a_paper_may_have_been_signed_today_or_before_the_opening(day: str) -> None:
    given(opened()).when(ending.agree, hours(1), text="x", signed=day).then("agreed", signed=day)


def test_today_is_that_of_the_desk() -> None:
    late = hours(15)  # midnight in Shanghai, 16:00 in UTC
    given(opened()).when(ending.agree, late, text="x", signed="2026-11-17").then("agreed")
    scene = given(opened()).when(ending.agree, late - 1, text="x", signed="2026-11-17")
    scene.refused("signed-in-future", signed="2026-11-17")


def test_erased_words_leave_when_and_which_paper() -> None:
    scene = given(opened(), did(talk.propose, 60, text="x", by=T0 + days(1)))
    scene = scene.when(
        ending.agree, 120, text="x", accepted_by="张三", signed="2026-11-15", files=[PAPER]
    ).accepted()
    scene = scene.when(steps.meet, 180, people=["li"], text="x").accepted()
    assert scene.state.proposals == (Proposal(T0 + 60, T0 + days(1), "x"),)
    assert scene.state.meetings == (Meeting(T0 + 180, ("li",), "x"),)
    bare = fold(1, (event._replace(words=None) for event in scene.history))
    assert bare.proposals == (Proposal(T0 + 60, T0 + days(1), None),)
    assert bare.agreements == (Agreement(T0 + 120, False, "2026-11-15", None, (1,), None),)
    assert bare.meetings == (Meeting(T0 + 180, (), None),)
    assert bare.attachments == (Attachment(1, None, 2048, "ab" * 32, T0 + 120),)
    assert bare.clocks == scene.state.clocks


# --- files --------------------------------------------------------------------------------------------------


def test_files_are_numbered_on_and_the_same_one_may_come_twice() -> None:
    scene = given(opened(), did(ending.agree, 60, text="x", files=[PAPER]))
    after = scene.when(attaching.attach, 120, files=[PHOTO, PAPER], text="sent by him").then("attached")
    assert [(one.n, one.digest[:2]) for one in after.state.attachments] == [(1, "ab"), (2, "cd"), (3, "ab")]
    assert after.state.clocks == scene.state.clocks


def test_d34_a_closed_case_takes_files_and_a_merged_one_none() -> None:
    closed().when(attaching.attach, hours(2), files=[PHOTO]).then("attached").stands(status="closed")
    merged = given(Case(1, seq=3, kind="complaint", status="merged", opened_at=T0))
    merged.when(attaching.attach, hours(2), files=[PHOTO]).refused("case-merged")


def test_a_file_is_attached_for_any_moment_since_the_opening() -> None:
    scene = given(opened(), did(ending.resolve, hours(5), text="x"))
    scene.when(attaching.attach, hours(2), typed=hours(6), files=[PHOTO]).then("attached")
    scene.when(attaching.attach, -60, typed=60, files=[PHOTO]).refused("time-before-opening")
    scene.when(attaching.attach, hours(9), typed=hours(8), files=[PHOTO]).refused("time-in-future")


# --- resolving with loose ends ------------------------------------------------------------------------------

TASK: dict[str, Any] = {"department": "parts", "called": "配件部", "due": T0 + hours(9), "text": "查库存"}


def test_resolved_anyway_the_entry_names_demands_and_tasks_without_an_answer() -> None:
    scene = given(
        opened(),
        did(demands.add, 60, text="a new one"),
        did(tasks.give, 60, **TASK),
        did(tasks.give, 60, **TASK),
        did(tasks.answer, 120, n=1, text="in stock"),
    )
    scene.when(ending.resolve, hours(1), text="x").refused("resolve-task-open", n=2, department="parts")
    after = scene.when(ending.resolve, hours(1), text="x", anyway=True)
    after.then("resolved", anyway=True, unanswered=[1], tasks=[2])


def test_with_everything_answered_nothing_is_named() -> None:
    scene = given(opened()).when(ending.resolve, hours(1), text="x")
    scene.then("resolved", anyway=None, unanswered=None, tasks=None)


@pytest.mark.parametrize("outcome", ["satisfied", "withdrawn"])
def test_what_was_resolved_anyway_is_not_closed_before_the_department_answers(outcome: str) -> None:
    scene = given(opened(), did(tasks.give, 60, **TASK), did(ending.resolve, hours(1), text="x", anyway=True))
    scene.when(ending.close, hours(2), outcome=outcome).refused("close-task-open", n=1)
    answered = scene.when(tasks.answer, hours(2), n=1, text="not needed").accepted()
    answered.when(ending.close, hours(3), outcome=outcome).then("closed")
