"""The tables of `overdue` and `list`: what they say, and that they keep their shape."""

from __future__ import annotations

import re

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from rich.cells import cell_len, split_text

from cstrack.domain.decide import flags, levels
from cstrack.record.project import case_row, clock_row
from cstrack.record.rows import CaseRow, ClockRow
from cstrack.render import due_table, grid, list_table
from cstrack.render.screen import Look
from tests.support.spec import T0, ZONE, Scene, did, given, hours, minutes, opened

NOON = T0 + hours(3)
END_OF_DAY = T0 + hours(15) - 1
ANSI = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "[/foo] \x1b[31mred\x1b[0m \x9b2J \u202egnp.exe\u2066 [bold]x[/bold] :smile:"


def look(width: int, *, colour: bool = False, terminal: bool = True) -> Look:
    return Look(width, colour, terminal)


def row_of(scene: Scene, number: int = 1, customer: str | None = "张三", **fields: object) -> CaseRow:
    return CaseRow(*case_row(scene.state, customer, None))._replace(number=number, **fields)


def due_screen(*rows: CaseRow, now: int, width: int = 100, until: int | None = None) -> list[str]:
    shown = [(row, None) for row in rows]
    return due_table.screen(shown, now, ZONE, look(width), until=until or now).split("\n")


def late_at(scene: Scene, by: int) -> int:
    """A moment so many seconds after the earliest due time of a case."""
    due: int = row_of(scene).next_due
    return due + by


WRITTEN = given(opened(channel="mail"))
CALLED = given(opened(channel="phone", flags=("vip",)))
CRISIS = given(opened(channel="media", flags=("safety",)))


def test_the_first_line_counts_what_is_late_and_what_is_due_today() -> None:
    late, soon = row_of(WRITTEN, 1), row_of(WRITTEN, 2)._replace(next_due=NOON + 60)
    late = late._replace(next_due=NOON)
    assert due_screen(late, soon, now=NOON, until=END_OF_DAY)[0].startswith("1 late · 1 due today  ")


def test_the_first_line_says_the_moment_and_its_zone_at_the_right_end() -> None:
    heading, _blank, titles, *_rest = due_screen(row_of(WRITTEN), now=late_at(WRITTEN, 60))
    assert heading.endswith("Tue 17 Nov 09:01 Asia/Shanghai")
    assert len(heading) >= len(titles.rstrip())


def test_a_span_is_named_as_it_was_asked_for() -> None:
    row = row_of(WRITTEN)._replace(next_due=NOON + minutes(10))
    assert due_screen(row, now=NOON, until=NOON + hours(4))[0].startswith("Nothing late · 1 due within 4 h")


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (NOON, "Nothing late."),
        (END_OF_DAY, "Nothing late, nothing due today."),
        (NOON + hours(4), "Nothing late, nothing due within 4 h."),
    ],
)
def test_an_empty_list_says_what_it_looked_for(until: int, said: str) -> None:
    assert due_table.screen([], NOON, ZONE, look(80), until=until) == said + "\n"


@pytest.mark.parametrize(
    ("seconds", "said"), [(-1, "in 0 min"), (0, "LATE 0 min"), (1, "LATE 1 min"), (3601, "LATE 1 h 01")]
)
def test_lateness_is_a_word_and_is_rounded_against_us(seconds: int, said: str) -> None:
    now = late_at(WRITTEN, seconds)
    assert said in due_screen(row_of(WRITTEN), now=now, until=now + 60)[3]


def test_a_crisis_bears_a_sign_beside_its_level() -> None:
    assert due_screen(row_of(CRISIS), now=late_at(CRISIS, 0))[3].split()[:2] == ["C-1", "3!"]


def test_a_clock_is_named_with_its_limit() -> None:
    line = due_screen(row_of(CRISIS), now=late_at(CRISIS, 0))[3]
    assert "first response 2 h  " in line


def test_a_level_and_its_limit_are_kept_apart() -> None:
    scene = given(opened(channel="phone"), did(levels.escalate, hours(2), text="asked for"))
    clock = ClockRow(*clock_row(1, scene.clock("level")))
    text = due_table.screen([(row_of(scene), clock)], clock.due_at, ZONE, look(100), until=clock.due_at)
    assert "level 2, 48 h  LATE 0 min" in text


def test_what_else_is_late_is_counted_beside_the_clock() -> None:
    assert "first response 24 h +2" in due_screen(row_of(WRITTEN), now=late_at(WRITTEN, 0))[3]


def test_one_row_a_clock_counts_nothing_beside_it() -> None:
    clock = ClockRow(*clock_row(1, WRITTEN.clock("plan")))
    text = due_table.screen([(row_of(WRITTEN), clock)], clock.due_at, ZONE, look(100), until=clock.due_at)
    assert "+" not in text


def test_what_is_not_known_is_a_dash() -> None:
    row = row_of(WRITTEN, customer=None)._replace(owner=None, subject=None)
    assert due_screen(row, now=late_at(WRITTEN, 0))[3].split()[2] == "-"
    assert due_screen(row, now=late_at(WRITTEN, 0))[3].split()[-2:] == ["-", "-"]


def test_the_footer_names_the_command_for_the_first_case_without_an_owner() -> None:
    rows = [row_of(WRITTEN, 7), row_of(WRITTEN, 8)._replace(owner=None)]
    footer = due_screen(*rows, now=late_at(WRITTEN, 0))[-2]
    assert footer == "C-8 has no owner: cstrack assign C-8 WHO   Why then? cstrack why C-7"


def test_the_footer_names_the_case_that_has_waited_longest_for_an_owner() -> None:
    now = late_at(WRITTEN, 0)
    waits = [(8, now - hours(2)), (9, now - hours(5)), (10, None)]
    rows = [row_of(WRITTEN, number)._replace(owner=None, unowned_since=since) for number, since in waits]
    *_table, footer, _end = due_screen(*rows, now=now, width=120)
    told = "C-9 has had no owner for 5 h: cstrack assign C-9 WHO   and 2 more   Why then? cstrack why C-8"
    assert footer == told
    assert [line.split()[0] for line in due_screen(*rows, now=now) if "  -  " in line] == [
        "C-8",
        "C-9",
        "C-10",
    ]


def test_the_list_counts_those_that_wait_for_an_owner() -> None:
    now = T0 + hours(1)
    rows = [row_of(WRITTEN, 7), row_of(WRITTEN, 8)._replace(owner=None, unowned_since=now - minutes(5))]
    drawn = list_table.screen(rows, now, ZONE, look(120), narrowed=False).split("\n")
    assert drawn[0].startswith("2 listed · 1 without an owner  ")
    assert drawn[-2] == (
        "C-8 has had no owner for 5 min: cstrack assign C-8 WHO   One of them: cstrack show C-7"
    )


def test_the_list_leaves_alone_what_never_had_an_owner_to_wait_for() -> None:
    rows = [row_of(WRITTEN, 7)._replace(owner=None)]
    drawn = list_table.screen(rows, T0, ZONE, look(120), narrowed=False).split("\n")
    assert (drawn[0].split("  ")[0], drawn[-2]) == ("1 listed", "One of them: cstrack show C-7")


def test_where_everybody_is_owned_the_footer_is_about_the_first_case() -> None:
    assert due_screen(row_of(WRITTEN, 7), now=late_at(WRITTEN, 0))[-2] == "Why then? cstrack why C-7"


# --- shape --------------------------------------------------------------------------------------------------

LONG = "The car came back twice with the same noise, 空调不制冷也没有修好，客户非常不满意，要求经理回电"


def mixed_rows() -> list[CaseRow]:
    return [
        row_of(CRISIS, 1042, "Robert von Hohenzollern-Sigmaringen")._replace(subject=LONG),
        row_of(WRITTEN, 7)._replace(subject="发票开错", owner="王主管"),
        row_of(WRITTEN, 123_456, None)._replace(subject=HOSTILE, owner=None),
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    text = due_table.screen(
        [(row, None) for row in mixed_rows()], END_OF_DAY, ZONE, look(width), until=END_OF_DAY
    )
    text += list_table.screen(mixed_rows(), END_OF_DAY, ZONE, look(width), narrowed=False)
    assert max(map(cell_len, text.split("\n"))) <= width


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_numbers_and_times_are_whole_at_every_width(width: int) -> None:
    text = "\n".join(due_screen(*mixed_rows(), now=T0 + hours(26), width=width))
    for whole in ("C-1042", "C-123456", "first response 2 h", "LATE 24 h", "LATE 2 h", "24 h +2"):
        assert whole in text


@pytest.mark.parametrize("width", [80, 120, 200])
def test_columns_stand_below_their_titles_whatever_the_script(width: int) -> None:
    lines = due_screen(*mixed_rows(), now=T0 + hours(26), width=width)
    titles, rows = lines[2], lines[3:6]
    for title, texts in {"LEFT": ("LATE", "LATE", "LATE"), "OWNER": ("li", "王主管", "-")}.items():
        at = titles.index(title)
        for line, text in zip(rows, texts, strict=True):
            assert split_text(line, at)[1].startswith(text)


def test_a_subject_that_fits_is_not_cut() -> None:
    assert LONG in due_screen(*mixed_rows(), now=T0 + hours(26), width=200)[3]


def test_a_long_subject_is_cut_with_a_sign_of_it() -> None:
    assert "…" in due_screen(*mixed_rows(), now=T0 + hours(26), width=100)[3]


def test_off_a_terminal_nothing_is_cut() -> None:
    text = list_table.screen(mixed_rows(), T0 + hours(26), ZONE, look(80, terminal=False), narrowed=False)
    assert LONG in text


@pytest.mark.parametrize("width", [40, 80])
def test_r17_hostile_text_is_shown_and_does_nothing(width: int) -> None:
    row = row_of(WRITTEN, 1, HOSTILE)._replace(subject=HOSTILE, owner=HOSTILE)
    text = "\n".join(due_screen(row, now=late_at(WRITTEN, 0), width=width))
    assert "[/foo] \\x1b[3" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@for_any(st.text(min_size=1, max_size=60), st.text(max_size=30), st.integers(min_value=40, max_value=200))
def test_r17_any_text_keeps_the_table_within_the_screen(subject: str, name: str, width: int) -> None:
    row = row_of(WRITTEN, 1, name)._replace(subject=subject, owner=name)
    lines = due_screen(row, now=late_at(WRITTEN, 0), width=width)
    assert max(map(cell_len, lines)) <= width


def test_colour_only_repeats_what_the_words_say() -> None:
    shown = [(row, None) for row in mixed_rows()]
    now = T0 + hours(26)
    bare = due_table.screen(shown, now, ZONE, look(100), until=now)
    coloured = due_table.screen(shown, now, ZONE, look(100, colour=True), until=now)
    assert ANSI.search(coloured)
    assert [line.rstrip() for line in ANSI.sub("", coloured).split("\n")] == bare.split("\n")


def test_a_list_too_long_for_rich_looks_the_same() -> None:
    columns = [("CASE", 0), ("WHAT", 14)]
    rows = [[(f"C-{n}", ""), (LONG[n % 20 :], "")] for n in range(grid.SCREENFUL + 1)]
    wide = grid.fitted(columns, rows, look(60))
    assert wide is not None
    by_hand = grid.table(columns, rows, wide, look(60)).split("\n")
    by_rich = grid.table(columns, rows[:-1], wide, look(60)).split("\n")
    assert by_hand[: len(by_rich) - 1] == by_rich[:-1]


# --- list ---------------------------------------------------------------------------------------------------


def test_the_list_says_how_many_there_are_and_how_many_are_late() -> None:
    text = list_table.screen(
        [row_of(WRITTEN), row_of(CALLED, 2)], late_at(WRITTEN, 0), ZONE, look(100), narrowed=False
    )
    assert text.startswith("2 listed · 2 late  ")


def test_the_list_shows_status_what_is_left_and_the_age() -> None:
    text = list_table.screen([row_of(WRITTEN)], T0 + hours(5), ZONE, look(100), narrowed=False)
    assert "in progress  in 19 h  5 h  li     张三" in text


@pytest.mark.parametrize(
    ("age", "said"), [(59, "0 min"), (minutes(65), "1 h"), (hours(65.5), "65 h"), (hours(247), "10 d")]
)
def test_an_age_is_told_by_its_largest_unit(age: int, said: str) -> None:
    text = list_table.screen([row_of(WRITTEN)], T0 + age, ZONE, look(100), narrowed=False)
    assert f"  {said}  " in text.split("\n")[3]


def test_the_list_names_the_outcome_of_what_is_closed() -> None:
    row = row_of(WRITTEN)._replace(
        status="closed", outcome="withdrawn", closed_at=T0 + hours(3), next_due=None
    )
    text = list_table.screen([row], T0 + hours(50), ZONE, look(100), narrowed=True)
    assert "closed, withdrawn  -     3 h" in text


def test_an_empty_list_says_how_to_begin() -> None:
    text = list_table.screen([], NOON, ZONE, look(80), narrowed=False)
    assert text.startswith("No open cases. Open one: cstrack open ")


def test_an_empty_narrowed_list_says_how_to_see_more() -> None:
    text = list_table.screen([], NOON, ZONE, look(80), narrowed=True)
    assert text == "No such cases. All that are open: cstrack list\n"


def test_a_flag_that_hastens_shows_the_limit_that_counts_now() -> None:
    scene = given(opened(channel="mail"), did(flags.flag, hours(1), flag="crisis"))
    assert "first response 2 h" in due_screen(row_of(scene), now=late_at(scene, 0))[3]
