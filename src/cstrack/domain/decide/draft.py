"""What a decision works on: the circumstances, the case so far, the events decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.case import ENDED, MERGED, Case
from cstrack.domain.errors import BadConfig, Refused
from cstrack.domain.events import CASE, PERSON, Event, event
from cstrack.domain.evolve import evolve
from cstrack.domain.staff import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cstrack.domain.policy import Policy
    from cstrack.domain.staff import Roster


def nothing_held(_kind: str, _number: int) -> Iterable[str]:
    """No customer and no product has a field of the desk's own."""
    return ()


class Context(NamedTuple):
    """Who orders, when it happened (`at`), when it is typed (`now`), by which policy, zone and roster.

    `granted(customer, since, case)` is the sum granted to a customer after a moment on other cases than that
    one; `fresh(kind)` takes a number that nothing of the kind has; `held(kind, number)` tells which of the
    desk's own fields a customer or a product has. They are asked only when needed.
    """

    at: int
    now: int
    actor: str
    policy: Policy
    zone: str
    cause: str = PERSON
    roster: Roster = NOBODY
    granted: Callable[[int, int, int], int] = lambda _customer, _since, _case: 0
    fresh: Callable[[str], int] = lambda _kind: 1
    held: Callable[[str, int], Iterable[str]] = nothing_held


class Draft:
    """A case under decision: `state` is always the case with `events` applied.

    `beside` are the events of its customer and its product, each with their kind and number.
    """

    __slots__ = ("beside", "context", "events", "state")

    def __init__(self, state: Case, context: Context) -> None:
        self.state = state
        self.context = context
        self.events: list[Event] = []
        self.beside: list[tuple[str, int, Event]] = []

    def record(
        self,
        type_: str,
        *,
        at: int | None = None,
        cause: str | None = None,
        words: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        """Decide on one event, at the order's own time and cause unless said otherwise."""
        context = self.context
        when = context.at if at is None else at
        fact = event(CASE, type_, when, words=words, cause=cause or context.cause, **facts)
        self.state = evolve(self.state, fact)
        self.events.append(fact._replace(seq=self.state.seq))


def guard_time(draft: Draft) -> None:
    """A fact lies neither in the future nor before the case was opened."""
    at, now, opened = draft.context.at, draft.context.now, draft.state.opened_at
    if at > now:
        raise Refused("time-in-future", at=at, now=now)
    if at < opened:
        raise Refused("time-before-opening", at=at, opened_at=opened, number=draft.state.number)


def guard_change(draft: Draft) -> None:
    """What changes level, pause, agreement, resolution or owner comes after the last such change."""
    state = draft.state
    if draft.context.at < state.changed_at:
        raise Refused(
            "time-before-change",
            number=state.number,
            at=draft.context.at,
            changed_at=state.changed_at,
            changed_by=state.changed_by,
            changed_seq=state.changed_seq,
        )


def guard_live(draft: Draft) -> None:
    """The case is not closed or merged."""
    state = draft.state
    if state.status in ENDED:
        raise Refused(
            "case-" + state.status, number=state.number, closed_at=state.closed_at, into=state.merged_into
        )


def guard_not_merged(draft: Draft) -> None:
    """The case is not merged into another; what is allowed on closed cases too goes on there."""
    if draft.state.status == MERGED:
        guard_live(draft)


def guard_status(draft: Draft, code: str, allowed: Iterable[str]) -> None:
    """The case is live and in one of these statuses; else `code`."""
    guard_live(draft)
    if draft.state.status not in allowed:
        raise Refused(code, number=draft.state.number, status=draft.state.status)


def guard_known(state: Case) -> None:
    """Nothing is built upon an event that a newer program wrote."""
    if state.unknown:
        raise BadConfig("event-unknown", number=state.number, type=state.unknown)
