"""A sentence for each event of a demand, a checklist or a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.demand import CAN, CANNOT, PARKED
from cstrack.render.i18n import _
from cstrack.render.names import code_name
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def _demand_added(told: Told) -> str:
    return _("demand {n} at rank {rank}").format(n=told.fact("n"), rank=told.fact("rank"))


def _demand_answered(told: Told) -> str:

    n, until = told.fact("n"), told.facts.get("until")
    if told.facts.get("answer") == PARKED and until is not None:
        words = _("demand {n} parked with {who} until {moment}")
        return words.format(
            n=n, who=code_name("departments", told.facts.get("to")), moment=told.zone.moment(until, told.at)
        )
    words = {
        CAN: _("demand {n} can be met"),
        CANNOT: _("demand {n} cannot be met"),
    }.get(str(told.facts.get("answer")), _("demand {n} answered"))
    return words.format(n=n)


def _step_done(told: Told) -> str:
    due_at = told.facts.get("due_at")
    words = _("step {step} done") if due_at is None or told.at < due_at else _("step {step} done, late")
    text, who = words.format(step=told.fact("step")), told.fact("who")
    return _("{what}, {who}").format(what=text, who=who) if who and told.who not in ("", who) else text


def _discussed(told: Told) -> str:
    from cstrack.render.phrases import listed

    names = told.words.get("with")
    if not isinstance(names, list) or not names:
        return _("meeting about the case")
    return _("meeting with {who}").format(who=listed(safe(str(name)) for name in names))


SENTENCES: dict[str, Callable[[Told], str]] = {
    "demand-added": _demand_added,
    "demand-answered": _demand_answered,
    "step-done": _step_done,
    "discussed": _discussed,
}
