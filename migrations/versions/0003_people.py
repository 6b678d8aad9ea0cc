"""People, decisions and promises: staff, stores, rosters, remedies, groups, own fields, attachments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("status NOT IN ('closed', 'merged')")
HANDED = sa.text("handed_to IS NOT NULL")
SENT = sa.text("sent_to IS NOT NULL")
UNOWNED = sa.text("unowned_since IS NOT NULL")
ASKED = sa.text("state = 'asked'")


def upgrade() -> None:
    """Columns are added in place: a rebuild of a table would take its triggers away."""
    _registers()
    _cases()
    _events()
    op.create_table(
        "remedy",
        sa.Column("number", INT, autoincrement=False, nullable=False),
        sa.Column("case_number", INT, nullable=False),
        sa.Column("customer_number", INT, nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("amount", INT, nullable=False),
        sa.Column("liability", INT, nullable=False),
        sa.Column("needs", INT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", INT, nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", INT, nullable=True),
        sa.Column("paid_at", INT, nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'rejected', 'paid', 'withdrawn')", name="ck_remedy_state"
        ),
        sa.CheckConstraint("amount >= 0", name="ck_remedy_amount"),
        sa.ForeignKeyConstraint(["case_number"], ["case_current.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_remedy_case", "remedy", ["case_number"], unique=False)
    op.create_index("ix_remedy_customer", "remedy", ["customer_number", "settled_at"], unique=False)
    op.create_index(
        "ix_remedy_asked",
        "remedy",
        ["needs", "asked_at"],
        unique=False,
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )
    op.create_table(
        "group_current",
        sa.Column("number", INT, autoincrement=False, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("lead", INT, nullable=False),
        sa.Column("made_at", INT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "own_field",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", INT, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('case', 'customer', 'product')", name="ck_own_field_kind"),
        sa.PrimaryKeyConstraint("kind", "number", "name"),
    )
    op.create_index("ix_own_field_value", "own_field", ["name", "kind", "value", "number"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("case_number", INT, autoincrement=False, nullable=False),
        sa.Column("n", INT, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("size", INT, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["case_current.number"]),
        sa.PrimaryKeyConstraint("case_number", "n"),
    )
    op.create_index("ix_attachment_digest", "attachment", ["digest"], unique=False)
    op.create_table(
        "blob",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def _registers() -> None:
    op.create_table(
        "store",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "staff",
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.Column("level", INT, nullable=False),
        sa.Column("store", sa.Text(), nullable=True),
        sa.Column("teams", sa.Text(), nullable=False),
        sa.Column("supervisor", sa.Text(), nullable=True),
        sa.Column("deputy", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("logins", sa.Text(), nullable=False),
        sa.Column("on_duty", INT, nullable=False),
        sa.Column("duty_since", INT, nullable=False),
        sa.Column("away_from", INT, nullable=True),
        sa.Column("away_until", INT, nullable=True),
        sa.Column("left_at", INT, nullable=True),
        sa.CheckConstraint("level >= 1", name="ck_staff_level"),
        sa.CheckConstraint("on_duty IN (0, 1)", name="ck_staff_on_duty"),
        sa.ForeignKeyConstraint(["store"], ["store.code"]),
        sa.PrimaryKeyConstraint("handle"),
    )
    op.create_table(
        "shift",
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start_at", INT, autoincrement=False, nullable=False),
        sa.Column("end_at", INT, nullable=False),
        sa.CheckConstraint("kind IN ('duty', 'on-call')", name="ck_shift_kind"),
        sa.CheckConstraint("start_at < end_at", name="ck_shift_order"),
        sa.ForeignKeyConstraint(["handle"], ["staff.handle"]),
        sa.PrimaryKeyConstraint("handle", "kind", "start_at"),
    )
    op.create_index("ix_shift_end", "shift", ["end_at"], unique=False)


def _events() -> None:
    """What `undo` asks: the last run of a person, what a run wrote, who was to be told of it."""
    person, not_imported = sa.text("cause = 'person'"), sa.text("cause <> 'import'")
    op.create_index(
        "ix_event_own",
        "event",
        ["actor", "login", "id"],
        unique=False,
        sqlite_where=person,
        postgresql_where=person,
    )
    op.create_index(
        "ix_event_run",
        "event",
        ["invocation"],
        unique=False,
        sqlite_where=not_imported,
        postgresql_where=not_imported,
    )
    op.create_index("ix_outbox_event", "outbox", ["stream_kind", "stream_no", "seq"], unique=False)


def _cases() -> None:
    for name in ("store", "against", "handed_to", "sent_to", "stage"):
        op.add_column("case_current", sa.Column(name, sa.Text(), nullable=True))
    for name in ("unowned_since", "merged_into", "group_number"):
        op.add_column("case_current", sa.Column(name, INT, nullable=True))
    for name, columns, where in (
        ("ix_case_opened", ["opened_at"], LIVE),
        ("ix_case_owner", ["owner"], LIVE),
        ("ix_case_handler", ["handler"], LIVE),
        ("ix_case_handed", ["handed_to"], HANDED),
        ("ix_case_sent", ["sent_to"], SENT),
        ("ix_case_unowned", ["level", "unowned_since"], UNOWNED),
        ("ix_case_group", ["group_number"], sa.text("group_number IS NOT NULL")),
    ):
        op.create_index(
            name, "case_current", columns, unique=False, sqlite_where=where, postgresql_where=where
        )
