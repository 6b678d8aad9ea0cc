"""`cstrack policy apply`: the desk follows another policy from now on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli import policy_named
from cstrack.cli.edge import Edge
from cstrack.cli.policy import Preset
from cstrack.cli.texts import Message, typed
from cstrack.domain.decide.following import POLICY
from cstrack.domain.errors import Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.applying import Made

DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", help=_("Say which due times would move, and write nothing."))
]


def apply(
    edge: Edge,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help=_("A policy file; - is standard input."))
    ] = None,
    preset: Preset = None,
    dry_run: DryRun = False,
    message: Message = None,
) -> None:
    """Apply a policy; clocks that run move by an entry on each case's timeline."""
    guard_now(edge)
    if (file is None) == (preset is None):
        raise Usage("policy-one-source")
    made = policy_named.read(file) if file is not None else policy_named.preset(preset or "")
    carry_out(edge, made, why=POLICY, text=typed(message, None), dry_run=dry_run)


def guard_now(edge: Edge) -> None:
    """A policy counts from now on: Usage `policy-not-at` where another time is given."""
    if edge.options.get("at"):
        raise Usage("policy-not-at")


def carry_out(
    edge: Edge, made: Made, *, why: str, text: str | None, dry_run: bool, onto: int | None = None
) -> None:
    """Apply what was read, and say what moved; `onto` is the version that it was made from."""
    from cstrack.app import applying
    from cstrack.render import applied as render
    from cstrack.render import names

    before = edge.policy
    names.use(lambda: before)  # what moves is called as it was called until now
    done = applying.apply(edge.road, made, why=why, text=text, dry_run=dry_run, onto=onto)
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one(render.applied_object(done, dry_run=dry_run)))
    elif sys.stdout.isatty():
        sys.stdout.write(render.screen(done, edge.now, edge.zone, edge.look, dry_run=dry_run))
    else:
        sys.stdout.write(render.plain(done, edge.zone))
        if not edge.quiet:
            sys.stderr.write(render.summary(done, edge.now, dry_run=dry_run) + "\n")
