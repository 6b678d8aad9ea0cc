"""Levels, what each may grant, and clocks, as the file writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from cstrack.store.policies.parts import (
    Code,
    Codes,
    Elapsed,
    LevelNumber,
    Limit,
    Limits,
    Marks,
    Named,
    Part,
    Text,
    Wrong,
)

LARGEST = 10**12
"""Units of the currency; more is a slip of the finger."""

Bound = Literal["desk", "us", "authority"]


def _amount(value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise Wrong("type-wrong", expected="number", value=str(value)[:100])
    exact = Decimal(value)
    if not exact.is_finite() or not 0 <= exact <= LARGEST or exact * 100 % 1:
        raise Wrong("amount-wrong", value=str(value), most=LARGEST)
    return value


Amount = Annotated[int | Decimal, BeforeValidator(_amount)]


class Authority(Part):
    """What a level may grant beside the levels below it, and its largest sum."""

    remedies: Codes = []
    amount: Amount | None = None


class Level(Named):
    """Who answers, until when, and how far they may go."""

    limit: Limit
    calendar: Code | None = None
    pause_cap: Elapsed = "3d"
    lowers: LevelNumber | None = None
    warn: Marks | None = None
    authority: Authority = Authority()


class Sums(Part):
    """Over how many days the sums of a customer are added up."""

    days: Annotated[int, Field(ge=1, le=3660)] = 90


class Agreements(Part):
    """Above which sum a signed paper is asked for."""

    signed_above: Amount | None = None


class Urgent(Part):
    """A shorter limit for some cases."""

    limit: Limit
    flags: Codes = []
    channels: Codes = []
    categories: Codes = []


class Clock(Part):
    """A clock; which keys fit which kind is judged in clock_rules.py."""

    en: Text | None = None
    zh: Text | None = None
    starts: list[str] | None = None
    stops: list[str] | None = None
    limit: Limit | None = None
    calendar: Code | None = None
    urgent: Annotated[list[Urgent], Field(max_length=50)] = []
    by_level: Annotated[dict[str, Limit], Field(max_length=9)] = {}
    levels: list[LevelNumber] | None = None
    kinds: Codes | None = None
    channels: Codes | None = None
    pausable: Codes = []
    warn: Marks = []
    extensions: Limits = []
    binds: Bound = "desk"
    informs: bool | None = None
    then: Literal["hand-up", "mark"] | None = None
    answered_by_taking: Codes | None = None
    again: Limit | None = None
