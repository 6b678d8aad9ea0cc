"""What every screen shares: its width, its colour, a Rich console that prints into a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.console import Console


class Look(NamedTuple):
    """How wide a screen is, whether it has colour, whether a person sits before it."""

    width: int
    colour: bool
    terminal: bool


def console(look: Look) -> Console:
    """A console of this look; markup, emoji and highlighting are off, since data would trigger them."""
    from io import StringIO

    from rich.console import Console

    return Console(
        file=StringIO(),
        width=look.width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
    )


def printed(used: Console) -> str:
    """What a console was given, as text without blanks at the ends of lines."""
    text: str = used.file.getvalue()  # type: ignore[attr-defined]
    return "".join(line.rstrip() + "\n" for line in text.splitlines())
