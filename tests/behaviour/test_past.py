"""Looking back: the desk as of an earlier moment is what its rows showed then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import reading, why
from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from cstrack.domain.errors import NotFound
from cstrack.render import shapes
from tests.support.spec import T0, contact_hours, days, hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.desks import Desk

STORY: list[tuple[int, Callable[..., None], int, dict[str, Any]]] = [
    (hours(1), talk.contact, 1, {"direction": "out", "text": "x"}),
    (hours(3), waiting.pause, 2, {"waiting_for": "customer"}),
    (hours(5), levels.escalate, 1, {"text": "x"}),
    (hours(9), talk.contact, 2, {"direction": "in", "text": "x"}),
    (hours(20), people.assign, 1, {"owner": "wang"}),
    (hours(26), flags.flag, 2, {"flag": "crisis"}),
    (hours(30), ending.agree, 1, {"text": "x"}),
    (days(3), ending.resolve, 1, {"text": "x"}),
    (days(4), ending.close, 1, {"outcome": "satisfied"}),
    (days(5), ending.close, 2, {"outcome": "no-agreement"}),
    (days(7), ending.reopen, 1, {"text": "x"}),
]


def seen(desk: Desk, now: int, at: int | None) -> dict[str, Any]:
    """Everything a reader can see at `now`; `at` looks back."""
    with desk.reading() as db:
        return {
            "list": reading.listed(db, at, {}),
            "all": reading.listed(db, at, {"status": "all"}),
            "level 2": reading.listed(db, at, {"level": 2, "kind": "complaint"}),
            "crisis": reading.listed(db, at, {"flag": "crisis"}),
            "since": reading.listed(db, at, {"since": T0 + 1}),
            "before": reading.listed(db, at, {"before": T0 + 1}),
            "overdue": reading.due(db, at, now, {}),
            "soon": reading.due(db, at, now + hours(20), {"owner": "li"}),
            "clocks": reading.clocks_due(db, at, now, {}),
            "one": reading.shown(db, 1, at),
            "two": reading.shown(db, 2, at),
        }


def test_a_look_back_shows_what_the_rows_showed_then(desk: Desk) -> None:
    desk.open(0, channel="web", name="张三", phone="13800000000")
    desk.open(60, channel="platform", category="billing")
    then = {}
    story = [*STORY, (days(8), talk.note, 1, {"text": "the end"})]
    for step, (at, order, number, words) in enumerate(story):
        desk.does(order, at, number, **words)
        ends = story[step + 1][0] if step + 1 < len(story) else at + hours(2)
        for moment in (at, (at + ends) // 2, ends - 1):
            desk.sweep(moment)
            then[moment] = seen(desk, T0 + moment, None)
    for moment, rows in then.items():
        assert seen(desk, T0 + moment, T0 + moment) == rows


def test_p39_no_two_views_disagree_around_a_due_time(desk: Desk) -> None:
    desk.open(0, channel="web")
    desk.does(talk.note, hours(1), text="x")
    desk.does(talk.note, hours(23), text="x")
    for by, late in ((-1, False), (0, True), (1, True)):
        now = hours(24) + by
        assert bool(desk.overdue(now)) is late
        assert bool(desk.overdue(now, past=True)) is late
        assert [c.due_at - T0 <= now for c in desk.show().clocks if c.kind == "level"] == [late]


def test_a_case_is_not_seen_before_it_was_opened(desk: Desk) -> None:
    desk.open(hours(2))
    desk.does(talk.note, hours(4), text="x")
    assert desk.listed(hours(2) - 1) == []
    assert [row.number for row in desk.listed(hours(2))] == [1]
    with pytest.raises(NotFound):
        desk.show(1, hours(2) - 1)


def test_a_case_opened_since_is_not_seen_at_a_moment_after_the_newest_event(desk: Desk) -> None:
    desk.open(hours(2))
    assert desk.show(1, hours(3)).row.number == 1
    with pytest.raises(NotFound):
        desk.show(1, hours(1))


def test_a_word_typed_in_later_is_seen_from_when_it_was_said(desk: Desk) -> None:
    desk.open(channel="web")
    desk.does(talk.contact, hours(2), typed=hours(30), direction="out", text="x")
    desk.does(talk.note, hours(31), text="x")
    before, after = desk.show(1, hours(2) - 1), desk.show(1, hours(2))
    assert [c.stopped_at for c in before.clocks if c.kind == "first-response"] == [None]
    assert [c.stopped_at for c in after.clocks if c.kind == "first-response"] == [T0 + hours(2)]


def test_p39_a_word_typed_in_between_two_others_hides_no_silence_after_it(desk: Desk) -> None:
    desk.open(flags=("departments",))
    for at in (hours(1), days(4)):
        desk.does(talk.contact, at, direction="out", text="x")
    moment = days(3)
    before = [row.next_clock for row in desk.overdue(moment, past=True)]
    desk.does(talk.contact, hours(2), typed=days(4) + 1, direction="out", text="x")
    with desk.reading() as db:
        late = [clock for _row, clock in reading.clocks_due(db, T0 + moment, T0 + moment, {})]
        told = why.explained(db, 1, T0 + moment).clocks[-1]
    assert [row.next_clock for row in desk.overdue(moment, past=True)] == before
    [clock] = [clock for clock in late if clock.kind == "next-update"]
    assert (clock.started_at, clock.stopped_at, clock.verdict) == (T0 + hours(2), None, None)
    assert (told.clock.kind, told.clock.running, told.stopped_by) == ("next-update", True, None)
    desk.is_sound()


def test_p39_a_whole_case_and_its_rows_agree_about_a_moment_between_two_words(desk: Desk) -> None:
    desk.open(0, channel="web", flags=("dissatisfied",))
    desk.does(talk.contact, hours(60), direction="out", text="x")
    desk.does(talk.contact, hours(4), typed=hours(61), direction="out", text="typed in later")
    with desk.reading() as db:
        whole = reading.case(db, 1, T0 + hours(20))
        rows = reading.shown(db, 1, T0 + hours(20)).clocks
    assert list(whole.clocks) == list(map(shapes.clock_of, rows))
    assert [clock.kind for clock in whole.clocks if clock.running].count("next-update") == 1


def test_a_word_typed_in_for_before_a_pause_is_not_moved_by_it_in_a_look_back(desk: Desk) -> None:
    desk.open(flags=("departments",))
    desk.does(waiting.pause, hours(20), waiting_for="customer", until=T0 + days(2))
    desk.does(talk.contact, hours(2), typed=hours(21), direction="out", text="x")
    before, since = ((T0 + contact_hours(hours(2), 24)), desk.clock("next-update").due_at)
    with desk.reading() as db:
        told = why.explained(db, 1, T0 + hours(10)).clocks[-1]
    [clock] = [one for one in desk.show(at=hours(10)).clocks if one.kind == "next-update" and not one.verdict]
    assert (clock.due_at, clock.paused_until) == (before, None)
    assert since > before
    assert (told.clock.due_at, told.moves, told.pauses) == (before, [], [])


def test_a_resolution_typed_in_for_before_a_word_leaves_nothing_running_then(desk: Desk) -> None:
    desk.open(flags=("departments",))
    desk.does(talk.contact, hours(6), direction="out", text="x")
    desk.does(ending.resolve, hours(4), typed=hours(7), text="done")
    desk.does(talk.note, hours(8), text="x")
    for at in (hours(4), hours(5), hours(7)):
        assert [c.kind for c in desk.show(1, at).clocks if c.stopped_at is None] == []
        assert desk.overdue(at, past=True) == []


def test_d08_reading_never_takes_a_step(desk: Desk) -> None:
    desk.open()
    before = desk.everything()
    assert [row.level for row in desk.overdue(days(9))] == [1]
    assert desk.show().row.level == 1
    assert desk.everything() == before
