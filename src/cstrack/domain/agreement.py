"""What was offered to a customer, what was agreed with him, and what was decided about it in meetings.

People and texts are words: None once they are erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.attachment import attached

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.events import Event


class Proposal(NamedTuple):
    """A solution that was offered: when, and by when it is to be carried out, in UTC seconds."""

    at: int
    by: int | None
    text: str | None


class Agreement(NamedTuple):
    """What a customer accepted: when, for now only (`interim`) or for good, and who it was.

    `signed` is the date on the paper (YYYY-MM-DD, a date of no zone), `files` the numbers of the
    attachments that came with it.
    """

    at: int
    interim: bool
    signed: str | None
    accepted_by: str | None
    files: tuple[int, ...]
    text: str | None


class Meeting(NamedTuple):
    """A meeting about the case: when, who was there, what was decided."""

    at: int
    people: tuple[str, ...]
    text: str | None


def proposed(state: Case, event: Event) -> dict[str, Any]:
    """The proposals with one more."""
    made = Proposal(event.at, event.facts.get("by"), (event.words or {}).get("text"))
    return {"proposals": (*state.proposals, made)}


def agreed(state: Case, event: Event) -> dict[str, Any]:
    """The agreements with one more, and the files that came with it."""
    facts, words = event.facts, event.words or {}
    files = tuple(one["n"] for one in facts.get("files") or ())
    made = Agreement(
        event.at, bool(facts.get("interim")), facts.get("signed"), words.get("with"), files, words.get("text")
    )
    return {**attached(state, event), "agreements": (*state.agreements, made)}


def met(state: Case, event: Event) -> dict[str, Any]:
    """The meetings with one more."""
    words = event.words or {}
    made = Meeting(event.at, tuple(words.get("with") or ()), words.get("text"))
    return {"meetings": (*state.meetings, made)}
