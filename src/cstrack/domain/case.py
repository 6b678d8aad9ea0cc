"""A case as its events leave it: state, evolve, fold.

`evolve` never refuses and does no arithmetic: every due time stands in the facts, so a new holiday,
zone file or policy never makes a true history doubtful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain import clock as clocks
from cstrack.domain import demand, duties
from cstrack.domain.events import CASE, GLOSSARY, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cstrack.domain.checklist import Ticked
    from cstrack.domain.clock import Clock
    from cstrack.domain.demand import Demand
    from cstrack.domain.duties import Duty

IN_WORK, WAITING, AGREED = "open", "waiting", "agreed"
RESOLVED, CLOSED, MERGED = "resolved", "closed", "merged"
ENDED = (CLOSED, MERGED)


class Pause(NamedTuple):
    """A time that the case waited: from, to (its planned end while it lasts), and for whom."""

    start: int
    end: int
    waiting_for: str


class Case(NamedTuple):
    """One complaint; times in UTC seconds, people as handles, `flags` sorted, `demands` by their rank."""

    number: int
    seq: int = 0
    kind: str = ""
    subject: str | None = None
    status: str = ""
    outcome: str | None = None
    level: int = 0
    owner: str | None = None
    handler: str | None = None
    first_contact: str | None = None
    customer_number: int | None = None
    product_number: int | None = None
    category: str | None = None
    channel: str | None = None
    flags: tuple[str, ...] = ()
    opened_at: int = 0
    agreed_at: int | None = None
    resolved_at: int | None = None
    closed_at: int | None = None
    cycle: int = 1
    cycle_at: int = 0
    policy: str | None = None
    pauses: tuple[Pause, ...] = ()
    changed_at: int = 0
    changed_seq: int = 0
    changed_by: str = ""
    unknown: str | None = None
    clocks: tuple[Clock, ...] = ()
    promises: tuple[Duty, ...] = ()
    tasks: tuple[Duty, ...] = ()
    demands: tuple[Demand, ...] = ()
    ticked: tuple[Ticked, ...] = ()

    @property
    def crisis(self) -> bool:
        """Whether it is a crisis: on top of every list, and its clocks do not pause."""
        return "crisis" in self.flags

    @property
    def pause(self) -> Pause | None:
        """The pause that the case is in, if it waits."""
        return self.pauses[-1] if self.status == WAITING else None

    def running(self, kind: str) -> Clock | None:
        """The clock of this kind that runs (or is paused) in the present cycle, if one does."""
        return next((c for c in reversed(self.clocks) if c.kind == kind and c.running), None)

    def clock_of(self, duty: Duty) -> Clock:
        """The clock of a promise or a task."""
        return next(clock for clock in self.clocks if clock.n == duty.clock)

    def unanswered(self, kind: str, at: int) -> Clock | None:
        """The clock of this kind that nothing had answered at `at`: it runs, or was answered only later."""
        return next((c for c in self.clocks if c.kind == kind and c.unanswered(at)), None)


def fold(number: int, history: Iterable[Event]) -> Case:
    """The case that these events make, in order of seq."""
    state = Case(number)
    for event in history:
        state = evolve(state, event)
    return state


def evolve(state: Case, event: Event) -> Case:
    """The case after one more event. A type this program does not know is remembered, nothing else."""
    seq = state.seq + 1
    if event.type not in GLOSSARY[CASE]:
        return state._replace(seq=seq, unknown=event.type)
    words = event.words or {}
    changed: dict[str, Any] = {"seq": seq}
    if event.facts.get("clocks"):
        changed["clocks"] = clocks.apply(state.clocks, event.facts["clocks"], words.get("name"))
    if event.type in _STATE:
        changed |= {"changed_at": event.at, "changed_seq": seq, "changed_by": event.type}
    effect = _EFFECTS.get(event.type)
    if effect:
        changed |= effect(state, event)
    return state._replace(**changed)


_STATE = frozenset(
    (
        "opened",
        "assigned",
        "escalated",
        "deescalated",
        "paused",
        "resumed",
        "agreed",
        "resolved",
        "closed",
        "reopened",
    )
)
"""What changes level, pause, agreement, resolution or owner: nothing of the kind is typed in before it."""


def _opened(_state: Case, event: Event) -> dict[str, Any]:
    facts = event.facts
    same = ("kind", "level", "owner", "handler", "first_contact", "customer_number", "product_number")
    return {
        **{name: facts.get(name) for name in (*same, "category", "channel", "policy")},
        "subject": (event.words or {}).get("subject"),
        "status": IN_WORK,
        "flags": tuple(sorted(facts["flags"] or ())),
        "opened_at": event.at,
        "cycle_at": event.at,
    }


def _assigned(_state: Case, event: Event) -> dict[str, Any]:
    return {name: event.facts[name] for name in ("owner", "handler") if name in event.facts}


def _escalated(state: Case, event: Event) -> dict[str, Any]:
    return {
        "level": event.facts["to"],
        "owner": event.facts.get("owner"),
        "policy": event.facts.get("policy"),
        "status": IN_WORK if state.status == AGREED else state.status,
    }


def _deescalated(_state: Case, event: Event) -> dict[str, Any]:
    return {"level": event.facts["to"], "policy": event.facts.get("policy")}


def _paused(state: Case, event: Event) -> dict[str, Any]:
    pause = Pause(event.at, event.facts["until"], event.facts["waiting_for"])
    return {"status": WAITING, "pauses": (*state.pauses, pause)}


def _resumed(state: Case, event: Event) -> dict[str, Any]:
    ended = state.pauses[-1]._replace(end=event.at)
    return {"status": IN_WORK, "pauses": (*state.pauses[:-1], ended)}


def _flagged(state: Case, event: Event) -> dict[str, Any]:
    return {"flags": tuple(sorted({*state.flags, event.facts["flag"]}))}


def _unflagged(state: Case, event: Event) -> dict[str, Any]:
    return {"flags": tuple(flag for flag in state.flags if flag != event.facts["flag"])}


def _agreed(_state: Case, event: Event) -> dict[str, Any]:
    return {"status": AGREED, "agreed_at": event.at}


def _resolved(_state: Case, event: Event) -> dict[str, Any]:
    return {"status": RESOLVED, "resolved_at": event.at}


def _judged_anew(_state: Case, event: Event) -> dict[str, Any]:
    return {"policy": event.facts.get("policy")}


def _closed(_state: Case, event: Event) -> dict[str, Any]:
    return {"status": CLOSED, "outcome": event.facts["outcome"], "closed_at": event.at}


def _reopened(state: Case, event: Event) -> dict[str, Any]:
    return {
        "status": IN_WORK,
        "outcome": None,
        "resolved_at": None,
        "closed_at": None,
        "cycle": event.facts["cycle"],
        "cycle_at": event.at,
        "level": event.facts.get("level", state.level),
        "policy": event.facts.get("policy"),
    }


def _demand_added(state: Case, event: Event) -> dict[str, Any]:
    return {"demands": demand.added(state.demands, event)}


def _demand_answered(state: Case, event: Event) -> dict[str, Any]:
    return {"demands": demand.answered(state.demands, event)}


def _step_done(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain.checklist import Ticked

    facts = event.facts
    return {"ticked": (*state.ticked, Ticked(facts["step"], event.at, facts["who"], facts.get("due_at")))}


_EFFECTS: dict[str, Callable[[Case, Event], dict[str, Any]]] = {
    "opened": _opened,
    "assigned": _assigned,
    "escalated": _escalated,
    "deescalated": _deescalated,
    "paused": _paused,
    "resumed": _resumed,
    "flagged": _flagged,
    "unflagged": _unflagged,
    "agreed": _agreed,
    "resolved": _resolved,
    "closed": _closed,
    "reopened": _reopened,
    "moved": _judged_anew,
    "promised": duties.promised,
    "promise-kept": duties.kept,
    "promise-missed": duties.missed,
    "task-given": duties.asked,
    "task-answered": duties.answered,
    "task-returned": duties.returned,
    "demand-added": _demand_added,
    "demand-answered": _demand_answered,
    "step-done": _step_done,
}
