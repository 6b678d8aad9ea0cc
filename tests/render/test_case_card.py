"""What `show` tells a person."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from cstrack.app.reading import Whole
from cstrack.domain.decide import demands, ending, levels, steps, talk, waiting
from cstrack.domain.policy import default_policy
from cstrack.record.project import case_row
from cstrack.record.rows import CaseRow
from cstrack.render.case_card import card
from cstrack.render.screen import Look
from tests.support.spec import T0, ZONE, Scene, did, given, hours, minutes, opened

HOSTILE = "[/foo] \x1b]52;c;YQ==\x07 \u202eevil 空调 " * 4


def drawn(scene: Scene, at: int, width: int = 100, *, terminal: bool = True, **fields: object) -> str:
    row = CaseRow(*case_row(scene.state, "张三", None))._replace(**fields)
    look, state = Look(width, colour=False, terminal=terminal), scene.state
    return card(Whole(row, state, default_policy(ZONE)), T0 + at, look)


WRITTEN = given(opened(channel="mail", category="service.repair", subject="空调不制冷"))
LATE = drawn(WRITTEN, hours(25))


def test_the_first_lines_say_which_case_where_it_stands_and_how_late_it_is() -> None:
    assert LATE.split("\n")[:2] == [
        "C-1  空调不制冷",
        "in progress · level 1, front line · first response 24 h: LATE 1 h",
    ]


def test_people_matter_and_dates_stand_by_their_names() -> None:
    found = dict(re.findall(r"^  (\w[\w ]*?)  +(.+)$", LATE, re.MULTILINE))
    assert found == {
        "owner": "li",
        "handler": "li",
        "first contact": "li",
        "customer": "张三",
        "category": "repair",
        "channel": "mail",
        "opened": "Mon 16 Nov 09:00, open for 25 h",
    }


def test_demands_stand_before_the_clocks_and_steps_behind_them() -> None:
    scene = given(
        opened(channel="phone"),
        did(demands.add, minutes(1), text="an apology"),
        did(steps.tick, minutes(2), code="listen"),
    )
    text = drawn(scene, hours(1))
    places = [
        text.index(words)
        for words in ("first contact", "Demands, ", "CLOCK", "Stages", "Checklists", "cstrack why")
    ]
    assert places == sorted(places)
    assert "  1  no answer yet  an apology\n" in text
    assert (
        "  four steps, 1 of 4 done\n    listen     listen and understand  done Mon 16 Nov 09:02 by li\n"
        in text
    )


@pytest.mark.parametrize("width", [30, 60, 100])
def test_r17_hostile_demands_are_folded_harmless_into_any_width(width: int) -> None:
    wanted, parked = did(demands.add, 60, text=HOSTILE), {"to": HOSTILE, "until": T0 + hours(9)}
    answered = did(demands.answer, 120, n=1, answer="parked", text=HOSTILE, **parked)
    text = drawn(given(opened(channel="phone", flags=("crisis",)), wanted, answered), hours(10), width)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(map(cell_len, text.split("\n"))) <= width
    assert "LATE 1 h" in " ".join(text.split())


def test_a_case_without_owner_says_so_and_how_to_name_one() -> None:
    text = drawn(WRITTEN, hours(1), owner=None)
    assert re.search(r"^  owner +nobody yet$", text, re.MULTILINE)
    assert "cstrack assign C-1 WHO" in text


def test_a_closed_case_misses_no_owner() -> None:
    text = drawn(WRITTEN, hours(1), owner=None, status="closed")
    assert "nobody" not in text
    assert "cstrack assign" not in text


def test_a_crisis_is_named() -> None:
    assert " · CRISIS · " in drawn(given(opened(channel="phone", flags=("crisis",))), hours(1))


def test_other_kinds_than_complaints_are_named() -> None:
    assert "\ninquiry · in progress" in drawn(given(opened(kind="inquiry", channel="phone")), hours(1))


def clock_lines(text: str) -> list[list[str]]:
    lines = text.partition("CLOCK")[2].partition("\n\n")[0].split("\n")[1:]
    return [re.split(r"  +", line) for line in lines if line]


def test_a_clock_shows_start_due_verdict_and_what_is_left() -> None:
    scene = given(
        opened(channel="phone"),
        did(talk.propose, minutes(15), text="x", by=T0 + hours(30)),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(10)),
    )
    assert clock_lines(drawn(scene, hours(3))) == [
        ["level 1, 24 h", "Mon 16 Nov 09:00", "Tue 17 Nov 17:00", "paused", "22 h left"],
        ["total 72 h", "Mon 16 Nov 09:00", "Thu 19 Nov 09:00", "running", "in 69 h"],
        ["plan 24 h", "Mon 16 Nov 09:00", "Tue 17 Nov 09:00", "met", "23 h 45 left"],
        ["first response 24 h", "Mon 16 Nov 09:00", "Tue 17 Nov 09:00", "met", "24 h left"],
    ]


def test_a_clock_that_runs_past_its_time_is_breached_and_late() -> None:
    assert clock_lines(LATE)[0][3:] == ["breached", "LATE 1 h"]


def test_a_clock_handed_over_in_time_is_passed_on() -> None:
    scene = given(opened(channel="phone"), did(levels.escalate, hours(2), text="x"))
    passed = [line for line in clock_lines(drawn(scene, hours(3))) if line[0] == "level 1, 24 h"]
    assert passed[0][3:] == ["passed on", "22 h left"]


def test_what_ran_out_to_the_second_is_neither_left_nor_late() -> None:
    scene = given(opened(channel="phone"), did(talk.note, hours(25), text="x"))
    ran_out = [line for line in clock_lines(drawn(scene, hours(26))) if line[0] == "level 1, 24 h"]
    assert ran_out[0][3:] == ["breached", "-"]


@pytest.mark.parametrize(
    ("status", "command"),
    [
        ("waiting", "cstrack resume C-1"),
        ("resolved", "cstrack close C-1 --outcome satisfied"),
        ("closed", "cstrack reopen C-1 -m"),
    ],
)
def test_the_next_command_fits_the_status(status: str, command: str) -> None:
    assert command in drawn(WRITTEN, hours(1), status=status)


def test_a_closed_case_shows_its_outcome_and_how_long_it_was_open() -> None:
    scene = given(
        opened(channel="phone"),
        did(ending.resolve, hours(2), text="done"),
        did(ending.close, hours(50), outcome="satisfied"),
    )
    text = drawn(scene, hours(99))
    assert text.split("\n")[1] == "closed, satisfied · level 1, front line"
    assert re.search(r"^  opened +Mon 16 Nov 09:00, was open for 50 h$", text, re.MULTILINE)
    assert re.search(r"^  closed +Wed 18 Nov 11:00$", text, re.MULTILINE)


def test_a_reopened_case_says_which_cycle_it_is_in() -> None:
    scene = given(
        opened(channel="phone"),
        did(ending.resolve, hours(2), text="done"),
        did(ending.reopen, hours(3), text="again"),
    )
    assert "open for 4 h, cycle 2" in drawn(scene, hours(4))


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    text = drawn(WRITTEN, hours(25), width, subject=HOSTILE, customer=HOSTILE, owner=HOSTILE, flags="vip")
    assert max(map(cell_len, text.split("\n"))) <= width


@pytest.mark.parametrize("width", [40, 60, 80])
def test_where_it_is_narrow_the_clocks_keep_their_names_and_what_is_left(width: int) -> None:
    text = drawn(WRITTEN, hours(25), width)
    assert re.search(r"^first response 24 h .*LATE 1 h$", text, re.MULTILINE)


def test_a_long_subject_is_wrapped_and_nothing_of_it_is_lost() -> None:
    subject = "the car came back twice with the same noise " * 4
    text = drawn(WRITTEN, hours(1), 60, subject=subject)
    shown = text.partition("in progress")[0].removeprefix("C-1")
    assert shown.split() == subject.split()


def test_off_a_terminal_nothing_is_wrapped() -> None:
    subject = "the car came back twice with the same noise " * 4
    assert drawn(WRITTEN, hours(1), 60, terminal=False, subject=subject).startswith(f"C-1  {subject.strip()}")


def test_r17_hostile_text_is_shown_and_does_nothing() -> None:
    text = drawn(WRITTEN, hours(1), 80, subject=HOSTILE, customer=HOSTILE)
    assert "[/foo] \\x1b]52" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_the_moment_of_looking_and_its_zone_are_said() -> None:
    assert "\nClocks as of Tue 17 Nov 10:00 Asia/Shanghai\n" in LATE
