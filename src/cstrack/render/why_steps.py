"""The lines of a clock's sum: what each adds, to which moment it comes, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.case import Pause
from cstrack.domain.clock import PAUSED, STOPPED
from cstrack.domain.events import RULE
from cstrack.domain.policy import ALWAYS
from cstrack.render.case_card import left_words
from cstrack.render.i18n import _, numeral
from cstrack.render.local import Zone, about, civil, day_words, limit_words, span, worked
from cstrack.render.names import code_name
from cstrack.render.phrases import summary, verdict_name
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cstrack.app.reckoning import Move, Reckoning
    from cstrack.app.reckoning import Step as Made
    from cstrack.domain.events import Event
    from cstrack.render.grid import Cell

    Step = tuple[str, str, Cell]
    """A line of a sum: what it is, the moment that it comes to, how."""


class Sum(NamedTuple):
    """The lines that come before the days of a clock's calendar, and those that come after."""

    sum: list[Step]
    end: list[Step]


def sum_of(one: Reckoning, now: int, zone: Zone, actors: dict[int, str]) -> Sum:
    """A clock from its start to its due time, and to its end."""

    def sentence(event: Event) -> str:
        return summary(event, zone, actor=actors.get(event.seq, ""))

    clock = one.clock
    due = about(zone.moment(clock.due_at, now), clock.provisional and clock.running)
    end: list[Step] = [(_("= due"), due, _verdict(one, now, zone))]
    if clock.running and now < clock.due_at:
        end += _marks(one, now, zone)
    if one.stopped_by is not None and clock.stopped_at is not None:
        stopped = _stopped(one, one.stopped_by, now, sentence)
        end.append((_("stopped"), zone.moment(clock.stopped_at, now), stopped))
    made = [(label, zone.moment(at, now), (how, "")) for label, at, how in _made(one, now, zone, sentence)]
    return Sum(made, end)


def _made(
    one: Reckoning, now: int, zone: Zone, sentence: Callable[[Event], str]
) -> Iterator[tuple[str, int, str]]:
    """What makes up the due time: label, the moment that it comes to, how."""
    yield _("starts"), one.clock.started_at, sentence(one.started_by)
    if one.counted < one.clock.started_at:
        yield _("counts"), one.counted, _("by the policy all levels count from here")
    if one.counted > one.clock.started_at:
        yield _("counts"), one.counted, _("the time that was expected")
    if one.opens > one.counted:
        yield _("counts"), one.opens, _("out of hours before: from the next opening")
    yield _("+ limit"), one.base, _limit(one)
    for step, due_at in zip(one.steps, one.running_sum(), strict=True):
        if isinstance(step.what, Pause):
            yield _("+ paused"), due_at, _paused(step.what, one, now, zone)
        else:
            yield _("moved"), due_at, _moved(step.what, step, now, zone)


def _limit(one: Reckoning) -> str:
    if not one.limit:
        return _("the time that was said")
    name, calendar = one.calendar_name, one.calendar
    hours = _("calendar hours") if name == ALWAYS else _("calendar {name}").format(name=safe(name))
    if one.judge is not None and name == one.judge.data.get("contact_hours"):
        hours = _("contact hours")
    if calendar is not None and calendar.zone != one.zone:
        hours = _("{calendar} ({zone})").format(calendar=hours, zone=calendar.zone)
    return _("{limit}, {hours}").format(limit=limit_words(one.limit), hours=hours)


def _paused(pause: Pause, one: Reckoning, now: int, zone: Zone) -> str:
    words = _("{span}, {start} to {end}, waiting for {whom}")
    if now < pause.end:
        words = _("{span}, {start} to {end} at the latest, waiting for {whom}")
    same_day = zone.day(pause.start) == zone.day(pause.end)
    length = span(pause.end - pause.start)
    if one.is_working:
        length = _("{span} of work").format(span=worked(one.open_seconds(pause.start, pause.end)))
    return words.format(
        span=length,
        start=zone.moment(pause.start, now),
        end=zone.clock(pause.end) if same_day else zone.moment(pause.end, now),
        whom=code_name("waits", pause.waiting_for),
    )


def _moved(move: Move, step: Made, now: int, zone: Zone) -> str:
    at, limit = zone.moment(move.at, now), limit_words(move.limit) if move.limit else ""
    facts = step.by.facts
    if move.why == "going-down":
        return _("the earlier due time is kept: going down never gives more time")
    if move.why == "flag" and limit:
        flag = code_name("flags", move.flag)
        return _("flag {flag} on {moment}: {limit} from then").format(flag=flag, moment=at, limit=limit)
    if move.why == "level" and limit:
        level = numeral(facts.get("to") or facts.get("level"))
        return _("level {level} on {moment}: {limit} from then").format(level=level, moment=at, limit=limit)
    words = {
        "policy": _("policy {policy} applied on {moment}"),
        "calendar": _("calendar changed by policy {policy} on {moment}"),
        "extension": _("extended on {moment}, approved by {who}"),
        "agreed": _("as agreed with the customer on {moment}"),
        "merge": _("{ref} merged into this case on {moment}, and was due then"),
    }.get(move.why, _("as recorded on {moment}"))
    policy, who = (safe(str(facts.get(name) or "")) for name in ("policy", "approved_by"))
    merged = ref(facts["case"]) if "case" in facts else ""
    text = words.format(policy=policy, moment=at, who=who, ref=merged)
    if move.why == "recorded":
        return text
    text = _("{what}: {limit}").format(what=text, limit=limit) if limit else text
    before, after = zone.moment(move.before, now), zone.moment(move.after, now)
    return _("{what}, {before} -> {after}").format(what=text, before=before, after=after)


def _verdict(one: Reckoning, now: int, zone: Zone) -> Cell:
    clock, state = one.clock, one.clock.state(now)
    if state == STOPPED:
        return verdict_name(clock.verdict_at(now)), ""
    left, style = _left(one, now)
    if state == PAUSED and clock.paused_until is not None:
        until = zone.moment(clock.paused_until, now)
        left = _("paused until {moment}, {left} then").format(moment=until, left=left)
    elif one.marked_by is not None:
        left = _("{left}; there is no higher level (a rule of the policy)").format(left=left)
    if clock.provisional and one.confirmed_through:
        date = day_words(civil(one.confirmed_through), year=True)
        confirmed = _("{left}; provisional: the calendar is confirmed through {date}")
        left = confirmed.format(left=left, date=date)
    return left, style


def _left(one: Reckoning, now: int) -> Cell:
    """What is left: of open time where it counts that, and how long it is until then."""
    left, style = left_words(one.clock, now)
    work = one.left(now)
    if not work:
        return left, style
    work_left = _("{span} of work left").format(span=worked(work))
    if one.clock.state(now) in (STOPPED, PAUSED):
        return work_left, style
    return _("{left}, {work}").format(left=left, work=work_left), style


def _marks(one: Reckoning, now: int, zone: Zone) -> list[Step]:
    """When it warns: the moment of the first mark, the others beside it."""
    marks = sorted(one.marks(), key=lambda mark: mark[1])
    if not marks:
        return []
    told = [_mark(mark) for mark, _at in marks[:1]]
    timed = _("{what}: {moment}")
    told += [timed.format(what=_mark(mark), moment=zone.moment(at, now)) for mark, at in marks[1:]]
    return [(_("warns"), zone.moment(marks[0][1], now), (_("; ").join(told), "dim"))]


def _mark(mark: str) -> str:
    if mark.endswith("%"):
        return _("at {percent} %").format(percent=mark[:-1])
    return _("{limit} before").format(limit=limit_words(mark))


def _stopped(one: Reckoning, by: Event, now: int, sentence: Callable[[Event], str]) -> Cell:
    if by is one.started_by:
        words = _("answered by being taken"), _("answered by a word that was typed in before")
        return words[one.clock.kind != "first-response"], ""
    how = sentence(by)
    if by.type == "escalated" and by.facts.get("owner"):
        how = _("{what}, owner {who}").format(what=how, who=safe(by.facts["owner"]))
    if by.cause == RULE:
        how = _("{what} (a rule of the policy)").format(what=how)
    left, style = _left(one, now)
    return (_("{what}; {left}").format(what=how, left=left) if one.clock.left(now) else how), style
