"""The files of a case as they are shown: by the number that saves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render import grid
from cstrack.render.fold import folded
from cstrack.render.i18n import _
from cstrack.render.local import Zone, utc
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.attachment import Attachment
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look
    from cstrack.render.shapes import Say

FIELDS = ("n", "name", "size", "digest", "attached_at")
KNOWN = ("schema", "number", *FIELDS)
PLAIN = ("n", "name", "size", "attached_at", "digest")
_KIB = 1024


def objects(found: Sequence[Attachment], say: Say = utc) -> list[dict[str, Any]]:
    """The files of a case as programs read them; `name` is null once erased, `size` in bytes."""
    return [
        dict(zip(FIELDS, (one.n, one.name, one.size, one.digest, say(one.at)), strict=True)) for one in found
    ]


def size_words(size: int) -> str:
    """`812 B`, `3 KiB`, `2.4 MiB`: rounded up, so that nothing seems to be empty."""
    if size < _KIB:
        return f"{size} B"
    if size < _KIB * _KIB:
        return f"{-(-size // _KIB)} KiB"
    return f"{-(-size * 10 // (_KIB * _KIB)) / 10:.1f} MiB"


def lines(found: Sequence[Attachment], width: int) -> list[Line]:
    """A block of the files; none, no lines."""
    if not found:
        return []
    wide = max(len(str(one.n)) for one in found)
    told: list[Line] = [[(line, "dim")] for line in folded(_("Attachments"), width)]
    for one in found:
        margin = f"  {one.n:>{wide}}{grid.GAP}"
        text = _("{name}, {size}").format(name=_name(one), size=size_words(one.size))
        for line in folded(text, max(2, width - len(margin))):
            told.append([(margin, "dim"), (line, "")])
            margin = " " * len(margin)
    return told


def screen(found: Sequence[Attachment], now: int, zone: str, look: Look) -> str:
    """The list at a terminal."""
    if not found:
        return _("Nothing is attached.") + "\n"
    where = Zone(zone)
    columns = [(_("N"), 0), (_("NAME"), 10), (_("SIZE"), 0), (_("ATTACHED"), 0)]
    rows: list[list[Cell]] = [
        [(str(one.n), "bold"), (_name(one), ""), (size_words(one.size), ""), (where.moment(one.at, now), "")]
        for one in found
    ]
    return grid.table(columns, rows, grid.fitted(columns, rows, look), look)


def saved(number: int, one: Attachment, path: str) -> str:
    """What was written where, on one line."""
    words = _("{ref}  attachment {n}, {name} -> {path}, {size}")
    told = words.format(ref=ref(number), n=one.n, name=_name(one), path=safe(path), size=size_words(one.size))
    return told + "\n"


def _name(one: Attachment) -> str:
    return safe(one.name) or _("(erased)")
