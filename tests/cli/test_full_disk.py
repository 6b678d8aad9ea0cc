"""Full disks and closed pipes: a failure on one line, and all that was acknowledged is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import SCRIPT, environment
from tests.support.rough import ON_SQLITE, at_most, do, refused, sound, typed

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = ON_SQLITE

# --- a full disk --------------------------------------------------------------------------------------------

BIG = "字" * 10_000
WRITES = (
    ["open", "x", "-m", BIG],
    ["note", "1", "-m", BIG],
    ["contact", "1", "--out", "-m", BIG],
    ["assign", "1", "wang", "-m", BIG],
    ["escalate", "1", "-m", BIG],
    ["deescalate", "1", "-m", BIG],
    ["pause", "1", "--waiting-for", "supplier", "-m", BIG],
    ["flag", "1", "vip", "-m", BIG],
    ["propose", "1", "--by", "+1d", "-m", BIG],
    ["agree", "1", "-m", BIG],
    ["resolve", "1", "-m", BIG],
    ["close", "1", "--outcome", "withdrawn", "-m", BIG],
    ["correct", "1", "1", "-m", BIG],
    ["resume", "1", "-m", BIG],
    ["reopen", "1", "-m", BIG],
    ["sweep"],
)
FIRST = {"sweep": ["open", "x", "--at", "30 hours ago"]}
BEFORE = {
    "deescalate": ["escalate", "1", "-m", "x"],
    "resume": ["pause", "1", "--waiting-for", "supplier"],
    "reopen": ["resolve", "1", "-m", "x"],
}


@pytest.mark.parametrize("words", WRITES, ids=lambda words: words[0])
def test_r04_a_full_disk_fails_every_write_on_one_line_and_loses_nothing(
    shell: Shell, desk: Desk, words: list[str]
) -> None:
    do(shell, *FIRST.get(words[0], ["open", "x"]))
    if words[0] in BEFORE:
        do(shell, *BEFORE[words[0]])
    before = desk.everything()
    for size in (0, 5000, 40_000):
        done = typed(shell, *words, preexec_fn=at_most(size))
        if done.code:
            refused(done, 1, f"the disk of {desk.url} is full")
            assert desk.everything() == before
        else:
            assert len(desk.everything()["event"]) > len(before["event"])
            break
    sound(shell)


def test_r04_a_desk_is_made_whole_or_not_at_all(shell: Shell, tmp_path: Path) -> None:
    shell.url = str(tmp_path / "new" / "cs.db")
    for size in (0, 5000, 40_000, 100_000):
        refused(typed(shell, "open", "x", preexec_fn=at_most(size)), 1, f"the disk of {shell.url} is full")
        assert shell("list") == (0, "", "")
    assert shell("open", "x").out.startswith("C-1  x\n")
    sound(shell)


def test_r04_what_was_acknowledged_on_a_disk_that_fills_is_there(
    shell: Shell, template: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=600k", "cstrack-test", str(disk)]
    if os.geteuid() or subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("a small disk of its own can only be mounted by root")
    try:
        shutil.copyfile(template, disk / "cs.db")
        shell.url = str(disk / "cs.db")
        said = [shell("open", f"第{n}件", "-m", BIG) for n in range(30)]
        taken = [done.out.split()[0] for done in said if done.code == 0]
        for done in said[len(taken) :]:
            refused(done, 1, "is full")
        assert 0 < len(taken) < len(said)
        assert sorted(shell("list", "--format", "{ref}").out.split()) == sorted(taken)
        sound(shell)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# --- answers that cannot be given ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "cases"),
    [(["open", "x"], "2"), (["open", "x", "--json"], "2"), (["note", "1", "-m", "x"], "1")],
    ids=" ".join,
)
def test_what_is_recorded_and_cannot_be_printed_is_not_to_be_typed_again(
    shell: Shell, desk: Desk, words: list[str], cases: str
) -> None:
    do(shell, "open", "x")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = typed(shell, *words, stdout=full)
    said = "it is recorded, but could not be printed: No space left on device. Do not type it again; see: "
    assert (done.code, done.err.count("\n"), f"{said}cstrack show {cases}" in done.err) == (1, 1, True)
    assert len(desk.events()) == 2


@pytest.mark.parametrize(
    "words", [["list"], ["list", "--json"], ["show", "1"], ["timeline", "1"], ["doctor"]]
)
def test_a_list_that_cannot_be_printed_is_a_failure(shell: Shell, words: list[str]) -> None:
    do(shell, "open", "x")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert typed(shell, *words, stdout=full).code == 1
        assert typed(shell, *words, stdout=full, stderr=full).code == 1


def test_a_refusal_that_cannot_be_said_keeps_its_code(shell: Shell) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert typed(shell, "note", "9", "-m", "x", stdout=full, stderr=full).code == 3


@pytest.mark.parametrize("words", ["list", "list --json", "timeline 1", "show 1 --json", "--help"])
def test_a_reader_that_closes_the_pipe_is_no_fault(shell: Shell, words: str) -> None:
    do(shell, "open", "x")
    do(shell, "note", "1", "-m", "字" * 30_000)
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {SCRIPT} {words} | head -c 1"],
        env=environment(shell.home, shell.url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
