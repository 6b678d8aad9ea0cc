"""Applying a policy to many open cases: seconds, cases a second, and the most memory that it took.

    python bench/policy.py [--cases 100000]

A desk of open cases is made in a temporary file; then one process rehearses a policy that moves every
level clock, and one applies it. Memory is the most that the process ever held (ru_maxrss).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import desk

from cstrack.app import applying
from cstrack.app.road import Road
from cstrack.domain.dealer import DEALER
from cstrack.domain.decide.following import POLICY
from cstrack.domain.policy import overlaid
from cstrack.record.ledger import Run

LONGER = {"levels": {"1": {"limit": "30h"}, "2": {"limit": "60h"}, "3": {"limit": "90h"}}}


def main() -> None:
    """Make the desk, rehearse, apply; each in a process of its own, so that memory is told apart."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--apply", metavar="URL")
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args()
    if asked.apply:
        _apply(asked.apply, dry_run=asked.dry_run)
        return
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "cs.db")
        desk.build(Path(url), asked.cases, int(time.time()), live_every=1)
        for words in (["--dry-run"], []):
            subprocess.run([sys.executable, __file__, "--apply", url, *words], check=True)


def _apply(url: str, *, dry_run: bool) -> None:
    now = int(time.time())
    run = Run("bench", "bench", "bench", "bench", "policy apply", now, os.urandom)
    data: dict[str, Any] = overlaid(DEALER, LONGER)
    before = _memory()
    began = time.perf_counter()
    done = applying.apply(
        Road(url, run, now, lambda _url: None), applying.Made(data, "longer"), why=POLICY, dry_run=dry_run
    )
    took = time.perf_counter() - began
    moved = len({move.number for move in done.moved})
    name = "rehearse" if dry_run else "apply"
    print(
        f"{name:8} {done.cases:>7,} cases, {moved:,} moved: {took:6.1f} s, {done.cases / took:,.0f} a second,"
        f" {_memory():.0f} MB at most ({before:.0f} before)"
    )


def _memory() -> float:
    """Megabytes at most, so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
