"""A sentence for each event of a letter of an outside body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def _outside_added(told: Told) -> str:
    text = _("letter of {body}").format(body=told.fact("body")) + _numbered(told)
    received = told.facts.get("received_at")
    if received is None or told.zone.day(received) == told.zone.day(told.at):
        return text
    return _("{what}, received {day}").format(what=text, day=told.zone.day(received))


def _outside_answered(told: Told) -> str:
    return _("answered {body}").format(body=told.fact("body")) + _numbered(told)


def _numbered(told: Told) -> str:
    return _(", number {ref}").format(ref=told.fact("ref")) if told.facts.get("ref") else ""


SENTENCES: dict[str, Callable[[Told], str]] = {
    "outside-added": _outside_added,
    "outside-answered": _outside_answered,
}
