"""Group complaints and what is alike, on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import grouping, groups, opening, road
from cstrack.domain.decide import ending, flags
from cstrack.domain.decide.opening import Complaint
from cstrack.domain.errors import NotFound, Refused
from cstrack.store import doctor
from tests.support.rules import rules
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from cstrack.app.opening import Opened
    from cstrack.record.alike import Alike
    from tests.support.desks import Desk


def opens(desk: Desk, at: int, model: str | None = None, **complaint: Any) -> Opened:
    said = Complaint(**{"subject": "电池鼓包", **complaint})
    return opening.open_case(desk.road(at), said, opening.Caller(None, None, model), None)


def field(desk: Desk, kind: str, number: int, name: str, value: str) -> None:
    with desk.writing() as db:
        db.execute(
            "INSERT INTO own_field (kind, number, name, value) VALUES (?, ?, ?, ?)",
            (kind, number, name, value),
        )


def suggested(desk: Desk, at: int, *, past: bool = False) -> list[Alike]:
    with desk.reading() as db:
        policy = road.desk_of(db).policy
        return groups.suggested(db, policy, T0 + at, T0 + at if past else None)


def told(desk: Desk, number: int = 1, at: int | None = None) -> groups.Told:
    with desk.reading() as db:
        return groups.shown(db, number, None if at is None else T0 + at)


# --- groups ---


def test_a_group_and_its_cases_are_written_at_once(desk: Desk) -> None:
    for at in (0, 1, 2):
        desk.open(at)
    done = grouping.form(desk.road(hours(1)), [1, 3], name="X5", statement="we look into it")
    assert (done.group.number, done.group.cases, done.event.type) == (1, (1, 3), "formed")
    assert [one.after.level for one in done.outcomes] == [3, 3]
    assert [desk.show(n).row.group_number for n in (1, 2, 3)] == [1, None, 1]
    found = told(desk)
    assert (found.group, [row.number for row in found.cases]) == (done.group, [1, 3])
    assert desk.rows("SELECT DISTINCT invocation FROM event WHERE seq > 1 OR stream_kind = 'group'")
    assert len(desk.rows("SELECT DISTINCT invocation FROM event WHERE type IN ('formed', 'grouped')")) == 1
    desk.is_sound()


def test_the_level_that_ran_out_before_is_caught_up_first(desk: Desk) -> None:
    desk.open()
    desk.open(hours(30))
    grouping.form(desk.road(hours(31)), [1, 2])
    assert desk.events(1) == ["opened", "escalated", "grouped", "escalated"]
    desk.is_sound()


def test_what_is_refused_for_one_case_is_done_to_none(desk: Desk) -> None:
    desk.open()
    desk.open(resolution="x")
    desk.does(ending.close, 60, 2, outcome="satisfied")
    before = desk.everything()
    with pytest.raises(Refused, match="case-closed"):
        grouping.form(desk.road(hours(1)), [1, 2])
    assert desk.everything() == before


def test_a_rehearsal_writes_nothing_and_uses_no_number(desk: Desk) -> None:
    desk.open()
    desk.open()
    before = desk.everything()
    rehearsed = grouping.form(desk.road(hours(1)), [1, 2], rehearse=True)
    assert (rehearsed.group.cases, desk.everything()) == ((1, 2), before)
    assert grouping.form(desk.road(hours(1)), [1, 2]).group.number == 1


def test_cases_join_and_leave_and_the_group_changes(desk: Desk) -> None:
    for at in range(4):
        desk.open(at)
    grouping.form(desk.road(hours(1)), [1, 2])
    grouping.join(desk.road(hours(2)), 1, [3, 4])
    grouping.change(desk.road(hours(3)), 1, lead=4, statement="recall")
    grouping.leave(desk.road(hours(4)), 1, [1], text="another matter")
    found = told(desk)
    assert (found.group.lead, found.group.statement, found.group.cases) == (4, "recall", (2, 3, 4))
    assert [row.number for row in found.cases] == [2, 3, 4]
    desk.is_sound()


def test_an_earlier_moment_has_the_group_as_it_was(desk: Desk) -> None:
    for at in range(3):
        desk.open(at)
    grouping.form(desk.road(hours(1)), [1, 2], statement="a")
    grouping.join(desk.road(hours(5)), 1, [3])
    grouping.change(desk.road(hours(6)), 1, statement="b")
    then = told(desk, at=hours(2))
    assert (then.group.statement, [row.number for row in then.cases]) == ("a", [1, 2])
    with desk.reading() as db:
        assert [len(one.cases) for one in groups.listed(db, T0 + hours(2))] == [2]
        assert groups.listed(db, T0 + 60) == []
        assert [len(one.cases) for one in groups.listed(db, None)] == [3]
    with pytest.raises(NotFound, match="no-such-group"):
        told(desk, at=60)


def test_the_list_has_groups_with_open_cases_crisis_first(desk: Desk) -> None:
    for at in range(6):
        desk.open(at)
    for pair in ([1, 2], [3, 4], [5, 6]):
        grouping.form(desk.road(hours(1)), pair)
    desk.does(flags.flag, hours(2), 5, flag="crisis")
    desk.does(ending.close, hours(2), 1, 2, outcome="invalid")
    desk.does(ending.close, hours(2), 3, outcome="invalid")
    with desk.reading() as db:
        found = [(one.group.number, [row.number for row in one.cases]) for one in groups.listed(db, None)]
    assert found == [(3, [5, 6]), (2, [4])]


def test_a_group_that_is_not_there(desk: Desk) -> None:
    desk.open()
    with pytest.raises(NotFound, match="no-such-group"):
        grouping.join(desk.road(60), 4, [1])
    with pytest.raises(NotFound, match="no-such-group"):
        told(desk, 4)


def test_the_doctor_sees_a_group_that_is_not_what_its_events_say(desk: Desk) -> None:
    desk.open()
    desk.open()
    grouping.form(desk.road(60), [1, 2], statement="a")
    with desk.writing() as db:
        db.execute("UPDATE group_current SET statement = 'b'")
        db.execute("UPDATE case_current SET group_number = NULL WHERE number = 2")
    with desk.reading() as db:
        found = {(one.code, one.what) for one in doctor.examine(db).findings}
    assert found == {
        ("row-differs", "group 1, statement"),
        ("row-differs", "group 1, cases"),
        ("row-differs", "case 2, group_number"),
    }


# --- what is alike ---


def test_the_third_of_a_model_within_seven_days_is_seen_when_it_is_opened(desk: Desk) -> None:
    assert opens(desk, 0, "Model X5").alike == ()
    assert opens(desk, days(3), "other").alike == ()
    assert opens(desk, days(4), "MODEL X5").alike == ()
    [one] = opens(desk, days(7) - 1, "model x5").alike
    assert (one.by, one.value, one.cases, one.group, one.apart) == (
        "model",
        "model x5",
        (1, 3, 4),
        None,
        (1, 3, 4),
    )
    desk.is_sound()


def test_seven_days_are_over_to_the_second(desk: Desk) -> None:
    opens(desk, 0, "X5")
    opens(desk, 1, "X5")
    assert opens(desk, days(7), "X5").alike == ()
    assert [one.cases for one in opens(desk, days(7), "X5").alike] == [(2, 3, 4)]


def test_what_is_closed_or_no_complaint_does_not_count(desk: Desk) -> None:
    opens(desk, 0, "X5")
    opens(desk, 1, "X5", kind="inquiry")
    opens(desk, 2, "X5")
    desk.does(ending.close, 60, 3, outcome="invalid")
    opens(desk, 120, "X5")
    assert opens(desk, 180, "X5", kind="praise").alike == ()
    assert [one.cases for one in opens(desk, 240, "X5").alike] == [(1, 4, 6)]


def test_a_further_one_is_to_be_put_into_the_group_that_is_there(desk: Desk) -> None:
    for at in range(3):
        opens(desk, at, "X5")
    grouping.form(desk.road(60), [1, 2, 3])
    assert suggested(desk, 120) == []
    [one] = opens(desk, 180, "X5").alike
    assert (one.cases, one.group, one.apart) == ((1, 2, 3, 4), 1, (4,))


@pytest.mark.parametrize("name", ["batch", "area"])
def test_fields_of_cases_and_of_products_make_them_alike_too(desk: Desk, name: str) -> None:
    for at in range(3):
        opens(desk, at, f"model {at}")
    field(desk, "case", 1, name, "B-17")
    field(desk, "product", 2, name, "b-17")
    assert suggested(desk, 60) == []
    field(desk, "case", 3, name, "B-17")
    [one] = suggested(desk, 60)
    assert (one.by, one.value, one.cases) == (name, "B-17", (1, 2, 3))
    with desk.reading() as db:
        policy, row = road.desk_of(db).policy, desk.show(3).row
        assert [each.cases for each in groups.alike_now(db, policy, row, T0 + 60, None)] == [(1, 2, 3)]
        assert groups.alike_now(db, policy, row, T0 + days(8), None) == []


def test_a_field_of_the_same_case_and_product_counts_once(desk: Desk) -> None:
    for at in range(2):
        opens(desk, at, f"model {at}")
        field(desk, "case", at + 1, "batch", "B")
        field(desk, "product", at + 1, "batch", "b")
    assert suggested(desk, 60) == []


def test_the_policy_says_how_many_within_how_many_days_and_by_what(desk: Desk) -> None:
    own = rules({"groups": {"cases": 2, "days": 1, "alike": ["category"]}})
    desk.open(0, category="billing")
    desk.applies(own, 1)
    assert opens(desk, hours(23), "X5", category="service.repair").alike == ()
    [one] = opens(desk, hours(24) - 1, "X5", category="billing").alike
    assert (one.by, one.value, one.cases) == ("category", "billing", (1, 3))


def test_a_policy_may_suggest_nothing(desk: Desk) -> None:
    opens(desk, 0, "X5")
    desk.applies(rules({"groups": {"alike": []}}), 1)
    for at in (2, 3):
        assert opens(desk, at, "X5").alike == ()
    assert suggested(desk, 60) == []


def test_suggestions_of_an_earlier_moment(desk: Desk) -> None:
    for at in (0, hours(1), hours(2), hours(3)):
        opens(desk, at, "X5")
    grouping.form(desk.road(hours(4)), [1, 2, 3, 4])
    assert [one.cases for one in suggested(desk, hours(2), past=True)] == [(1, 2, 3)]
    assert suggested(desk, hours(1), past=True) == []
    assert suggested(desk, hours(4)) == []


def test_a_model_is_registered_as_a_product_of_the_case(desk: Desk) -> None:
    opens(desk, 0, "X5")
    opens(desk, 1)
    assert desk.rows("SELECT number, model FROM product_current") == [(1, "X5")]
    assert [desk.show(n).row.product_number for n in (1, 2)] == [1, None]
    desk.is_sound()
