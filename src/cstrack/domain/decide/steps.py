"""Ways of working that a case records: a step of a checklist that is done, a meeting about the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain import checklist
from cstrack.domain.choices import called
from cstrack.domain.decide.draft import guard_live, guard_time
from cstrack.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.decide.draft import Draft


MEETING, PLAN = "meeting", "plan"
"""Steps that are done by what they ask for: a meeting, a proposal."""


def tick(draft: Draft, *, code: str, who: str | None = None, text: str | None = None) -> None:
    """A step is done, once a cycle, by whoever says so or by `who`; in all the lists that have it.

    The earliest of its limits counts. A reopened case begins its steps anew, so none is done before that.
    """
    guard_live(draft)
    guard_time(draft)
    state, context = draft.state, draft.context
    step = _known(draft, code)
    if context.at < state.cycle_at:
        raise Refused(
            "step-before-cycle", number=state.number, step=step, at=context.at, reopened_at=state.cycle_at
        )
    done = checklist.done(state).get(step)
    if done is not None:
        raise Refused("step-done-already", number=state.number, step=step, who=done.who, done_at=done.at)
    entries = [each for each in checklist.steps(context.policy, state) if each[1]["code"] == step]
    dues = [checklist.due_at(context.policy, state, *each, context.zone) for each in entries]
    draft.record(
        "step-done",
        words={"text": text},
        step=step,
        who=who or context.actor,
        due_at=min((at for at in dues if at is not None), default=None),
        policy=context.policy.label,
    )


def tick_if_asked(draft: Draft, code: str) -> None:
    """Tick a step that was just done in another way, where a list asks for it and it is still to do."""
    state = draft.state
    asked = any(step["code"] == code for _list, step in checklist.steps(draft.context.policy, state))
    if asked and code not in checklist.done(state) and draft.context.at >= state.cycle_at:
        tick(draft, code=code)


def meet(draft: Draft, *, people: Sequence[str], text: str) -> None:
    """A small meeting about the case: who was there and what was decided. It moves no clock."""
    guard_live(draft)
    guard_time(draft)
    draft.record("discussed", words={"with": list(people), "text": text})
    tick_if_asked(draft, MEETING)


def _known(draft: Draft, typed: str) -> str:
    """The code of a step that fits the case, by code or name; Usage 2 with the nearest one otherwise."""
    fitting = checklist.steps(draft.context.policy, draft.state)
    return called(typed, ((step["code"], step) for _list, step in fitting), "CODE")
