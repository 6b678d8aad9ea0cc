"""Group complaints: cases are put together under one lead, or taken out; each keeps its own clocks.

A group is a stream of its own, and so is each of its cases: what is decided here goes into all of them,
or into none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.draft import guard_change, guard_live, guard_time
from cstrack.domain.decide.levels import raise_to
from cstrack.domain.errors import BadConfig, Refused
from cstrack.domain.events import GROUP, event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.events import Event
    from cstrack.domain.group import Group

LEAST = 2
"""So many cases at least are a group."""
WHY = "group"


def form(
    drafts: Sequence[Draft],
    number: Callable[[], int],
    *,
    lead: int | None = None,
    name: str | None = None,
    statement: str | None = None,
) -> Event:
    """Make one group of these cases, the first of them its lead unless another is named.

    `number` gives the group's own, and is asked once the cases are fit for it.
    """
    cases = [draft.state.number for draft in drafts]
    if len(cases) < LEAST:
        raise Refused("group-too-few", number=cases[0], count=len(cases))
    for draft in drafts:
        _guard(draft)
    if lead is not None and lead not in cases:
        raise Refused("group-lead-elsewhere", number=lead, cases=[f"C-{case}" for case in cases])
    made = number()
    for draft in drafts:
        _take_in(draft, made)
    at, words = drafts[0].context.at, {"name": name, "statement": statement}
    return event(GROUP, "formed", at, words=words, lead=lead or cases[0], cases=sorted(cases))._replace(seq=1)


def join(group: Group, drafts: Sequence[Draft]) -> Event:
    """Put further cases into a group."""
    for draft in drafts:
        _guard(draft, group)
    at = drafts[0].context.at
    guard_group(group, at)
    if not group.cases:
        raise Refused("group-dissolved", group=group.number)
    for draft in drafts:
        _take_in(draft, group.number)
    cases = sorted(draft.state.number for draft in drafts)
    return event(GROUP, "joined", at, cases=cases)._replace(seq=group.seq + 1)


def leave(group: Group, drafts: Sequence[Draft], *, text: str) -> Event:
    """Take cases out again, with a reason; their levels stay. All of them: the group is dissolved."""
    cases = sorted(draft.state.number for draft in drafts)
    left = [case for case in group.cases if case not in cases]
    for draft in drafts:
        guard_time(draft)
        if draft.state.group_number != group.number:
            raise Refused("group-not-in", number=draft.state.number, group=group.number)
    at = drafts[0].context.at
    guard_group(group, at)
    if len(left) == 1:
        raise Refused("group-one-left", number=left[0], group=group.number, all=_word(group.cases))
    if left and group.lead in cases:
        raise Refused("group-lead-leaves", number=group.lead, group=group.number, other=left[0])
    for draft in drafts:
        draft.record("ungrouped", words={"text": text}, group=group.number)
    return event(GROUP, "left", at, words={"text": text}, cases=cases)._replace(seq=group.seq + 1)


def change(
    group: Group,
    at: int,
    now: int,
    *,
    lead: int | None = None,
    name: str | None = None,
    statement: str | None = None,
) -> Event:
    """Give a group another lead, name or statement."""
    if at > now:
        raise Refused("time-in-future", at=at, now=now)
    guard_group(group, at)
    if lead is not None and lead not in group.cases:
        raise Refused("group-lead-elsewhere", number=lead, cases=[f"C-{case}" for case in group.cases])
    if lead in (None, group.lead) and (name or group.name, statement or group.statement) == (
        group.name,
        group.statement,
    ):
        raise Refused("group-unchanged", group=group.number)
    words = {"name": name, "statement": statement}
    changed = event(GROUP, "changed", at, words=words, lead=None if lead == group.lead else lead)
    return changed._replace(seq=group.seq + 1)


def guard_group(group: Group, at: int) -> None:
    """The group is known whole, and nothing of it is typed in for a time before its last change."""
    if group.unknown:
        raise BadConfig("group-event-unknown", group=group.number, type=group.unknown)
    if at < group.changed_at:
        raise Refused("group-time-before", group=group.number, at=at, changed_at=group.changed_at)


def _guard(draft: Draft, group: Group | None = None) -> None:
    """The case is live and in no group."""
    guard_live(draft)
    guard_time(draft)
    state = draft.state
    if state.group_number is not None:
        same = group is not None and state.group_number == group.number
        code = "group-in-already" if same else "group-in-another"
        raise Refused(code, number=state.number, group=state.group_number)
    if state.level < draft.context.policy.groups.level:
        guard_change(draft)


def _take_in(draft: Draft, number: int) -> None:
    """The case is of the group from now on, and at the level that takes groups at least."""
    draft.record("grouped", group=number)
    level = draft.context.policy.groups.level
    if draft.state.level < level:
        raise_to(draft, level, why=WHY, trigger=WHY)


def _word(cases: Sequence[int]) -> str:
    return ",".join(map(str, cases))
