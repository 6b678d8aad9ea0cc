"""`cstrack list` as a process: which cases, in which order, in which shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import runner

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

KEYS = ["schema", "number", "ref", "kind", "subject", "status", "outcome", "level", "owner", "handler"]
KEYS += [
    "first_contact",
    "customer",
    "customer_number",
    "category",
    "channel",
    "flags",
    "stage",
    "group_number",
    "opened_at",
    "agreed_at",
]
KEYS += ["resolved_at", "closed_at", "age_s", "cycle", "store", "handed_to", "sent_to"]
KEYS += ["next_due", "next_clock", "provisional", "against", "unowned_since", "fields"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Six cases of March 2025: open, waiting, agreed, resolved, closed, and a crisis of a later day."""
    run = runner(tmp_path_factory.mktemp("desk"))
    opened: list[list[str]] = [
        ["空调不制冷", "--customer", "张三", "--category", "service.repair", "--channel", "phone"],
        ["parts are late", "--channel", "mail", "--as", "han"],
        ["wrong bill", "--channel", "walk-in", "--category", "billing", "--flag", "vip"],
        ["how long is the warranty", "--kind", "inquiry", "--channel", "phone"],
        ["too loud", "--channel", "phone"],
    ]
    for hour, words in enumerate(opened, 9):
        run("open", *words, "--at", f"2025-03-10T{hour:02}:00:00+08:00")
    run("open", "smoke from the engine 冒烟", "--channel", "media", "--at", "2025-03-11T09:00:00+08:00")
    at = ("--at", "2025-03-11T10:00:00+08:00")
    run("pause", "1", "--waiting-for", "supplier", "--until", "2025-03-13 09:00", "--at", "2025-03-10 20:00")
    run("agree", "3", "-m", "x", *at)
    run("resolve", "4", "-m", "x", *at)
    run("close", "5", "--outcome", "withdrawn", *at)
    run("assign", "2", "wang", "--as-handler", "--at", "2025-03-11 09:30")
    return run


def refs(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.stderr == ""
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        ([], "C-6 C-2 C-1 C-3 C-4"),
        (["--status", "all"], "C-6 C-2 C-1 C-3 C-4 C-5"),
        (["--status", "open"], "C-6 C-2"),
        (["--status", "waiting"], "C-1"),
        (["--status", "agreed"], "C-3"),
        (["--status", "resolved"], "C-4"),
        (["--status", "closed"], "C-5"),
        (["--status", "merged"], ""),
        (["--level", "3"], "C-6 C-3"),
        (["--owner", "han"], "C-2"),
        (["--handler", "wang"], "C-2"),
        (["--customer", "张三"], "C-1"),
        (["--category", "billing"], "C-3"),
        (["--category", "维修技术"], "C-1"),
        (["--channel", "phone"], "C-1 C-4"),
        (["--flag", "crisis"], "C-6"),
        (["--flag", "vip"], "C-3"),
        (["--kind", "inquiry"], "C-4"),
        (["--since", "2025-03-11"], "C-6"),
        (["--before", "2025-03-11"], "C-2 C-1 C-3 C-4"),
        (["--since", "2025-03-10 10:00", "--before", "2025-03-10 12:00"], "C-2 C-3"),
        (["--level", "3", "--flag", "vip"], "C-3"),
        (["--owner", "nobody"], ""),
    ],
)
def test_a_list_is_narrowed_by_what_is_asked_for(run: Run, narrow: list[str], found: str) -> None:
    assert sorted(refs(run("list", *narrow))) == sorted(found.split())


def test_a_crisis_comes_first_then_the_earliest_due_then_what_has_no_clock(run: Run) -> None:
    found = refs(run("list", "--status", "all"))
    assert found == ["C-6", "C-1", "C-2", "C-3", "C-4", "C-5"]


@pytest.mark.parametrize("at", ["2025-03-10T13:30:00+08:00", "2025-03-10 13:30"])
def test_an_earlier_moment_is_seen_as_it_was(run: Run, at: str) -> None:
    done = run("list", "--fields", "ref,status", "--at", at)
    assert done.stdout.splitlines() == [f"C-{n}\topen" for n in (1, 2, 3, 5, 4)]


def test_filters_hold_for_an_earlier_moment_too(run: Run) -> None:
    at = ("--at", "2025-03-10T13:30:00+08:00")
    assert refs(run("list", "--level", "3", *at)) == ["C-3"]
    assert refs(run("list", "--status", "closed", *at)) == []


def test_lines_off_a_terminal_are_tab_separated_and_whole(run: Run) -> None:
    (line,) = run("list", "--customer", "张三").stdout.splitlines()
    plan_due = "2025-03-11T09:00:00+08:00"
    assert line.split("\t") == ["C-1", "1", "空调不制冷", "waiting", plan_due, "plan", "li", "张三"]


def test_the_object_of_a_case_has_exactly_these_keys(run: Run) -> None:
    done = run("list", "--json", "--status", "closed", "--at", "2025-03-12T10:00:00+08:00")
    (found,) = json.loads(done.stdout)
    assert list(found) == KEYS
    assert found == {
        "schema": 1,
        "number": 5,
        "ref": "C-5",
        "kind": "complaint",
        "subject": "too loud",
        "status": "closed",
        "outcome": "withdrawn",
        "level": 1,
        "owner": "li",
        "handler": "li",
        "first_contact": "li",
        "customer": None,
        "customer_number": None,
        "category": None,
        "channel": "phone",
        "flags": [],
        "stage": None,
        "group_number": None,
        "opened_at": "2025-03-10T05:00:00Z",
        "agreed_at": None,
        "resolved_at": None,
        "closed_at": "2025-03-11T02:00:00Z",
        "age_s": 75_600,
        "cycle": 1,
        "store": None,
        "handed_to": None,
        "sent_to": None,
        "next_due": None,
        "next_clock": None,
        "provisional": False,
        "against": None,
        "unowned_since": None,
        "fields": {},
    }


def test_an_object_a_line_has_the_same_keys(run: Run) -> None:
    lines = run("list", "--jsonl").stdout.splitlines()
    assert [list(json.loads(line)) for line in lines] == [KEYS] * 5


def test_csv_begins_with_the_keys(run: Run) -> None:
    assert run("list", "--csv").stdout.splitlines()[0] == ",".join(KEYS)


def test_fields_picks_and_orders(run: Run) -> None:
    done = run("list", "--fields", "customer,ref", "--json", "--customer", "张三")
    assert json.loads(done.stdout) == [{"customer": "张三", "ref": "C-1"}]


def test_a_format_of_ones_own_is_filled_line_by_line(run: Run) -> None:
    assert run("list", "--format", "{ref} {customer}!", "--customer", "张三").stdout == "C-1 张三!\n"


@pytest.mark.parametrize(
    ("option", "value", "near"),
    [
        ("--status", "close", "closed"),
        ("--category", "biling", "billing"),
        ("--channel", "fone", "phone"),
        ("--flag", "safty", "safety"),
        ("--kind", "inquiri", "inquiry"),
    ],
)
def test_an_unknown_code_is_refused_with_the_nearest_one(
    run: Run, option: str, value: str, near: str
) -> None:
    done = run("list", option, value, code=2)
    assert done.stdout == ""
    assert f"{option} does not know {value}. Did you mean {near}?" in done.stderr


@pytest.mark.parametrize("words", [["--since", "01/02/2026"], ["--before", "soon"], ["--level", "0"]])
def test_what_is_not_understood_is_refused(run: Run, words: list[str]) -> None:
    assert run("list", *words, code=2).stdout == ""


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "_", "张三' --", "\x1b[31m"])
def test_r22_a_filter_is_a_value_and_never_a_statement(run: Run, text: str) -> None:
    assert refs(run("list", "--customer", text, "--status", "all")) == []
    assert refs(run("list", "--owner", text)) == []


@pytest.mark.parametrize(("option", "printed"), [([], ""), (["--json"], "[]\n")])
def test_a_desk_without_a_database_has_no_cases(tmp_path: Path, option: list[str], printed: str) -> None:
    done = runner(tmp_path)("list", *option)
    assert (done.stdout, done.stderr) == (printed, "")
    assert list(tmp_path.iterdir()) == []
