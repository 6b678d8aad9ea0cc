"""A rough world for the program: no rights, no room, and refusals that are one line."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cli import SCRIPT, Done, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.cli import Shell

ON_SQLITE = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
"""Tests of what does not depend on the kind of database."""


def do(shell: Shell, *words: str, **more: Any) -> None:
    """Run a command that the test relies on."""
    done = shell(*words, **more)
    assert done.code == 0, done


def typed(shell: Shell, *words: str, **how: Any) -> Done:
    """Run a command with a hand on its surroundings: preexec_fn, stdout, stderr."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    # bytecode that was cut off by a limit on files would fail every later run
    env = environment(shell.home, shell.url, PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run([SCRIPT, *words], env=env, text=True, timeout=60, check=False, **{**pipes, **how})
    return Done(done.returncode, done.stdout or "", done.stderr or "")


def killed(shell: Shell, words: list[str], *, after: float) -> tuple[str, bool]:
    """Start a command and kill it so many seconds later: what it had printed, and whether it died of it."""
    env = environment(shell.home, shell.url)
    child = subprocess.Popen(
        [SCRIPT, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        return child.communicate(timeout=after)[0], False
    except subprocess.TimeoutExpired:
        child.kill()
        return child.communicate(timeout=60)[0], True


def refused(done: Done, code: int, *parts: str) -> None:
    """One line on standard error with these parts, nothing on standard output."""
    assert (done.code, done.out) == (code, ""), done
    assert done.err.count("\n") == 1, done.err
    assert done.err.startswith("refused: " if code == 4 else "error: ")
    for part in parts:
        assert part in done.err


def sound(shell: Shell) -> None:
    """Every history leads to what lists show, and nothing was altered."""
    do(shell, "doctor")
    do(shell, "audit", "verify")


def unprivileged() -> None:
    """Root obeys permissions like everybody else, from here on; for a child that is about to start."""
    override, search, drop = 1, 2, 24
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        assert system.prctl(drop, override, 0, 0, 0) == system.prctl(drop, search, 0, 0, 0) == 0


def at_most(size: int) -> Callable[[], None]:
    """No file of a child grows beyond so many bytes, as on a disk without room."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit
