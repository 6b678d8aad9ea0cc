"""`cstrack help`: a command's page, or a table that belongs to no single command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.cli.edge import Edge
from cstrack.cli.tree import tree
from cstrack.cli.verbs import Group
from cstrack.domain.choices import near
from cstrack.domain.errors import Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cstrack.cli.verbs import Verb

TABLES = ("exit-codes", "times", "levels", "environment")


def help_(
    edge: Edge,
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar="TOPIC", help=_("A command, or exit-codes, times, levels, environment.")),
    ] = None,
) -> None:
    """Explain a command or a topic; without one, list the commands."""
    words = topic or []
    name = " ".join(words)
    if name in TABLES:
        _table(edge, name)
    elif name not in _names():
        raise Usage("topic-unknown", topic=name, near=near(name, topics()))
    elif edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.bare_list(_objects(words)))
    else:
        from cstrack.cli.main import run

        run([*words, "-h"])


def topics() -> tuple[str, ...]:
    """What can be explained: the tables, and every command and group at the top."""
    return (*TABLES, *tree())


def _table(edge: Edge, name: str) -> None:
    from cstrack.render import topics as tables

    rows = tables.rows(name, edge.policy)
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.bare_list({"schema": 1, **row} for row in rows))
    elif sys.stdout.isatty():
        sys.stdout.write(tables.screen(rows, edge.look))
    else:
        from cstrack.render.plain import tsv

        sys.stdout.write(tsv(rows, list(rows[0])))


def _names() -> set[str]:
    """The words that name the root, a group or a command."""
    return {" ".join(path[:count]) for path, _verb in _leaves(tree(), ()) for count in range(len(path) + 1)}


def _objects(words: list[str]) -> Iterator[dict[str, Any]]:
    """The commands whose first words are these."""
    for path, verb in _leaves(tree(), ()):
        if path[: len(words)] == tuple(words):
            yield {"schema": 1, "command": " ".join(path), "summary": verb.summary, "example": verb.example}


def _leaves(
    verbs: Mapping[str, Verb | Group], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Verb]]:
    for name, entry in verbs.items():
        if isinstance(entry, Group):
            yield from _leaves(entry.verbs, (*path, name))
        else:
            yield (*path, name), entry
