"""Putting files to a case. They move no clock, and may be typed in for any moment since the opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain import attachment
from cstrack.domain.decide.draft import guard_not_merged, guard_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.attachment import Handed
    from cstrack.domain.decide.draft import Draft


def attach(draft: Draft, *, files: Sequence[Handed], text: str | None = None) -> None:
    """Put files to the case. Allowed on closed cases too; after a merge they belong to the other one."""
    guard_not_merged(draft)
    guard_time(draft)
    draft.record(
        "attached",
        words={"text": text, "names": attachment.names(files)},
        files=attachment.facts(draft.state, files),
    )
