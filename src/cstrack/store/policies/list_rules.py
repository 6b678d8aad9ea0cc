"""What must hold in the lists, among the words and signs, and in the work that cases record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.alike import ALIKE
from cstrack.domain.choices import near
from cstrack.store.policies import ways
from cstrack.store.policies.lists import MOST_WORDS, Entry, Flag
from cstrack.store.policies.parts import Wrong
from cstrack.store.policies.whole import RAISING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.store.policies.known import Known
    from cstrack.store.policies.lines import Place
    from cstrack.store.policies.problems import Fault
    from cstrack.store.policies.whole import PolicyFile

NEEDED = {
    "kinds": ("complaint",),
    "waits": ("customer",),
    "outcomes": (
        "satisfied",
        "partial",
        "no-agreement",
        "withdrawn",
        "unreachable",
        "invalid",
        "transferred",
    ),
}
"""Codes that the rules of the program name."""


def faults(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    """Everything that is wrong with lists, words and signs, each with its place."""
    yield from _entries(policy, known)
    yield from _signs(policy, known)
    yield from _groups(policy, known)
    yield from _words(policy, known)
    yield from _work(policy, known)


def _entries(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    for listing in RAISING:
        for code, entry in (policy.listed(listing) or {}).items():
            assert isinstance(entry, Flag)  # noqa: S101  the lists that raise are of these
            if entry.level is not None:
                yield from known.level((listing, code, "level"), entry.level)
            if isinstance(entry, Entry):
                yield from known.code((listing, code, "flag"), "flags", entry.flag)
    for listing, needed in NEEDED.items():
        if policy.listed(listing) is not None:
            yield from _needs(known, listing, needed)


def _needs(known: Known, listing: str, needed: tuple[str, ...]) -> Iterator[Fault]:
    for code in needed:
        if code not in known.codes[listing]:
            yield (listing,), "entry-needed", {"listing": listing, "value": code}


def _signs(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    if policy.repeat:
        yield from known.code(("repeat", "flag"), "flags", policy.repeat.flag)
    crisis = policy.crisis
    if crisis is None:
        return
    yield from _needs(known, "flags", ("crisis",))
    yield from known.each_code(("crisis", "flags"), "flags", crisis.flags)
    for channel in crisis.channels:
        yield from known.code(("crisis", "channels", channel), "channels", channel)
    signs = {*crisis.flags, *crisis.channels.values()}
    if crisis.signs > len(signs):
        yield ("crisis", "signs"), "crisis-never", {"value": crisis.signs, "count": len(signs)}


def _groups(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    """Cases are alike by what is known of each: its product, its category, a field of the desk's own."""
    if policy.groups.level is not None:
        yield from known.level(("groups", "level"), policy.groups.level)
    own = [field.code for field in policy.fields_ if field.on != "customer"]
    possible = list(dict.fromkeys((*ALIKE, "category", *own)))
    for index, code in enumerate(policy.groups.alike):
        if code not in possible:
            facts = {"value": code, "known": possible, "suggestion": near(code, possible)}
            yield ("groups", "alike", index), "alike-unknown", facts


def _words(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    count = 0
    for index, entry in enumerate(policy.words):
        place = ("words", index)
        yield from known.code((*place, "flag"), "flags", entry.flag)
        if not entry.words and not entry.patterns:
            yield (*place, "words"), "key-missing", {"key": "words"}
        count += len(entry.words) + len(entry.patterns)
        for at, word in enumerate(entry.words):
            if seen.setdefault(word.strip().lower(), index) != index:
                yield (*place, "words", at), "word-twice", {"value": word}
        for at, pattern in enumerate(entry.patterns):
            yield from _pattern((*place, "patterns", at), pattern)
    if count > MOST_WORDS:
        yield ("words",), "too-many", {"value": count, "least": None, "most": MOST_WORDS}


def _pattern(place: Place, pattern: str) -> Iterator[Fault]:
    try:
        ways.check(pattern)
    except Wrong as fault:
        yield place, fault.code, {**fault.facts, "value": pattern[: ways.LONGEST]}


def _work(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    for index, stage in enumerate(policy.stages):
        yield from known.calendar_named(("stages", index, "calendar"), stage.calendar)
        yield from known.counted(("stages", index, "limit"), stage.limit, stage.calendar)
    for index, checklist in enumerate(policy.checklists):
        place = ("checklists", index)
        for listing in ("kinds", "flags", "channels"):
            yield from known.each_code((*place, listing), listing, getattr(checklist, listing))
        yield from known.each_level((*place, "levels"), checklist.levels)
        for at, step in enumerate(checklist.steps):
            yield from known.counted((*place, "steps", at, "limit"), step.limit)
    yield from known.each_level(("callbacks", "phone_levels"), policy.callbacks.phone_levels)
    for index, source in enumerate(policy.sources):
        yield from known.each_code(("sources", index, "clocks"), "clocks", source.clocks)
    for index, field in enumerate(policy.fields_):
        if (field.type == "choice") != bool(field.choices):
            yield ("fields", index, "choices"), "choices-fit-type", {"type": field.type}


def repeated(raw: Any, place: Place = ()) -> Iterator[Fault]:
    """The same text twice in one list, the same code twice in one list of tables; anywhere in the file."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            if place or key != "stores":
                yield from repeated(value, (*place, key))
        return
    if not isinstance(raw, list):
        return
    seen: set[str] = set()
    for index, value in enumerate(raw):
        code = value.get("code") if isinstance(value, dict) else value
        if isinstance(code, str) and code in seen:
            yield (*place, index), "entry-twice", {"value": code[:100]}
        elif isinstance(code, str):
            seen.add(code)
        yield from repeated(value, (*place, index))
