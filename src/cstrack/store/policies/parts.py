"""What all parts of a policy file are made of: strict tables, codes, names, limits.

A value that is not accepted raises a coded error; problems.py turns it into a problem with its place.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from cstrack.domain import limits
from cstrack.domain.errors import Usage

CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
LONGEST_CODE = 40
LONGEST_TEXT = 200
LONGEST_NOTE = 2000
MOST_ENTRIES = 2000
_PERCENT = re.compile(r"[1-9][0-9]?%")


class Wrong(ValueError):  # pydantic collects ValueErrors
    """A value that is not accepted: a code and its facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Part(BaseModel):
    """A table of the file: unknown keys are faults, values are what they are, nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _coded(text: str) -> str:
    if len(text) > LONGEST_CODE or not CODE.fullmatch(text):
        raise Wrong("code-wrong", value=text, most=LONGEST_CODE)
    return text


def _text(text: str, most: int = LONGEST_TEXT) -> str:
    if not text.strip():
        raise Wrong("text-empty")
    if len(text) > most:
        raise Wrong("text-too-long", length=len(text), most=most)
    if "\0" in text:
        raise Wrong("text-nul")
    return text


def _note(text: str) -> str:
    return _text(text, LONGEST_NOTE)


def limit(text: str, units: tuple[str, ...] = limits.UNITS) -> str:
    """A limit in one of these units, or the coded error."""
    try:
        _count, unit = limits.split(text)
    except Usage as refusal:
        raise Wrong(refusal.code, **{**refusal.facts, "value": text}) from refusal
    if unit not in units:
        raise Wrong("limit-unit", value=text, units=list(units))
    return text


def _limit(text: str) -> str:
    return limit(text)


def _elapsed(text: str) -> str:
    return limit(text, (*limits.ELAPSED, *limits.ON_CALENDAR))


def _days(text: str) -> str:
    return limit(text, limits.ON_CALENDAR)


def _mark(text: str) -> str:
    """`50%` of the limit used, or a time left in m, h, d or w."""
    if _PERCENT.fullmatch(text):
        return text
    try:
        return limit(text, (*limits.ELAPSED, "d", "w"))
    except Wrong as fault:
        raise Wrong("mark-not-understood", value=text) from fault


Code = Annotated[str, AfterValidator(_coded)]
Text = Annotated[str, AfterValidator(_text)]
Note = Annotated[str, AfterValidator(_note)]
Limit = Annotated[str, AfterValidator(_limit)]
Elapsed = Annotated[str, AfterValidator(_elapsed)]
"""A limit that needs no calendar."""
Days = Annotated[str, AfterValidator(_days)]
"""A limit in days, weeks or months."""
Mark = Annotated[str, AfterValidator(_mark)]
LevelNumber = Annotated[int, Field(ge=1, le=9)]
Codes = Annotated[list[Code], Field(max_length=MOST_ENTRIES)]
Limits = Annotated[list[Limit], Field(max_length=20)]
Marks = Annotated[list[Mark], Field(max_length=20)]


class Named(Part):
    """Something with a name in both languages; without `zh`, `en` stands for it."""

    en: Text
    zh: Text | None = None
