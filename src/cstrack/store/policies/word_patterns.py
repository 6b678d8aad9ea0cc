"""Plain words as the pattern that finds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cstrack.store.policies.lists import Words

_LETTERS, _DIGITS = "[a-z]", r"\d"


def compiled(entry: Words) -> list[dict[str, Any]]:
    """An entry of the compiled policy for each pattern; words with the same bounds share one.

    The words stand beside their pattern, for people.
    """
    bounds: dict[tuple[str, str], list[str]] = {}
    for word in entry.words:
        kept = word.strip()
        bounds.setdefault((_side(kept[0]), _side(kept[-1])), []).append(kept)
    of_words = [
        {"flag": entry.flag, "pattern": _pattern(before, after, words), "words": words}
        for (before, after), words in bounds.items()
    ]
    return [*of_words, *({"flag": entry.flag, "pattern": pattern} for pattern in entry.patterns)]


def _side(character: str) -> str:
    """What may not stand beside such an end of a word: a letter beside a letter, a digit beside a digit."""
    if not character.isascii():
        return ""
    return _LETTERS if character.isalpha() else _DIGITS if character.isdigit() else ""


def _pattern(before: str, after: str, words: list[str]) -> str:
    """Longer words first: where one begins like another, the whole of it is found."""
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not before and not after:
        return either
    return (f"(?<!{before})" if before else "") + f"(?:{either})" + (f"(?!{after})" if after else "")
