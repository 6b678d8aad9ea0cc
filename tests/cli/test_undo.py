"""`cstrack undo`, on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell

KEYS = ["schema", "command", "recorded_at", "written", "cases", "customers", "groups"]
CASE_KEYS = ["number", "ref", "undone", "exists", "level", "status", "clocks"]


@pytest.fixture
def case(shell: Shell) -> Shell:
    """A case that was handed up by mistake."""
    do(shell, "open", "空调不制冷", "--customer", "张三", "--phone", "13800000000")
    do(shell, "escalate", "1", "-m", "oh no")
    return shell


def test_what_was_undone_is_said_in_one_line(case: Shell) -> None:
    done = case("undo").ok
    assert done.out.startswith("C-1  undone: level 1 -> 2, handed up by li  level 2 -> 1  owner nobody -> li")
    assert (done.out.count("\n"), done.err) == (1, "")
    found = case("show", "1", "--json").json
    assert (found["level"], found["owner"]) == (1, "li")
    sound(case)


def test_the_timeline_keeps_both_and_says_which_is_void(case: Shell) -> None:
    do(case, "undo")
    told = case("timeline", "1", "--json").json
    assert [(entry["type"], entry["undone"]) for entry in told] == [
        ("opened", False),
        ("escalated", True),
        ("undone", False),
    ]
    assert told[1]["summary"] == "level 1 -> 2, handed up by li (undone)"
    assert told[2]["summary"] == "entry 2 undone, li"
    assert "(undone)" in case("timeline", "1").ok.out
    assert "level 2" not in case("why", "1", "--all").ok.out


def test_a_rehearsal_says_it_and_writes_nothing(case: Shell) -> None:
    done = case("undo", "-n").ok
    assert (done.out.startswith("C-1  undone: level 1 -> 2"), done.err) == (True, "nothing was written\n")
    assert case("undo", "--dry-run", "--json").json["written"] is False
    assert case("show", "1", "--json").json["level"] == 2


def test_the_object_has_exactly_these_keys(case: Shell) -> None:
    found = case("undo", "--json").json
    assert list(found) == KEYS
    assert (found["command"], found["written"], found["customers"]) == ("escalate", True, [])
    [one] = found["cases"]
    assert list(one) == CASE_KEYS
    assert one["undone"] == [{"type": "escalated", "seq": 2, "summary": "level 1 -> 2, handed up by li"}]
    assert (one["exists"], one["level"], one["status"]) == (True, 1, "open")


def test_an_undo_is_not_undone(case: Shell) -> None:
    do(case, "undo")
    refused(case("undo"), 4, "the last thing that li did was an undo", "Type again")


def test_what_somebody_built_upon_stays(case: Shell) -> None:
    do(case, "note", "1", "-m", "x", CSTRACK_USER="wang")
    refused(case("undo"), 4, "entry 3 by wang on ", "note", 'cstrack correct C-1 2 -m "..."')
    done = case("undo", "--json")
    assert done.code == 4


def test_nothing_to_undo(shell: Shell) -> None:
    refused(shell("undo"), 4, "li has ordered nothing that can be undone")
    do(shell, "open", "a")
    refused(shell("undo", "--as", "wang"), 4, "wang")


def test_an_opening_that_was_undone_is_said_so_wherever_it_is_asked_for(shell: Shell) -> None:
    do(shell, "open", "空调不制冷", "--customer", "张三", "--phone", "13800000000")
    assert shell("undo").ok.out == (
        "C-1  undone: opened at level 1 by li  its number is not used again\n"
        "customer 1 is not registered any more\n"
    )
    for words in (("show", "1"), ("why", "1"), ("note", "1", "-m", "x"), ("merge", "1", "2", "-m", "x")):
        refused(shell(*words), 3, "the opening of C-1 was undone on ", "cstrack timeline C-1")
    told = shell("timeline", "1", "--json").json
    assert [entry["undone"] for entry in told] == [True, False]
    assert shell("list", "--status", "all", "--json").json == []
    assert shell("open", "b", "--json").json["number"] == 2
    sound(shell)


@ON_SQLITE
def test_the_screen_of_an_undone_case_says_what_it_was(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    do(shell, "undo")
    shown = shell("timeline", "1", "--color", "always", "--width", "80", FORCE_COLOR="1").ok.out
    assert "opened at level 1 by li (undone)" in shown


@ON_SQLITE
def test_three_cases_are_asked_about(shell: Shell) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    do(shell, "assign", "1-3", "wang", "--yes")
    refused(shell("undo"), 5, "--yes")
    assert shell("undo", "--yes").ok.out.count("\n") == 3
    sound(shell)


@ON_SQLITE
def test_two_cases_are_not(shell: Shell) -> None:
    for subject in "ab":
        do(shell, "open", subject)
    do(shell, "assign", "1-2", "wang")
    assert shell("undo").ok.out.count("\n") == 2


@ON_SQLITE
def test_an_undo_is_of_now(case: Shell) -> None:
    refused(case("undo", "--at", "-1h"), 2, "--at")


@ON_SQLITE
def test_hostile_words_stay_where_they_are(shell: Shell) -> None:
    do(shell, "open", "[/foo] \x1b[31mred \u202egnp.exe")
    do(shell, "note", "1", "-m", "\x1b]0;x\x07 {who} %s", CSTRACK_USER="\u202egnp")
    done = shell("undo", CSTRACK_USER="\u202egnp").ok
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_what_was_done_to_a_group_is_said_too(shell: Shell) -> None:
    for _turn in range(2):
        do(shell, "open", "空调不制冷")
    do(shell, "group", "add", "1,2", "--name", "空调")
    do(shell, "group", "edit", "G-1", "--name", "压缩机")
    assert shell("undo").ok.out == "G-1  undone: another name\n"
    assert shell("group", "show", "G-1", "--json").json["name"] == "空调"
    refused(shell("undo"), 4, "an undo", "Type again")
    do(shell, "group", "edit", "G-1", "--lead", "2")
    [group] = shell("undo", "--json").json["groups"]
    sentence = {"type": "changed", "seq": 4, "summary": "lead C-2"}
    assert group == {"number": 1, "ref": "G-1", "undone": [sentence], "exists": True}
    sound(shell)


def test_a_group_whose_forming_was_undone_is_said_to_be_gone(shell: Shell) -> None:
    for _turn in range(2):
        do(shell, "open", "空调不制冷")
    do(shell, "group", "add", "1,2")
    last = shell("undo").ok.out.splitlines()[-1]
    assert last == "G-1  undone: group complaint of 2 cases, lead C-1  its number is not used again"
    refused(shell("group", "show", "G-1"), 3, "was undone on", "cstrack group list")
    sound(shell)
