"""What an event does to clocks, worked out once, at decision time: the `clocks` fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.clock import BREACHED, MET, PASSED, VOID
from cstrack.domain.deadlines import due_after_pauses, is_late
from cstrack.domain.policy import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft

NEXT_UPDATE = "next-update"
MET_BY_WORDS = ("first-response", "plan", NEXT_UPDATE)
"""Clocks that a contact or a proposal meets, which may be typed in for any moment."""


class Changes:
    """The changes of one event, collected in order; `made` goes into the event's facts."""

    __slots__ = ("_draft", "_next", "made")

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._next = len(draft.state.clocks) + 1
        self.made: list[dict[str, Any]] = []

    def start(
        self, kind: str, at: int, *, state: Case | None = None, latest: int | None = None, **given: Any
    ) -> None:
        """Start a clock at `at`, if the policy has it for such a case; pauses since `at` count.

        `state` is the case as it will be (a new level, say); it is due at `latest` at the latest;
        `given` overrides limit, name, due_at, or says when it has stopped already (stopped_at).
        """
        state = state or self._draft.state
        context = self._draft.context
        policy = context.policy
        if not policy.runs(kind, state.kind):
            return
        limit = given.pop("limit", None) or policy.limit(
            kind, level=state.level, channel=state.channel, flags=state.flags
        )
        if limit is None:
            return
        stood = [p for p in state.pauses if policy.pausable(kind, p.waiting_for)]
        due_at = due_after_pauses(at, limit, context.zone, [(p.start, p.end) for p in stood])
        if latest is not None:
            due_at = min(due_at, latest)
        started = {
            "n": self._next,
            "kind": kind,
            "cycle": state.cycle,
            "level": state.level,
            "limit": limit,
            "calendar": ALWAYS,
            "started_at": at,
            "due_at": due_at,
            **given,
        }
        pause = state.pause
        if "stopped_at" in started:
            started["verdict"] = _judged(started["due_at"], started["stopped_at"])
        elif pause is not None and pause in stood and started["due_at"] > pause.end:
            started |= {"paused_at": max(at, pause.start), "paused_until": pause.end}
        self.made.append(started)
        self._next += 1

    def stop(self, clock: Clock | None, at: int, verdict: str | None = None) -> None:
        """Stop a clock: judged by `at` unless a verdict is given. A pause that still lasts ends first.

        One that starts only after `at` (typed in earlier, for a later time) has no length.
        """
        if clock is None:
            return
        at = max(at, clock.started_at)
        freed = unpaused(clock, at)
        verdict = verdict or _judged(freed.get("due_at", clock.due_at), at)
        self.made.append({**freed, "n": clock.n, "stopped_at": at, "verdict": verdict})

    def end(self, clocks: Iterable[Clock], at: int) -> None:
        """Stop clocks that no longer apply: void, or breached where their time had come before.

        What was said only after `at`, and typed in before this, had not been said then.
        """
        for clock in clocks:
            if clock.running or (clock.kind in MET_BY_WORDS and clock.met_after(at)):
                self.stop(clock, at, BREACHED if clock.judged(at) == BREACHED else VOID)

    def hand_over(self, clock: Clock | None, at: int) -> None:
        """Stop a level clock because the case goes to another level: passed, or breached if late."""
        if clock is not None:
            self.stop(clock, at, PASSED if clock.judged(at) == MET else BREACHED)

    def change(self, clock: Clock, **fields: Any) -> None:
        """Overwrite fields of a running clock."""
        self.made.append({"n": clock.n, **fields})


def unpaused(clock: Clock, at: int) -> dict[str, Any]:
    """The fields that end a clock's pause at `at`: what is left of the pause is taken off the due time."""
    if clock.paused_until is None:
        return {}
    gained = max(0, clock.paused_until - max(at, clock.paused_at or at))
    return {"paused_at": None, "paused_until": None, "due_at": clock.due_at - gained}


def _judged(due_at: int, at: int) -> str:
    return BREACHED if is_late(due_at, at) else MET
