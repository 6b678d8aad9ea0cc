"""A sentence for each event of a promise or a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render.i18n import _
from cstrack.render.names import code_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cstrack.render.phrases import Told


def _promised(told: Told) -> str:
    text = _("promise {n} for {moment}").format(n=told.fact("n"), moment=_due(told))
    who = told.fact("owner")
    return _("{what}, owner {who}").format(what=text, who=who) if who else text


def _promise_moved(told: Told) -> str:
    text = _("promise {n} moved to {moment}, as agreed with the customer")
    return text.format(n=told.fact("n"), moment=_due(told))


def _task_given(told: Told) -> str:
    name = code_name("departments", told.fact("department"))
    text = _("task {n} for {department}, due {moment}")
    return text.format(n=told.fact("n"), department=name, moment=_due(told))


def _due(told: Told) -> str:
    """The time that was said, as the clock of the event has it."""
    change: Mapping[str, Any] = next(iter(told.facts.get("clocks") or ()), {})
    return told.zone.moment(change["due_at"], told.at) if "due_at" in change else ""


SENTENCES: dict[str, Callable[[Told], str]] = {
    "promised": _promised,
    "promise-kept": lambda told: _("promise {n} kept").format(n=told.fact("n")),
    "promise-missed": lambda told: _("promise {n} not kept").format(n=told.fact("n")),
    "promise-moved": _promise_moved,
    "task-given": _task_given,
    "task-answered": lambda told: _("task {n} answered").format(n=told.fact("n")),
    "task-returned": lambda told: _("task {n} sent back").format(n=told.fact("n")),
}
