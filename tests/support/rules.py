"""Policies of a test's own: the shipped one with something laid over it or taken out of it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from cstrack.domain.dealer import DEALER
from cstrack.domain.policy import Policy, overlaid
from tests.support.spec import ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE: dict[str, Any] = {
    "name": "office",
    "hours": {day: ["09:00-17:00"] for day in WEEKDAYS},
    "days": {},
    "confirmed_through": "2026-12-31",
}
"""Eight hours on five days. T0 is the opening of a Monday."""


def rules(over: Mapping[str, Any] | None = None, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The shipped rules with `over` laid upon them; `without` names what is out: clocks.plan, repeat."""
    made = overlaid(deepcopy(DEALER), {"calendars": {"office": OFFICE}})
    made = overlaid(made, over or {})
    for path in without:
        *tables, key = path.split(".")
        under: dict[str, Any] = made
        for table in tables:
            under[table] = dict(under[table])
            under = under[table]
        del under[key]
    return made


def policy(
    over: Mapping[str, Any] | None = None, *, without: tuple[str, ...] = (), version: int = 2
) -> Policy:
    """These rules as a policy of the desk: `dealer v2` where no other version is said."""
    return Policy({**rules(over, without=without), "version": version}, ZONE)


def clock(kind: str, **rule: Any) -> dict[str, Any]:
    """What lays other rules over one clock."""
    return {"clocks": {kind: rule}}


def limits(*by_level: str, **rule: Any) -> dict[str, Any]:
    """What gives the levels, from the first on, these limits."""
    return {"levels": {str(n): {"limit": limit, **rule} for n, limit in enumerate(by_level, start=1)}}


def holidays(*dates: str, **rule: Any) -> dict[str, Any]:
    """What closes the office on these days."""
    return {"calendars": {"office": {"days": {date: {"name": "休"} for date in dates}, **rule}}}
