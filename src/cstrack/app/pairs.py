"""Orders about two cases at once: merging one into another, tying them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.app.road import Outcome, as_person, context_of, desk_for_writing, load_case, of_store, retried
from cstrack.domain.alarm import alarm
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Draft
from cstrack.domain.decide.merging import link, merge
from cstrack.domain.errors import NotFound
from cstrack.domain.events import CASE
from cstrack.record import ledger, sql

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cstrack.app.road import Desk, Road
    from cstrack.domain.alarm import Alarm
    from cstrack.record.connect import Db

    Order = Callable[[Db, Draft, Draft], None]


def merge_cases(road: Road, source: int, target: int, *, text: str, anyway: bool) -> list[Outcome]:
    """Merge a case into another; the refusal of two customers names them."""

    def order(db: Db, one: Draft, other: Draft) -> None:
        numbers = {draft.state.customer_number for draft in (one, other)} - {None}
        names = {number: _name(db, number) for number in numbers if number is not None}
        merge(one, other, text=text, anyway=anyway, names=names)

    return _together(road, source, target, order)


def link_cases(road: Road, one: int, other: int, *, text: str | None, remove: bool) -> list[Outcome]:
    """Tie two cases together, or take that away."""
    return _together(road, one, other, lambda _db, a, b: link(a, b, text=text, remove=remove))


def _name(db: Db, number: int) -> str | None:
    row = db.execute(sql.CUSTOMER, (number,)).fetchone()
    return row[2] if row else None


def _alarm(draft: Draft) -> Alarm | None:
    return alarm(draft.state, draft.events, draft.context.roster, draft.context.now)


def _together(road: Road, one: int, other: int, order: Order) -> list[Outcome]:
    with desk_for_writing(road, create=False) as desk:
        if desk is None:
            raise NotFound("no-such-case", number=one)
        return retried(desk, lambda now: _once(road, now, (one, other), order))


def _once(road: Road, desk: Desk, numbers: Sequence[int], order: Order) -> list[Outcome]:
    road = as_person(road, desk)
    context = context_of(road, desk)
    ledger.queue_up(desk.db, CASE, numbers)
    loaded = [load_case(desk.db, number) for number in numbers]
    drafts = [Draft(state, of_store(context, state.store)) for _stream, state in loaded]
    for draft in drafts:
        catch_up(draft, context.at)
    order(desk.db, *drafts)
    appends = [
        ledger.Append(stream, draft.events, before, draft.state)
        for (stream, before), draft in zip(loaded, drafts, strict=True)
    ]
    ledger.append(desk.db, road.run, ledger.begin(desk.db, road.run), appends)
    return [
        Outcome(before, draft.state, draft.events, desk.zone, alarm=_alarm(draft))
        for (_stream, before), draft in zip(loaded, drafts, strict=True)
    ]
