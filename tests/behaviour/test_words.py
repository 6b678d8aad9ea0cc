"""Every refusal has its words, and what the words tell a person to type exists."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.cli import main
from cstrack.cli.tree import tree
from cstrack.cli.verbs import Group
from cstrack.domain.errors import CstrackError, Refused
from cstrack.render.refusals import sentences, worded
from tests.support.source import PACKAGE, codes_raised, facts_raised

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = re.compile(r"(?::|\() ?cstrack\b")
FLAG = re.compile(r"(?<![\w-])--?[a-zA-Z][\w-]*")
GIVEN_ANYWAY = {"C", "near"}
"""What every sentence may name: the case, from its number, and a suggestion, where there is one."""


def every_command(group: Any, *path: str) -> Iterator[tuple[str, Any]]:
    for name in group.verbs:
        command = group.get_command(None, name)
        yield " ".join((*path, name)), command
        if hasattr(command, "verbs"):
            yield from every_command(command, *path, name)


COMMANDS = dict(every_command(main.root()))
ALONE = {
    name: f"{name} {found.alone}"
    for name, found in tree().items()
    if isinstance(found, Group) and found.alone
}
"""Nouns that stand for one of their verbs."""


def options(command: Any) -> set[str]:
    return {"-h", "--help"} | {
        name for param in command.params for name in (*param.opts, *param.secondary_opts)
    }


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_code_that_is_raised_has_its_words() -> None:
    assert sorted(codes_raised() - set(sentences())) == []


def test_every_sentence_is_of_a_code_that_is_raised() -> None:
    ways = re.findall(r'return "([a-z-]+)"', (PACKAGE / "render" / "refusals.py").read_text(encoding="utf-8"))
    said = {code.removesuffix("-nobody") for code in sentences()}
    assert sorted(said - codes_raised() - set(ways)) == []


def test_a_sentence_names_only_what_its_refusal_knows() -> None:
    said = sentences()
    missing = [
        f"{file}: {code} does not give {name}"
        for file, code, facts in facts_raised()
        for name in places(said.get(code, "")) - facts - GIVEN_ANYWAY
        if not (name == "C" and "number" in facts)
    ]
    assert missing == []


def test_a_sentence_that_names_a_case_is_of_a_refusal_with_a_number() -> None:
    nameless = [(file, code) for file, code, facts in facts_raised() if "number" not in facts]
    said = sentences()
    assert [found for found in nameless if "C" in places(said.get(found[1], ""))] == []


@pytest.mark.parametrize("code", sorted(sentences()))
def test_what_a_sentence_says_to_type_exists(code: str) -> None:
    about, *typed = COMMAND.split(sentences()[code])
    anywhere = set[str]().union(*map(options, COMMANDS.values()))
    assert set(FLAG.findall(about)) <= anywhere
    for words in typed:
        named = [word.rstrip(".,)") for word in str(words).split()]
        command = COMMANDS.get(" ".join(named[:2])) or COMMANDS.get(ALONE.get(named[0], named[0]))
        assert command or named[0] in ("--help", "-h"), words
        assert set(FLAG.findall(words)) <= (options(command) if command else anywhere)


def test_every_variable_that_a_sentence_names_is_read() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in Path(PACKAGE / "cli").glob("*.py"))
    named = {name for text in sentences().values() for name in re.findall(r"CSTRACK_\w+", text)}
    assert {name for name in named if f'"{name}"' not in source} == set()


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_sentence_is_one_line_and_survives_missing_facts(code: str) -> None:
    line = worded(CstrackError(code), str)
    assert line.startswith("error: ")
    assert "\n" not in line
    assert "{" not in line.replace("{{", "") or code == "format-not-understood"


def test_instants_and_hostile_texts_are_worded_on_the_way_in() -> None:
    refusal = Refused("time-before-opening", number=7, at=1, opened_at=2)
    assert worded(refusal, lambda at: f"<{at}>").startswith("refused: <1> is before C-7 was opened on <2>")
    assert "\x1b" not in worded(Refused("flag-already", number=1, flag="\x1b[31m"), str)
