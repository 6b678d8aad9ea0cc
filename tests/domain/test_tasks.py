"""Work asked of a department: answered, sent back, and in the way of an end while it is open."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, tasks, waiting
from tests.support.spec import T0, Scene, days, did, given, hours, opened

DUE = T0 + hours(6)
WORDS: dict[str, Any] = {"department": "parts", "called": "配件部", "due": DUE, "text": "查库存"}
ASKED = did(tasks.give, hours(1), **WORDS)


def scene(*more: Any) -> Scene:
    """A case with one task, and what came after it."""
    return given(opened(), ASKED, *more)


def test_a_task_is_a_clock_named_by_department_and_text() -> None:
    told = given(opened()).when(tasks.give, hours(1), **WORDS).then("task-given", n=1, department="parts")
    told.running("task", due=hours(6), since=hours(1))
    assert told.events[0].words == {"name": "配件部: 查库存"}
    assert told.clock("task").name == "配件部: 查库存"
    assert "查库存" not in repr(told.events[0].facts)
    assert [(task.n, task.who, task.ended) for task in told.state.tasks] == [(1, "parts", None)]


def test_the_clocks_of_the_case_run_on() -> None:
    before = given(opened())
    after = before.when(tasks.give, hours(1), **WORDS).accepted()
    assert after.state.clocks[:-1] == before.state.clocks


def test_p19_a_task_does_not_wait_with_its_case() -> None:
    pause = did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(5))
    scene(pause).running("task", due=hours(6))


@pytest.mark.parametrize(("at", "verdict"), [(hours(5), "met"), (hours(6), "breached")])
def test_the_answer_meets_it_in_time_or_late(at: int, verdict: str) -> None:
    told = scene().when(tasks.answer, at, n=1, text="in stock").then("task-answered", n=1)
    told.stopped("task", verdict, at)
    assert told.state.tasks[0].ended == "answered"


def test_sent_back_the_same_clock_runs_on() -> None:
    told = scene(did(tasks.answer, hours(2), n=1, text="soon"))
    told = told.when(tasks.send_back, hours(3), n=1, text="which date?").then("task-returned", n=1)
    told.running("task", due=hours(6), since=hours(1))
    assert (told.state.tasks[0].ended, len(told.state.clocks)) == (None, len(scene().state.clocks))
    told.when(tasks.answer, hours(7), n=1, text="Friday").accepted().stopped("task", "breached", hours(7))


def test_what_was_not_answered_can_be_sent_back_too() -> None:
    told = (
        scene().when(tasks.send_back, hours(3), n=1, text="still nothing").then("task-returned", clocks=None)
    )
    told.running("task", due=hours(6))


def test_a_case_with_an_open_task_is_resolved_when_that_is_said() -> None:
    told = scene().when(ending.resolve, hours(2), text="x", anyway=True).then("resolved")
    told.running("task", due=hours(6))


def test_answered_tasks_hold_nothing() -> None:
    done = scene(did(tasks.answer, hours(2), n=1, text="x"), did(ending.resolve, hours(3), text="x"))
    done.when(ending.close, hours(4), outcome="satisfied").then("closed")


# --- refused ---


def test_resolving_needs_the_answers() -> None:
    scene().when(ending.resolve, hours(2), text="x").refused(
        "resolve-task-open", number=1, n=1, department="parts"
    )


@pytest.mark.parametrize("outcome", ["withdrawn", "invalid"])
def test_a_case_with_an_open_task_is_not_closed(outcome: str) -> None:
    scene().when(ending.close, hours(2), outcome=outcome).refused("close-task-open", n=1, department="parts")


def test_a_resolved_case_with_an_open_task_is_not_closed_either() -> None:
    resolved = scene(did(ending.resolve, hours(2), text="x", anyway=True))
    resolved.when(ending.close, hours(3), outcome="satisfied").refused("close-task-open")


@pytest.mark.parametrize("due", [T0, T0 + 60])
def test_work_is_asked_for_a_time_to_come(due: int) -> None:
    told = given(opened()).when(tasks.give, 60, **{**WORDS, "due": due})
    told.refused("due-passed", due_at=due)


@pytest.mark.parametrize("order", [tasks.answer, tasks.send_back])
@pytest.mark.parametrize("n", [0, 2])
def test_a_task_that_was_not_given_is_not_found(order: Any, n: int) -> None:
    scene().when(order, hours(2), n=n, text="x").refused("no-such-task", 3, number=1, n=n, count=1)


def test_a_task_is_answered_once() -> None:
    done = scene(did(tasks.answer, hours(2), n=1, text="x"))
    done.when(tasks.answer, hours(3), n=1, text="y").refused("task-answered", n=1)


def test_nothing_is_answered_before_it_was_asked() -> None:
    told = scene().when(tasks.answer, hours(0.5), typed=hours(2), n=1, text="x")
    told.refused("time-before-said", made_at=T0 + hours(1))


def test_d34_a_closed_case_has_no_tasks_to_work_on() -> None:
    closed = scene(
        did(tasks.answer, hours(2), n=1, text="x"), did(ending.close, hours(3), outcome="withdrawn")
    )
    closed.when(tasks.give, hours(4), **{**WORDS, "due": T0 + days(2)}).refused("case-closed")
    closed.when(tasks.send_back, hours(4), n=1, text="x").refused("case-closed")


@pytest.mark.parametrize(("at", "code"), [(hours(2), "time-in-future"), (-60, "time-before-opening")])
def test_work_was_asked_for_since_the_opening(at: int, code: str) -> None:
    given(opened()).when(tasks.give, at, typed=60, **WORDS).refused(code)
