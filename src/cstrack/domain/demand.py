"""What a customer wants: demands in the order of their rank, each with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.events import Event

OPEN, CAN, CANNOT, PARKED = "open", "can", "cannot", "parked"
UNANSWERED = (OPEN, PARKED)


class Demand(NamedTuple):
    """One thing that the customer wants. `n` names it for good; `text` and `reason` are null once erased.

    `to` is whom it was parked with and `until` when an answer is due, in UTC seconds; `clock` is the
    number of the clock that runs until then. `said_at` is when it was said or last answered.
    """

    n: int
    text: str | None
    said_at: int
    state: str = OPEN
    to: str | None = None
    until: int | None = None
    reason: str | None = None
    clock: int | None = None


def added(demands: tuple[Demand, ...], event: Event) -> tuple[Demand, ...]:
    """The demands after one more: the others move down from its rank on."""
    text = (event.words or {}).get("text")
    place = event.facts["rank"] - 1
    return (*demands[:place], Demand(event.facts["n"], text, event.at), *demands[place:])


def answered(demands: tuple[Demand, ...], event: Event) -> tuple[Demand, ...]:
    """The demands after one was answered; what was answered before stands in the history."""
    facts = event.facts
    started = [change["n"] for change in facts.get("clocks", ()) if "kind" in change]
    answer = {
        "state": facts["answer"],
        "to": facts.get("to"),
        "until": facts.get("until"),
        "reason": (event.words or {}).get("text"),
        "clock": started[0] if started else None,
        "said_at": event.at,
    }
    return tuple(one._replace(**answer) if one.n == facts["n"] else one for one in demands)


def unanswered(demands: Iterable[Demand]) -> list[Demand]:
    """Those without an answer, parked or not, most important first."""
    return [one for one in demands if one.state in UNANSWERED]
