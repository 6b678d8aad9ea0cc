"""The installed command as a person runs it: a process of its own, in a clean environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = Path(sys.executable).with_name("cstrack")


class Done(NamedTuple):
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote, as the one JSON value that it is."""
        assert self.code == 0, self
        return json.loads(self.out)

    @property
    def ok(self) -> Done:
        assert self.code == 0, self
        return self


def environment(home: Path, url: str | None = None, **more: str) -> dict[str, str]:
    """Nothing of whoever runs the tests, but what measures coverage."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("COV_", "COVERAGE"))}
    clean = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "Asia/Shanghai"}
    desk = {"CSTRACK_ZONE": "Asia/Shanghai", "CSTRACK_USER": "li"}
    if url is not None:
        desk["CSTRACK_DATABASE_URL"] = url
    return {**kept, **clean, **desk, **more}


class Shell:
    """Somewhere to type commands."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.home, self.url = home, url

    def __call__(self, *args: str, stdin: str | None = None, **more: str) -> Done:
        """Run `cstrack ARGS`; standard input is empty unless given, `more` goes into the environment."""
        done = subprocess.run(
            [SCRIPT, *args],
            env=environment(self.home, self.url, **more),
            cwd=self.home,
            input=stdin or "",
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)


def runner(home: Path, **more: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A way to run commands on a desk of their own below `home` that asserts their exit code."""
    environ = environment(home, str(home / "desk.db"), **more)

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [SCRIPT, *words], env=environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == code, done.stderr
        return done

    return run
