"""The stages of a case as they are shown, and a customer on site: done by whom, in time or late, to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import stage as flow
from cstrack.domain.case import ENDED
from cstrack.domain.clock import BREACHED, PAUSED
from cstrack.domain.standard_clocks import STAGE
from cstrack.render import grid
from cstrack.render.checklists import folded_parts, to_type
from cstrack.render.due_table import LATE, SOON
from cstrack.render.fold import DOT
from cstrack.render.i18n import _, term
from cstrack.render.local import left, limit_words, utc
from cstrack.render.phrases import aside
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cstrack.domain.case import Case
    from cstrack.domain.policy import Policy
    from cstrack.domain.stage import Place, Stage
    from cstrack.render.grid import Cell, Line
    from cstrack.render.local import Zone


def objects(policy: Policy, case: Case, now: int) -> list[dict[str, Any]]:
    """The stages of the policy in their order, by their codes, as the present cycle stands as of `now`."""
    return [_object(place, case, now) for place in flow.flow(policy, case)]


def _object(place: Place, case: Case, now: int) -> dict[str, Any]:
    stage = place.stage
    clock = flow.clock_of(case, stage) if stage else None
    verdict = clock.verdict_at(now) if clock else None
    return {
        "code": place.entry["code"],
        "state": place.state,
        "limit": place.entry.get("limit"),
        "entered_at": utc(stage.entered_at) if stage else None,
        "who": stage.who if stage else None,
        "due_at": utc(clock.due_at) if clock else None,
        "left_at": utc(stage.left_at) if stage else None,
        "left_by": stage.left_by if stage else None,
        "checked": stage.checked if stage else False,
        "verdict": verdict,
        "late": verdict == BREACHED,
    }


def on_site_object(case: Case) -> dict[str, Any] | None:
    """Since when a customer is here and waits, and what time he expects."""
    here = case.on_site
    return here and {"arrived_at": utc(here.arrived_at), "expected_at": utc(here.expected_at)}


def waiting(case: Case, now: int, zone: Zone) -> list[tuple[str, str, str]]:
    """(name, text, style) of a customer who is here, for the facts of a card."""
    here = case.on_site
    if here is None:
        return []
    words = (
        _("since {moment}") if here.expected_at == here.arrived_at else _("since {moment}, expected {due}")
    )
    due = zone.moment(here.expected_at, now)
    return [(_("on site"), words.format(moment=zone.moment(here.arrived_at, now), due=due), SOON)]


def lines(policy: Policy, case: Case, now: int, zone: Zone, width: int) -> list[Line]:
    """A block of the stages: in full once the case is in them, before that by their codes.

    Nothing where such a case has none, or ended without them.
    """
    places = flow.flow(policy, case)
    begun = any(place.stage for place in places)
    if not places or not (begun or (policy.runs(STAGE, case.kind) and case.status not in ENDED)):
        return []
    done = sum(place.state == flow.DONE for place in places)
    title = _("{done} of {all} done").format(done=done, all=len(places))
    found: list[Line] = [[(_("Stages"), "dim")]]
    if not begun:
        codes = _("; ").join(to_type(place.entry) for place in places)
        title = _("{what}: {codes}").format(what=title, codes=codes)
        return [*found, *folded_parts([(title, "")], "  ", width)]
    found += folded_parts([(title, "")], "  ", width)
    wide = max(grid.cells(to_type(place.entry)) for place in places)
    for place in places:
        found += _drawn(place, case, wide, now, zone, width)
    return found


def _drawn(place: Place, case: Case, wide: int, now: int, zone: Zone, width: int) -> Iterator[Line]:
    dim = "dim" if place.state in (flow.DONE, flow.ENDED, flow.SKIPPED) else ""
    code, name = to_type(place.entry), safe(term(dict(place.entry)))
    label = [(grid.pad(code, wide), dim), *([(name, dim)] if name != code else [])]
    indent = " " * (4 + wide + len(grid.GAP))
    yield from folded_parts([*label, _told(place, case, now, zone)], "    ", width)
    standard = _standard(place.entry)
    if place.state == flow.PRESENT and standard:
        yield from folded_parts([(standard, "dim")], indent, width)


def _told(place: Place, case: Case, now: int, zone: Zone) -> Cell:
    if place.stage is None:
        if place.state == flow.SKIPPED:
            return _("left out"), "dim"
        standard = _standard(place.entry, check=False)
        return (_("to come: {what}").format(what=standard) if standard else _("to come")), ""
    if place.state == flow.PRESENT:
        return _present(place.stage, case, now, zone)
    return _past(place.stage, case, now, zone)


def _present(stage: Stage, case: Case, now: int, zone: Zone) -> Cell:
    text = _("since {moment} by {who}").format(moment=zone.moment(stage.entered_at, now), who=safe(stage.who))
    clock = flow.clock_of(case, stage)
    if clock is None:
        return text, ""
    rest = _("paused") if clock.state(now) == PAUSED else left(clock.due_at, now)
    due = _("due {moment}, {left}").format(moment=zone.moment(clock.due_at, now), left=rest)
    return aside(text, due), LATE if clock.verdict_at(now) == BREACHED else ""


def _past(stage: Stage, case: Case, now: int, zone: Zone) -> Cell:
    moment = zone.moment(stage.left_at or 0, now)
    if stage.left_by is None:
        return _("ended {moment} with the case").format(moment=moment), "dim"
    text = _("done {moment} by {who}").format(moment=moment, who=safe(stage.who))
    if stage.checked:
        text = aside(text, _("checked"))
    clock = flow.clock_of(case, stage)
    if clock is None or clock.verdict != BREACHED:
        return text, "green"
    return aside(text, left(clock.due_at, stage.left_at or 0)), LATE


def _standard(entry: Mapping[str, Any], *, check: bool = True) -> str:
    """Who works there, how long, and what is checked."""
    parts = [safe(term(dict(entry["role"])))] if "role" in entry else []
    parts += [limit_words(entry["limit"])] if "limit" in entry else []
    if check and "check" in entry:
        parts.append(_("quality check: {text}").format(text=safe(term(dict(entry["check"])))))
    return DOT.join(parts)
