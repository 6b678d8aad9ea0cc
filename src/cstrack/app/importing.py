"""Complaints from a file: each through the rules of opening and ending a case, a batch a transaction.

A row is known by its reference, so an import that was stopped is completed by running it again.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import taking
from cstrack.app.presets.rows import Note, Reject
from cstrack.app.road import desk_for_writing, desk_of, is_current
from cstrack.domain.decide.draft import Context
from cstrack.domain.errors import Busy, CstrackError, Refused
from cstrack.domain.events import CASE, IMPORT, PRODUCT
from cstrack.domain.policy import default_policy
from cstrack.record import fetch, ledger
from cstrack.record.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from cstrack.app.presets.rows import ImportRow
    from cstrack.app.road import Road
    from cstrack.app.taking import Taken
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db
    from cstrack.record.ledger import Run

    Row = ImportRow | Reject

PRESETS = ("cfpb", "nhtsa")
BATCH = 500
"""Rows a transaction: each one waits for the disk, and between two of them others can write."""

SHOWN = 5
"""Lines named of each kind of note; --json has all."""


class Order(NamedTuple):
    """Whose file it is, the zone its dates are of, and whether the rules run over what is past."""

    preset: str
    zone: str
    live: bool = False


class Noted(NamedTuple):
    """Something to tell about a row that was taken, or that stands above in the same file."""

    line: int
    note: Note


class Part(NamedTuple):
    """What became of some rows. `first` and `last` are the numbers of the cases opened, if any were."""

    rows: int
    opened: int
    known: int
    rejects: list[Reject]
    notes: list[Noted]
    first: int | None = None
    last: int | None = None


class Tally:
    """The sum of the parts. Rows themselves are kept only if `keep` says so: a file may have any number."""

    __slots__ = (
        "first",
        "keep",
        "kinds",
        "known",
        "last",
        "notes",
        "opened",
        "preset",
        "rejected",
        "rejects",
        "rows",
    )

    def __init__(self, preset: str, *, keep: bool) -> None:
        self.preset, self.keep = preset, keep
        self.rows = self.opened = self.known = self.rejected = 0
        self.first: int | None = None
        self.last: int | None = None
        self.kinds: dict[tuple[str, str], tuple[int, list[int]]] = {}
        self.rejects: list[Reject] = []
        self.notes: list[Noted] = []

    def add(self, part: Part) -> None:
        """Count a part; of each kind of note (code, column) the first lines are remembered."""
        self.rows += part.rows
        self.opened += part.opened
        self.known += part.known
        self.rejected += len(part.rejects)
        self.first = part.first if self.first is None else self.first
        self.last = part.last or self.last
        for line, note in part.notes:
            count, lines = self.kinds.get((note.code, note.column), (0, []))
            self.kinds[note.code, note.column] = (count + 1, lines if count >= SHOWN else [*lines, line])
        if self.keep:
            self.rejects += part.rejects
            self.notes += part.notes


def read(order: Order, stream: BinaryIO) -> Iterator[Row]:
    """The rows of an open file; BadInput where it is not what the preset says."""
    if order.preset == "cfpb":
        from cstrack.app.presets import cfpb

        return cfpb.read(stream, zone=order.zone)
    from cstrack.app.presets import nhtsa

    return nhtsa.read(stream, zone=order.zone)


def load(road: Road, order: Order, rows: Iterable[Row]) -> Iterator[Part]:
    """Take the rows, as of the road's `at`; what a part tells is in the record when it comes."""
    _guard_moment(road)
    with desk_for_writing(road, create=True) as desk:
        if desk is None:
            raise CstrackError("database-unreachable", path=road.url, reason="")
        invocation = None
        for batch in _judged(rows, order, _context(road, order, desk.policy), desk.db):
            first = None
            if batch.taken:
                with desk.db.transaction():
                    ledger.judge(desk.db)
                    if not is_current(desk):
                        raise Busy("policy-applied-meanwhile")
                    _drop_known(desk.db, batch)
                    if batch.taken:
                        invocation = invocation or ledger.begin(desk.db, road.run)
                        first = _write(desk.db, road.run, invocation, batch.taken)
            yield batch.part(first)


def rehearse(db: Db | None, road: Road, order: Order, rows: Iterable[Row]) -> Iterator[Part]:
    """What `load` would do, judged against the desk as it is; nothing is written."""
    _guard_moment(road)
    policy = desk_of(db).policy if db else default_policy(order.zone)
    for batch in _judged(rows, order, _context(road, order, policy), db):
        yield batch.part()


def _guard_moment(road: Road) -> None:
    if road.at > road.run.recorded_at:
        raise Refused("time-in-future", at=road.at, now=road.run.recorded_at)


def _context(road: Road, order: Order, policy: Policy) -> Context:
    """The circumstances of every row: `now` is the moment at which the desk takes the complaints over."""
    return Context(road.at, road.at, road.run.actor, policy, order.zone, IMPORT)


class _Batch:
    """Some rows after the rules: those to be taken, and what is said of the others."""

    __slots__ = ("known", "rejects", "repeats", "rows", "taken")

    def __init__(self, rows: int) -> None:
        self.rows, self.known = rows, 0
        self.taken: list[Taken] = []
        self.rejects: list[Reject] = []
        self.repeats: list[Noted] = []

    def part(self, first: int | None = None) -> Part:
        notes = [Noted(one.row.line, note) for one in self.taken for note in one.notes]
        opened = len(self.taken)
        last = None if first is None else first + opened - 1
        return Part(self.rows, opened, self.known, self.rejects, sorted(notes + self.repeats), first, last)


def _judged(rows: Iterable[Row], order: Order, context: Context, db: Db | None) -> Iterator[_Batch]:
    seen = Seen()
    source = iter(rows)
    while read := list(islice(source, BATCH)):
        batch = _Batch(len(read))
        refs = [row.ref for row in read if not isinstance(row, Reject)]
        known = fetch.known_sources(db, refs) if db else set()
        for row in read:
            if isinstance(row, Reject):
                batch.rejects.append(row)
                continue
            content = blake2b(repr(row[1:-1]).encode(), digest_size=16).digest()
            above = seen.remember(row.ref, row.line, content)
            if above:
                _repeated(row.line, batch, above[0], same=above[1] == content)
            elif row.ref in known:
                batch.known += 1
            elif not _taken(row, batch, order, context):
                seen.forget(row.ref)
        yield batch


def _taken(row: ImportRow, batch: _Batch, order: Order, context: Context) -> bool:
    try:
        batch.taken.append(taking.take(row, context, preset=order.preset, live=order.live))
    except Refused as refusal:
        batch.rejects.append(Reject(row.line, refusal.code, refusal.facts))
        return False
    return True


def _repeated(line: int, batch: _Batch, above: int, *, same: bool) -> None:
    """The same reference again: the same row twice is taken once, another one is nobody's to choose from."""
    if same:
        batch.known += 1
        batch.repeats.append(Noted(line, Note("repeated", "", str(above))))
    else:
        batch.rejects.append(Reject(line, "repeated-differs", {"first": above}))


def _drop_known(db: Db, batch: _Batch) -> None:
    """Leave out what another import has taken meanwhile; from here on none can."""
    ledger.take_numbers(db, CASE, 0)  # its counter stays locked until this transaction ends
    known = fetch.known_sources(db, [one.row.ref for one in batch.taken])
    batch.known += len(known)
    batch.taken[:] = [one for one in batch.taken if one.row.ref not in known]


def _write(db: Db, run: Run, invocation: str, taken: list[Taken]) -> int:
    """Number the rows in their order and append them; the first case's number."""
    first = ledger.take_numbers(db, CASE, len(taken))
    products = [one.row.ref for one in taken if one.has_product]
    numbers: dict[str, int] = {}
    if products:
        fresh = ledger.take_numbers(db, PRODUCT, len(products))
        numbers = {ref: number for number, ref in enumerate(products, fresh)}
    streams = [
        stream
        for number, one in enumerate(taken, first)
        for stream in taking.appends(one, number, numbers.get(one.row.ref))
    ]
    ledger.append(db, run, invocation, streams)
    return first
