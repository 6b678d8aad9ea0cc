"""Standard streams that are full, closed, or left by their reader."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import SCRIPT, Shell, environment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path, str(tmp_path / "cs.db"))
    made("open", "空调不制冷", "--channel", "phone").ok  # noqa: B018  .ok asserts
    return made


def run(shell: Shell, line: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell, in which cstrack is the program under test."""
    env = environment(shell.home, shell.url, PATH=f"{SCRIPT.parent}:/usr/bin:/bin")
    return subprocess.run(
        ["bash", "-c", line], env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("words", ["list", "show 1", "--version", "--help", "timeline 1 --json"])
def test_an_output_that_is_full_is_said_and_shows_in_the_exit_code(shell: Shell, words: str) -> None:
    done = run(shell, f"cstrack {words} > /dev/full")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_was_closed_is_no_fault(shell: Shell, closed: str) -> None:
    done = run(shell, f"cstrack list {closed}")
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_written_without_an_error_stream_is_written_once(shell: Shell) -> None:
    assert run(shell, "cstrack note 1 -m once 2>&-").returncode == 0
    assert run(shell, "cstrack timeline 1 --format '{type}'").stdout == "opened\nnoted\n"


def test_a_reader_that_leaves_early_is_no_fault(shell: Shell) -> None:
    done = run(shell, "set -o pipefail; cstrack timeline 1 --json | head -c 1")
    assert (done.returncode, done.stderr) == (0, "")


def test_ctrl_c_while_it_starts_leaves_no_trace() -> None:
    script = "import os, signal, cstrack.__main__; os.kill(os.getpid(), signal.SIGINT)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")
