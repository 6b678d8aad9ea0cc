"""Width and colour of a screen.

`--color` > configuration > NO_COLOR > FORCE_COLOR > terminal and TERM; `--width` > COLUMNS > terminal.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cstrack.domain.errors import Usage
from cstrack.render.screen import Look

if TYPE_CHECKING:
    from cstrack.cli.edge import Edge

CHOICES = ("auto", "always", "never")
NARROWEST = 20


def look(edge: Edge) -> Look:
    """The width in columns and whether colour is used."""
    choice = edge.setting("color", "CSTRACK_COLOR", "color") or "auto"
    if choice not in CHOICES:
        raise Usage("choice-unknown", option="--color", value=choice, known=list(CHOICES))
    terminal = sys.stdout.isatty()
    if choice == "auto":
        if edge.environ.get("NO_COLOR"):
            colour = False
        elif edge.environ.get("FORCE_COLOR"):
            colour = True
        else:
            colour = terminal and edge.environ.get("TERM") not in (None, "", "dumb")
    else:
        colour = choice == "always"
    return Look(_width(edge, terminal=terminal), colour, terminal)


def _width(edge: Edge, *, terminal: bool) -> int:
    given = edge.options.get("width")
    if isinstance(given, int):
        return given
    columns = edge.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) >= NARROWEST:
        return int(columns)
    if terminal:
        try:
            return max(NARROWEST, os.get_terminal_size(sys.stdout.fileno()).columns or 80)
        except OSError:
            return 80
    return 80
