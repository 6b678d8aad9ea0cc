"""A sentence for each event of a group complaint, in its own history and in those of its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def _formed(told: Told) -> str:
    text = _("group complaint of {count} cases, lead {ref}")
    return text.format(count=len(told.facts.get("cases") or ()), ref=f"C-{told.fact('lead')}")


def _cases(told: Told) -> str:
    from cstrack.render.phrases import listed

    return listed(ref(number) for number in told.facts.get("cases") or ())


def _changed(told: Told) -> str:
    from cstrack.render.phrases import listed

    parts = []
    if "lead" in told.facts:
        parts.append(_("lead {ref}").format(ref=f"C-{told.fact('lead')}"))
    parts += [_("another name")] * ("name" in told.words) + [_("another statement")] * (
        "statement" in told.words
    )
    return listed(parts) or _("changed")


def _grouped(told: Told) -> str:
    return _("in the group {group}").format(group=f"G-{told.fact('group')}")


def _ungrouped(told: Told) -> str:
    return _("out of the group {group}").format(group=f"G-{told.fact('group')}")


IN_CASES: dict[str, Callable[[Told], str]] = {
    "grouped": _grouped,
    "ungrouped": _ungrouped,
}
SENTENCES: dict[str, Callable[[Told], str]] = {
    "formed": _formed,
    "joined": lambda told: _("also {cases}").format(cases=_cases(told)),
    "left": lambda told: _("without {cases}").format(cases=_cases(told)),
    "changed": _changed,
}
