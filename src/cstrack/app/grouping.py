"""Group complaints on the write road: one order on a group and on its cases, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app.road import (
    Outcome,
    Rehearsed,
    as_person,
    context_of,
    desk_for_writing,
    load_case,
    of_store,
    retried,
)
from cstrack.domain.decide import groups
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Draft
from cstrack.domain.errors import NotFound
from cstrack.domain.events import CASE, GROUP
from cstrack.domain.group import evolve_group, fold_group, guard_there
from cstrack.record import ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cstrack.app.road import Desk, Road
    from cstrack.domain.events import Event
    from cstrack.domain.group import Group
    from cstrack.record.connect import Db


class Changed(NamedTuple):
    """What an order did to a group and to cases; `group` is the group after it."""

    group: Group
    event: Event
    outcomes: list[Outcome]
    zone: str


def form(
    road: Road,
    numbers: Sequence[int],
    *,
    lead: int | None = None,
    name: str | None = None,
    statement: str | None = None,
    rehearse: bool = False,
) -> Changed:
    """Make one group of these cases, all of them or none; `rehearse` judges and writes nothing."""

    def order(desk: Desk, drafts: Sequence[Draft]) -> tuple[ledger.Stream, Event]:
        taken: list[int] = []

        def number() -> int:
            taken.append(ledger.take_numbers(desk.db, GROUP))
            return taken[0]

        formed = groups.form(drafts, number, lead=lead, name=name, statement=statement)
        return ledger.Stream(GROUP, taken[0]), formed

    return _carried_out(road, numbers, order, rehearse=rehearse)


def join(road: Road, number: int, numbers: Sequence[int], *, rehearse: bool = False) -> Changed:
    """Put further cases into a group, all of them or none."""

    def order(desk: Desk, drafts: Sequence[Draft]) -> tuple[ledger.Stream, Event]:
        stream = _loaded(desk.db, number)
        return stream, groups.join(fold_group(number, stream.events), drafts)

    return _carried_out(road, numbers, order, rehearse=rehearse)


def leave(road: Road, number: int, numbers: Sequence[int], *, text: str, rehearse: bool = False) -> Changed:
    """Take cases out of a group again."""

    def order(desk: Desk, drafts: Sequence[Draft]) -> tuple[ledger.Stream, Event]:
        stream = _loaded(desk.db, number)
        return stream, groups.leave(fold_group(number, stream.events), drafts, text=text)

    return _carried_out(road, numbers, order, rehearse=rehearse)


def change(
    road: Road, number: int, *, lead: int | None = None, name: str | None = None, statement: str | None = None
) -> Changed:
    """Give a group another lead, name or statement; its cases stay as they are."""

    def order(desk: Desk, _drafts: Sequence[Draft]) -> tuple[ledger.Stream, Event]:
        stream = _loaded(desk.db, number)
        group = fold_group(number, stream.events)
        now = road.run.recorded_at
        return stream, groups.change(group, road.at, now, lead=lead, name=name, statement=statement)

    return _carried_out(road, (), order)


def _carried_out(
    road: Road,
    numbers: Sequence[int],
    order: Callable[[Desk, Sequence[Draft]], tuple[ledger.Stream, Event]],
    *,
    rehearse: bool = False,
) -> Changed:
    """Bring the cases up to the order's time and carry it out on them and their group, in one transaction."""
    found: list[Changed] = []

    def once(desk: Desk) -> list[Outcome]:
        found[:] = [_once(road, desk, numbers, order)]
        if rehearse:
            raise Rehearsed(found[0].outcomes)
        return found[0].outcomes

    with desk_for_writing(road, create=False) as desk:
        if desk is None:
            raise _nothing(numbers)
        retried(desk, once)
    return found[0]


def _nothing(numbers: Sequence[int]) -> NotFound:
    """There is no desk yet, so neither cases nor groups."""
    return NotFound("no-such-case", number=numbers[0]) if numbers else NotFound("no-such-group", group=1)


def _once(
    road: Road,
    desk: Desk,
    numbers: Sequence[int],
    order: Callable[[Desk, Sequence[Draft]], tuple[ledger.Stream, Event]],
) -> Changed:
    road = as_person(road, desk)
    context = context_of(road, desk)
    ledger.queue_up(desk.db, CASE, numbers)
    loaded = [load_case(desk.db, number) for number in numbers]
    drafts = [Draft(before, of_store(context, before.store)) for _stream, before in loaded]
    for draft in drafts:
        catch_up(draft, context.at)
    stream, event = order(desk, drafts)
    appends = [ledger.Append(stream, [event])]
    outcomes = []
    for (case_stream, before), draft in zip(loaded, drafts, strict=True):
        appends.append(ledger.Append(case_stream, draft.events, before, draft.state))
        outcomes.append(Outcome(before, draft.state, draft.events, desk.zone))
    ledger.append(desk.db, road.run, ledger.begin(desk.db, road.run), appends)
    group = evolve_group(fold_group(stream.number, stream.events), event)
    return Changed(group, event, outcomes, desk.zone)


def _loaded(db: Db, number: int) -> ledger.Stream:
    """The history of a group, fit to be built upon; NotFound where there is none (any more)."""
    ledger.queue_up(db, GROUP, (number,))
    stream = ledger.load(db, GROUP, number)
    guard_there(number, stream.events)
    return stream
