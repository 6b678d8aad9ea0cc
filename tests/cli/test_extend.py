"""`cstrack extend`: more time for a clock, with a reason, somebody else's word, and an entry of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import clock_of, follows, instant, typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

DAY = 86_400
ASKED = ("extend", "1", "final-answer", "--approved-by", "wang", "-m", "an expert is asked")
KEYS = ["schema", "number", "ref", "events", "level", "status", "clocks"]


@pytest.fixture
def branch(shell: Shell) -> Shell:
    """A case whose final answer is due in 10 days, and may take 20, or 30."""
    follows(shell)
    do(shell, "open", "烤箱不热")
    return shell


def test_a_clock_gets_the_next_limit_from_the_same_start(branch: Shell) -> None:
    before = clock_of(branch, "final-answer")
    done = branch(*ASKED).ok
    after = clock_of(branch, "final-answer")
    assert (after["limit"], after["started_at"]) == ("20d", before["started_at"])
    assert instant(after["due_at"]) - instant(before["due_at"]) == 10 * DAY
    assert done.err == ""
    assert done.out.startswith("C-1  final answer extended to 20 d, approved by wang")
    assert "final answer due " in done.out
    assert done.out.count("\n") == 1
    sound(branch)


def test_it_can_be_extended_again_until_its_longest_limit(branch: Shell) -> None:
    do(branch, *ASKED)
    do(branch, *ASKED)
    assert clock_of(branch, "final-answer")["limit"] == "30d"
    refused(branch(*ASKED), 4, "final-answer", "C-1", "30d", "cstrack why C-1")


def test_programs_get_the_case_and_the_event(branch: Shell) -> None:
    told = branch(*ASKED, "--json").json
    assert list(told) == KEYS
    assert (told["ref"], [event["type"] for event in told["events"]]) == ("C-1", ["extended"])
    clock = next(clock for clock in told["clocks"] if clock["kind"] == "final-answer")
    assert clock == clock_of(branch, "final-answer") | {"left_s": clock["left_s"]}


def test_quiet_it_says_nothing(branch: Shell) -> None:
    assert branch(*ASKED, "-q").ok == (0, "", "")


def test_the_timeline_tells_the_reason_and_who_approved(branch: Shell) -> None:
    do(branch, *ASKED)
    last = branch("timeline", "1", "--json").json[-1]
    assert (last["type"], last["actor"], last["words"]) == ("extended", "li", {"text": "an expert is asked"})
    assert last["facts"]["approved_by"] == "wang"
    assert last["summary"] == "final answer extended to 20 d, approved by wang"
    _code, lines = typed_at(branch.home, str(branch.url), ["timeline", "1"], 120)
    shown = "\n".join(lines)
    assert "an expert is asked" in shown
    assert shown.count("wang") == 1


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@ON_SQLITE
def test_at_a_terminal_the_timeline_stays_within_its_width(branch: Shell, lang: str, width: int) -> None:
    do(branch, *ASKED)
    code, lines = typed_at(branch.home, str(branch.url), ["timeline", "1"], width, CSTRACK_LANG=lang)
    assert (code, widest(lines) <= width) == (0, True)


# --- what is refused, and writes nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["final-answer", "-m", "x"], 5, ["--approved-by WHO"]),
        (["final-answer", "--approved-by", "  ", "-m", "x"], 5, ["--approved-by WHO"]),
        (["final-answer", "--approved-by", "wang"], 5, ["-m"]),
        (["final-answer", "--approved-by", "li", "-m", "x"], 4, ["li", "--approved-by WHO"]),
        (
            ["final-anser", "--approved-by", "wang", "-m", "x"],
            2,
            ["final-anser", "Did you mean final-answer?"],
        ),
        (["plan", "--approved-by", "wang", "-m", "x"], 4, ["plan", "C-1", "cstrack policy show"]),
        (["outside", "--approved-by", "wang", "-m", "x"], 4, ["outside", "cstrack why C-1"]),
    ],
)
def test_what_is_missing_wrong_or_not_allowed_is_refused(
    branch: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    before = desk.everything()
    refused(branch("extend", "1", *words), code, *parts)
    assert desk.everything() == before


def test_what_has_run_out_is_not_extended(branch: Shell) -> None:
    do(branch, "open", "old", "--at", "11 days ago")
    words = ["2" if word == "1" else word for word in ASKED]
    refused(branch(*words), 4, "C-2", "ran out on", "cstrack why C-2")


def test_a_case_that_is_not_there_or_is_closed_has_no_clock(branch: Shell) -> None:
    words = ["9" if word == "1" else word for word in ASKED]
    refused(branch(*words), 3, "C-9")
    do(branch, "resolve", "1", "-m", "done")
    do(branch, "close", "1", "--outcome", "satisfied")
    refused(branch(*ASKED), 4, "C-1")


def test_a_refusal_is_an_object_for_programs(branch: Shell) -> None:
    told = json.loads(branch("extend", "1", "final-answer", "-m", "x", "--json").err)
    assert (told["error"], told["exit_code"]) == ("approver-needed", 5)


def test_r17_who_approved_is_shown_and_does_nothing(branch: Shell) -> None:
    done = branch("extend", "1", "final-answer", "--approved-by", "w\x1b[31m\u202eang", "-m", "x").ok
    assert r"approved by w\x1b[31m\u202eang" in done.out
    assert "\x1b" not in branch("timeline", "1").ok.out
