"""What is accepted as text: at most 1 MiB, no NUL, no half characters. Everything else is kept as it is."""

from __future__ import annotations

from cstrack.domain.errors import BadInput

MOST = 1024 * 1024
"""The most bytes of UTF-8 in one text."""


def checked(text: str, what: str) -> str:
    """The text, if it can be kept; BadInput 6 otherwise. `what` names the field."""
    if "\x00" in text:
        raise BadInput("text-has-nul", what=what)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as fault:
        raise BadInput("text-not-unicode", what=what) from fault
    if size > MOST:
        raise BadInput("text-too-long", what=what, size=size, most=MOST)
    return text
