"""A matter that grows: signs with their reasons, and a crisis from its beginning to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branch import clock_of, instant
from tests.support.rough import do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell

NINE = "2025-03-10 09:00"


def refs(shell: Shell, *words: str) -> list[str]:
    return [line.split("\t")[0] for line in shell(*words).ok.out.splitlines()]


@pytest.fixture
def case(shell: Shell) -> Shell:
    do(shell, "open", "异响", "--channel", "web", "--at", NINE)
    return shell


def test_show_names_each_sign_with_its_reason(shell: Shell) -> None:
    do(shell, "open", "刹车失灵", "--channel", "platform", "--flag", "vip", "--at", NINE)
    do(shell, "flag", "1", "media", "-m", "a reporter called\nat noon", "--at", "2025-03-10 12:00")
    text = shell("show", "1", "--at", "2025-03-10 13:00").ok.out
    assert (
        "flags          crisis (two signs together), media (Mon 10 Mar 12:00: a reporter called), "
        'safety ("刹车" in the text), VIP\n'
    ) in text
    signs = {
        one["flag"]: (one["why"], one["detail"], one["text"])
        for one in shell("show", "1", "--json").json["signs"]
    }
    assert signs == {
        "crisis": ("signs", None, None),
        "media": ("hand", None, "a reporter called\nat noon"),
        "safety": ("word", "刹车", None),
        "vip": ("hand", None, None),
    }


def test_what_repeats_an_earlier_case_says_which(shell: Shell) -> None:
    said = ("--phone", "13800000000", "--category", "billing")
    do(shell, "open", "x", *said, "--at", NINE)
    do(shell, "resolve", "1", "-m", "x", "--at", "2025-03-10 10:00")
    do(shell, "open", "x", *said, "--at", "2025-03-12 10:00")
    assert "flags          repeated (repeats C-1)\n" in shell("show", "2").ok.out


def test_a_crisis_ends_the_pause_and_takes_no_other(case: Shell) -> None:
    do(case, "pause", "1", "--waiting-for", "supplier", "--at", "2025-03-10 10:00")
    done = case("flag", "1", "crisis", "--at", "2025-03-10 11:00").ok
    assert "waiting -> in progress" in done.out
    refused(case("pause", "1", "--waiting-for", "supplier", "--at", "2025-03-10 12:00"), 4, "do not pause")
    sound(case)


def test_its_first_answer_is_due_in_two_hours_and_its_plan_in_a_day(case: Shell) -> None:
    do(case, "flag", "1", "crisis", "--at", "2025-03-10 11:00")
    first, plan = clock_of(case, "first-response"), clock_of(case, "plan")
    assert (first["due_at"], plan["due_at"]) == ("2025-03-10T05:00:00Z", "2025-03-11T01:00:00Z")


@pytest.mark.parametrize("preset", ["telecom", "consumer-cn", "bank-cn", "fca"])
def test_other_policies_ask_for_its_plan_within_a_day_too(case: Shell, preset: str) -> None:
    do(case, "policy", "apply", "--preset", preset)
    do(case, "open", "x", "--channel", "web")
    do(case, "flag", "2", "crisis")
    plan = clock_of(case, "plan", 2)
    assert 0 <= instant(plan["due_at"]) - instant(plan["started_at"]) - 86400 <= 120
    codes = [
        step["code"] for each in case("show", "2", "--json").json["checklists"] for step in each["steps"]
    ]
    assert {"public", "voice", "report", "meeting", "plan"} <= set(codes)
    sound(case)


def test_it_is_on_top_of_every_list_now_and_as_of_a_moment(case: Shell) -> None:
    do(case, "open", "late", "--at", "2025-03-09 09:00")
    do(case, "promise", "add", "2", "call", "--due", "2025-03-10 10:00", "--at", NINE)
    do(case, "promise", "add", "1", "call", "--due", "2025-03-12 10:00", "--at", NINE)
    do(case, "task", "add", "2", "--to", "parts", "--due", "2025-03-10 10:00", "-m", "x", "--at", NINE)
    do(case, "task", "add", "1", "--to", "parts", "--due", "2025-03-12 10:00", "-m", "x", "--at", NINE)
    do(case, "flag", "1", "crisis", "--at", "2025-03-10 11:00")
    for words in (["list"], ["overdue"], ["promise", "list"], ["task", "list"]):
        assert refs(case, *words) == ["C-1", "C-2"], words
        assert refs(case, *words, "--at", "2025-03-10 10:30")[0] == "C-2", words
        then = refs(case, *words, "--at", "2025-03-13 11:00")
        assert then == ["C-1", "C-2"], words


def test_somebody_else_says_that_it_is_over(case: Shell) -> None:
    do(case, "flag", "1", "crisis", "--at", "2025-03-10 11:00")
    off = ("flag", "1", "crisis", "--off", "-m", "settled")
    refused(case(*off), 4, "--approved-by WHO")
    refused(case(*off, "--approved-by", "li"), 4, "--approved-by WHO")
    refused(case("flag", "1", "vip", "--approved-by", "王总"), 2, "--off")
    do(case, *off, "--approved-by", "王总")
    last = case("timeline", "1", "--json").json[-1]
    assert (last["type"], last["facts"]) == ("unflagged", {"flag": "crisis", "approved_by": "王总"})
    do(case, "deescalate", "1", "-m", "settled")
    sound(case)
