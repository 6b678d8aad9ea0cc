"""A case follows a new policy: its running clocks move, end or stay, by one explicit event.

What was judged stays judged: a clock that stopped, and one whose time has come, keep what they have. A
clock that something else than its limit set (going down kept the earlier time, a date was given by hand)
keeps its due time. Nothing is breached backwards: a limit that would have run out already runs out now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.deadlines import due_after_pauses, is_late
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.reckoning import calendar_of, reckoned, renewed
from cstrack.domain.events import RULE
from cstrack.domain.standard_clocks import TIME_SAID

if TYPE_CHECKING:
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.policy import Policy

POLICY, CALENDAR = "policy", "calendar"


def follow(draft: Draft, before: Policy, *, why: str) -> None:
    """Judge the running clocks of a case by the context's policy, which comes after `before`.

    Nothing is recorded where nothing changes. `why` is policy, or calendar where only days changed.
    """
    changes = Changes(draft)
    for clock in draft.state.clocks:
        if clock.running and clock.kind not in TIME_SAID:
            _follow(draft, changes, clock, before)
    if changes.made:
        draft.record("moved", cause=RULE, why=why, policy=draft.context.policy.label, clocks=changes.made)


def _follow(draft: Draft, changes: Changes, clock: Clock, before: Policy) -> None:
    state, context = draft.state, draft.context
    policy, now = context.policy, context.at
    limit = policy.limit(
        clock.kind, level=clock.level, channel=state.channel, flags=state.flags, category=state.category
    )
    if limit is None or not policy.runs(clock.kind, state.kind):
        changes.end([clock], now)
    elif not is_late(clock.due_at, now) and _by_its_limit(draft, clock, before):
        since = clock.started_at if clock.since is None else clock.since
        limit = _extended(policy, before, clock) or limit
        found = reckoned(context, state, clock.kind, since, limit)
        found["due_at"] = max(found["due_at"], now)
        found = renewed(clock, found)
        if policy.informs(clock.kind) != bool(clock.informs):
            found["informs"] = policy.informs(clock.kind)
        news = {name: value for name, value in found.items() if value != getattr(clock, name)}
        if news:
            changes.change(clock, **news)


def _by_its_limit(draft: Draft, clock: Clock, before: Policy) -> bool:
    """Whether the due time is what the limit, the calendar and the pauses come to."""
    since = clock.started_at if clock.since is None else clock.since
    stood = [(p.start, p.end) for p in draft.state.pauses if before.pausable(clock.kind, p.waiting_for)]
    calendar = calendar_of(before, clock)
    return clock.due_at == due_after_pauses(since, clock.limit, draft.context.zone, stood, calendar)


def _extended(policy: Policy, before: Policy, clock: Clock) -> str | None:
    """The limit of a clock that was extended, where the new policy still allows such a one."""
    was = clock.limit in before.extensions(clock.kind, clock.level)
    return clock.limit if was and clock.limit in policy.extensions(clock.kind, clock.level) else None
