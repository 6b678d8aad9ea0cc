"""What stands of a history: an order that was taken back is left out, and nothing is deleted.

`undone` is an entry as any other, at the end of the history that it was written to. It names the entries
it takes back, and whoever folds a history up to a moment before it still finds them in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.events import Event

UNDONE = "undone"


def gone(history: Iterable[Event]) -> frozenset[int]:
    """The numbers of the entries that a later one took back."""
    return frozenset(seq for event in history if event.type == UNDONE for seq in event.facts["seqs"])


def standing(history: Iterable[Event]) -> list[Event]:
    """The entries that stand, in the order they came; what took others back is among them."""
    told = list(history)
    left_out = gone(told)
    return [event for event in told if event.seq not in left_out] if left_out else told


def is_there(history: Iterable[Event]) -> bool:
    """Whether anything stands: a customer whose registration was undone has a history and is in no list."""
    return any(event.type != UNDONE for event in standing(history))
