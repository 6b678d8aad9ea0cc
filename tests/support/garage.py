"""A policy with business calendars: the shipped one, its levels counted in open time of a workshop."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from cstrack.app import why
from cstrack.app.applying import Made, apply
from cstrack.domain.dealer import DEALER
from cstrack.domain.decide.extending import extend
from cstrack.domain.policy import Policy, overlaid
from cstrack.record.project import case_row
from cstrack.record.rows import CaseRow
from cstrack.render.screen import Look
from cstrack.render.why import screen
from cstrack.render.why_object import why_object
from tests.support.spec import T0, ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.app.applying import Applied
    from cstrack.app.reckoning import Reckoning
    from cstrack.app.why import Explained
    from cstrack.domain.decide.draft import Draft
    from tests.support.desks import Desk
    from tests.support.spec import Scene

HOURS = ["08:30-12:00", "13:30-18:00"]
WORKSHOP: dict[str, Any] = {
    "name": "workshop",
    "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
    "days": {},
    "confirmed_through": "2026-12-31",
}
"""Eight hours on five days, with a break. T0 is half an hour after the opening of a Monday."""
FEAST = {
    **{f"2026-11-{day}": {"name": "店庆"} for day in (18, 19, 20)},
    "2026-11-21": {"name": "店庆调休", "works_as": "fri"},
    "2026-11-25": {"name": "盘点", "hours": ["08:30-12:00"]},
}
"""Three days off, a Saturday worked for one of them, and half a day."""


def garage(
    limits: Mapping[int, str],
    *,
    days: Mapping[str, Any] | None = None,
    clocks: Mapping[str, Mapping[str, Any]] | None = None,
    calendar: Mapping[str, Any] | None = None,
    counts_from: str = "level",
) -> dict[str, Any]:
    """The mapping: `limits` by level on the calendar `workshop`, whose listed days are `days`."""
    levels = {str(level): {"limit": limit, "calendar": "workshop"} for level, limit in limits.items()}
    made = overlaid(deepcopy(DEALER), {"name": "garage", "counts_from": counts_from, "levels": levels})
    made = overlaid(made, {"clocks": clocks or {}})
    made["calendars"]["workshop"] = {**WORKSHOP, "days": days or {}, **(calendar or {})}
    return made


def policy(limits: Mapping[int, str], *, version: int = 2, **words: Any) -> Policy:
    """These rules as a version of a desk's policy."""
    return Policy({**garage(limits, **words), "version": version}, ZONE)


def extended(draft: Draft, **words: Any) -> None:
    """The order for more time, with what it needs."""
    extend(draft, **{"approved_by": "wang", "text": "x", **words})


# --- without a database -------------------------------------------------------------------------------------


def explained(scene: Scene) -> Explained:
    """A case that one policy judged from its start, explained."""
    clocks = why.reckonings(scene.history, ZONE, lambda _event: scene.policy)
    actors = {event.seq: "system" if event.cause == "rule" else "li" for event in scene.history}
    return why.Explained(CaseRow(*case_row(scene.state, "张三", None)), clocks, actors)


def last(scene: Scene, kind: str = "level") -> Reckoning:
    """The last clock of a kind, explained."""
    return [one for one in explained(scene).clocks if one.clock.kind == kind][-1]


def drawn(told: Explained, at: int, width: int = 120) -> str:
    """The screen of all clocks as of a moment."""
    return screen(told, T0 + at, ZONE, Look(width, colour=False, terminal=True), everything=True)


def block(text: str, begins: str) -> list[str]:
    """The lines of one clock."""
    return next(part for part in text.split("\n\n") if part.startswith(begins)).split("\n")


# --- on a desk ----------------------------------------------------------------------------------------------


def applied(desk: Desk, at: int, data: Mapping[str, Any], why: str = "policy") -> Applied:
    """Apply a mapping to a desk at a moment after T0."""
    return apply(desk.road(at), Made(data, "text"), why=why)


def on_desk(desk: Desk, at: int) -> Explained:
    """The first case of a desk, explained as of a moment."""
    with desk.reading() as db:
        return why.explained(db, 1, T0 + at)


def numbers(desk: Desk, at: int, kind: str = "level") -> dict[str, Any]:
    """The object of the last clock of a kind, as of a moment."""
    clocks = why_object(on_desk(desk, at), T0 + at)["clocks"]
    found: dict[str, Any] = [clock for clock in clocks if clock["kind"] == kind][-1]
    return found
