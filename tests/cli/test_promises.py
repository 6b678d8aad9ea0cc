"""`cstrack promise`: what was said to the customer with a time, on both kinds of database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import DANGEROUS, clock_of, instant, typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

CALL = "回电说明配件到货"
ADD = ("promise", "add", "1", CALL, "--due", "+3h", "--owner", "ma", "--check", "customer confirms")
MOVE = ("promise", "move", "1", "1", "--due", "+5h")
KEYS = ["schema", "number", "ref", "n", "text", "owner", "check", "state", "made_at", "due_at"]
KEYS += ["stopped_at", "verdict", "left_s"]
HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe\nnext :smile: {who} %s"


@pytest.fixture
def case(shell: Shell) -> Shell:
    """A case with a promise of three hours."""
    do(shell, "open", "空调不制冷", "--customer", "张三", "--phone", "13800000000")
    do(shell, *ADD)
    return shell


def test_a_promise_is_said_in_one_line(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    done = shell(*ADD).ok
    assert done.out.startswith("C-1  promise 1 for ")
    assert f"owner ma  promise: {CALL} due " in done.out
    assert (done.out.count("\n"), done.err) == (1, "")
    sound(shell)


def test_programs_see_it_as_a_clock_without_a_limit(case: Shell) -> None:
    clock = clock_of(case, "promise")
    assert (clock["name"], clock["limit"], clock["verdict"]) == (CALL, None, "open")
    assert instant(clock["due_at"]) - instant(clock["started_at"]) == 3 * 3600


def test_the_list_has_it_until_it_is_kept(case: Shell) -> None:
    [one] = case("promise", "list", "--json").json
    assert list(one) == KEYS
    assert (one["ref"], one["n"], one["text"], one["owner"]) == ("C-1", 1, CALL, "ma")
    assert (one["check"], one["state"]) == ("customer confirms", "open")
    assert case("promise", "keep", "1", "1").ok.out == f"C-1  promise 1 kept  promise: {CALL} met\n"
    assert case("promise", "list", "--json").json == []
    [one] = case("promise", "list", "1", "--all", "--json").json
    assert (one["state"], one["verdict"]) == ("kept", "met")
    sound(case)


def test_missed_it_is_breached_and_the_timeline_says_why(case: Shell) -> None:
    do(case, "promise", "miss", "1", "1", "-m", "the part is at sea")
    assert clock_of(case, "promise")["verdict"] == "breached"
    last = case("timeline", "1", "--json").json[-1]
    assert (last["summary"], last["words"]) == ("promise 1 not kept", {"text": "the part is at sea"})
    sound(case)


def test_moved_it_keeps_its_history(case: Shell) -> None:
    before = clock_of(case, "promise")
    do(case, *MOVE, "--agreed", "-m", "he travels")
    after = clock_of(case, "promise")
    assert after["started_at"] == before["started_at"]
    assert instant(after["due_at"]) > instant(before["due_at"])
    why = case("why", "1", "--json").json["clocks"][-1]
    assert [(move["from"], move["to"]) for move in why["moved"]] == [(before["due_at"], after["due_at"])]
    assert (why["moved"][0]["why"], why["limit"], why["policy"]) == ("agreed", None, None)
    sound(case)


def test_p19_it_does_not_drift_with_a_pause(case: Shell) -> None:
    before = clock_of(case, "promise")
    do(case, "pause", "1", "--waiting-for", "customer", "--until", "+2h")
    after = clock_of(case, "promise")
    assert (after["due_at"], after["state"]) == (before["due_at"], "running")


def test_a_late_promise_is_overdue_by_name(case: Shell) -> None:
    shown = case("overdue", "--at", "+4h").ok.out
    assert shown.split("\t")[3] == "promise"
    _code, lines = typed_at(case.home, str(case.url), ["overdue", "--at", "+4h"], 120)
    assert "promise: " + CALL[:4] in "\n".join(lines)


def test_resolved_it_runs_on_and_closed_it_is_void_and_can_be_kept(case: Shell) -> None:
    do(case, "resolve", "1", "-m", "done")
    assert clock_of(case, "promise")["verdict"] == "open"
    do(case, "close", "1", "--outcome", "satisfied")
    assert clock_of(case, "promise")["verdict"] == "void"
    assert case("promise", "list", "--json").json == []
    assert case("promise", "list", "--all", "--json").json[0]["state"] == "void"
    do(case, "promise", "keep", "1", "1", "-m", "called after all")
    assert clock_of(case, "promise")["verdict"] == "met"
    sound(case)


def test_what_was_promised_earlier_is_typed_in_later(case: Shell) -> None:
    do(case, "open", "old", "--at", "yesterday 09:00")
    do(case, "promise", "add", "2", "letter", "--due", "yesterday 15:00", "--at", "yesterday 10:00")
    first, second = case("promise", "list", "--json").json
    assert (first["ref"], first["verdict"], second["ref"]) == ("C-2", "breached", "C-1")
    do(case, "promise", "keep", "2", "1", "--at", "yesterday 14:00")
    assert case("promise", "list", "2", "--all", "--json").json[0]["verdict"] == "met"
    sound(case)


def test_as_of_an_earlier_moment_it_is_still_to_be_kept(case: Shell) -> None:
    do(case, "open", "old", "--at", "yesterday 09:00")
    do(case, "promise", "add", "2", "one", "--due", "yesterday 18:00", "--at", "yesterday 12:00")
    do(case, "promise", "add", "2", "two", "--due", "yesterday 17:00", "--at", "yesterday 10:00")
    do(case, "promise", "keep", "2", "2", "--at", "yesterday 14:00")
    told = case("promise", "list", "--at", "yesterday 11:00", "--json").json
    assert [(one["ref"], one["n"], one["text"], one["state"]) for one in told] == [("C-2", 2, "two", "open")]
    told = case("promise", "list", "2", "--all", "--at", "yesterday 15:00", "--json").json
    assert [(one["n"], one["state"]) for one in told] == [(1, "open"), (2, "kept")]
    assert case("promise", "list", "2", "--at", "yesterday 08:00").code == 3


@ON_SQLITE
def test_erased_words_leave_a_promise_without_a_name(case: Shell, desk: Desk) -> None:
    with desk.writing() as db:
        db.execute("UPDATE event SET words = NULL WHERE type = 'promised'")
    [one] = case("promise", "list", "--json").json
    assert (one["text"], one["check"], one["owner"]) == (None, None, "ma")
    assert case("promise", "list").ok.out.startswith("C-1\t1\t\topen\t")
    assert "promise 1 for " in case("timeline", "1").ok.out
    assert case("why", "1", "--json").json["clocks"][-1]["name"] is None
    do(case, "promise", "keep", "1", "1")
    sound(case)


# --- what is refused, and writes nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["add", "1", "x"], 5, ["--due"]),
        (["add", "1", "--due", "+3h"], 5, ["-m"]),
        (["add", "1", "x", "--due", "yesterday 9am"], 4, ["--due"]),
        (["add", "1", "x", "--due", "01/02/2026"], 2, ["01/02/2026"]),
        (["add", "9", "x", "--due", "+3h"], 3, ["C-9"]),
        (["keep", "1", "7"], 3, ["C-1 has no promise 7; it has 1", "cstrack promise list C-1"]),
        (["miss", "1", "1"], 5, ["-m"]),
        (["move", "1", "1", "--due", "+5h", "-m", "x"], 4, ["--agreed"]),
        (["move", "1", "1", "--agreed", "-m", "x"], 5, ["--due"]),
        (["move", "1", "1", "--agreed", "--due", "-1h", "-m", "x"], 4, ["--due"]),
        (["list", "9"], 3, ["C-9"]),
        (["list", "--fields", "nmae"], 2, ["nmae"]),
    ],
)
def test_what_is_missing_wrong_or_not_allowed_is_refused(
    case: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    before = desk.everything()
    refused(case("promise", *words), code, *parts)
    assert desk.everything() == before


def test_a_refusal_is_an_object_for_programs(case: Shell) -> None:
    told = json.loads(case(*MOVE, "-m", "x", "--json").err)
    assert (told["error"], told["exit_code"]) == ("promise-not-agreed", 4)


def test_where_no_desk_is_yet_nothing_is_promised(shell: Shell) -> None:
    url = str(shell.home / "none.db")
    assert shell("promise", "list", "--json", "--db", url).json == []
    refused(shell("promise", "list", "1", "--db", url), 3, "C-1")


# --- shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@ON_SQLITE
def test_at_a_terminal_it_stays_within_its_width(case: Shell, lang: str, width: int) -> None:
    do(case, "promise", "add", "1", "a long letter about everything that was found " * 3, "--due", "+1d")
    for words in (["promise", "list", "--all"], ["timeline", "1"], ["why", "1"], ["show", "1"], ["overdue"]):
        code, lines = typed_at(case.home, str(case.url), words, width, CSTRACK_LANG=lang)
        assert (code, widest(lines) <= width) == (0, True), (words, lines)


@ON_SQLITE
def test_at_a_terminal_the_timeline_quotes_it_and_how_it_is_checked(case: Shell) -> None:
    _code, lines = typed_at(case.home, str(case.url), ["timeline", "1"], 120)
    shown = "\n".join(lines)
    assert f'"{CALL}"' in shown
    assert "check: customer confirms" in shown


@ON_SQLITE
def test_at_a_terminal_nothing_promised_is_said(shell: Shell) -> None:
    code, lines = typed_at(shell.home, str(shell.url), ["promise", "list"], 80)
    assert (code, lines[0]) == (0, "Nothing is promised.")


@ON_SQLITE
def test_r17_a_hostile_promise_harms_no_screen(case: Shell) -> None:
    do(case, "promise", "add", "1", HOSTILE, "--due", "+1h", "--owner", HOSTILE, "--check", HOSTILE)
    for words in (["promise", "list"], ["show", "1"], ["timeline", "1"], ["why", "1"]):
        assert DANGEROUS.search(case(*words).ok.out.replace("\t", "")) is None
        _code, lines = typed_at(case.home, str(case.url), words, 100, NO_COLOR="1")
        assert DANGEROUS.search("\n".join(lines)) is None, words
    done = case("promise", "keep", "1", "2").ok
    assert (done.out.count("\n"), DANGEROUS.search(done.out)) == (1, None)


@pytest.mark.parametrize(
    "words",
    [
        ["promise", "add", "1,2", "x", "--due", "+1h"],
        ["promise", "keep", "1,2", "1"],
        ["promise", "miss", "1,2", "1", "-m", "x"],
        ["promise", "move", "1,2", "1", "--due", "+5h", "--agreed", "-m", "x"],
        ["task", "add", "1,2", "--to", "parts", "--due", "+1h", "-m", "x"],
        ["task", "done", "1,2", "1", "-m", "x"],
        ["task", "return", "1,2", "1", "-m", "x"],
        ["correct", "1,2", "1", "-m", "x"],
    ],
    ids=" ".join,
)
def test_what_goes_by_the_number_of_one_case_takes_one_case(
    case: Shell, desk: Desk, words: list[str]
) -> None:
    do(case, "open", "another case")
    do(case, *ADD[:2], "2", CALL, "--due", "+3h")
    for number in ("1", "2"):
        do(case, "task", "add", number, "--to", "parts", "--due", "+3h", "-m", "x")
    before = desk.everything()
    refused(case(*words), 2, "one case")
    assert desk.everything() == before
