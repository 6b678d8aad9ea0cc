"""What is set up and edited: stores, staff, the roster. Rare commands write it; reading is record/."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from cstrack.store import columns


class Store(SQLModel, table=True):
    """One store of the desk."""

    __tablename__ = "store"
    code: str = Field(sa_column=columns.text(primary_key=True))
    name: str = Field(sa_column=columns.text())


class Staff(SQLModel, table=True):
    """One person of the desk. A handle stands in histories, so the row stays when the person leaves.

    `teams` and `logins` are joined by commas; `on_duty` is what the person said last, and since when.
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("level >= 1", name="ck_staff_level"),
        CheckConstraint("on_duty IN (0, 1)", name="ck_staff_on_duty"),
    )
    handle: str = Field(sa_column=columns.text(primary_key=True))
    name: str = Field(sa_column=columns.text())
    mail: str | None = Field(sa_column=columns.text_or_null())
    level: int = Field(sa_column=columns.number())
    store: str | None = Field(sa_column=Column(Text(), ForeignKey("store.code"), nullable=True))
    teams: str = Field(sa_column=columns.text())
    supervisor: str | None = Field(sa_column=columns.text_or_null())
    deputy: str | None = Field(sa_column=columns.text_or_null())
    zone: str | None = Field(sa_column=columns.text_or_null())
    hours: str | None = Field(sa_column=columns.text_or_null())
    logins: str = Field(sa_column=columns.text())
    on_duty: int = Field(sa_column=columns.number())
    duty_since: int = Field(sa_column=columns.number())
    away_from: int | None = Field(sa_column=columns.number_or_null())
    away_until: int | None = Field(sa_column=columns.number_or_null())
    left_at: int | None = Field(sa_column=columns.number_or_null())


class Shift(SQLModel, table=True):
    """When a person is on duty, or on call, by the roster."""

    __tablename__ = "shift"
    __table_args__ = (
        Index("ix_shift_end", "end_at"),
        CheckConstraint(columns.one_of("kind", ("duty", "on-call")), name="ck_shift_kind"),
        CheckConstraint("start_at < end_at", name="ck_shift_order"),
    )
    handle: str = Field(
        sa_column=Column(Text(), ForeignKey("staff.handle"), primary_key=True, nullable=False)
    )
    kind: str = Field(sa_column=columns.text(primary_key=True))
    start_at: int = Field(sa_column=columns.number(primary_key=True, autoincrement=False))
    end_at: int = Field(sa_column=columns.number())
