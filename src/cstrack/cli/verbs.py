"""What a row of the command tree is."""

from __future__ import annotations

from typing import NamedTuple


class Verb(NamedTuple):
    """One command: `module:function` under cstrack.cli, a one-line summary, an example."""

    target: str
    summary: str
    example: str


class Group(NamedTuple):
    """A noun with commands of its own; `alone` is the one that is meant where none is named."""

    summary: str
    verbs: dict[str, Verb]
    alone: str = ""
