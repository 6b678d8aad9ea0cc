"""The doctor finds what does not follow from the events; the audit finds what was altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cstrack.domain.decide import talk
from cstrack.record import audit
from cstrack.store import doctor
from tests.support.spec import hours

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with two cases, one of them with a customer and a contact."""
    desk.open(name="张三", phone="13800000000", channel="web")
    desk.open(hours(1))
    desk.does(talk.contact, hours(2), direction="out", text="on its way")
    return desk


def tampered(desk: Desk, *statements: str) -> None:
    with desk.writing() as db:
        for statement in statements:
            db.execute(statement)


def test_a_true_desk_has_no_findings(busy: Desk) -> None:
    with busy.reading() as db:
        examined = doctor.examine(db)
        verified = audit.verify(db)
    assert (examined.cases, examined.events, examined.findings) == (2, 4, [])
    assert (verified.events, verified.streams, verified.broken, verified.runs) == (4, 3, [], [])


@pytest.mark.parametrize(
    ("statement", "code", "what"),
    [
        ("UPDATE case_current SET level = 3 WHERE number = 1", "row-differs", "case 1, level"),
        (
            "UPDATE case_current SET next_due = next_due + 1 WHERE number = 2",
            "row-differs",
            "case 2, next_due",
        ),
        (
            "UPDATE clock SET due_at = due_at + 60 WHERE case_number = 1 AND n = 3",
            "part-differs",
            "case 1, clock 3",
        ),
        ("DELETE FROM clock WHERE case_number = 2 AND n = 1", "part-differs", "case 2, clock 1"),
        ("UPDATE customer_current SET name = 'x'", "row-differs", "customer 1, name"),
        ("UPDATE counter SET last = 1 WHERE kind = 'case'", "counter-behind", "case"),
    ],
)
def test_a_row_that_its_history_does_not_lead_to_is_found(
    busy: Desk, statement: str, code: str, what: str
) -> None:
    tampered(busy, statement)
    with busy.reading() as db:
        found = doctor.examine(db).findings
    assert [(one.code, one.what) for one in found] == [(code, what)]


def test_a_case_that_no_history_tells_of_is_found(busy: Desk) -> None:
    tampered(busy, "DELETE FROM clock WHERE case_number = 2", "DELETE FROM case_current WHERE number = 2")
    with busy.reading() as db:
        assert [(one.code, one.what) for one in doctor.examine(db).findings] == [
            ("events-without-row", "case 2")
        ]


def test_an_altered_event_is_found_where_it_stands(sqlite_desk: Desk) -> None:
    sqlite_desk.open()
    sqlite_desk.does(talk.note, hours(1), text="one")
    sqlite_desk.does(talk.note, hours(2), text="two")
    tampered(sqlite_desk, "DROP TRIGGER event_unchanged", "UPDATE event SET at = at + 1 WHERE seq = 2")
    with sqlite_desk.reading() as db:
        assert audit.verify(db).broken == [audit.Broken("case", 1, 2)]


def test_a_forged_run_is_found(sqlite_desk: Desk) -> None:
    sqlite_desk.open()
    tampered(sqlite_desk, "DROP TRIGGER invocation_unchanged", "UPDATE invocation SET login = 'somebody'")
    with sqlite_desk.reading() as db:
        assert len(audit.verify(db).runs) == 1


def test_the_commands_say_so_and_exit_with_one(shell: Shell, desk: Desk) -> None:
    shell("open", "空调不制冷").ok  # noqa: B018  .ok asserts
    assert shell("doctor", "--json").json["findings"] == []
    assert shell("audit", "verify").ok.out == "1 events in 1 histories: nothing was altered\n"
    tampered(desk, "UPDATE case_current SET level = 3")
    done = shell("doctor")
    assert (done.code, "case 1, level: the list shows 3, the history says 1" in done.out) == (1, True)


def test_an_empty_place_has_nothing_to_find(shell: Shell) -> None:
    nowhere = str(shell.home / "none.db")
    assert shell("doctor", "--db", nowhere, "--json").json["cases"] == 0
    assert shell("audit", "verify", "--db", nowhere, "--json").json["events"] == 0
