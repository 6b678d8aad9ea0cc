"""Work asked of a department, with a due time and an answer. The clocks of the case run on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.draft import guard_live, guard_time
from cstrack.domain.decide.duties import guard_begun, guard_due, the
from cstrack.domain.decide.effects import Changes
from cstrack.domain.duties import TASK
from cstrack.domain.errors import NotFound, Refused

if TYPE_CHECKING:
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.duties import Duty


def give(draft: Draft, *, department: str, called: str, due: int, text: str) -> None:
    """Ask a department, by its code in the policy, for work by `due`, in UTC seconds.

    `called` is what the department was called when it was asked; task and clock are named by it.
    """
    guard_live(draft)
    guard_time(draft)
    guard_due(draft, due)
    changes = Changes(draft)
    changes.say(TASK, draft.context.at, due)
    draft.record(
        "task-given",
        words={"name": f"{called}: {text}"},
        n=len(draft.state.tasks) + 1,
        department=department,
        clocks=changes.made,
    )


def answer(draft: Draft, *, n: int, text: str) -> None:
    """The department's answer, in time or late."""
    found = _task(draft, n)
    if found.ended:
        raise Refused("task-answered", number=draft.state.number, n=n)
    changes = Changes(draft)
    changes.stop(draft.state.clock_of(found), draft.context.at)
    draft.record("task-answered", words={"text": text}, n=n, clocks=changes.made)


def send_back(draft: Draft, *, n: int, text: str) -> None:
    """The answer will not do, or none came: back to the department. The same clock runs on, due as before."""
    clock = draft.state.clock_of(_task(draft, n))
    changes = Changes(draft)
    if not clock.running:
        changes.change(clock, stopped_at=None, verdict=None)
    draft.record("task-returned", words={"text": text}, n=n, clocks=changes.made)


def guard_answered(draft: Draft, *, code: str) -> None:
    """Every department has answered; else `code` names the first that has not."""
    state = draft.state
    waiting = next((task for task in state.tasks if not task.ended), None)
    if waiting is not None:
        raise Refused(code, number=state.number, n=waiting.n, department=waiting.who)


def _task(draft: Draft, n: int) -> Duty:
    """The task of this number on a live case."""
    guard_live(draft)
    guard_time(draft)
    state = draft.state
    found = the(state.tasks, n)
    if found is None:
        raise NotFound("no-such-task", number=state.number, n=n, count=len(state.tasks))
    guard_begun(draft, found)
    return found
