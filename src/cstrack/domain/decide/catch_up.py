"""What clocks alone bring about: a level that ran out hands up, a pause comes to its end.

The same function serves the sweep and every command, which first brings its case up to its own time.
Each step is dated at its true instant, however late someone looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.levels import LIVE, raise_to
from cstrack.domain.decide.waiting import end_pause
from cstrack.domain.events import RULE

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.decide.draft import Draft

TIME_LIMIT = "time-limit"


def catch_up(draft: Draft, until: int) -> None:
    """Take every step by rule that was due at or before `until`, in order of time.

    It ends: a level step goes up or sets the mark at the top, and there is one end to a pause.
    """
    while True:
        pause_end, level_end = _pause_end(draft.state), _level_end(draft.state)
        if pause_end is not None and pause_end <= min(until, level_end or until):
            end_pause(draft, pause_end, why="pause-ended", cause=RULE)
        elif level_end is not None and level_end <= until:
            _level_ran_out(draft, level_end)
        else:
            return


def _pause_end(state: Case) -> int | None:
    return state.pause.end if state.pause else None


def _level_end(state: Case) -> int | None:
    clock = state.running("level")
    if clock is None or clock.breached_at is not None or state.status not in LIVE:
        return None
    return max(clock.due_at, clock.started_at)


def _level_ran_out(draft: Draft, at: int) -> None:
    state = draft.state
    if state.level < draft.context.policy.top:
        raise_to(draft, state.level + 1, why=TIME_LIMIT, at=at)
        return
    clock = state.running("level")
    if clock is not None:
        changes = Changes(draft)
        changes.change(clock, breached_at=clock.due_at)
        draft.record("limit-passed", at=at, cause=RULE, level=state.level, clocks=changes.made)
