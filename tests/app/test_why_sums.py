"""`why` on business calendars: what it shows for a clock always comes to the due time in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from cstrack.app.why import reckonings
from cstrack.domain.decide import ending, flags, levels, on_site, promises, stages, talk, waiting
from cstrack.domain.policy import Policy
from tests.support.garage import FEAST, extended, garage
from tests.support.spec import T0, ZONE, days, given, hours, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.app.reckoning import Reckoning
    from cstrack.domain.decide.draft import Draft
    from tests.support.spec import Scene

URGENT = {"limit": "90wm", "flags": ["safety"], "channels": [], "categories": []}
PLAN = {"limit": "16wh", "calendar": "workshop", "extensions": ["24wh"]}
CLOCKS: dict[str, dict[str, Any]] = {
    "plan": {**PLAN, "by_level": {"2": "12wh"}, "urgent": [URGENT]},
    "next-update": {"limit": "1wd", "calendar": "workshop"},
    "waiting-on-site": {"limit": "60wm", "again": "9wh", "calendar": "workshop", "urgent": [URGENT]},
    "stage": {"pausable": ["customer"], "calendar": "workshop"},
}
NIGHTS = {"mon": ["22:00-06:00"], "tue": ["05:00-12:00", "13:00-23:00"], "fri": ["00:00-24:00"]}
AWAY = {"zone": "Europe/London", "hours": NIGHTS}
POLICIES = [
    garage({1: "24wh", 2: "5wd", 3: "3wd close"}, clocks=CLOCKS),
    garage({1: "24wh", 2: "5wd", 3: "3wd close"}, clocks=CLOCKS, days=FEAST),
    garage({1: "40wh", 2: "16wh", 3: "72h"}, clocks=CLOCKS, counts_from="opening"),
    garage({1: "90wm", 2: "100wh", 3: "2wd"}, clocks=CLOCKS, calendar=AWAY),
]
POLICIES[2]["clocks"] |= {"waiting-on-site": {"limit": "2d"}}
POLICIES[3]["stages"] = [{"code": "look", "limit": "7wh"}, {"code": "plan", "limit": "9wh"}]


def _arrive(draft: Draft) -> None:
    on_site.arrive(draft, expected=draft.context.at + hours(3))


def _promise(draft: Draft) -> None:
    promises.promise(draft, text="x", due=draft.context.at + hours(30))


def _move(draft: Draft) -> None:
    promises.move(draft, n=1, due=draft.context.at + hours(31), agreed=True, text="x")


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
    "arrive": (_arrive, {}),
    "leave": (on_site.leave, {}),
    "promise": (_promise, {}),
    "move": (_move, {}),
    "plan": (stages.enter, {"code": "plan", "text": "x"}),
    "execution": (stages.enter, {"code": "execution", "text": "x"}),
}
POLICY = st.integers(0, len(POLICIES) - 1)
STEPS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(sorted(ORDERS)), st.sampled_from(["customer", "supplier"]), POLICY),
        st.integers(min_value=0, max_value=hours(50)),
    ),
    max_size=12,
)
KNOWN = {"flag", "level", "going-down", "policy", "calendar", "extension", "agreed"}


def lived(first: int, steps: list[tuple[str | int, int]]) -> tuple[Scene, list[Reckoning]]:
    """A case after whatever of these steps the rules allow, each number a policy that is applied."""
    scene, now = given(opened(), policy=_version(first, 2)), 0
    judged: dict[int, Policy] = {event.seq: scene.policy for event in scene.history}
    for step, later in steps:
        now += later
        tried = _tried(scene, step, now)
        if not tried.refusal:  # what a policy first catches up with was judged before it
            for event in tried.events:
                judged[event.seq] = (tried if event.type == "moved" else scene).policy
            scene = tried
    return scene, reckonings(scene.history, ZONE, lambda event: judged[event.seq])


def _tried(scene: Scene, step: str | int, at: int) -> Scene:
    if isinstance(step, int):
        why = "calendar" if step == 1 else "policy"
        return scene.follows(_version(step, scene.policy.version + 1), at, why=why)
    if step in ORDERS:
        order, words = ORDERS[step]
        return scene.when(order, at, **words)
    return scene.when(waiting.pause, at, waiting_for=step, until=T0 + at + days(2))


def _version(which: int, version: int) -> Policy:
    return Policy({**POLICIES[which], "version": version}, ZONE)


@settings(max_examples=400, deadline=None)
@for_any(POLICY, STEPS)
def test_limit_pauses_and_moves_always_come_to_the_due_time(
    first: int, steps: list[tuple[str | int, int]]
) -> None:
    scene, found = lived(first, steps)
    assert [one.clock for one in found] == list(scene.state.clocks)
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
