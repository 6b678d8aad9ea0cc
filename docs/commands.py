"""Writes commands.md from the command tree: python docs/commands.py > docs/commands.md."""

from __future__ import annotations

import sys

from cstrack.cli.tree import tree
from cstrack.cli.verbs import Group, Verb

HEAD = """# Commands

Made from the command tree (`make completions` writes it anew). Each answers `-h`, takes `--json`, and the
shared options `--at --as --db --config --lang --color --width --no-input -q --debug`.

Case numbers: `42`, `C-42`, several as one word `1,4-9`, `-` for numbers on standard input.
Text: `-m TEXT`, `-m -`, `-F FILE`.

| command | what it does | example |
| --- | --- | --- |
"""


def page() -> str:
    """The page: a row a command."""
    return HEAD + "".join(_row(name, verb) for name, verb in _verbs())


def _verbs() -> list[tuple[str, Verb]]:
    found = []
    for name, entry in tree().items():
        inner = entry.verbs.items() if isinstance(entry, Group) else []
        found += [(f"{name} {verb_name}", verb) for verb_name, verb in inner]
        if isinstance(entry, Verb):
            found.append((name, entry))
    return found


def _row(name: str, verb: Verb) -> str:
    example = verb.example.replace("|", "\\|")
    return f"| `cstrack {name}` | {verb.summary} | `{example}` |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
