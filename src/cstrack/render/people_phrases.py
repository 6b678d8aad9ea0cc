"""A sentence for each event about the people of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _
from cstrack.render.names import code_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def _assigned(told: Told) -> str:
    from cstrack.render.phrases import aside, listed, person

    roles = {"owner": _("owner"), "handler": _("handler")}
    moves = []
    for role, name in roles.items():
        if role in told.facts:
            new = person(told.facts[role])
            old = person(getattr(told.before, role)) if told.before else None
            moves.append(f"{name} {old} -> {new}" if old else f"{name} {new}")
    text = listed(moves) or _("assigned")
    return aside(text, _("whose duty began")) if told.facts.get("why") == "duty-began" else text


def _against_named(told: Told) -> str:
    who = told.facts.get("against") or told.words.get("against")
    if not who:
        return _("whom it is about was named")
    return _("complained about: {who}").format(who=code_name("departments", who))


SENTENCES: dict[str, Callable[[Told], str]] = {"assigned": _assigned, "against-named": _against_named}
