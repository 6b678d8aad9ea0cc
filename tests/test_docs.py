"""What is written about the program is true: blocks run, files exist, every command is told of."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cstrack.cli.tree import tree
from cstrack.cli.verbs import Group
from cstrack.domain import errors
from cstrack.domain.policy import default_policy

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CSTRACK = Path(sys.executable).parent / "cstrack"
MOMENT = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}( \d{4})? \d\d:\d\d")
SPAN = re.compile(r"(in|LATE) \d+ (h \d\d|h|min|d \d+ h|d|s)")


def _blocks(text: str) -> list[str]:
    return re.findall(r"```console\n(.*?)```", text, re.DOTALL)


def _plain(text: str) -> str:
    """Moments and spans differ from run to run, and so does the width that they leave for the rest."""
    text = SPAN.sub("SPAN", MOMENT.sub("MOMENT", text))
    return re.sub(r"[ ─━]+", " ", text).strip()


def test_the_tour_of_the_readme_runs_and_answers_as_it_says(tmp_path: Path) -> None:
    environ = {
        "PATH": f"{CSTRACK.parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "CSTRACK_ZONE": "Asia/Shanghai",
        "CSTRACK_USER": "li",
        "CSTRACK_DATABASE_URL": str(tmp_path / "desk.db"),
        **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE")},
    }
    ran = 0
    for block in _blocks(README):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, expected = part.partition("\n")
            shell = ["bash", "-c", command]
            done = subprocess.run(
                shell, env=environ, capture_output=True, text=True, check=False, cwd=tmp_path
            )
            said = done.stdout + done.stderr
            assert _plain(said) == _plain(expected), f"$ {command}\n{said}"
            ran += 1
    assert ran >= 8


def test_the_readme_names_its_two_commands() -> None:
    assert "make demo" in README
    assert "make test" in README


def test_the_readme_has_the_levels_of_the_policy() -> None:
    for number, level in default_policy().levels.items():
        hours = level["limit"].removesuffix("h")
        assert re.search(rf"\| {number} \|.*\| {hours} h \|", README), number


def test_the_readme_has_every_exit_code_that_a_refusal_can_have() -> None:
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in classes:
        if issubclass(kind, errors.CstrackError):
            assert re.search(rf"\| {kind.status} \|", README), kind


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_files_that_a_page_names_are_there(page: Path) -> None:
    places = r"`((?:src|tests|migrations|bench|completions)/[\w./-]*[\w-]+\.\w+)`"
    named = re.findall(places, page.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_page_of_commands_is_made_from_the_tree() -> None:
    made = subprocess.run(
        [sys.executable, "docs/commands.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == made, "run: make completions"


def test_examples_of_the_tree_are_words_of_a_shell() -> None:
    for name, entry in tree().items():
        for verb in entry.verbs.values() if isinstance(entry, Group) else (entry,):
            assert shlex.split(verb.example)[:2][0] == "cstrack", name
