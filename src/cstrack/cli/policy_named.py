"""A policy as it is named on the command line: a file, a version of this desk, or one that comes along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cstrack.cli.texts import taken
from cstrack.domain.errors import NotFound

if TYPE_CHECKING:
    from cstrack.app.applying import Made
    from cstrack.cli.edge import Edge
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db
    from cstrack.record.rows import PolicyRow

_VERSION = re.compile(r"v([1-9][0-9]{0,8})")


def read(file: str) -> Made:
    """The policy of a file, checked whole; `-` is standard input. BadInput names every fault by its place."""
    from cstrack.app.applying import Made
    from cstrack.store.policies import checked

    return Made(*checked.check(taken(file, checked.LARGEST + 1), file))


def preset(name: str) -> Made:
    """A policy that comes with the program."""
    from cstrack.app.applying import Made
    from cstrack.store.policies import checked, presets

    return Made(*checked.check(presets.preset(name), name))


def version(edge: Edge, number: int | None) -> Made:
    """A version of this desk (None: the one in use now, or at --at); NotFound where it never had it."""
    from cstrack.app.applying import Made
    from cstrack.record import policies

    with edge.reading() as db:
        wanted = number or _in_use(edge, db)
        row = policies.version(db, wanted) if db else None
    if row is not None:
        from json import loads

        return Made(loads(row.data), row.text)
    if wanted != policies.SHIPPED:
        raise NotFound("no-such-policy", version=f"v{wanted}")
    from cstrack.store.policies.presets import DEFAULT

    shipped = preset(DEFAULT)
    return Made({**shipped.data, "version": policies.SHIPPED}, shipped.text)


def applied(edge: Edge, db: Db) -> list[PolicyRow]:
    """The versions that the desk has applied, oldest first; with --at those it had by then."""
    from cstrack.record import policies

    return [row for row in policies.versions(db) if edge.at is None or row.at <= edge.at]


def _in_use(edge: Edge, db: Db | None) -> int:
    from cstrack.record import policies

    if db is not None and edge.at is None:
        return policies.newest(db)
    known = applied(edge, db) if db else []
    return known[-1].version if known else policies.SHIPPED


def followed(edge: Edge) -> Policy:
    """The policy in use as the rules see it, now or at --at."""
    return edge.policy if edge.at is None else policy_of(edge, version(edge, None))


def named(edge: Edge, word: str) -> Made:
    """What a word names: `v2` a version, `fca` one that comes along, anything else a file."""
    found = _VERSION.fullmatch(word)
    if found:
        return version(edge, int(found.group(1)))
    from cstrack.store.policies import presets

    return preset(word) if word in presets.names() else read(word)


def policy_of(edge: Edge, made: Made) -> Policy:
    """The policy as the rules see it; one that was never applied has the version 0."""
    from cstrack.domain.policy import Policy

    return Policy({"version": 0, **made.data}, edge.zone)
