"""The one truth of the schema. These classes declare tables; they never leave this room.

Numbers and times are BIGINT on PostgreSQL (a plain int ends in 2038) and INTEGER on SQLite (where
only that autoincrements). Times are whole seconds since 1970 UTC. Bodies are TEXT, never JSONB,
which would reorder what the hashes are over. Events have no foreign keys and no cascades.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cstrack.store import columns

STATUSES = ("open", "waiting", "agreed", "resolved", "closed", "merged")
VERDICTS = ("met", "breached", "passed", "void")
LIVE = text("status NOT IN ('closed', 'merged')")
HAS_DUE = text("next_due IS NOT NULL")
WAITS = text("paused_until IS NOT NULL")
HANDED = text("handed_to IS NOT NULL")
SENT = text("sent_to IS NOT NULL")
UNOWNED = text("unowned_since IS NOT NULL")
GROUPED = text("group_number IS NOT NULL")
RUNS = text("stopped_at IS NULL")
BY_PERSON = text("cause = 'person'")
NOT_IMPORTED = text("cause <> 'import'")
STEPS = text("kind = 'level' AND stopped_at IS NULL AND breached_at IS NULL")


class Desk(SQLModel, table=True):
    """What the desk is: its time zone and currency, set when the database is made."""

    __tablename__ = "desk"
    key: str = Field(sa_column=columns.text(primary_key=True))
    value: str = Field(sa_column=columns.text())


class PolicyVersion(SQLModel, table=True):
    """A policy as it was applied: never edited. `data` is what the rules read, `text` the file.

    The policy that the program ships is version 1 and has no row.
    """

    __tablename__ = "policy"
    version: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    name: str = Field(sa_column=columns.text())
    data: str = Field(sa_column=columns.text())
    text: str = Field(sa_column=columns.text())
    digest: str = Field(sa_column=columns.text())
    at: int = Field(sa_column=columns.number())
    actor: str = Field(sa_column=columns.text())
    reason: str | None = Field(sa_column=columns.text_or_null())


class Counter(SQLModel, table=True):
    """The last number given out of a kind; numbers are permanent and never reused."""

    __tablename__ = "counter"
    kind: str = Field(sa_column=columns.text(primary_key=True))
    last: int = Field(sa_column=columns.number())


class Invocation(SQLModel, table=True):
    """One run of the program that wrote; its id is a hash over the row."""

    __tablename__ = "invocation"
    id: str = Field(sa_column=columns.text(primary_key=True))
    at: int = Field(sa_column=columns.number())
    login: str = Field(sa_column=columns.text())
    host: str = Field(sa_column=columns.text())
    program: str = Field(sa_column=columns.text())
    verb: str = Field(sa_column=columns.text())
    nonce: str = Field(sa_column=columns.text())


class Event(SQLModel, table=True):
    """A fact of a stream, chained to the one before it. Append-only by triggers; never rebuilt."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("stream_kind", "stream_no", "seq", name="uq_event_stream"),
        Index("ix_event_at", "at"),
        Index("ix_event_own", "actor", "login", "id", sqlite_where=BY_PERSON, postgresql_where=BY_PERSON),
        Index("ix_event_run", "invocation", sqlite_where=NOT_IMPORTED, postgresql_where=NOT_IMPORTED),
        CheckConstraint("seq >= 1", name="ck_event_seq"),
        CheckConstraint(columns.one_of("cause", ("person", "rule", "import")), name="ck_event_cause"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=columns.number(primary_key=True, autoincrement=True))
    stream_kind: str = Field(sa_column=columns.text())
    stream_no: int = Field(sa_column=columns.number())
    seq: int = Field(sa_column=columns.number())
    type: str = Field(sa_column=columns.text())
    version: int = Field(sa_column=columns.number())
    at: int = Field(sa_column=columns.number())
    recorded_at: int = Field(sa_column=columns.number())
    actor: str = Field(sa_column=columns.text())
    login: str = Field(sa_column=columns.text())
    actor_level: int | None = Field(sa_column=columns.number_or_null())
    cause: str = Field(sa_column=columns.text())
    invocation: str = Field(sa_column=columns.text())
    source: str | None = Field(sa_column=columns.text_or_null())
    facts: str = Field(sa_column=columns.text())
    words: str | None = Field(sa_column=columns.text_or_null())
    words_digest: str | None = Field(sa_column=columns.text_or_null())
    prev_hash: str = Field(sa_column=columns.text())
    hash: str = Field(sa_column=columns.text())


class Outbox(SQLModel, table=True):
    """A thin line for the sender: somebody must be told of this event; who, is worked out when sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_event", "stream_kind", "stream_no", "seq"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=columns.number(primary_key=True, autoincrement=True))
    kind: str = Field(sa_column=columns.text())
    stream_kind: str = Field(sa_column=columns.text())
    stream_no: int = Field(sa_column=columns.number())
    seq: int = Field(sa_column=columns.number())
    at: int = Field(sa_column=columns.number())


class CaseCurrent(SQLModel, table=True):
    """One row a case, shaped for lists: what its events amount to now."""

    __tablename__ = "case_current"
    __table_args__ = (
        Index("ix_case_due", "crisis", "next_due", sqlite_where=HAS_DUE, postgresql_where=HAS_DUE),
        Index("ix_case_live", "crisis", "next_due", "number", sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_case_customer", "customer_number", "category"),
        Index("ix_case_paused", "paused_until", sqlite_where=WAITS, postgresql_where=WAITS),
        Index("uq_case_source", "source", unique=True),
        Index("ix_case_opened", "opened_at", sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_case_owner", "owner", sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_case_handler", "handler", sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_case_handed", "handed_to", sqlite_where=HANDED, postgresql_where=HANDED),
        Index("ix_case_sent", "sent_to", sqlite_where=SENT, postgresql_where=SENT),
        Index("ix_case_unowned", "level", "unowned_since", sqlite_where=UNOWNED, postgresql_where=UNOWNED),
        Index("ix_case_group", "group_number", sqlite_where=GROUPED, postgresql_where=GROUPED),
        CheckConstraint(columns.one_of("status", STATUSES), name="ck_case_status"),
        CheckConstraint("level >= 1", name="ck_case_level"),
        CheckConstraint("crisis IN (0, 1)", name="ck_case_crisis"),
        CheckConstraint("(next_due IS NULL) = (next_clock IS NULL)", name="ck_case_next"),
    )
    number: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    seq: int = Field(sa_column=columns.number())
    kind: str = Field(sa_column=columns.text())
    subject: str | None = Field(sa_column=columns.text_or_null())
    status: str = Field(sa_column=columns.text())
    outcome: str | None = Field(sa_column=columns.text_or_null())
    level: int = Field(sa_column=columns.number())
    owner: str | None = Field(sa_column=columns.text_or_null())
    handler: str | None = Field(sa_column=columns.text_or_null())
    first_contact: str | None = Field(sa_column=columns.text_or_null())
    customer: str | None = Field(sa_column=columns.text_or_null())
    customer_number: int | None = Field(sa_column=columns.number_or_null())
    product_number: int | None = Field(sa_column=columns.number_or_null())
    category: str | None = Field(sa_column=columns.text_or_null())
    channel: str | None = Field(sa_column=columns.text_or_null())
    flags: str = Field(sa_column=columns.text())
    crisis: int = Field(sa_column=columns.number())
    opened_at: int = Field(sa_column=columns.number())
    agreed_at: int | None = Field(sa_column=columns.number_or_null())
    resolved_at: int | None = Field(sa_column=columns.number_or_null())
    closed_at: int | None = Field(sa_column=columns.number_or_null())
    changed_at: int = Field(sa_column=columns.number())
    paused_until: int | None = Field(sa_column=columns.number_or_null())
    cycle: int = Field(sa_column=columns.number())
    policy: str | None = Field(sa_column=columns.text_or_null())
    next_due: int | None = Field(sa_column=columns.number_or_null())
    next_clock: str | None = Field(sa_column=columns.text_or_null())
    next_limit: str | None = Field(sa_column=columns.text_or_null())
    next_name: str | None = Field(sa_column=columns.text_or_null())
    next_provisional: int = Field(sa_column=columns.number(server_default="0"))
    dues: str = Field(sa_column=columns.text())
    source: str | None = Field(sa_column=columns.text_or_null())
    store: str | None = Field(sa_column=columns.text_or_null())
    against: str | None = Field(sa_column=columns.text_or_null())
    handed_to: str | None = Field(sa_column=columns.text_or_null())
    sent_to: str | None = Field(sa_column=columns.text_or_null())
    stage: str | None = Field(sa_column=columns.text_or_null())
    unowned_since: int | None = Field(sa_column=columns.number_or_null())
    merged_into: int | None = Field(sa_column=columns.number_or_null())
    group_number: int | None = Field(sa_column=columns.number_or_null())


class ClockTable(SQLModel, table=True):
    """One row a clock: the limit it was judged by, and how it ended."""

    __tablename__ = "clock"
    __table_args__ = (
        Index("ix_clock_due", "due_at", "kind", sqlite_where=RUNS, postgresql_where=RUNS),
        Index("ix_clock_step", "due_at", sqlite_where=STEPS, postgresql_where=STEPS),
        CheckConstraint("verdict IS NULL OR " + columns.one_of("verdict", VERDICTS), name="ck_clock_verdict"),
        CheckConstraint("(stopped_at IS NULL) = (verdict IS NULL)", name="ck_clock_stopped"),
        CheckConstraint("(paused_at IS NULL) = (paused_until IS NULL)", name="ck_clock_paused"),
    )
    case_number: int = Field(sa_column=columns.part_of("case_current.number"))
    n: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    kind: str = Field(sa_column=columns.text())
    name: str | None = Field(sa_column=columns.text_or_null())
    cycle: int = Field(sa_column=columns.number())
    level: int = Field(sa_column=columns.number())
    limit_text: str = Field(sa_column=columns.text())
    calendar: str = Field(sa_column=columns.text())
    started_at: int = Field(sa_column=columns.number())
    due_at: int = Field(sa_column=columns.number())
    paused_at: int | None = Field(sa_column=columns.number_or_null())
    paused_until: int | None = Field(sa_column=columns.number_or_null())
    stopped_at: int | None = Field(sa_column=columns.number_or_null())
    breached_at: int | None = Field(sa_column=columns.number_or_null())
    verdict: str | None = Field(sa_column=columns.text_or_null())
    informs: int = Field(sa_column=columns.number(server_default="0"))
    provisional: int = Field(sa_column=columns.number(server_default="0"))


class CustomerCurrent(SQLModel, table=True):
    """One row a customer."""

    __tablename__ = "customer_current"
    number: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    seq: int = Field(sa_column=columns.number())
    name: str | None = Field(sa_column=columns.text_or_null())
    phones: str | None = Field(sa_column=columns.text_or_null())


class CustomerKey(SQLModel, table=True):
    """What finds a customer: a phone number, later a plate or a VIN; never a name."""

    __tablename__ = "customer_key"
    kind: str = Field(sa_column=columns.text(primary_key=True))
    value: str = Field(sa_column=columns.text(primary_key=True))
    customer_number: int = Field(sa_column=columns.part_of("customer_current.number"))


class ProductCurrent(SQLModel, table=True):
    """One row a product of a customer."""

    __tablename__ = "product_current"
    number: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    seq: int = Field(sa_column=columns.number())
    kind: str | None = Field(sa_column=columns.text_or_null())
    make: str | None = Field(sa_column=columns.text_or_null())
    model: str | None = Field(sa_column=columns.text_or_null())
    year: str | None = Field(sa_column=columns.text_or_null())
    vin: str | None = Field(sa_column=columns.text_or_null())
    customer_number: int | None = Field(sa_column=columns.number_or_null())
