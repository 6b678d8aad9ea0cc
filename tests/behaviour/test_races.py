"""Several at once: nothing is lost, nobody is told that the database is locked."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app.road import ATTEMPTS, context_of, desk_of, is_lost_race, load_case
from cstrack.domain.decide import levels, talk
from cstrack.domain.decide.draft import Draft
from cstrack.domain.errors import Busy
from cstrack.domain.events import CASE, Event
from cstrack.record import audit, connect, ledger
from cstrack.store import doctor
from tests.support.cli import Shell

if TYPE_CHECKING:
    from tests.support.desks import Desk

ROOT = Path(__file__).parents[2]


def check_sound(desk: Desk) -> None:
    with desk.reading() as db:
        assert doctor.examine(db).findings == []
        assert audit.verify(db).broken == []


def write_past_the_queue(desk: Desk, *, text: str) -> None:
    """A note by a program that does not wait for whoever is writing to the case."""
    with desk.writing() as db, db.transaction():
        stream, before = load_case(db, 1)
        draft = Draft(before, context_of(desk.road(60), desk_of(db)))
        talk.note(draft, text=text)
        run = desk.road(60).run
        ledger.append(
            db, run, ledger.begin(db, run), [ledger.Append(stream, draft.events, before, draft.state)]
        )


def test_of_two_writers_with_the_same_sequence_number_one_loses_the_race(desk: Desk) -> None:
    desk.open()
    with desk.writing() as db:
        stale = ledger.load(db, CASE, 1)
        desk.does(talk.note, 60, text="first")
        late = Event("noted", 0, {}, {"text": "second"}, seq=2)
        run = desk.road(120).run
        before = desk.everything()
        with pytest.raises(Exception, match=r"replaced|uq_event_stream") as lost, db.transaction():
            ledger.append(db, run, ledger.begin(db, run), [ledger.Append(stale, [late])])
    assert is_lost_race(lost.value)
    assert desk.everything() == before


def test_another_fault_of_uniqueness_is_no_lost_race(desk: Desk) -> None:
    desk.open()
    with desk.writing() as db, pytest.raises(Exception, match="desk") as fault, db.transaction():
        db.execute("INSERT INTO desk (key, value) VALUES ('zone', 'UTC')")
    assert not is_lost_race(fault.value)


def test_the_loser_of_a_race_reloads_and_both_are_there(postgres_desk: Desk) -> None:
    desk = postgres_desk
    desk.open()
    seen: list[int] = []

    def overtaken(draft: Any) -> None:
        """The first time, somebody else writes between reading the case and writing to it."""
        seen.append(draft.state.seq)
        if len(seen) == 1:
            write_past_the_queue(desk, text="faster")
        talk.note(draft, text="slower")

    [outcome] = desk.does(overtaken, 120)
    assert seen == [1, 2]
    assert [event.seq for event in outcome.events] == [3]
    assert desk.events(1) == ["opened", "noted", "noted"]
    check_sound(desk)


def test_who_waited_for_another_is_judged_by_what_that_one_did(desk: Desk) -> None:
    desk.open(flags=("departments",))
    order = partial(desk.does, levels.escalate, 60, text="x")
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(order) for _ in range(2)]
    refused = [one.exception() for one in done if one.exception()]
    assert [getattr(fault, "code", fault) for fault in refused] == ["level-above-top"]
    assert desk.events(1) == ["opened", "escalated"]


def test_orders_on_the_same_cases_in_any_order_wait_for_each_other(desk: Desk) -> None:
    for n in range(3):
        desk.open(n)
    with ThreadPoolExecutor(4) as pool:
        numbers = [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)] * 4
        list(pool.map(lambda some: desk.does(talk.note, 60, *some, text="x"), numbers))
    assert [desk.events(number).count("noted") for number in (1, 2, 3)] == [16, 16, 16]
    check_sound(desk)


def test_a_race_lost_too_often_is_said_to_be_busy(postgres_desk: Desk) -> None:
    desk = postgres_desk
    desk.open()

    def overtaken(draft: Any) -> None:
        write_past_the_queue(desk, text="always faster")
        talk.note(draft, text="slower")

    with pytest.raises(Busy, match="database-busy"):
        desk.does(overtaken, 60)
    assert desk.events(1) == ["opened", *["noted"] * ATTEMPTS]


def test_several_threads_on_one_case_lose_nothing(desk: Desk) -> None:
    desk.open()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: desk.does(talk.note, 60 + n, text=str(n)), range(24)))
    assert desk.events(1).count("noted") == 24
    check_sound(desk)


def test_numbers_are_given_once_however_many_open_at_once(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda n: desk.open(n).outcome.after.number, range(16)))
    assert sorted(numbers) == list(range(1, 17))


def write_at_once(desk: Desk, processes: int, writes: int) -> None:
    """Processes that each write in turn on a case of their own and on one that all share."""
    desk.open(subject="shared")
    for n in range(processes):
        desk.open(subject=str(n))
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.writer", desk.url, f"w{n}", str(writes), str(n + 2), "1"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for n in range(processes)
    ]
    assert [(process.communicate()[0], process.returncode) for process in running] == [("", 0)] * processes
    said = sorted(
        json.loads(words)["text"] for (words,) in desk.rows("SELECT words FROM event WHERE type = 'noted'")
    )
    assert said == sorted(f"w{n} {m}" for n in range(processes) for m in range(writes))
    assert desk.events(1).count("noted") == processes * (writes // 2)
    check_sound(desk)


def test_r02_eight_processes_half_on_the_same_case_lose_nothing(desk: Desk) -> None:
    write_at_once(desk, 8, 25)


@pytest.mark.soak
@pytest.mark.parametrize("processes", [8, 16])
def test_r02_soak_two_hundred_writes_a_process_lose_nothing(desk: Desk, processes: int) -> None:
    write_at_once(desk, processes, 200)


def test_commands_typed_at_once_all_succeed(desk: Desk, shell: Shell) -> None:
    desk.open()
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda n: shell("note", "1", "-m", f"note {n}", "--json"), range(12)))
    assert {(one.code, one.err) for one in done} == {(0, "")}
    assert max(one.json["events"][-1]["seq"] for one in done) == len(desk.events(1))
    assert desk.events(1).count("noted") == 12


def test_a_desk_first_used_by_several_at_once_is_made_once(tmp_path: Path) -> None:
    shell = Shell(tmp_path, str(tmp_path / "new" / "cs.db"))
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda n: shell("open", f"case {n}", "--json"), range(3)))
    assert sorted(one.json["number"] for one in done) == [1, 2, 3]
    assert connect.kind_of(shell.url or "") == connect.SQLITE
