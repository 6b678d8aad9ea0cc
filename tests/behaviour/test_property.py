"""Random histories on real databases: folded state, current rows, clocks and lists are one and the same."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as random

from cstrack.app import reading
from cstrack.app.road import load_case
from cstrack.domain.errors import CstrackError
from cstrack.domain.evolve import fold
from cstrack.record import audit, project
from cstrack.record.fetch import ALL
from cstrack.store import doctor
from tests.support.histories import INSTANTS, OPENINGS, STEPS, check_state, late_kinds, must_go_up
from tests.support.spec import T0, days

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.record.connect import Db
    from tests.support.desks import Desk
    from tests.support.histories import Told

EXAMPLES = {"sqlite": 80, "postgresql": 25}
AGE = days(200)
"""How long one random history has before the next begins on the same desk."""


def check_rows(db: Db, number: int, now: int, at: int | None = None) -> Case:
    """What the rows, the clocks and the lists say of a case at `now` is what its history comes to."""
    stream, case = load_case(db, number)
    if at is not None:
        case = fold(number, [event for event in stream.events if event.at <= at])
    shown = reading.shown(db, number, at)
    name = shown.row.customer
    assert tuple(shown.row) == project.case_row(case, name, stream.source)
    assert list(map(tuple, shown.clocks)) == [project.clock_row(number, clock) for clock in case.clocks]
    late = late_kinds(case, now)
    overdue = [row for row in reading.due(db, at, now, {}) if row.number == number]
    assert len(overdue) == bool(late), (late, overdue)
    listed = {row.number: row for row in reading.listed(db, at, {"status": ALL})}
    assert [listed[number]] == (overdue or [listed[number]])
    by_clock = [clock.kind for row, clock in reading.clocks_due(db, at, now, {}) if row.number == number]
    assert sorted(by_clock) == sorted(late)
    return case


def walk(desk: Desk, start: int, opening: dict[str, Any], steps: list[Told], instants: list[int]) -> None:
    typed = start
    number = desk.open(start, **opening).outcome.after.number
    for told in steps:
        typed += told.after
        happened = max(start, typed - told.back)
        try:
            [outcome] = desk.does(told.order, happened, number, typed=typed, **told.words)
        except CstrackError as refusal:
            assert refusal.status in (2, 3, 4), refusal  # noqa: PT017
            continue
        check_state(outcome.after)
        with desk.reading() as db:
            assert check_rows(db, number, T0 + typed) == outcome.after
    with desk.reading() as db:
        for later in instants:
            check_rows(db, number, T0 + typed + later)
        for earlier in instants:
            moment = T0 + max(start, typed - earlier)
            check_rows(db, number, moment, moment)
    swept = typed + instants[0]
    desk.sweep(swept)
    assert desk.sweep(swept).outcomes == []
    with desk.reading() as db:
        assert not must_go_up(check_rows(db, number, T0 + swept), T0 + swept)


def walk_many(desk: Desk, examples: int) -> None:
    """Histories one after another on one desk; in the end the whole record is sound."""
    starts = count(0, AGE)

    @random(OPENINGS, STEPS, INSTANTS)
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])
    def histories(opening: dict[str, Any], steps: list[Told], instants: list[int]) -> None:
        walk(desk, next(starts), opening, steps, instants)

    histories()
    with desk.reading() as db:
        assert doctor.examine(db).findings == []
        verified = audit.verify(db)
        assert (verified.broken, verified.runs) == ([], [])
        assert verified.events >= examples


def test_whatever_is_ordered_state_rows_clocks_and_lists_agree(desk: Desk) -> None:
    walk_many(desk, EXAMPLES[desk.kind])


@pytest.mark.soak
def test_soak_whatever_is_ordered_state_rows_clocks_and_lists_agree(desk: Desk) -> None:
    walk_many(desk, 5 * EXAMPLES[desk.kind])
