"""Letters of outside bodies: who wrote, under which number, and which clock our reply has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cstrack.domain.events import Event


class Letter(NamedTuple):
    """One letter; `ref` is the body's own number, `clock` that of the clock until our reply."""

    clock: int
    body: str
    ref: str | None
    received_at: int


def added(letters: tuple[Letter, ...], event: Event) -> tuple[Letter, ...]:
    """The letters with one more."""
    facts = event.facts
    clock = next(change["n"] for change in facts["clocks"] if change.get("kind") == "outside")
    return (*letters, Letter(clock, facts["body"], facts.get("ref"), facts["received_at"]))
