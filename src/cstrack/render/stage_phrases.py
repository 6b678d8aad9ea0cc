"""A sentence for each event of a stage, and of a customer who waits on site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _
from cstrack.render.names import stage_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def _entered(told: Told) -> str:
    return _("stage {stage} entered").format(stage=stage_name(told.facts.get("stage")))


def _left_stage(told: Told) -> str:
    words = _("stage {stage} left, checked") if told.facts.get("checked") else _("stage {stage} left")
    return words.format(stage=stage_name(told.facts.get("stage")))


def _arrived(told: Told) -> str:
    expected = told.facts.get("expected_at")
    if expected is None or expected == told.at:
        return _("customer on site")
    return _("customer on site, expected {moment}").format(moment=told.zone.moment(expected, told.at))


SENTENCES: dict[str, Callable[[Told], str]] = {
    "stage-entered": _entered,
    "stage-left": _left_stage,
    "arrived": _arrived,
    "left": lambda _told: _("customer left"),
}
