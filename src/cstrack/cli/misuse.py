"""What is wrong with a command line, as a refusal: Typer's own errors are English, and several lines long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption

from cstrack.cli.command import shared_options
from cstrack.cli.pages import metavar
from cstrack.domain.choices import near
from cstrack.domain.errors import Usage

if TYPE_CHECKING:
    from typer._click.exceptions import UsageError


def refusal(fault: UsageError, ctx: Any) -> Usage:
    """The Usage 2 that an error of Typer's at this command amounts to."""
    path, example = ctx.command_path, getattr(ctx.command, "example", "")
    if isinstance(fault, NoSuchOption):
        return _unknown_option(fault.option_name, ctx)
    if isinstance(fault, BadOptionUsage):
        if any(fault.option_name in param.opts and metavar(param) is None for param in ctx.command.params):
            return Usage("option-takes-no-value", option=fault.option_name, command=path)
        return Usage("option-needs-value", option=fault.option_name, command=path)
    if isinstance(fault, MissingParameter):
        return Usage("argument-missing", argument=_name(fault.param), example=example)
    if isinstance(fault, BadParameter):
        return _no_number(fault.param)
    return Usage("words-too-many", command=path, example=example)


def unknown_command(word: str, path: str, names: list[str]) -> Usage:
    """The Usage 2 for a word that names no command of a group."""
    return Usage("command-unknown", word=word, command=path, near=near(word, names))


def phrase_last(fault: UsageError, command: Any, args: list[str]) -> list[str] | None:
    """The same command line with its phrase, such as `-2h`, out of reach of the options.

    No option of ours begins with a digit, so `-2h` can only be meant as the command's one argument; None
    where it is not as clear as that.
    """
    name = getattr(fault, "option_name", None) or ""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    found = [at for at, word in enumerate(args) if word.startswith(name)]
    if not re.fullmatch(r"-\d", name) or len(found) != 1 or len(arguments) != 1 or "--" in args:
        return None
    [at] = found
    return [*args[:at], *args[at + 1 :], "--", args[at]]


def _unknown_option(name: str, ctx: Any) -> Usage:
    if hasattr(ctx.command, "verbs"):
        infos = [hint.__metadata__[0] for hint in shared_options().values()]
        if any(name in (info.default, *info.param_decls) for info in infos):
            return Usage("option-before-command", option=name, command=ctx.command_path)
    options = [param for param in ctx.command.get_params(ctx) if param.param_type_name == "option"]
    known = [option for param in options for option in param.opts]
    return Usage("option-unknown", option=name, command=ctx.command_path, near=near(name, known))


def _no_number(param: Any) -> Usage:
    """All that Typer converts and checks for us are numbers."""
    least, most = getattr(param.type, "min", None), getattr(param.type, "max", None)
    if least is None:
        return Usage("number-needed", option=_name(param))
    if most is None:
        return Usage("number-needed-from", option=_name(param), least=least)
    return Usage("number-needed-between", option=_name(param), least=least, most=most)


def _name(param: Any) -> str:
    return metavar(param) or "?" if param.param_type_name == "argument" else max(param.opts, key=len)
