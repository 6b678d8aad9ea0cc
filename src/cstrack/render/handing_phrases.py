"""A sentence for each event of a hand-over or a transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def _offered(told: Told) -> str:
    text = _("hand-over offered by {giver} to {who}")
    return text.format(giver=told.fact("by"), who=told.fact("to"))


def _accepted(told: Told) -> str:
    text = _("hand-over from {giver} accepted by {who}")
    parts = [text.format(giver=told.fact("by"), who=told.fact("to"))]
    numbers = [str(n) for n in told.facts.get("promises", ())]
    if numbers:
        parts.append(_("promises {numbers} with it").format(numbers=_(", ").join(numbers)))
    return _(", ").join(parts)


def _arrived(told: Told) -> str:
    text = _("accepted by store {store}")
    if told.facts.get("unowned"):
        text = _("accepted by store {store}, where nobody of its level is on duty")
    return text.format(store=told.fact("store"))


SENTENCES: dict[str, Callable[[Told], str]] = {
    "handover-offered": _offered,
    "handover-accepted": _accepted,
    "transfer-offered": lambda told: _("offered to store {store}").format(store=told.fact("store")),
    "transfer-accepted": _arrived,
}
