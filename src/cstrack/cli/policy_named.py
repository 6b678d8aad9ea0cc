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
    """A version of this desk (None: the one in use); NotFound where it never had it."""
    from cstrack.app.applying import Made
    from cstrack.record import policies

    with edge.reading() as db:
        wanted = number or (policies.newest(db) if db else policies.SHIPPED)
        row = policies.version(db, wanted) if db else None
    if row is not None:
        from json import loads

        return Made(loads(row.data), row.text)
    if wanted != policies.SHIPPED:
        raise NotFound("no-such-policy", version=f"v{wanted}")
    from cstrack.store.policies.presets import DEFAULT

    shipped = preset(DEFAULT)
    return Made({**shipped.data, "version": policies.SHIPPED}, shipped.text)


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
