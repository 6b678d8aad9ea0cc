"""The cases that a case is tied to: merged into it, the one it was merged into, linked with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _
from cstrack.render.phrases import listed
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from cstrack.domain.case import Case


def facts(case: Case) -> list[tuple[str, str, str]]:
    """(name, text, style) of each kind of tie that there is."""
    into = () if case.merged_into is None else (case.merged_into,)
    ties = (
        (_("merged into"), into),
        (_("merged here"), case.absorbed),
        (_("linked with"), case.links),
    )
    return [(name, listed(map(ref, numbers)), "") for name, numbers in ties if numbers]
