"""Whom a matter of safety or a crisis rings at once, where nobody of its level is on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.case import ENDED, RESOLVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.domain.staff import Person, Roster

RINGS = ("safety", "crisis")
"""The signs that do not wait for duty."""


class Alarm(NamedTuple):
    """Nobody of this level or above is on duty; `people`, perhaps nobody, are on call."""

    level: int
    people: Sequence[Person]


def alarm(after: Case, events: Iterable[Event], roster: Roster, now: int) -> Alarm | None:
    """Whom to ring for what was just opened or flagged; None where nobody needs to be."""
    told = [sign for event in events for sign in _signs(event)]
    if not roster.exists or after.status in (*ENDED, RESOLVED) or not {*told}.intersection(RINGS):
        return None
    if roster.fit(after.level, now):
        return None
    return Alarm(after.level, roster.on_call(now))


def _signs(event: Event) -> Iterable[str]:
    if event.type == "opened":
        return event.facts.get("flags") or ()
    return (event.facts["flag"],) if event.type == "flagged" else ()
