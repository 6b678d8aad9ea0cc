"""Policies: versions that are never edited; clocks that inform only, or rest on an unconfirmed calendar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_GUARDS = (
    """CREATE TRIGGER policy_kept BEFORE DELETE ON policy
    BEGIN SELECT RAISE(ABORT, 'policies are never deleted'); END""",
    """CREATE TRIGGER policy_once BEFORE INSERT ON policy
    WHEN EXISTS (SELECT 1 FROM policy WHERE version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'policies are never replaced'); END""",
    """CREATE TRIGGER policy_unchanged BEFORE UPDATE ON policy
    BEGIN SELECT RAISE(ABORT, 'policies are never changed'); END""",
)
POSTGRES_GUARDS = (
    """CREATE TRIGGER policy_kept BEFORE UPDATE OR DELETE ON policy
    FOR EACH ROW EXECUTE FUNCTION record_kept()""",
    """CREATE TRIGGER policy_whole BEFORE TRUNCATE ON policy
    FOR EACH STATEMENT EXECUTE FUNCTION record_kept()""",
)


def upgrade() -> None:
    """Columns are added in place: a rebuild of a table would take its triggers away."""
    op.create_table(
        "policy",
        sa.Column("version", INT, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("version"),
    )
    op.add_column("clock", sa.Column("informs", INT, nullable=False, server_default="0"))
    op.add_column("clock", sa.Column("provisional", INT, nullable=False, server_default="0"))
    op.add_column("case_current", sa.Column("next_provisional", INT, nullable=False, server_default="0"))
    # the policy that the program ships is version 1
    op.execute("INSERT INTO counter (kind, last) VALUES ('policy', 1)")
    op.execute("UPDATE clock SET informs = 1 WHERE kind = 'total'")
    for guard in SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRES_GUARDS:
        op.execute(guard)
