"""What is wrong with a file of holidays, as a person reads it."""

from __future__ import annotations

import pytest

from cstrack.domain.calendar_import import read
from cstrack.render.refusals import worded


def said(text: str) -> list[str]:
    return [worded(problem, str) for problem in read(text, through_year=2027)[1]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("date\n01/02/2027\n", "error: line 2: 01/02/2027 is not a date. Write it as 2026-10-01"),
        ('[{"date": 7}]', "error: [0].date: 7 is not expected here. Correct it or take it out"),
        (
            "date,kind\n2027-01-01,off\n2027-01-01,work\n",
            "error: line 3: 2027-01-01 is told otherwise than before, at line 2. Leave one of the two",
        ),
        ("", "error: line 1: the file names no day. Check that it is the file you mean"),
    ],
)
def test_a_problem_names_its_line_or_its_path(text: str, line: str) -> None:
    assert said(text) == [line]


def test_values_from_a_file_are_harmless() -> None:
    assert said("date\n\x1b[31mred\n") == [
        "error: line 2: \\x1b[31mred is not a date. Write it as 2026-10-01",
    ]
