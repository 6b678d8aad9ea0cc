"""How a function becomes a command: its own parameters and the ones that every command has."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperCommand

from cstrack.cli.edge import Edge
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


class Command(TyperCommand):
    """A command with a help page of ours, whose misuse is a refusal like any other."""

    example = ""
    shared: Collection[str] = ()
    """Names of the parameters that every command has."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line; Usage 2 says what is wrong with them."""
        try:
            return super().parse_args(ctx, list(args))
        except UsageError as fault:
            from cstrack.cli import misuse

            again = misuse.phrase_last(fault, self, args)
            if again is None:
                raise misuse.refusal(fault, ctx) from fault
            return self.parse_args(ctx, again)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from cstrack.cli.pages import command_page

        command_page(self, ctx, formatter)


def shared_options() -> dict[str, Any]:
    """The options of every command: name -> annotated type; all default to nothing."""
    text, flag = str | None, bool
    return {
        "at": Annotated[
            text, typer.Option("--at", metavar="TIME", help=_("When it happened, or the moment to look at."))
        ],
        "json": Annotated[flag, typer.Option("--json", help=_("Print JSON."))],
        "as_": Annotated[text, typer.Option("--as", metavar="WHO", help=_("Act as this person."))],
        "db": Annotated[text, typer.Option("--db", metavar="URL", help=_("The database: a file or a URL."))],
        "config": Annotated[
            text, typer.Option("--config", metavar="FILE", help=_("Read settings from this file."))
        ],
        "lang": Annotated[
            text, typer.Option("--lang", metavar="en|zh", help=_("Language of what is printed."))
        ],
        "color": Annotated[text, typer.Option("--color", metavar="auto|always|never", help=_("Use colour."))],
        "width": Annotated[
            int | None, typer.Option("--width", metavar="N", min=20, max=1000, help=_("Columns to fill."))
        ],
        "no_input": Annotated[flag, typer.Option("--no-input", help=_("Never ask."))],
        "quiet": Annotated[flag, typer.Option("-q", "--quiet", help=_("Say nothing when all is well."))],
        "debug": Annotated[flag, typer.Option("--debug", help=_("Show the trace of a failure."))],
    }


def build(name: str, function: Callable[..., None], summary: str, example: str) -> Any:
    """The Typer command of `function(edge, ...)`; the shared options end up in the edge."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    taken = {parameter.name for parameter in own}
    shared = {key: hint for key, hint in shared_options().items() if key not in taken}

    def run(**values: Any) -> None:
        options = {key: values.pop(key) for key in shared}
        options |= {key: values[key] for key in ("quiet",) if key in taken}
        function(Edge(name, options), **values)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [parameter.replace(kind=keyword) for parameter in own] + [
        inspect.Parameter(key, keyword, default=False if hint.__origin__ is bool else None, annotation=hint)
        for key, hint in shared.items()
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {}
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    settings = {"help_option_names": ["-h", "--help"]}
    app.command(name=name, cls=Command, help=summary, context_settings=settings)(run)
    made: Any = typer.main.get_command(app)
    made.example, made.shared = example, shared
    return made
