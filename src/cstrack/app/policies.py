"""Which policy judges: the newest version that was applied, else the one that the program ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.policy import Policy, default_policy
from cstrack.record import fetch, policies

if TYPE_CHECKING:
    from cstrack.record.connect import Db
    from cstrack.record.rows import PolicyRow


def in_use(db: Db, zone: str) -> Policy:
    """The policy of a desk."""
    return kept(fetch.policy(db), zone)


def applied_by(db: Db, at: int | None) -> list[PolicyRow]:
    """The versions that the desk had applied by a moment (None: now), oldest first; the last was in use."""
    return [row for row in policies.versions(db) if at is None or row.at <= at]


def in_use_at(db: Db, zone: str, at: int) -> Policy:
    """The policy that the desk went by at a moment."""
    applied = applied_by(db, at)
    return kept(applied[-1].data if applied else None, zone)


def kept(data: str | None, zone: str) -> Policy:
    """The policy in use, from how it is kept; None is the shipped one."""
    return default_policy(zone) if data is None else Policy(policies.read(data), zone)


def named(db: Db, label: str | None, zone: str) -> Policy | None:
    """The version that a fact names, `dealer v3`; None for one that this desk never had."""
    name, _, version = (label or "").rpartition(" v")
    if not version.isdecimal():
        return None
    data = policies.applied(db, int(version))
    found = Policy(data, zone) if data is not None else default_policy(zone)
    return found if found.name == name and found.version == int(version) else None
