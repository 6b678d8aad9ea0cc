"""Completion: static scripts made from the command tree, and case numbers that are nothing but numbers."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from cstrack.cli import completion, main
from cstrack.domain.policy import default_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

PROGRAM = Path(sys.executable).with_name("cstrack")
SCRIPTS = Path(__file__).parents[2] / "completions"
FILES = {"bash": "cstrack.bash", "zsh": "_cstrack", "fish": "cstrack.fish"}
HOSTILE = [
    "$(touch PWNED)",
    "`touch PWNED`",
    "; touch PWNED",
    "' \"; touch PWNED #",
    "\ttouch PWNED\n-rf",
    "8 9",
]


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


def started(
    home: Path, words: tuple[str | Path, ...], more: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """A program as a process in this home, ours on the path."""
    path = f"{PROGRAM.parent}:{os.environ['PATH']}"
    env = {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "TERM": "dumb", **more}
    return subprocess.run(words, env=env, cwd=home, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A program as a process, in an empty home."""
    return lambda *words, **more: started(tmp_path, words, more)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the cases 1 to 12 of which 3 is closed; their subjects would be commands to a shell."""
    folder = tmp_path_factory.mktemp("home")
    for number in range(1, 13):
        subject = HOSTILE[number % len(HOSTILE)]
        started(folder, (PROGRAM, "open", subject, "--customer", "$(touch PWNED)", "-q"), {})
    done = started(folder, (PROGRAM, "close", "3", "--outcome", "invalid", "-q"), {})
    assert done.returncode == 0
    return folder


@pytest.fixture
def desk(run: Run, home: Path, tmp_path: Path) -> Run:
    """The same as `run`, with those cases."""
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    return run


def numbers(run: Run, *words: str, **more: str) -> list[str]:
    done = run(PROGRAM, "__complete", *words, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def in_bash(run: Run, *words: str, breaks: str | None = None) -> list[str]:
    """What bash offers for the last word of a command line that it has taken apart like this."""
    line = "COMP_WORDS=({}) COMP_CWORD={}; _cstrack; printf '%s\\n' \"${{COMPREPLY[@]}}\"".format(
        " ".join(map(shlex.quote, ("cstrack", *words))), len(words)
    )
    breaking = "" if breaks is None else f"COMP_WORDBREAKS={shlex.quote(breaks)}; "
    done = run("bash", "--norc", "-uc", f"source {SCRIPTS / FILES['bash']}; {breaking}{line}")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def in_fish(run: Run, line: str) -> list[str]:
    """What fish offers at the end of a command line."""
    done = run("fish", "-c", f"source {SCRIPTS / FILES['fish']}; complete -C {shlex.quote(line)}")
    assert (done.returncode, done.stderr) == (0, "")
    return [offered.split("\t")[0] for offered in done.stdout.splitlines()]


def at_a_prompt(shell: str, options: list[str], home: Path, setup: str, line: str) -> list[str]:
    """The words that a command line has after Tab, typed into a shell on its own terminal."""
    path = f"{PROGRAM.parent}:{os.environ['PATH']}"
    env = {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "TERM": "dumb"}
    child = pexpect.spawn(shell, options, env=env, encoding="utf-8", dimensions=(40, 120), timeout=30)
    child.sendline(f"PS1='REA''DY>'; cstrack() {{ printf '(%s)' \"$@\" DONE; }}; {setup}")
    child.expect("READY>")
    child.sendline(f"{line}\t")
    child.expect_exact("(DONE)")
    child.close(force=True)
    return re.findall(r"\(([^()]*)\)", str(child.before))


# --- the numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", "C-12 C-11 C-10 C-9 C-8 C-7 C-6 C-5 C-4 C-2 C-1"),
        ("C-1", "C-12 C-11 C-10 C-1"),
        ("c-1", "c-12 c-11 c-10 c-1"),
        ("1", "12 11 10 1"),
        ("3", ""),
        ("4,1", "4,12 4,11 4,10 4,1"),
        ("4-6,C-1", "4-6,C-12 4-6,C-11 4-6,C-10 4-6,C-1"),
        ("C1", ""),
        ("99", ""),
        ("-", ""),
        ("$(touch PWNED)", ""),
        ("1 2", ""),
        ("１", ""),
    ],
)
def test_open_cases_are_offered_as_they_are_being_typed(desk: Run, typed: str, offered: str) -> None:
    assert numbers(desk, "show", typed) == offered.split()


def test_nothing_but_numbers_is_printed(desk: Run) -> None:
    assert set(desk(PROGRAM, "__complete", "show", "").stdout) <= set("C-0123456789\n")


def test_the_database_is_found_as_every_command_finds_it(desk: Run, tmp_path: Path) -> None:
    for name in ("flag", "variable", "file"):
        desk(PROGRAM, "open", "x", "-q", "--db", f"{name}.db")
        desk(PROGRAM, "open", "x", "-q", "--db", f"{name}.db")
    config = tmp_path / "config.toml"
    config.write_text('database_url = "file.db"\n', encoding="utf-8")
    flag, variable = ("--db", "flag.db"), {"CSTRACK_DATABASE_URL": "variable.db"}
    desk(PROGRAM, "close", "1", "--outcome", "invalid", "-q", "--db", "flag.db")
    desk(PROGRAM, "close", "2", "--outcome", "invalid", "-q", "--db", "variable.db")
    assert numbers(desk, "show", *flag, "", **variable) == ["C-2"]
    assert numbers(desk, "show", "--db=sqlite:///flag.db", "", **variable) == ["C-2"]
    assert numbers(desk, "show", '--db="flag.db"', "") == ["C-2"]
    assert numbers(desk, "show", "", **variable) == ["C-1"]
    assert numbers(desk, "show", "--config", "config.toml", "") == ["C-2", "C-1"]
    assert numbers(desk, "show", "", CSTRACK_CONFIG="~/config.toml") == ["C-2", "C-1"]
    assert len(numbers(desk, "show", "")) == 11


def test_without_a_database_nothing_is_offered_and_none_is_made(run: Run, tmp_path: Path) -> None:
    assert numbers(run, "show", "") == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["broken.db", "folder", "/dev/null", "postgresql://127.0.0.1:1/none", "x\udc80"]
)
def test_a_fault_is_silent(run: Run, tmp_path: Path, url: str) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database" * 1000)
    (tmp_path / "folder").mkdir()
    assert numbers(run, "show", "--db", url, "") == []


def test_a_bad_configuration_is_silent(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("colour = [", encoding="utf-8")
    assert numbers(run, "show", "", CSTRACK_CONFIG="config.toml") == []


def test_nobody_there_to_read_is_silent(desk: Run) -> None:
    done = desk("bash", "-c", "cstrack __complete show '' >&-; cstrack __complete show '' > /dev/full")
    assert (done.returncode, done.stderr) == (0, "")


def test_numbers_come_without_typer_or_any_library(desk: Run) -> None:
    database = ".local/share/cstrack/cstrack.db"
    done = desk(sys.executable, "-X", "importtime", PROGRAM, "__complete", "show", "--db", database, "")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert len(done.stdout.split()) == 11
    assert loaded & {"typing", "typer", "rich", "json", "sqlmodel", "psycopg", "cstrack.cli.edge"} == set()


# --- the scripts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", FILES)
def test_the_script_in_the_checkout_is_that_of_the_command_tree(run: Run, shell: str) -> None:
    made = run(PROGRAM, "completion", shell, "--lang", "en").stdout
    assert (SCRIPTS / FILES[shell]).read_text(encoding="utf-8") == made, "run: make completions"


def test_a_script_can_be_had_as_json(run: Run) -> None:
    made = json.loads(run(PROGRAM, "completion", "fish", "--json").stdout)
    assert (made["schema"], made["shell"]) == (1, "fish")
    assert made["script"] == (SCRIPTS / FILES["fish"]).read_text(encoding="utf-8")


def test_a_shell_without_a_script_is_refused(run: Run) -> None:
    done = run(PROGRAM, "completion", "fisch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean fish?" in done.stderr


@pytest.mark.parametrize("shell", [pytest.param(shell, marks=needs(shell)) for shell in FILES])
def test_the_shell_finds_no_fault_with_its_script(run: Run, shell: str) -> None:
    done = run(shell, "-n", SCRIPTS / FILES[shell])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_option_with_a_code_of_the_policy_is_known() -> None:
    words = completion.known_words()
    taken = {name for command in completion.commands() for option in command.options for name in option.names}
    assert {place for place in words if place.startswith("--")} <= taken
    assert words["--outcome"] == tuple(default_policy().codes("outcomes"))


def test_every_place_for_a_case_offers_cases() -> None:
    places = [argument for command in completion.commands() for argument in command.arguments]
    assert {argument.values for argument in places if argument.metavar == "C"} == {"cases"}


BASH = [
    (["sho"], ["show"]),
    (["audit", ""], ["verify"]),
    (["show", "C-1"], ["C-12", "C-11", "C-10", "C-1"]),
    (["show", "--json", "1"], ["12", "11", "10", "1"]),
    (["--lang", "zh", "why", "1"], ["12", "11", "10", "1"]),
    (["show", "1", ""], []),
    (["note", "1", "-m", "show", ""], []),
    (["note", "1", "-m", ""], []),
    (["open", "--reso"], ["--resolve"]),
    (["open", "--channel", "w"], ["walk-in", "web"]),
    (["open", "--channel", "=", "w"], ["walk-in", "web"]),
    (["list", "--status", "=", "wai"], ["waiting"]),
    (["flag", "1", "sa"], ["safety"]),
    (["flag", "1", "safety", ""], []),
    (["pause", "1", "--waiting-for", "s"], ["supplier"]),
    (["help", "exit"], ["exit-codes"]),
    (["completion", ""], ["bash", "zsh", "fish"]),
    (["when", "--", "--"], []),
    (["show", "--db", "sqlite", ":", "///none.db", ""], []),
    (["show", "$(touch PWNED)"], []),
    (["$(touch PWNED)", ""], []),
]


@pytest.mark.parametrize(("words", "offered"), BASH)
def test_bash_offers(desk: Run, words: list[str], offered: list[str]) -> None:
    assert in_bash(desk, *words) == offered


def test_bash_offers_the_whole_word_where_it_does_not_take_it_apart(run: Run) -> None:
    assert in_bash(run, "list", "--status=wai", breaks=" ") == ["--status=waiting"]


def test_bash_offers_every_command_and_option(run: Run) -> None:
    assert in_bash(run, "") == list(main.root().verbs)
    offered = in_bash(run, "overdue", "-")
    assert {"--today", "--within", "-q", "--at", "--db", "-h"} <= set(offered)


def test_bash_completes_at_a_prompt(desk: Run, tmp_path: Path) -> None:
    setup = f"source {SCRIPTS / FILES['bash']}"
    assert desk(PROGRAM, "close", "10-12", "--outcome", "invalid", "--yes", "-q").returncode == 0
    words = at_a_prompt("bash", ["--norc", "--noprofile"], tmp_path, setup, "cstrack timel\tC-1")
    assert words == ["timeline", "C-1"]


@needs("zsh")
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("timel", ["timeline"]),
        ("audit v", ["audit", "verify"]),
        ("show C-12", ["show", "C-12"]),
        ("show 2", ["show", "2"]),
        ("open --channel=wal", ["open", "--channel=walk-in"]),
        ("--lang zh flag 1 saf", ["--lang", "zh", "flag", "1", "safety"]),
        ("note 2 --mess\tx", ["note", "2", "--message=x"]),
    ],
)
@pytest.mark.usefixtures("desk")
def test_zsh_completes_at_a_prompt(tmp_path: Path, typed: str, completed: list[str]) -> None:
    setup = f"autoload -U compinit; compinit -u -D; source {SCRIPTS / FILES['zsh']}"
    assert at_a_prompt("zsh", ["-f", "-i"], tmp_path, setup, f"cstrack {typed}") == completed


@needs("fish")
@pytest.mark.parametrize(
    ("words", "offered"), [pair for pair in BASH if "=" not in pair[0] and ":" not in pair[0]]
)
def test_fish_offers(desk: Run, words: list[str], offered: list[str]) -> None:
    assert sorted(in_fish(desk, " ".join(["cstrack", *words]))) == sorted(offered)


@pytest.mark.parametrize("shell", [pytest.param(shell, marks=needs(shell)) for shell in ("bash", "fish")])
def test_no_subject_ever_reaches_a_shell(desk: Run, tmp_path: Path, shell: str) -> None:
    offered = in_bash(desk, "show", "") if shell == "bash" else in_fish(desk, "cstrack show ")
    assert set("".join(offered)) <= set("C-0123456789")
    assert not (tmp_path / "PWNED").exists()
