"""A case as its events leave it: evolve, fold.

`evolve` never refuses and does no arithmetic: every due time stands in the facts, so a new holiday,
zone file or policy never makes a true history doubtful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import clock as clocks
from cstrack.domain import facets, offers, own_fields
from cstrack.domain.case import AGREED, CLOSED, IN_WORK, MERGED, RESOLVED, WAITING, Case, Pause
from cstrack.domain.events import CASE, GLOSSARY, Event
from cstrack.domain.standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def fold(number: int, history: Iterable[Event]) -> Case:
    """The case that these events make, in order of seq; what was undone is left out."""
    state = Case(number)
    for event in standing(history):
        state = evolve(state, event)
    return state


def evolve(state: Case, event: Event) -> Case:
    """The case after one more event. A type this program does not know is remembered, nothing else.

    What `undone` takes back only a fold can leave out: here it is one more entry.
    """
    seq = event.seq or state.seq + 1
    if event.type not in GLOSSARY[CASE]:
        return state._replace(seq=seq, unknown=event.type)
    words = event.words or {}
    changed: dict[str, Any] = {"seq": seq}
    if event.facts.get("clocks"):
        changed["clocks"] = clocks.apply(state.clocks, event.facts["clocks"], words.get("name"))
    if event.type in _STATE and not event.facts.get("interim"):
        changed |= {"changed_at": event.at, "changed_seq": seq, "changed_by": event.type}
    effect = _EFFECTS.get(event.type)
    if effect:
        changed |= effect(state, event)
    return offers.lapsed(state._replace(**changed))


_STATE = frozenset(
    (
        "opened",
        "assigned",
        "against-named",
        "escalated",
        "deescalated",
        "paused",
        "resumed",
        "agreed",
        "resolved",
        "closed",
        "reopened",
        "merged",
        "absorbed",
        "stage-entered",
        "stage-left",
        "handover-accepted",
        "transfer-accepted",
    )
)
"""What changes level, pause, agreement, resolution, stage or owner: nothing of that is typed in before it.

An agreement for now only changes none of it.
"""


def _opened(state: Case, event: Event) -> dict[str, Any]:
    facts, words = event.facts, event.words or {}
    signs: tuple[Any, ...] = ()
    if facts["flags"]:
        from cstrack.domain import sign

        signs = sign.at_opening(event)
    same = ("kind", "level", "owner", "handler", "first_contact", "customer_number", "product_number")
    return {
        **{name: facts.get(name) for name in (*same, "category", "channel", "policy", "store")},
        "subject": words.get("subject"),
        "against": facts.get("against") or words.get("against"),
        "status": IN_WORK,
        "flags": tuple(sorted(facts["flags"] or ())),
        "signs": signs,
        "opened_at": event.at,
        "cycle_at": event.at,
        **_owned(state, event),
        "fields": own_fields.after((), event),
    }


def _owned(state: Case, event: Event) -> dict[str, Any]:
    """Who answers from now on, where the event says so: somebody, or nobody yet."""
    if event.facts.get("owner"):
        return {"owner": event.facts["owner"], "unowned_since": None}
    if event.facts.get("unowned"):
        last = state.owner or state.last_owner
        return {"owner": None, "unowned_since": event.at, "last_owner": last}
    return {}


def _assigned(state: Case, event: Event) -> dict[str, Any]:
    handler = {"handler": event.facts["handler"]} if "handler" in event.facts else {}
    return handler | _owned(state, event)


def _against_named(_state: Case, event: Event) -> dict[str, Any]:
    return {"against": event.facts.get("against") or (event.words or {}).get("against")}


def _escalated(state: Case, event: Event) -> dict[str, Any]:
    return {
        "level": event.facts["to"],
        "owner": None,
        "unowned_since": None,
        **_owned(state, event),
        "policy": event.facts.get("policy"),
        "status": IN_WORK if state.status == AGREED else state.status,
    }


def _deescalated(state: Case, event: Event) -> dict[str, Any]:
    moved = {"level": event.facts["to"], "policy": event.facts.get("policy")}
    return moved | _owned(state, event)


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


def _resolved(_state: Case, event: Event) -> dict[str, Any]:
    return {"status": RESOLVED, "resolved_at": event.at}


def _judged_anew(_state: Case, event: Event) -> dict[str, Any]:
    return {"policy": event.facts.get("policy")}


def _closed(state: Case, event: Event) -> dict[str, Any]:
    ended = {"status": CLOSED, "outcome": event.facts["outcome"], "closed_at": event.at}
    return ended | facets.over(state, event)


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
        **_owned(state, event),
        **facets.stage_over(state, event),
    }


def _merged(state: Case, event: Event) -> dict[str, Any]:
    ended = {"status": MERGED, "merged_into": event.facts["into"], "closed_at": event.at}
    ended |= {"handed_to": None, "sent_to": None}
    return ended | facets.over(state, event)


def _absorbed(state: Case, event: Event) -> dict[str, Any]:
    kept = ("opened_at", "cycle_at", "customer_number", "product_number")
    taken = {name: event.facts[name] for name in kept if name in event.facts}
    about = event.facts.get("against") or (event.words or {}).get("against")
    if about is not None:
        taken["against"] = about
    taken["granted_before"] = state.granted_before + event.facts.get("granted", 0)
    return {"absorbed": (*state.absorbed, event.facts["case"]), **taken, **_owned(state, event)}


_EFFECTS: dict[str, Callable[[Case, Event], dict[str, Any]]] = {
    "opened": _opened,
    "assigned": _assigned,
    "against-named": _against_named,
    "escalated": _escalated,
    "deescalated": _deescalated,
    "paused": _paused,
    "resumed": _resumed,
    "flagged": _flagged,
    "unflagged": _unflagged,
    "resolved": _resolved,
    "closed": _closed,
    "reopened": _reopened,
    "moved": _judged_anew,
    "merged": _merged,
    "absorbed": _absorbed,
    **facets.EFFECTS,
}
