"""A case's whole life typed in, command by command, on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

LIFE: list[tuple[list[str], list[str], str]] = [
    # what is typed, the events that follow, the status after it
    (["contact", "1", "--out", "--channel", "phone", "-m", "x", "--at", "-119h"], ["contacted"], "open"),
    (["propose", "1", "-m", "new compressor", "--by", "+2d", "--at", "-118h"], ["proposed"], "open"),
    (["pause", "C-1", "--waiting-for", "supplier", "--at", "-117h"], ["paused"], "waiting"),
    (["resume", "c-1", "--at", "-105h"], ["resumed"], "open"),
    (["assign", "1", "wang", "--at", "-104h"], ["assigned"], "open"),
    (["escalate", "1", "-m", "asked for it", "--at", "-103h"], ["escalated"], "open"),
    (["flag", "1", "dissatisfied", "--at", "-102h"], ["flagged"], "open"),
    (["deescalate", "1", "-m", "only a question", "--at", "-101h"], ["deescalated"], "open"),
    (["pause", "1", "--waiting-for", "customer", "--at", "-100h"], ["paused"], "waiting"),
    (["contact", "1", "--in", "-m", "here", "--at", "-99h"], ["contacted", "resumed"], "open"),
    (["agree", "1", "-m", "accepted", "--at", "-98h"], ["agreed"], "agreed"),
    (["resolve", "1", "-m", "replaced", "--at", "-97h"], ["resolved"], "resolved"),
    (["close", "1", "--outcome", "partial", "--at", "-96h"], ["closed"], "closed"),
    (["note", "1", "-m", "he wrote", "--at", "-95h"], ["noted"], "closed"),
    (["reopen", "1", "-m", "noise is back", "--at", "-94h"], ["reopened"], "open"),
    (["flag", "1", "dissatisfied", "--off", "-m", "x", "--at", "-93h"], ["unflagged"], "open"),
    (["correct", "1", "2", "-m", "it was a mail", "--at", "-60h"], ["escalated", "corrected"], "open"),
]


def test_a_case_lives_its_whole_life_by_commands(shell: Shell) -> None:
    shell("open", "空调不制冷", "--channel", "web", "--at", "-120h").ok  # noqa: B018  .ok asserts
    seq = 1
    for words, events, status in LIFE:
        done = shell(*words, "--json").json
        assert (done["status"], [event["type"] for event in done["events"]]) == (status, events), words
        assert [event["seq"] for event in done["events"]] == list(range(seq + 1, seq + 1 + len(events)))
        seq += len(events)
    told = shell("timeline", "1", "--json").json
    assert [entry["seq"] for entry in told] == list(range(1, seq + 1))
    shown = shell("show", "1", "--json").json
    assert (shown["level"], shown["cycle"], shown["owner"], shown["flags"]) == (2, 2, None, [])
    assert [(row["number"], row["clock"]) for row in shell("overdue", "--json").json] == [(1, "level")]


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (["note", "7", "-m", "x"], 3, "no-such-case"),
        (["show", "7"], 3, "no-such-case"),
        (["resume", "1"], 4, "not-waiting"),
        (["escalate", "1", "--to", "9", "-m", "x"], 4, "level-above-top"),
        (["note", "1", "-m", "x", "--at", "-9d"], 4, "time-before-opening"),
        (["note", "1", "-m", "x", "--at", "+1h"], 4, "time-in-future"),
        (["escalate", "1"], 5, "text-needed"),
        (["note", "1", "-m", "x", "--at", "01/02/2026"], 2, "time-not-understood"),
        (["flag", "1", "saftey"], 2, "choice-unknown"),
        (["note", "one", "-m", "x"], 2, "number-not-understood"),
    ],
)
def test_a_refusal_has_its_exit_code_and_leaves_nothing_written(
    shell: Shell, desk: Desk, words: list[str], code: int, name: str
) -> None:
    shell("open", "空调不制冷", "--at", "-1h").ok  # noqa: B018
    before = desk.everything()
    done = shell(*words, "--json")
    assert (done.code, done.out) == (code, "")
    assert f'"error": "{name}"' in done.err
    assert done.err.count("\n") == 1
    assert desk.everything() == before


def opened(shell: Shell, *words: str) -> dict[str, Any]:
    made: dict[str, Any] = shell("open", "空调不制冷", "--category", "service.repair", *words, "--json").json
    return made


def test_a_repetition_is_seen_by_phone_and_category_and_said(shell: Shell) -> None:
    opened(shell, "--phone", "13800000000", "--at", "-30d")
    shell("resolve", "1", "-m", "x", "--at", "-29d").ok  # noqa: B018
    again = shell("open", "x", "--phone", "138 0000 0000", "--category", "service.repair").ok
    assert "level 2" in again.out
    assert "C-1" in again.err


def test_while_the_earlier_case_is_open_joining_is_offered_on_standard_error(shell: Shell) -> None:
    opened(shell, "--phone", "13800000000", "--at", "-1h")
    again = shell("open", "x", "--phone", "+8613800000000", "--category", "service.repair").ok
    assert again.out.startswith("C-2  ")
    assert "cstrack contact C-1 --in" in again.err
