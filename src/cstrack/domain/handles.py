"""How people of the desk are called: a handle is a word of letters of any script, digits and `. _ -`.

It stands in histories for ever, so it is never a number of a case, a list, or the program itself.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cstrack.domain.choices import near
from cstrack.domain.errors import NotFound, Usage
from cstrack.domain.events import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 64
_SIGNS = "._-"


def handle(typed: str) -> str:
    """The handle in the one way that it is written (NFC); Usage for what cannot be one."""
    made = unicodedata.normalize("NFC", typed.strip())
    fits = 0 < len(made) <= LONGEST and made[0] not in _SIGNS and all(map(_belongs, made))
    if not fits:
        raise Usage("handle-not-allowed", handle=typed, most=LONGEST)
    if made.lower() == SYSTEM:
        raise Usage("handle-taken", handle=made)
    return made


def known_person(word: str, known: Iterable[str]) -> str:
    """The handle, if somebody of the staff has it; NotFound with the nearest otherwise."""
    handle, listed = unicodedata.normalize("NFC", word.strip()), sorted(known)
    if handle not in listed:
        raise NotFound("no-such-person", value=handle, known=listed, near=near(handle, listed))
    return handle


def known_store(word: str, known: Iterable[str]) -> str:
    """The code, if a store has it; NotFound with the nearest otherwise."""
    code, listed = word.strip(), sorted(known)
    if code not in listed:
        raise NotFound("no-such-store", value=code, known=listed, near=near(code, listed))
    return code


def _belongs(sign: str) -> bool:
    """Letters with the marks that some scripts write above or below them, and digits."""
    return sign in _SIGNS or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"
