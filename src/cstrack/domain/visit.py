"""A customer who is here and waits: when he came, when it was to be done, when he left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event


class Visit(NamedTuple):
    """From when to when a customer was here, in UTC seconds; `left_at` is None while he is.

    `expected_at` is when we told him, or expected, to be done.
    """

    arrived_at: int
    expected_at: int
    left_at: int | None = None


def visit_at(visits: Iterable[Visit], at: int) -> Visit | None:
    """The visit that lasted at this moment, if one did."""
    return next((v for v in visits if v.arrived_at <= at and (v.left_at is None or at < v.left_at)), None)


def arrived(state: Case, event: Event) -> dict[str, Any]:
    """The visits with one more."""
    return {"visits": (*state.visits, Visit(event.at, event.facts["expected_at"]))}


def left(state: Case, event: Event) -> dict[str, Any]:
    """The visits with the last one at its end."""
    *before, last = state.visits
    return {"visits": (*before, last._replace(left_at=event.at))}


def over(state: Case, event: Event) -> dict[str, Any]:
    """The visits after the case has ended: nobody waits for it any more."""
    *before, last = state.visits
    return {"visits": (*before, last._replace(left_at=max(event.at, last.arrived_at)))}
