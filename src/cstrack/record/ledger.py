"""Histories in and out: load one, append events, current rows and outbox lines in one transaction."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.customer import fold_customer, fold_product
from cstrack.domain.errors import CstrackError
from cstrack.domain.events import CASE, CUSTOMER, GROUP, NOTICES, PERSON, PRODUCT, SYSTEM, Event
from cstrack.record import codec, project, sql
from cstrack.record.connect import POSTGRES
from cstrack.record.fetch import batches
from cstrack.record.rows import EventRow, InvocationRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cstrack.domain.case import Case
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
    """The shadow of the events: rows of customers, products, groups, cases, clocks."""
    names: dict[int, str | None] = {}
    products = []
    for one in ordered:
        history = (*one.stream.events, *one.events)
        if one.stream.kind == CUSTOMER:
            customer = fold_customer(one.stream.number, history)
            names[customer.number] = customer.name
            db.execute(sql.UPSERT_CUSTOMER, project.customer_row(customer))
            db.execute(sql.DROP_KEYS, (customer.number,))
            db.many(sql.INSERT_KEY, project.customer_keys(customer))
        elif one.stream.kind == PRODUCT:
            products.append(project.product_row(fold_product(one.stream.number, history)))
        elif one.stream.kind == GROUP:
            from cstrack.domain.group import fold_group

            db.execute(sql.UPSERT_GROUP, project.group_row(fold_group(one.stream.number, history)))
    if products:
        db.many(sql.UPSERT_PRODUCT, products)
    new = [one for one in ordered if one.before is None]
    changed = [one for one in ordered if one.before is not None]
    _write_cases(db, sql.INSERT_CASE, sql.INSERT_CLOCK, new, names)
    _write_cases(db, sql.UPSERT_CASE, sql.UPSERT_CLOCK, changed, names)


def _write_cases(
    db: Db, case_sql: str, clock_sql: str, appends: Sequence[Append], names: dict[int, str | None]
) -> None:
    cases, rows = [], []
    for one in appends:
        after = one.after
        if after is None:
            continue
        customer = after.customer_number
        if customer is not None and customer not in names:
            found = db.execute(sql.CUSTOMER, (customer,)).fetchone()
            names[customer] = found[2] if found else None
        name = None if customer is None else names[customer]
        cases.append(project.case_row(after, name, one.source or one.stream.source))
        known = set(one.before.clocks) if one.before else set()
        rows += [project.clock_row(after.number, clock) for clock in after.clocks if clock not in known]
    if cases:
        db.many(case_sql, cases)
        db.many(clock_sql, rows)
