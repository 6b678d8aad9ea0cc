"""Screens laid out in cells (a Chinese character takes two): columns that fit, lines with two ends.

A cell of text is (text, style), the text safe already, the style one of Rich's names or "". What may
be cut ends in …; what may not (numbers, times) stays whole, and where that leaves no room for columns
the cells of a row are packed into lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.render.local import Zone
    from cstrack.render.screen import Look

    Cell = tuple[str, str]
    Line = Sequence[Cell]
    Column = tuple[str, int]
    """A title, and the least cells to which its texts may be cut; 0 for never."""

GAP = "  "
SCREENFUL = 300
"""Rows that Rich draws; at half a millisecond each, longer lists are written without it."""
BOUNDLESS = 10_000
INDENT = "  "


def room(look: Look) -> int:
    """The columns to fill; off a terminal there is no edge and nothing is cut."""
    return look.width if look.terminal else BOUNDLESS


def cells(text: str) -> int:
    """How many cells a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, most: int) -> str:
    """The text in at most so many cells, ending in … where something was cut."""
    if cells(text) <= most:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, most - 1).rstrip() + "…"


def pad(text: str, wide: int) -> str:
    """The text filled with blanks to so many cells."""
    return text + " " * (wide - cells(text))


def fitted(columns: Sequence[Column], rows: Sequence[Line], look: Look) -> list[int] | None:
    """The width of each column, those that may be cut giving way in proportion; None if they cannot."""
    wide = [
        max(cells(title), *(cells(row[at][0]) for row in rows)) if rows else cells(title)
        for at, (title, _least) in enumerate(columns)
    ]
    missing = width_of(wide) - room(look)
    while missing > 0:
        yielding = [
            (wide[at] / least, at) for at, (_title, least) in enumerate(columns) if least and wide[at] > least
        ]
        if not yielding:
            return None
        wide[max(yielding)[1]] -= 1
        missing -= 1
    return wide


def width_of(wide: Sequence[int]) -> int:
    """The cells that columns of these widths take together."""
    return sum(wide) + len(GAP) * (len(wide) - 1)


def table(columns: Sequence[Column], rows: Sequence[Line], wide: Sequence[int] | None, look: Look) -> str:
    """The rows under their titles in columns of the fitted widths, or packed where there are none."""
    if wide is None:
        return painted([line for row in rows for line in packed(row, room(look))], look)
    if look.terminal and len(rows) <= SCREENFUL:
        return _by_rich(columns, rows, wide, look)
    titles = [(title, "") for title, _least in columns]
    return "".join(
        GAP.join(pad(cut(text, most), most) for (text, _style), most in zip(row, wide, strict=True)).rstrip()
        + "\n"
        for row in (titles, *rows)
    )


def _by_rich(columns: Sequence[Column], rows: Sequence[Line], wide: Sequence[int], look: Look) -> str:
    from rich.table import Table
    from rich.text import Text

    from cstrack.render.screen import console, printed

    drawn = Table(box=None, pad_edge=False, padding=(0, len(GAP), 0, 0), header_style="dim")
    for (title, _least), most in zip(columns, wide, strict=True):
        drawn.add_column(title, width=most, no_wrap=True)
    for row in rows:
        drawn.add_row(*(Text(cut(text, most), style) for (text, style), most in zip(row, wide, strict=True)))
    used = console(look)
    used.print(drawn)
    return printed(used)


def packed(parts: Iterable[Cell], width: int, between: str = GAP, indent: str = INDENT) -> list[list[Cell]]:
    """Parts side by side as far as they fit, then on lines below, indented; empty ones left out."""
    lines: list[list[Cell]] = []
    taken = 0
    for text, style in parts:
        if not text:
            continue
        if lines and taken + cells(between) + cells(text) <= width:
            lines[-1] += [(between, ""), (text, style)]
            taken += cells(between) + cells(text)
        else:
            before = indent if lines else ""
            kept = cut(text, width - cells(before))
            lines.append([(before, ""), (kept, style)])
            taken = cells(before) + cells(kept)
    return lines


def ends(left: Line, right: Line, width: int) -> list[list[Cell]]:
    """Something at the left and something at the right end of a line, or of two where it is narrow."""
    free = width - sum(cells(text) for text, _style in (*left, *right))
    if free >= len(GAP):
        return [[*left, (" " * free, ""), *right]]
    return [list(left), list(right)]


def painted(lines: Iterable[Line], look: Look) -> str:
    """The lines as text, in colour where the look has it."""
    if not look.colour:
        return "".join("".join(text for text, _style in line).rstrip() + "\n" for line in lines)
    from rich.text import Text

    from cstrack.render.screen import console, printed

    used = console(look)
    for line in lines:
        used.print(Text.assemble(*line), no_wrap=True, overflow="ignore", crop=False)
    return printed(used)


def moment_of(now: int, zone: Zone, words: str = "{moment}") -> list[Cell]:
    """The moment that a screen shows and the zone of its times, in two parts."""
    return [(words.format(moment=zone.moment(now)), "dim"), (zone.name, "dim")]


def headed(left: Line, now: int, zone: Zone, wide: Sequence[int] | None, look: Look) -> list[list[Cell]]:
    """The first line of a list: what it says, and the moment it says it for; a blank line below."""
    parts = moment_of(now, zone)
    least = sum(cells(text) for text, _style in (*left, *parts)) + len(GAP) + 1
    if least > look.width:
        return [list(left), *packed(parts, look.width, between=" "), []]
    table_width = look.width if wide is None else width_of(wide)
    right = [parts[0], (" ", ""), parts[1]]
    return [*ends(left, right, min(look.width, max(table_width, least))), []]
