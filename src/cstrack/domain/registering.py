"""Who may be put on the register of people, and how: staff, stores, days away, duty said by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cstrack.domain.errors import Refused, Usage
from cstrack.domain.handles import handle, known_person, known_store
from cstrack.domain.staff import Person

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cstrack.domain.staff import Roster

_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)", re.ASCII)
_MOST_NAME = 200


def added(roster: Roster, typed: str, at: int, levels: Collection[int], fields: Mapping[str, Any]) -> Person:
    """A person who is of the staff and on duty from `at` on; Refused for one who is already.

    Somebody who left comes back as told now: what was known of him then may not hold any more.
    """
    new = handle(typed)
    if new in roster.people:
        raise Refused("staff-already", handle=new)
    person = Person(new, name=new, duty_since=at)
    return changed(roster, person, levels, fields)


def changed(roster: Roster, person: Person, levels: Collection[int], fields: Mapping[str, Any]) -> Person:
    """The person with what was said; an empty word takes away what was there, None leaves it."""
    said = {name: value for name, value in fields.items() if value is not None}
    if "level" in said and said["level"] not in levels:
        raise Usage("level-unknown", level=str(said["level"]), known=sorted(levels))
    for name in ("supervisor", "deputy"):
        if said.get(name):
            said[name] = _other(roster, person, said[name])
    if said.get("store"):
        said["store"] = known_store(said["store"], roster.stores)
    _guard_words(said)
    for login in said.get("logins", ()):
        whose = roster.with_login(login)
        if whose is not None and whose.handle != person.handle:
            raise Refused("login-taken", login=login, own=whose.handle)
    for name in ("mail", "store", "supervisor", "deputy", "zone", "hours"):
        if name in said:
            said[name] = said[name] or None
    if "name" in said:
        said["name"] = said["name"] or person.handle
    return person._replace(**said)


def away(roster: Roster, person: Person, *, start: int, end: int, now: int, deputy: str | None) -> Person:
    """The person away from `start` up to `end`; somebody has to stand in."""
    if end <= start or end <= now:
        raise Refused("away-backwards", handle=person.handle, from_at=start, until_at=end)
    stands_in = _other(roster, person, deputy) if deputy else person.deputy
    return person._replace(away_from=start, away_until=end, deputy=stands_in)


def back(person: Person, at: int) -> Person:
    """The person there again from `at` on, or not going away after all."""
    if person.away_from is None or not at < (person.away_until or at + 1):
        raise Refused("staff-not-away", handle=person.handle)
    if person.away_from >= at:
        return person._replace(away_from=None, away_until=None)
    return person._replace(away_until=at)


def on_duty(roster: Roster, person: Person, *, on: bool, at: int, now: int) -> Person:
    """The person on duty or off, as said at `at`: it holds until the next shift begins or ends.

    What holds already is not said anew: the duty has lasted since it began.
    """
    if at > now:
        raise Refused("time-in-future", at=at, now=now)
    there = person._replace(away_from=None, away_until=None)
    if at >= person.duty_since and roster.is_on_duty(there, at) == on:
        return person
    return person._replace(on_duty=on, duty_since=at)


def member(roster: Roster, typed: str) -> Person:
    """The person of this handle; NotFound where nobody of the staff has it."""
    return roster.people[known_person(typed, roster.people)]


def store_code(typed: str) -> str:
    """The code of a new store; Usage for what cannot be one."""
    try:
        return handle(typed)
    except Usage as fault:
        raise Usage("store-code-not-allowed", store=typed) from fault


def _other(roster: Roster, person: Person, typed: str) -> str:
    found = known_person(typed, {*roster.people, person.handle})
    if found == person.handle:
        raise Refused("staff-oneself", handle=found)
    return found


def _guard_words(said: Mapping[str, Any]) -> None:
    """Words that others must be able to use: a mail address, hours of a day, names that are no lists."""
    if said.get("mail") and not _MAIL.fullmatch(said["mail"]):
        raise Usage("mail-not-understood", mail=said["mail"])
    if said.get("hours") and not all(map(_HOURS.fullmatch, said["hours"].split())):
        raise Usage("hours-not-understood", hours=said["hours"])
    if len(said.get("name") or "") > _MOST_NAME or "\n" in (said.get("name") or ""):
        raise Usage("name-too-long", most=_MOST_NAME)


def guard_nothing_held(person: Person, held: Mapping[str, Collection[object]]) -> None:
    """Nobody leaves while holding something: Refused `staff-holds` says how much of what, and for whom."""
    if any(held.values()):
        told = {name: [*found] for name, found in held.items() if found}
        raise Refused("staff-holds", handle=person.handle, held=told)
