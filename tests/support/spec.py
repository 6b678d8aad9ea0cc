"""The rules told as sentences, without a database: given(...).when(...).then(...) or .refused(...).

Instants are seconds after T0, a Monday morning; `at` is when a thing happens, `typed` when it is typed
in (at once where it is not said).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cstrack.domain.case import Case
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Context, Draft
from cstrack.domain.decide.following import POLICY, follow
from cstrack.domain.decide.opening import Complaint, open_case
from cstrack.domain.errors import CstrackError
from cstrack.domain.events import RULE, Event
from cstrack.domain.evolve import evolve, fold
from cstrack.domain.policy import Policy, default_policy
from cstrack.domain.staff import NOBODY, Roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.clock import Clock

    Step = Callable[["Scene"], "Scene"]

ZONE = "Asia/Shanghai"
T0 = int(datetime.fromisoformat("2026-11-16T09:00:00+08:00").timestamp())


def minutes(count: float) -> int:
    return int(count * 60)


def hours(count: float) -> int:
    return minutes(count * 60)


def days(count: float) -> int:
    return hours(count * 24)


def contact_hours(start: int, count: float) -> int:
    """`count` hours after `start`, both after T0, counted only from 08:30 to 20:00 of every day.

    Reckoned by hand, for the clock of the next word: T0 is half an hour into the first day's 11.5 hours,
    and what is used up exactly at 20:00 is due then, not the next morning.
    """
    whole, early = hours(11.5), minutes(30)
    day, so_far = divmod(start + early, days(1))
    full, rest = divmod(day * whole + min(so_far, whole) + hours(count), whole)
    return days(full) + rest - early if rest else days(full - 1) + whole - early


def open_(draft: Draft, **words: Any) -> None:
    """The order to open a case, as a complaint in the front line's hands unless said otherwise."""
    open_case(draft, Complaint(**{"subject": "空调不制冷", "taken_by": "li", **words}))


def opened(at: int = 0, **words: Any) -> Step:
    return did(open_, at, **words)


def did(order: Callable[..., None], at: int, **words: Any) -> Step:
    """A thing that was ordered and done."""
    return lambda scene: scene.when(order, at, **words).accepted()


def until(at: int) -> Step:
    """Time passes: what clocks alone bring about is done."""
    return did(lambda _draft: None, at)


def follows(policy: Policy, at: int, *, why: str = POLICY) -> Step:
    """A policy was applied."""
    return lambda scene: scene.follows(policy, at, why=why)


def together(
    order: Callable[..., None], one: Scene, other: Scene, at: int, *, who: str = "li", **words: Any
) -> tuple[Scene, Scene]:
    """An order about two cases: both as it leaves them, or as they were, each with its refusal."""
    both = (one, other)
    drafts = [Draft(s.state, Context(T0 + at, T0 + at, who, s.policy, s.zone, roster=s.roster)) for s in both]
    after = [Scene(s.state, s.zone, s.policy, s.roster, s.history) for s in both]
    try:
        for draft in drafts:
            catch_up(draft, draft.context.at)
        order(*drafts, **words)
    except CstrackError as refusal:
        for scene in after:
            scene.refusal = refusal
        return after[0], after[1]
    return after[0]._told(drafts[0]), after[1]._told(drafts[1])


def given(
    *past: Step | Event | Case, zone: str = ZONE, policy: Policy | None = None, roster: Roster = NOBODY
) -> Scene:
    """What was before: steps, bare events, or a state as it stands; judged by `policy` (shipped: dealer)."""
    judge = policy or default_policy(zone)
    scene = Scene(Case(1), zone, judge, roster)
    for one in past:
        if isinstance(one, Case):
            scene = Scene(one, zone, judge, roster)
        elif isinstance(one, Event):
            scene = Scene(evolve(scene.state, one), zone, scene.policy, roster)
        else:
            scene = one(scene)
    return scene


class Scene:
    """A case so far, the events of the last order, or its refusal."""

    def __init__(
        self, state: Case, zone: str, policy: Policy, roster: Roster, history: tuple[Event, ...] = ()
    ) -> None:
        self.state, self.zone, self.policy, self.history = state, zone, policy, history
        self.roster = roster
        self.events: list[Event] = []
        self.refusal: CstrackError | None = None

    def when(
        self,
        order: Callable[..., None],
        at: int,
        *,
        typed: int | None = None,
        who: str = "li",
        elsewhere: int = 0,
        **words: Any,
    ) -> Scene:
        """Order something, as the road does: the case is brought up to that time first.

        `elsewhere` was granted to the customer on other cases. Numbers count up from 1 on each case.
        """
        now = T0 + (at if typed is None else typed)
        context = Context(T0 + at, now, who, self.policy, self.zone, roster=self.roster)
        number = len(self.state.remedies) + 1
        context = context._replace(granted=lambda *_asked: elsewhere, fresh=lambda _kind: number)
        draft = Draft(self.state, context)
        after = Scene(self.state, self.zone, self.policy, self.roster, self.history)
        try:
            catch_up(draft, draft.context.at)
            order(draft, **words)
        except CstrackError as refusal:
            after.refusal = refusal
            return after
        return after._told(draft)

    def follows(self, policy: Policy, at: int, *, why: str = POLICY) -> Scene:
        """Apply another policy, as the desk does: the one before it brings the case up to that time."""
        old = Context(T0 + at, T0 + at, "li", self.policy, self.zone, RULE, self.roster)
        draft = Draft(self.state, old)
        catch_up(draft, old.at)
        draft.context = old._replace(policy=policy)
        follow(draft, self.policy, why=why)
        return Scene(self.state, self.zone, policy, self.roster, self.history)._told(draft)

    def _told(self, draft: Draft) -> Scene:
        self.state, self.events = draft.state, draft.events
        told_before, self.history = self.history, (*self.history, *draft.events)
        assert not told_before or fold(self.state.number, self.history) == self.state
        return self

    def accepted(self) -> Scene:
        assert self.refusal is None, f"refused: {self.refusal}"
        return self

    def then(self, *types: str, **facts: Any) -> Scene:
        """Exactly these events followed; the last of them has these facts among others."""
        assert [event.type for event in self.accepted().events] == list(types)
        if facts:
            held = self.events[-1].facts
            assert {name: held.get(name) for name in facts} == facts
        return self

    def refused(self, code: str, exit_status: int = 4, **facts: Any) -> Scene:
        """The order was refused with this code, exit status and, among others, these facts."""
        assert self.refusal is not None, f"accepted: {[event.type for event in self.events]}"
        assert (self.refusal.code, self.refusal.status) == (code, exit_status)
        assert {name: self.refusal.facts.get(name) for name in facts} == facts
        return self

    def clock(self, kind: str) -> Clock:
        """The latest clock of a kind."""
        return [clock for clock in self.state.clocks if clock.kind == kind][-1]

    def running(self, kind: str, *, due: int, since: int | None = None) -> Scene:
        """The clock of this kind runs, is due then, and started then."""
        clock = self.state.running(kind)
        assert clock is not None, f"no {kind} clock runs"
        assert clock.due_at - T0 == due
        assert since is None or clock.started_at - T0 == since
        return self

    def stopped(self, kind: str, verdict: str, at: int | None = None) -> Scene:
        """The latest clock of this kind has stopped with this verdict."""
        clock = self.clock(kind)
        assert clock.verdict == verdict
        assert at is None or (clock.stopped_at or 0) - T0 == at
        return self

    def stands(self, **fields: Any) -> Scene:
        """The case has these fields."""
        assert {name: getattr(self.state, name) for name in fields} == fields
        return self
