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
    from cstrack.store.policies.checked import Checked

_VERSION = re.compile(r"v([1-9][0-9]{0,8})")


def read(file: str) -> Made:
    """The policy of a file, checked whole; `-` is standard input. BadInput names every fault by its place."""
    from cstrack.store.policies import checked

    return _loose(checked.check(taken(file, checked.LARGEST + 1), file))


def preset(name: str) -> Made:
    """A policy that comes with the program."""
    from cstrack.store.policies import checked, presets

    return _loose(checked.check(presets.preset(name), name))


def _loose(found: Checked) -> Made:
    """A policy that is no version of a desk: it has the number 0."""
    from cstrack.app.applying import Made

    return Made({**found.mapping, "version": 0}, found.text)


def version(edge: Edge, number: int | None) -> Made:
    """A version of this desk (None: the one in use now, or at --at); NotFound where it never had it."""
    from cstrack.app.applying import Made
    from cstrack.app.policies import applied_by
    from cstrack.record import policies

    with edge.reading() as db:
        rows = applied_by(db, None if number else edge.at) if db else []
    wanted = number or (rows[-1].version if rows else policies.SHIPPED)
    row = next((one for one in rows if one.version == wanted), None)
    if row is not None:
        return Made(policies.read(row.data), row.text)
    if wanted != policies.SHIPPED:
        raise NotFound("no-such-policy", version=f"v{wanted}")
    from cstrack.store.policies.presets import DEFAULT

    shipped = preset(DEFAULT)
    return Made({**shipped.data, "version": policies.SHIPPED}, shipped.text)


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
    """The policy as the rules see it."""
    from cstrack.domain.policy import Policy

    return Policy(made.data, edge.zone)
