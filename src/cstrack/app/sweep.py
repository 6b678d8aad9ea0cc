"""The sweep: every case whose level clock ran out, whose pause ended, or whose owner came on duty.

Each step is dated at its true instant, so it does not matter how late the sweep runs, and a second
run at the same moment finds nothing. Oldest due first, no cap; a case that cannot be read does not
stop the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app.road import (
    Outcome,
    Rehearsed,
    context_of,
    desk_for_writing,
    load_case,
    of_store,
    retried,
)
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Draft
from cstrack.domain.errors import CstrackError
from cstrack.domain.events import CASE, RULE
from cstrack.record import ledger, sql, staff
from cstrack.record.lease import lease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.app.road import Desk, Road

BATCH = 200
"""How many cases are stepped in one transaction."""


class Swept(NamedTuple):
    """What a sweep did: cases stepped, cases that could not be, and whether another one was at work."""

    outcomes: list[Outcome]
    failed: list[tuple[int, CstrackError]]
    taken: bool = False


def sweep(road: Road, *, dry_run: bool = False) -> Swept:
    """Take every step by rule that was due at or before the road's `at`."""
    swept = Swept([], [])
    with desk_for_writing(road, create=False) as desk:
        if desk is None:
            return swept
        with lease(desk.db, "sweep") as mine:
            if not mine:
                return swept._replace(taken=True)
            staffed = desk._replace(roster=staff.roster(desk.db))
            numbers = _numbers(road, staffed)
            for start in range(0, len(numbers), BATCH):
                _sweep_batch(road, staffed, numbers[start : start + BATCH], swept, dry_run=dry_run)
    return swept


def _numbers(road: Road, desk: Desk) -> list[int]:
    """The cases that have a step to take, oldest due first; then those that somebody on duty may take up."""
    due = desk.db.execute(sql.DUE_STEPS, (road.at, road.at)).fetchall()
    numbers = [number for _due, number in due]
    if desk.roster.exists:
        unowned = desk.db.execute(sql.UNOWNED, (road.at,)).fetchall()
        may_own = desk.roster.may_own
        numbers += [number for since, level, number in unowned if may_own(level, since, road.at)]
    return list(dict.fromkeys(numbers))


def _sweep_batch(road: Road, desk: Desk, numbers: Sequence[int], swept: Swept, *, dry_run: bool) -> None:
    failed: list[tuple[int, CstrackError]] = []

    def once(now: Desk) -> list[Outcome]:
        failed.clear()
        # one roster for all batches: it counts what each person got, also where nothing is written
        return _steps(road, now._replace(roster=desk.roster), numbers, failed, dry_run=dry_run)

    swept.outcomes.extend(retried(desk, once))
    swept.failed.extend(failed)


def _steps(
    road: Road,
    desk: Desk,
    numbers: Sequence[int],
    failed: list[tuple[int, CstrackError]],
    *,
    dry_run: bool,
) -> list[Outcome]:
    context = context_of(road, desk, RULE)
    ledger.queue_up(desk.db, CASE, numbers)
    outcomes, appends = [], []
    for number in numbers:
        try:
            stream, before = load_case(desk.db, number)
        except CstrackError as fault:
            failed.append((number, fault))
            continue
        draft = Draft(before, of_store(context, before.store))
        catch_up(draft, road.at)
        if draft.events:
            outcomes.append(Outcome(before, draft.state, draft.events, desk.zone))
            appends.append(ledger.Append(stream, draft.events, before, draft.state))
    if dry_run:
        raise Rehearsed(outcomes)
    if appends:
        ledger.append(desk.db, road.run, ledger.begin(desk.db, road.run), appends)
    return outcomes
