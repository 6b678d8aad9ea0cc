"""Every value of a TOML file has its line, however the file is written."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrack.store.policies.lines import Place, line_of, lines
from cstrack.store.policies.presets import names, preset

ALL_WAYS = '''# first line
top = 1
"quoted key" = 2
a.b.'c d' = 3
dates = [2026-10-01, 2026-10-02]
text = """
[not.a.table]
x = "1" # no comment
still text"""
raw = \'\'\'
'' [[neither]] \'\'\'
list = [
  "one", # comment with ] and "
  [2, 3],
  { inner = "four", "five six".seven = 5 },
]
[tables.one]
x = "a # b"  # comment
[[rows]]
n = 1
[rows.sub]
deep = true
[[rows.steps]]
s = 1
[[rows.steps]]
s = 2
[[rows]]
n = 2
[[rows.steps]]
s = 3
'''


def places(value: Any, place: Place = ()) -> list[Place]:
    """All places of a parsed file."""
    inner: list[Any] = list(value.items()) if isinstance(value, dict) else []
    inner += list(enumerate(value)) if isinstance(value, list) else []
    return [place, *(found for key, each in inner for found in places(each, (*place, key)))]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("a", "b", "c d"), 4),
        (("dates", 1), 5),
        (("text",), 6),
        (("raw",), 10),
        (("list",), 12),
        (("list", 0), 13),
        (("list", 1, 1), 14),
        (("list", 2, "five six", "seven"), 15),
        (("tables", "one"), 17),
        (("tables", "one", "x"), 18),
        (("rows", 0), 19),
        (("rows", 0, "sub", "deep"), 22),
        (("rows", 0, "steps", 1, "s"), 26),
        (("rows", 1, "n"), 28),
        (("rows", 1, "steps", 0, "s"), 30),
    ],
)
def test_a_value_is_on_the_line_where_it_stands(place: Place, line: int) -> None:
    assert lines(ALL_WAYS)[place] == line


@pytest.mark.parametrize("name", names())
def test_every_value_of_a_real_file_has_a_line_that_shows_it(name: str) -> None:
    text = preset(name).decode()
    found, rows = lines(text), text.splitlines()
    for place in places(tomllib.loads(text))[1:]:
        line = line_of(found, place)
        if line is None:  # [levels.1] names no line for levels
            assert len(place) == 1
            continue
        named = [str(part) for part in place if isinstance(part, str)]
        assert any(part in rows[line - 1] for part in named[-1:]) or isinstance(place[-1], int), place


def test_what_has_no_line_has_that_of_the_table_around_it() -> None:
    found = lines(ALL_WAYS)
    assert line_of(found, ("rows", 1, "missing")) == 27
    assert line_of(found, ("nowhere",)) is None
    assert line_of(found, ()) is None


@given(st.text(alphabet="ab.=\"'[]{}#\n, 12\\-"))
def test_whatever_the_parser_takes_is_walked_through(text: str) -> None:
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError):
        return
    found = lines(text)
    assert all(place in found for place in places(parsed)[1:])
