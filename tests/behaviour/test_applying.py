"""Applying a policy, on both kinds of database: whole or not at all, by events, one after the other."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import policies
from cstrack.app.applying import NAMED
from cstrack.app.road import desk_for_writing, retried
from cstrack.domain.decide import adopting, ending, levels, talk, waiting
from cstrack.domain.decide.following import CALENDAR
from cstrack.domain.errors import BadConfig, CstrackError, Refused
from cstrack.record import ledger, sql
from tests.support.rules import holidays, limits, rules
from tests.support.spec import T0, ZONE, days, hours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future

    from cstrack.app.applying import Applied
    from cstrack.app.road import Desk as Open
    from cstrack.app.road import Outcome
    from cstrack.domain.decide.draft import Draft
    from cstrack.record.connect import Db
    from tests.support.desks import Desk

ROOT = Path(__file__).parents[2]
LONGER = rules(limits("36h", "72h", "96h"))
SHORTER = rules(limits("12h", "24h", "36h"))
TWO_LEVELS = rules(without=("levels.3",))


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two cases."""
    many = ", ".join("?" * sql.MANY)
    monkeypatch.setattr(sql, "HISTORIES_OF", sql.HISTORIES_OF.replace(many, "?, ?"))
    monkeypatch.setattr(sql, "MANY", 2)


def some_cases(desk: Desk) -> None:
    """A case in work, one that waits, one at the top, one resolved, one closed, one with a letter."""
    desk.open(0, channel="phone")
    desk.open(60, channel="web")
    desk.does(waiting.pause, hours(1), 2, waiting_for="supplier", until=T0 + hours(20))
    desk.open(120, channel="phone", flags=("vip",))
    desk.open(180, channel="phone", resolution="done")
    desk.open(240, channel="phone")
    desk.does(ending.close, hours(1), 5, outcome="invalid")
    desk.open(300, channel="phone")
    desk.does(adopting.add_outside, hours(1), 6, body="12315", ref=None, received_at=T0 + 300, limit="5d")


def versions(desk: Desk) -> list[int]:
    return [row[0] for row in desk.rows("SELECT version FROM policy ORDER BY version")]


def levels_of(desk: Desk, version: int) -> Mapping[int, Mapping[str, Any]]:
    """The levels of a version."""
    with desk.reading() as db:
        policy = policies.named(db, f"dealer v{version}", ZONE)
    assert policy is not None
    return policy.levels


def runs(desk: Desk) -> int:
    """How many runs of the program have written."""
    return len(desk.rows("SELECT id FROM invocation"))


# --- what it does ---


def test_open_clocks_move_by_one_event_a_case_and_one_run_of_the_program(desk: Desk) -> None:
    some_cases(desk)
    before = runs(desk)
    done = desk.applies(LONGER, hours(5))
    assert (done.before, done.after, done.changed) == ("dealer v1", "dealer v2", True)
    assert [(one.number, one.kind, one.after is not None) for one in done.moved] == [
        (number, "level", True) for number in (1, 2, 3, 6)
    ]
    assert [desk.events(number).count("moved") for number in range(1, 7)] == [1, 1, 1, 0, 0, 1]
    assert desk.rows("SELECT DISTINCT at, recorded_at, cause, actor FROM event WHERE type = 'moved'") == [
        (T0 + hours(5), T0 + hours(5), "rule", "system")
    ]
    assert runs(desk) == before + 1
    desk.is_sound()


def test_what_is_told_is_what_stands_in_the_rows_afterwards(desk: Desk) -> None:
    some_cases(desk)
    rows = {number: desk.clock("level", number).due_at for number in (1, 2, 3, 6)}
    done = desk.applies(LONGER, hours(5))
    assert {one.number: one.before for one in done.moved} == rows
    assert {one.number: one.after for one in done.moved} == {n: desk.clock("level", n).due_at for n in rows}
    assert {desk.clock("level", n).limit_text for n in (1, 2, 6)} == {"36h"}


def test_a_version_is_kept_with_its_text_its_reason_and_who_applied_it(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.applies(LONGER, hours(5), who="zhao")
    kept = desk.rows("SELECT version, name, text, at, actor, reason FROM policy")
    assert kept == [(2, "dealer", "name = 'dealer'\n", T0 + hours(5), "zhao", "as agreed")]
    [(data,)] = desk.rows("SELECT data FROM policy")
    assert json.loads(data) == {**LONGER, "version": 2}
    facts, words, actor = desk.rows("SELECT facts, words, actor FROM event WHERE stream_kind = 'policy'")[0]
    assert (json.loads(facts)["version"], json.loads(words)["text"], actor) == (2, "as agreed", "zhao")


def test_from_then_on_every_order_is_judged_by_the_new_policy(desk: Desk) -> None:
    desk.applies(LONGER, 0)
    desk.open(60, channel="phone")
    assert desk.clock("level").due_at == T0 + hours(36) + 60
    assert desk.show().row.policy == "dealer v2"
    with desk.reading() as db:
        found = [policies.named(db, label, ZONE) for label in ("dealer v1", "dealer v2", "dealer v3")]
    assert [one.label if one else None for one in found] == ["dealer v1", "dealer v2", None]


def test_p12_one_more_holiday_moves_open_clocks_and_says_that_it_was_the_calendar(desk: Desk) -> None:
    office = limits("16wh", "16wh", "16wh", calendar="office")
    desk.applies(rules(office), 0)
    desk.open(60, channel="phone")
    desk.open(120, channel="phone", resolution="done")
    done = desk.applies(rules({**office, **holidays("2026-11-17")}), hours(5), why=CALENDAR)
    assert [(one.number, one.before - T0, (one.after or 0) - T0) for one in done.moved] == [
        (1, days(2) + 60, days(3) + 60)
    ]
    assert desk.events(1) == ["opened", "moved"]
    [(facts,)] = desk.rows("SELECT facts FROM event WHERE type = 'moved'")
    assert json.loads(facts)["why"] == "calendar"


def test_a_clock_that_ends_is_told_with_its_verdict(desk: Desk) -> None:
    desk.open(channel="phone")
    done = desk.applies(rules(without=("clocks.total",)), hours(5))
    assert [(one.kind, one.after, one.verdict) for one in done.moved] == [("total", None, "void")]
    assert desk.clock("total").stopped_at == T0 + hours(5)


def test_what_ran_out_before_is_first_judged_by_the_policy_of_that_time(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.open(60, channel="phone")
    desk.does(waiting.pause, hours(1), 2, waiting_for="supplier", until=T0 + hours(20))
    desk.applies(LONGER, hours(30))
    steps = desk.rows("SELECT type, at FROM event WHERE stream_kind = 'case' ORDER BY stream_no, seq")
    assert [(kind, at - T0) for kind, at in steps] == [
        ("opened", 0),
        ("escalated", hours(24)),
        ("moved", hours(30)),
        ("opened", 60),
        ("paused", hours(1)),
        ("resumed", hours(20)),
        ("moved", hours(30)),
    ]
    assert desk.rows("SELECT stream_no, at FROM outbox") == [(1, T0 + hours(24))]
    assert desk.clock("level").due_at == T0 + hours(96)
    desk.is_sound()


def test_what_a_shorter_limit_would_have_ended_runs_out_now_and_not_before(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.applies(SHORTER, hours(20))
    assert desk.clock("level").due_at == T0 + hours(20)
    desk.sweep(hours(21))
    assert [one.verdict for one in desk.clocks("level")] == ["breached", None]
    assert desk.rows("SELECT at FROM event WHERE type = 'escalated'") == [(T0 + hours(20),)]


@pytest.mark.usefixtures("two_at_a_time")
def test_several_batches_are_applied_in_one_transaction(desk: Desk) -> None:
    for n in range(5):
        desk.open(n, channel="phone")
    before = runs(desk)
    done = desk.applies(LONGER, hours(5))
    assert (done.cases, [one.number for one in done.moved], runs(desk)) == (5, [1, 2, 3, 4, 5], before + 1)
    assert {desk.clock("level", n).limit_text for n in range(1, 6)} == {"36h"}
    desk.is_sound()


# --- what it does not ---


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    some_cases(desk)
    before = desk.everything()
    told = desk.applies(LONGER, hours(5), dry_run=True)
    assert desk.everything() == before
    assert desk.applies(LONGER, hours(5)) == told


def test_a_dry_run_makes_no_desk(desk: Desk, tmp_path: Path) -> None:
    elsewhere = type(desk)(str(tmp_path / "none" / "cs.db"))
    assert elsewhere.applies(LONGER, 0, dry_run=True).after == "dealer v2"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("data", [rules(without=("calendars.office",)), LONGER])
def test_the_policy_in_use_again_changes_nothing(desk: Desk, data: dict[str, Any]) -> None:
    some_cases(desk)
    if data is LONGER:
        desk.applies(data, hours(5))
    before = desk.everything()
    done = desk.applies(data, days(9))
    assert (done.changed, done.moved) == (False, [])
    assert desk.everything() == before


def test_other_words_are_a_version_that_moves_no_case(desk: Desk) -> None:
    some_cases(desk)
    done = desk.applies(rules({"en": "other words"}), hours(5))
    assert (done.changed, done.moved, versions(desk)) == (True, [], [2])
    assert "moved" not in desk.events()


def test_a_policy_without_a_level_that_live_cases_have_is_refused(desk: Desk) -> None:
    some_cases(desk)
    desk.open(400, channel="phone", flags=("safety",), resolution="done")
    before = desk.everything()
    with pytest.raises(Refused) as refusal:
        desk.applies(TWO_LEVELS, hours(5))
    assert (refusal.value.code, refusal.value.status) == ("policy-level-in-use", 4)
    assert refusal.value.facts == {
        "cases": [3, 7],
        "count": 2,
        "level": 3,
        "policy": "dealer",
        "top": 2,
    }
    assert desk.everything() == before


def test_a_refusal_names_twenty_cases_and_counts_them_all(desk: Desk) -> None:
    for _ in range(NAMED + 1):
        desk.open(channel="phone", flags=("vip",))
    with pytest.raises(Refused, match="policy-level-in-use") as refusal:
        desk.applies(TWO_LEVELS, hours(1))
    assert refusal.value.facts["cases"] == [*range(1, NAMED + 1), "…"]
    assert refusal.value.facts["count"] == NAMED + 1


def test_a_case_that_catching_up_takes_above_the_new_top_is_refused_too(desk: Desk) -> None:
    desk.open(channel="phone", flags=("departments",))
    before = desk.everything()
    with pytest.raises(Refused, match="policy-level-in-use") as refusal:
        desk.applies(TWO_LEVELS, days(3))
    assert refusal.value.facts["cases"] == [1]
    assert desk.everything() == before


def test_a_closed_case_reopens_at_the_highest_level_that_there_is(desk: Desk) -> None:
    desk.open(channel="phone", flags=("vip",))
    desk.does(ending.close, hours(1), outcome="withdrawn")
    desk.applies(TWO_LEVELS, hours(5))
    assert desk.show().row.level == 3
    desk.does(ending.reopen, days(5), text="back")
    assert (desk.show().row.level, desk.clock("level").level) == (2, 2)
    assert desk.clock("level").due_at == T0 + days(5) + hours(48)
    desk.does(levels.deescalate, days(6), text="small")
    desk.is_sound()


def test_a_history_that_was_tampered_with_stops_it_and_nothing_is_applied(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    some_cases(desk)
    with desk.writing() as db:
        db.execute("DROP TRIGGER event_unchanged")
        db.execute("UPDATE event SET actor = 'nobody' WHERE stream_kind = 'case' AND stream_no = 3")
    before = desk.everything()
    with pytest.raises(CstrackError, match="chain-broken"):
        desk.applies(LONGER, hours(5))
    assert desk.everything() == before


@pytest.mark.usefixtures("two_at_a_time")
def test_a_failure_after_the_first_batch_leaves_nothing_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_cases(desk)
    before = desk.everything()
    write, sizes = ledger.append, []

    def failing(db: Db, run: ledger.Run, invocation: str, appends: Sequence[ledger.Append]) -> None:
        sizes.append(len(appends))
        if len(sizes) == 3:
            raise OSError("no space left")
        write(db, run, invocation, appends)

    monkeypatch.setattr(ledger, "append", failing)
    with pytest.raises(OSError, match="no space left"):
        desk.applies(LONGER, hours(5))
    assert sizes == [1, 2, 2]
    assert desk.everything() == before


def test_what_a_newer_program_wrote_is_not_judged(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    desk.open(channel="phone")
    with desk.writing() as db, db.transaction():
        stream = ledger.load(db, "case", 1)
        run = desk.road(60).run
        strange = stream.events[0]._replace(type="foretold", seq=2, facts={}, words=None)
        ledger.append(db, run, ledger.begin(db, run), [ledger.Append(stream, [strange])])
    with pytest.raises(BadConfig, match="event-unknown"):
        desk.applies(LONGER, hours(5))
    assert versions(desk) == []


# --- at once ---


def test_two_applications_at_once_land_one_after_the_other(desk: Desk) -> None:
    some_cases(desk)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda data: desk.applies(data, hours(5)), (LONGER, SHORTER)))
    assert sorted((one.before, one.after) for one in done) == [
        ("dealer v1", "dealer v2"),
        ("dealer v2", "dealer v3"),
    ]
    last = max(done, key=lambda one: one.after)
    limit = "12h" if last is done[1] else "36h"
    assert {desk.clock("level", n).limit_text for n in (1, 2, 6)} == {limit}
    desk.is_sound()


def test_applications_by_several_processes_all_land(desk: Desk) -> None:
    some_cases(desk)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.applier", desk.url, limit],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for limit in ("36h", "48h", "60h")
    ]
    assert [(process.communicate()[0], process.returncode) for process in running] == [("", 0)] * 3
    assert versions(desk) == [2, 3, 4]
    [(data,)] = desk.rows("SELECT data FROM policy WHERE version = 4")
    assert desk.clock("level").limit_text == json.loads(data)["levels"]["1"]["limit"]
    desk.is_sound()


def test_a_writer_that_races_an_application_is_judged_by_one_policy_whole(desk: Desk) -> None:
    def work(n: int) -> None:
        number = desk.open(n, channel="phone").outcome.after.number
        desk.does(levels.escalate, 100 + n, number, text="x")
        desk.does(talk.contact, 200 + n, number, direction="out", text="x")

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(work, n) for n in range(12)]
        applied = [pool.submit(desk.applies, data, hours(1)) for data in (LONGER, SHORTER)]
        for one in writers:
            one.result()
        for other in applied:
            other.result()
    in_use = levels_of(desk, versions(desk)[-1])[2]["limit"]
    assert {desk.clock("level", number).limit_text for number in range(1, 13)} == {in_use}
    for (text,) in desk.rows("SELECT facts FROM event WHERE type IN ('opened', 'escalated')"):
        facts = json.loads(text)
        [level] = [one for one in facts["clocks"] if one.get("kind") == "level" and "limit" in one]
        judged_by = levels_of(desk, int(facts["policy"].rpartition(" v")[2]))
        assert level["limit"] == judged_by[level["level"]]["limit"]
    desk.is_sound()


def test_who_began_before_an_application_is_through_before_it(desk: Desk) -> None:
    desk.open(channel="phone")
    seen: list[Future[Applied]] = []

    def slow(draft: Draft) -> None:
        seen.append(pool.submit(desk.applies, LONGER, hours(5)))
        talk.note(draft, text=draft.context.policy.label)

    with ThreadPoolExecutor(2) as pool:
        desk.does(slow, 60)
        assert seen[0].result().moved[0].number == 1
    assert desk.events(1) == ["opened", "noted", "moved"]
    assert desk.rows("SELECT words FROM event WHERE type = 'noted'")[0][0].count("dealer v1") == 1


def test_a_program_that_began_under_the_policy_before_decides_by_the_new_one(desk: Desk) -> None:
    desk.open(channel="phone")
    found = []

    def judge(now: Open) -> list[Outcome]:
        found.append(now.policy.label)
        return []

    with desk_for_writing(desk.road(60), create=False) as stale:
        assert stale is not None
        desk.applies(LONGER, hours(5))
        retried(stale, judge)
    assert found == ["dealer v2"]
