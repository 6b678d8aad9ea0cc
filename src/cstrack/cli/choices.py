"""A word that must be one of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable


def chosen(typed: str, known: Iterable[str], option: str) -> str:
    """The word, if it is known; Usage 2 with the nearest one otherwise."""
    words = list(known)
    if typed in words:
        return typed
    from difflib import get_close_matches

    near = get_close_matches(typed, words, 1)
    raise Usage("choice-unknown", option=option, value=typed, known=words, near=near[0] if near else None)
