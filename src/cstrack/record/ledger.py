"""Histories in and out: load one, append events, current rows and outbox lines in one transaction."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.customer import fold_customer, fold_product
from cstrack.domain.errors import CstrackError
from cstrack.domain.events import CASE, CUSTOMER, GROUP, NOTICES, PERSON, PRODUCT, SYSTEM, Event
from cstrack.domain.standing import gone, is_there
from cstrack.record import codec, project, shadow, sql
from cstrack.record.connect import POSTGRES
from cstrack.record.fetch import batches
from cstrack.record.rows import EventRow, InvocationRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.own_fields import Values
    from cstrack.record.connect import Db


class Run(NamedTuple):
    """One run of the program: who typed, where, when, with what; `entropy` gives salts and ids.

    `named` says that the actor was named, and is not just the login; `level` is the actor's, once known.
    """

    actor: str
    login: str
    host: str
    program: str
    verb: str
    recorded_at: int
    entropy: Callable[[int], bytes]
    named: bool = True
    level: int | None = None


class Stream(NamedTuple):
    """A loaded history: its events, and what the next one is chained to."""

    kind: str
    number: int
    events: tuple[Event, ...] = ()
    head: str = codec.GENESIS
    source: str | None = None


class Append(NamedTuple):
    """New events of one stream, with its state before and after them where it is a case."""

    stream: Stream
    events: Sequence[Event]
    before: Case | None = None
    after: Case | None = None
    source: str | None = None


def queue_up(db: Db, kind: str, numbers: Iterable[int]) -> None:
    """Wait for whoever is writing to these streams, in order of number, until this transaction ends.

    Without it one of many writers on a PostgreSQL stream loses every race; SQLite has one queue for all.
    """
    if db.kind == POSTGRES:
        db.many(sql.QUEUE_UP, [(kind, number) for number in sorted(set(numbers))])


def load(db: Db, kind: str, number: int) -> Stream:
    """The whole history of a stream, empty where there is none; CstrackError when its chain is broken.

    The chain is checked each time: nothing is built upon a history that was tampered with.
    """
    return _stream(kind, number, [EventRow(*row) for row in db.execute(sql.HISTORY, (kind, number))])


def _stream(kind: str, number: int, rows: list[EventRow]) -> Stream:
    bad = codec.broken_at(rows)
    if bad:
        raise CstrackError("chain-broken", kind=kind, number=number, seq=bad.seq)
    if not rows:
        return Stream(kind, number)
    return Stream(kind, number, tuple(map(codec.to_event, rows)), rows[-1].hash, rows[0].source)


def load_many(db: Db, kind: str, numbers: Sequence[int]) -> Iterator[Stream]:
    """The histories of several streams, in order of number; CstrackError at the first broken chain."""
    for asked in batches(sorted(numbers)):
        rows = map(EventRow._make, db.execute(sql.HISTORIES_OF, (kind, *asked)))
        for number, history in groupby(rows, key=lambda row: row.stream_no):
            yield _stream(kind, number, list(history))


def judge(db: Db, *, anew: bool = False) -> None:
    """Let no policy be applied until this transaction ends; with `anew`, let nothing be judged.

    SQLite lets one transaction write at a time, so it needs nothing more.
    """
    if db.kind == POSTGRES:
        db.execute(sql.JUDGE_ANEW if anew else sql.JUDGE)


def take_numbers(db: Db, kind: str, count: int = 1) -> int:
    """The first of `count` fresh numbers of a kind; they are permanent and never reused."""
    last: int = db.execute(sql.TAKE_NUMBERS, (kind, count)).fetchone()[0]
    return last - count + 1


def begin(db: Db, run: Run) -> str:
    """Record that this run writes; the id that its events carry."""
    nonce = run.entropy(16).hex()
    bound = (run.recorded_at, run.login, run.host, run.program, run.verb, nonce)
    made = codec.invocation_id(*bound)
    db.execute(sql.INSERT_INVOCATION, InvocationRow(made, *bound))
    return made


def append(db: Db, run: Run, invocation: str, appends: Sequence[Append]) -> None:
    """Write all of it, streams in sorted order; call it inside `db.transaction()`.

    A lost race shows as the driver's IntegrityError on (stream, seq): reload and decide again.
    """
    ordered = sorted(appends, key=lambda a: (a.stream.kind, a.stream.number))
    db.many(sql.INSERT_EVENT, [row for one in ordered for row in _event_rows(run, invocation, one)])
    notices = [
        (NOTICES[e.type], one.stream.kind, one.stream.number, e.seq, e.at)
        for one in ordered
        for e in one.events
        if one.stream.kind == CASE and e.type in NOTICES
    ]
    if notices:
        db.many(sql.INSERT_OUTBOX, notices)
    taken_back = [
        (one.stream.kind, one.stream.number, seq) for one in ordered for seq in sorted(gone(one.events))
    ]
    if taken_back:
        db.many(sql.WITHDRAW, taken_back)
    _write_current(db, ordered)


def _event_rows(run: Run, invocation: str, one: Append) -> list[tuple[Any, ...]]:
    rows = []
    head = one.stream.head
    for event in one.events:
        words = codec.words_text(event.words, run.entropy(16)) if event.words else None
        unsealed = (
            one.stream.kind,
            one.stream.number,
            event.seq,
            event.type,
            codec.VERSION,
            event.at,
            run.recorded_at,
            run.actor if event.cause == PERSON else SYSTEM,
            run.login,
            run.level if event.cause == PERSON else None,
            event.cause,
            invocation,
            one.source if event.seq == 1 else None,
            codec.to_text(event.facts),
            words,
            codec.digest(words),
            head,
        )
        head = codec.event_hash((*unsealed, None))
        rows.append((*unsealed, head))
    return rows


def _write_current(db: Db, ordered: Sequence[Append]) -> None:
    """The shadow of the events: rows of customers, products, groups, cases, and of what cases hold."""
    names: dict[int, str | None] = {}
    products = []
    for one in ordered:
        history = (*one.stream.events, *one.events)
        if one.stream.kind == CUSTOMER:
            names[one.stream.number] = _write_customer(db, one, history)
        elif one.stream.kind == PRODUCT:
            products += _write_product(db, one, history)
        elif one.stream.kind == GROUP:
            _write_group(db, one.stream.number, history)
    if products:
        db.many(sql.UPSERT_PRODUCT, products)
    new = [one for one in ordered if one.before is None]
    changed = [one for one in ordered if one.before is not None]
    _write_cases(db, new, names, new=True)
    _write_cases(db, changed, names, new=False)


def _write_customer(db: Db, one: Append, history: Sequence[Event]) -> str | None:
    """Write what finds a customer; the name. Whose registration was undone is found no more."""
    number = one.stream.number
    before, customer = fold_customer(number, one.stream.events), fold_customer(number, history)
    there = is_there(history)
    if there:
        db.execute(sql.UPSERT_CUSTOMER, project.customer_row(customer))
    db.execute(sql.DROP_KEYS, (number,))
    if there:
        db.many(sql.INSERT_KEY, project.customer_keys(customer))
    else:
        db.execute(sql.DROP_CUSTOMER, (number,))
    _write_fields(db, one, before.fields, customer.fields)
    return customer.name


def _write_product(db: Db, one: Append, history: Sequence[Event]) -> list[tuple[Any, ...]]:
    """The row of a product; none of one whose registration was undone, which is deleted."""
    number = one.stream.number
    before, product = fold_product(number, one.stream.events), fold_product(number, history)
    _write_fields(db, one, before.fields, product.fields)
    if is_there(history):
        return [project.product_row(product)]
    db.execute(sql.DROP_PRODUCT, (number,))
    return []


def _write_group(db: Db, number: int, history: Sequence[Event]) -> None:
    """Write the row of a group, or delete that of one whose forming was undone."""
    from cstrack.domain.group import fold_group

    if is_there(history):
        db.execute(sql.UPSERT_GROUP, project.group_row(fold_group(number, history)))
    else:
        db.execute(sql.DROP_GROUP, (number,))


def _write_cases(db: Db, appends: Sequence[Append], names: dict[int, str | None], *, new: bool) -> None:
    """Write the rows that changed and delete those of what is no longer there, children first."""
    kept, dropped, pairs = [], [], []
    for one in appends:
        after = one.after
        if after is None:
            continue
        pairs.append((one.before, after))
        _write_fields(db, one, one.before.fields if one.before else (), after.fields)
        if not after.exists:
            dropped.append((after.number,))
            continue
        customer = after.customer_number
        if customer is not None and customer not in names:
            found = db.execute(sql.CUSTOMER, (customer,)).fetchone()
            names[customer] = found[2] if found else None
        name = None if customer is None else names[customer]
        kept.append(project.case_row(after, name, one.source or one.stream.source))
    if kept:
        db.many(sql.INSERT_CASE if new else sql.UPSERT_CASE, kept)
    for change in shadow.changes(pairs):
        if change.kept:
            db.many(change.part.add if new else change.part.keep, change.kept)
        if change.dropped:
            db.many(change.part.drop, change.dropped)
    if dropped:
        db.many(sql.DROP_CASE, dropped)


def _write_fields(db: Db, one: Append, before: Values, after: Values) -> None:
    """The fields of the desk's own, where they are others than before."""
    if after != before:
        kind, number = one.stream.kind, one.stream.number
        db.execute(sql.DROP_FIELDS, (kind, number))
        db.many(sql.INSERT_FIELD, project.field_rows(kind, number, after))
