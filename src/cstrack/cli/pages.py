"""What `-h` prints: how it is typed, what it takes, and an example that can be copied whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def command_page(command: Any, ctx: Any, formatter: Any) -> None:
    """The page of a command: its own options before the ones that all commands have."""
    params = command.get_params(ctx)
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    words = [_("[options]"), *map(_place, arguments)]
    _head(ctx, formatter, words, command.help)
    rows = [(f"{metavar(param)}", summary(param)) for param in arguments]
    _section(formatter, _("Arguments"), rows)
    own = [param for param in options if param.name not in command.shared and param.name != "help"]
    _section(formatter, _("Options"), map(_option, own))
    everywhere = [param for param in options if param not in own]
    _section(formatter, _("Options of every command"), map(_option, everywhere))
    title = _("Example:")
    formatter.write(f"\n{title}\n  {command.example}\n")


def group_page(group: Any, ctx: Any, formatter: Any) -> None:
    """The page of a group: its commands, from the tree alone; the root's are sorted by what they serve."""
    _head(ctx, formatter, [_("COMMAND"), "..."], group.help)
    rest = dict(group.verbs)
    for title, names in sections() if ctx.parent is None else ():
        _section(formatter, title, [(name, rest.pop(name).summary) for name in names])
    title = _("Commands") if ctx.parent else _("Desk")
    _section(formatter, title, [(name, verb.summary) for name, verb in rest.items()])
    _section(formatter, _("Options"), map(_option, group.get_params(ctx)))
    hint = _("Explain a command: {path} COMMAND -h").format(path=ctx.command_path)
    if ctx.parent is None:
        hint += "\n" + _("Explain more: cstrack help exit-codes, times, levels or environment")
    formatter.write(f"\n{hint}\n")


def sections() -> list[tuple[str, tuple[str, ...]]]:
    """Title and commands of each part of the root's list; what is not named here serves the desk."""
    return [
        (
            _("Cases"),
            (
                "open",
                "note",
                "contact",
                "propose",
                "agree",
                "resolve",
                "close",
                "reopen",
                "correct",
                "merge",
                "link",
                "undo",
            ),
        ),
        (
            _("Who and when"),
            ("assign", "escalate", "deescalate", "pause", "resume", "flag", "approve", "reject"),
        ),
        (_("Look"), ("overdue", "list", "show", "timeline", "why")),
    ]


def _head(ctx: Any, formatter: Any, words: list[str], summary: str) -> None:
    formatter.write_usage(ctx.command_path, " ".join(words), prefix=_("Usage: "))
    formatter.write(f"\n  {summary}\n")


def _section(formatter: Any, title: str, rows: Iterable[tuple[str, str]]) -> None:
    listed = list(rows)
    if listed:
        with formatter.section(title):
            formatter.write_dl(listed)


def metavar(param: Any) -> str | None:
    """How a value of an argument or option is called in help; None for an option that takes none."""
    if getattr(param, "is_flag", False):
        return None
    named: str | None = param.metavar
    if named or param.param_type_name == "argument":
        return named or str(param.name).upper()
    return "N" if "int" in param.type.name else "TEXT"


def summary(param: Any) -> str:
    """What an argument or option is for."""
    return _("Show this page.") if param.name == "help" else param.help or ""


def _place(argument: Any) -> str:
    name = f"{metavar(argument)}..." if argument.nargs != 1 else f"{metavar(argument)}"
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> tuple[str, str]:
    value, default = metavar(option), option.default
    typed = ", ".join(sorted(option.opts, key=len))
    if value is None or not isinstance(default, (str, int)):
        return (typed if value is None else f"{typed} {value}"), summary(option)
    words = _("default: {default}").format(default=default)
    return f"{typed} {value}", f"{summary(option)} [{words}]"
