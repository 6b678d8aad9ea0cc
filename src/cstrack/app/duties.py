"""The promises and tasks of the desk, or of one case, as of a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import reading
from cstrack.domain.clock import VOID
from cstrack.domain.duties import PROMISE
from cstrack.record import past

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.duties import Duty
    from cstrack.record.connect import Db


class Told(NamedTuple):
    """A promise or a task with its case and its clock."""

    case: Case
    duty: Duty
    clock: Clock

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept or answered; closing a case ends what was promised."""
        return self.duty.ended is None and self.clock.running

    @property
    def state(self) -> str:
        """open, kept, missed, answered, or void where closing the case ended it."""
        return self.duty.ended or ("open" if self.clock.running else VOID)


def listed(db: Db, kind: str, at: int | None, number: int | None, *, everything: bool) -> list[Told]:
    """The promises (or tasks) that are open, crisis first, then the earliest due, as of `at` (None: now).

    `number` takes those of one case alone, NotFound where there is none; with `everything` what is
    settled comes behind, the last first.
    """
    found = _told(_cases(db, kind, at, number, everything=everything), kind)
    return sorted((one for one in found if everything or one.is_open), key=_order)


def _cases(db: Db, kind: str, at: int | None, number: int | None, *, everything: bool) -> Iterable[Case]:
    if number is not None:
        return [reading.case(db, number, at)]
    if at is not None and reading.is_past(db, at):
        return past.cases_at(db, at)
    return past.cases_with(db, kind, everything=everything)


def _told(cases: Iterable[Case], kind: str) -> Iterator[Told]:
    for case in cases:
        for duty in case.promises if kind == PROMISE else case.tasks:
            yield Told(case, duty, case.clock_of(duty))


def _order(one: Told) -> tuple[int, ...]:
    when = one.clock.due_at if one.is_open else -(one.clock.stopped_at or 0)
    return not one.is_open, one.is_open and not one.case.crisis, when, one.case.number, one.duty.n
