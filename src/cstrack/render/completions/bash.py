"""The script for bash, back to the 3.2 of macOS; nothing that was typed is ever evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.completions import CASES, FILES, by_slot, with_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.render.completions import Command, Values

_WIDTH = 110
_SCRIPT = r"""# Completion of cstrack for bash, made by `cstrack completion bash`. To use it, source it.

# Digits and commas are all that comes back.
__cstrack_numbers() {
    command cstrack __complete "$@" 2>/dev/null
}

_cstrack() {
    local IFS=$' \t\n' word= whole= path= option= only= lead= offered= offer
    local -i place=0 at
    local -a words=()

    # bash takes --db=x and a:b apart; here they are one word again
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ ${#words[@]} -gt 0 && ( $whole || $word == [=:]* ) ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        [[ $word == [=:]* ]] && whole=1 || whole=
    done

    # which command it is, how many arguments it has, and which option waits for its value
    for ((at = 0; at < ${#words[@]} - 1; at++)); do
        word=${words[at]}
        if [[ $option ]]; then
            option=
        elif [[ ! $only && $word == -- ]]; then
            only=1
        elif [[ ! $only && $word == -?* ]]; then
            case "$path $word" in
@VALUED@) option=$word ;;
            esac
        else
            case "$path $word" in
@PATHS@) path+=" $word" ;;
                *) place+=1 ;;
            esac
        fi
    done

    word=${words[at]}
    if [[ ! $option && ! $only && $word == --*=* ]]; then
        option=${word%%=*} word=${word#*=}
        [[ $COMP_WORDBREAKS == *=* ]] || lead=$option=
    fi
    if [[ ! $option && ! $only && $word == -* ]]; then
        case "$path" in
@OPTIONS@
        esac
    else
        case "$path ${option:-$place}" in
@VALUES@
        esac
    fi
    COMPREPLY=()
    for offer in $offered; do
        [[ $offer == "$word"* ]] && COMPREPLY+=("$lead$offer")
    done
}

complete -F _cstrack cstrack
"""


def script(commands: Sequence[Command]) -> str:
    """The completion script."""
    ways = {
        "VALUED": _any_of(_pattern(*slot) for slot in with_value(commands)),
        "PATHS": _any_of(_quoted(_joined(command.path)) for command in commands if command.path),
        "OPTIONS": "\n".join(map(_options, commands)),
        "VALUES": "\n".join(_values(commands)),
    }
    text = _SCRIPT
    for name, way in ways.items():
        text = text.replace(f"@{name}@", way)
    return text


def _options(command: Command) -> str:
    names = " ".join(name for option in command.options for name in option.names)
    return f"            {_quoted(_joined(command.path))}) offered={_quoted(names)} ;;"


def _values(commands: Sequence[Command]) -> Iterable[str]:
    for values, slots in by_slot(commands).items():
        yield f"{_any_of(_pattern(*slot) for slot in slots)}) {_offer(values)} ;;"


def _offer(values: Values) -> str:
    if values == CASES:
        return 'compopt -o nosort 2>/dev/null; offered=$(__cstrack_numbers "${words[@]}")'
    if values == FILES:
        return "compopt -o default 2>/dev/null"
    return f"offered={_quoted(' '.join(values))}"


def _pattern(path: tuple[str, ...] | None, slot: str) -> str:
    """What matches `$path $slot`; any path where it is None, any further place where the slot is `1...`."""
    place = slot.removesuffix("...")
    words = _quoted(f"{_joined(path or ())} {place if place == slot else ''}")
    return ("*" if path is None else "") + words + ("" if place == slot else "[0-9]*")


def _any_of(patterns: Iterable[str]) -> str:
    lines = [" " * 16]
    for pattern in patterns:
        if len(lines[-1]) + len(pattern) > _WIDTH:
            lines.append(" " * 16)
        lines[-1] += pattern + "|"
    return "\\\n".join(lines).removesuffix("|")


def _joined(path: tuple[str, ...]) -> str:
    return "".join(f" {word}" for word in path)


def _quoted(text: str) -> str:
    return f"'{text}'"
