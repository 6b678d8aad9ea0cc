"""`make bench`: whole-process medians of everyday commands, beside two floors of the same run.

Every round runs every command once, in turn, so that a noisy machine is noisy for all of them.
Run it with the Python of an environment that holds the installed wheel.
"""

from __future__ import annotations

import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import desk

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "31"))
SIZE = int(os.environ.get("BENCH_CASES", "10000"))
BARE = "bare Typer program"
HERE = Path(__file__).parent
CSTRACK = str(Path(sys.executable).parent / "cstrack")
READ, TABLE, WRITE = 1.4, 2.2, 1.5
"""What a command may take, as a ratio to the bare Typer program."""


def commands() -> dict[str, tuple[list[str], bool, float | None]]:
    """Each name -> (arguments, whether a terminal looks, the ratio aimed at)."""
    return {
        "python -c pass": ([sys.executable, "-c", "pass"], False, None),
        BARE: ([sys.executable, str(HERE / "bare.py")], False, None),
        "overdue (TSV)": ([CSTRACK, "overdue"], False, READ),
        "overdue --json": ([CSTRACK, "overdue", "--json"], False, READ),
        "overdue (table)": ([CSTRACK, "overdue", "--level", "2"], True, TABLE),
        "show --json": ([CSTRACK, "show", "500", "--json"], False, READ),
        "show (screen)": ([CSTRACK, "show", "500"], True, TABLE),
        "note": ([CSTRACK, "note", "500", "-m", "parts ordered"], False, WRITE),
        "contact (level 2, on a calendar)": (
            [CSTRACK, "contact", "500", "--out", "-m", "told him the date"],
            False,
            WRITE,
        ),
        "open": (
            [CSTRACK, "open", "空调不制冷", "--phone", "13912345678", "--channel", "phone"],
            False,
            WRITE,
        ),
        "--help": ([CSTRACK, "--help"], False, None),
        "--version": ([CSTRACK, "--version"], False, None),
        "completion of numbers": ([CSTRACK, "__complete", "C-1"], False, None),
    }


def once(arguments: list[str], environ: dict[str, str], *, terminal: bool) -> float:
    """Seconds that one run takes, from start to end of the process."""
    if not terminal:
        began = time.perf_counter()
        subprocess.run(arguments, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - began
    ours, theirs = pty.openpty()
    began = time.perf_counter()
    child = subprocess.Popen(arguments, env=environ, stdout=theirs, stderr=subprocess.DEVNULL, stdin=theirs)
    os.close(theirs)
    try:
        while os.read(ours, 65536):
            pass
    except OSError:  # the terminal ends with the process
        pass
    code = child.wait()
    took = time.perf_counter() - began
    os.close(ours)
    if code:
        raise subprocess.CalledProcessError(code, arguments)
    return took


def main() -> None:
    """Build the desk, run the rounds, print the table."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "CSTRACK"))}
    with tempfile.TemporaryDirectory(prefix="cstrack-bench-") as folder:
        path = Path(folder) / "desk.db"
        desk.build(path, SIZE, int(time.time()))
        environ = {**plain, "CSTRACK_DATABASE_URL": str(path), "TERM": "xterm-256color", "COLUMNS": "120"}
        todo = commands()
        times: dict[str, list[float]] = {name: [] for name in todo}
        for arguments, terminal, _aim in todo.values():
            once(arguments, environ, terminal=terminal)
        for _round in range(ROUNDS):
            for name, (arguments, terminal, _aim) in todo.items():
                times[name].append(once(arguments, environ, terminal=terminal))
    report(todo, times)


def report(todo: dict[str, tuple[list[str], bool, float | None]], times: dict[str, list[float]]) -> None:
    """Print a Markdown table: medians, spread, ratios, and whether the aim is met."""
    medians = {name: statistics.median(taken) * 1000 for name, taken in times.items()}
    floor = medians[BARE]
    print(f"{SIZE} cases, {ROUNDS} rounds, Python {sys.version.split()[0]}, medians of whole processes\n")
    print("| command | median ms | min ms | to bare Typer | aim | |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for name, (_arguments, _terminal, aim) in todo.items():
        ratio = medians[name] / floor
        verdict = "" if aim is None else ("met" if ratio <= aim else "missed")
        least = min(times[name]) * 1000
        aimed = "" if aim is None else f"{aim:.1f}"
        print(f"| {name} | {medians[name]:.1f} | {least:.1f} | {ratio:.2f} | {aimed} | {verdict} |")


if __name__ == "__main__":
    main()
