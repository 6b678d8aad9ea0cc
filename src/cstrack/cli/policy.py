"""`cstrack policy`: look at policies, check one, compare two."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli import policy_named
from cstrack.cli.edge import Edge
from cstrack.domain.errors import Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.applying import Made

File = Annotated[str, typer.Argument(metavar="FILE", help=_("A policy file; - is standard input."))]
Preset = Annotated[
    str | None, typer.Option("--preset", metavar="NAME", help=_("One that comes with the program."))
]
Version = Annotated[
    int | None, typer.Option("--version", metavar="N", min=1, help=_("A version of this desk."))
]


def list_(
    edge: Edge,
    presets: Annotated[
        bool, typer.Option("--presets", help=_("Those that come with the program instead."))
    ] = False,
) -> None:
    """List the versions of this desk, oldest first; the last one is in use."""
    from cstrack.render import policy_list as render

    if presets:
        from cstrack.store.policies import presets as shipped

        rows = [shipped.hints(name) for name in shipped.names()]
    else:
        from cstrack.app.policies import applied_by

        with edge.reading() as db:
            applied = applied_by(db, edge.at) if db else []
        rows = render.versions(applied)
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.bare_list({"schema": 1, **row} for row in render.json_rows(rows)))
    elif sys.stdout.isatty():
        screen = render.presets_screen if presets else render.versions_screen
        sys.stdout.write(screen(rows, edge.now, edge.zone, edge.look))
    else:
        sys.stdout.write(render.plain(rows, edge.zone))


def show(edge: Edge, preset: Preset = None, version: Version = None) -> None:
    """Show the policy in use, or another."""
    made = _one(edge, preset, version)
    policy = policy_named.policy_of(edge, made)
    from cstrack.render import policy as render

    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one(render.policy_object(policy)))
    else:
        sys.stdout.write(render.screen(policy, edge.look) if sys.stdout.isatty() else render.plain(policy))


def check(edge: Edge, file: File) -> None:
    """Check a policy file; every fault is named by its place."""
    made = policy_named.read(file)
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one({"schema": 1, "policy": made.data["name"], "problems": []}))
    elif not edge.quiet:
        from cstrack.render.fold import paragraph
        from cstrack.render.safe import safe

        path = _("standard input") if file == "-" else safe(file)
        counted = {"levels": len(made.data["levels"]), "clocks": len(made.data["clocks"])}
        words = (
            _("{path} is a sound policy: 1 level, {clocks} clocks")
            if counted["levels"] == 1
            else _("{path} is a sound policy: {levels} levels, {clocks} clocks")
        )
        text = words.format(path=path, **counted)
        sys.stdout.write(paragraph(text, edge.look))


def diff(
    edge: Edge,
    one: Annotated[str, typer.Argument(metavar="FILE", help=_("A file, a version as v2, or a preset."))],
    other: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help=_("What to compare it with; without it, the policy in use.")),
    ] = None,
) -> None:
    """Compare a policy with the one in use, or two."""
    from cstrack.domain.policy_diff import differences
    from cstrack.render import policy_diff as render
    from cstrack.render.policy_words import with_sums

    first = policy_named.version(edge, None) if other is None else policy_named.named(edge, one)
    second = policy_named.named(edge, one if other is None else other)
    found = differences(with_sums(first.data), with_sums(second.data))
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.bare_list({"schema": 1, **row} for row in render.objects(found)))
    else:
        sys.stdout.write(render.lines(found, edge.look) if sys.stdout.isatty() else render.plain(found))


def export(edge: Edge, preset: Preset = None, version: Version = None) -> None:
    """Print the text of the policy in use, or of another, to change it and apply it."""
    sys.stdout.write(_one(edge, preset, version).text)


def _one(edge: Edge, preset: str | None, version: int | None) -> Made:
    if preset is not None and version is not None:
        raise Usage("options-conflict", options=["--preset", "--version"])
    return policy_named.preset(preset) if preset is not None else policy_named.version(edge, version)
