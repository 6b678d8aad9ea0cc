"""`promise list` and `task list`: each with its case, what it is about, who has it, when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.duties import PROMISE, TASK
from cstrack.render import grid
from cstrack.render.case_card import left_words
from cstrack.render.due_table import LATE, NOBODY
from cstrack.render.i18n import _
from cstrack.render.local import Zone, utc
from cstrack.render.names import code_name
from cstrack.render.phrases import verdict_name
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA, ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.app.duties import Told
    from cstrack.render.grid import Cell
    from cstrack.render.screen import Look
    from cstrack.render.shapes import Say

_FIRST = ("schema", "number", "ref", "n", "text")
_LAST = ("state", "made_at", "due_at", "stopped_at", "verdict", "left_s")
KNOWN = {PROMISE: (*_FIRST, "owner", "check", *_LAST), TASK: (*_FIRST, "department", *_LAST)}
PLAIN = {
    PROMISE: ("ref", "n", "text", "state", "due_at", "left_s", "owner"),
    TASK: ("ref", "n", "text", "state", "due_at", "left_s", "department"),
}


def duty_object(kind: str, one: Told, now: int, say: Say = utc) -> dict[str, Any]:
    """A promise or a task as of `now`; `text` and `check` are null once erased."""
    clock, duty = one.clock, one.duty
    whose = {"owner": duty.who, "check": duty.check} if kind == PROMISE else {"department": duty.who}
    return {
        "schema": SCHEMA,
        "number": one.case.number,
        "ref": ref(one.case.number),
        "n": duty.n,
        "text": clock.name,
        **whose,
        "state": one.state,
        "made_at": say(clock.started_at),
        "due_at": say(clock.due_at),
        "stopped_at": say(clock.stopped_at),
        "verdict": clock.verdict_at(now),
        "left_s": clock.left(now),
    }


def screen(kind: str, found: Sequence[Told], now: int, zone: str, look: Look) -> str:
    """The whole screen as of `now`, in the order given."""
    if not found:
        nothing = _("Nothing is promised.") if kind == PROMISE else _("No department is asked for anything.")
        return nothing + "\n"
    where = Zone(zone)
    columns = [(_("CASE"), 0), (_("N"), 0), (_("WHAT"), 10), (_("STATE"), 0), (_("DUE"), 0), (_("LEFT"), 0)]
    columns.append((_("KEPT BY") if kind == PROMISE else _("DEPARTMENT"), 6))
    rows = [_row(kind, one, now, where) for one in found]
    wide = grid.fitted(columns, rows, look)
    late = sum(one.is_open and now >= one.clock.due_at for one in found)
    count: list[Cell] = [(_("{n} listed").format(n=len(found)), "bold")]
    if late:
        count += [(" · ", ""), (_("{n} late").format(n=late), LATE)]
    heading = grid.headed(count, now, where, wide, look)
    next_one = [[], *grid.packed([_next(kind, found)], grid.room(look), indent="")]
    return grid.painted(heading, look) + grid.table(columns, rows, wide, look) + grid.painted(next_one, look)


def _row(kind: str, one: Told, now: int, zone: Zone) -> list[Cell]:
    style = "" if one.is_open else "dim"
    who = one.duty.who if kind == PROMISE else code_name("departments", one.duty.who)
    left, colour = left_words(one.clock, now)
    return [
        (ref(one.case.number), "bold"),
        (str(one.duty.n), style),
        (safe(one.clock.name) or NOBODY, style),
        (_state(one.state), style),
        (zone.moment(one.clock.due_at, now), style),
        (left, style or colour),
        (safe(who), style),
    ]


def _state(state: str) -> str:
    names = {
        "open": _("still open"),
        "kept": _("was kept"),
        "missed": _("not kept"),
        "answered": _("answered"),
    }
    return names.get(state) or verdict_name(state)


def _next(kind: str, found: Sequence[Told]) -> Cell:
    """What to type next for the first that is open."""
    first = next((one for one in found if one.is_open), found[0])
    where = {"ref": ref(first.case.number), "n": first.duty.n}
    if not first.is_open:
        return _("What happened: cstrack timeline {ref}").format(**where), "dim"
    words = _("Kept? cstrack promise keep {ref} {n}")
    if kind == TASK:
        words = _('Answered? cstrack task done {ref} {n} -m "..."')
    return words.format(**where), "dim"
