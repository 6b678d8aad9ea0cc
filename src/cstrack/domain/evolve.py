"""A case as its events leave it: evolve, fold.

`evolve` never refuses and does no arithmetic: every due time stands in the facts, so a new holiday,
zone file or policy never makes a true history doubtful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import clock as clocks
from cstrack.domain import demand, duties
from cstrack.domain.case import AGREED, CLOSED, IN_WORK, RESOLVED, WAITING, Case, Pause
from cstrack.domain.events import CASE, GLOSSARY, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


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
    signs: tuple[Any, ...] = ()
    if facts["flags"]:
        from cstrack.domain import sign

        signs = sign.at_opening(event)
    same = ("kind", "level", "owner", "handler", "first_contact", "customer_number", "product_number")
    return {
        **{name: facts.get(name) for name in (*same, "category", "channel", "policy")},
        "subject": (event.words or {}).get("subject"),
        "status": IN_WORK,
        "flags": tuple(sorted(facts["flags"] or ())),
        "signs": signs,
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
    from cstrack.domain import sign

    flags = tuple(sorted({*state.flags, event.facts["flag"]}))
    return {"flags": flags, "signs": sign.flagged(state.signs, event)}


def _unflagged(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain import sign

    flags = tuple(flag for flag in state.flags if flag != event.facts["flag"])
    return {"flags": flags, "signs": sign.unflagged(state.signs, event)}


def _grouped(_state: Case, event: Event) -> dict[str, Any]:
    return {"group_number": event.facts["group"]}


def _ungrouped(_state: Case, _event: Event) -> dict[str, Any]:
    return {"group_number": None}


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

    facts, words = event.facts, event.words or {}
    return {
        "ticked": (
            *state.ticked,
            Ticked(facts["step"], event.at, facts["who"], facts.get("due_at"), words.get("text")),
        )
    }


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
    "grouped": _grouped,
    "ungrouped": _ungrouped,
}
