"""What an event did to the clocks of its case, in words: met, used, standing still, due anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.clock import BREACHED, MET, VOID
from cstrack.domain.deadlines import due
from cstrack.domain.limits import WORKING_DAYS, is_working, split
from cstrack.render import grid
from cstrack.render.i18n import _, language
from cstrack.render.local import about, limit_words, span, worked
from cstrack.render.names import calendar_named, said_of_clock
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
_MOVED = ("moved", "extended", "promise-moved")
MOST_NAME = 40
"""Cells of a clock's own name (a promise, a task) in a sentence."""


def name_of(clock: Clock) -> str:
    """`level 2`, `plan`, `promise: call back`; a long name is cut."""
    name = grid.cut(said_of_clock(clock.kind, clock.name), MOST_NAME) if clock.name else None
    return clock_name(clock.kind, clock.level, name)


def share(clock: Clock, now: int, zone: Zone) -> tuple[int, int] | None:
    """Seconds used of a clock at `now`, and seconds it has in all, of open time where it counts that.

    Pauses are not counted, and a clock whose time was shortened has used what was taken away. None for
    one that is void, whose time was said, or whose calendar the policy in use has no more.
    """
    left = clock.left(now)
    if left is None or not clock.limit:
        return None
    since = clock.counted_from
    if not is_working(clock.limit):
        whole = due(since, clock.limit, zone.name) - since
        return max(0, whole - left), whole
    calendar = calendar_named(clock.calendar)
    if calendar is None:
        return None
    whole = calendar.used(since, due(since, clock.limit, zone.name, calendar))
    reached = clock.due_at - left
    return max(0, whole - calendar.used(reached, clock.due_at) + calendar.used(clock.due_at, reached)), whole


def length(clock: Clock, seconds: int, *, up: bool = False) -> str:
    """A span of what a clock counts: open time in hours, real time in days too."""
    return (worked if is_working(clock.limit) else span)(seconds, up=up)


def used_words(clock: Clock, now: int, zone: Zone) -> str:
    """`5 h of 24 h`, rounded up, `24 h` when it is all; empty where that is not known."""
    found = share(clock, now, zone)
    if found is None:
        return ""
    if found[0] == found[1]:
        return limit_words(clock.limit)
    in_days = is_working(clock.limit) and split(clock.limit)[1] in WORKING_DAYS
    limit = length(clock, found[1]) if in_days else limit_words(clock.limit)
    return _("{used} of {limit}").format(used=length(clock, found[0], up=True), limit=limit)


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
        used = used_words(clock, event.at, zone) or limit_words(clock.limit)
        yield _("{used} used").format(used=used), BAD
    elif event.type in _MOVED:
        yield from _anew(change, earlier, clock, event, zone)
    elif event.type == "task-returned":
        yield _due(clock, event, zone, named=True), PLAIN
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
        if clock.kind in ("level", "plan") or event.type in _MOVED:
            yield verdict_of(clock), PLAIN
        return
    tone = _TONES.get(verdict, PLAIN)
    if event.facts.get("dated"):  # nobody knows when, so nobody knows how much was used
        yield verdict_of(clock), tone
        return
    used = used_words(clock, event.at, zone)
    if not used:
        yield verdict_of(clock), tone
    elif clock.kind == "level" and event.type in _NAMELESS:
        yield _("{used} used").format(used=used), tone
    else:
        yield aside(verdict_of(clock), used), tone


def verdict_of(clock: Clock) -> str:
    """`level 2 met`."""
    return _("{clock} {verdict}").format(clock=name_of(clock), verdict=verdict_name(clock.verdict or ""))


def _anew(change: dict[str, Any], earlier: Clock, clock: Clock, event: Event, zone: Zone) -> Iterator[Part]:
    """A due time that a policy, a calendar or an extension moved, from when to when."""
    after = _moment(clock, event, zone)
    if clock.due_at != earlier.due_at:
        moved = _("{clock} due {before} -> {after}")
        before = _moment(earlier, event, zone)
        today = [zone.local(one)[:3] == zone.local(event.at)[:3] for one in (earlier.due_at, clock.due_at)]
        if any(today) and not all(today):  # `Wed 16 Dec 09:00 -> 13:55` reads as if the day stayed
            before, after = (_dated(one, event, zone) for one in (earlier, clock))
        yield moved.format(clock=name_of(clock), before=before, after=after), PLAIN
    elif change.get("provisional") is False:
        yield _("{clock} due {moment}, confirmed").format(clock=name_of(clock), moment=after), PLAIN


def _moment(clock: Clock, event: Event, zone: Zone) -> str:
    return about(moment_near(zone, clock.due_at, event.at), clock.provisional)


def _dated(clock: Clock, event: Event, zone: Zone) -> str:
    return about(zone.moment(clock.due_at, event.at), clock.provisional)


def _due(clock: Clock, event: Event, zone: Zone, *, named: bool) -> str:
    moment = _moment(clock, event, zone)
    if named:
        return _("{clock} due {moment}").format(clock=name_of(clock), moment=moment)
    return _("due {moment}").format(moment=moment)


def _stood(clocks: list[Clock], event: Event, zone: Zone) -> list[Part]:
    """The clocks that a pause stops: how far the level's has come, the others by name."""
    if not clocks:
        return [(_("no clock stands still"), PLAIN)]
    first = next((clock for clock in clocks if clock.kind == "level"), clocks[0])
    used = used_words(first, event.at, zone)
    stands = _("{clock} stands at {used}") if used else _("{clock} stands still")
    parts = [(stands.format(clock=name_of(first), used=used), PLAIN)]
    others = [name_of(clock) for clock in clocks if clock is not first]
    if others:
        parts.append((_("also standing: {clocks}").format(clocks=listed(others)), PLAIN))
    return parts
