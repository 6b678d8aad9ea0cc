"""`cstrack doctor` about what a desk goes by: calendars that end, policies that were altered, zone rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branch import BRANCH, DANGEROUS, HOSTILE, follows
from tests.support.rough import ON_SQLITE, do

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

KEYS = ["schema", "cases", "events", "zone_rules", "findings", "advice"]
ENDED = BRANCH + "confirmed_through = 2020-12-31\n"


def test_a_calendar_that_has_ended_is_advice_and_no_finding(shell: Shell) -> None:
    follows(shell, ENDED)
    told = shell("doctor", "--json").json
    assert list(told) == KEYS
    assert told["findings"] == []
    assert {"code": "calendar-ends-soon", "what": "office", "recorded": "2020-12-31"} in told["advice"]
    assert (
        "office: holidays are confirmed through 2020-12-31 only: "
        "cstrack calendar import FILE --calendar office\n" in shell("doctor").ok.out
    )
    assert shell("doctor", "--exit-code").code == 8


def test_one_without_an_end_is_no_advice(shell: Shell) -> None:
    follows(shell)
    assert [
        one["code"] for one in shell("doctor", "--json").json["advice"] if "calendar" in one["code"]
    ] == []


def test_the_release_of_the_zone_rules_is_told(shell: Shell) -> None:
    do(shell, "open", "x")
    rules = shell("doctor", "--json").json["zone_rules"]
    assert rules
    assert shell("doctor").ok.out.endswith(f"Zone rules {rules}\n")


@pytest.mark.parametrize(
    "change",
    [
        """UPDATE policy SET text = replace(text, '24h', '90h')""",
        """UPDATE policy SET data = replace(data, '24h', '90h')""",
        """UPDATE policy SET name = 'other'""",
    ],
)
@ON_SQLITE
def test_a_policy_that_was_altered_is_found(shell: Shell, desk: Desk, change: str) -> None:
    follows(shell)
    assert shell("doctor", "--json").json["findings"] == []
    altered(desk, change)
    done = shell("doctor")
    assert (done.code, done.err) == (1, "")
    assert "the policy is not what its application says; it was altered" in done.out


@ON_SQLITE
def test_a_policy_that_was_taken_away_is_found(shell: Shell, desk: Desk) -> None:
    follows(shell)
    altered(desk, "DELETE FROM policy")
    done = shell("doctor")
    assert (done.code, done.out.splitlines()[0]) == (1, "policy 2: has a history, but is not listed")


@ON_SQLITE
def test_r17_the_name_of_a_calendar_is_shown_and_does_nothing(shell: Shell) -> None:
    follows(shell, HOSTILE)
    assert not DANGEROUS.search(shell("doctor").ok.out.replace("\n", ""))


def altered(desk: Desk, statement: str) -> None:
    """Do to the database what its triggers would not let anybody do."""
    with desk.writing() as db:
        named = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'policy'")
        for (name,) in named.fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)
