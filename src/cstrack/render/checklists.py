"""Checklists of a case as they are shown: what is done, by whom and when, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import checklist
from cstrack.render import grid
from cstrack.render.due_table import LATE
from cstrack.render.fold import folded
from cstrack.render.i18n import _, language, term
from cstrack.render.local import left, utc
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cstrack.domain.case import Case
    from cstrack.domain.checklist import Ticked
    from cstrack.domain.policy import Policy
    from cstrack.render.grid import Cell, Line
    from cstrack.render.local import Zone


def objects(policy: Policy, case: Case, now: int) -> list[dict[str, Any]]:
    """The checklists that fit a case, by their codes, with what is done and what is late as of `now`."""
    ticked = checklist.done(case)
    return [
        {
            "code": entry["code"],
            "steps": [
                _object(
                    step,
                    ticked.get(step["code"]),
                    checklist.due_at(policy, case, entry, step, policy.zone),
                    now,
                )
                for step in entry["steps"]
            ],
        }
        for entry in checklist.fitting(policy, case)
    ]


def _object(step: Mapping[str, Any], done: Ticked | None, due_at: int | None, now: int) -> dict[str, Any]:
    due_at = done.due_at if done else due_at
    return {
        "code": step["code"],
        "done_at": utc(done.at) if done else None,
        "who": done.who if done else None,
        "due_at": utc(due_at),
        "late": done.late if done else due_at is not None and now >= due_at,
        "text": done.text if done else None,
    }


def lines(policy: Policy, case: Case, now: int, zone: Zone, width: int) -> list[Line]:
    """A block of the checklists: one that is begun or late in full, the steps of others by their codes."""
    found: list[Line] = []
    for entry in checklist.fitting(policy, case):
        found += _list(policy, entry, case, now, zone, width)
    return [[(_("Checklists"), "dim")], *found] if found else []


def _list(
    policy: Policy, entry: Mapping[str, Any], case: Case, now: int, zone: Zone, width: int
) -> Iterator[Line]:
    ticked = checklist.done(case)
    steps = [(step, ticked.get(step["code"])) for step in entry["steps"]]
    count = sum(1 for _step, done in steps if done)
    words = _("{name}, {done} of {all} done")
    title = words.format(name=safe(term(dict(entry))), done=count, all=len(steps))
    dues = {step["code"]: checklist.due_at(policy, case, entry, step, policy.zone) for step, _done in steps}
    if not count and not any(due is not None and now >= due for due in dues.values()):
        codes = _("; ").join(to_type(step) for step, _done in steps)
        title = _("{what}: {codes}").format(what=title, codes=codes)
        yield from folded_parts([(title, "")], "  ", width)
        return
    yield from folded_parts([(title, "")], "  ", width)
    wide = max(grid.cells(to_type(step)) for step, _done in steps)
    for step, done in steps:
        told = _told(done, now, zone) if done else _to_do(dues[step["code"]], now, zone)
        name, label = safe(term(dict(step))), grid.pad(to_type(step), wide)
        text = name if to_type(step) == name else f"{label}{grid.GAP}{name}"
        yield from folded_parts([(text, "dim" if done else ""), told], "    ", width)


def to_type(step: Mapping[str, Any]) -> str:
    """What `step` takes for it in the language in use: its Chinese name, else its code."""
    return safe(step["zh"] if language() == "zh" and "zh" in step else step["code"])


def _told(done: Ticked, now: int, zone: Zone) -> Cell:
    words = _("done {moment} by {who}, LATE") if done.late else _("done {moment} by {who}")
    told = words.format(moment=zone.moment(done.at, now), who=safe(done.who))
    if done.text:
        told = _("{what}: {text}").format(what=told, text=safe(done.text.strip().partition("\n")[0]))
    return told, LATE if done.late else "green"


def _to_do(due_at: int | None, now: int, zone: Zone) -> Cell:
    if due_at is None:
        return _("to do"), ""
    words = _("to do until {moment}, {left}")
    told = words.format(moment=zone.moment(due_at, now), left=left(due_at, now))
    return told, LATE if now >= due_at else ""


def folded_parts(parts: list[Cell], indent: str, width: int) -> Iterator[Line]:
    """Parts side by side where they fit, else beneath each other, indented; nothing is cut."""
    room = max(2, width - len(indent))
    if sum(grid.cells(text) for text, _style in parts) + len(grid.GAP) * (len(parts) - 1) <= room:
        line: list[Cell] = [(indent, "")]
        for place, part in enumerate(parts):
            line += [(grid.GAP, ""), part] if place else [part]
        yield line
        return
    for text, style in parts:
        yield from ([(indent, ""), (one, style)] for one in folded(text, room))
