"""Random histories: orders at random times, some typed in later, and what must hold whatever happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from cstrack.domain.case import AGREED, CLOSED, IN_WORK, RESOLVED, WAITING
from cstrack.domain.clock import BREACHED, MET, PASSED
from cstrack.domain.deadlines import due_after_pauses
from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from cstrack.domain.policy import default_policy
from tests.support.spec import T0, ZONE, days, hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock

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


_TEXT = st.just("x")
_LENGTH = st.one_of(
    st.sampled_from([0, 1, hours(2), hours(24) - 1, hours(24), hours(48), days(3)]), st.integers(0, days(4))
)
_LEVEL = st.sampled_from([None, None, 1, 2, 3])
_ORDERS = st.one_of(
    _order(talk.note, text=_TEXT),
    _order(talk.contact, text=_TEXT, direction=st.sampled_from(["in", "out"])),
    _order(talk.contact, text=_TEXT, direction=st.just("out")),
    _order(talk.propose, text=_TEXT, by=st.just(T0 + days(4000))),
    _order(levels.escalate, text=_TEXT, to=_LEVEL),
    _order(levels.deescalate, text=_TEXT, to=_LEVEL, approved_by=st.just("zhao")),
    _order(people.assign, owner=st.sampled_from(["wang", "zhou"])),
    _order(waiting.pause, waiting_for=st.sampled_from(["customer", "supplier", "third-party"])),
    _order(waiting.pause, waiting_for=st.just("customer")),
    _order(waiting.resume),
    _order(flags.flag, flag=st.sampled_from(FLAGS)),
    _order(flags.unflag, flag=st.sampled_from(FLAGS), text=_TEXT, approved_by=st.just("wang")),
    _order(ending.agree, text=_TEXT),
    _order(ending.resolve, text=_TEXT),
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
INSTANTS = st.lists(_LENGTH, min_size=1, max_size=3)


def check_state(case: Case) -> None:
    """What holds of every case, worked out anew and not by the rules."""
    running = [clock for clock in case.clocks if clock.running]
    assert len({clock.kind for clock in running}) == len(running), "two clocks of a kind run"
    assert [clock.n for clock in case.clocks] == list(range(1, len(case.clocks) + 1))
    level = [clock for clock in running if clock.kind == "level"]
    assert len(level) == (case.kind == "complaint" and case.status in (IN_WORK, WAITING)), case.status
    assert all(clock.level == case.level for clock in level)
    assert not running or case.status in (IN_WORK, WAITING, AGREED), "a clock runs on after the end"
    assert (case.resolved_at is not None) >= (case.status == RESOLVED)
    assert (case.closed_at is not None) == (case.status == CLOSED)
    assert not (case.crisis and case.status == WAITING), "a crisis waits"
    for clock in case.clocks:
        check_clock(case, clock)


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
