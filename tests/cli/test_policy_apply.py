"""`cstrack policy apply`: what moves is shown first, then written whole or not at all."""

from __future__ import annotations

import json
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import BRANCH, clock_of, follows, instant, typed_at, widest, written
from tests.support.cli import Shell
from tests.support.rough import ON_SQLITE, do, killed, refused, sound

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.desks import Desk

SLOW = BRANCH.replace('"24h"', '"30h"').replace('"10d"\nstarts', '"12d"\nstarts')
"""The same with six hours more at the first level, and two days more for the clock of its own."""
HASTY = BRANCH.replace('"24h"', '"1h"')
KEYS = ["schema", "policy", "before", "changed", "dry_run", "cases", "cases_moved", "moved"]
MOVED_KEYS = ["number", "ref", "clock", "name", "level", "limit", "verdict", "provisional"]
MOVED_KEYS += ["due_at", "new_due_at"]
HOUR = 3600


@pytest.fixture
def nowhere(tmp_path: Path) -> Shell:
    """A place without a desk."""
    return Shell(tmp_path, str(tmp_path / "desk.db"))


@pytest.fixture
def branch(shell: Shell) -> Shell:
    """A desk with a policy of its own and an open case."""
    follows(shell)
    do(shell, "open", "烤箱不热", "--category", "range.oven", "--channel", "parcel")
    return shell


# --- where there is no desk yet -----------------------------------------------------------------------------


def test_it_makes_the_desk_and_a_dry_run_does_not(nowhere: Shell) -> None:
    file = written(nowhere, "branch.toml", BRANCH)
    done = nowhere("policy", "apply", file, "--dry-run").ok
    assert done == (
        0,
        "",
        "policy branch v2 would be in use; no open case has a clock, and nothing was written\n",
    )
    assert [path.name for path in nowhere.home.iterdir()] == [file]
    done = nowhere("policy", "apply", file).ok
    assert done == (0, "", "policy branch v2 is in use; no open case has a clock\n")
    assert nowhere("policy", "show", "--json").json["label"] == "branch v2"
    sound(nowhere)


def test_to_follow_the_shipped_policy_changes_nothing(nowhere: Shell) -> None:
    for more in (["--dry-run"], []):
        done = nowhere("policy", "apply", "--preset", "dealer", *more).ok
        assert done.err == "policy dealer v1 is in use already; nothing changes\n"
    assert [row["label"] for row in nowhere("policy", "list", "--json").json] == ["dealer v1"]


def test_a_wrong_policy_makes_no_desk(nowhere: Shell) -> None:
    done = nowhere("policy", "apply", "-", stdin='name = "x"\n')
    assert (done.code, done.out) == (6, "")
    assert list(nowhere.home.iterdir()) == []


# --- what moves ---------------------------------------------------------------------------------------------


def test_a_dry_run_shows_what_moves_from_when_to_when_and_writes_nothing(branch: Shell, desk: Desk) -> None:
    before, level, own = desk.everything(), clock_of(branch, "level"), clock_of(branch, "final-answer")
    done = branch("policy", "apply", written(branch, "slow.toml", SLOW), "--dry-run", "--json").json
    assert list(done) == KEYS
    assert {key: value for key, value in done.items() if key != "moved"} == {
        "schema": 1,
        "policy": "branch v3",
        "before": "branch v2",
        "changed": True,
        "dry_run": True,
        "cases": 1,
        "cases_moved": 1,
    }
    first, second = done["moved"]
    assert [list(move) for move in done["moved"]] == [MOVED_KEYS] * 2
    assert (first["ref"], first["clock"], first["level"], first["limit"]) == ("C-1", "level", 1, "30h")
    assert (first["due_at"], second["due_at"]) == (level["due_at"], own["due_at"])
    assert instant(first["new_due_at"]) - instant(level["due_at"]) == 6 * HOUR
    assert (second["clock"], instant(second["new_due_at"]) - instant(own["due_at"])) == (
        "final-answer",
        48 * HOUR,
    )
    assert desk.everything() == before


def test_what_was_shown_is_what_is_done(branch: Shell) -> None:
    file = written(branch, "slow.toml", SLOW)
    shown = branch("policy", "apply", file, "--dry-run", "--json").json
    done = branch("policy", "apply", file, "-m", "六小时更久", "--json").json
    assert done == {**shown, "dry_run": False}
    for move in done["moved"]:
        assert clock_of(branch, move["clock"])["due_at"] == move["new_due_at"]
    sound(branch)


def test_off_a_terminal_a_clock_is_a_line_and_the_sum_is_no_data(branch: Shell) -> None:
    done = branch("policy", "apply", written(branch, "slow.toml", SLOW)).ok
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[:3] + row[5:] for row in rows] == [
        ["C-1", "level", "1", "30h", ""],
        ["C-1", "final-answer", "1", "12d", ""],
    ]
    assert all(moment.endswith("+08:00") for row in rows for moment in row[3:5])
    assert done.err == "policy branch v3 is in use: 1 of 1 open cases moved\n"


def test_quiet_leaves_the_sum_out_and_keeps_the_data(branch: Shell) -> None:
    done = branch("policy", "apply", written(branch, "slow.toml", SLOW), "-q").ok
    assert (done.out.count("\n"), done.err) == (2, "")


def test_what_would_be_late_at_once_is_said(branch: Shell) -> None:
    do(branch, "open", "old", "--at", "20 hours ago")
    done = branch("policy", "apply", written(branch, "hasty.toml", HASTY), "--dry-run").ok
    assert done.err.endswith("2 of 2 open cases would move; nothing was written, 1 late at once\n")


def test_what_would_be_late_at_once_is_said_in_chinese(branch: Shell) -> None:
    do(branch, "open", "old", "--at", "20 hours ago")
    done = branch("policy", "apply", written(branch, "hasty.toml", HASTY), "--dry-run", "--lang", "zh").ok
    assert done.err.endswith("2 件在办投诉中 2 件会变动；未写入；其中 1 件立即超时\n")


def test_the_timeline_of_a_case_has_a_line_for_it(branch: Shell) -> None:
    do(branch, "policy", "apply", written(branch, "slow.toml", SLOW), "-q")
    last = branch("timeline", "1", "--json").json[-1]
    assert (last["type"], last["actor"], last["facts"]["why"]) == ("moved", "system", "policy")
    assert last["summary"] == "due times follow policy branch v3"


def test_applied_twice_it_is_in_use_already(branch: Shell, desk: Desk) -> None:
    before = desk.everything()
    done = branch("policy", "apply", "branch.toml").ok
    assert (done.out, done.err) == ("", "policy branch v2 is in use already; nothing changes\n")
    told = branch("policy", "apply", "branch.toml", "--json").json
    assert (told["changed"], told["before"], told["policy"], told["moved"]) == (
        False,
        "branch v2",
        "branch v2",
        [],
    )
    assert desk.everything() == before


def test_a_policy_can_come_from_standard_input(branch: Shell) -> None:
    assert branch("policy", "apply", "-", stdin=SLOW).ok.err.startswith("policy branch v3 is in use")
    assert branch("policy", "export").ok.out == SLOW


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@ON_SQLITE
def test_at_a_terminal_what_moves_is_a_table_within_its_width(branch: Shell, lang: str, width: int) -> None:
    words = ["policy", "apply", written(branch, "slow.toml", SLOW), "-n"]
    code, lines = typed_at(branch.home, str(branch.url), words, width, CSTRACK_LANG=lang)
    assert code == 0
    assert widest(lines) <= width
    assert [line.split()[0] for line in lines if "->" in line] == ["C-1", "C-1"]


@ON_SQLITE
def test_what_may_still_move_is_marked_and_said_once(branch: Shell) -> None:
    ended = written(branch, "ended.toml", BRANCH + "confirmed_through = 2020-12-31\n")
    words = ["policy", "apply", ended, "-n"]
    (move,) = branch(*words, "--json").json["moved"]
    assert (move["clock"], move["provisional"], move["due_at"]) == ("plan", True, move["new_due_at"])
    _code, lines = typed_at(branch.home, str(branch.url), words, 80)
    assert [line.split()[:2] for line in lines if "->  ~" in line] == [["C-1", "plan"]]
    assert "~ may still move: the calendar is not confirmed that far" in lines


@ON_SQLITE
def test_a_clock_that_the_new_policy_has_not_ends_and_says_so(branch: Shell) -> None:
    at = BRANCH.index("[clocks.final-answer]")
    without = BRANCH[:at] + BRANCH[BRANCH.index("[categories]") :]
    (move,) = branch("policy", "apply", written(branch, "w.toml", without), "--json").json["moved"]
    assert (move["clock"], move["new_due_at"], move["verdict"]) == ("final-answer", None, "void")
    assert clock_of(branch, "final-answer")["verdict"] == "void"
    sound(branch)


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ([], "--preset NAME"),
        (["branch.toml", "--preset", "fca"], "--preset NAME"),
        (["branch.toml", "--at", "yesterday"], "Leave --at out"),
        (["--preset", "fca", "--at", "2026-01-01"], "Leave --at out"),
    ],
)
def test_one_source_is_named_and_no_other_time(branch: Shell, words: list[str], part: str) -> None:
    refused(branch("policy", "apply", *words), 2, part)


def test_a_wrong_policy_changes_nothing(branch: Shell, desk: Desk) -> None:
    before = desk.everything()
    done = branch("policy", "apply", written(branch, "bad.toml", SLOW.replace("30h", "30 hours")), "--json")
    assert (done.code, done.out, json.loads(done.err)["problems"][0]["suggestion"]) == (6, "", "30h")
    assert desk.everything() == before


def test_levels_at_which_cases_stand_are_not_taken_away(branch: Shell, desk: Desk) -> None:
    do(branch, "open", "gas", "--flag", "gas")
    before = desk.everything()
    refused(branch("policy", "apply", "--preset", "dealer"), 4, "levels up to 4", "dealer has only 3", "2")
    assert desk.everything() == before
    do(branch, "deescalate", "2", "--to", "3", "-m", "not gas", "--approved-by", "wang")
    assert branch("policy", "apply", "--preset", "dealer").ok.err.startswith("policy dealer v3 is in use")


# --- what a desk speaks of afterwards -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["--category", "range.ovn"], "range.oven"),
        (["--channel", "parcels"], "parcel"),
        (["--flag", "gass"], "gas"),
        (["--category", "service.repair"], None),
        (["--flag", "vip"], None),
    ],
)
def test_its_lists_are_those_that_open_knows(branch: Shell, words: list[str], near: str | None) -> None:
    refused(branch("open", "x", *words), 2, words[1], f"Did you mean {near}?" if near else "Possible: ")


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["oven", "parcel locker", "gas leak", "director"]),
        ("zh", ["烤箱", "快递柜", "燃气泄漏", "总监"]),
    ],
)
def test_codes_are_shown_by_their_names_in_both_languages(branch: Shell, lang: str, names: list[str]) -> None:
    do(branch, "open", "x", "--category", "range.oven", "--channel", "parcel", "--flag", "gas")
    card = branch("show", "2", CSTRACK_LANG=lang).ok.out
    assert [name for name in names if name not in card] == []


def test_a_case_climbs_to_its_highest_level_and_no_further(branch: Shell) -> None:
    for level in (2, 3, 4, 5):
        do(branch, "escalate", "1", "-m", "no answer")
        assert clock_of(branch, "level")["level"] == level
    assert clock_of(branch, "level")["limit"] == "10d"
    refused(branch("escalate", "1", "-m", "higher"), 4, "level 5", "none above")


def test_a_level_that_ran_out_hands_up_to_the_fourth_and_the_fifth(branch: Shell) -> None:
    do(branch, "open", "x", "--at", "12 days ago")
    do(branch, "sweep")
    assert branch("show", "2", "--json").json["level"] == 5


@pytest.mark.parametrize("top", [1, 2, 7, 9])
def test_any_number_of_levels_can_be_had(nowhere: Shell, top: int) -> None:
    levels = "".join(f'[levels.{n}]\nen = "step {n}"\nlimit = "{n}d"\n' for n in range(1, top + 1))
    follows(nowhere, f'name = "stairs"\n{levels}')
    do(nowhere, "open", "x")
    for _step in range(1, top):
        do(nowhere, "escalate", "1", "-m", "up")
    assert f"level {top}, step {top}" in nowhere("show", "1").ok.out
    assert nowhere("escalate", "1", "-m", "up").code == 4


@pytest.mark.parametrize(("lang", "name"), [("en", "final answer"), ("zh", "最终答复")])
def test_a_clock_of_its_own_is_shown_by_its_name(branch: Shell, lang: str, name: str) -> None:
    for words in (["show", "1"], ["policy", "show"]):
        assert name in branch(*words, CSTRACK_LANG=lang).ok.out
    words = ["overdue", "--clocks", "--within", "30d"]
    _code, lines = typed_at(branch.home, str(branch.url), words, 120, CSTRACK_LANG=lang)
    assert any(name in line for line in lines)
    row = next(row for row in branch(*words, "--json").json if row["clock"] == "final-answer")
    assert row["ref"] == "C-1"


def test_a_clock_of_its_own_is_met_by_what_stops_it(branch: Shell) -> None:
    do(branch, "resolve", "1", "-m", "repaired")
    assert clock_of(branch, "final-answer")["state"] == "running"
    do(branch, "close", "1", "--outcome", "satisfied")
    assert clock_of(branch, "final-answer")["verdict"] == "met"


# --- all or nothing -----------------------------------------------------------------------------------------


@ON_SQLITE
@pytest.mark.parametrize("trials", [20, pytest.param(300, marks=pytest.mark.soak)])
def test_r01_a_kill_leaves_a_policy_applied_to_every_case_or_to_none(
    shell: Shell, desk: Desk, trials: int
) -> None:
    follows(shell)
    for n in range(40):
        do(shell, "open", f"第{n}件", "-q")
    files = [str(shell.home / written(shell, *one)) for one in (("a.toml", BRANCH), ("b.toml", SLOW))]
    began = monotonic()
    do(shell, "policy", "apply", files[1])
    pace = monotonic() - began
    chance, kills, whole = Random(20261122), 0, 0  # noqa: S311  the same moments every time
    for _trial in range(trials):
        before = state(desk)
        file = files[1] if before[1] == {("24h",)} else files[0]
        _said, died = killed(shell, ["policy", "apply", file, "-q"], after=pace * chance.uniform(0.6, 1.4))
        pace *= 1.1 if died else 0.9
        kills += died
        after = state(desk)
        assert len(after[1]) == 1, "some cases follow the new policy and some the old one"
        assert (after == before) or (after[0] == before[0] + 1 and after[1] != before[1])
        whole += after != before
    sound(shell)
    assert kills > trials // 10, "hardly any application was killed: the trials prove nothing"
    assert whole > trials // 10, "hardly any application got through: the trials prove nothing"


def state(desk: Desk) -> tuple[int, set[tuple[str]]]:
    """How many versions there are, and the limits of the clocks of the first level."""
    versions = desk.rows("SELECT count(*) FROM policy")[0][0]
    limits = desk.rows("SELECT DISTINCT limit_text FROM clock WHERE kind = 'level'")
    return versions, {(row[0],) for row in limits}
