"""Text folded where a reader expects it: at blanks, Chinese between characters, never inside a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cstrack.render import grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cstrack.render.grid import Cell
    from cstrack.render.screen import Look

_OPENING = "“‘（《〈「『【〔"
_CLOSING = "”’）》〉」』】〕，。、；：？！…～"
_WIDE = "\u2e80-\u3000\u3003-\u3007\u3012\u3013\u301c-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_WIDE += "\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*\s*|\s+")
"""What is never broken: a word, or one wide character, with the signs that belong to it."""

DOT = " · "


def folded(text: str, most: int) -> Iterator[str]:
    """The lines of a text, none wider than `most` cells; one empty line for an empty text."""
    from rich.cells import chop_cells

    line, width = "", 0
    for piece in _PIECE.findall(text):
        word = piece.rstrip()
        size = grid.cells(word)
        if line and width + size > most:
            yield line.rstrip()
            line, width = "", 0
        if size > most:
            *whole, last = chop_cells(word, most)
            yield from whole
            piece = last + piece[len(word) :]  # noqa: PLW2901  the end of the word goes on
        line += piece
        width += grid.cells(piece)
    yield line.rstrip()


def flowed(parts: Iterable[Cell], most: int, between: str = DOT) -> list[list[Cell]]:
    """Parts side by side, broken between them; one that is wider than a line is folded, never cut."""
    lines: list[list[Cell]] = []
    free = 0
    for text, style in parts:
        size = grid.cells(between) + grid.cells(text)
        if lines and size <= free:
            lines[-1] += [(between, "dim"), (text, style)]
            free -= size
        else:
            lines += [[(line, style)] for line in folded(text, most)]
            free = most - grid.cells(lines[-1][0][0])
    return lines


def paragraph(text: str, look: Look, indent: str = "") -> str:
    """A text as wide as a terminal lets it be, its further lines indented; off a terminal it is one line."""
    if not look.terminal:
        return text + "\n"
    first, *more = folded(text, grid.room(look) - grid.cells(indent))
    return "".join(line + "\n" for line in (first, *(indent + line for line in more)))
