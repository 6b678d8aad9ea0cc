"""What stands on a timeline: the events of a case, and the instants at which its clocks ran out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.case import Case
from cstrack.domain.events import CASE, GLOSSARY
from cstrack.domain.evolve import evolve, fold
from cstrack.domain.standing import UNDONE
from cstrack.render.effects import BAD, GOOD, PLAIN, name_of
from cstrack.render.i18n import _
from cstrack.render.local import limit_words
from cstrack.render.phrases import listed, summary
from cstrack.render.remarks import remarks
from cstrack.render.safe import safe_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event
    from cstrack.record.history import Entry
    from cstrack.render.effects import Part
    from cstrack.render.local import Zone

UP, DOWN, PAUSED, RESUMED = "^", "v", "=", ">"
_MOVES = {"escalated": UP, "deescalated": DOWN, "paused": PAUSED, "resumed": RESUMED}
_ENDS = ("agreed", "resolved", "closed")


class Item(NamedTuple):
    """One entry of a timeline. `seq` is 0 for the breach of a clock, which no event records.

    `ran_out` says that a limit was used up here, `move` (^ v = >) that the level changed or a pause
    began or ended; `words` are safe lines as people said them; `undone` that it was taken back.
    """

    at: int
    seq: int
    text: str
    tone: str = PLAIN
    ran_out: bool = False
    move: str = ""
    parts: Sequence[Part] = ()
    words: Sequence[str] = ()
    erased: bool = False
    undone: bool = False


def items(entries: Sequence[Entry], clocks: Sequence[Clock], now: int, zone: Zone) -> list[Item]:
    """All of a timeline, in order of `at`, ties by seq, with the breaches of its clocks up to `now`."""
    found = [
        _item(entry, before, sentence, after, zone) for entry, before, sentence, after in told(entries, zone)
    ]
    found.extend(_breaches(entries, clocks, now))
    return sorted(found, key=lambda item: (item.at, item.seq))


def told(entries: Sequence[Entry], zone: Zone) -> Iterator[tuple[Entry, Case | None, str, Case | None]]:
    """Each entry in order of seq, with the case before it, its sentence and the case after it.

    Behind an event that this program does not know, the case is not known either: None. What was undone
    says so, and behind the undo the case is what it would have been without.
    """
    after: Case | None = Case(0)
    for place, entry in enumerate(entries, 1):
        before, event = after, entry.event
        if before is None or event.type not in GLOSSARY[CASE]:
            after = None
        elif event.type == UNDONE:
            after = fold(0, (one.event for one in entries[:place]))
        else:
            after = evolve(before, event)
        sentence = summary(event, zone, actor=entry.actor, before=before)
        yield entry, before, _("{what} (undone)").format(what=sentence) if entry.undone else sentence, after


def spoken(event: Event) -> list[str]:
    """What a person said or wrote, in safe lines; nothing where nothing was said or it is erased."""
    words = event.words or {}
    text = words.get("text", words.get("name"))
    return safe_lines(text.strip("\n")) if isinstance(text, str) and text.strip() else []


def _ended(entry: Entry) -> bool:
    """Whether it ends something for good: not one that was undone, nor an agreement for now only."""
    event = entry.event
    return event.type in _ENDS and not entry.undone and not event.facts.get("interim")


def _item(entry: Entry, before: Case | None, sentence: str, after: Case | None, zone: Zone) -> Item:
    event = entry.event
    ran_out = event.type == "limit-passed" or event.facts.get("why") == "time-limit"
    ran_out = ran_out and not entry.undone
    return Item(
        event.at,
        event.seq,
        sentence,
        BAD if ran_out else GOOD if _ended(entry) else PLAIN,
        ran_out,
        "" if entry.undone else _MOVES.get(event.type, ""),
        remarks(entry, before, after, zone),
        spoken(event),
        entry.erased,
        entry.undone,
    )


def _breaches(entries: Sequence[Entry], clocks: Sequence[Clock], now: int) -> Iterator[Item]:
    """The instants at which clocks ran out; those due at one instant are one entry."""
    standing = [entry.event for entry in entries if not entry.undone]
    said = {(event.at, change["n"]) for event in standing for change in event.facts.get("clocks") or ()}
    late = [(at, clock) for clock in clocks if (at := clock.breach(now)) is not None]
    late = sorted((pair for pair in late if (pair[0], pair[1].n) not in said), key=lambda p: (p[0], p[1].n))
    for at, pairs in groupby(late, key=lambda pair: pair[0]):
        together = [clock for _at, clock in pairs]
        limits = [limit_words(clock.limit) for clock in together if clock.limit]
        names = listed(map(name_of, together))
        if len(set(limits)) > 1:
            limited = [clock for clock in together if clock.limit]
            limits = [f"{name_of(clock)} {limit}" for clock, limit in zip(limited, limits, strict=True)]
        used = [(_("{used} used").format(used=listed(dict.fromkeys(limits))), PLAIN)] if limits else []
        yield Item(at, 0, _("{clocks} ran out").format(clocks=names), BAD, ran_out=True, parts=used)
