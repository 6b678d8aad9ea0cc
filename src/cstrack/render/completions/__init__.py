"""Completion scripts, made from the command tree: static text, but for the numbers of open cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

CASES = "cases"
FILES = "files"
Values = tuple[str, ...] | str
"""What may stand in a place: fixed words, CASES, FILES, or nothing that could be known ("")."""


class Option(NamedTuple):
    """An option: its names, what it does, what its value is called (None: it has none) and may be."""

    names: tuple[str, ...]
    summary: str
    metavar: str | None
    values: Values
    repeated: bool


class Argument(NamedTuple):
    """A word that is no option: how it is called, what it may be, whether more of them may follow."""

    metavar: str
    values: Values
    repeated: bool


class Command(NamedTuple):
    """A command or a group by its words, `("audit", "verify")`; the root has none. `verbs` are a group's."""

    path: tuple[str, ...]
    summary: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    verbs: tuple[str, ...]


Slot = tuple[tuple[str, ...] | None, str]
"""A command (None: any) and an option's name, or a place: `0`, `1`, and `1...` for that and all after."""


def shells() -> tuple[str, ...]:
    """The shells that there is a script for."""
    return ("bash", "zsh", "fish")


def with_value(commands: Sequence[Command]) -> list[Slot]:
    """The options that take a value."""
    return [slot for slot, option in _options(commands) if option.metavar is not None]


def by_slot(commands: Sequence[Command]) -> dict[Values, list[Slot]]:
    """Where the same values may stand; places of which nothing is known are left out."""
    found: dict[Values, list[Slot]] = {}
    for slot, option in _options(commands):
        found.setdefault(option.values, []).append(slot)
    for command in commands:
        for at, argument in enumerate(command.arguments):
            place = f"{at}..." if argument.repeated else str(at)
            found.setdefault(argument.values, []).append((command.path, place))
        found.setdefault(command.verbs, []).append((command.path, "0"))
    return {values: slots for values, slots in found.items() if values}


def _options(commands: Sequence[Command]) -> list[tuple[Slot, Option]]:
    """Each name of each option once where all commands mean the same by it, else for each command."""
    meant: dict[str, dict[tuple[str, ...], Option]] = {}
    for command in commands:
        for option in command.options:
            for name in option.names:
                meant.setdefault(name, {})[command.path] = option
    found: list[tuple[Slot, Option]] = []
    for name, options in meant.items():
        same = len({(option.metavar is None, option.values) for option in options.values()}) == 1
        each: list[tuple[Slot, Option]] = [((path, name), option) for path, option in options.items()]
        found += [((None, name), each[0][1])] if same else each
    return found
