"""Groups and the histories of their cases, on both kinds of database: taken back, looked back at, merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import grouping, groups
from cstrack.domain.decide import levels
from cstrack.domain.errors import CstrackError
from cstrack.domain.staff import Person
from tests.support.rules import rules
from tests.support.spec import T0, hours

if TYPE_CHECKING:
    from cstrack.app.groups import Told
    from tests.support.desks import Desk


@pytest.fixture
def four(desk: Desk) -> Desk:
    """Four cases of one matter at level 1."""
    for n in range(4):
        desk.open(n, name=f"张{n}", phone=f"1380000000{n}", channel="web", category="service.repair")
    return desk


def kept(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every current row of cases and groups, without the number of the last entry."""
    found = {
        table: [(row[0], *row[2:]) for row in desk.rows(f"SELECT * FROM {table} ORDER BY number")]  # noqa: S608
        for table in ("case_current", "group_current")
    }
    return found | {
        "clock": desk.rows("SELECT * FROM clock ORDER BY case_number, n"),
        "outbox": desk.rows("SELECT kind, stream_no FROM outbox ORDER BY kind, stream_no"),
    }


def shown(desk: Desk, at: int | None = None) -> Told:
    with desk.reading() as db:
        return groups.shown(db, 1, None if at is None else T0 + at)


def listed(desk: Desk, at: int | None = None) -> list[tuple[int, list[int]]]:
    with desk.reading() as db:
        found = groups.listed(db, None if at is None else T0 + at)
    return [(one.group.number, [row.number for row in one.cases]) for one in found]


def code(order: Any) -> str:
    with pytest.raises(CstrackError) as told:
        order()
    return told.value.code


def test_a_group_whose_forming_was_undone_is_not_there(four: Desk) -> None:
    before = kept(four)
    grouping.form(four.road(hours(1)), [1, 2, 3], name="空调")
    four.undo(hours(2))
    four.open(hours(3), channel="phone")
    assert {**kept(four), "case_current": kept(four)["case_current"][:4], "clock": before["clock"]} == before
    assert listed(four) == []
    assert listed(four, hours(1)) == [(1, [1, 2, 3])]
    assert listed(four, hours(2)) == []
    assert len(shown(four, hours(1)).cases) == 3
    for order in (
        lambda: shown(four),
        lambda: shown(four, hours(2)),
        lambda: grouping.join(four.road(hours(4)), 1, [4]),
        lambda: grouping.change(four.road(hours(4)), 1, name="x"),
    ):
        assert code(order) == "group-undone"
    assert grouping.form(four.road(hours(5)), [1, 2]).group.number == 2
    four.is_sound()


@pytest.mark.parametrize("what", ["join", "leave", "change"])
def test_what_changed_a_group_is_taken_back_with_its_cases(four: Desk, what: str) -> None:
    grouping.form(four.road(hours(1)), [1, 2, 3], name="空调", statement="在查")
    before, then = kept(four), shown(four).group
    if what == "join":
        grouping.join(four.road(hours(2)), 1, [4])
    elif what == "leave":
        grouping.leave(four.road(hours(2)), 1, [3], text="x")
    else:
        grouping.change(four.road(hours(2)), 1, lead=2, name="压缩机", statement="召回")
    assert kept(four) != before
    four.undo(hours(3))
    assert kept(four) == before
    assert shown(four).group._replace(seq=then.seq) == then
    four.is_sound()
    grouping.join(four.road(hours(4)), 1, [4])
    assert shown(four).group.cases == (1, 2, 3, 4)
    four.is_sound()


def test_a_group_that_went_on_holds_the_order_before(four: Desk) -> None:
    grouping.form(four.road(hours(1)), [1, 2])
    grouping.join(four.road(hours(2), who="wang"), 1, [3])
    before = four.everything()
    assert code(lambda: four.undo(hours(3))) == "undo-followed-record"
    assert four.everything() == before


def test_a_group_order_judges_each_case_by_the_rules_of_its_store(desk: Desk) -> None:
    desk.has(Person("li", level=3, store="north"))
    over = {"stores": {"north": {"levels": {"3": {"limit": "96h"}}}}}
    desk.applies({**rules(over), "name": "two"}, 0)
    desk.open(1, store="north")
    desk.open(2, store="north")
    grouping.form(desk.road(hours(1)), [1, 2])
    assert desk.clock("level").due_at == T0 + hours(1) + hours(96)
    desk.is_sound()


def test_a_merge_judges_each_case_by_the_rules_of_its_store(desk: Desk) -> None:
    desk.has(Person("li", level=3, store="north"))
    over = {"stores": {"north": {"levels": {"3": {"limit": "960h"}}}}}
    desk.applies({**rules(over), "name": "two"}, 0)
    for at in (1, 2):
        desk.open(at, store="north")
    desk.does(levels.escalate, hours(1), 1, text="x", to=3)
    desk.merge(1, 2, hours(2))
    assert (desk.show(2).row.level, desk.clock("level", 2).due_at) == (3, T0 + hours(961))
    desk.is_sound()


def test_a_lead_that_is_merged_leaves_the_group_to_the_others(four: Desk) -> None:
    grouping.form(four.road(hours(1)), [1, 2, 3], name="空调")
    four.merge(1, 4, hours(2), anyway=True)
    assert listed(four) == [(1, [2, 3])]
    assert [row.status for row in shown(four).cases] == ["merged", "open", "open"]
    four.open(hours(9))
    assert listed(four, hours(1)) == [(1, [1, 2, 3])]
    assert listed(four, hours(2)) == [(1, [2, 3])]
    four.is_sound()
    four.undo(hours(9))
    four.is_sound()
