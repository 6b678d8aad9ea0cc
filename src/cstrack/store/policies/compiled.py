"""A checked policy file as the plain mapping that domain/policy.py asks: JSON values, string keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from cstrack.domain.dealer import DEALER
from cstrack.domain.standard_clocks import EVENTS
from cstrack.store.policies import calendars, clock_rules, level_rules, word_patterns
from cstrack.store.policies.parts import Named
from cstrack.store.policies.whole import LISTS

if TYPE_CHECKING:
    from cstrack.store.policies.levels import Clock, Level
    from cstrack.store.policies.whole import PolicyFile

FIRST = 1
"""The version of a policy that no desk has applied; a desk counts its own."""

_COMPLAINTS_ONLY = ("plan", "level", "total")


def mapping(policy: PolicyFile) -> dict[str, Any]:
    """The whole policy; what the file leaves out has its default, or is left out here too."""
    top: dict[str, Any] = {"name": policy.name, "version": FIRST, **_names(policy)}
    top |= _given(policy, "counts_from", "calendar", "contact_hours")
    lists = {listing: _list(policy, listing) for listing in LISTS}
    return {
        **top,
        "levels": _levels(policy),
        "authority": {"days": policy.authority.days},
        "agreements": {"signed_above": _hundredths(policy.agreements.signed_above)},
        "clocks": _clocks(policy, list(lists["waits"])),
        "calendars": {name: calendars.compiled(name, each) for name, each in policy.calendars.items()},
        **lists,
        **({"repeat": _plain(policy.repeat)} if policy.repeat else {}),
        **({"crisis": _plain(policy.crisis)} if policy.crisis else {}),
        "groups": _plain(policy.groups),
        "words": [entry for each in policy.words for entry in word_patterns.compiled(each)],
        "stages": [_plain(each) for each in policy.stages],
        "checklists": [_plain(each) for each in policy.checklists],
        "callbacks": _plain(policy.callbacks),
        "fields": [_plain(each) for each in policy.fields_],
        "masking": _plain(policy.masking),
        "retention": _plain(policy.retention),
        "stores": {},
        "sources": [_plain(each) for each in policy.sources],
    }


def _levels(policy: PolicyFile) -> dict[str, Any]:
    granted: list[str] = []
    made = {}
    for number, level in level_rules.numbered(policy):
        granted = [*granted, *level.authority.remedies]
        made[str(number)] = _level(policy, number, level, granted)
    return made


def _level(policy: PolicyFile, number: int, level: Level, granted: list[str]) -> dict[str, Any]:
    calendar = level_rules.calendar_of(policy, level)
    return {
        **_names(level),
        "limit": level.limit,
        **({"calendar": calendar} if calendar else {}),
        "pause_cap": level.pause_cap,
        "lowers": level.lowers or number,
        **({"warn": level.warn} if level.warn is not None else {}),
        "authority": {
            "remedies": granted,
            "amount": _hundredths(level.authority.amount),
        },
    }


def _hundredths(amount: int | Decimal | None) -> int | None:
    return None if amount is None else int(Decimal(amount) * 100)


def _clocks(policy: PolicyFile, waits: list[str]) -> dict[str, Any]:
    """The clocks of the file; `level` and `outside` run in every policy."""
    made = {kind: _clock(policy, kind, clock) for kind, clock in policy.clocks.items()}
    made.setdefault("level", {"kinds": ["complaint"], "pausable": waits})
    made.setdefault("outside", {})
    return made


def _clock(policy: PolicyFile, kind: str, clock: Clock) -> dict[str, Any]:
    made = _names(clock) if kind not in EVENTS else {}
    made |= _given(clock, "starts", "stops", "limit")
    calendar = clock_rules.calendar_of(policy, clock)
    if calendar:
        made["calendar"] = calendar
    if clock.urgent:
        made["urgent"] = [each.model_dump() for each in clock.urgent]
    made |= _given(clock, "by_level", "levels", "kinds", "channels", "pausable", "warn", "extensions")
    made |= _given(clock, "then", "answered_by_taking", "again")
    if kind in _COMPLAINTS_ONLY:
        made.setdefault("kinds", ["complaint"])
    if clock.binds != "desk":
        made["binds"] = clock.binds
    by_itself = kind == "total" or clock.binds == "authority"
    if by_itself if clock.informs is None else clock.informs:
        made["informs"] = True
    return made


def _list(policy: PolicyFile, listing: str) -> dict[str, Any]:
    """The list of the file with the level from which a remedy is granted, or else the shipped one."""
    top = len(policy.levels)
    own = policy.listed(listing)
    if own is None:
        made = {code: dict(entry) for code, entry in DEALER[listing].items()}
        for entry in made.values():
            if "level" in entry:
                entry["level"] = min(entry["level"], top)
    else:
        made = {code: _plain(entry) for code, entry in own.items()}
    if listing == "remedies":
        for code, entry in made.items():
            levels = [n for n, level in level_rules.numbered(policy) if code in level.authority.remedies]
            entry["level"] = min(levels, default=top)
    return made


def _names(named: Named | Clock | PolicyFile) -> dict[str, Any]:
    """Both names; the English one stands for a Chinese one that is not there."""
    return {"en": named.en, "zh": named.zh or named.en} if named.en else {}


def _given(model: BaseModel, *names: str) -> dict[str, Any]:
    """The fields that say something."""
    found = {name: getattr(model, name) for name in names}
    return {name: value for name, value in found.items() if value not in (None, [], {})}


def _plain(model: BaseModel) -> dict[str, Any]:
    """A table as plain values, both names in it, without what it leaves out."""
    made: dict[str, Any] = {}
    for name in type(model).model_fields:
        made |= {name: _value(getattr(model, name))} if getattr(model, name) is not None else {}
    return {**made, **_names(model)} if isinstance(model, Named) else made


def _value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _plain(value)
    if isinstance(value, list):
        return [_value(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
