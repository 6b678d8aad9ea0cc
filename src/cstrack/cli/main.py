"""The command line as a whole: finds the command, runs it, words what goes wrong."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from cstrack.cli.command import build
from cstrack.cli.tree import Group, Verb, tree
from cstrack.domain.errors import CstrackError
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(TyperGroup):
    """A group whose commands are imported when they run, not when the program starts."""

    verbs: Mapping[str, Verb | Group]

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names, in the order of the tree."""
        return list(self.verbs)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of this name, imported and built now; None where there is none."""
        entry = self.verbs.get(cmd_name)
        if entry is None:
            return None
        if isinstance(entry, Group):
            return group(cmd_name, entry.summary, entry.verbs)
        module, _sep, function = entry.target.partition(":")
        run = getattr(import_module(f"cstrack.cli.{module}"), function)
        return build(cmd_name, run, f"{entry.summary}\n\n{_('Example:')} {entry.example}")

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The list in the help, from the tree alone."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, entry.summary) for name, entry in self.verbs.items()])


def group(name: str, summary: str, verbs: Mapping[str, Verb | Group]) -> Any:
    """A group of commands under one name."""
    app = typer.Typer(
        cls=LazyGroup,
        name=name,
        help=summary,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(lambda: None)
    made = typer.main.get_group(app) if hasattr(typer.main, "get_group") else typer.main.get_command(app)
    made.verbs = verbs
    made.commands = dict.fromkeys(verbs)  # what suggestions for typing errors are taken from
    return made


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; nothing is printed after it returns."""
    command = group("cstrack", _("Complaint cases with levels and time limits."), tree())
    try:
        command.main(args=arguments or ["--help"], prog_name="cstrack")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except CstrackError as refusal:
        from cstrack.cli.failure import refuse

        return refuse(refusal, arguments)
    except BrokenPipeError:
        return 0
    except Exception as fault:  # noqa: BLE001  the last line of defence: one line, never a trace
        from cstrack.cli.failure import fail

        return fail(fault, arguments)
    return 0


def flush(code: int) -> int:
    """Flush what was printed; a flush that fails is a failure of the command."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            continue
        except (OSError, ValueError):
            code = code or 1
    return code
