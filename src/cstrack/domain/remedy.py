"""What a customer gets: asked for, granted or not, paid. Each by a number of its own over the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event

ASKED, GRANTED, REJECTED, PAID, WITHDRAWN = "asked", "granted", "rejected", "paid", "withdrawn"
STATES = (ASKED, GRANTED, REJECTED, PAID, WITHDRAWN)


class Wanted(NamedTuple):
    """A remedy as a command names it: a code of the policy with a sum, or the number of one that is granted.

    `amount` in hundredths of the currency, 0 where it costs nothing; `liability` says that it is owed (赔偿),
    and is no goodwill (补偿).
    """

    code: str = ""
    amount: int = 0
    liability: bool = False
    number: int | None = None


class Remedy(NamedTuple):
    """One remedy of a case, as its events left it; `needs` is the lowest level that may grant it.

    `settled_by` granted, rejected or withdrew it. `clock` is the number of the clock that runs
    while it waits.
    """

    number: int
    code: str
    amount: int
    liability: bool
    needs: int
    state: str
    asked_by: str
    asked_at: int
    settled_by: str | None = None
    settled_at: int | None = None
    paid_at: int | None = None
    clock: int | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.state == ASKED

    @property
    def counts(self) -> bool:
        """Whether its amount counts among the sums that were granted."""
        return self.state in (GRANTED, PAID)


def _asked(state: Case, event: Event) -> dict[str, Any]:
    started = [change["n"] for change in event.facts.get("clocks", ()) if "kind" in change]
    made = _made(event, ASKED)._replace(clock=started[0] if started else None)
    return {"remedies": (*state.remedies, made)}


def _granted(state: Case, event: Event) -> dict[str, Any]:
    """One that waited, or a new one."""
    if any(one.number == event.facts["r"] for one in state.remedies):
        return _settled(state, event, GRANTED)
    made = _made(event, GRANTED)._replace(settled_by=event.facts["who"], settled_at=event.at)
    return {"remedies": (*state.remedies, made)}


def _rejected(state: Case, event: Event) -> dict[str, Any]:
    return _settled(state, event, REJECTED)


def _withdrawn(state: Case, event: Event) -> dict[str, Any]:
    return _settled(state, event, WITHDRAWN)


def _paid(state: Case, event: Event) -> dict[str, Any]:
    return _with(state, event, {"state": PAID, "paid_at": event.at})


def _settled(state: Case, event: Event, how: str) -> dict[str, Any]:
    settled = {"state": how, "settled_by": event.facts["who"], "settled_at": event.at}
    return _with(state, event, settled)


def _made(event: Event, how: str) -> Remedy:
    facts = event.facts
    told = {"number": facts["r"], "code": facts["remedy"], "amount": facts["amount"]}
    more = {"liability": facts["liability"], "needs": facts["needs"]}
    return Remedy(**told, **more, state=how, asked_by=facts["who"], asked_at=event.at)


def _with(state: Case, event: Event, changed: dict[str, Any]) -> dict[str, Any]:
    number = event.facts["r"]
    found = (one._replace(**changed) if one.number == number else one for one in state.remedies)
    return {"remedies": tuple(found)}


EFFECTS: dict[str, Callable[[Case, Event], dict[str, Any]]] = {
    "remedy-asked": _asked,
    "remedy-granted": _granted,
    "remedy-rejected": _rejected,
    "remedy-paid": _paid,
    "remedy-withdrawn": _withdrawn,
}
