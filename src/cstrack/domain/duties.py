"""What was promised to the customer and asked of departments: each by a number that never changes.

The time said is that of a clock; what a clock does not know stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.events import Event

PROMISE, TASK = "promise", "task"
KEPT, MISSED, ANSWERED = "kept", "missed", "answered"


class Duty(NamedTuple):
    """A promise or a task of a case: number `n` of its kind, with the number of its clock.

    `who` is the owner's handle or the department's code. `check`, how it will be seen that a promise
    was kept, is None once erased. `ended` is kept, missed or answered; None until then.
    """

    n: int
    clock: int
    who: str
    check: str | None = None
    ended: str | None = None


def promised(state: Case, event: Event) -> dict[str, Any]:
    """The promises with one more."""
    facts = event.facts
    made = Duty(facts["n"], facts["clocks"][0]["n"], facts["owner"], (event.words or {}).get("check"))
    return {"promises": (*state.promises, made)}


def asked(state: Case, event: Event) -> dict[str, Any]:
    """The tasks with one more."""
    facts = event.facts
    return {"tasks": (*state.tasks, Duty(facts["n"], facts["clocks"][0]["n"], facts["department"]))}


def kept(state: Case, event: Event) -> dict[str, Any]:
    """The promises with this one kept."""
    return {"promises": _with(state.promises, event, KEPT)}


def missed(state: Case, event: Event) -> dict[str, Any]:
    """The promises with this one not kept."""
    return {"promises": _with(state.promises, event, MISSED)}


def answered(state: Case, event: Event) -> dict[str, Any]:
    """The tasks with this one answered."""
    return {"tasks": _with(state.tasks, event, ANSWERED)}


def returned(state: Case, event: Event) -> dict[str, Any]:
    """The tasks with this one open again."""
    return {"tasks": _with(state.tasks, event, None)}


def _with(duties: tuple[Duty, ...], event: Event, ended: str | None) -> tuple[Duty, ...]:
    n = event.facts["n"]
    return tuple(duty._replace(ended=ended) if duty.n == n else duty for duty in duties)
