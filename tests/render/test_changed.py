"""The one line that a writing command answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app.road import Outcome
from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from cstrack.domain.decide.catch_up import catch_up
from cstrack.render.changed import MOST_REASON, changed
from tests.support.spec import T0, ZONE, Scene, days, did, given, hours, minutes, open_, opened

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = "[/foo] \x1b]52;c;YQ==\x07\x9b31m \u202eevil {x}\n\tsecond line"
OPEN = given(opened(channel="phone", taken_by="李雷"))


def answer(scene: Scene, order: Callable[..., None], at: int, *, now: int | None = None, **words: Any) -> str:
    """The line for an order given `at` and typed at `now`."""
    after = scene.when(order, at, **words).accepted()
    outcome = Outcome(scene.state, after.state, after.events, ZONE)
    return changed(outcome, T0 + (at if now is None else now), ZONE)


def test_a_hand_up_says_why_what_is_due_and_who_is_gone() -> None:
    assert answer(OPEN, levels.escalate, hours(5), text="asked for by customer") == (
        "C-1  level 1 -> 2 (asked for by customer)  due Wed 18 Nov 14:00, in 48 h  owner 李雷 -> nobody"
    )


def test_a_long_reason_is_repeated_in_part() -> None:
    line = answer(OPEN, levels.escalate, hours(5), text="because " * 100)
    assert f"({('because ' * 100)[: MOST_REASON - 1]}…)" in line


def test_a_note_is_noted_and_nothing_else() -> None:
    assert answer(OPEN, talk.note, hours(1), text="x") == "C-1  noted"


def test_a_correction_names_its_entry() -> None:
    assert answer(OPEN, talk.correct, hours(1), seq=1, text="x") == "C-1  correction of entry 1"


def test_an_assignment_says_from_whom_to_whom_and_until_when() -> None:
    line = answer(OPEN, people.assign, hours(1), owner="王主管")
    assert line == "C-1  owner 李雷 -> 王主管  due Tue 17 Nov 09:00, in 23 h"


def test_a_contact_says_which_clocks_it_moved() -> None:
    written = given(opened(channel="mail", flags=("dissatisfied",), taken_by="li"))
    assert answer(written, talk.contact, hours(2), direction="out", channel="phone", text="x") == (
        "C-1  word to customer (phone)  first response met  next update met"
        "  next update due Wed 18 Nov 12:00, in 49 h"
    )


def test_a_contact_that_moves_no_clock_says_so() -> None:
    armed = given(opened(channel="phone"), did(talk.contact, hours(1), direction="in", text="x"))
    line = answer(armed, talk.contact, hours(2), direction="in", text="x")
    assert line == "C-1  word from customer  no clock moved"


def test_a_word_of_the_customer_that_ends_a_pause_says_what_is_due_now() -> None:
    waits = given(opened(channel="phone"), did(waiting.pause, hours(1), waiting_for="customer"))
    line = answer(waits, talk.contact, hours(3), direction="in", text="x")
    assert "waiting -> in progress" in line
    assert "  due Tue 17 Nov 11:00, in 23 h" in line


def test_a_proposal_says_its_date_and_that_the_plan_is_met() -> None:
    line = answer(OPEN, talk.propose, hours(1), text="x", by=T0 + hours(8))
    assert line == "C-1  proposal for Mon 16 Nov 17:00  plan met  due Tue 17 Nov 09:00, in 23 h"


def test_a_pause_says_for_whom_how_long_and_when_it_is_due_then() -> None:
    line = answer(OPEN, waiting.pause, hours(5), waiting_for="supplier", until=T0 + hours(29))
    assert line == (
        "C-1  in progress -> waiting (the supplier)  until Tue 17 Nov 14:00  due Wed 18 Nov 09:00, in 43 h"
    )


def test_a_flag_says_what_it_called_for() -> None:
    line = answer(OPEN, flags.flag, hours(1), flag="media", text="x")
    assert line == (
        "C-1  flag media  level 1 -> 3 (media)  due Thu 19 Nov 10:00, in 72 h  owner 李雷 -> nobody"
    )


def test_a_flag_taken_away_leaves_the_level() -> None:
    flagged = given(opened(channel="phone", flags=("vip",)))
    line = answer(flagged, flags.unflag, hours(1), flag="vip", text="x")
    assert line == "C-1  flag VIP taken away  due Thu 19 Nov 09:00, in 71 h"


def test_an_ending_says_the_verdicts_and_the_outcome() -> None:
    assert answer(OPEN, ending.resolve, hours(1), text="x") == (
        "C-1  in progress -> resolved  plan met  level 1 met  total met"
    )
    resolved = given(opened(channel="phone"), did(ending.resolve, hours(1), text="x"))
    line = answer(resolved, ending.close, hours(2), outcome="satisfied")
    assert line == "C-1  resolved -> closed (satisfied)"
    again = answer(resolved, ending.reopen, hours(2), text="x")
    assert again == "C-1  resolved -> in progress  cycle 2  due Tue 17 Nov 11:00, in 24 h"


def test_late_is_said_as_late() -> None:
    line = answer(OPEN, people.assign, hours(1), owner="wang", now=hours(25))
    assert line.endswith("due Tue 17 Nov 09:00, LATE 1 h")


def test_steps_that_the_order_first_caught_up_with_are_told_apart() -> None:
    line = answer(OPEN, levels.escalate, hours(30), text="no answer")
    assert line == (
        "C-1  first caught up: level 1 -> 2, time limit, Tue 17 Nov 09:00;"
        "  level 2 -> 3 (no answer)  due Fri 20 Nov 15:00, in 72 h"
    )


def test_steps_by_rule_alone_are_what_changed() -> None:
    after = OPEN.when(lambda draft: catch_up(draft, T0 + hours(30)), hours(30))
    line = changed(Outcome(OPEN.state, after.state, after.events, ZONE), T0 + hours(30), ZONE)
    assert line == ("C-1  level 1 -> 2 (time limit)  due Thu 19 Nov 09:00, in 42 h  owner 李雷 -> nobody")


def test_a_new_case_is_said_to_be_open() -> None:
    after = given().when(open_, 0, channel="phone", taken_by="li")
    line = changed(Outcome(None, after.state, after.events, ZONE), T0 + minutes(1), ZONE)
    assert line == ("C-1  opened at level 1  due Tue 17 Nov 09:00, in 23 h 59  owner li  handler li")


def test_an_order_that_changed_nothing_still_answers() -> None:
    line = changed(Outcome(OPEN.state, OPEN.state, [], ZONE), T0, ZONE)
    assert line == "C-1  nothing changed"


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (talk.note, {"text": HOSTILE}),
        (levels.escalate, {"text": HOSTILE}),
        (people.assign, {"owner": HOSTILE + "2", "handler": HOSTILE + "3"}),
        (talk.contact, {"direction": "in", "channel": HOSTILE, "text": HOSTILE}),
    ],
)
def test_r17_text_from_people_stays_on_one_harmless_line(
    order: Callable[..., None], words: dict[str, Any]
) -> None:
    scene = given(opened(channel="phone", subject=HOSTILE, taken_by=HOSTILE))
    line = answer(scene, order, hours(1), **words)
    assert line.isprintable()
    assert "\u202e" not in line


def test_the_moment_names_its_year_where_that_is_another() -> None:
    line = answer(OPEN, people.assign, hours(1), owner="wang", now=days(60))
    assert "due Tue 17 Nov 2026 09:00, LATE" in line
