"""`cstrack merge` and `cstrack link`, on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell

WRITTEN = ["schema", "number", "ref", "events", "level", "status", "clocks"]


@pytest.fixture
def two(shell: Shell) -> Shell:
    """C-1 by letter, handed up and promised something; C-2 by phone."""
    do(shell, "open", "空调不制冷", "--channel", "web", "--customer", "张三", "--phone", "13800000000")
    do(shell, "escalate", "1", "-m", "asks for someone higher")
    do(shell, "promise", "add", "1", "回电", "--due", "+3h", "--owner", "ma")
    do(shell, "open", "空调还是不制冷", "--phone", "13800000000")
    return shell


def test_the_one_is_merged_and_the_other_goes_on_with_what_was_owed(two: Shell) -> None:
    done = two("merge", "1", "C-2", "-m", "he called after he had written").ok
    one, other = done.out.splitlines()
    assert one == "C-1  merged into C-2  in progress -> merged"
    assert other.startswith("C-2  C-1 merged into this case  promise 1 for ")
    assert "level 1 -> 2" in other
    assert "owner li -> nobody" in other
    assert [row["number"] for row in two("list", "--json").json] == [2]
    sound(two)


def test_both_show_where_they_went_and_what_came(two: Shell) -> None:
    do(two, "merge", "1", "2", "-m", "x")
    one, other = two("show", "1,2", "--json").json
    assert (one["status"], one["merged_into"], one["absorbed"]) == ("merged", 2, [])
    assert (other["merged_into"], other["absorbed"]) == (None, [1])
    card = two("show", "1").ok.out
    assert "merged into    C-2\n" in card
    assert "Go on there: cstrack show C-2" in card
    assert "merged here    C-1\n" in two("show", "2").ok.out
    told = [entry["summary"] for entry in two("timeline", "2", "--json").json]
    assert told[1:3] == ["level 1 -> 2, merged with C-1", "C-1 merged into this case, li"]
    assert two("timeline", "1", "--json").json[-1]["summary"] == "merged into C-2, li"


def test_why_names_the_merge_that_moved_a_due_time(shell: Shell) -> None:
    do(shell, "open", "a", "--channel", "web", "--at", "-3h")
    do(shell, "open", "b", "--channel", "web", "--at", "-1h")
    do(shell, "merge", "1", "2", "-m", "x")
    [clock] = [one for one in shell("why", "2", "--json").json["clocks"] if one["kind"] == "level"]
    assert [move["why"] for move in clock["moved"]] == ["merge"]
    assert "C-1 merged into this case on " in shell("why", "2").ok.out
    sound(shell)


def test_programs_read_both(two: Shell) -> None:
    one, other = two("merge", "1", "2", "-m", "x", "--json").json
    assert list(one) == list(other) == WRITTEN
    assert (one["status"], other["level"]) == ("merged", 2)
    assert [event["type"] for event in other["events"]] == ["escalated", "absorbed", "promised"]


@ON_SQLITE
def test_a_merge_needs_a_reason_and_two_cases(two: Shell) -> None:
    refused(two("merge", "1", "2"), 5, "-m")
    refused(two("merge", "1", "1", "-m", "x"), 4, "C-1", "itself")
    refused(two("merge", "1", "7", "-m", "x"), 3, "C-7")
    refused(two("merge", "1,2", "2", "-m", "x"), 2)
    do(two, "merge", "1", "2", "-m", "x")
    refused(two("merge", "1", "2", "-m", "x"), 4, "C-1 was merged into C-2", "cstrack show C-2")
    refused(two("escalate", "1", "-m", "x"), 4, "work on that one")


@ON_SQLITE
def test_two_customers_are_named(shell: Shell) -> None:
    do(shell, "open", "a", "--customer", "张三", "--phone", "13800000000")
    do(shell, "open", "b", "--customer", "李四", "--phone", "13900000000")
    refused(shell("merge", "1", "2", "-m", "x"), 4, "customer 1 张三", "customer 2 李四", "--anyway")
    do(shell, "merge", "1", "2", "--anyway", "-m", "his second number")
    assert shell("show", "2", "--json").json["customer"] == "李四"


@ON_SQLITE
def test_the_stricter_case_goes_on(shell: Shell) -> None:
    do(shell, "open", "a", "--channel", "regulator")
    do(shell, "open", "b")
    refused(shell("merge", "1", "2", "-m", "x"), 4, "the other way round", "cstrack merge C-2 C-1")
    do(shell, "merge", "2", "1", "-m", "x")


def test_linked_cases_show_each_other_until_the_link_is_removed(two: Shell) -> None:
    assert two("link", "1", "2", "-m", "same batch").ok.out == "C-1  linked with C-2\nC-2  linked with C-1\n"
    assert [one["links"] for one in two("show", "1,2", "--json").json] == [[2], [1]]
    assert "linked with    C-1\n" in two("show", "2").ok.out
    refused(two("link", "2", "1"), 4, "linked already", "cstrack link C-2 C-1 --remove")
    done = two("link", "2", "1", "--remove").ok
    assert done.out == "C-2  link with C-1 removed\nC-1  link with C-2 removed\n"
    assert [one["links"] for one in two("show", "1,2", "--json").json] == [[], []]
    sound(two)


@ON_SQLITE
def test_what_a_link_is_refused_for(two: Shell) -> None:
    refused(two("link", "1", "1"), 4, "itself")
    refused(two("link", "1", "2", "--remove"), 4, "are not linked")
    refused(two("link", "1", "9"), 3, "C-9")


@ON_SQLITE
def test_closed_cases_are_linked_too(two: Shell) -> None:
    do(two, "close", "2", "--outcome", "withdrawn")
    do(two, "link", "1", "2")
    do(two, "reopen", "2", "-m", "again")
    do(two, "merge", "2", "1", "-m", "x")
    refused(two("link", "1", "2"), 4, "linked already")
