"""The script for zsh: its own `_arguments` knows options; a function for each command says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.completions import CASES, FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.render.completions import Argument, Command, Option, Values

_HEAD = """#compdef cstrack
# Completion of cstrack for zsh, made by `cstrack completion zsh`.
# To use it, put it into a file _cstrack in a folder of $fpath.

# Digits and commas are all that comes back.
__cstrack_numbers() {
    local -a numbers
    numbers=("${(@f)$(command cstrack __complete "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
    compadd -V numbers -a numbers
}
"""
_TAIL = """
if [[ $funcstack[1] == _cstrack ]]; then
    _cstrack "$@"
else
    compdef _cstrack cstrack
fi
"""


def script(commands: Sequence[Command]) -> str:
    """The completion script."""
    summaries = {command.path: command.summary for command in commands}
    return _HEAD + "".join(_function(command, summaries) for command in commands) + _TAIL


def _function(command: Command, summaries: dict[tuple[str, ...], str]) -> str:
    specs = [*map(_option, command.options), *_arguments(command.arguments)]
    if not command.verbs:
        body = f"    _arguments -s -S : {_lines(specs)}\n"
    else:
        verbs = [_quoted(f"{verb}:{_plain(summaries[*command.path, verb])}") for verb in command.verbs]
        ways = "".join(f"        {verb}) {_name((*command.path, verb))} ;;\n" for verb in command.verbs)
        specs += ["'1:COMMAND:->verb'", "'*::words:->rest'"]
        body = (
            "    local curcontext=$curcontext state\n    local -a verbs\n    local -A opt_args\n"
            f"    verbs=({_lines(verbs)})\n"
            f"    _arguments -C -S : {_lines(specs)} && return\n"
            "    if [[ $state == verb ]]; then\n"
            "        _describe -t commands command verbs\n        return\n    fi\n"
            f"    case $words[1] in\n{ways}    esac\n"
        )
    return f"\n{_name(command.path)}() {{\n{body}}}\n"


def _name(path: tuple[str, ...]) -> str:
    return "_".join(("_cstrack", *path))


def _option(option: Option) -> str:
    text = f"[{_plain(option.summary)}]"
    value = "" if option.metavar is None else f":{_plain(option.metavar)}:{_action(option.values)}"
    kinds = {name: "" if not value else "=" if name.startswith("--") else "+" for name in option.names}
    if len(kinds) == 1 or option.repeated:
        lead = "*" if option.repeated else ""
        return " ".join(_quoted(f"{lead}{name}{kind}{text}{value}") for name, kind in kinds.items())
    names = ",".join(name + kind for name, kind in kinds.items())
    return _quoted(f"({' '.join(kinds)})") + f"{{{names}}}" + _quoted(text + value)


def _arguments(arguments: Sequence[Argument]) -> Iterable[str]:
    for at, argument in enumerate(arguments, 1):
        place = "*" if argument.repeated else str(at)
        yield _quoted(f"{place}:{_plain(argument.metavar)}:{_action(argument.values)}")


def _action(values: Values) -> str:
    if values == CASES:
        return "__cstrack_numbers"
    if values == FILES:
        return "_files"
    return f"({' '.join(values)})" if values else " "


def _lines(words: Iterable[str]) -> str:
    return "\\\n        " + " \\\n        ".join(words)


def _plain(text: str) -> str:
    """Text that means nothing to _arguments and _describe."""
    return "".join(f"\\{sign}" if sign in "[]:\\" else sign for sign in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
