"""A case follows a new policy: its running clocks move, end or stay, by one explicit event.

What was judged stays judged: a clock that stopped, and one whose time has come, keep what they have. A
clock that something else than its limit set (going down kept the earlier time, a sign that is gone
hastened it, a date was given by hand) keeps its due time. Nothing is breached backwards: a limit that
would have run out already runs out now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.deadlines import due_after_pauses, is_late
from cstrack.domain.decide.draft import Draft
from cstrack.domain.decide.effects import LEVEL, Changes
from cstrack.domain.decide.reckoning import (
    begun,
    calendar_for,
    calendar_of,
    limit_now,
    limit_of,
    reckoned,
    renewed,
)
from cstrack.domain.events import RULE
from cstrack.domain.standard_clocks import ON_SITE, TIME_SAID

if TYPE_CHECKING:
    from cstrack.domain.clock import Clock
    from cstrack.domain.policy import Policy

POLICY, CALENDAR = "policy", "calendar"


def follow(draft: Draft, before: Policy, *, why: str) -> None:
    """Judge the running clocks of a case by the context's policy, which comes after `before`.

    Nothing is recorded where nothing changes. `why` is policy, or calendar where only days changed.
    """
    # a clock that ends waited, if it did, on a calendar that only the policy before may know
    changes = Changes(Draft(draft.state, draft.context._replace(policy=before)))
    for clock in draft.state.clocks:
        if clock.running and not clock.said and clock.kind not in TIME_SAID:
            _follow(draft, changes, clock, before)
    if changes.made:
        draft.record("moved", cause=RULE, why=why, policy=draft.context.policy.label, clocks=changes.made)


def _follow(draft: Draft, changes: Changes, clock: Clock, before: Policy) -> None:
    state, policy, now = draft.state, draft.context.policy, draft.context.at
    limit = limit_now(policy, clock, state)
    if limit is None or not policy.runs(clock.kind, state.kind):
        changes.end([clock], now)
    elif is_late(clock.due_at, now):
        return
    elif _by_its_limit(draft, clock, before):
        found = _moved(draft, clock, _extended(policy, before, clock) or limit, before)
        news = {name: value for name, value in found.items() if value != getattr(clock, name)}
        if news:
            changes.change(clock, **news)
    elif not policy.has_calendar(clock.calendar):
        # its due time stays; what moves it from now on, a pause, needs a calendar that there is
        changes.change(clock, limit=limit, calendar=calendar_for(policy, clock.kind, state, limit))


def _moved(draft: Draft, clock: Clock, limit: str, before: Policy) -> dict[str, Any]:
    """The fields of a clock that has `limit` from now on, from the start it had."""
    state, context = draft.state, draft.context
    policy, since = context.policy, clock.counted_from
    if clock.kind == LEVEL and policy.counts_from_opening != before.counts_from_opening:
        since = begun(policy, LEVEL, state, clock.started_at)
    found = reckoned(context, state, clock.kind, since, limit)
    whole = _unhastened(draft, clock) if limit != clock.limit else None
    if whole is not None and whole["due_at"] < found["due_at"]:
        since, found = clock.started_at, whole
    found = renewed(clock, found)
    found["due_at"] = max(found["due_at"], context.at)
    if since != clock.counted_from:
        found["since"] = since
    if policy.informs(clock.kind) != bool(clock.informs):
        found["informs"] = policy.informs(clock.kind)
    return found


def _unhastened(draft: Draft, clock: Clock) -> dict[str, Any] | None:
    """Of a clock that a sign or a level hastened: what it comes to without that; None for any other.

    What hastened it never gives it more time, also where its limit from then on is a longer one now.
    """
    if clock.kind in (LEVEL, ON_SITE) or clock.counted_from == clock.started_at:
        return None
    at_first = draft.state._replace(level=clock.level, flags=())
    limit = limit_of(draft.context.policy, clock.kind, at_first)
    if limit is None:
        return None
    return reckoned(draft.context, draft.state, clock.kind, clock.started_at, limit)


def _by_its_limit(draft: Draft, clock: Clock, before: Policy) -> bool:
    """Whether limit and due time are what the policy, its calendar and the pauses come to."""
    state = draft.state
    extended = clock.limit in before.extensions(clock.kind, clock.level)
    if not extended and clock.limit != limit_now(before, clock, state):
        return False
    stood = [(p.start, p.end) for p in state.pauses if before.pausable(clock.kind, p.waiting_for)]
    calendar = calendar_of(before, clock)
    return clock.due_at == due_after_pauses(
        clock.counted_from, clock.limit, draft.context.zone, stood, calendar
    )


def _extended(policy: Policy, before: Policy, clock: Clock) -> str | None:
    """The limit of a clock that was extended, where the new policy still allows such a one."""
    was = clock.limit in before.extensions(clock.kind, clock.level)
    return clock.limit if was and clock.limit in policy.extensions(clock.kind, clock.level) else None
