"""A policy with business calendars: the shipped one, its levels counted in open time of a workshop."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from cstrack.app import why
from cstrack.app.applying import Made, apply
from cstrack.domain.dealer import DEALER
from cstrack.domain.decide.extending import extend
from cstrack.render.screen import Look
from cstrack.render.why import screen
from cstrack.render.why_object import why_object
from tests.support.spec import T0, ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.app.applying import Applied
    from cstrack.domain.decide.draft import Draft
    from tests.support.desks import Desk

HOURS = ["08:30-12:00", "13:30-18:00"]
WORKSHOP: dict[str, Any] = {
    "name": "workshop",
    "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
    "days": {},
    "confirmed_through": "2026-12-31",
}
CHINA = {
    **{f"2026-10-0{day}": {"name": "国庆节"} for day in range(1, 8)},
    "2026-10-10": {"name": "国庆节调休", "works_as": "fri"},
}


def garage(
    limits: Mapping[int, str],
    *,
    days: Mapping[str, Any] | None = None,
    clocks: Mapping[str, Mapping[str, Any]] | None = None,
    **policy: Any,
) -> dict[str, Any]:
    """The mapping: `limits` by level on the calendar `workshop`, whose listed days are `days`."""
    data = deepcopy(DEALER) | {"name": "garage", **policy}
    for level, limit in limits.items():
        data["levels"][str(level)] |= {"limit": limit, "calendar": "workshop"}
    for kind, rule in (clocks or {}).items():
        data["clocks"][kind] = {**data["clocks"].get(kind, {}), **rule}
    calendar = {**WORKSHOP, **policy.get("calendars", {}).get("workshop", {})}
    calendar["days"] = {**calendar["days"], **(days or {})}
    data["calendars"] = {**DEALER["calendars"], **policy.get("calendars", {}), "workshop": calendar}
    return data


def applied(desk: Desk, at: int, data: Mapping[str, Any], why: str = "policy") -> Applied:
    """Apply a mapping to a desk at a moment after T0."""
    return apply(desk.road(at), Made(data, "text"), why=why)


def extended(draft: Draft, **words: Any) -> None:
    extend(draft, **{"approved_by": "wang", "text": "x", **words})


def drawn(desk: Desk, at: int, width: int = 120) -> str:
    """What `why 1` prints at a moment, as of it."""
    with desk.reading() as db:
        told = why.explained(db, 1, T0 + at)
    return screen(told, T0 + at, ZONE, Look(width, colour=False, terminal=True), everything=True)


def numbers(desk: Desk, at: int, kind: str = "level") -> dict[str, Any]:
    """The object of the last clock of a kind, as of a moment."""
    with desk.reading() as db:
        told = why.explained(db, 1, T0 + at)
    found: dict[str, Any] = [c for c in why_object(told, T0 + at)["clocks"] if c["kind"] == kind][-1]
    return found
