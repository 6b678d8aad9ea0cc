"""The sentence of each problem: as editors read it, complete, safe, in the language in use."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.render import i18n, policy_problems
from tests.support.policies import SMALL, only

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = Path(__file__).parents[2] / "src" / "cstrack" / "store" / "policies"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    i18n.use("en")


def problem(code: str, **facts: Any) -> dict[str, Any]:
    return {"place": "levels.2.limit", "line": 14, "problem": code, "suggestion": None, **facts}


def test_a_problem_is_a_line_with_file_line_and_place() -> None:
    said = policy_problems.lines("desk.toml", [only(SMALL + '[levels.2]\nen = "b"\nlimit = "2 days"\n')])
    assert said == (
        "desk.toml:7: levels.2.limit: the limit 2 days is not understood. "
        "Write 15m, 24h, 3d, 2w, 1mo, or in working time 8wh, 5wd. Did you mean 2d?\n"
    )


def test_without_a_line_the_file_stands_alone() -> None:
    assert (
        policy_problems.line("-", {**problem("text-empty"), "line": None})
        == "-: levels.2.limit: the text is empty"
    )


def test_a_long_list_of_what_is_possible_is_cut() -> None:
    said = policy_problems.sentence(problem("choice-wrong", value="x", known=[f"k{n}" for n in range(99)]))
    assert "k14, …" in said
    assert "k15" not in said


def test_a_long_value_is_repeated_in_part() -> None:
    said = policy_problems.sentence(problem("limit-not-understood", value="9" * 4000))
    assert "9" * 100 + "… is not understood" in said
    assert "9" * 101 not in said


def test_an_empty_list_and_an_empty_value_are_said() -> None:
    assert "the levels are none" in policy_problems.sentence(problem("level-unknown", value=1, known=[]))
    assert '"" stands here twice' in policy_problems.sentence(problem("entry-twice", value=""))


def test_nothing_of_a_file_reaches_the_terminal_as_it_is() -> None:
    said = policy_problems.line("a\x1b.toml", problem("entry-twice", value="\x1b[31m{path}"))
    assert "\x1b" not in said
    assert "{path}" in said


def test_a_missing_fact_shows_as_a_question_mark() -> None:
    assert policy_problems.sentence(problem("level-gap")) == "level ? follows where ? is missing"


def test_what_the_calendar_engine_refuses_has_the_words_of_refusals_or_its_code() -> None:
    said = policy_problems.sentence(problem("calendar-never-opens", calendar="a", since_at=0))
    assert said


@pytest.mark.parametrize("kind", ["text", "whole-number", "number", "true-or-false", "list", "table", "date"])
def test_every_kind_of_value_has_its_words(kind: str) -> None:
    said = policy_problems.sentence(problem("type-wrong", value=1, expected=kind))
    assert kind not in said or kind in ("text", "number", "list", "table", "date")


def codes() -> set[str]:
    """Every code that the check may give: second in a fault, first in Wrong."""
    found = set()
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            strings: list[ast.expr] = []
            if isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(node.elts[2], ast.Dict):
                strings = [node.elts[1]]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Wrong":
                strings = node.args[:1]
            elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(node.elts[2], ast.Name):
                strings = [node.elts[1]]
            found |= {s.value for s in strings if isinstance(s, ast.Constant) and isinstance(s.value, str)}
    return {code for code in found if "-" in code}


def test_every_code_of_a_problem_has_a_sentence() -> None:
    tables = {**policy_problems._tables(), **policy_problems._values(), **policy_problems._between()}
    assert len(codes()) >= 40
    assert sorted(codes() - set(tables)) == []
