"""The timeline of a case at a terminal: where it stands, how much of its limit is used, what happened.

Colour repeats what words and marks say: `!` a limit ran out, `^` up a level, `v` down, `=` paused,
`>` resumed; what was undone is struck out.
"""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.standing import UNDONE
from cstrack.render import grid
from cstrack.render.effects import BAD, GOOD, PLAIN
from cstrack.render.entries import DOWN, PAUSED, RESUMED, UP, items
from cstrack.render.fold import flowed, folded
from cstrack.render.heading import bar, heading, subject_of
from cstrack.render.i18n import _
from cstrack.render.local import Zone
from cstrack.render.remarks import LATER
from cstrack.render.shapes import clock_of, ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cstrack.domain.clock import Clock
    from cstrack.record.history import Entry
    from cstrack.record.rows import CaseRow, ClockRow
    from cstrack.render.entries import Item
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look

WIDEST = 120
"""Longer lines are hard to read: what a wider terminal has beside them stays empty."""

MOST_LINES = 40
"""So many lines of one entry's words are shown; --json gives all of them."""

LEAST_REMARKS = 24
"""In fewer cells remarks stand beneath their entry, not beside it."""

_REMARK_STYLES = {PLAIN: "dim", GOOD: "green", BAD: "red", LATER: "yellow"}
STRUCK = "dim strike"
"""How what was undone is drawn; its sentence says so too."""

_STYLES = {PLAIN: "", GOOD: "bold green", BAD: "bold red"}
_MOVES = {UP: "bold yellow", DOWN: "bold green", PAUSED: "bold cyan", RESUMED: "bold cyan", "": ""}


class _Page(NamedTuple):
    """Where things stand: cells of the entry numbers, before the text, of the text, of the remarks.

    `subject` is the whole subject where the heading had to cut it, else empty.
    """

    zone: Zone
    number: int
    subject: str
    seq: int
    margin: int
    text: int
    remarks: int

    @property
    def body(self) -> int:
        """The cells beside the margin."""
        return self.text + len(grid.GAP) + self.remarks


def screen(
    row: CaseRow, clocks: Sequence[ClockRow], entries: Sequence[Entry], now: int, zone: str, look: Look
) -> str:
    """The whole screen as of `now`."""
    width, here = min(grid.room(look), WIDEST), Zone(zone)
    known = _clocks(clocks, entries)
    told = items(entries, known, now, here)
    head = heading(row, now, here, width)
    subject = "" if head[0][1][0] == subject_of(row) else subject_of(row)
    page = _page(row.number, subject, told, here, width)
    lines: list[Line] = [*head, *bar(known, now, here, width), []]
    for day, group in groupby(told, key=lambda item: here.local(item.at)[:3]):
        of_day = list(group)
        lines.append([(here.day(of_day[0].at, year=day[0] != here.local(now).tm_year), "bold")])
        for item in of_day:
            lines += _entry(item, page)
    return grid.painted([*lines, [], *_footer(row, now, here, width)], look)


def _clocks(rows: Sequence[ClockRow], entries: Sequence[Entry]) -> list[Clock]:
    """The clocks; what each counts from is in the history alone."""
    standing = (entry.event for entry in entries if not entry.undone)
    changes = (change for event in standing for change in event.facts.get("clocks") or ())
    since = {change["n"]: change["since"] for change in changes if "since" in change}
    return [clock._replace(since=since.get(clock.n)) for clock in map(clock_of, rows)]


def _page(number: int, subject: str, told: Sequence[Item], zone: Zone, width: int) -> _Page:
    """The page on which the sentences take at most half the room, or as much as the remarks leave them.

    Of the two, the one with fewer lines.
    """
    seq = len(str(max((item.seq for item in told), default=0))) + 1
    margin = seq + 10
    body = max(width - margin, 4)
    widest = max((grid.cells(text) for item in told for text, _tone in item.parts), default=0)
    sizes = [grid.cells(item.text) for item in told]
    pages = []
    for most in (body // 2, max(body // 2, body - len(grid.GAP) - widest)):
        text = max((size for size in sizes if size <= most), default=most)
        pages.append(_Page(zone, number, subject, seq, margin, text, body - text - len(grid.GAP)))
    return min(pages, key=lambda page: sum(1 for item in told for _line in _sentence(item, page)))


def _entry(item: Item, page: _Page) -> Iterator[Line]:
    """The lines of one entry: number, time, marks, its sentence, remarks beside it, words beneath."""
    number = f"{item.seq}." if item.seq else ""
    margin: list[Cell] = [
        (f"{number:>{page.seq}} ", "dim"),
        (page.zone.clock(item.at) + " ", ""),
        ("!" if item.ran_out else " ", "bold red"),
        ((item.move or " ") + " ", _MOVES[item.move]),
    ]
    for line in _sentence(item, page):
        yield [*margin, *line]
        margin = [(" " * page.margin, "")]
    yield from ([*margin, words] for words in _words(item, page))


def _sentence(item: Item, page: _Page) -> Iterator[Line]:
    """The sentence with its remarks: beside it where both fit, else beneath it."""
    style = STRUCK if item.undone else _STYLES[item.tone] or _MOVES[item.move]
    beside = page.remarks >= LEAST_REMARKS
    parts = [(text, "dim" if item.undone else _REMARK_STYLES[tone]) for text, tone in item.parts]
    remarks = flowed(parts, page.remarks if beside else page.body - len(grid.INDENT))
    *above, last = folded(item.text, page.body)
    yield from ([(line, style)] for line in above)
    gap = max(page.text - grid.cells(last), 0) + len(grid.GAP)
    if beside and remarks and grid.cells(last) + gap + _cells(remarks[0]) <= page.body:
        yield [(last, style), (" " * gap, ""), *remarks.pop(0)]
    else:
        yield [(last, style)]
    indent = " " * (page.text + len(grid.GAP)) if beside else grid.INDENT
    yield from ([(indent, ""), *remark] for remark in remarks)


def _words(item: Item, page: _Page) -> Iterator[Cell]:
    """What was said, quoted and folded; that it was erased where it was."""
    if item.erased:
        yield _("(erased)"), "dim"
    said = [*item.words]
    if item.seq == 1 and page.subject and not (said and said[0].startswith(page.subject)):
        said.insert(0, page.subject)
    if not said:
        return
    lines = (line for words in said for line in folded(words, page.body - 2))
    shown = list(islice(lines, MOST_LINES))
    is_all = next(lines, None) is None
    for at, line in enumerate(shown, 1):
        yield ('"' if at == 1 else " ") + line + ('"' if is_all and at == len(shown) else ""), ""
    if not is_all:
        yield _("… more: cstrack timeline {ref} --json").format(ref=ref(page.number)), "dim"


def _footer(row: CaseRow, now: int, zone: Zone, width: int) -> list[list[Cell]]:
    """What to type next, and the moment and zone of all that stands above."""
    number = ref(row.number)
    hints = [
        (_("Why then? cstrack why {ref}").format(ref=number), "dim"),
        (_('Not right? cstrack correct {ref} N -m "..."').format(ref=number), "dim"),
    ]
    if row.status == UNDONE:
        hints = [(_("{ref} was undone; its number is not used again").format(ref=number), "dim")]
    *above, last = flowed(hints, width, grid.GAP + " ")
    moment = [(f"{zone.moment(now)} {zone.name}", "dim")]
    if _cells(last) + len(grid.GAP) + _cells(moment) > width:
        above, last = [*above, last], []
    return [*above, *grid.ends(last, moment, width)]


def _cells(line: Line) -> int:
    return sum(grid.cells(text) for text, _style in line)
