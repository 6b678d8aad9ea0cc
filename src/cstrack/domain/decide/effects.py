"""What an event does to clocks, worked out once, at decision time: the `clocks` fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import ENDED, RESOLVED
from cstrack.domain.clock import BREACHED, MET, PASSED, VOID
from cstrack.domain.deadlines import is_late
from cstrack.domain.decide.reckoning import (
    as_due,
    begun,
    limit_now,
    limit_of,
    reckoned,
    renewed,
    unpaused,
)
from cstrack.domain.policy import ALWAYS
from cstrack.domain.standard_clocks import ON_SITE, TIME_SAID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft

LEVEL, NEXT_UPDATE = "level", "next-update"
WORDS = {"contact-out", "contact-in", "proposed"}
"""What may be typed in for any moment; clocks that it meets may be judged anew."""


class Changes:
    """The changes of one event, collected in order; `made` goes into the event's facts."""

    __slots__ = ("_draft", "_next", "made")

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._next = len(draft.state.clocks) + 1
        self.made: list[dict[str, Any]] = []

    def start(
        self,
        kind: str,
        at: int,
        *,
        state: Case | None = None,
        after: Clock | None = None,
        since: int | None = None,
        **given: Any,
    ) -> None:
        """Start a clock at `at`, if the policy has it for such a case; pauses since `at` count.

        `state` is the case as it will be (a new level, say); it is due no later than `after`, the
        clock that it takes the place of; `since` is what it counts from, where the clock's kind does not
        say so; `given` overrides limit, name, due_at, or says when it has stopped already (stopped_at).
        """
        state = state or self._draft.state
        context = self._draft.context
        policy = context.policy
        if not policy.runs(kind, state.kind):
            return
        limit = given.pop("limit", None) or limit_of(context.policy, kind, state)
        if limit is None:
            return
        counts = since is not None
        since = begun(policy, kind, state, at) if since is None else since
        found = reckoned(context, state, kind, since, limit)
        if after is not None and since != at and is_late(found["due_at"], at):
            # over already, counted from the opening: going down is no breach, so it counts from there
            since, found = at, reckoned(context, state, kind, at, limit)
        if after is not None and after.due_at < found["due_at"]:
            found = as_due(policy, after, found)
        started = {
            "n": self._next,
            "kind": kind,
            "cycle": state.cycle,
            "level": state.level,
            "started_at": at,
            **({"since": since} if counts or since != at else {}),
            **({"informs": True} if policy.informs(kind) else {}),
            **found,
            **given,
        }
        if "stopped_at" in started:
            for name in ("paused_at", "paused_until", "held_due"):
                started.pop(name, None)
            started["verdict"] = _judged(started["due_at"], started["stopped_at"])
        self.made.append(started)
        self._next += 1

    def say(self, kind: str, at: int, due_at: int, name: str | None = None) -> None:
        """Start a clock at `at` whose time a person said; a name that people gave stands in the words."""
        state = self._draft.state
        said = {"kind": kind, "cycle": state.cycle, "level": state.level, "limit": "", "calendar": ALWAYS}
        named = {} if name is None else {"name": name}
        self.made.append({"n": self._next, **said, "started_at": at, "due_at": due_at, **named})
        self._next += 1

    def take(self, clock: Clock, **fields: Any) -> None:
        """Let a clock of another case run on here, from when it started there; `fields` are what differs.

        The name of a promise, a task or a demand stands in the event's words.
        """
        state = self._draft.state
        same = ("kind", "limit", "calendar", "started_at", "due_at", "since", "informs", "provisional")
        told = {name: getattr(clock, name) for name in same if getattr(clock, name) not in (None, False)}
        here = {"n": self._next, "cycle": state.cycle, "level": state.level}
        given = {name: value for name, value in fields.items() if value is not None}
        self.made.append({**told, **here, **given})
        self._next += 1

    def begin(self, what: str, at: int, state: Case | None = None) -> None:
        """Start the policy's own clocks that this starts, where none of the kind runs after this event.

        Nothing starts on a case that has ended, nor what a resolution meets on one that is resolved.
        """
        policy, state = self._draft.context.policy, state or self._draft.state
        for kind in policy.own_clocks:
            over = state.status in ENDED or (state.status == RESOLVED and RESOLVED in policy.stops(kind))
            if what in policy.starts(kind) and not over and not self._runs(kind, state):
                self.start(kind, at, state=state)

    def _runs(self, kind: str, state: Case) -> bool:
        """Whether a clock of this kind runs once these changes are made."""
        if any(change.get("kind") == kind for change in self.made):
            return True
        clock = state.running(kind)
        return clock is not None and not any(
            change["n"] == clock.n and "stopped_at" in change for change in self.made
        )

    def meet(self, what: str, at: int) -> None:
        """Stop each clock that this answers; one that was answered only later is judged anew.

        Keeping the customer informed goes on after a word: next-update and waiting on site have rules of
        their own.
        """
        state, policy = self._draft.state, self._draft.context.policy
        for kind in dict.fromkeys(clock.kind for clock in state.clocks):
            clock = state.unanswered(kind, at)
            if kind not in (NEXT_UPDATE, ON_SITE) and what in policy.stops(kind) and not self._touched(clock):
                self.stop(clock, at)

    def stop(self, clock: Clock | None, at: int, verdict: str | None = None) -> None:
        """Stop a clock: judged by `at` unless a verdict is given. A pause that still lasts ends first.

        One that starts only after `at` (typed in earlier, for a later time) has no length.
        """
        if clock is None:
            return
        at = max(at, clock.started_at)
        freed = unpaused(self._draft.context.policy, clock, at)
        verdict = verdict or _judged(freed.get("due_at", clock.due_at), at)
        self.made.append({**freed, "n": clock.n, "stopped_at": at, "verdict": verdict})

    def end(self, clocks: Iterable[Clock], at: int) -> None:
        """Stop clocks that no longer apply: void, or breached where their time had come before.

        What was said only after `at`, and typed in before this, had not been said then.
        """
        policy = self._draft.context.policy
        for clock in clocks:
            by_words = not WORDS.isdisjoint(policy.stops(clock.kind))
            if clock.running or (by_words and clock.met_after(at)):
                self.stop(clock, at, BREACHED if self._late(clock, at) else VOID)

    def hand_over(self, clock: Clock | None, at: int) -> None:
        """Stop a level clock because the case goes to another level: passed, or breached if late."""
        if clock is not None:
            self.stop(clock, at, BREACHED if self._late(clock, at) else PASSED)

    def _late(self, clock: Clock, at: int) -> bool:
        """Whether its time has come at `at`, by what is left of it without a pause that still lasts."""
        freed = unpaused(self._draft.context.policy, clock, at)
        return is_late(freed.get("due_at", clock.due_at), at)

    def fit(self, at: int, state: Case) -> None:
        """Bring running clocks in line with the case as it will be: `state` has a new level or flag.

        A clock that does not apply any more ends. One that gets another limit is due at the earlier of
        its old due time and `at` plus that limit, so that nothing is breached backwards.
        """
        context = self._draft.context
        for clock in state.clocks:
            if not clock.running or clock.said or clock.kind in (LEVEL, *TIME_SAID) or self._touched(clock):
                continue
            limit = limit_now(context.policy, clock, state)
            if limit is None:
                self.end([clock], at)
            elif limit not in (clock.limit, limit_now(context.policy, clock, self._draft.state)):
                begins = clock.counted_from if clock.kind == ON_SITE else clock.started_at
                since = max(at, begins)
                found = reckoned(context, state, clock.kind, since, limit)
                if found["due_at"] < clock.due_at:
                    self.change(clock, since=since, **renewed(clock, found))

    def _touched(self, clock: Clock | None) -> bool:
        """Whether this event has changed the clock already: it is met, stopped or moved once."""
        return clock is not None and any(change["n"] == clock.n for change in self.made)

    def change(self, clock: Clock, **fields: Any) -> None:
        """Overwrite fields of a running clock."""
        self.made.append({"n": clock.n, **fields})


def _judged(due_at: int, at: int) -> str:
    return BREACHED if is_late(due_at, at) else MET
