"""What people hold, and what is offered to the next one, as of a moment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import reading
from cstrack.domain.duties import PROMISE
from cstrack.domain.offers import own_promises
from cstrack.record import past, sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.staff import Person
    from cstrack.record.connect import Db


class Held(NamedTuple):
    """What somebody holds: numbers of cases, promises as (case, n), and the people who name him."""

    owner_of: list[int]
    handler_of: list[int]
    promises: list[tuple[int, int]]
    offered_to: list[int]
    offered_by: list[int]
    supervisor_of: list[str]
    deputy_of: list[str]

    @property
    def cases(self) -> list[int]:
        """The cases of which he has something to hand over."""
        return sorted({*self.owner_of, *self.handler_of, *(number for number, _n in self.promises)})


def held(db: Db, who: str, people: Iterable[Person] = ()) -> Held:
    """What somebody holds now; `people` are those of the staff."""
    waiting = offers(db, who, None)
    present = [one for one in people if one.left_at is None and one.handle != who]
    return Held(
        [row[0] for row in db.execute(sql.OWNED_CASES, (who,))],
        [row[0] for row in db.execute(sql.HANDLED_CASES, (who,))],
        [
            (case.number, duty.n)
            for case in past.cases_with(db, PROMISE, everything=False)
            for duty in own_promises(case, who)
        ],
        [case.number for case in waiting if case.handed_to == who],
        [case.number for case in waiting if case.handed_by == who],
        [one.handle for one in present if one.supervisor == who],
        [one.handle for one in present if one.deputy == who],
    )


def offers(db: Db, who: str, at: int | None) -> list[Case]:
    """The cases that are offered to somebody or by him as of `at` (None: now), in order of their offers."""
    if at is not None and reading.is_past(db, at):
        cases: Iterable[Case] = past.cases_at(db, at)
    else:
        cases = past.cases_of(db, [row[0] for row in db.execute(sql.HANDED)])
    found = [case for case in cases if case.handed_to and who in (case.handed_to, case.handed_by)]
    return sorted(found, key=lambda case: (case.handed_to != who, case.handed_at, case.number))


def counted(db: Db, at: int | None) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many live cases each person answers for, and works on, as of `at` (None: now)."""
    if at is not None and reading.is_past(db, at):
        rows: Sequence[tuple[str, str]] = [(row.owner, row.handler) for row in past.listed_at(db, at, {})]
        return Counter(owner for owner, _handler in rows), Counter(handler for _owner, handler in rows)
    return dict(db.execute(sql.OWNED_BY).fetchall()), dict(db.execute(sql.HANDLED_BY).fetchall())
