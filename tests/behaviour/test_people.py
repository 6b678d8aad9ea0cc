"""Who may act on a desk with staff, on both kinds of database; and the rules of a store of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from cstrack.app import handing as app
from cstrack.domain.decide import handing, levels, promises, talk
from cstrack.domain.errors import CstrackError, Refused
from cstrack.domain.staff import Person
from tests.support.crew import staffed
from tests.support.desks import SERVER, Desk
from tests.support.rules import rules
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def refused(code: str, order: Callable[[], Any]) -> CstrackError:
    with pytest.raises(Refused) as told:
        order()
    assert (told.value.code, told.value.status) == (code, 4)
    return told.value


def actors(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT actor, actor_level, login FROM event WHERE stream_kind = 'case' ORDER BY id")


def test_d31_once_there_are_staff_only_they_act(desk: Desk) -> None:
    desk.open()
    staffed(desk)
    before = desk.everything()
    told = refused("actor-unknown", lambda: desk.does(talk.note, 60, who="lii", text="x"))
    assert (told.facts["actor"], told.facts["near"]) == ("lii", "li")
    refused("actor-unknown", lambda: desk.open(60, who="anna"))
    assert desk.everything() == before
    desk.does(talk.note, 60, who="wang", text="x")
    assert actors(desk) == [("li", None, "tester"), ("wang", 2, "tester")]
    desk.is_sound()


def test_d31_somebody_who_left_does_not_act(desk: Desk) -> None:
    desk.has(Person("li", level=1), Person("wang", level=2, left_at=T0))
    refused("actor-unknown", lambda: desk.open(60, who="wang"))


def test_d31_the_sweep_and_reading_need_nobody(desk: Desk) -> None:
    desk.open()
    staffed(desk)
    assert [one.after.level for one in desk.sweep(hours(25)).outcomes] == [2]
    assert [row.number for row in desk.listed()] == [1]
    assert actors(desk)[-1][0] == "system"


def test_d31_applying_a_policy_needs_nobody(desk: Desk) -> None:
    staffed(desk)
    desk.applies(rules({"levels": {"1": {"limit": "12h"}}}), 60, who="anna")


def test_an_account_that_is_somebodys_acts_as_that_person(desk: Desk) -> None:
    desk.has(Person("wang", level=2, logins=("tester", "other")), Person("li", level=1))
    if desk.kind == "sqlite":
        way = desk.road(0)
        unnamed = way._replace(run=way.run._replace(actor="tester", named=False))
        from cstrack.app import opening
        from cstrack.domain.decide.opening import Complaint

        opening.open_case(unnamed, Complaint("x"), opening.Caller(None, None), None)
        assert actors(desk) == [("wang", 2, "tester")]
    desk.open(60, who="li")
    assert actors(desk)[-1][0] == "li"


@pytest.fixture
def account(postgres_desk: Desk) -> Iterator[Callable[[str], Desk]]:
    """The same desk as seen by a login of its own, gone afterwards."""
    import psycopg

    schema = postgres_desk.url.rpartition("%3D")[2]
    made: list[str] = []
    with psycopg.connect(SERVER, autocommit=True) as server:

        def login(after: str = "") -> Desk:
            role = f"u_{uuid4().hex}"
            made.append(role)
            server.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'x'".encode())
            server.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}".encode())
            for what in ("TABLES", "SEQUENCES"):
                server.execute(f"GRANT ALL ON ALL {what} IN SCHEMA {schema} TO {role}".encode())
            if after:
                server.execute(f"GRANT {after} TO {role}".encode())
            head, _at, tail = postgres_desk.url.rpartition("@")
            scheme = head.partition("://")[0]
            return Desk(f"{scheme}://{role}:x@{tail}")

        yield login
        for role in made:
            server.execute(f"DROP OWNED BY {role}".encode())
            server.execute(f"DROP ROLE {role}".encode())


def _role_of(desk: Desk) -> str:
    return desk.url.partition("://")[2].partition(":")[0]


def test_d32_on_postgresql_the_login_is_the_actor_and_names_nobody_else(
    postgres_desk: Desk, account: Callable[[str], Desk]
) -> None:
    own = account("")
    postgres_desk.has(Person("wang", level=2, logins=(_role_of(own),)), Person("li", level=1))
    told = refused("actor-not-yours", lambda: own.open(0, who="li"))
    assert told.facts["own"] == "wang"
    own.open(60, who="wang")
    assert actors(postgres_desk) == [("wang", 2, "tester")]
    stranger = account("")
    refused("actor-not-yours", lambda: stranger.does(talk.note, 120, who="wang", text="x"))
    way = stranger.road(180)
    way = way._replace(run=way.run._replace(actor="wang", named=False))
    from cstrack.app import road

    told = refused("actor-unknown", lambda: road.change(way, [1], lambda draft: talk.note(draft, text="x")))
    assert told.facts["actor"] == _role_of(stranger)


def test_d32_an_operator_acts_for_others(postgres_desk: Desk, account: Callable[[str], Desk]) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as server:
        there = server.execute("SELECT 1 FROM pg_roles WHERE rolname = 'cstrack_operator'").fetchone()
        if not there:
            server.execute("CREATE ROLE cstrack_operator NOLOGIN")
        try:
            operator = account("cstrack_operator")
            postgres_desk.has(Person("wang", level=2, logins=(_role_of(operator),)), Person("li", level=1))
            operator.open(0, who="li")
            assert actors(postgres_desk) == [("li", 1, "tester")]
        finally:
            if not there:
                server.execute("DROP ROLE cstrack_operator")


# --- in other hands -----------------------------------------------------------------------------------------


def test_what_is_handed_over_is_read_as_it_was_written(desk: Desk) -> None:
    staffed(desk)
    desk.open(store="north")
    desk.does(promises.promise, 60, text="call", due=T0 + days(2))
    desk.does(handing.offer, hours(1), to="sun", text="x")
    desk.is_sound()
    assert desk.rows("SELECT handed_to, store FROM case_current") == [("sun", "north")]
    with desk.reading() as db:
        held = app.held(db, "li")
        assert (held.owner_of, held.handler_of, held.promises, held.offered_by) == ([1], [1], [(1, 1)], [1])
        assert app.held(db, "sun").offered_to == [1]
        assert app.counted(db, None)[0]["li"] == 1
    desk.does(handing.accept, hours(2), who="sun")
    desk.is_sound()
    with desk.reading() as db:
        assert app.held(db, "li").cases == []
        assert app.held(db, "sun").cases == [1]
        assert [case.handed_to for case in app.offers(db, "li", T0 + hours(1))] == ["sun"]
        assert app.counted(db, T0 + hours(1))[0]["li"] == 1


def test_an_offer_and_an_acceptance_that_cross_are_both_whole(desk: Desk) -> None:
    staffed(desk)
    desk.open()
    desk.does(handing.offer, 60, to="sun", text="x")
    desk.does(handing.offer, 120, to="wang", text="x")
    told = refused("handover-not-offered", lambda: desk.does(handing.accept, 180, who="sun"))
    assert told.facts["to"] == "wang"
    desk.is_sound()


# --- a store with rules of its own --------------------------------------------------------------------------

EAST = {"stores": {"east": {"levels": {"1": {"limit": "8h"}, "2": {"limit": "30h"}}}}}


def test_a_case_of_a_store_goes_by_the_rules_of_that_store(desk: Desk) -> None:
    staffed(desk)
    desk.applies(rules(EAST), 0)
    desk.open(60, who="sun")
    desk.open(60, store="north")
    assert [desk.clock("level", number).limit_text for number in (1, 2)] == ["8h", "24h"]
    desk.does(levels.escalate, 120, 1, text="x", who="sun")
    assert desk.clock("level").limit_text == "30h"
    desk.sweep(hours(25))
    assert [desk.clock("level", number).limit_text for number in (1, 2)] == ["30h", "48h"]
    desk.is_sound()


def test_a_transfer_moves_no_clock_and_what_comes_later_is_judged_there(desk: Desk) -> None:
    staffed(desk)
    desk.applies(rules(EAST), 0)
    desk.open(60)
    desk.does(handing.transfer, hours(1), store="east", text="x")
    before = desk.show().clocks
    desk.does(handing.take, hours(2), who="sun")
    assert desk.show().clocks == before
    assert (desk.show().row.store, desk.show().row.sent_to) == ("east", None)
    desk.does(levels.escalate, hours(3), text="x", who="sun")
    assert desk.clock("level").limit_text == "30h"
    desk.is_sound()


def test_a_new_policy_moves_the_clocks_of_a_store_by_what_it_says_for_that_store(desk: Desk) -> None:
    staffed(desk)
    desk.applies(rules(EAST), 0)
    desk.open(60, who="sun")
    desk.open(60, store="north")
    faster = {"stores": {"east": {"levels": {"1": {"limit": "6h"}, "2": {"limit": "30h"}}}}}
    moved = desk.applies(rules(faster), hours(1)).moved
    assert [(one.number, one.kind, one.limit) for one in moved] == [(1, "level", "6h")]
    with desk.reading() as db:
        from cstrack.app import why

        explained = why.explained(db, 1, None)
        [level] = [one for one in explained.clocks if one.clock.kind == "level"]
        assert [step.what.why for step in level.steps] == ["policy"]  # type: ignore[union-attr]
    desk.is_sound()
