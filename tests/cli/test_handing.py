"""`cstrack handover` and `cstrack transfer`, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import typed_at, widest
from tests.support.crew import staffed
from tests.support.rough import ON_SQLITE, do, refused, sound
from tests.support.spec import T0

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

KEYS = ["schema", "number", "ref", "subject", "level", "from", "to", "since", "owner", "handler"]
KEYS += ["promises", "next_due"]


@pytest.fixture
def crew(shell: Shell, desk: Desk) -> Shell:
    """A desk with people, and three cases of li, opened an hour ago."""
    staffed(desk)
    ago = int(datetime.now(UTC).timestamp()) - T0 - 3600
    for subject in ("空调不制冷", "noise", "wrong bill"):
        desk.open(ago, subject=subject)
    return shell


def hands(shell: Shell, number: int = 1) -> tuple[object, ...]:
    told = shell("show", str(number), "--json").json
    return tuple(told[name] for name in ("owner", "handler", "handed_to", "sent_to", "store"))


def test_all_of_ones_cases_are_offered_and_taken_over(crew: Shell) -> None:
    do(crew, "promise", "add", "2", "call", "--due", "+3h")
    done = crew("handover", "--to", "sun", "-m", "parts on Friday").ok
    assert done.out.splitlines() == [f"C-{n}  hand-over offered by li to sun" for n in (1, 2, 3)]
    assert hands(crew) == ("li", "li", "sun", None, "north")
    rows = crew("handover", "list", "--json", "--as", "sun").json
    assert [list(row) for row in rows] == [KEYS] * 3
    assert [(row["number"], row["from"], row["to"], row["promises"]) for row in rows] == [
        (1, "li", "sun", []),
        (2, "li", "sun", [1]),
        (3, "li", "sun", []),
    ]
    assert len(crew("handover", "list", "--json").json) == 3
    assert crew("handover", "list", "--json", "--as", "zhao").json == []
    taken = crew("handover", "accept", "2", "--as", "sun").ok.out
    assert taken.startswith("C-2  hand-over from li accepted by sun, promises 1 with it  owner li -> sun  ")
    assert "  handler li -> sun  due " in taken
    assert hands(crew, 2) == ("sun", "sun", None, None, "north")
    assert crew("promise", "list", "--json").json[0]["owner"] == "sun"
    do(crew, "handover", "accept", "--as", "sun")
    assert [hands(crew, n)[0] for n in (1, 2, 3)] == ["sun", "sun", "sun"]
    assert crew("handover", "list", "--json", "--as", "sun").json == []
    sound(crew)


def test_what_a_time_limit_takes_away_does_not_hold_the_rest(crew: Shell) -> None:
    do(crew, "open", "late", "--flag", "departments", "--at", "-3d")
    do(crew, "open", "fresh", "--flag", "departments")
    assert [hands(crew, n)[0] for n in (4, 5)] == ["wang", "wang"]
    refused(crew("handover", "4", "--to", "zhao", "-m", "x", "--as", "wang"), 4, "in the hands of zhao")
    told = crew("handover", "--to", "zhao", "-m", "x", "--as", "wang").ok.out.splitlines()
    assert "level 2 -> 3" in told[0]
    assert told[1:] == ["C-5  hand-over offered by wang to zhao"]
    assert [hands(crew, n)[0:3:2] for n in (4, 5)] == [("zhao", None), ("wang", "zhao")]


def test_an_offer_that_a_time_limit_ended_does_not_hold_the_rest(crew: Shell) -> None:
    do(crew, "open", "late", "--flag", "departments", "--at", "-3d")
    do(crew, "open", "fresh", "--flag", "departments")
    do(crew, "handover", "4", "--to", "zhao", "-m", "x", "--as", "wang", "--at", "-50h")
    do(crew, "handover", "5", "--to", "zhao", "-m", "x", "--as", "wang")
    refused(crew("handover", "accept", "4", "--as", "zhao"), 4, "not offered to zhao")
    do(crew, "handover", "accept", "--as", "zhao")
    assert [hands(crew, n)[0:3:2] for n in (4, 5)] == [("zhao", None), ("zhao", None)]
    sound(crew)


def test_some_cases_are_named_in_either_spelling(crew: Shell) -> None:
    do(crew, "handover", "1", "--to", "sun", "-m", "x")
    do(crew, "handover", "offer", "c-2", "--to", "wang", "-m", "x")
    do(crew, "handover", "--to", "wang", "-m", "x", "3")
    assert [hands(crew, n)[2] for n in (1, 2, 3)] == ["sun", "wang", "wang"]


def test_three_cases_named_by_hand_are_confirmed(crew: Shell) -> None:
    refused(crew("handover", "1-3", "--to", "sun", "-m", "x"), 5, "--yes")
    do(crew, "handover", "1-3", "--to", "sun", "-m", "x", "--yes")


def test_the_timeline_and_the_card_tell_of_it(crew: Shell) -> None:
    do(crew, "handover", "1", "--to", "sun", "-m", "parts on Friday")
    assert "offered to     sun" in crew("show", "1").ok.out
    do(crew, "handover", "accept", "--as", "sun")
    last = crew("timeline", "1", "--json").json[-2:]
    assert [entry["summary"] for entry in last] == [
        "hand-over offered by li to sun",
        "hand-over from li accepted by sun",
    ]
    assert last[0]["words"] == {"text": "parts on Friday"}
    assert last[1]["facts"] == {"by": "li", "to": "sun", "owner": "sun", "handler": "sun"}


def test_as_of_an_earlier_moment_it_is_still_offered(shell: Shell) -> None:
    do(shell, "open", "old", "--at", "yesterday 09:00")
    do(shell, "handover", "1", "--to", "sun", "-m", "x", "--at", "yesterday 10:00")
    do(shell, "handover", "accept", "--as", "sun", "--at", "yesterday 12:00")
    [row] = shell("handover", "list", "--json", "--at", "yesterday 11:00").json
    assert (row["to"], row["owner"]) == ("sun", "li")
    assert shell("handover", "list", "--json").json == []


def test_without_staff_it_works_with_any_names(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    do(shell, "handover", "--to", "夜班", "-m", "x")
    do(shell, "handover", "accept", "--as", "夜班")
    assert hands(shell) == ("夜班", "夜班", None, None, None)
    sound(shell)


def test_somebody_must_be_told_of_an_offer(crew: Shell, desk: Desk) -> None:
    do(crew, "handover", "1", "--to", "sun", "-m", "x")
    do(crew, "transfer", "2", "--store", "east", "-m", "x")
    assert desk.rows("SELECT kind, stream_no FROM outbox ORDER BY id") == [("hand-over", 1), ("transfer", 2)]


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["handover", "1"], 5, ["--to WHO"]),
        (["handover", "1", "--to", "sun"], 5, ["-m"]),
        (["handover", "1", "--to", "snu", "-m", "x"], 3, ["Did you mean sun?"]),
        (["handover", "1", "--to", "li", "-m", "x"], 4, ["--to WHO"]),
        (["handover", "1", "--to", "sun", "-m", "x", "--as", "wang"], 4, ["in the hands of li."]),
        (["handover", "--to", "sun", "-m", "x", "--as", "wang"], 4, ["wang holds nothing"]),
        (["handover", "9", "--to", "sun", "-m", "x"], 3, ["C-9"]),
        (["handover", "accept", "--as", "sun"], 4, ["nothing is offered to sun"]),
        (["handover", "accept", "1", "--as", "sun"], 4, ["C-1 is not offered to sun"]),
        (["handover", "acept"], 2, ["Did you mean accept?"]),
        (["transfer", "1", "--store", "eats", "-m", "x"], 3, ["Did you mean east?"]),
        (["transfer", "1", "--store", "north", "-m", "x"], 4, ["north already"]),
        (["transfer", "1", "--store", "east"], 5, ["-m"]),
        (["transfer", "1"], 5, ["--store", "--accept"]),
        (["transfer", "1", "--accept"], 4, ["not offered to any store"]),
        (["transfer", "1", "--accept", "--store", "east"], 2, ["--accept"]),
    ],
)
def test_what_is_missing_wrong_or_not_allowed_is_refused(
    crew: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    before = desk.everything()
    refused(crew(*words), code, *parts)
    assert desk.everything() == before


def test_a_case_goes_to_another_store_when_that_accepts_it(crew: Shell) -> None:
    before = [clock["due_at"] for clock in crew("show", "1", "--json").json["clocks"]]
    assert (
        crew("transfer", "1", "--store", "east", "-m", "lives there").ok.out == "C-1  offered to store east\n"
    )
    assert hands(crew) == ("li", "li", None, "east", "north")
    refused(crew("transfer", "1", "--accept"), 4, "offered to the store east")
    done = crew("transfer", "1", "--accept", "--as", "sun").ok
    assert done.out.startswith("C-1  accepted by store east  owner li -> sun  due ")
    assert hands(crew) == ("sun", "li", None, None, "east")
    assert [clock["due_at"] for clock in crew("show", "1", "--json").json["clocks"]] == before
    assert [row["number"] for row in crew("list", "--store", "east", "--json").json] == [1]
    assert [row["number"] for row in crew("list", "--store", "north", "--json").json] == [2, 3]
    assert [row["number"] for row in crew("overdue", "--store", "east", "--within", "3d", "--json").json] == [
        1
    ]
    sound(crew)


def test_a_case_belongs_to_the_store_of_whoever_opens_it_or_to_the_one_that_is_named(crew: Shell) -> None:
    do(crew, "open", "x", "--as", "sun")
    do(crew, "open", "y", "--store", "east")
    do(crew, "open", "z", "--as", "wang")
    assert [hands(crew, n)[4] for n in (4, 5, 6)] == ["east", "east", None]
    refused(crew("open", "x", "--store", "west"), 3, "there is no store west")


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@ON_SQLITE
def test_at_a_terminal_it_stays_within_its_width(crew: Shell, lang: str, width: int) -> None:
    do(crew, "open", "a long story about everything that was found " * 4)
    do(crew, "handover", "--to", "sun", "-m", "x")
    do(crew, "transfer", "1", "--store", "east", "-m", "x")
    for words in (["handover", "list"], ["show", "1"], ["timeline", "1"]):
        code, lines = typed_at(crew.home, str(crew.url), words, width, CSTRACK_LANG=lang)
        assert (code, widest(lines) <= width) == (0, True), (words, lines)


@ON_SQLITE
def test_at_a_terminal_the_list_says_whose_turn_it_is(crew: Shell) -> None:
    do(crew, "handover", "1", "--to", "sun", "-m", "x")
    _code, lines = typed_at(crew.home, str(crew.url), ["handover", "list"], 100)
    assert lines[0].startswith("0 offered to li · 1 by li")
    _code, lines = typed_at(crew.home, str(crew.url), ["handover", "list", "--as", "sun"], 100)
    assert lines[0].startswith("1 offered to sun · 0 by sun")
    assert "Take it all over: cstrack handover accept" in "\n".join(lines)
    _code, lines = typed_at(crew.home, str(crew.url), ["handover", "list", "--as", "zhao"], 100)
    assert lines[0] == "Nothing is offered to zhao or by zhao."


@ON_SQLITE
def test_in_chinese_it_is_said_as_a_desk_says_it(crew: Shell) -> None:
    done = crew("handover", "1", "--to", "sun", "-m", "周五到货", CSTRACK_LANG="zh").ok
    assert done.out == "C-1  li 提出交接给 sun\n"
    refused_ = crew("staff", "remove", "li", CSTRACK_LANG="zh")
    assert "督办的投诉单：3" in refused_.err
