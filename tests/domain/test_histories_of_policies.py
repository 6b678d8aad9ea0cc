"""Random histories under policies that come and go: whatever is applied, and whenever, makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as random
from hypothesis import settings
from hypothesis import strategies as st

from cstrack.domain.decide import (
    ending,
    extending,
    flags,
    levels,
    on_site,
    stages,
    talk,
    waiting,
)
from cstrack.domain.evolve import fold
from tests.support.histories import OPENINGS, STEPS, Told, check_clock, check_one_of_a_kind
from tests.support.rules import clock, holidays, limits, policy
from tests.support.spec import T0, days, given, hours, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft
    from tests.support.spec import Scene

OFFICE = limits("8wh", "2wd", "3wd close", calendar="office")
MANDATE = {"limit": "5wd", "calendar": "office", "extensions": ["8wd", "60wd"], "pausable": ["customer"]}
OWN = {
    "answer": {**MANDATE, "starts": ["opened", "reopened"], "stops": ["resolved"]},
    "word": {"limit": "6h", "starts": ["contact-out", "level"], "stops": ["contact-out", "level"]},
    "check": {"limit": "9h", "starts": ["agreed", "resolved"], "stops": ["closed"], "levels": [1, 3]},
    "step": {
        "limit": "1d",
        "by_level": {"2": "3h", "3": "2d"},
        "starts": ["contact-in"],
        "stops": ["proposed"],
    },
}
SITE = {"limit": "2h", "again": "3wh", "calendar": "office"}
STAGES = [
    {"code": "plan", "limit": "5wh", "calendar": "office"},
    {"code": "execution", "limit": "5h"},
    {"code": "callback"},
]
HASTY = {"limit": "4h", "flags": ["dissatisfied"], "channels": ["web"], "categories": []}
EVERYTHING = {name: {"pausable": ["customer", "supplier", "third-party"]} for name in ("plan", "level")}
POLICIES = [
    policy(),
    policy(OFFICE),
    policy({**OFFICE, **holidays("2026-11-17", "2026-11-18", confirmed_through="2026-11-19")}),
    policy(limits("1h", "100h", "2h")),
    policy({"counts_from": "opening"}),
    policy({"counts_from": "opening", **OFFICE, "clocks": OWN}),
    policy({"clocks": {**EVERYTHING, "plan": {"limit": "9wh", "calendar": "office", "urgent": [HASTY]}}}),
    policy({"clocks": {**OWN, "plan": {"extensions": ["30h", "90h"], "by_level": {"3": "2h"}}}}),
    policy(clock("level", then="mark", pausable=[])),
    policy(without=("clocks.plan", "clocks.level", "clocks.next-update", "calendars.office")),
    policy({"stages": STAGES, "clocks": {"stage": {"pausable": ["customer"]}, "waiting-on-site": SITE}}),
    policy(without=("clocks.stage", "clocks.waiting-on-site")),
]
TEXT = {"text": st.just("x")}
WHO = {"approved_by": st.just("zhao"), **TEXT}
WAITS = {
    "waiting_for": st.sampled_from(["customer", "supplier"]),
    "length": st.one_of(st.sampled_from([hours(8), hours(20), days(3)]), st.integers(1, days(3))),
}


def wait(draft: Draft, *, waiting_for: str, length: int) -> None:
    waiting.pause(draft, waiting_for=waiting_for, until=draft.context.at + length)


ORDERS: list[tuple[Callable[..., None], dict[str, st.SearchStrategy[Any]]]] = [
    (wait, WAITS),
    (wait, WAITS),
    (waiting.resume, {}),
    (waiting.resume, {}),
    (levels.escalate, TEXT),
    (levels.deescalate, WHO),
    (levels.deescalate, WHO),
    (flags.flag, {"flag": st.sampled_from(["dissatisfied", "departments"])}),
    (flags.unflag, {"flag": st.sampled_from(["dissatisfied", "departments"]), **TEXT}),
    (talk.contact, {"direction": st.sampled_from(["in", "out"]), **TEXT}),
    (extending.extend, {"clock": st.sampled_from(["plan", "answer", "level"]), **WHO}),
    (stages.enter, {"code": st.sampled_from(["plan", "execution", "callback"]), **TEXT}),
    (stages.leave, {}),
    (on_site.arrive, {}),
    (on_site.leave, {}),
    (ending.agree, TEXT),
    (ending.resolve, TEXT),
    (ending.reopen, TEXT),
]
GAP = st.one_of(st.sampled_from([0, 1, hours(1), hours(5)]), st.integers(0, hours(20)))
DONE = st.sampled_from(ORDERS).flatmap(
    lambda one: st.builds(Told, GAP, st.just(0), st.just(one[0]), st.fixed_dictionaries(one[1]))
)
COMPLAINTS = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(["phone", "web"]),
        "flags": st.sampled_from([(), (), ("departments",), ("vip",)]),
    }
)
POLICY = st.one_of(st.sampled_from([4, 5]), st.sampled_from(range(len(POLICIES))))
APPLIED = st.tuples(GAP, POLICY)
LIVELY = st.lists(st.one_of(DONE, DONE, DONE, APPLIED), min_size=8, max_size=24)
MIXED = st.lists(st.one_of(STEPS.map(lambda told: told[0]), DONE, APPLIED), min_size=3, max_size=14)
"""Orders that are typed in later as well."""


def check_case(case: Case, now: int) -> None:
    """What holds of every case under any policy, worked out anew and not by the rules."""
    running = [one for one in case.clocks if one.running]
    check_one_of_a_kind(case)
    assert [one.n for one in case.clocks] == list(range(1, len(case.clocks) + 1))
    assert not running or case.status != "closed", "a clock runs on after the end"
    for one in case.clocks:
        check_clock(case, one)
        if one.state(now) == "paused":
            assert one.due_at > now, "late while it waits"
            assert one.held_due is not None
            assert one.held_due <= one.due_at
            assert (one.paused_at or 0) < one.held_due


def check_applied(before: Case, after: Case, now: int) -> None:
    """What a new policy may do: `before` is the case caught up to `now` by the old one."""
    assert len(before.clocks) == len(after.clocks), "a policy starts no clock"
    assert (before.level, before.status, before.pauses) == (after.level, after.status, after.pauses)
    for old, new in zip(before.clocks, after.clocks, strict=True):
        if not old.running:
            assert new == old, "a verdict was touched"
        elif old.due_at <= now:
            assert new in (old, old._replace(stopped_at=now, verdict="breached")), "what was late moved"
        else:
            assert new.verdict in (None, "void")
            assert not new.running or new.due_at >= now, "breached backwards"


def check_spent(before: Scene, t0: int, after: Scene, t1: int) -> None:
    """A clock that nothing set anew has spent the open time that it ran, and no pause took any of it."""
    then = {one.n: one for one in before.state.clocks if one.running}
    for new in after.state.clocks:
        old = then.get(new.n)
        same = old and (old.limit, old.calendar, old.since) == (new.limit, new.calendar, new.since)
        if old is not None and same and new.running and old.due_at > t1:
            ran_from = t0 if old.paused_until is None else max(t0, min(old.paused_until, t1))
            spent = length(before, old, ran_from, t1)
            assert left(after, new, t1) == left(before, old, t0) - spent, (old, new)


def left(scene: Scene, one: Clock, now: int) -> int:
    """Seconds of the clock's own kind that it has left: as they were when a lasting pause began."""
    if one.paused_at is not None and one.held_due is not None and now < (one.paused_until or 0):
        return length(scene, one, one.paused_at, one.held_due)
    return length(scene, one, now, one.due_at)


def length(scene: Scene, one: Clock, begins: int, ends: int) -> int:
    calendar = scene.policy.calendar(one.calendar)
    return ends - begins if calendar is None else calendar.used(begins, ends)


def check_down(before: Scene, after: Scene, now: int) -> None:
    """Going down gives nobody more time than was left."""
    old, new = before.state.running("level"), after.state.running("level")
    if old and new and old.n != new.n and old.calendar == new.calendar and old.due_at > now:
        assert left(after, new, now) <= left(before, old, now), (old, new)


def walk(first: int, opening: dict[str, Any], steps: list[Told | tuple[int, int]]) -> None:
    scene, typed = given(opened(**opening), policy=POLICIES[first]), 0
    for told in steps:
        if isinstance(told, Told):
            typed += told.after
            happened = max(0, typed - told.back)
            caught = scene.when(lambda _draft: None, happened).accepted()
            after = scene.when(told.order, happened, typed=typed, **told.words)
            if after.refusal is None:
                if not told.back:
                    check_spent(caught, T0 + typed, after, T0 + typed)
                if told.order is levels.deescalate:
                    check_down(caught, after, T0 + happened)
                scene = after
        else:
            typed += told[0]
            caught = scene.when(lambda _draft: None, typed).accepted()
            scene = scene.follows(POLICIES[told[1]], typed)
            check_applied(caught.state, scene.state, T0 + typed)
            again = scene.follows(POLICIES[told[1]], typed)
            assert "moved" not in {event.type for event in again.events}
        check_case(scene.state, T0 + typed)
        later = scene.when(lambda _draft: None, typed + hours(3)).accepted()
        check_spent(scene, T0 + typed, later, T0 + typed + hours(3))
    swept = scene.when(lambda _draft: None, typed + days(30)).accepted()
    check_case(swept.state, T0 + typed + days(30))
    assert swept.when(lambda _draft: None, typed + days(30)).accepted().events == []
    for event in swept.history:
        fold(1, [one for one in swept.history if one.at <= event.at])


@random(POLICY, COMPLAINTS, LIVELY)
@settings(max_examples=300)
def test_policies_that_come_and_go_leave_a_state_that_makes_sense(
    first: int, opening: dict[str, Any], steps: list[Any]
) -> None:
    walk(first, opening, steps)


@random(POLICY, OPENINGS, MIXED)
@settings(max_examples=100)
def test_so_they_do_where_orders_are_typed_in_later(
    first: int, opening: dict[str, Any], steps: list[Any]
) -> None:
    walk(first, opening, steps)


@pytest.mark.soak
@random(POLICY, st.one_of(COMPLAINTS, OPENINGS), st.one_of(LIVELY, LIVELY, MIXED))
@settings(max_examples=20_000)
def test_soak_policies_that_come_and_go_leave_a_state_that_makes_sense(
    first: int, opening: dict[str, Any], steps: list[Any]
) -> None:
    walk(first, opening, steps)
