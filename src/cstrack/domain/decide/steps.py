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


def tick(draft: Draft, *, code: str, text: str | None = None) -> None:
    """A step is done, once a cycle, by whoever says so; where it stands in several lists, in all of them.

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
    entries = [one for one in checklist.steps(context.policy, state) if one["code"] == step]
    dues = [checklist.due_at(context.policy, state, one, context.zone) for one in entries]
    draft.record(
        "step-done",
        words={"text": text},
        step=step,
        who=context.actor,
        due_at=min((at for at in dues if at is not None), default=None),
        policy=context.policy.label,
    )


def meet(draft: Draft, *, people: Sequence[str], text: str) -> None:
    """A small meeting about the case: who was there and what was decided. It moves no clock."""
    guard_live(draft)
    guard_time(draft)
    draft.record("discussed", words={"with": list(people), "text": text})


def _known(draft: Draft, typed: str) -> str:
    """The code of a step that fits the case, by code or name; Usage 2 with the nearest one otherwise."""
    fitting = checklist.steps(draft.context.policy, draft.state)
    return called(typed, ((step["code"], step) for step in fitting), "CODE")
