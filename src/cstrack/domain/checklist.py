"""Checklists of the policy: which fit a case, when their steps are due, and what was ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.deadlines import due, is_late
from cstrack.domain.limits import is_working
from cstrack.domain.policy import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cstrack.domain.case import Case
    from cstrack.domain.policy import Policy


class Ticked(NamedTuple):
    """A step that was done: when, by whom, and until when it had to be, in UTC seconds (None: any time).

    `cycle` is the cycle of the case in which it was done: a reopened case begins its steps anew. `text` is
    what was said with it: whom it names, for one that names somebody.
    """

    code: str
    at: int
    who: str
    due_at: int | None = None
    cycle: int = 1
    text: str | None = None

    @property
    def late(self) -> bool:
        """Whether its time had come when it was done."""
        return self.due_at is not None and is_late(self.due_at, self.at)


def fitting(policy: Policy, case: Case) -> list[Mapping[str, Any]]:
    """The checklists for such a case: each of kinds, levels, flags, channels that is given has one of its."""
    return [entry for entry in policy.data["checklists"] if _fits(entry, case)]


def steps(policy: Policy, case: Case) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The steps of the checklists that fit, each behind its list; one code may stand in several."""
    return ((entry, step) for entry in fitting(policy, case) for step in entry["steps"])


def done(case: Case) -> dict[str, Ticked]:
    """The steps that are done in the present cycle, by their codes."""
    return {one.code: one for one in case.ticked if one.cycle == case.cycle}


def due_at(
    policy: Policy, case: Case, entry: Mapping[str, Any], step: Mapping[str, Any], zone: str
) -> int | None:
    """When a step of a list is due; None for one without a limit.

    It counts from the opening or the last reopening, or from when a flag that the list is for was set:
    nobody is late with what a later sign calls for.
    """
    limit = step.get("limit")
    if limit is None:
        return None
    calendar = policy.calendar(policy.data.get("calendar") or ALWAYS) if is_working(limit) else None
    return due(_since(case, entry), limit, zone, calendar)


def _since(case: Case, entry: Mapping[str, Any]) -> int:
    """When the list began to be for this case."""
    signs = [sign.at for sign in case.signs if sign.flag in entry.get("flags", ())]
    return max(case.cycle_at, min(signs, default=case.cycle_at))


def _fits(entry: Mapping[str, Any], case: Case) -> bool:
    having: dict[str, set[Any]] = {
        "kinds": {case.kind},
        "levels": {case.level},
        "flags": set(case.flags),
        "channels": {case.channel},
    }
    return all(not had.isdisjoint(entry[name]) for name, had in having.items() if name in entry)
