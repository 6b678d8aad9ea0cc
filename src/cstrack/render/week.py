"""Weekly hours in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cstrack.domain.calendar_data import WEEKDAYS
from cstrack.render.i18n import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def stretches(hours: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Days that follow each other with equal hours: `Mon-Fri`, `08:30-12:00 13:30-18:00`; empty if closed."""
    for told, stretch in groupby(range(len(WEEKDAYS)), lambda at: " ".join(hours.get(WEEKDAYS[at], ()))):
        first, *others = stretch
        yield _named(first, others[-1] if others else first), told


def _named(first: int, last: int) -> str:
    if language() == "zh":
        names = [f"周{sign}" for sign in "一二三四五六日"]
        return names[first] if first == last else f"{names[first]}至{names[last]}"
    begins, ends = WEEKDAYS[first].capitalize(), WEEKDAYS[last].capitalize()
    return begins if first == last else f"{begins}-{ends}"
