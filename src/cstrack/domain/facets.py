"""What each event makes of one facet of a case: demands, promises, stages, papers, remedies, signs, groups.

What only some cases have is loaded when an event of it is met: every command folds a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import demand, duties, offers, own_fields
from cstrack.domain.case import AGREED

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event


def over(state: Case, event: Event) -> dict[str, Any]:
    """In no stage any more, waiting for no owner, and nobody waits on site: the case has ended."""
    return {"unowned_since": None} | stage_over(state, event) | _visit_over(state, event)


def _grouped(_state: Case, event: Event) -> dict[str, Any]:
    return {"group_number": event.facts["group"]}


def _ungrouped(_state: Case, _event: Event) -> dict[str, Any]:
    return {"group_number": None}


def _proposed(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain.agreement import proposed

    return proposed(state, event)


def _agreed(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain.agreement import agreed

    now = {} if event.facts.get("interim") else {"status": AGREED, "agreed_at": event.at}
    return {**agreed(state, event), **now}


def _met(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain.agreement import met

    return met(state, event)


def _attached(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain.attachment import attached

    return attached(state, event)


def _demand_added(state: Case, event: Event) -> dict[str, Any]:
    return {"demands": demand.added(state.demands, event)}


def _demand_answered(state: Case, event: Event) -> dict[str, Any]:
    return {"demands": demand.answered(state.demands, event)}


def _fields_set(state: Case, event: Event) -> dict[str, Any]:
    return {"fields": own_fields.after(state.fields, event)}


def _step_done(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain.checklist import Ticked

    facts, text = event.facts, (event.words or {}).get("text")
    done = Ticked(facts["step"], event.at, facts["who"], facts.get("due_at"), state.cycle, text)
    return {"ticked": (*state.ticked, done)}


def _outside_added(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain import letters

    return {"letters": letters.added(state.letters, event)}


def _linked(state: Case, event: Event) -> dict[str, Any]:
    return {"links": tuple(sorted({*state.links, event.facts["case"]}))}


def _unlinked(state: Case, event: Event) -> dict[str, Any]:
    return {"links": tuple(number for number in state.links if number != event.facts["case"])}


def _stage_entered(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain import stage

    return stage.entered(state, event)


def _stage_left(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain import stage

    return stage.left(state, event)


def stage_over(state: Case, event: Event) -> dict[str, Any]:
    """In no stage any more: the case ended, or begins anew."""
    if state.stage is None:
        return {}
    from cstrack.domain import stage

    return stage.over(state, event)


def _visit_over(state: Case, event: Event) -> dict[str, Any]:
    """Nobody waits any more on a case that ended."""
    if state.on_site is None:
        return {}
    from cstrack.domain import visit

    return visit.over(state, event)


def _contacted(state: Case, event: Event) -> dict[str, Any]:
    if event.facts["direction"] != "out":
        return {}
    return {"spoke_at": tuple(sorted((*state.spoke_at, event.at)))}


def _arrived(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain import visit

    return visit.arrived(state, event)


def _left(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain import visit

    return visit.left(state, event)


def _remedied(state: Case, event: Event) -> dict[str, Any]:
    from cstrack.domain.remedy import EFFECTS

    return EFFECTS[event.type](state, event)


EFFECTS: dict[str, Callable[[Case, Event], dict[str, Any]]] = {
    "proposed": _proposed,
    "agreed": _agreed,
    "discussed": _met,
    "attached": _attached,
    "promised": duties.promised,
    "promise-kept": duties.kept,
    "promise-missed": duties.missed,
    "task-given": duties.asked,
    "task-answered": duties.answered,
    "task-returned": duties.returned,
    "demand-added": _demand_added,
    "demand-answered": _demand_answered,
    "fields-set": _fields_set,
    "step-done": _step_done,
    "outside-added": _outside_added,
    "linked": _linked,
    "unlinked": _unlinked,
    "stage-entered": _stage_entered,
    "stage-left": _stage_left,
    "contacted": _contacted,
    "arrived": _arrived,
    "left": _left,
    "handover-offered": offers.offered,
    "handover-accepted": offers.accepted,
    "transfer-offered": offers.sent,
    "transfer-accepted": offers.arrived,
    "remedy-asked": _remedied,
    "remedy-granted": _remedied,
    "remedy-rejected": _remedied,
    "remedy-paid": _remedied,
    "remedy-withdrawn": _remedied,
    "grouped": _grouped,
    "ungrouped": _ungrouped,
}
