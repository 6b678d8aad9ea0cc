"""The kinds of columns that tables are made of, on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text


def int_() -> BigInteger:
    """A whole number that outlives 2038, and that SQLite can count up."""
    return BigInteger().with_variant(Integer(), "sqlite")


def number(**extra: Any) -> Column[int]:
    """A number that is always there."""
    return Column(int_(), nullable=False, **extra)


def number_or_null() -> Column[int]:
    """A number that may be missing."""
    return Column(int_(), nullable=True)


def text(**extra: Any) -> Column[str]:
    """A text that is always there."""
    return Column(Text(), nullable=False, **extra)


def text_or_null() -> Column[str]:
    """A text that may be missing."""
    return Column(Text(), nullable=True)


def one_of(column: str, values: tuple[str, ...]) -> str:
    """The condition of a column that holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def part_of(column: str) -> Column[int]:
    """The number of the row that this one belongs to, first part of its key."""
    return Column(int_(), ForeignKey(column), primary_key=True, autoincrement=False)
