"""The timeline as a person sees it, at fixed moments and widths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from cstrack.domain.events import PERSON, Event
from cstrack.domain.staff import Person, Roster
from cstrack.record.history import Entry
from cstrack.record.project import case_row, clock_row
from cstrack.record.rows import CaseRow, ClockRow
from cstrack.render.fold import flowed, folded
from cstrack.render.screen import Look
from cstrack.render.timeline import MOST_LINES, screen
from tests.support.spec import T0, ZONE, Scene, days, did, given, hours, minutes, opened, until

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTILE = "[/foo] \x1b]52;c;YQ==\x07\x9b31m \u202eevil {x} 空调 " * 3
ESCAPED = re.compile(r"\x1b\[[0-9;]*m")


def drawn(
    scene: Scene,
    at: int,
    width: int = 80,
    *,
    colour: bool = False,
    typed: Mapping[int, int] | None = None,
    actor: str = "李雷",
    erased: bool = False,
    customer: str | None = "张三",
    **fields: Any,
) -> str:
    """The screen of a case `at` seconds after T0; `typed` says when entries were typed in, by seq."""
    row = CaseRow(*case_row(scene.state, customer, None))._replace(**fields)
    clocks = [ClockRow(*clock_row(scene.state.number, clock)) for clock in scene.state.clocks]
    entries = [
        Entry(
            event._replace(words=None if erased else event.words),
            T0 + typed[event.seq] if typed and event.seq in typed else event.at,
            actor if event.cause == PERSON else "system",
            erased and event.words is not None,
        )
        for event in scene.history
    ]
    return screen(row, clocks, entries, T0 + at, ZONE, Look(width, colour=colour, terminal=True))


def lines(text: str) -> list[str]:
    return text.splitlines()


THURSDAY = days(3) + minutes(5)
SUBJECT = "空调不制冷，返修两次未解决"
STORY = given(
    opened(
        THURSDAY,
        subject=SUBJECT,
        channel="phone",
        category="service.repair",
        taken_by="李雷",
        customer_number=7,
    ),
    did(
        talk.propose,
        THURSDAY + minutes(15),
        text="换压缩机，配件到货后两小时完成，周五下午交车",
        by=T0 + days(4) + hours(8),
    ),
    did(waiting.pause, THURSDAY + hours(5), waiting_for="supplier", until=T0 + days(4) + hours(9)),
    did(waiting.resume, THURSDAY + hours(24)),
    until(THURSDAY + hours(48)),
    did(people.assign, THURSDAY + hours(48), owner="王主管"),
)

SCREEN = """\
C-1  空调不制冷，返修两次未解决          in progress · level 2 · 王主管 for 张三
level 2, 48 h  ██████▋░░░░░░░░░░░░░░░░░  28 % · due Mon 23 Nov 04:05, in 34 h 25

Thu 19 Nov
1. 09:05    opened at level 1 by 李雷         phone · repair · due Fri 09:05
2. 09:20    proposal for Fri 20 Nov 17:00, 李雷  plan met, 15 min of 24 h
            "换压缩机，配件到货后两小时完成，周五下午交车"
3. 14:05  = paused, waiting for the supplier  by 李雷 · until Fri 18:00
                                              level 1 stands at 5 h of 24 h
Fri 20 Nov
4. 09:05  > resumed                           by 李雷 · 19 h paused
                                              due Sat 04:05
Sat 21 Nov
5. 04:05 !^ level 1 -> 2, time limit          24 h used · due Mon 04:05
                                              owner 李雷 -> nobody
6. 09:05    owner nobody -> 王主管            by 李雷 · typed Sat 21 Nov 17:00

Why then? cstrack why C-1   Not right? cstrack correct C-1 N -m "..."
                                                  Sat 21 Nov 17:40 Asia/Shanghai
"""
NOW = days(5) + hours(8) + minutes(40)


def test_the_story_of_a_case_at_80_columns() -> None:
    assert drawn(STORY, NOW, typed={6: days(5) + hours(8)}) == SCREEN


def test_at_200_columns_nothing_is_cut_and_remarks_stand_beside_their_entries() -> None:
    text = drawn(STORY, NOW, 200)
    assert "by 李雷 · until Fri 18:00 · level 1 stands at 5 h of 24 h" in text
    assert "24 h used · due Mon 04:05 · owner 李雷 -> nobody" in text
    assert max(map(cell_len, lines(text))) <= 120


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("subject", [SUBJECT, "冷" * 90, "brake pedal " * 20, "é" * 200])
def test_no_line_is_wider_than_the_terminal(width: int, subject: str) -> None:
    text = drawn(STORY, NOW, width, subject=subject, owner="王" * 40, customer="c" * 60)
    assert max(map(cell_len, lines(text))) <= width


@pytest.mark.parametrize("width", [20, 33, 47])
def test_where_it_is_narrow_everything_is_still_there(width: int) -> None:
    told = re.sub(r"\s", "", drawn(STORY, NOW, width))
    wanted = ["28%", "dueMon23Nov04:05,in34h25", "level1->2,timelimit", "换压缩机", "cstrackwhyC-1"]
    assert [words for words in wanted if words not in told] == []


def test_remarks_begin_in_one_column_whatever_is_before_them() -> None:
    found = [cell_len(line[: line.index(words)]) for words in ("phone · ", "by 李雷 · 19 h", "24 h used")
             for line in lines(drawn(STORY, NOW)) if words in line]  # fmt: skip
    assert len(found) == 3
    assert len(set(found)) == 1


def test_a_long_subject_is_cut_in_the_heading_and_whole_beneath_the_opening() -> None:
    long = "刹车异响，" * 30
    text = drawn(STORY, NOW, subject=long)
    assert "…" in lines(text)[0]
    assert long in re.sub(r"\s", "", text)


def test_a_heading_that_fits_on_one_line_says_its_subject_once() -> None:
    assert drawn(STORY, NOW).count(SUBJECT) == 1


def test_a_case_without_owner_says_so() -> None:
    assert "no owner · for 张三" in lines(drawn(STORY, NOW, owner=None))[0]


def test_a_case_that_waits_for_an_owner_says_since_when() -> None:
    text = drawn(STORY, NOW, width=120, owner=None, unowned_since=T0 + hours(1))
    assert "no owner since Mon 16 Nov 10:00 · for 张三" in lines(text)[0]


def test_a_hand_up_names_the_owner_before_and_after() -> None:
    desk = Roster([Person("li", supervisor="wang"), Person("wang", level=2)])
    scene = given(opened(channel="phone"), until(hours(25)), roster=desk)
    told = next(line for line in lines(drawn(scene, hours(25), width=120)) if "level 1 -> 2" in line)
    assert "24 h used · due Thu 09:00 · owner li -> wang" in told


def test_where_nobody_of_the_level_was_there_the_timeline_says_so() -> None:
    desk = Roster([Person("li")])
    scene = given(opened(flags=("departments",)), did(levels.escalate, 60, text="x"), roster=desk)
    text = drawn(scene, hours(1), width=120)
    assert "nobody of level 2 on duty" in text
    assert "nobody of level 3 on duty" in text


def test_an_opening_names_the_owner_who_is_not_the_opener_and_whom_it_is_about() -> None:
    desk = Roster([Person("li"), Person("wang", level=2)])
    scene = given(opened(flags=("departments",), against="workshop"), roster=desk)
    text = " ".join(lines(drawn(scene, hours(1), width=120)))
    assert "complained about: workshop" in text
    assert "owner wang" in text


def test_going_down_and_coming_back_name_a_new_owner() -> None:
    desk = Roster([Person("li", level=1), Person("zhao", level=3, on_duty=False)])
    past = opened(flags=("vip",)), did(levels.deescalate, 60, who="zhao", text="small", to=1)
    assert "owner nobody -> li" in drawn(given(*past, roster=desk), hours(1), width=120)


def test_a_closed_case_has_its_outcome_and_how_much_was_used() -> None:
    scene = given(
        opened(channel="phone"),
        did(ending.resolve, hours(5), text="换了"),
        did(ending.close, hours(6), outcome="satisfied"),
    )
    text = drawn(scene, hours(30))
    assert "closed, satisfied · level 1" in lines(text)[0]
    assert lines(text)[1].endswith("  met · 5 h of 24 h used")
    assert re.search(r"^2\. 14:00 +carried out +by 李雷 · level 1 met, 5 h of 24 h$", text, re.MULTILINE)


def test_a_pause_is_said_in_the_heading_and_at_the_bar() -> None:
    scene = given(opened(channel="phone"), did(waiting.pause, hours(5), waiting_for="supplier"))
    first, second, *_rest = lines(drawn(scene, hours(20), 120))
    assert "waiting until Thu 19 Nov 14:00" in first
    assert second.endswith("  paused · due Fri 20 Nov 09:00, 19 h left")


def test_p25_clocks_that_ran_out_are_entries_at_their_own_due_time_together_where_it_is_one() -> None:
    scene = given(opened(channel="mail"))
    text = drawn(scene, days(3) + hours(1))
    assert re.search(
        r"^Tue 17 Nov\n   09:00 !  first response, plan, level 1 ran out  24 h used$", text, re.MULTILINE
    )
    assert re.search(r"^Thu 19 Nov\n   09:00 !  total ran out +72 h used$", text, re.MULTILINE)
    assert "  breached · due Tue 17 Nov 09:00, LATE 49 h" in lines(text)[1]


def test_p36_a_breach_is_shown_once_when_the_step_up_tells_it() -> None:
    text = drawn(STORY, NOW)
    assert "level 1 ran out" not in text
    assert "!^ level 1 -> 2, time limit" in text


def test_p39_a_clock_is_no_breach_a_second_before_it_is_due() -> None:
    scene = given(opened(channel="phone"))
    assert "ran out" not in drawn(scene, hours(24) - 1)
    assert "ran out" in drawn(scene, hours(24))


def test_the_top_level_that_ran_out_has_its_mark() -> None:
    scene = given(opened(channel="phone", flags=("vip",)), until(hours(72)))
    assert "! level 3 ran out, there is none above" in re.sub(r" +", " ", drawn(scene, hours(80)))


def test_levels_down_have_their_mark_too() -> None:
    scene = given(
        opened(channel="phone", flags=("vip",)), did(levels.deescalate, hours(1), to=1, text="只是咨询")
    )
    assert " v level 3 -> 1, given back by 李雷" in drawn(scene, hours(2))


def test_a_late_answer_says_what_it_used_of_its_limit() -> None:
    scene = given(opened(channel="phone"), did(talk.propose, hours(26), text="x", by=T0 + hours(40)))
    assert "plan breached, 26 h of 24 h" in drawn(scene, hours(27))


def test_the_order_is_of_what_happened_and_the_numbers_are_those_of_the_record() -> None:
    scene = given(
        opened(channel="phone"),
        did(talk.contact, hours(5), direction="out", text="b"),
        did(talk.note, hours(2), text="a"),
    )
    found = re.findall(r"^(\d)\. (\d\d:\d\d)", drawn(scene, hours(6)), re.MULTILINE)
    assert found == [("1", "09:00"), ("3", "11:00"), ("2", "14:00")]


def test_what_was_typed_in_later_says_when() -> None:
    scene = given(opened(channel="phone"), did(talk.note, hours(2), text="a"))
    assert "typed Sat 21 Nov 09:00" in drawn(scene, days(6), typed={2: days(5)})
    assert "typed" not in drawn(scene, days(6), typed={2: hours(2) + 59})


def test_what_has_no_date_of_its_own_does_not_say_how_much_was_used() -> None:
    scene = given(opened(channel="phone"), did(ending.resolve, hours(5), text="x", dated="source-none"))
    text = drawn(scene, hours(6))
    assert "level 1 met" in text
    assert "level 1 met," not in text
    assert "the source gives no date" in text


def test_a_flag_that_shortens_a_clock_says_the_new_due_time() -> None:
    scene = given(opened(channel="mail"), did(flags.flag, hours(1), flag="crisis"))
    assert "first response due 12:00" in drawn(scene, hours(2))


def test_a_pause_names_the_clocks_that_stand_still() -> None:
    scene = given(opened(channel="phone"), did(waiting.pause, hours(5), waiting_for="customer"))
    told = re.sub(r"\s+", " ", drawn(scene, hours(6)))
    assert "level 1 stands at 5 h of 24 h also standing: plan" in told


def test_other_kinds_than_complaints_show_the_clock_that_is_due() -> None:
    text = drawn(given(opened(kind="inquiry", channel="mail")), hours(6))
    assert lines(text)[1].startswith("first response 24 h  ")
    assert "inquiry opened at level 1" in text


def test_words_are_quoted_and_folded_beneath_their_entry() -> None:
    words = (
        "The compressor arrives today; the workshop keeps the lift free. 他同意等到下午四点，但要求书面说明。"
    )
    text = drawn(given(opened(channel="phone"), did(talk.note, hours(1), text=words)), hours(2))
    block = text.partition("note, 李雷\n")[2].partition("\n\n")[0].splitlines()
    assert [line[:13] for line in block] == [" " * 12 + '"', " " * 13]
    assert block[-1].endswith('明。"')


def test_very_long_words_end_with_where_all_of_them_are() -> None:
    scene = given(opened(channel="phone"), did(talk.note, hours(1), text="word\n" * 5000))
    text = drawn(scene, hours(2))
    assert text.count("word") == MOST_LINES
    assert "… more: cstrack timeline C-1 --json" in text


def test_erased_words_are_said_to_be_erased() -> None:
    text = drawn(STORY, NOW, erased=True, subject=None, customer=None)
    assert lines(text)[0].startswith("C-1  (erased)")
    assert "for customer " in lines(text)[0]
    assert "压缩机" not in text
    assert re.search(r"proposal for .*\n +\(erased\)$", text, re.MULTILINE)


def test_an_entry_of_a_newer_version_is_shown_and_what_follows_too() -> None:
    scene = given(opened(channel="phone"))
    note = Event("noted", T0 + hours(3), {}, {"text": "later"}, PERSON, 3)
    scene.history = (
        *scene.history,
        Event("beamed", T0 + hours(2), {"clocks": [{"n": 9}]}, None, PERSON, 2),
        note,
    )
    text = drawn(scene, hours(4))
    assert "2. 11:00    entry of type beamed, unknown to this version" in text
    assert "3. 12:00    note, 李雷" in text


def test_a_history_cut_before_the_start_of_a_clock_is_drawn() -> None:
    scene = given(opened(channel="phone"))
    late = Event(
        "contacted", T0 + hours(1), {"direction": "out", "clocks": [{"n": 9, "verdict": "met"}]}, None
    )
    scene.history = (*scene.history, late._replace(seq=2))
    assert "word to customer" in drawn(scene, hours(2))


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_r17_hostile_text_is_harmless_everywhere(width: int, colour: bool) -> None:
    scene = given(
        opened(channel="phone", subject=HOSTILE, text=HOSTILE, taken_by=HOSTILE),
        did(talk.note, hours(1), text=HOSTILE + "\n" + HOSTILE),
        did(people.assign, hours(2), owner=HOSTILE + "2"),
    )
    text = drawn(scene, hours(3), width, colour=colour, actor=HOSTILE, customer=HOSTILE)
    bare = ESCAPED.sub("", text)
    assert colour == (bare != text)
    assert all(line.isprintable() for line in bare.splitlines())
    assert "\u202e" not in bare
    assert "[/foo]" in bare
    assert max(map(cell_len, bare.splitlines())) <= width


def test_colour_says_nothing_that_words_do_not() -> None:
    coloured = drawn(STORY, NOW, colour=True, typed={6: days(5) + hours(8)})
    assert "\x1b[" in coloured
    assert "".join(line.rstrip() + "\n" for line in lines(ESCAPED.sub("", coloured))) == SCREEN


def test_chinese_is_folded_between_characters_and_never_before_its_signs() -> None:
    assert list(folded("配件到货后，两小时完成。", 10)) == ["配件到货", "后，两小时", "完成。"]
    assert list(folded("请看《说明》第三页", 6)) == ["请看", "《说", "明》第", "三页"]


def test_words_are_folded_at_blanks_and_only_a_longer_one_within() -> None:
    assert list(folded("call him at four", 8)) == ["call him", "at four"]
    assert list(folded("see https://a.example/b now", 9)) == ["see", "https://a", ".example/", "b now"]


def test_parts_are_broken_between_them() -> None:
    found = flowed([("due Fri 09:05", ""), ("24 h used", ""), ("by li", "")], 25)
    assert ["".join(text for text, _style in line) for line in found] == [
        "due Fri 09:05 · 24 h used",
        "by li",
    ]
