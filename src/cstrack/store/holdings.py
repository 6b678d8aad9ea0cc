"""What hangs on cases beside their clocks, and groups of them: shadows of events, like store/tables.py."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from cstrack.store import columns

REMEDY_STATES = ("asked", "granted", "rejected", "paid", "withdrawn")
ASKED = text("state = 'asked'")


class Remedy(SQLModel, table=True):
    """One row a remedy that was asked for or granted; amounts in minor units of the desk's currency."""

    __tablename__ = "remedy"
    __table_args__ = (
        Index("ix_remedy_case", "case_number"),
        Index("ix_remedy_customer", "customer_number", "settled_at"),
        Index("ix_remedy_asked", "needs", "asked_at", sqlite_where=ASKED, postgresql_where=ASKED),
        CheckConstraint(columns.one_of("state", REMEDY_STATES), name="ck_remedy_state"),
        CheckConstraint("amount >= 0", name="ck_remedy_amount"),
    )
    number: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    case_number: int = Field(
        sa_column=Column(columns.int_(), ForeignKey("case_current.number"), nullable=False)
    )
    customer_number: int | None = Field(sa_column=columns.number_or_null())
    code: str = Field(sa_column=columns.text())
    amount: int = Field(sa_column=columns.number())
    liability: int = Field(sa_column=columns.number())
    needs: int = Field(sa_column=columns.number())
    state: str = Field(sa_column=columns.text())
    asked_by: str = Field(sa_column=columns.text())
    asked_at: int = Field(sa_column=columns.number())
    settled_by: str | None = Field(sa_column=columns.text_or_null())
    settled_at: int | None = Field(sa_column=columns.number_or_null())
    paid_at: int | None = Field(sa_column=columns.number_or_null())


class GroupCurrent(SQLModel, table=True):
    """One row a group of complaints; a case says which group it is in."""

    __tablename__ = "group_current"
    number: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    seq: int = Field(sa_column=columns.number())
    name: str | None = Field(sa_column=columns.text_or_null())
    statement: str | None = Field(sa_column=columns.text_or_null())
    lead: int = Field(sa_column=columns.number())
    made_at: int = Field(sa_column=columns.number())


class OwnField(SQLModel, table=True):
    """One value of a field that the desk added to cases, customers or products; null once it is erased."""

    __tablename__ = "own_field"
    __table_args__ = (
        Index("ix_own_field_value", "name", "kind", "value", "number"),
        CheckConstraint(columns.one_of("kind", ("case", "customer", "product")), name="ck_own_field_kind"),
    )
    kind: str = Field(sa_column=columns.text(primary_key=True))
    number: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    name: str = Field(sa_column=columns.text(primary_key=True))
    value: str | None = Field(sa_column=columns.text_or_null())


class Attachment(SQLModel, table=True):
    """One row a file that was put to a case; its bytes are found by their digest."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_digest", "digest"),)
    case_number: int = Field(sa_column=columns.part_of("case_current.number"))
    n: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    name: str | None = Field(sa_column=columns.text_or_null())
    size: int = Field(sa_column=columns.number())
    digest: str = Field(sa_column=columns.text())


class Blob(SQLModel, table=True):
    """The bytes of attachments on PostgreSQL, where every machine sees them; beside SQLite they are files."""

    __tablename__ = "blob"
    digest: str = Field(sa_column=columns.text(primary_key=True))
    data: bytes = Field(sa_column=Column(LargeBinary(), nullable=False))
