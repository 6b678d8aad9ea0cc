"""A word that must be one of several: as it is written, or as people call it."""

from __future__ import annotations

from cstrack.domain.errors import Usage

TYPE_CHECKING = False  # the settings come this way; importing typing costs half of what the database does
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


def near(word: str, known: Iterable[str]) -> str | None:
    """The one of these words that may have been meant, or None."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), 1)
    return found[0] if found else None


def chosen(typed: str, known: Iterable[str], option: str) -> str:
    """The word, if it is known; Usage 2 `choice-unknown` with the nearest one otherwise."""
    return _found(typed, typed, {word: word for word in known}, option)


def called(typed: str, entries: Iterable[tuple[str, Mapping[str, Any]]], option: str) -> str:
    """The code of an entry, by the code or by its English or Chinese name; Usage 2 otherwise.

    A code goes before a name that is the same; one code may stand with several names.
    """
    told = list(entries)
    names = {entry[key].lower(): code for code, entry in told for key in ("zh", "en") if key in entry}
    return _found(typed, typed.strip().lower(), names | {code: code for code, _entry in told}, option)


def _found(typed: str, word: str, names: Mapping[str, str], option: str) -> str:
    if word in names:
        return names[word]
    meant, known = near(word, names), list(dict.fromkeys(names.values()))
    raise Usage(
        "choice-unknown", option=option, value=typed, known=known, near=names[meant] if meant else None
    )
