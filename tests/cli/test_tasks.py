"""`cstrack task`: what was asked of departments, on both kinds of database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import BRANCH, DANGEROUS, clock_of, follows, typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

ADD = ("task", "add", "1", "--to", "配件部", "--due", "+3h", "-m", "查库存")
NAME = "配件部: 查库存"
KEYS = ["schema", "number", "ref", "n", "text", "department", "state", "made_at", "due_at"]
KEYS += ["stopped_at", "verdict", "left_s"]
HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe\nnext :smile: {who} %s"


@pytest.fixture
def case(shell: Shell) -> Shell:
    """A case with a task of three hours."""
    do(shell, "open", "空调不制冷")
    do(shell, *ADD)
    return shell


def test_a_task_is_said_in_one_line(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    done = shell(*ADD).ok
    assert done.out.startswith("C-1  task 1 for parts, due ")
    assert f"task: {NAME} due " in done.out
    assert (done.out.count("\n"), done.err) == (1, "")
    sound(shell)


@pytest.mark.parametrize("name", ["parts", "Parts", "配件部"])
@ON_SQLITE
def test_a_department_goes_by_its_code_and_its_names(shell: Shell, name: str) -> None:
    do(shell, "open", "x")
    do(shell, "task", "add", "1", "--to", name, "--due", "+3h", "-m", "y")
    [one] = shell("task", "list", "--json").json
    assert (one["department"], one["text"]) == ("parts", f"{name}: y")


def test_the_list_has_it_until_it_is_answered(case: Shell) -> None:
    [one] = case("task", "list", "--json").json
    assert list(one) == KEYS
    assert (one["ref"], one["n"], one["text"], one["state"]) == ("C-1", 1, NAME, "open")
    assert (
        case("task", "done", "1", "1", "-m", "in stock").ok.out == f"C-1  task 1 answered  task: {NAME} met\n"
    )
    assert case("task", "list", "--json").json == []
    [one] = case("task", "list", "1", "--all", "--json").json
    assert (one["state"], one["verdict"]) == ("answered", "met")
    sound(case)


def test_sent_back_the_same_clock_runs_on(case: Shell) -> None:
    before = clock_of(case, "task")
    do(case, "task", "done", "1", "1", "-m", "soon")
    done = case("task", "return", "1", "1", "-m", "which date?").ok
    assert done.out.startswith(f"C-1  task 1 sent back  task: {NAME} due ")
    after = clock_of(case, "task")
    assert (after["due_at"], after["verdict"], after["stopped_at"]) == (before["due_at"], "open", None)
    assert case("why", "1", "--json").json["clocks"][-1]["stopped_by"] is None
    assert [one["state"] for one in case("task", "list", "--json").json] == ["open"]
    sound(case)


def test_a_late_task_is_overdue_by_name(case: Shell) -> None:
    assert case("overdue", "--at", "+4h").ok.out.split("\t")[3] == "task"
    _code, lines = typed_at(case.home, str(case.url), ["overdue", "--at", "+4h"], 120)
    assert f"task: {NAME}" in "\n".join(lines)


def test_an_open_task_is_in_the_way_of_an_end(case: Shell, desk: Desk) -> None:
    before = desk.everything()
    refused(case("resolve", "1", "-m", "x"), 4, "parts", "cstrack task done C-1 1", "--anyway")
    refused(case("close", "1", "--outcome", "withdrawn"), 4, "parts", "cstrack task done C-1 1")
    assert desk.everything() == before
    do(case, "resolve", "1", "--anyway", "-m", "solved without")
    refused(case("close", "1", "--outcome", "satisfied"), 4, "task 1")
    do(case, "task", "done", "1", "1", "-m", "not needed any more")
    do(case, "close", "1", "--outcome", "satisfied")
    sound(case)


def test_as_of_an_earlier_moment_it_is_not_answered(case: Shell) -> None:
    do(case, "open", "old", "--at", "yesterday 09:00")
    words = ("task", "add", "2", "--to", "sales", "--due", "yesterday 18:00", "-m", "x")
    do(case, *words, "--at", "yesterday 10:00")
    do(case, "task", "done", "2", "1", "-m", "y", "--at", "yesterday 14:00")
    told = case("task", "list", "--at", "yesterday 11:00", "--json").json
    assert [(one["ref"], one["state"]) for one in told] == [("C-2", "open")]
    assert case("task", "list", "--at", "yesterday 15:00", "--json").json == []
    sound(case)


@ON_SQLITE
def test_erased_words_leave_a_task_without_a_name(case: Shell, desk: Desk) -> None:
    with desk.writing() as db:
        db.execute("UPDATE event SET words = NULL WHERE type = 'task-given'")
    [one] = case("task", "list", "--json").json
    assert (one["text"], one["department"]) == (None, "parts")
    do(case, "task", "done", "1", "1", "-m", "x")
    sound(case)


# --- what is refused, and writes nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["add", "1", "--to", "prts", "--due", "+3h", "-m", "x"], 2, ["prts", "Did you mean parts?"]),
        (["add", "1", "--to", "配件", "--due", "+3h", "-m", "x"], 2, ["配件", "Did you mean parts?"]),
        (["add", "1", "--due", "+3h", "-m", "x"], 5, ["--to", "workshop"]),
        (["add", "1", "--to", "parts", "-m", "x"], 5, ["--due"]),
        (["add", "1", "--to", "parts", "--due", "+3h"], 5, ["-m"]),
        (["add", "1", "--to", "parts", "--due", "-1h", "-m", "x"], 4, ["--due"]),
        (["add", "9", "--to", "parts", "--due", "+3h", "-m", "x"], 3, ["C-9"]),
        (["done", "1", "7", "-m", "x"], 3, ["C-1 has no task 7; it has 1", "cstrack task list C-1"]),
        (["done", "1", "1"], 5, ["-m"]),
        (["return", "1", "1"], 5, ["-m"]),
        (["list", "9"], 3, ["C-9"]),
    ],
)
def test_what_is_missing_wrong_or_not_allowed_is_refused(
    case: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    before = desk.everything()
    refused(case("task", *words), code, *parts)
    assert desk.everything() == before


def test_a_task_is_answered_once(case: Shell) -> None:
    do(case, "task", "done", "1", "1", "-m", "x")
    told = json.loads(case("task", "done", "1", "1", "-m", "y", "--json").err)
    assert (told["error"], told["exit_code"]) == ("task-answered", 4)


def test_the_departments_are_those_of_the_desks_policy(case: Shell) -> None:
    follows(case, BRANCH + '[departments]\nkitchen = { en = "kitchen", zh = "厨房" }\n')
    refused(case(*ADD), 2, "配件部", "kitchen")
    assert case("task", "list").ok.out.split("\t")[2] == NAME


# --- shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@ON_SQLITE
def test_at_a_terminal_it_stays_within_its_width(case: Shell, lang: str, width: int) -> None:
    do(case, "task", "add", "1", "--to", "workshop", "--due", "+1d", "-m", "look at everything " * 9)
    for words in (["task", "list", "--all"], ["timeline", "1"], ["why", "1"], ["show", "1"]):
        code, lines = typed_at(case.home, str(case.url), words, width, CSTRACK_LANG=lang)
        assert (code, widest(lines) <= width) == (0, True), (words, lines)


@ON_SQLITE
def test_in_chinese_it_is_said_in_chinese(case: Shell) -> None:
    assert case("task", "list", "--lang", "zh").ok.out.split("\t")[2] == NAME
    done = case("task", "done", "1", "1", "-m", "有货", "--lang", "zh").ok
    assert "派单 1 已回单" in done.out


@ON_SQLITE
def test_r17_a_hostile_task_harms_no_screen(case: Shell) -> None:
    do(case, "task", "add", "1", "--to", "parts", "--due", "+1h", "-m", HOSTILE)
    for words in (["task", "list"], ["show", "1"], ["timeline", "1"], ["why", "1"]):
        assert DANGEROUS.search(case(*words).ok.out.replace("\t", "")) is None
        _code, lines = typed_at(case.home, str(case.url), words, 100, NO_COLOR="1")
        assert DANGEROUS.search("\n".join(lines)) is None, words
