"""The script for fish: a line a place, under a condition that tells where the command line stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.completions import CASES, FILES, with_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.render.completions import Argument, Command, Option, Values

_HEAD = """# Completion of cstrack for fish, made by `cstrack completion fish`.
# To use it, put it into ~/.config/fish/completions/cstrack.fish.

# Whether the command line is at this command, with so many arguments (`1...`: so many or more).
function __cstrack_at --argument-names wanted place
    set -l tokens (commandline -opc)
    set -l path
    set -l seen 0
    set -l waiting
    set -l only
    for token in $tokens[2..-1]
        if set -q waiting[1]
            set waiting
        else if test "$token" = --; and not set -q only[1]
            set only 1
        else if string match -q -- '-?*' $token; and not set -q only[1]
            if contains -- "$token" $__cstrack_valued; or contains -- "$path $token" $__cstrack_valued
                set waiting $token
            end
        else if contains -- (string trim -- "$path $token") $__cstrack_paths
            set path (string trim -- "$path $token")
        else
            set seen (math $seen + 1)
        end
    end
    test "$path" = "$wanted"; or return 1
    switch "$place"
        case ''
            return 0
        case '*...'
            test $seen -ge (string replace ... '' -- $place)
        case '*'
            test $seen -eq $place
    end
end

# Digits and commas are all that comes back.
function __cstrack_numbers
    command cstrack __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null
end

complete -c cstrack -e
complete -c cstrack -f
"""


def script(commands: Sequence[Command]) -> str:
    """The completion script."""
    valued = [" ".join((*(path or ()), name)) for path, name in with_value(commands)]
    paths = [" ".join(command.path) for command in commands if command.path]
    summaries = {command.path: command.summary for command in commands}
    lists = _list("__cstrack_valued", valued) + _list("__cstrack_paths", paths)
    return _HEAD + lists + "".join(f"{line}\n" for command in commands for line in _lines(command, summaries))


def _lines(command: Command, summaries: dict[tuple[str, ...], str]) -> Iterable[str]:
    yield ""
    for verb in command.verbs:
        yield f"{_at(command, '0')} -a {verb} -d {_quoted(summaries[*command.path, verb])}"
    for at, argument in enumerate(command.arguments):
        line = _argument(argument)
        if line:
            yield f"{_at(command, f'{at}...' if argument.repeated else str(at))} {line}"
    for option in command.options:
        yield f"{_at(command)} {_option(option)}"


def _at(command: Command, place: str = "") -> str:
    words = f'__cstrack_at "{" ".join(command.path)}" {place}'.rstrip()
    return f"complete -c cstrack -n {_quoted(words)}"


def _argument(argument: Argument) -> str:
    if argument.values == FILES:
        return "-F"
    return f"-k -a {_offered(argument.values)}" if argument.values else ""


def _option(option: Option) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    if option.metavar is None:
        value = ""
    elif option.values == FILES:
        value = " -rF"
    else:
        value = f" -x -a {_offered(option.values)}" if option.values else " -x"
    return f"{names}{value} -d {_quoted(option.summary)}"


def _offered(values: Values) -> str:
    return _quoted("(__cstrack_numbers)" if values == CASES else " ".join(values))


def _list(name: str, words: Iterable[str]) -> str:
    return f"set -g {name} {' '.join(map(_quoted, words))}\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
