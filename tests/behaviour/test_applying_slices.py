"""Applying a policy where stores have rules of their own and cases wait for approval, in a stage, on site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.decide import on_site, remedies, stages
from cstrack.domain.remedy import Wanted
from cstrack.domain.staff import Person
from tests.support.rules import rules
from tests.support.spec import T0, hours, minutes

if TYPE_CHECKING:
    from tests.support.desks import Desk


def desk_rules(store: dict[str, Any], over: dict[str, Any] | None = None, **how: Any) -> dict[str, Any]:
    """The shipped rules, with what the store north does otherwise."""
    return {**rules({**(over or {}), "stores": {"north": store}}, **how), "name": "two"}


def level_limit(limit: str) -> dict[str, Any]:
    return {"levels": {"1": {"limit": limit}}}


def dues(desk: Desk, kind: str = "level") -> list[int]:
    """When a clock of each of the two cases is due, in seconds after T0."""
    return [desk.clock(kind, number).due_at - T0 for number in (1, 2)]


def open_both(desk: Desk) -> None:
    """C-1 of the store north, C-2 of none."""
    desk.has(Person("li", store="north"), Person("sun"), Person("zhao", level=3))
    desk.open(0, channel="web", store="north")
    desk.open(0, channel="web", who="sun")


def test_each_case_follows_the_rules_of_its_store(desk: Desk) -> None:
    desk.applies(desk_rules(level_limit("48h")), 0)
    open_both(desk)
    assert dues(desk) == [hours(48), hours(24)]
    done = desk.applies(desk_rules(level_limit("96h")), hours(1))
    assert [(one.number, one.kind) for one in done.moved] == [(1, "level")]
    assert dues(desk) == [hours(96), hours(24)]
    desk.applies(desk_rules(level_limit("96h"), level_limit("30h")), hours(2))
    assert dues(desk) == [hours(96), hours(30)]
    desk.is_sound()


def test_the_sweep_hands_up_by_the_rules_of_the_store(desk: Desk) -> None:
    desk.applies(desk_rules({"levels": {"1": {"limit": "48h"}, "2": {"limit": "200h"}}}), 0)
    open_both(desk)
    assert [one.after.number for one in desk.sweep(hours(25)).outcomes] == [2]
    desk.sweep(hours(49))
    assert dues(desk) == [hours(248), hours(72)]
    desk.is_sound()


def test_what_waits_for_an_approval_in_a_stage_and_on_site_follows(desk: Desk) -> None:
    desk.applies(desk_rules({}), 0)
    open_both(desk)
    for number in (1, 2):
        desk.does(remedies.ask, 60, number, wanted=Wanted("refund", 2_000_000))
        desk.does(on_site.arrive, 60, number, expected=T0 + hours(1))
        desk.does(stages.enter, 60, number, code="record")
    kinds = ("approval", "waiting-on-site", "stage")
    before = {kind: dues(desk, kind) for kind in kinds}
    longer: dict[str, Any] = {
        "clocks": {
            "approval": {"limit": "40h", "by_level": {"1": "40h"}},
            "waiting-on-site": {"limit": "50m"},
        }
    }
    desk.applies(desk_rules(longer), minutes(2))
    after = {kind: dues(desk, kind) for kind in kinds}
    assert after["stage"] == before["stage"]
    assert [after[kind][1] for kind in kinds] == [before[kind][1] for kind in kinds]
    assert after["approval"][0] == 60 + hours(40)
    assert after["waiting-on-site"][0] == hours(1) + minutes(50)
    desk.is_sound()
    without = ("clocks.approval", "clocks.waiting-on-site", "clocks.stage")
    desk.applies(desk_rules({}, without=without), minutes(3))
    assert [desk.clock(kind).verdict for kind in kinds] == ["void"] * 3
    desk.does(remedies.approve, hours(1), 1, who="zhao", r=1, text="x")
    desk.does(on_site.leave, hours(1), 1)
    desk.does(stages.leave, hours(1), 1)
    desk.is_sound()
