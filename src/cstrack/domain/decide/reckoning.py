"""When a clock of a case is due, by the policy, its calendars and the pauses of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.deadlines import after_pauses, due_after_pauses
from cstrack.domain.limits import is_working
from cstrack.domain.policy import ALWAYS
from cstrack.domain.standard_clocks import ON_SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.calendar import Calendar
    from cstrack.domain.case import Case, Pause
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Context
    from cstrack.domain.policy import Policy


def limit_of(policy: Policy, kind: str, state: Case, *, again: bool = False) -> str | None:
    """The limit of such a clock for the case as it is, or None where the policy sets none.

    `again`: of a further word to a customer on site.
    """
    return policy.limit(
        kind,
        level=state.level,
        channel=state.channel,
        flags=state.flags,
        category=state.category,
        stage=state.stage,
        again=again,
    )


def limit_now(policy: Policy, clock: Clock, state: Case) -> str | None:
    """The limit that a running clock has by this policy, for the case as it is.

    The first word on site counts from a time that was expected, each further one from the word before.
    """
    return limit_of(policy, clock.kind, state, again=clock.kind == ON_SITE and clock.since is None)


def calendar_for(policy: Policy, kind: str, state: Case, limit: str) -> str:
    """The name of the calendar that such a limit counts on: real time needs none."""
    if not is_working(limit):
        return ALWAYS
    return policy.calendar_name(kind, level=state.level, stage=state.stage)


def begun(policy: Policy, kind: str, state: Case, at: int) -> int:
    """What a clock that starts at `at` counts from: a level's may count from the case's opening."""
    return state.cycle_at if kind == "level" and policy.counts_from_opening else at


def reckoned(context: Context, state: Case, kind: str, since: int, limit: str) -> dict[str, Any]:
    """The facts of a clock that counts `limit` from `since`: limit, calendar, due time, and its pause.

    Pauses of the case stop it where the policy says so; one that lasts holds the due time it found.
    """
    policy = context.policy
    name = calendar_for(policy, kind, state, limit)
    calendar = policy.calendar(name)
    stood = [pause for pause in state.pauses if policy.pausable(kind, pause.waiting_for)]
    pause = state.pause if state.pause in stood else None

    def due(pauses: Iterable[Pause]) -> int:
        return due_after_pauses(since, limit, context.zone, [(p.start, p.end) for p in pauses], calendar)

    found: dict[str, Any] = {"limit": limit, "calendar": name, "due_at": due(stood)}
    if pause is not None:
        held = due(one for one in stood if one is not pause)
        began = max(since, pause.start)
        if held > began:
            found |= {"paused_at": began, "paused_until": pause.end, "held_due": held}
    if calendar is not None and calendar.provisional(found["due_at"]):
        found["provisional"] = True
    return found


def as_due(policy: Policy, after: Clock, found: dict[str, Any]) -> dict[str, Any]:
    """The facts of a clock that is due when `after` is, whose place it takes, and waits as that one does."""
    kept = {name: found[name] for name in ("limit", "calendar")} | {"due_at": after.due_at}
    if after.paused_at is not None and "paused_at" in found:
        began = found["paused_at"]
        held = unpaused(policy, after, began)["due_at"]
        kept |= {"paused_at": began, "paused_until": found["paused_until"], "held_due": held}
    if after.provisional:
        kept["provisional"] = True
    return kept


def renewed(clock: Clock, found: dict[str, Any]) -> dict[str, Any]:
    """The fields of a running clock that is reckoned anew: what it had and has no more is taken away."""
    gone: dict[str, Any] = {}
    if clock.paused_at is not None:
        gone = {"paused_at": None, "paused_until": None, "held_due": None}
    if clock.provisional:
        gone["provisional"] = False
    return gone | found


def paused(policy: Policy, clock: Clock, began: int, ends: int) -> dict[str, Any]:
    """The fields of a running clock that stands still from `began` to `ends`."""
    calendar = calendar_of(policy, clock)
    moved = after_pauses(clock.counted_from, clock.due_at, clock.limit, [(began, ends)], calendar)
    found = {"paused_at": began, "paused_until": ends, "due_at": moved, "held_due": clock.due_at}
    return found | _confirmed(clock, calendar, moved)


def unpaused(policy: Policy, clock: Clock, at: int) -> dict[str, Any]:
    """The fields that end a clock's pause at `at`: exactly what was left when it began is left."""
    if clock.paused_until is None or clock.paused_at is None:
        return {}
    calendar = calendar_of(policy, clock)
    due_at = due_resumed(clock, at, calendar)
    ended = {"paused_at": None, "paused_until": None, "held_due": None, "due_at": due_at}
    return ended | _confirmed(clock, calendar, due_at)


def due_resumed(clock: Clock, at: int, calendar: Calendar | None) -> int:
    """The due time of a clock whose pause ends at `at`: as planned, or earlier by what the pause had left."""
    if clock.paused_at is None or clock.paused_until is None or at >= clock.paused_until:
        return clock.due_at
    held = clock.held_due
    if held is None:  # a history from before pauses said so: all its clocks ran day and night
        held = clock.due_at - (clock.paused_until - clock.paused_at)
    stood = [(clock.paused_at, max(at, clock.paused_at))]
    return after_pauses(clock.counted_from, held, clock.limit, stood, calendar)


def calendar_of(policy: Policy, clock: Clock) -> Calendar | None:
    """The calendar that a clock counts on; None for every hour of every day."""
    return policy.calendar(clock.calendar)


def _confirmed(clock: Clock, calendar: Calendar | None, due_at: int) -> dict[str, bool]:
    """Whether the new due time is provisional, where that is new."""
    provisional = calendar is not None and calendar.provisional(due_at)
    return {} if provisional == bool(clock.provisional) else {"provisional": provisional}
