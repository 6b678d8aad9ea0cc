"""A refusal writes nothing: not a row, not a number, not the steps that the order had caught up with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import road
from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from cstrack.domain.errors import BadConfig, CstrackError, NotFound, Refused
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.desks import Desk

FORBIDDEN: list[tuple[Callable[..., None], dict[str, Any], str]] = [
    (levels.escalate, {"text": "x", "to": 9}, "level-above-top"),
    (levels.deescalate, {"text": "x", "to": 0}, "level-below-bottom"),
    (people.assign, {"handler": "li"}, "already-assigned"),
    (waiting.resume, {}, "not-waiting"),
    (flags.unflag, {"flag": "vip", "text": "x"}, "flag-not-set"),
    (talk.propose, {"text": "x", "by": T0}, "date-passed"),
    (ending.close, {"outcome": "satisfied"}, "close-needs-resolution"),
    (ending.reopen, {"text": "x"}, "reopen-not-ended"),
]


@pytest.mark.parametrize(("order", "words", "code"), FORBIDDEN)
def test_what_the_rules_forbid_leaves_no_trace(
    desk: Desk, order: Callable[..., None], words: dict[str, Any], code: str
) -> None:
    desk.open()
    before = desk.everything()
    with pytest.raises(Refused) as refusal:
        desk.does(order, hours(30), **words)
    assert refusal.value.code == code
    assert desk.everything() == before


def test_a_case_that_cannot_be_opened_uses_up_no_number(desk: Desk) -> None:
    before = desk.everything()
    with pytest.raises(Refused, match="time-in-future"):
        desk.open(hours(1), typed=0, name="张三", phone="13800000000")
    assert desk.everything() == before
    assert desk.open().outcome.after.number == 1


def test_one_refusal_among_several_cases_refuses_all(desk: Desk) -> None:
    desk.open(0)
    desk.open(60)
    desk.does(ending.close, 120, 2, outcome="invalid")
    before = desk.everything()
    with pytest.raises(Refused, match="case-closed"):
        desk.does(levels.escalate, 180, 1, 2, text="x")
    assert desk.everything() == before


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    desk.open()
    for read in (lambda: desk.does(talk.note, 60, 7, text="x"), lambda: desk.show(7)):
        with pytest.raises(NotFound, match="no-such-case") as refusal:
            read()
        assert refusal.value.facts == {"number": 7}


def test_a_rehearsal_judges_and_writes_nothing(desk: Desk) -> None:
    desk.open()
    before = desk.everything()
    way = desk.road(hours(30))
    [outcome] = road.change(way, [1], lambda draft: talk.note(draft, text="x"), rehearse=True)
    assert [event.type for event in outcome.events] == ["escalated", "noted"]
    assert desk.everything() == before


def test_a_fault_in_the_middle_leaves_nothing_half_done(desk: Desk) -> None:
    desk.open()
    before = desk.everything()

    def breaks(draft: Any) -> None:
        talk.note(draft, text="x")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  any fault will do
        desk.does(breaks, 60)
    assert desk.everything() == before


def test_a_case_with_an_entry_of_a_newer_program_is_shown_and_not_built_upon(desk: Desk) -> None:
    def teleports(draft: Any) -> None:
        talk.note(draft, text="x")
        draft.events[-1] = draft.events[-1]._replace(type="teleported")

    desk.open()
    desk.does(teleports, 60)
    before = desk.everything()
    with pytest.raises(BadConfig, match="event-unknown"):
        desk.does(talk.note, 120, text="y")
    assert desk.everything() == before
    assert desk.show().row.subject == "空调不制冷"


def test_a_history_that_was_altered_is_not_built_upon(desk: Desk) -> None:
    desk.open()
    desk.does(talk.note, 60, text="x")
    guard = "DROP TRIGGER event_unchanged" + (" ON event" if desk.kind == "postgresql" else "")
    with desk.writing() as db:
        db.execute(guard)
        db.execute("UPDATE event SET at = at + 1 WHERE type = 'noted'")
    with pytest.raises(CstrackError, match="chain-broken") as refusal:
        desk.does(talk.note, days(1), text="y")
    assert refusal.value.facts == {"kind": "case", "number": 1, "seq": 2}
