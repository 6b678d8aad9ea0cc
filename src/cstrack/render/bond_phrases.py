"""A sentence for each event that ties cases together or takes an order back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def named(told: Told, fact: str) -> str:
    """The case that an event names."""
    number = told.facts.get(fact)
    return f"C-{number}" if number is not None else "?"


def merging(told: Told) -> str:
    """Why something was taken over: the case that it came from."""
    return _("merged with {ref}").format(ref=named(told, "from_case"))


def undone(told: Told) -> str:
    """Which entries an undo took back."""
    from cstrack.render.phrases import listed

    entries = [str(seq) for seq in told.facts.get("seqs") or ()]
    if len(entries) == 1:
        return told.said(_("entry {seq} undone").format(seq=entries[0]))
    return told.said(_("entries {seqs} undone").format(seqs=listed(entries)))


SENTENCES: dict[str, Callable[[Told], str]] = {
    "merged": lambda told: told.said(_("merged into {ref}").format(ref=named(told, "into"))),
    "absorbed": lambda told: told.said(_("{ref} merged into this case").format(ref=named(told, "case"))),
    "linked": lambda told: told.said(_("linked with {ref}").format(ref=named(told, "case"))),
    "unlinked": lambda told: told.said(_("link with {ref} removed").format(ref=named(told, "case"))),
    "undone": undone,
}
