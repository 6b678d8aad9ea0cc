"""The warning signs on a case (扩大征兆): since when it bears each, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cstrack.domain.events import Event


class Sign(NamedTuple):
    """A flag with the reason for it.

    `why` is hand, word, repeat, signs, source, channel, category or kind; `detail` the word, the earlier
    case, or the code; `text` what was said with it, null once erased.
    """

    flag: str
    at: int
    why: str
    detail: str | int | None = None
    text: str | None = None


_DETAILS = ("word", "case", "code")


def at_opening(event: Event) -> tuple[Sign, ...]:
    """The signs that a case was opened with."""
    return tuple(
        Sign(flag, event.at, why["why"], next((why[name] for name in _DETAILS if name in why), None))
        for flag, why in sorted(event.facts["flags"].items())
    )


def flagged(signs: tuple[Sign, ...], event: Event) -> tuple[Sign, ...]:
    """The signs with the one that this event sets."""
    facts, words = event.facts, event.words or {}
    one = Sign(facts["flag"], event.at, facts.get("why", "hand"), None, words.get("text"))
    return tuple(sorted((*unflagged(signs, event), one)))


def unflagged(signs: tuple[Sign, ...], event: Event) -> tuple[Sign, ...]:
    """The signs without the one that this event is about."""
    return tuple(sign for sign in signs if sign.flag != event.facts["flag"])
