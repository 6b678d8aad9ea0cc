"""The record: streams, events, chain, current rows and clocks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("status NOT IN ('closed', 'merged')")
HAS_DUE = sa.text("next_due IS NOT NULL")
WAITS = sa.text("paused_until IS NOT NULL")
RUNS = sa.text("stopped_at IS NULL")
STEPS = sa.text("kind = 'level' AND stopped_at IS NULL AND breached_at IS NULL")

KEPT = (
    "id", "stream_kind", "stream_no", "seq", "type", "version", "at", "recorded_at", "actor", "login",
    "actor_level", "cause", "invocation", "source", "facts", "words_digest", "prev_hash", "hash",
)  # fmt: skip
"""What an erasure must leave as it is: every column but the words."""

SQLITE_GUARDS = (
    """CREATE TRIGGER event_kept BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER event_once BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR (
        stream_kind = NEW.stream_kind AND stream_no = NEW.stream_no AND seq = NEW.seq))
    BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END""",
    f"""CREATE TRIGGER event_unchanged BEFORE UPDATE ON event
    WHEN NOT (NEW.words IS NULL AND {" AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)})
    BEGIN SELECT RAISE(ABORT, 'events are never changed; only their words can be erased'); END""",
    """CREATE TRIGGER invocation_kept BEFORE DELETE ON invocation
    BEGIN SELECT RAISE(ABORT, 'invocations are never deleted'); END""",
    """CREATE TRIGGER invocation_once BEFORE INSERT ON invocation
    WHEN EXISTS (SELECT 1 FROM invocation WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'invocations are never replaced'); END""",
    """CREATE TRIGGER invocation_unchanged BEFORE UPDATE ON invocation
    BEGIN SELECT RAISE(ABORT, 'invocations are never changed'); END""",
)

POSTGRES_GUARDS = (
    """CREATE FUNCTION event_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        OLD.words := NULL;
        IF NEW IS DISTINCT FROM OLD THEN
            RAISE EXCEPTION 'events are never changed; only their words can be erased';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE FUNCTION record_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$""",
    "CREATE TRIGGER event_unchanged BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_unchanged()",
    "CREATE TRIGGER event_kept BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION record_kept()",
    "CREATE TRIGGER event_whole BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION record_kept()",
    """CREATE TRIGGER invocation_kept BEFORE UPDATE OR DELETE ON invocation
    FOR EACH ROW EXECUTE FUNCTION record_kept()""",
    """CREATE TRIGGER invocation_whole BEFORE TRUNCATE ON invocation
    FOR EACH STATEMENT EXECUTE FUNCTION record_kept()""",
)


def upgrade() -> None:
    """Make every table, then what keeps events append-only."""
    op.create_table(
        "case_current",
        sa.Column("number", INT, autoincrement=False, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("level", INT, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("handler", sa.Text(), nullable=True),
        sa.Column("first_contact", sa.Text(), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("customer_number", INT, nullable=True),
        sa.Column("product_number", INT, nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("crisis", INT, nullable=False),
        sa.Column("opened_at", INT, nullable=False),
        sa.Column("agreed_at", INT, nullable=True),
        sa.Column("resolved_at", INT, nullable=True),
        sa.Column("closed_at", INT, nullable=True),
        sa.Column("changed_at", INT, nullable=False),
        sa.Column("paused_until", INT, nullable=True),
        sa.Column("cycle", INT, nullable=False),
        sa.Column("policy", sa.Text(), nullable=True),
        sa.Column("next_due", INT, nullable=True),
        sa.Column("next_clock", sa.Text(), nullable=True),
        sa.Column("next_limit", sa.Text(), nullable=True),
        sa.Column("next_name", sa.Text(), nullable=True),
        sa.Column("dues", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('open', 'waiting', 'agreed', 'resolved', 'closed', 'merged')", name="ck_case_status"
        ),
        sa.CheckConstraint("(next_due IS NULL) = (next_clock IS NULL)", name="ck_case_next"),
        sa.CheckConstraint("crisis IN (0, 1)", name="ck_case_crisis"),
        sa.CheckConstraint("level >= 1", name="ck_case_level"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_case_customer", "case_current", ["customer_number", "category"], unique=False)
    op.create_index(
        "ix_case_due",
        "case_current",
        ["crisis", "next_due"],
        unique=False,
        sqlite_where=HAS_DUE,
        postgresql_where=HAS_DUE,
    )
    op.create_index(
        "ix_case_live",
        "case_current",
        ["crisis", "next_due", "number"],
        unique=False,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index(
        "ix_case_paused",
        "case_current",
        ["paused_until"],
        unique=False,
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )
    op.create_index("uq_case_source", "case_current", ["source"], unique=True)
    op.create_table(
        "counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last", INT, nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.create_table(
        "customer_current",
        sa.Column("number", INT, autoincrement=False, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phones", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "desk",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "event",
        sa.Column("id", INT, autoincrement=True, nullable=False),
        sa.Column("stream_kind", sa.Text(), nullable=False),
        sa.Column("stream_no", INT, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("version", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("recorded_at", INT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("actor_level", INT, nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("invocation", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("words_digest", sa.Text(), nullable=True),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("cause IN ('person', 'rule', 'import')", name="ck_event_cause"),
        sa.CheckConstraint("seq >= 1", name="ck_event_seq"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stream_kind", "stream_no", "seq", name="uq_event_stream"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_at", "event", ["at"], unique=False)
    op.create_table(
        "invocation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", INT, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stream_kind", sa.Text(), nullable=False),
        sa.Column("stream_no", INT, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "product_current",
        sa.Column("number", INT, autoincrement=False, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("make", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("vin", sa.Text(), nullable=True),
        sa.Column("customer_number", INT, nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "clock",
        sa.Column("case_number", INT, autoincrement=False, nullable=False),
        sa.Column("n", INT, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("cycle", INT, nullable=False),
        sa.Column("level", INT, nullable=False),
        sa.Column("limit_text", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("started_at", INT, nullable=False),
        sa.Column("due_at", INT, nullable=False),
        sa.Column("paused_at", INT, nullable=True),
        sa.Column("paused_until", INT, nullable=True),
        sa.Column("stopped_at", INT, nullable=True),
        sa.Column("breached_at", INT, nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "verdict IS NULL OR verdict IN ('met', 'breached', 'passed', 'void')", name="ck_clock_verdict"
        ),
        sa.CheckConstraint("(paused_at IS NULL) = (paused_until IS NULL)", name="ck_clock_paused"),
        sa.CheckConstraint("(stopped_at IS NULL) = (verdict IS NULL)", name="ck_clock_stopped"),
        sa.ForeignKeyConstraint(["case_number"], ["case_current.number"]),
        sa.PrimaryKeyConstraint("case_number", "n"),
    )
    op.create_index(
        "ix_clock_due", "clock", ["due_at", "kind"], unique=False, sqlite_where=RUNS, postgresql_where=RUNS
    )
    op.create_index(
        "ix_clock_step", "clock", ["due_at"], unique=False, sqlite_where=STEPS, postgresql_where=STEPS
    )
    op.create_table(
        "customer_key",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("customer_number", INT, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["customer_number"], ["customer_current.number"]),
        sa.PrimaryKeyConstraint("kind", "value", "customer_number"),
    )
    for guard in SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRES_GUARDS:
        op.execute(sa.text(guard.replace(":=", "\\:=")))
