"""`cstrack arrive` and `leave` as processes, on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branch import DANGEROUS, clock_of, typed_at
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

AT = "2025-03-10 09:{}"
TEN = "2025-03-10 10:00"


@pytest.fixture
def case(shell: Shell) -> Shell:
    do(shell, "open", "空调不制冷", "--at", AT.format("00"))
    return shell


def test_who_waits_is_owed_a_word(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    done = shell("arrive", "1", "--expected", "+1h").ok
    assert done.out.startswith("C-1  customer on site, expected ")
    assert "  waiting on site due " in done.out
    assert done.out.endswith(", in 1 h 15\n")
    assert (done.out.count("\n"), done.err) == (1, "")
    sound(shell)


def test_a_word_starts_the_next_clock_and_leaving_ends_it(case: Shell) -> None:
    do(case, "arrive", "1", "--expected", TEN, "--at", AT.format("05"))
    do(case, "contact", "1", "--out", "-m", "x", "--at", "2025-03-10 10:10")
    clock = clock_of(case, "waiting-on-site")
    assert (clock["limit"], clock["due_at"]) == ("30m", "2025-03-10T02:40:00Z")
    told = case("leave", "1", "-m", "with his car", "--at", "2025-03-10 10:30").ok
    assert told.out == "C-1  customer left  waiting on site met\n"
    last = case("timeline", "1", "--json").json[-1]
    assert (last["type"], last["summary"], last["words"]) == (
        "left",
        "customer left",
        {"text": "with his car"},
    )
    sound(case)


def test_programs_are_told_of_it(case: Shell) -> None:
    found = case("arrive", "1", "--expected", TEN, "--json", "--at", AT.format("05")).json
    assert [event["type"] for event in found["events"]] == ["arrived"]
    entry = case("timeline", "1", "--json").json[-1]
    assert entry["facts"]["expected_at"] == "2025-03-10T02:00:00Z"
    shown = case("show", "1", "--json").json["on_site"]
    assert shown == {"arrived_at": "2025-03-10T01:05:00Z", "expected_at": "2025-03-10T02:00:00Z"}
    assert case("show", "1", "--json", "--at", AT.format("04")).json["on_site"] is None
    do(case, "leave", "1")
    assert case("show", "1", "--json").json["on_site"] is None


def test_the_card_says_since_when_and_until_when(case: Shell) -> None:
    do(case, "arrive", "1", "--expected", TEN, "--at", AT.format("05"))
    text = case("show", "1", "--at", AT.format("10")).ok.out
    assert "  on site        since Mon 10 Mar 09:05, expected Mon 10 Mar 10:00\n" in text
    do(case, "leave", "1", "--at", AT.format("20"))
    do(case, "arrive", "1", "--at", AT.format("30"))
    assert "  on site        since Mon 10 Mar 09:30\n" in case("show", "1", "--at", AT.format("31")).ok.out


def test_whoever_was_forgotten_is_overdue_by_his_own_name(case: Shell) -> None:
    do(case, "arrive", "1", "--at", AT.format("05"))
    assert case("overdue", "--json", "--at", AT.format("19")).json == []
    [late] = case("overdue", "--json", "--at", AT.format("25")).json
    assert (late["clock"], late["late_s"]) == ("waiting-on-site", 300)
    _code, screen = typed_at(case.home, str(case.url), ["overdue", "--at", AT.format("25")], 120)
    assert any("waiting on site 15 min" in line and "LATE 5 min" in line for line in screen)


def test_in_chinese_too(case: Shell) -> None:
    do(case, "arrive", "1", "--at", AT.format("05"))
    assert "空调不制冷" in case("show", "1", "--lang", "zh").ok.out
    refused(case("arrive", "1", "--lang", "en"), 4, "cstrack leave C-1")


def test_closing_ends_it(case: Shell) -> None:
    do(case, "arrive", "1", "--at", AT.format("05"))
    do(case, "close", "1", "--outcome", "withdrawn", "--at", AT.format("10"))
    assert clock_of(case, "waiting-on-site")["verdict"] == "void"
    assert case("show", "1", "--json").json["on_site"] is None
    sound(case)


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["arrive", "1"], 4, "cstrack leave C-1"),
        (["leave", "2"], 4, "cstrack arrive C-2 --expected TIME"),
        (["arrive", "2", "--expected", "2025-03-10 09:00"], 4, "--expected"),
        (["arrive", "2", "--expected", "01/02/2026"], 2, "01/02/2026"),
        (["leave", "1", "--at", "2025-03-10 09:30"], 4, "--at"),
        (["leave", "9"], 3, "C-9"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_one_line(
    case: Shell, desk: Desk, words: list[str], code: int, part: str
) -> None:
    do(case, "arrive", "1")
    do(case, "open", "b", "--at", AT.format("00"))
    before = desk.everything()
    refused(case(*words), code, part)
    assert desk.everything() == before


@ON_SQLITE
def test_r17_hostile_words_are_harmless(case: Shell) -> None:
    hostile = "\x1b]52;c;YQ==\x07 \u202e[/foo]"
    do(case, "arrive", "1", "-m", hostile)
    do(case, "leave", "1", "-m", hostile)
    _code, lines = typed_at(case.home, str(case.url), ["timeline", "1"], 60, NO_COLOR="1")
    assert not [line for line in lines if DANGEROUS.search(line)]
