"""Plays the sample cases, in order of time, through the same write road as every command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.app import opening, road, sweep
from cstrack.app.demo.cases import CASES, KINDS, Step
from cstrack.domain.decide import ending, levels, people, talk, waiting
from cstrack.domain.decide.opening import Complaint

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.app.road import Road

MOMENT = 1_795_254_000
"""Sat 21 Nov 2026 17:40 in Shanghai: the moment that the sample desk stands around."""
ZONE = "Asia/Shanghai"
HOUR = 3600

ORDERS: dict[str, Callable[..., None]] = {
    "contact": talk.contact,
    "propose": talk.propose,
    "note": talk.note,
    "agree": ending.agree,
    "resolve": ending.resolve,
    "close": ending.close,
    "reopen": ending.reopen,
    "escalate": levels.escalate,
    "assign": people.assign,
    "pause": waiting.pause,
    "resume": waiting.resume,
}


def play(way: Road) -> dict[str, int]:
    """Open the sample cases in the road's database and take their steps; subject -> number."""
    numbers: dict[str, int] = {}
    for hours, index, step in _in_order():
        sample = CASES[index]
        if step is None:
            numbers[sample[2]] = _open(_at(way, hours, sample[1]), index)
        else:
            _take(_at(way, hours, step[1]), numbers[sample[2]], step)
    sweep.sweep(_at(way, 0, "system"))
    return numbers


def _in_order() -> list[tuple[float, int, Step | None]]:
    acts: list[tuple[float, int, Step | None]] = []
    for index, sample in enumerate(CASES):
        acts.append((sample[0], index, None))
        acts += [(step[0], index, step) for step in sample[8]]
    return sorted(acts, key=lambda act: -act[0])


def _at(way: Road, hours: float, who: str) -> Road:
    """The road as it was that many hours before the moment, for this person."""
    at = _moment(hours)
    return way._replace(at=at, run=way.run._replace(recorded_at=at, actor=who))


def _moment(hours: float) -> int:
    return MOMENT - round(hours * 60) * 60


def _open(way: Road, index: int) -> int:
    _hours, _who, subject, customer, phone, category, channel, flags, _steps = CASES[index]
    complaint = Complaint(
        subject, kind=KINDS.get(subject, "complaint"), category=category, channel=channel, flags=flags
    )
    opened = opening.open_case(way, complaint, opening.Caller(customer, phone), None)
    return opened.outcome.after.number


def _take(way: Road, number: int, step: Step) -> None:
    words: dict[str, Any] = dict(step[3])
    for name in ("by", "until"):
        if words.get(name) is not None:
            words[name] = _moment(words[name])
    road.change(way, [number], lambda draft: ORDERS[step[2]](draft, **words))
