"""Every other command that writes: its one line, its JSON, several cases at once, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.rough import ON_SQLITE, do, refused

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

KEYS = ["schema", "number", "ref", "events", "level", "status", "clocks"]

LIFE: tuple[tuple[str, list[str]], ...] = (
    # a case from its first word to its last, a command a line: (type of its event, what is typed)
    ("noted", ["note", "1", "-m", "配件已订"]),
    ("contacted", ["contact", "1", "--out", "--channel", "phone", "-m", "告知到货时间"]),
    ("contacted", ["contact", "c-1", "--in", "-m", "什么时候好"]),
    ("assigned", ["assign", "C-1", "wang"]),
    ("assigned", ["assign", "1", "zhao", "--as-handler"]),
    ("proposed", ["propose", "1", "-m", "换压缩机", "--by", "+2d"]),
    ("escalated", ["escalate", "1", "-m", "客户要求"]),
    ("deescalated", ["deescalate", "1", "-m", "只是询问"]),
    ("flagged", ["flag", "1", "dissatisfied"]),
    ("unflagged", ["flag", "1", "dissatisfied", "--off", "-m", "误会"]),
    ("paused", ["pause", "1", "--waiting-for", "supplier", "--until", "+1d"]),
    ("resumed", ["resume", "1"]),
    ("agreed", ["agree", "1", "-m", "电话同意"]),
    ("resolved", ["resolve", "1", "-m", "已更换"]),
    ("reopened", ["reopen", "1", "-m", "又响了"]),
    ("resolved", ["resolve", "1", "-m", "再次更换"]),
    ("closed", ["close", "1", "--outcome", "satisfied"]),
    ("corrected", ["correct", "1", "2", "-m", "是左前轮"]),
)


# --- one line, one object -----------------------------------------------------------------------------------


def test_each_command_answers_with_one_line_that_begins_with_the_number(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    for _kind, words in LIFE:
        said = shell(*words).ok
        assert (said.out.count("\n"), said.out.split()[0], said.err) == (1, "C-1", ""), words


def test_each_command_answers_with_one_object(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    for kind, words in LIFE:
        said = shell(*words, "--json").json
        assert list(said) == KEYS
        assert kind in [event["type"] for event in said["events"]], words
    assert [entry["type"] for entry in shell("timeline", "1", "--json").json if entry["type"] == "closed"]


@ON_SQLITE
def test_quiet_leaves_the_line_out(shell: Shell) -> None:
    do(shell, "open", "x")
    assert shell("note", "1", "-m", "y", "-q").ok[1:] == ("", "")


@ON_SQLITE
def test_a_text_is_kept_as_it_was_typed(shell: Shell) -> None:
    text = "  第一行\n\n\t第三行 [/b] \\n  "
    do(shell, "open", "x")
    do(shell, "note", "1", "-m", "-", stdin=text + "\n\n")
    assert shell("timeline", "1", "--json").json[1]["words"] == {"text": text}


# --- several cases at once ----------------------------------------------------------------------------------


@ON_SQLITE
def test_several_cases_are_one_word(shell: Shell) -> None:
    for subject in "abcd":
        do(shell, "open", subject)
    said = shell("note", "1,3-4,C-3", "-m", "x", "--yes").ok
    assert [line.split()[0] for line in said.out.splitlines()] == ["C-1", "C-3", "C-4"]
    assert [one["number"] for one in shell("note", "4,1", "-m", "x", "--json").json] == [4, 1]


@ON_SQLITE
def test_one_case_that_is_refused_leaves_all_of_them_alone(shell: Shell, desk: Desk) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    do(shell, "close", "2", "--outcome", "withdrawn")
    before = desk.everything()
    refused(shell("escalate", "1-3", "-m", "x", "--yes"), 4, "C-2 was closed", "cstrack reopen C-2 -m")
    refused(shell("note", "1,3,9", "-m", "x", "--yes"), 3, "there is no case C-9")
    assert desk.everything() == before


@ON_SQLITE
def test_three_cases_are_confirmed_and_a_piped_yes_is_none(shell: Shell, desk: Desk) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    before = desk.everything()
    refused(shell("note", "1-3", "-m", "x", stdin="y\n"), 5, "changes 3 cases", "--yes")
    assert desk.everything() == before
    assert shell("note", "1-2", "-m", "x").ok.out.count("noted") == 2
    assert shell("note", "1-3", "-m", "x", "--yes").ok.out.count("noted") == 3


@ON_SQLITE
def test_numbers_come_from_standard_input(shell: Shell) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    listed = shell("list", "--format", "{ref}").ok.out
    said = shell("note", "-", "-m", "x", "--yes", stdin=listed).ok
    assert sorted(line.split()[0] for line in said.out.splitlines()) == ["C-1", "C-2", "C-3"]
    refused(shell("note", "-", "-m", "-", stdin="1\n"), 5, "standard input held no case numbers")


@ON_SQLITE
@pytest.mark.parametrize(
    "word", ["abc", "0", "1,", "", "3-1", "1-100000", "1..3", "-1", "١", "1e3", "9" * 30, "1\x1b[31m", "C-"]
)
def test_what_is_no_case_number_is_refused(shell: Shell, word: str) -> None:
    done = shell("note", "-m", "x", "--", word)
    refused(done, 2, "is no case number. Write 42, C-42, or several as 1,4-9")
    assert "\x1b" not in done.err


@ON_SQLITE
def test_numbers_on_standard_input_that_are_none_are_refused(shell: Shell) -> None:
    refused(shell("note", "-", "-m", "x", stdin="1 两\n"), 2, "is no case number")
    refused(shell("note", "-", "-m", "x", stdin="1 " * 600_000), 6, "longer than 1 MiB")


@ON_SQLITE
def test_a_command_for_one_case_takes_one(shell: Shell) -> None:
    refused(shell("timeline", "1-2"), 2, "takes one case")


# --- who and when -------------------------------------------------------------------------------------------


@ON_SQLITE
def test_the_actor_is_whom_one_acts_as_and_the_login_stands_beside_it(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x", CSTRACK_USER="han")
    do(shell, "note", "1", "-m", "x", "--as", "zhao")
    do(shell, "note", "1", "-m", "x", "--as", " ", CSTRACK_USER="")
    actors = [entry["actor"] for entry in shell("timeline", "1", "--json").json]
    [(login,)] = desk.rows("SELECT DISTINCT login FROM event")
    assert actors == ["han", "zhao", login]


@ON_SQLITE
def test_what_is_typed_later_bears_both_times(shell: Shell) -> None:
    do(shell, "open", "x", "--at", "2025-11-03 09:00")
    do(shell, "note", "1", "-m", "x", "--at", "2025-11-03 10:00")
    entry = shell("timeline", "1", "--json").json[1]
    assert entry["at"] == "2025-11-03T02:00:00Z"
    assert entry["recorded_at"] > "2025-11-04"


# --- refused ------------------------------------------------------------------------------------------------

NO_SUCH_LEVEL = "there is no level 4, 3 is the highest. Hand C-1 up: cstrack escalate C-1 --to 3"


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["note", "9", "-m", "x"], 3, ["there is no case C-9", "cstrack list"]),
        (["escalate", "9"], 3, ["there is no case C-9"]),
        (["escalate", "1"], 5, ["a text is needed", "-m", "-F FILE"]),
        (["escalate", "1", "-m", " "], 5, ["a text is needed"]),
        (["escalate", "1", "-m", "x", "--to", "4"], 4, [NO_SUCH_LEVEL]),
        (
            ["escalate", "1", "-m", "x", "--to", "1"],
            4,
            ["C-1 is at level 1; 1 is not higher", "escalate C-1"],
        ),
        (["escalate", "1", "-m", "x", "--to", "-1"], 4, ["-1 is not higher"]),
        (["deescalate", "1", "-m", "x"], 4, ["1 is the lowest", "cstrack resolve C-1"]),
        (["note", "1", "-m", "x", "--at", "asap"], 2, ["the time asap is not understood"]),
        (["note", "1", "-m", "x", "--at", "+1h"], 4, ["has not come yet", "--at"]),
        (["note", "1", "-m", "x", "--at", "3 days ago"], 4, ["before C-1 was opened on", "--at"]),
        (["pause", "1"], 5, ["--waiting-for is missing", "customer, supplier, third-party"]),
        (["pause", "1", "--waiting-for", "suplier"], 2, ["Did you mean supplier?"]),
        (
            ["pause", "1", "--waiting-for", "customer", "--until", "1h ago"],
            4,
            ["before it begins", "--until"],
        ),
        (["pause", "1", "--waiting-for", "customer", "--until", "+9d"], 4, ["may last 3", "escalate C-1"]),
        (["resume", "1"], 4, ["nothing is paused", "cstrack show C-1"]),
        (["flag", "1", "safty"], 2, ["Did you mean safety?"]),
        (["flag", "1", "safety", "--off", "-m", "x"], 4, ["does not have the flag safety; it has: none"]),
        (["flag", "1", "safety", "--off"], 4, ["does not have the flag safety"]),
        (["propose", "1", "-m", "x"], 5, ['Write --by "fri 17:00"']),
        (["propose", "1", "-m", "x", "--by", "1h ago"], 4, ["has passed", "--by"]),
        (["propose", "1", "-m", "x", "--by", "3wd"], 2, ["working time", "Give a date: 2026-"]),
        (["close", "1"], 4, ["cstrack resolve C-1", "--outcome no-agreement"]),
        (["close", "1", "--outcome", "happy"], 2, ["Possible: satisfied, partial"]),
        (["reopen", "1", "-m", "x"], 4, ["it has not ended", "cstrack show C-1"]),
        (["correct", "1", "9", "-m", "x"], 3, ["C-1 has no entry 9, the last is 1", "cstrack timeline C-1"]),
        (["assign", "1", " "], 2, ["the name is empty", "cstrack assign"]),
        (["assign", "1", "li"], 4, ["C-1 is with li already"]),
        (["contact", "1", "-m", "x"], 5, ["--in when the customer spoke to us"]),
        (["contact", "1", "-m", "x", "--in", "--out"], 2, ["--in, --out exclude each other"]),
        (["contact", "1", "-m", "x", "--in", "--channel", "fone"], 2, ["Did you mean phone?"]),
        (["note", "1", "-m", "x", "-F", "y"], 2, ["-m, -F exclude each other"]),
        (["note", "1", "-F", "nowhere.txt"], 6, ["nowhere.txt cannot be read: No such file"]),
        (["note", "1", "-F", "."], 6, [". cannot be read: Is a directory"]),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else None,
)
def test_what_the_rules_forbid_is_said_in_one_line_and_writes_nothing(
    shell: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    do(shell, "open", "x", "--at", "5h ago")
    before = desk.everything()
    refused(shell(*words), code, *parts)
    assert desk.everything() == before


@ON_SQLITE
def test_at_the_top_there_is_nobody_above(shell: Shell) -> None:
    do(shell, "open", "x", "--flag", "safety")
    refused(
        shell("escalate", "1", "-m", "x"), 4, "C-1 is at level 3, and there is none above", "assign C-1 WHO"
    )


@ON_SQLITE
@pytest.mark.parametrize(
    "words",
    [
        ["escalate", "1", "-m", "x"],
        ["escalate", "1"],
        ["deescalate", "1", "-m", "x"],
        ["assign", "1", "wang"],
        ["flag", "1", "safety"],
        ["pause", "1", "--waiting-for", "customer"],
        ["resume", "1"],
        ["propose", "1", "-m", "x", "--by", "+1d"],
        ["agree", "1", "-m", "x"],
        ["resolve", "1", "-m", "x"],
        ["close", "1", "--outcome", "satisfied"],
    ],
    ids=" ".join,
)
def test_a_closed_case_names_the_way_back(shell: Shell, words: list[str]) -> None:
    do(shell, "open", "x")
    do(shell, "close", "1", "--outcome", "withdrawn")
    refused(shell(*words), 4, "C-1 was closed on", 'cstrack reopen C-1 -m "..."')


@ON_SQLITE
def test_a_change_of_state_does_not_slip_in_before_the_last_one(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x", "--at", "5h ago")
    do(shell, "escalate", "1", "-m", "x", "--at", "2h ago")
    before = desk.everything()
    done = shell("assign", "1", "wang", "--at", "3h ago")
    refused(done, 4, "is before the last change of C-1, entry 2 on ", "cstrack note C-1")
    assert desk.everything() == before
    assert shell("note", "1", "-m", "x", "--at", "3h ago").ok


@ON_SQLITE
def test_a_refusal_in_json_says_code_and_exit_code_too(shell: Shell) -> None:
    done = shell("note", "9", "-m", "x", "--json")
    said = json.loads(done.err)
    assert (done.code, done.out) == (3, "")
    assert list(said) == ["schema", "error", "exit_code", "message"]
    assert (said["error"], said["exit_code"]) == ("no-such-case", 3)
