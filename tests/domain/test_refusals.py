"""Every refusal that the rules can give has a test that names it."""

from __future__ import annotations

import ast
from pathlib import Path

from cstrack.domain import errors
from cstrack.domain.errors import CstrackError
from tests.support.source import codes_raised

HERE = Path(__file__).parent


def test_every_refusal_of_the_rules_is_named_by_a_test() -> None:
    tests = [file for file in HERE.glob("test_*.py") if file.name != Path(__file__).name]
    named = {
        node.value
        for file in tests
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    rooms = ["decide", "deadlines.py", "text.py", "calendar.py", "calendar_data.py", "calendar_spans.py"]
    rooms += ["field_values.py"]
    raised = {code for room in rooms for code in codes_raised(f"domain/{room}")}
    assert len(raised) >= 30
    assert sorted(raised - named) == []


def test_every_class_of_the_refusal_tree_has_its_own_exit_status() -> None:
    tree: list[type[CstrackError]] = [CstrackError, *CstrackError.__subclasses__()]
    assert sorted(one.status for one in tree) == [1, 2, 3, 4, 5, 6, 75, 78]
    drawn = errors.__doc__ or ""
    assert all(f"{one.__name__} " in drawn and f" {one.status} " in drawn for one in tree)
