"""Taking back what one ordered last: an entry on every history that it wrote to, and folded anew.

Nothing is deleted and nothing is turned round: the entry names what it takes back, and whoever reads the
history from then on leaves that out. It is possible as long as nothing has followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app.road import Outcome, Rehearsed, as_person, desk_for_writing, retried
from cstrack.domain.errors import Refused
from cstrack.domain.events import CASE, CUSTOMER, event
from cstrack.domain.evolve import fold
from cstrack.domain.standing import UNDONE
from cstrack.record import codec, ledger, sql
from cstrack.record.rows import EventRow, InvocationRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.app.road import Desk, Road
    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.record.connect import Db

    Name = tuple[str, int]
    """A stream: its kind and its number."""


class TakenBack(NamedTuple):
    """What an order had written on one history; `before` and `after` are the case, where it is one."""

    stream: ledger.Stream
    entries: list[Event]
    undone: Event
    before: Case | None
    after: Case | None

    @property
    def kind(self) -> str:
        """What the history is of: a case, a customer, ..."""
        return self.stream.kind

    @property
    def number(self) -> int:
        """The number of that."""
        return self.stream.number

    @property
    def is_there(self) -> bool:
        """Whether anything of it is left; of what was opened or registered by that order, nothing is."""
        return self.undone.seq > len(self.entries) + 1


class Undone(NamedTuple):
    """What was undone, by its run. `written` is False where it was only looked at."""

    run: InvocationRow
    taken_back: list[TakenBack]
    actor: str
    zone: str
    written: bool = True

    @property
    def outcomes(self) -> list[Outcome]:
        """What it did to each case."""
        return [
            Outcome(one.before, one.after, [one.undone], self.zone)
            for one in self.cases
            if one.after is not None
        ]

    @property
    def cases(self) -> list[TakenBack]:
        """The cases among what was taken back."""
        return [one for one in self.taken_back if one.kind == CASE]


def undo(road: Road, *, dry_run: bool = False, most: int | None = None, only: str | None = None) -> Undone:
    """Take back the last order of whoever acts, as of now.

    Nothing is written where it was about more than `most` cases, so that somebody can be asked first;
    `only` is the run that was looked at then.
    """
    with desk_for_writing(road, create=False) as desk:
        if desk is None:
            raise Refused("undo-nothing", who=road.run.actor)
        found: list[Undone] = []

        def once(now: Desk) -> list[Outcome]:
            found[:] = [_looked_at(road, now, only)]
            told = found[0]
            if dry_run or (most is not None and len(told.cases) > most):
                found[:] = [told._replace(written=False)]
                raise Rehearsed([])
            _write(as_person(road, now), now, told)
            return []

        retried(desk, once)
        return found[0]


def _looked_at(road: Road, desk: Desk, only: str | None) -> Undone:
    """The last order of whoever acts, with all that it wrote; Refused where it cannot be taken back."""
    db, actor = desk.db, as_person(road, desk).run.actor
    invocation = _own_last(db, actor, road.run.login)
    if only not in (None, invocation):
        raise Refused("undo-overtaken", who=actor)
    written: dict[Name, list[int]] = {}
    for kind, number, seq in db.execute(sql.WRITTEN_BY, (invocation,)):
        written.setdefault((kind, number), []).append(seq)
    for kind in sorted({kind for kind, _number in written}):
        ledger.queue_up(db, kind, [number for other, number in written if other == kind])
    run = InvocationRow(*db.execute(sql.INVOCATION, (invocation,)).fetchone())
    if db.execute(sql.APPLIED_SINCE, (invocation,)).fetchone()[0]:
        raise Refused("undo-policy-applied", at=run.at)
    told = [_taken_back(db, name, seqs, run, road) for name, seqs in written.items()]
    _guard_used(db, told)
    return Undone(run, told, actor, desk.zone)


def _own_last(db: Db, actor: str, login: str) -> str:
    """The run of the last order of this person; what an undo took back is typed in again, not redone."""
    row = db.execute(sql.OWN_LAST, (actor, login)).fetchone()
    if row is None:
        raise Refused("undo-nothing", who=actor)
    invocation, type_ = row
    if type_ == UNDONE:
        raise Refused("undo-undone", who=actor)
    return str(invocation)


def _taken_back(db: Db, name: Name, seqs: list[int], run: InvocationRow, road: Road) -> TakenBack:
    kind, number = name
    stream = ledger.load(db, kind, number)
    events = stream.events
    if events[-1].seq != seqs[-1]:
        raise _followed(db, name, seqs[-1])
    entry = event(kind, UNDONE, road.run.recorded_at, invocation=run.id, seqs=seqs)
    entry = entry._replace(seq=len(events) + 1)
    before = after = None
    if kind == CASE:
        before, after = fold(number, events), fold(number, [*events, entry])
    return TakenBack(stream, [one for one in events if one.seq in seqs], entry, before, after)


def _followed(db: Db, name: Name, last: int) -> Refused:
    """Who did what when, after the entry that was to be taken back."""
    rows = map(EventRow._make, db.execute(sql.HISTORY, name))
    later = next(row for row in rows if row.seq > last)
    code = "undo-followed" if later.stream_kind == CASE else "undo-followed-record"
    return Refused(
        code,
        number=later.stream_no,
        record=later.stream_kind,
        seq=later.seq,
        own=last,
        who=later.actor,
        followed_at=later.recorded_at,
        what=later.type,
        entry=codec.to_event(later),
    )


def _guard_used(db: Db, told: Sequence[TakenBack]) -> None:
    """No other case is about a customer who would not be there any more."""
    going = [one.number for one in told if one.kind == CASE and not one.is_there]
    for one in told:
        if one.kind == CUSTOMER and not one.is_there:
            rows = db.execute(sql.CASES_OF_CUSTOMER, (one.number,))
            used = next((row[0] for row in rows if row[0] not in going), None)
            if used is not None:
                own = next(iter(going), used)
                raise Refused("undo-customer-used", number=used, customer=one.number, own=own)


def _write(road: Road, desk: Desk, told: Undone) -> None:
    appends = [ledger.Append(one.stream, [one.undone], one.before, one.after) for one in told.taken_back]
    ledger.append(desk.db, road.run, ledger.begin(desk.db, road.run), appends)
