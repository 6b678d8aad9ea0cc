"""Files that were put to a case: each by a number that never changes, its bytes found by their digest."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event

MOST = 25 * 1024 * 1024
"""The most bytes of one file."""

MOST_AT_ONCE = 4 * MOST
"""The most bytes of all files of one command."""


class Handed(NamedTuple):
    """A file as it is handed in: its name without folders, the SHA-256 of its bytes in hex, how many."""

    name: str
    digest: str
    size: int


class Attachment(NamedTuple):
    """File number `n` of a case; `name` is None once erased, `at` when it was put there in UTC seconds."""

    n: int
    name: str | None
    size: int
    digest: str
    at: int


def facts(state: Case, files: Sequence[Handed]) -> list[dict[str, Any]]:
    """What stays of these files for ever: their next numbers, their digests and sizes."""
    first = len(state.attachments) + 1
    return [{"n": n, "digest": file.digest, "size": file.size} for n, file in enumerate(files, first)]


def names(files: Sequence[Handed]) -> list[str] | None:
    """What they are called, which can be erased; None where there are none."""
    return [file.name for file in files] or None


def attached(state: Case, event: Event) -> dict[str, Any]:
    """The attachments with those of this event."""
    told = (event.words or {}).get("names") or ()
    added = [
        Attachment(one["n"], name, one["size"], one["digest"], event.at)
        for one, name in zip_longest(event.facts.get("files") or (), told)
    ]
    return {"attachments": (*state.attachments, *added)}
