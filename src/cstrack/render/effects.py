"""What an event did to the clocks of its case, in words: met, used, standing still, due anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.clock import BREACHED, MET, VOID
from cstrack.domain.deadlines import due
from cstrack.render.i18n import _, language
from cstrack.render.local import limit_words, span
from cstrack.render.phrases import aside, clock_name, listed, verdict_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event
    from cstrack.render.local import Zone

    Part = tuple[str, str]
    """A phrase and what it amounts to: GOOD, BAD or PLAIN."""

PLAIN, GOOD, BAD = "", "good", "bad"
_NEAR_S = 6 * 86_400
"""Within six days a weekday names one day only."""

_TONES = {MET: GOOD, BREACHED: BAD}
_NAMELESS = ("opened", "escalated", "deescalated", "reopened")
"""Events that start a level clock: its due time needs no name there."""


def name_of(clock: Clock) -> str:
    """`level 2`, `plan`."""
    return clock_name(clock.kind, clock.level, clock.name)


def share(clock: Clock, now: int, zone: Zone) -> tuple[int, int] | None:
    """Seconds used of a clock at `now`, and seconds it has in all; None for one that is void.

    Pauses are not counted, and a clock whose time was shortened has used what was taken away.
    """
    left = clock.left(now)
    if left is None:
        return None
    whole = due(clock.started_at, clock.limit, zone.name) - clock.started_at
    return max(0, whole - left), whole


def used_words(clock: Clock, now: int, zone: Zone) -> str:
    """`5 h of 24 h`, rounded up, `24 h` when it is all; empty for a clock that is void."""
    found = share(clock, now, zone)
    if found is None:
        return ""
    if found[0] == found[1]:
        return limit_words(clock.limit)
    return _("{used} of {limit}").format(used=span(found[0], up=True), limit=limit_words(clock.limit))


def moment_near(zone: Zone, at: int, here: int) -> str:
    """An instant as told at an earlier one: `18:00` that day, `Fri 18:00` within a week, else the date."""
    if zone.local(at)[:3] == zone.local(here)[:3]:
        return zone.clock(at)
    if not here < at < here + _NEAR_S:
        return zone.moment(at, here)
    words = zone.day(at).split(" ")
    return f"{words[-1] if language() == 'zh' else words[0]} {zone.clock(at)}"


def clock_parts(event: Event, before: Case, after: Case, zone: Zone) -> list[Part]:
    """What an event did to the clocks, most telling first; `before` and `after` are the case around it."""
    old = {clock.n: clock for clock in before.clocks}
    new = {clock.n: clock for clock in after.clocks}
    touched = [
        (change, old.get(change["n"]), new[change["n"]])
        for change in event.facts.get("clocks") or ()
        if change["n"] in new  # a history cut at a moment may lack the start of a clock
    ]
    if event.type == "paused":
        return _stood([clock for _change, _old, clock in touched], event, zone)
    touched.sort(key=lambda one: one[2].kind != "level")
    parts: list[Part] = []
    for change, earlier, clock in touched:
        parts.extend(_moved(change, earlier, clock, event, zone))
    return parts


def _moved(
    change: dict[str, Any], earlier: Clock | None, clock: Clock, event: Event, zone: Zone
) -> Iterator[Part]:
    if earlier is None:
        if clock.running:
            yield from _started(clock, event, zone)
    elif change.get("stopped_at") is not None:
        yield from _stopped(clock, event, zone)
    elif change.get("breached_at") is not None:
        yield _("{used} used").format(used=used_words(clock, event.at, zone)), BAD
    elif "due_at" in change and (event.type != "resumed" or clock.kind == "level"):
        yield _due(clock, event, zone, named=event.type != "resumed"), PLAIN


def _started(clock: Clock, event: Event, zone: Zone) -> Iterator[Part]:
    if clock.kind == "level":
        yield _due(clock, event, zone, named=False), PLAIN
    elif clock.kind in ("first-response", "outside") or event.type == "contacted":
        yield _due(clock, event, zone, named=True), PLAIN


def _stopped(clock: Clock, event: Event, zone: Zone) -> Iterator[Part]:
    verdict = clock.verdict or ""
    if verdict == VOID:
        if clock.kind in ("level", "plan"):
            yield verdict_of(clock), PLAIN
        return
    tone = _TONES.get(verdict, PLAIN)
    if event.facts.get("dated"):  # nobody knows when, so nobody knows how much was used
        yield verdict_of(clock), tone
        return
    used = used_words(clock, event.at, zone)
    if clock.kind == "level" and event.type in _NAMELESS:
        yield _("{used} used").format(used=used), tone
    else:
        yield aside(verdict_of(clock), used), tone


def verdict_of(clock: Clock) -> str:
    """`level 2 met`."""
    return _("{clock} {verdict}").format(clock=name_of(clock), verdict=verdict_name(clock.verdict or ""))


def _due(clock: Clock, event: Event, zone: Zone, *, named: bool) -> str:
    moment = moment_near(zone, clock.due_at, event.at)
    if named:
        return _("{clock} due {moment}").format(clock=name_of(clock), moment=moment)
    return _("due {moment}").format(moment=moment)


def _stood(clocks: list[Clock], event: Event, zone: Zone) -> list[Part]:
    """The clocks that a pause stops: how far the level's has come, the others by name."""
    if not clocks:
        return [(_("no clock stands still"), PLAIN)]
    first = next((clock for clock in clocks if clock.kind == "level"), clocks[0])
    stands = _("{clock} stands at {used}").format(
        clock=name_of(first), used=used_words(first, event.at, zone)
    )
    parts = [(stands, PLAIN)]
    others = [name_of(clock) for clock in clocks if clock is not first]
    if others:
        parts.append((_("also standing: {clocks}").format(clocks=listed(others)), PLAIN))
    return parts
