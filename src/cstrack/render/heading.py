"""The first lines of a case's timeline: what it is and where it stands; how much of its limit is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.case import ENDED
from cstrack.domain.clock import BREACHED, PAUSED, STOPPED, VOID, by_urgency
from cstrack.render import grid
from cstrack.render.due_table import ALARM, LATE, SOON, clock_label
from cstrack.render.effects import length, share, used_words
from cstrack.render.fold import DOT, flowed
from cstrack.render.i18n import _, numeral
from cstrack.render.list_table import status_text
from cstrack.render.local import about, left
from cstrack.render.phrases import verdict_name
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.clock import Clock
    from cstrack.record.rows import CaseRow
    from cstrack.render.grid import Cell
    from cstrack.render.local import Zone

LEAST_SUBJECT = 20
"""A subject that would be cut to fewer cells gets a line of its own."""

MOST_NAME = 24
LEAST_BAR, MOST_BAR = 8, 40
NEARLY = 75
"""From so many percent on a bar warns."""

_EIGHTHS = "▏▎▍▌▋▊▉"


def heading(row: CaseRow, now: int, zone: Zone, width: int) -> list[list[Cell]]:
    """Number and subject, then status, level, owner and customer: on one line where they fit."""
    standing = _standing(row, now, zone)
    number, subject = ref(row.number) + grid.GAP, subject_of(row)
    room = width - len(number)
    beside = room - len(grid.GAP) - grid.cells(DOT.join(text for text, _style in standing))
    title: list[Cell] = [(number, "bold"), (grid.cut(subject, max(2, min(room, beside))), "bold")]
    if beside >= min(LEAST_SUBJECT, grid.cells(subject)):
        return grid.ends(title, flowed(standing, width)[0], width)
    title[1] = (grid.cut(subject, room), "bold")
    return [title, *flowed(standing, width)]


def subject_of(row: CaseRow) -> str:
    """The subject, safe; where it is gone, that it was erased."""
    return safe(row.subject) or _("(erased)")


def bar(clocks: Sequence[Clock], now: int, zone: Zone, width: int) -> list[list[Cell]]:
    """The level clock (else the most urgent one) with the share that is used; nothing without clocks."""
    clock = _leading(clocks)
    if clock is None:
        return []
    label = clock_label(clock.kind, clock.level, clock.name, clock.limit)
    percent, words, style = _reading(clock, now, zone)
    cells = min(MOST_BAR, width - grid.cells(label + DOT.join(words)) - 2 * len(grid.GAP))
    if percent is None or cells < LEAST_BAR:
        return flowed([(label, "bold"), *((text, style) for text in words)], width)
    full, empty = _filled(percent, cells)
    told = flowed([(text, style) for text in words], width)[0]
    return [[(label, "bold"), (grid.GAP, ""), (full, style), (empty, "dim"), (grid.GAP, ""), *told]]


def _standing(row: CaseRow, now: int, zone: Zone) -> list[Cell]:
    """What the case is now: a crisis first, then status, level and people."""
    status = status_text(row)
    if row.paused_until is not None:
        moment = zone.moment(row.paused_until, now)
        status = _("{status} until {moment}").format(status=status, moment=moment)
    parts = [(_("CRISIS"), ALARM)] if row.crisis else []
    parts += [(status, ""), (_("level {level}").format(level=numeral(row.level)), "")]
    owner = grid.cut(safe(row.owner), MOST_NAME)
    nameless = _("customer {number}").format(number=row.customer_number) if row.customer_number else ""
    customer = grid.cut(safe(row.customer) or nameless, MOST_NAME)
    if owner and customer:
        return [*parts, (_("{owner} for {customer}").format(owner=owner, customer=customer), "")]
    if owner:
        return [*parts, (_("owner {who}").format(who=owner), "")]
    nobody = [] if row.status in ENDED else [(_ownerless(row, now, zone), SOON)]
    return [*parts, *nobody, *([(_("for {customer}").format(customer=customer), "")] if customer else [])]


def _ownerless(row: CaseRow, now: int, zone: Zone) -> str:
    if row.unowned_since is None:
        return _("no owner")
    return _("no owner since {moment}").format(moment=zone.moment(row.unowned_since, now))


def _leading(clocks: Sequence[Clock]) -> Clock | None:
    levels = [clock for clock in clocks if clock.kind == "level"]
    return levels[-1] if levels else next(iter(by_urgency(clocks)), None)


def _reading(clock: Clock, now: int, zone: Zone) -> tuple[int | None, list[str], str]:
    """The percent that is used (None: nothing to draw), what a bar says in words, its style."""
    found = share(clock, now, zone)
    state, verdict = clock.state(now), clock.verdict_at(now)
    if verdict == VOID:
        return None, [verdict_name(VOID)], "dim"
    percent = None if found is None else 100 * found[0] // found[1]
    if state == STOPPED:
        used = [_("{used} used").format(used=used_words(clock, now, zone))] if found else []
        return percent, [verdict_name(verdict), *used], "red" if verdict == BREACHED else "green"
    rest = left(clock.due_at, now, clock.provisional)
    if found and state == PAUSED and verdict != BREACHED:
        rest = _("{span} left").format(span=length(clock, found[1] - found[0]))
    moment = about(zone.moment(clock.due_at, now), clock.provisional)
    due = _("due {moment}, {left}").format(moment=moment, left=rest)
    if verdict == BREACHED:
        return percent, [verdict_name(verdict), due], LATE
    if state == PAUSED:
        return percent, [_("paused"), due], "cyan"
    if percent is None:
        return None, [due], ""
    return percent, [_("{percent} %").format(percent=percent), due], SOON if percent >= NEARLY else "green"


def _filled(percent: int, cells: int) -> tuple[str, str]:
    """The full and the empty part of a bar, to an eighth of a cell; not full before all is used."""
    whole, rest = divmod(min(percent, 100) * cells * 8 // 100, 8)
    full = "█" * whole + (_EIGHTHS[rest - 1] if rest else "")
    return full, "░" * (cells - len(full))
