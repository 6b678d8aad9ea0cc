"""`cstrack completion`: the completion script of a shell, made from the command tree."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.cli.edge import Edge
from cstrack.domain.choices import chosen
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.render.completions import Argument, Command, Option, Values


LISTS = {
    "--kind": "kinds",
    "--channel": "channels",
    "--category": "categories",
    "--flag": "flags",
    "--outcome": "outcomes",
    "--waiting-for": "waits",
}
"""Options whose value is a code of one of the policy's lists."""


def completion(
    edge: Edge, shell: Annotated[str, typer.Argument(metavar="SHELL", help=_("bash, zsh or fish."))]
) -> None:
    """Print the completion script of a shell."""
    from importlib import import_module

    from cstrack.render.completions import shells

    chosen(shell, shells(), "SHELL")
    text = import_module(f"cstrack.render.completions.{shell}").script(commands())
    if edge.options.get("json"):
        from cstrack.render import json

        text = json.one({"schema": 1, "shell": shell, "script": text})
    sys.stdout.write(text)


def commands() -> list[Command]:
    """The root, every group and every command, each with what may stand where."""
    from cstrack.cli.main import root

    return list(_under(root(), (), known_words()))


def known_words() -> dict[str, Values]:
    """What may stand at an option of this name, or in a place of this metavar."""
    from cstrack.app import importing
    from cstrack.cli import help_, list_, look
    from cstrack.domain.policy import default_policy
    from cstrack.render.completions import CASES, FILES, shells
    from cstrack.render.i18n import LANGUAGES

    policy = default_policy()
    levels = tuple(map(str, policy.levels))
    return {
        **{place: tuple(policy.codes(listing)) for place, listing in LISTS.items()},
        "FLAG": tuple(policy.codes("flags")),
        "--status": list_.STATUSES,
        "--level": levels,
        "--to": levels,
        "--preset": importing.PRESETS,
        "--color": look.CHOICES,
        "--lang": LANGUAGES,
        "--db": FILES,
        "FILE": FILES,
        "C": CASES,
        "A": CASES,
        "B": CASES,
        "SHELL": shells(),
        "TOPIC": help_.topics(),
    }


def _under(command: Any, path: tuple[str, ...], words: dict[str, Values]) -> Iterator[Command]:
    from cstrack.render.completions import Command

    verbs = tuple(getattr(command, "verbs", ()))
    context = command.make_context("cstrack", [], resilient_parsing=True)
    params = command.get_params(context)
    yield Command(
        path,
        command.help,
        tuple(_option(param, words) for param in params if param.param_type_name == "option"),
        tuple(_argument(param, words) for param in params if param.param_type_name == "argument"),
        verbs,
    )
    for verb in verbs:
        yield from _under(command.get_command(context, verb), (*path, verb), words)


def _option(param: Any, words: dict[str, Values]) -> Option:
    from cstrack.cli.pages import metavar, summary
    from cstrack.render.completions import Option

    names, value = tuple(sorted(param.opts, key=len)), metavar(param)
    values = words.get(names[-1]) or words.get(value or "") or ""
    return Option(names, summary(param), value, values if value else "", bool(param.multiple))


def _argument(param: Any, words: dict[str, Values]) -> Argument:
    from cstrack.cli.pages import metavar
    from cstrack.render.completions import Argument

    name = metavar(param) or ""
    return Argument(name, words.get(name, ""), param.nargs != 1)
