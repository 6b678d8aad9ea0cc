"""Complaints of the last days that are alike: by their product's model, a field, their category."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.alike import MOST_ALIKE
from cstrack.record import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cstrack.domain.policy import Grouping
    from cstrack.record.connect import Db

DAY = 86_400


class Alike(NamedTuple):
    """Sorted cases that are alike by one thing: `apart` those in no group, `group` that of the others."""

    by: str
    value: str
    cases: tuple[int, ...]
    group: int | None
    apart: tuple[int, ...]


def features(db: Db, number: int, rule: Grouping) -> list[tuple[str, str]]:
    """What a complaint may be alike by: (name, value), in the order of the policy."""
    found = {name: value for _n, _group, name, value in db.execute(sql.FEATURES_OF, (number,) * 4)}
    return [(name, found[name]) for name in rule.alike if name in found]


def alike_to(db: Db, number: int, rule: Grouping, at: int) -> list[Alike]:
    """Where this case is one of so many of the policy's days up to `at`, and is in no group yet."""
    window = (at - rule.days * DAY, at) * 4
    found = (
        made(name, value, db.execute(sql.ALIKE_TO, (*window, name, value)), rule)
        for name, value in features(db, number, rule)
    )
    return [one for one in found if one is not None and number in one.apart]


def suggested(db: Db, rule: Grouping, at: int) -> list[Alike]:
    """Everything of the policy's days up to `at` that looks like one matter and is no group yet."""
    if not rule.alike:
        return []
    names = (*rule.alike, *[rule.alike[-1]] * (MOST_ALIKE - len(rule.alike)))
    values = (*(at - rule.days * DAY, at) * 4, *names, rule.cases)
    return list(gathered(db.execute(sql.ALIKE, values), rule))


def gathered(rows: Iterable[tuple[str, str, int, int | None]], rule: Grouping) -> Iterator[Alike]:
    """The suggestions in rows of (name, value, number, group), in order of name and value."""
    for (name, _key), same in groupby(rows, key=lambda row: (row[0], row[1].lower())):
        listed = list(same)
        one = made(name, listed[0][1], ((number, group) for _n, _v, number, group in listed), rule)
        if one is not None:
            yield one


def made(name: str, value: str, cases: Iterable[tuple[int, int | None]], rule: Grouping) -> Alike | None:
    """The suggestion that these cases are, if they are enough and one of them is in no group."""
    groups = dict(sorted(cases))
    apart = tuple(number for number, group in groups.items() if group is None)
    if len(groups) < rule.cases or not apart:
        return None
    group = max((one for one in groups.values() if one is not None), default=None)
    return Alike(name, value, tuple(groups), group, apart)
