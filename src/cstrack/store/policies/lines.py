"""On which line of a TOML file each value stands. Only for texts that tomllib has accepted.

tomllib gives values without their lines, and people look for a fault by its line.
"""

from __future__ import annotations

import re

Place = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*""")
_STRING = re.compile(
    r'''"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}|\'\'\'(?:[^']|'{1,2}(?!'))*'{3,5}'''
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
)
_BARE = re.compile(r"[^,\]}#\n]+")


def lines(text: str) -> dict[Place, int]:
    """Place -> line, counted from 1; a place is keys and, within lists, indexes from 0."""
    return _Reader(text).read()


def line_of(found: dict[Place, int], place: Place) -> int | None:
    """The line of a place, or of the nearest table around it; None at the top of the file."""
    for count in range(len(place), 0, -1):
        if place[:count] in found:
            return found[place[:count]]
    return None


class _Reader:
    """Walks through a text that is known to be right, and notes where each key stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Place, int] = {}
        self._last: dict[Place, int] = {}
        self._counted = (0, 1)

    def read(self) -> dict[Place, int]:
        table: Place = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self.found

    def _header(self) -> Place:
        """`[a.b]` or `[[a.b]]`: the table that the pairs below it belong to."""
        begin = self.at
        of_list = self.text.startswith("[[", begin)
        self.at += 2 if of_list else 1
        keys = self._keys()
        self.at += 2 if of_list else 1
        table: Place = ()
        for key in keys[:-1]:
            table = self._latest((*table, key))
        table = (*table, keys[-1])
        if of_list:
            self._last[table] = self._last.get(table, -1) + 1
            self._note(table, begin)
            table = (*table, self._last[table])
        self._note(table, begin)
        return table

    def _latest(self, table: Place) -> Place:
        """The table, or the last one of the list of tables that stands under this name."""
        return (*table, self._last[table]) if table in self._last else table

    def _pair(self, table: Place) -> None:
        begin = self.at
        place: Place = table
        for key in self._keys():
            place = (*place, key)
            self._note(place, begin)
        self.at += 1
        self._skip(_BLANK)
        self._value(place)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            match = _KEY.match(self.text, self.at)
            assert match, self.at  # noqa: S101  tomllib has read it before
            self.at = match.end()
            keys.append(next(part for part in match.groups() if part is not None))
            if self.text[self.at : self.at + 1] != ".":
                return keys
            self.at += 1

    def _value(self, place: Place) -> None:
        first = self.text[self.at]
        if first == "[":
            self._inside("]", place)
        elif first == "{":
            self._inside("}", place)
        else:
            self._skip(_STRING if first in "\"'" else _BARE)

    def _inside(self, end: str, place: Place) -> None:
        """The values of a list or the pairs of an inline table."""
        self.at += 1
        index = 0
        self._skip(_BLANK)
        while self.text[self.at] != end:
            if self.text[self.at] == ",":
                self.at += 1
            elif end == "}":
                self._pair(place)
            else:
                self._note((*place, index), self.at)
                self._value((*place, index))
                index += 1
            self._skip(_BLANK)
        self.at += 1

    def _skip(self, what: re.Pattern[str]) -> None:
        match = what.match(self.text, self.at)
        if match:
            self.at = match.end()

    def _note(self, place: Place, at: int) -> None:
        """The line of an offset; offsets come in order, so each stretch is counted once."""
        before, line = self._counted
        line += self.text.count("\n", before, at)
        self._counted = (at, line)
        self.found.setdefault(place, line)
