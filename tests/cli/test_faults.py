"""Broken files, full disks, closed pipes, kills: one line, a code, and all that was acknowledged is there."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.record import connect
from cstrack.store import migrate
from tests.support.cli import SCRIPT, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)

COMMANDS = (
    ["list"],
    ["overdue"],
    ["show", "1"],
    ["timeline", "1"],
    ["doctor"],
    ["audit", "verify"],
    ["open", "x"],
    ["note", "1", "-m", "x"],
    ["sweep"],
)


def typed(shell: Shell, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a command with a hand on its surroundings: preexec_fn, stdout, stdin."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    env = environment(shell.home, shell.url)
    return subprocess.run([SCRIPT, *words], env=env, text=True, timeout=60, check=False, **{**pipes, **how})


def one_line(done: Any, code: int, *parts: str) -> None:
    """A refusal on standard error, on one line, with these parts."""
    left, out, err = done if isinstance(done, tuple) else (done.returncode, done.stdout, done.stderr)
    assert (left, out or "") == (code, ""), done
    assert err.startswith("error: ")
    assert err.count("\n") == 1, err
    for part in parts:
        assert part in err


def folded(desk: Desk) -> Path:
    """The desk's file with all that was committed in it, and nothing beside it."""
    file = sqlite3.connect(desk.url)
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    for ending in ("-wal", "-shm", ".lock"):
        Path(desk.url + ending).unlink(missing_ok=True)
    return Path(desk.url)


def sound(shell: Shell) -> None:
    """Every history leads to what lists show, and nothing was altered."""
    assert shell("doctor").code == 0
    assert shell("audit", "verify").code == 0


# --- files that are no desk ---------------------------------------------------------------------------------


def _halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_in_the_first_page(path: Path) -> None:
    os.truncate(path, 3000)


def _scratched(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 : len(data)] = Random(7).randbytes(len(data) - 4096)
    path.write_bytes(data)


def _noise(path: Path) -> None:
    path.write_bytes(Random(7).randbytes(50_000))


def _text(path: Path) -> None:
    path.write_text("投诉单\n" * 5000, encoding="utf-8")


@pytest.mark.parametrize("damage", [_halved, _cut_in_the_first_page, _scratched, _noise, _text])
def test_a_broken_file_is_named_and_left_as_it_is(
    shell: Shell, desk: Desk, damage: Callable[[Path], None]
) -> None:
    desk.open()
    path = folded(desk)
    damage(path)
    before = path.read_bytes()
    for words in COMMANDS:
        one_line(shell(*words), 1, f"{path} is not a sound cstrack database (", "--db")
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE bookmark (url TEXT)")
    file.commit()
    file.close()
    before = path.read_bytes()
    for words in COMMANDS:
        one_line(shell(*words, "--db", str(path)), 1, f"{path} is a database of another program", "--db")
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_without_a_byte_written(shell: Shell, desk: Desk) -> None:
    desk.open()
    file = sqlite3.connect(desk.url)
    file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.commit()
    file.close()
    path = folded(desk)
    before = path.read_bytes()
    for words in COMMANDS:
        done = shell(*words)
        one_line(done, 78, "schema 9999 and this program knows", "Nothing was written. Upgrade the program")
    assert path.read_bytes() == before


def test_a_folder_and_a_device_are_no_database(shell: Shell, tmp_path: Path) -> None:
    for words in COMMANDS:
        one_line(shell(*words, "--db", str(tmp_path)), 1, f"{tmp_path} cannot be used: Is a directory")
        one_line(shell(*words, "--db", "/dev/zero"), 1, "/dev/zero cannot be used: ")


def test_a_place_where_no_file_can_be_is_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    one_line(shell("open", "x", "--db", f"{tmp_path}/file/cs.db"), 1, "cannot be used: Not a directory")
    one_line(shell("list", "--db", f"{tmp_path}/file/cs.db"), 1, "cannot be used: Not a directory")
    one_line(shell("open", "x", "--db", "/proc/none/cs.db"), 1, "/proc/none/cs.db cannot be used: ")


@pytest.mark.parametrize("url", ["mysql://u@h/db", "sqlite://cs.db", "postgresql+psycopg://h/db", ":memory:"])
def test_a_kind_of_database_that_is_not_known_is_refused(shell: Shell, url: str) -> None:
    for words in COMMANDS:
        one_line(shell(*words, "--db", url), 78, "Give the path of a file, or postgresql://")
    assert list(shell.home.iterdir()) == []


def test_an_empty_file_is_a_desk_without_cases(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch()
    assert shell("list", "--db", str(path)) == (0, "", "")
    assert shell("note", "1", "-m", "x", "--db", str(path)).code == 3
    assert path.stat().st_size == 0
    assert shell("open", "x", "--db", str(path)).out.startswith("C-1  ")


# --- not allowed --------------------------------------------------------------------------------------------


def unprivileged() -> None:
    """Root obeys permissions like everybody else, from here on."""
    override, search, drop = 1, 2, 24
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        assert system.prctl(drop, override, 0, 0, 0) == system.prctl(drop, search, 0, 0, 0) == 0


@pytest.fixture
def locked(desk: Desk) -> Iterator[Path]:
    """The desk with one case in a folder of its own that nobody may write to."""
    desk.open()
    path = folded(desk)
    folder = path.parent / "locked"
    folder.mkdir()
    moved = Path(shutil.move(path, folder))
    folder.chmod(0o500)
    yield moved
    folder.chmod(0o700)


def test_a_folder_that_may_not_be_written_can_be_read(shell: Shell, locked: Path) -> None:
    shell.url = str(locked)
    assert typed(shell, "list", "--json", preexec_fn=unprivileged).stdout.count('"ref"') == 1
    for words in (["open", "x"], ["note", "1", "-m", "x"], ["sweep"]):
        done = typed(shell, *words, preexec_fn=unprivileged)
        one_line(done, 1, f"{locked} may not be written: ", "who owns the file and its folder")


def test_a_file_that_may_not_be_written_or_read_says_so(shell: Shell, desk: Desk) -> None:
    desk.open()
    folded(desk).chmod(0o400)
    done = typed(shell, "note", "1", "-m", "x", preexec_fn=unprivileged)
    one_line(done, 1, f"{desk.url} may not be written: Permission denied")
    assert typed(shell, "list", preexec_fn=unprivileged).stdout.count("C-1") == 1
    Path(desk.url).chmod(0)
    one_line(typed(shell, "list", preexec_fn=unprivileged), 1, "cannot be used: Permission denied")


def test_a_desk_that_may_not_be_looked_at_is_not_an_empty_one(shell: Shell, locked: Path) -> None:
    shell.url = str(locked)
    locked.parent.chmod(0)
    one_line(typed(shell, "overdue", preexec_fn=unprivileged), 1, "cannot be used: Permission denied")


def test_what_a_crash_left_beside_the_file_is_not_overlooked(shell: Shell, desk: Desk, locked: Path) -> None:
    """A log that cannot be merged would hide what was committed: no answer is better than an old one."""
    shutil.copyfile(locked, desk.url)
    holder = sqlite3.connect(desk.url)
    holder.execute("SELECT COUNT(*) FROM event").fetchone()
    desk.open(60)
    locked.parent.chmod(0o700)
    for ending in ("", "-wal"):
        shutil.copyfile(desk.url + ending, f"{locked}{ending}")
    locked.parent.chmod(0o500)
    holder.close()
    shell.url = str(locked)
    one_line(typed(shell, "list", preexec_fn=unprivileged), 1, "cannot be used: unable to open")


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
    ["sweep"],
)


def at_most(size: int) -> Callable[[], None]:
    """No file of this process grows beyond so many bytes, as on a disk without room."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("words", WRITES, ids=lambda words: words[0])
def test_r04_a_full_disk_fails_every_write_on_one_line_and_loses_nothing(
    shell: Shell, desk: Desk, words: list[str]
) -> None:
    desk.open()
    if words[0] == "deescalate":
        assert shell("escalate", "1", "-m", "x").code == 0
    before = desk.everything()
    for size in (0, 5000, 40_000):
        done = typed(shell, *words, preexec_fn=at_most(size))
        if done.returncode:
            one_line(done, 1, f"the disk of {desk.url} is full")
            assert desk.everything() == before
        else:
            assert len(desk.everything()["event"]) > len(before["event"])
            break
    sound(shell)


def test_r04_a_desk_is_made_whole_or_not_at_all(shell: Shell, tmp_path: Path) -> None:
    shell.url = str(tmp_path / "new" / "cs.db")
    for size in (0, 5000, 40_000, 100_000):
        one_line(typed(shell, "open", "x", preexec_fn=at_most(size)), 1, f"the disk of {shell.url} is full")
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
            one_line(done, 1, "is full")
        assert 0 < len(taken) < len(said)
        assert sorted(shell("list", "--format", "{ref}").out.split()) == sorted(taken)
        sound(shell)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# --- answers that cannot be given ---------------------------------------------------------------------------


def test_what_is_recorded_and_cannot_be_printed_is_not_to_be_typed_again(shell: Shell, desk: Desk) -> None:
    for number, words in enumerate((["open", "x"], ["open", "x", "--json"], ["note", "1,2", "-m", "x"])):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            done = typed(shell, *words, stdout=full)
        said = f"it is recorded, but could not be printed: No space left on device. Do not type it again; see: cstrack show {('1', '2', '1,2')[number]}"
        assert (done.returncode, done.stderr.count("\n"), said in done.stderr) == (1, 1, True)
    assert desk.events() == ["opened", "opened", "noted", "noted"]


@pytest.mark.parametrize(
    "words", [["list"], ["list", "--json"], ["show", "1"], ["timeline", "1"], ["doctor"]]
)
def test_a_list_that_cannot_be_printed_is_a_failure(shell: Shell, desk: Desk, words: list[str]) -> None:
    desk.open()
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert typed(shell, *words, stdout=full).returncode == 1
        assert typed(shell, *words, stdout=full, stderr=full).returncode == 1


def test_a_refusal_that_cannot_be_said_keeps_its_code(shell: Shell) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert typed(shell, "note", "9", "-m", "x", stdout=full, stderr=full).returncode == 3


@pytest.mark.parametrize("words", ["list", "list --json", "timeline 1", "show 1 --json", "--help"])
def test_a_reader_that_closes_the_pipe_is_no_fault(shell: Shell, desk: Desk, words: str) -> None:
    desk.open()
    for n in range(300):
        desk.does(_note, n, text="字" * 100)
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {SCRIPT} {words} | head -c 1"],
        env=environment(shell.home, shell.url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def _note(draft: Any, text: str) -> None:
    from cstrack.domain.decide import talk

    talk.note(draft, text=text)


# --- kills --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trials", [60, pytest.param(1000, marks=pytest.mark.soak)])
def test_r01_nothing_acknowledged_is_lost_to_a_kill(shell: Shell, desk: Desk, trials: int) -> None:
    chance = Random(20261122)
    for n in range(5):
        assert shell("open", f"第{n}件", "--at", "30 hours ago").code == 0
    numbers, texts = {1, 2, 3, 4, 5}, set()
    for trial in range(trials):
        number, text = str(chance.choice(sorted(numbers))), f"trial {trial}"
        words = chance.choice(
            (
                ["open", text, "--at", "30 hours ago"],
                ["note", number, "-m", text],
                ["escalate", number, "-m", text],
                ["resolve", number, "-m", text],
                ["sweep"],
            )
        )
        said = killed(shell, words, after=chance.uniform(0.02, 0.14))
        if said and words[0] == "open":
            numbers.add(int(said.split()[0].removeprefix("C-")))
        if said and words[0] != "sweep":
            texts.add(text)
    sound(shell)
    told = {
        word
        for row in desk.rows("SELECT words FROM event WHERE words IS NOT NULL")
        for word in row[0].split('"')
    }
    assert texts <= told
    assert len(texts) > trials // 20, "hardly any command got through: the trials prove nothing"
    assert len(texts) < trials, "no command was killed: the trials prove nothing"
    assert numbers <= {row.number for row in desk.listed(status="all")}
    assert desk.rows("PRAGMA integrity_check") == [("ok",)]


def killed(shell: Shell, words: list[str], *, after: float) -> str:
    """Start a command, kill it so many seconds later; what it had printed by then."""
    env = environment(shell.home, shell.url)
    child = subprocess.Popen(
        [SCRIPT, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    time.sleep(after)
    child.kill()
    return child.communicate(timeout=60)[0]


# --- durability ---------------------------------------------------------------------------------------------


def test_r05_every_connection_that_writes_waits_for_the_disk(desk: Desk) -> None:
    with desk.writing() as db:
        ours = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    upgrading = migrate._sqlite(desk.url)
    theirs = [upgrading.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    upgrading.close()
    assert ours == theirs == [2, "wal"]


def test_r05_there_is_no_other_way_to_a_writing_connection() -> None:
    root = Path(connect.__file__).parents[1]
    places = {
        str(file.relative_to(root)): file.read_text(encoding="utf-8").count("sqlite3.connect(")
        for file in root.rglob("*.py")
    }
    known = {
        "record/connect.py": 2,  # reading by mode=ro, and open_writing
        "store/migrate.py": 1,
        "record/seen.py": 1,  # a scratch table in memory
        "cli/complete.py": 1,  # mode=ro
    }
    assert {name: count for name, count in places.items() if count} == known
