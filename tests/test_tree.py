"""The whole command tree: each command explains itself, has an example, and takes what all take."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cstrack
from cstrack.cli import main, pages
from cstrack.cli.tree import tree
from cstrack.cli.verbs import Group, Verb
from cstrack.domain.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROGRAM = Path(sys.executable).with_name("cstrack")
SHARED = {"--at", "--as", "--json", "--db", "--config", "--lang", "--color", "--width", "--no-input", "-q"}
SHARED |= {"--quiet", "--debug", "-h", "--help"}


def leaves(verbs: Mapping[str, Verb | Group], *path: str) -> Iterator[tuple[str, Verb]]:
    for name, entry in verbs.items():
        if isinstance(entry, Group):
            yield from leaves(entry.verbs, *path, name)
        else:
            yield " ".join((*path, name)), entry


VERBS = dict(leaves(tree()))
GROUPS = [name for name, entry in tree().items() if isinstance(entry, Group)]


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """The program as a process, with an empty home."""

    def started(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environ}
        return subprocess.run(
            [PROGRAM, *words], env=env, capture_output=True, text=True, timeout=60, check=False
        )

    return started


def built(path: str) -> Any:
    command: Any = main.root()
    for word in path.split():
        command = command.get_command(None, word)
    return command


@pytest.mark.parametrize("path", VERBS)
def test_every_command_lives_where_the_tree_says(path: str) -> None:
    module, _sep, function = VERBS[path].target.partition(":")
    assert callable(getattr(import_module(f"cstrack.cli.{module}"), function))


@pytest.mark.parametrize("path", [*VERBS, *GROUPS])
def test_every_command_and_group_explains_itself(run: Any, path: str) -> None:
    done = run(*path.split(), "-h")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: cstrack {path} ")


@pytest.mark.parametrize("path", VERBS)
def test_the_help_ends_with_the_example_as_it_can_be_copied(run: Any, path: str) -> None:
    assert run(*path.split(), "-h", COLUMNS="40").stdout.splitlines()[-1].strip() == VERBS[path].example


@pytest.mark.parametrize("path", VERBS)
def test_the_example_of_a_command_is_that_command(path: str) -> None:
    words = shlex.split(VERBS[path].example)
    assert words[: len(path.split()) + 1] == ["cstrack", *path.split()]


@pytest.mark.parametrize("path", VERBS)
def test_the_example_of_a_command_is_understood(path: str) -> None:
    words = shlex.split(VERBS[path].example)[len(path.split()) + 1 :]
    assert built(path).make_context(path, words).params


@pytest.mark.parametrize("path", VERBS)
def test_every_command_takes_the_shared_options(path: str) -> None:
    command = built(path)
    context = command.make_context(path, [], resilient_parsing=True)
    assert {name for param in command.get_params(context) for name in param.opts} >= SHARED


@pytest.mark.parametrize("path", VERBS)
def test_every_argument_and_option_says_what_it_is_for(path: str) -> None:
    assert [param.name for param in built(path).params if not pages.summary(param).endswith(".")] == []


def test_the_help_of_the_root_names_every_command_once(run: Any) -> None:
    listed = [line.split()[0] for line in run("-h").stdout.splitlines() if line.startswith("  ")]
    assert sorted(name for name in listed if name in tree()) == sorted(tree())


def test_the_sections_of_the_root_name_commands_that_exist() -> None:
    assert {name for _title, names in pages.sections() for name in names} <= set(tree())


@pytest.mark.parametrize("words", [[], ["-h"], ["--help"], ["help"]])
def test_the_root_alone_explains_itself(run: Any, words: list[str]) -> None:
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: cstrack COMMAND")


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_alone_explains_itself(run: Any, name: str) -> None:
    assert run(name).stdout == run(name, "-h").stdout


@pytest.mark.parametrize("words", [["--version"], ["-V"], ["--lang", "en", "--version"]])
def test_the_version_is_the_literal(run: Any, words: list[str]) -> None:
    assert run(*words).stdout == f"cstrack {cstrack.__version__}\n"


def test_the_variables_by_which_typer_completes_mean_nothing(run: Any) -> None:
    assert run("-h", _CSTRACK_COMPLETE="source_bash").stdout == run("-h").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["opn"], "command-unknown", "Did you mean open?"),
        (["audit", "verfy"], "command-unknown", "Did you mean verify?"),
        (["list", "--jso"], "option-unknown", "Did you mean --json?"),
        (["list", "--statu", "all"], "option-unknown", "Did you mean --status?"),
        (["list", "-x"], "option-unknown", "cstrack list -h"),
        (["remedy", "list", "--case", "1"], "option-unknown", "no option --case. Did you mean --"),
        (["--json", "list"], "option-before-command", "cstrack COMMAND --json"),
        (["list", "--status"], "option-needs-value", "--status"),
        (["list", "--json=yes"], "option-takes-no-value", "--json"),
        (["escalate", "-m", "no answer"], "argument-missing", VERBS["escalate"].example),
        (["note", "42", "parts", "ordered"], "words-too-many", VERBS["note"].example),
        (["list", "--level", "two"], "number-needed-from", "--level"),
        (["list", "--width", "7"], "number-needed-between", "from 20 to 1000"),
        (["escalate", "42", "--to", "two"], "number-needed", "--to"),
    ],
)
def test_what_is_not_understood_is_one_line_on_stderr(
    run: Any, words: list[str], code: str, said: str
) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    with pytest.raises(Usage) as told, main.root().make_context("cstrack", words) as context:
        context.command.invoke(context)
    assert told.value.code == code


def test_a_program_is_told_as_an_object_what_is_not_understood(run: Any) -> None:
    told = json.loads(run("opn", "--json").stderr)
    assert sorted(told) == ["error", "exit_code", "message", "schema"]
    assert (told["error"], told["exit_code"]) == ("command-unknown", 2)


def test_a_command_that_is_not_understood_makes_no_database(run: Any, tmp_path: Path) -> None:
    run("open", "x", "--levl", "2")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_is_no_failure(tmp_path: Path) -> None:
    line = f"{shlex.quote(str(PROGRAM))} help times | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line],
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")
