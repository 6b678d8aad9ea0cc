"""Group complaints as they are read: one, those with open cases, what looks like one; as of a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import reading
from cstrack.domain.case import ENDED
from cstrack.domain.events import GROUP
from cstrack.domain.group import Group, fold_group, guard_there
from cstrack.record import alike, ledger, sql
from cstrack.record.rows import CaseRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.policy import Policy
    from cstrack.record.alike import Alike
    from cstrack.record.connect import Db


class Told(NamedTuple):
    """A group as of a moment, with the cases in it: all of them, or those that are open."""

    group: Group
    cases: Sequence[CaseRow]


def shown(db: Db, number: int, at: int | None) -> Told:
    """A group as of `at` (None: now) with all its cases; NotFound where there was none then."""
    history = [one for one in ledger.load(db, GROUP, number).events if at is None or one.at <= at]
    guard_there(number, history)
    group = fold_group(number, history)
    if at is not None and reading.is_past(db, at):
        return Told(group, [reading.shown(db, case, at).row for case in group.cases])
    return Told(group, [CaseRow(*row) for row in db.execute(sql.GROUPED, (number,))])


def listed(db: Db, at: int | None) -> list[Told]:
    """The groups with open cases as of `at` (None: now), with those; crisis first, then by due time."""
    if at is not None and reading.is_past(db, at):
        found = _listed_at(db, at)
    else:
        cases: dict[int, list[CaseRow]] = {}
        for row in map(CaseRow._make, db.execute(sql.GROUPED_LIVE)):
            cases.setdefault(row.group_number, []).append(row)
        found = [Told(Group(*row), cases[row[0]]) for row in db.execute(sql.GROUPS_LIVE)]
    return sorted(found, key=_urgency)


def _listed_at(db: Db, at: int) -> list[Told]:
    from cstrack.record import past

    cases: dict[int, list[CaseRow]] = {}
    for row, _clocks in past.rows_at(db, at):
        if row.group_number is not None and row.status not in ENDED:
            cases.setdefault(row.group_number, []).append(row)
    return [Told(shown(db, number, at).group, rows) for number, rows in sorted(cases.items())]


def _urgency(told: Told) -> tuple[int, ...]:
    dues = [row.next_due for row in told.cases if row.next_due is not None]
    return (-max(row.crisis for row in told.cases), not dues, min(dues, default=0), told.group.number)


def alike_now(db: Db, policy: Policy, row: CaseRow, now: int, at: int | None) -> list[Alike]:
    """What looks like one matter with an open case of the last days; nothing in a look back to `at`."""
    rule = policy.groups
    recent = row.opened_at > now - rule.days * alike.DAY and row.status not in ENDED
    if not recent or row.group_number is not None or (at is not None and reading.is_past(db, at)):
        return []
    return alike.alike_to(db, row.number, rule, now)


def suggested(db: Db, policy: Policy, now: int, at: int | None) -> list[Alike]:
    """What looks like one matter in the policy's days up to `at` (None: `now`), and is no group."""
    if at is None or not reading.is_past(db, at):
        return alike.suggested(db, policy.groups, now if at is None else at)
    from cstrack.record import past

    rule = policy.groups
    since = at - rule.days * alike.DAY
    cases = [one for one in past.cases_at(db, at) if one.opened_at > since and one.status not in ENDED]
    rows = [
        (name, value, case.number, case.group_number)
        for case in cases
        for name, value in alike.features(db, case.number, rule)
    ]
    return list(alike.gathered(sorted(rows, key=lambda row: (row[0], row[1].lower(), row[2])), rule))
