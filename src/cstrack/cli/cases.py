"""Case numbers as typed: 42, C-42, c-42, several as one word `1,4-9`, `-` for numbers on standard input."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cstrack.domain.errors import BadInput, InputNeeded, Usage
from cstrack.render.i18n import _

Cases = Annotated[
    str, typer.Argument(metavar="C", help=_("Case numbers: 42, C-42, 1,4-9, or - for standard input."))
]
OneCase = Annotated[str, typer.Argument(metavar="C", help=_("A case number: 42 or C-42."))]
MOST = 10_000
"""The most cases of one range."""
LONGEST = 18
"""The most digits that a number of the database has."""
MOST_TYPED = 1024 * 1024


def numbers(word: str) -> list[int]:
    """The numbers of a word, in order, each once; Usage 2 for what is none."""
    if word == "-":
        if sys.stdin.isatty():
            raise InputNeeded("numbers-needed")
        typed = sys.stdin.buffer.read(MOST_TYPED + 1)
        if len(typed) > MOST_TYPED:
            raise BadInput("text-too-long", what="C", most=MOST_TYPED)
        parts = typed.decode("ascii", "backslashreplace").replace(",", " ").split()
        if not parts:
            raise InputNeeded("numbers-none")
    else:
        parts = word.split(",")
    found: dict[int, None] = {}
    for part in parts:
        first, dash, last = part.upper().replace("C-", "").partition("-")
        low, high = _number(first, part), _number(last, part) if dash else _number(first, part)
        if high < low or high - low >= MOST:
            raise Usage("number-not-understood", word=part)
        found |= dict.fromkeys(range(low, high + 1))
    return list(found)


def number(word: str) -> int:
    """The one number of a word."""
    found = numbers(word)
    if len(found) > 1:
        raise Usage("one-case-only", word=word)
    return found[0]


def _number(text: str, part: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST or int(text) == 0:
        raise Usage("number-not-understood", word=part)
    return int(text)
