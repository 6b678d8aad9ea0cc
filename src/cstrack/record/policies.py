"""Policy versions as they were applied. The newest is in use; where there is none, the shipped one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.record import codec, sql
from cstrack.record.rows import PolicyRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.record.connect import Db

SHIPPED = 1
"""The version of the policy that is in use before any other was applied."""


def applied(db: Db, number: int) -> dict[str, Any] | None:
    """What the rules read of one version, or None where it has no row."""
    row = version(db, number)
    return None if row is None else read(row.data)


def version(db: Db, number: int) -> PolicyRow | None:
    """One version as it was applied, or None."""
    row = db.execute(sql.POLICY, (number,)).fetchone()
    return None if row is None else PolicyRow(*row)


def newest(db: Db) -> int:
    """The number of the version in use."""
    return db.execute(sql.POLICY_VERSION).fetchone()[0] or SHIPPED


def versions(db: Db) -> list[PolicyRow]:
    """Every version that was applied, oldest first."""
    return [PolicyRow(*row) for row in db.execute(sql.POLICIES)]


def digest(version: int, name: str, data: str, text: str) -> str:
    """What the event of an application holds, so that a changed row shows."""
    return codec.digest(codec.to_text([version, name, data, text])) or ""


def add(db: Db, row: PolicyRow) -> None:
    """Keep a new version; call it inside the transaction that writes its event."""
    db.execute(sql.INSERT_POLICY, row)


def written(data: Mapping[str, Any]) -> str:
    """How it is kept: clocks and codes in the order of the file, which is the order that people see."""
    from json import dumps

    return dumps(data, ensure_ascii=False, separators=(",", ":"))


def read(data: str) -> dict[str, Any]:
    """What the rules read, from how it is kept."""
    from json import loads

    found: dict[str, Any] = loads(data)
    return found
