"""The command line as a whole: finds the command, runs it, words what goes wrong."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperGroup

from cstrack.cli.command import build
from cstrack.cli.tree import tree
from cstrack.cli.verbs import Group, Verb
from cstrack.domain.errors import CstrackError
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

INTERRUPTED = 130

_OWN_WORDS = re.compile(r"-|[Cc]?-?\d")
"""What begins an option or a number of a case, and is no name of a command."""


class LazyGroup(TyperGroup):
    """A group whose commands are imported when they run, not when the program starts."""

    verbs: Mapping[str, Verb | Group]
    alone: str = ""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of this name, imported and built now; None where there is none."""
        entry = self.verbs.get(cmd_name)
        if entry is None:
            return None
        if isinstance(entry, Group):
            made = group(cmd_name, entry.summary, entry.verbs, _noun)
            made.alone = entry.alone
            return made
        module, _sep, function = entry.target.partition(":")
        run = getattr(import_module(f"cstrack.cli.{module}"), function)
        return build(cmd_name, run, entry.summary, entry.example)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words before the command; Usage 2 says what is wrong with them."""
        if self.alone and args and _OWN_WORDS.match(args[0]) and args[0] not in ("-h", "--help"):
            args = [self.alone, *args]
        try:
            return super().parse_args(ctx, args)
        except UsageError as fault:
            from cstrack.cli import misuse

            raise misuse.refusal(fault, ctx) from fault

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant; Usage 2 with the nearest name where there is none."""
        if args[0] not in self.verbs:
            from cstrack.cli import misuse

            raise misuse.unknown_command(args[0], ctx.command_path, list(self.verbs))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page, from the tree alone."""
        from cstrack.cli.pages import group_page

        group_page(self, ctx, formatter)


def group(
    name: str, summary: str, verbs: Mapping[str, Verb | Group], callback: Callable[..., None]
) -> LazyGroup:
    """A group of commands under one name; `callback` runs before them, and alone where none is named."""
    app = typer.Typer(
        cls=LazyGroup,
        name=name,
        help=summary,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(callback)
    made: Any = typer.main.get_group(app)
    made.verbs = verbs
    return made  # type: ignore[no-any-return]


def root() -> LazyGroup:
    """The whole command line."""
    return group("cstrack", _("Complaint cases with levels and time limits."), tree(), _root)


def _noun(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        sys.stdout.write(ctx.get_help() + "\n")


def _root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("-V", "--version", help=_("Print the version."))] = False,
    _lang: Annotated[  # read in __main__, before the first text is
        str | None, typer.Option("--lang", metavar="en|zh", help=_("Language of what is printed."))
    ] = None,
) -> None:
    if version:
        from cstrack import __version__

        sys.stdout.write(f"cstrack {__version__}\n")
        raise typer.Exit
    _noun(ctx)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; nothing is printed after it returns."""
    try:
        with root().make_context("cstrack", list(arguments)) as context:
            context.command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except CstrackError as refusal:
        from cstrack.cli.failure import refuse

        return refuse(refusal, arguments)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001  the last line of defence: one line, never a trace
        from cstrack.cli.failure import fail

        return fail(fault, arguments)
    return 0
