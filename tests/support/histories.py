"""Random histories: orders at random times, some typed in later, and what must hold whatever happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from cstrack.domain.case import AGREED, CLOSED, IN_WORK, RESOLVED, WAITING
from cstrack.domain.clock import BREACHED, MET, PASSED, VOID
from cstrack.domain.deadlines import due_after_pauses
from cstrack.domain.decide import (
    demands,
    ending,
    flags,
    levels,
    on_site,
    people,
    promises,
    stages,
    steps,
    talk,
    waiting,
)
from cstrack.domain.policy import default_policy
from cstrack.domain.staff import DUTY, Person, Roster, Shift
from cstrack.domain.standard_clocks import ON_SITE, STAGE, TIME_SAID
from tests.support.spec import T0, ZONE, days, hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.visit import Visit

POLICY = default_policy()
FLAGS = ("safety", "media", "legal", "vip", "crisis", "departments", "dissatisfied")


class Told(NamedTuple):
    """An order `after` seconds after the one before, dated `back` seconds before it is typed in."""

    after: int
    back: int
    order: Callable[..., None]
    words: dict[str, Any]


def _order(order: Callable[..., None], **words: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(order), st.fixed_dictionaries(dict(words)))


def _arrive(draft: Draft, *, wait: int | None) -> None:
    on_site.arrive(draft, expected=None if wait is None else draft.context.at + wait)


def _promise(draft: Draft, *, after: int) -> None:
    promises.promise(draft, text="x", due=draft.context.at + after)


_TEXT = st.just("x")
_LENGTH = st.one_of(
    st.sampled_from([0, 1, hours(2), hours(24) - 1, hours(24), hours(48), days(3)]), st.integers(0, days(4))
)
_CODE = st.sampled_from([entry["code"] for entry in POLICY.stages])
_REASON = st.sampled_from([None, "x"])
_LEVEL = st.sampled_from([None, None, 1, 2, 3])
_ORDERS = st.one_of(
    _order(talk.note, text=_TEXT),
    _order(talk.contact, text=_TEXT, direction=st.sampled_from(["in", "out"])),
    _order(talk.contact, text=_TEXT, direction=st.just("out")),
    _order(talk.propose, text=_TEXT, by=st.just(T0 + days(4000))),
    _order(levels.escalate, text=_TEXT, to=_LEVEL),
    _order(
        levels.deescalate,
        text=_TEXT,
        to=_LEVEL,
        approved_by=st.just("zhao"),
        who=st.sampled_from(["li", "qian"]),
    ),
    _order(people.assign, owner=st.sampled_from(["wang", "zhou"])),
    _order(people.assign, handler=st.sampled_from(["li", "zhao"])),
    _order(people.against, name=st.sampled_from(["li", "wang", "zhou", "workshop"])),
    _order(waiting.pause, waiting_for=st.sampled_from(["customer", "supplier", "third-party"])),
    _order(waiting.pause, waiting_for=st.just("customer")),
    _order(waiting.resume),
    _order(flags.flag, flag=st.sampled_from(FLAGS)),
    _order(stages.enter, code=_CODE, text=_REASON, checked=st.booleans()),
    _order(stages.enter, code=st.just("callback"), text=_TEXT),
    _order(stages.leave, checked=st.booleans()),
    _order(_arrive, wait=st.sampled_from([None, 0, hours(1), hours(6)])),
    _order(on_site.leave),
    _order(_promise, after=_LENGTH),
    _order(promises.keep, n=st.integers(1, 3)),
    _order(steps.tick, code=st.sampled_from(["listen", "apologise", "explain"])),
    _order(demands.add, text=_TEXT, rank=st.sampled_from([None, 1])),
    _order(demands.answer, n=st.integers(1, 2), answer=st.sampled_from(["can", "cannot"]), text=_TEXT),
    _order(flags.unflag, flag=st.sampled_from(FLAGS), text=_TEXT, approved_by=st.just("wang")),
    _order(ending.agree, text=_TEXT),
    _order(ending.resolve, text=_TEXT, anyway=st.booleans()),
    _order(ending.close, outcome=st.sampled_from(["satisfied", "withdrawn", "no-agreement"])),
    _order(ending.reopen, text=_TEXT),
)
STEPS = st.lists(
    st.builds(
        lambda after, back, told: Told(after, back, *told),
        _LENGTH,
        st.one_of(st.just(0), st.just(0), _LENGTH),
        _ORDERS,
    ),
    min_size=1,
    max_size=14,
)
OPENINGS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["complaint", "complaint", "complaint", "inquiry"]),
        "channel": st.sampled_from([None, "phone", "web", "platform", "regulator"]),
        "flags": st.lists(st.sampled_from(FLAGS), max_size=2, unique=True).map(tuple),
    }
)
_SHIFTS = st.lists(
    st.builds(
        lambda handle, start, length: Shift(handle, DUTY, T0 + start, T0 + start + length),
        st.sampled_from(["wang", "zhou", "zhao"]),
        st.integers(0, days(20)),
        st.sampled_from([hours(1), hours(9), days(3)]),
    ),
    max_size=6,
)


def staff(on_duty: list[bool], shifts: list[Shift]) -> Roster:
    """People of three levels; those above the front line may be there, come by their shifts, or only act."""
    away = [Person("wang", level=2), Person("zhou", level=2, supervisor="zhao"), Person("zhao", level=3)]
    there = (one._replace(on_duty=is_there) for one, is_there in zip(away, on_duty, strict=True))
    always = Person("li", supervisor="wang"), Person("qian", level=3, on_duty=False)
    return Roster([*always, *there], lambda: shifts)


ROSTERS = st.one_of(
    st.just(Roster()), st.builds(staff, st.lists(st.booleans(), min_size=3, max_size=3), _SHIFTS)
)
INSTANTS = st.lists(_LENGTH, min_size=1, max_size=3)


def check_state(case: Case) -> None:
    """What holds of every case, worked out anew and not by the rules."""
    running = [clock for clock in case.clocks if clock.running]
    check_one_of_a_kind(case)
    assert [clock.n for clock in case.clocks] == list(range(1, len(case.clocks) + 1))
    level = [clock for clock in running if clock.kind == "level"]
    assert len(level) == (case.kind == "complaint" and case.status in (IN_WORK, WAITING)), case.status
    assert all(clock.level == case.level for clock in level)
    ended = not running_on(case) or case.status in (IN_WORK, WAITING, AGREED)
    assert ended, "a clock runs on after the end"
    assert not running or case.status != CLOSED
    assert (case.resolved_at is not None) >= (case.status == RESOLVED)
    assert (case.closed_at is not None) == (case.status == CLOSED)
    assert not (case.crisis and case.status == WAITING), "a crisis waits"
    check_stage(case)
    check_visits(case)
    assert case.against is None or case.against not in (case.owner, case.handler)
    assert case.unowned_since is None or (case.owner is None and case.status != CLOSED)
    for clock in case.clocks:
        check_clock(case, clock)


def running_on(case: Case) -> list[str]:
    """The kinds of clock that run, but for those that outlive a resolution: he waits, it was promised."""
    after = (ON_SITE, STAGE, *TIME_SAID)
    return [clock.kind for clock in case.clocks if clock.running and clock.kind not in after]


def check_one_of_a_kind(case: Case) -> None:
    """Of what is not said several times over, one clock of a kind runs at most."""
    kinds = [clock.kind for clock in case.clocks if clock.running and clock.kind not in TIME_SAID]
    assert len({*kinds}) == len(kinds), "two clocks of a kind run"


def check_stage(case: Case) -> None:
    """The stage that it is in is the last one it entered, and no other has a running clock."""
    lasting = [stage for stage in case.stages if stage.left_at is None]
    assert [stage.code for stage in lasting] == ([] if case.stage is None else [case.stage])
    assert lasting == [*case.stages[len(case.stages) - len(lasting) :]]
    clock = case.running(STAGE)
    assert clock is None or (lasting and (lasting[0].clock, lasting[0].code) == (clock.n, clock.name))
    times = [at for stage in case.stages for at in (stage.entered_at, stage.left_at) if at is not None]
    assert times == sorted(times), "stages overlap"
    assert case.status != CLOSED or not lasting
    assert case.status != RESOLVED or case.stage in (None, POLICY.stages[-1]["code"])


def check_visits(case: Case) -> None:
    """Visits follow each other; their clocks cover them from one word to the next, without a gap."""
    times = [at for visit in case.visits for at in (visit.arrived_at, visit.left_at) if at is not None]
    assert times == sorted(times) or case.status == CLOSED, "visits overlap"
    assert (case.on_site is not None) == (case.running(ON_SITE) is not None)
    for visit in case.visits:
        if case.closed_at is None and case.cycle == 1:
            ends = [visit.arrived_at, *(at for at in case.spoke_at if _during(visit, at))]
            begun = [
                clock.started_at
                for clock in case.clocks
                if _waits(clock) and _during(visit, clock.started_at)
            ]
            assert set(begun) == set(ends), "a word without a clock"


def _during(visit: Visit, at: int) -> bool:
    return visit.arrived_at <= at and (visit.left_at is None or at < visit.left_at)


def _waits(clock: Clock) -> bool:
    return clock.kind == ON_SITE and clock.verdict != VOID


def check_owner(case: Case, roster: Roster, now: int) -> None:
    """On a desk with staff: who owns a case is of its level, and it waits only while nobody may own it."""
    own = roster.level(case.owner or "")
    assert own is None or own >= case.level
    if case.status != CLOSED:
        assert (case.owner is None) == (case.unowned_since is not None)
    assert case.unowned_since is None or roster.owner(case, case.level, now) is None


def check_clock(case: Case, clock: Clock) -> None:
    """What holds of every clock of a case."""
    if clock.stopped_at is None:
        assert clock.paused_until is None or (case.pause and clock.paused_until == case.pause.end)
    else:
        assert clock.paused_until is None
        assert clock.stopped_at >= clock.started_at, "a clock of negative length"
        if clock.verdict in (MET, PASSED):
            assert clock.stopped_at < clock.due_at
        if clock.verdict == BREACHED:
            assert clock.stopped_at >= clock.due_at


def check_level_clock(case: Case) -> None:
    """Of a case that never went down: its limit and the pauses since it began make its due time."""
    clock = case.running("level")
    if clock is not None:
        stood = [(pause.start, pause.end) for pause in case.pauses]
        assert clock.due_at == due_after_pauses(clock.started_at, clock.limit, ZONE, stood)


def late_kinds(case: Case, now: int) -> list[str]:
    """The kinds of clock that are overdue at `now`, but for the one that informs only."""
    return [
        clock.kind
        for clock in case.clocks
        if clock.stopped_at is None and clock.kind != "total" and now >= clock.due_at
    ]


def must_go_up(case: Case, now: int) -> bool:
    """Whether the level's time has come and the case still stands there."""
    clock = case.running("level")
    return clock is not None and now >= clock.due_at and case.level < POLICY.top
