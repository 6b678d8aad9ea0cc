"""`why` on business calendars: what it shows for a clock always comes to the due time in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from cstrack.app.why import reckonings
from cstrack.domain.case import Case
from cstrack.domain.decide import ending, flags, levels, talk, waiting
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Context, Draft
from cstrack.domain.decide.following import follow
from cstrack.domain.errors import CstrackError
from cstrack.domain.policy import Policy
from tests.support.garage import CHINA, extended, garage
from tests.support.spec import T0, ZONE, days, hours, open_

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.app.reckoning import Reckoning
    from cstrack.domain.events import Event

URGENT: dict[str, Any] = {"limit": "90wm", "flags": ["safety"], "channels": [], "categories": []}
PLAN: dict[str, Any] = {
    "limit": "16wh",
    "calendar": "workshop",
    "extensions": ["24wh"],
    "by_level": {"2": "12wh"},
}
CLOCKS: dict[str, dict[str, Any]] = {
    "plan": {**PLAN, "urgent": [URGENT]},
    "next-update": {"limit": "1wd", "calendar": "workshop"},
}
NIGHTS = {"mon": ["22:00-06:00"], "tue": ["05:00-12:00", "13:00-23:00"], "fri": ["00:00-24:00"]}
AWAY = {"workshop": {"zone": "Europe/London", "hours": NIGHTS}}
POLICIES = [
    garage({1: "24wh", 2: "5wd", 3: "3wd close"}, clocks=CLOCKS),
    garage({1: "24wh", 2: "5wd", 3: "3wd close"}, clocks=CLOCKS, days={"2026-11-18": {"name": "closed"}}),
    garage({1: "40wh", 2: "16wh", 3: "72h"}, clocks=CLOCKS, days=CHINA, counts_from="opening"),
    garage({1: "90wm", 2: "100wh", 3: "2wd"}, clocks=CLOCKS, calendars=AWAY),
]
ORDERS: dict[str, tuple[Callable[..., None], dict[str, Any]]] = {
    "out": (talk.contact, {"direction": "out", "text": "x"}),
    "resume": (waiting.resume, {}),
    "up": (levels.escalate, {"text": "x"}),
    "down": (levels.deescalate, {"text": "x"}),
    "safety": (flags.flag, {"flag": "safety"}),
    "agree": (ending.agree, {"text": "x"}),
    "resolve": (ending.resolve, {"text": "x"}),
    "reopen": (ending.reopen, {"text": "x"}),
    "extend": (extended, {"clock": "plan"}),
}
POLICY = st.integers(0, len(POLICIES) - 1)
STEPS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(sorted(ORDERS)), st.sampled_from(["customer", "supplier"]), POLICY),
        st.integers(min_value=0, max_value=hours(50)),
    ),
    max_size=12,
)
KNOWN = {"flag", "level", "going-down", "policy", "calendar", "extension"}


def lived(first: int, steps: list[tuple[str | int, int]]) -> tuple[Case, list[Reckoning]]:
    """A case after whatever of these steps the rules allow, each number a policy that is applied."""
    policies = [Policy(POLICIES[first] | {"version": 2}, ZONE)]
    judged: dict[int, Policy] = {}
    events: list[Event] = []
    state, now = Case(1), T0
    for step, later in [("open", 0), *steps]:
        now += later
        draft = Draft(state, Context(now, now, "li", policies[-1], ZONE))
        try:
            catch_up(draft, now)
            done = len(draft.events)
            _do(draft, step, policies)
        except CstrackError:
            continue
        judged |= {event.seq: policies[-1] for event in draft.events}
        if isinstance(step, int):  # what it caught up with was judged before
            judged |= {event.seq: policies[-2] for event in draft.events[:done]}
        state, events = draft.state, [*events, *draft.events]
    return state, reckonings(events, ZONE, lambda event: judged[event.seq])


def _do(draft: Draft, step: str | int, policies: list[Policy]) -> None:
    if isinstance(step, int):
        before = policies[-1]
        policies.append(Policy(POLICIES[step] | {"version": before.version + 1}, ZONE))
        draft.context = draft.context._replace(policy=policies[-1])
        follow(draft, before, why="calendar" if step == 1 else "policy")
    elif step == "open":
        open_(draft)
    elif step in ORDERS:
        order, words = ORDERS[step]
        order(draft, **words)
    else:
        waiting.pause(draft, waiting_for=step, until=draft.context.at + days(2))


@settings(max_examples=400, deadline=None)
@for_any(POLICY, STEPS)
def test_limit_pauses_and_moves_always_come_to_the_due_time(
    first: int, steps: list[tuple[str | int, int]]
) -> None:
    state, found = lived(first, steps)
    assert [one.clock for one in found] == list(state.clocks)
    for one in found:
        assert [one.base, *one.running_sum()][-1] == one.clock.due_at
        assert {move.why for move in one.moves} <= KNOWN


@settings(max_examples=400, deadline=None)
@for_any(POLICY, STEPS)
def test_the_days_of_a_clock_add_up_to_what_its_limit_counts(
    first: int, steps: list[tuple[str | int, int]]
) -> None:
    for one in lived(first, steps)[1]:
        told = one.days()
        assert (told is None) == (one.calendar is None or not one.is_working)
        if told is None or one.calendar is None:
            continue
        stood = [(pause.start, pause.end) for pause in one.stood]
        assert sum(day.used_s for day in told) == one.calendar.used(one.since, one.clock.due_at, stood)
        if one.by_its_limit and one.counts_days is None:
            whole = one.open_seconds(one.since, one.due(()))
            assert sum(day.used_s for day in told) == whole
        if one.by_its_limit and one.counts_days is not None:
            assert max(day.number or 0 for day in told) == one.counts_days
