"""What time alone brings about: a level that ran out hands up, a pause comes to its end, a duty begins.

The same function serves the sweep and every command, which first brings its case up to its own time.
Each step is dated at its true instant, however late someone looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.levels import LIVE, raise_to
from cstrack.domain.decide.owners import take_up, waiting
from cstrack.domain.decide.waiting import end_pause
from cstrack.domain.events import RULE

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft

TIME_LIMIT = "time-limit"


def catch_up(draft: Draft, until: int) -> None:
    """Take every step by rule that was due at or before `until`, in order of time.

    It ends: a level step goes up or sets the mark at the top, there is one end to a pause, and whoever
    takes a case up is there from then on.
    """
    while True:
        state = draft.state
        pause, clock, duty = state.pause, _level_clock(state), waiting(draft, until)
        ends = [clock and _end(clock), pause and pause.end, duty and duty[0]]
        first = min([until + 1, *(end for end in ends if end is not None)])
        if first > until:
            return
        if pause and pause.end == first:
            end_pause(draft, first, why="pause-ended", cause=RULE)
        elif clock and _end(clock) == first:
            _ran_out(draft, clock)
        elif duty:
            take_up(draft, *duty)


def _level_clock(state: Case) -> Clock | None:
    """The level clock that can still run out: not marked, not of a case that is resolved or ended."""
    clock = state.running("level")
    return clock if clock and clock.breached_at is None and state.status in LIVE else None


def _end(clock: Clock) -> int:
    """When it runs out; a clock that a late case took down with it has run out when it starts."""
    return max(clock.due_at, clock.started_at)


def _ran_out(draft: Draft, clock: Clock) -> None:
    level, policy = draft.state.level, draft.context.policy
    if level < policy.top and policy.hands_up:
        raise_to(draft, level + 1, why=TIME_LIMIT, at=_end(clock))
        return
    changes = Changes(draft)
    changes.change(clock, breached_at=clock.due_at)
    draft.record("limit-passed", at=_end(clock), cause=RULE, level=level, clocks=changes.made)
