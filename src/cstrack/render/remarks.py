"""What stands beside the sentence of an event: who, from where, until when, what its clocks came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.clock import VOID
from cstrack.domain.events import IMPORT, PERSON
from cstrack.render.effects import BAD, PLAIN, clock_parts, moment_near, name_of
from cstrack.render.i18n import _, numeral
from cstrack.render.local import span
from cstrack.render.names import code_name
from cstrack.render.own_fields import changes
from cstrack.render.phrases import listed, person
from cstrack.render.remedy_phrases import of_remedies
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.record.history import Entry
    from cstrack.render.effects import Part
    from cstrack.render.local import Zone

LATER = "later"
"""The tone of what was typed in after it happened."""

TYPED_LATER_S = 60
"""From so many seconds on an entry counts as typed later: a minute is what a screen shows."""

_NAMES_WHO = (
    *("opened", "noted", "contacted", "proposed", "corrected", "escalated", "deescalated"),
    *("merged", "absorbed", "linked", "unlinked", "undone"),
    *("handover-offered", "handover-accepted"),
)
"""Events whose sentence says who it was."""

_NEW_HANDS = ("escalated", "deescalated", "reopened", "handover-accepted", "transfer-accepted")
"""Events that may change the people without saying so in their sentence."""


def remarks(entry: Entry, before: Case | None, after: Case | None, zone: Zone) -> list[Part]:
    """The remarks on one entry; without the case around it (None) only what the event itself says."""
    parts = list(_facts(entry, before, zone))
    if before is not None and after is not None and entry.event.type != "adopted":
        parts.extend(clock_parts(entry.event, before, after, zone))
        if entry.event.type in _NEW_HANDS:
            parts.extend(_new_hands(before, after))
        parts.extend(_unowned(entry.event, after))
    return [*parts, *_typed_later(entry, zone)]


def _new_hands(before: Case, after: Case) -> Iterator[Part]:
    for role, name in (("owner", _("owner")), ("handler", _("handler"))):
        old, new = getattr(before, role), getattr(after, role)
        if old != new:
            yield f"{name} {person(old)} -> {person(new)}", PLAIN


def _facts(entry: Entry, before: Case | None, zone: Zone) -> Iterator[Part]:
    event, facts = entry.event, entry.event.facts
    if event.cause == PERSON and event.type not in _NAMES_WHO:
        yield _("by {who}").format(who=safe(entry.actor)), PLAIN
    if event.type == "opened":
        yield from _opened(facts, event.words or {})
    elif event.type == "adopted":
        yield from _adopted(facts, before)
    elif event.type == "paused":
        yield _("until {moment}").format(moment=moment_near(zone, facts["until"], event.at)), PLAIN
    elif event.type == "resumed" and before is not None and before.pauses:
        yield _("{span} paused").format(span=span(event.at - before.pauses[-1].start)), PLAIN
    if event.words and event.words.get("check"):
        yield _("check: {text}").format(text=safe(event.words["check"])), PLAIN
    if facts.get("approved_by") and event.type != "extended":  # its sentence says so
        yield _("approved by {who}").format(who=safe(str(facts["approved_by"]))), PLAIN
    if facts.get("from_case") and event.type not in ("flagged", "escalated"):  # theirs say so
        yield _("from {ref}").format(ref=ref(facts["from_case"])), PLAIN
    yield from ((text, PLAIN) for text in of_remedies(event))
    if facts.get("dated"):
        yield _("the source gives no date"), PLAIN


def _unowned(event: Event, after: Case) -> Iterator[Part]:
    """That nobody was there to take it; of a case that was opened, also who it is that does."""
    if event.facts.get("unowned"):
        yield _("nobody of level {level} on duty").format(level=numeral(after.level)), BAD
    elif event.type == "opened" and after.owner != after.first_contact and after.owner:
        yield _("owner {who}").format(who=person(after.owner)), PLAIN


def _opened(facts: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[Part]:
    for listing, name in (("channels", "channel"), ("categories", "category")):
        if facts.get(name) and (facts.get("level_why") or {}).get("kind") != name:
            yield code_name(listing, facts[name]), PLAIN
    if facts.get("repeat_of"):
        yield _("repeats {ref}").format(ref=ref(facts["repeat_of"])), PLAIN
    shown = (facts.get("level_why") or {}).get("code")
    about = facts.get("against") or words.get("against")
    if about:
        yield _("complained about: {who}").format(who=code_name("departments", about)), PLAIN
    flags = [code_name("flags", flag) for flag in facts.get("flags") or () if flag != shown]
    if flags:
        yield _("flags: {flags}").format(flags=listed(flags)), PLAIN
    own = changes(facts, words)
    if own:
        yield own, PLAIN


def _adopted(facts: Mapping[str, Any], before: Case | None) -> Iterator[Part]:
    void = [change["n"] for change in facts.get("clocks") or () if change.get("verdict") == VOID]
    names = [name_of(clock) for clock in (before.clocks if before else ()) if clock.n in void]
    if names:
        yield _("over before it came here: {clocks}").format(clocks=listed(names)), PLAIN


def _typed_later(entry: Entry, zone: Zone) -> Iterator[Part]:
    event = entry.event
    if entry.recorded_at - event.at < TYPED_LATER_S:
        return
    moment = zone.moment(entry.recorded_at, event.at)
    if event.cause == PERSON:
        yield _("typed {moment}").format(moment=moment), LATER
    elif event.cause == IMPORT and event.type == "opened":
        yield _("imported {moment}").format(moment=moment), LATER
