"""`cstrack staff` and `cstrack store`, on both kinds of database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import DANGEROUS, follows, typed_at, widest
from tests.support.crew import staffed
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

PERSON = ["schema", "handle", "name", "level", "mail", "store", "teams", "supervisor", "deputy"]
PERSON += ["logins", "zone", "hours", "away_from", "away_until", "left_at"]
LISTED = [*PERSON, "on_duty", "on_call", "owner_of", "handler_of"]
HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe :smile: {who} %s"


@pytest.fixture
def crew(shell: Shell, desk: Desk) -> Shell:
    staffed(desk)
    return shell


def handles(shell: Shell, *words: str) -> list[str]:
    return [one["handle"] for one in shell("staff", "list", "--json", *words).json]


def test_the_first_person_changes_who_may_act_and_it_is_said(shell: Shell) -> None:
    done = shell("staff", "add", "王主管", "--level", "2", "--mail", "w@x.cn").ok
    assert done.out == "王主管  level 2  on duty\n"
    assert done.err == (
        "note: from now on only the staff act on cases; "
        "li is not among them: cstrack staff add li --level N\n"
    )
    assert shell("staff", "add", "li", "--level", "1").ok.err == ""


def test_the_first_person_who_adds_himself_is_not_warned(shell: Shell) -> None:
    assert shell("staff", "add", "li", "--level", "1").ok.err == (
        "note: from now on only the staff act on cases\n"
    )


def test_the_list_has_everybody_with_what_is_held(crew: Shell) -> None:
    do(crew, "open", "空调不制冷")
    rows = crew("staff", "list", "--json").json
    assert [list(row) for row in rows] == [LISTED] * 4
    li = rows[0]
    assert (li["handle"], li["supervisor"], li["on_duty"], li["owner_of"], li["handler_of"]) == (
        "li",
        "wang",
        True,
        1,
        1,
    )
    assert crew("staff", "list").ok.out.splitlines()[0] == "li\t1\tli\tnorth\tTrue\t\t1\t1"
    assert crew("staff", "list", "--csv").ok.out.splitlines()[0] == ",".join(LISTED)
    assert crew("staff", "list", "--format", "{handle}={level}").ok.out.splitlines()[0] == "li=1"
    assert crew("staff", "list", "--fields", "handle,on_call").ok.out.splitlines()[0] == "li\tFalse"
    assert len(crew("staff", "list", "--jsonl").ok.out.splitlines()) == 4
    assert handles(crew, "--level", "1") == ["li", "sun"]
    assert handles(crew, "--store", "east") == ["sun"]


def test_as_of_an_earlier_moment_the_counts_are_those_of_then(crew: Shell) -> None:
    do(crew, "open", "old", "--at", "yesterday 09:00")
    do(crew, "assign", "1", "wang", "--at", "yesterday 11:00")
    then = crew("staff", "list", "--json", "--at", "yesterday 10:00").json
    assert [(one["handle"], one["owner_of"]) for one in then if one["owner_of"]] == [("li", 1)]


def test_a_person_is_shown_with_what_the_person_holds(crew: Shell) -> None:
    do(crew, "open", "空调不制冷")
    do(crew, "promise", "add", "1", "call", "--due", "+3h")
    do(crew, "open", "brake noise", "--as", "wang")
    do(crew, "handover", "1", "--to", "zhao", "-m", "x")
    told = crew("staff", "show", "li", "--json").json
    more = ["promises", "offered_to", "offered_by", "supervisor_of", "deputy_of"]
    assert list(told) == [*LISTED, *more]
    assert (told["owner_of"], told["handler_of"]) == ([1], [1])
    assert told["promises"] == [{"number": 1, "n": 1}]
    assert (told["offered_by"], told["offered_to"]) == ([1], [])
    assert crew("staff", "show", "wang", "--json").json["supervisor_of"] == ["li"]
    assert crew("staff", "show", "zhao", "--json").json["offered_to"] == [1]
    shown = crew("staff", "show", "li").ok.out
    assert "answers for   C-1" in shown
    assert "C-1/1" in shown
    assert "cstrack handover --to WHO" in shown


def test_edited_only_what_was_said_changes(crew: Shell) -> None:
    do(crew, "staff", "edit", "wang", "--level", "3", "--team", "前台,售后", "--team", "vip", "--login", "w2")
    told = crew("staff", "show", "wang", "--json").json
    assert (told["level"], told["teams"], told["logins"]) == (3, ["前台", "售后", "vip"], ["w2"])
    assert (told["name"], told["mail"], told["supervisor"]) == ("王主管", "wang@x.cn", "zhao")
    do(crew, "staff", "edit", "wang", "--supervisor", "", "--mail", "", "--team", "")
    told = crew("staff", "show", "wang", "--json").json
    assert (told["supervisor"], told["mail"], told["teams"]) == (None, None, [])


def test_away_and_back(crew: Shell) -> None:
    done = crew("staff", "away", "wang", "--until", "+2d", "--deputy", "zhao").ok
    assert done.out.startswith("wang  王主管  level 2  away until ")
    assert done.out.endswith("deputy zhao\n")
    [wang] = crew("staff", "list", "--json", "--level", "2").json
    assert (wang["on_duty"], wang["deputy"], wang["away_until"] is None) == (False, "zhao", False)
    do(crew, "staff", "away", "wang", "--back")
    [wang] = crew("staff", "list", "--json", "--level", "2").json
    assert (wang["on_duty"], wang["away_from"], wang["away_until"]) == (True, None, None)
    planned = crew("staff", "away", "wang", "--from", "+1d", "--until", "+2d").ok.out
    assert "on duty, away from " in planned


def test_who_holds_something_stays_and_who_handed_it_over_leaves(crew: Shell) -> None:
    do(crew, "open", "空调不制冷")
    done = crew("staff", "remove", "li")
    refused(
        done, 4, "cases to answer for: 1; cases to work on: 1", 'cstrack handover --to WHO -m "..." --as li'
    )
    refused(crew("staff", "remove", "wang"), 4, "supervisor of li", "cstrack staff edit OTHER --supervisor")
    do(crew, "handover", "1", "--to", "sun", "-m", "x")
    refused(crew("staff", "remove", "sun"), 4, "offers to accept: 1")
    do(crew, "handover", "accept", "--as", "sun")
    assert crew("staff", "remove", "li").ok.out == "li is no longer of the staff\n"
    assert handles(crew) == ["sun", "wang", "zhao"]
    assert handles(crew, "--all") == ["li", "sun", "wang", "zhao"]
    refused(crew("note", "1", "-m", "x"), 4, "li is not of the staff")
    refused(crew("staff", "edit", "li", "--level", "2"), 3, "li")
    do(crew, "staff", "add", "li", "--level", "2")
    assert crew("staff", "show", "li", "--json").json["left_at"] is None
    do(crew, "note", "1", "-m", "back again")
    sound(crew)


def test_when_the_last_one_leaves_everybody_acts_again(shell: Shell) -> None:
    do(shell, "staff", "add", "wang", "--level", "2", "-q")
    done = shell("staff", "remove", "wang", "--json").ok
    assert list(json.loads(done.out)) == ["schema", "handle", "left_at"]
    assert "nobody is of the staff now" in done.err
    do(shell, "open", "x", "--as", "anybody")


# --- what is refused, and writes nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["add", "ma"], 5, ["--level", "1, 2, 3"]),
        (["add", "ma", "--level", "7"], 2, ["level 7", "1, 2, 3"]),
        (["add", "a b", "--level", "1"], 2, ["a b cannot be a handle"]),
        (["add", "system", "--level", "1"], 2, ["system"]),
        (["add", "li", "--level", "1"], 4, ["cstrack staff edit li"]),
        (["add", "ma", "--level", "1", "--supervisor", "wagn"], 3, ["Did you mean wang?"]),
        (["add", "ma", "--level", "1", "--store", "noth"], 3, ["Did you mean north?", "cstrack store list"]),
        (["add", "ma", "--level", "1", "--zone", "Mars/Base"], 2, ["Mars/Base"]),
        (["edit", "li"], 5, ["cstrack staff edit"]),
        (["edit", "lii", "--level", "1"], 3, ["Did you mean li?"]),
        (["away", "li"], 5, ["--until"]),
        (["away", "li", "--until", "+1d"], 5, ["--deputy"]),
        (["away", "li", "--until", "-1d", "--deputy", "wang"], 4, ["--until"]),
        (["away", "li", "--back"], 4, ["li is not away"]),
        (["away", "li", "--back", "--until", "+1d"], 2, ["--back"]),
        (["show", "nobody"], 3, ["cstrack staff list"]),
        (["remove", "nobody"], 3, ["nobody"]),
        (["list", "--fields", "handel"], 2, ["Did you mean handle?"]),
    ],
)
def test_what_is_missing_wrong_or_not_allowed_is_refused(
    crew: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    before = desk.rows("SELECT * FROM staff ORDER BY handle")
    refused(crew("staff", *words), code, *parts)
    assert desk.rows("SELECT * FROM staff ORDER BY handle") == before


@ON_SQLITE
def test_where_no_desk_is_yet_nobody_is_on_the_staff(shell: Shell) -> None:
    url = str(shell.home / "none.db")
    assert shell("staff", "list", "--json", "--db", url).json == []
    assert shell("store", "list", "--json", "--db", url).json == []
    refused(shell("staff", "show", "li", "--db", url), 3, "li")
    refused(shell("staff", "edit", "li", "--level", "1", "--db", url), 3, "li")
    assert not (shell.home / "none.db").exists()
    do(shell, "staff", "add", "li", "--level", "1", "--db", url)
    assert [one["handle"] for one in shell("staff", "list", "--json", "--db", url).json] == ["li"]


# --- stores -------------------------------------------------------------------------------------------------


def test_stores_are_listed_with_their_people(crew: Shell) -> None:
    rows = crew("store", "list", "--json").json
    assert [list(row) for row in rows] == [["schema", "code", "name", "staff", "own_rules"]] * 2
    assert [(row["code"], row["name"], row["staff"]) for row in rows] == [
        ("east", "东区店", 1),
        ("north", "北区店", 2),
    ]
    assert crew("store", "list").ok.out == "east\t东区店\t1\nnorth\t北区店\t2\n"


def test_a_store_gets_another_name_by_adding_it_again(shell: Shell) -> None:
    do(shell, "store", "add", "east")
    done = shell("store", "add", "east", "--name", "东区旗舰店", "--json")
    assert done.json == {"schema": 1, "code": "east", "name": "东区旗舰店", "own_rules": False}
    assert shell("store", "list").ok.out == "east\t东区旗舰店\t0\n"


def test_a_store_that_the_policy_does_not_know_is_fine_and_said(shell: Shell) -> None:
    follows(
        shell, 'name = "two"\n[levels.1]\nen = "one"\nlimit = "24h"\n[stores.east.levels.1]\nlimit = "8h"\n'
    )
    assert shell("store", "add", "east").ok.err == ""
    assert shell("store", "add", "west").ok.err == (
        "note: the policy has rules of its own for east, and none for west\n"
    )
    assert [row["own_rules"] for row in shell("store", "list", "--json").json] == [True, False]


def test_the_code_of_a_store_is_a_word(shell: Shell) -> None:
    refused(shell("store", "add", "a b"), 2, "a b cannot be the code of a store")


# --- shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@ON_SQLITE
def test_at_a_terminal_it_stays_within_its_width(crew: Shell, lang: str, width: int) -> None:
    do(crew, "staff", "edit", "li", "--name", "a very long name of somebody " * 4)
    for words in (["staff", "list", "--all"], ["staff", "show", "li"], ["store", "list"], ["duty", "now"]):
        code, lines = typed_at(crew.home, str(crew.url), words, width, CSTRACK_LANG=lang)
        assert (code, widest(lines) <= width) == (0, True), (words, lines)


@ON_SQLITE
def test_at_a_terminal_the_list_says_who_is_there(crew: Shell) -> None:
    do(crew, "staff", "away", "wang", "--until", "+2d", "--deputy", "zhao")
    _code, lines = typed_at(crew.home, str(crew.url), ["staff", "list"], 100)
    shown = "\n".join(lines)
    assert lines[0].startswith("4 listed · 3 on duty")
    assert "away until" in shown
    assert "One of them: cstrack staff show li" in shown


@ON_SQLITE
def test_at_a_terminal_an_empty_register_says_how_it_begins(shell: Shell) -> None:
    do(shell, "open", "x")
    for words, way in ((["staff", "list"], "cstrack staff add"), (["store", "list"], "cstrack store add")):
        _code, lines = typed_at(shell.home, str(shell.url), words, 100)
        assert way in lines[0]


@ON_SQLITE
def test_r17_a_hostile_name_harms_no_screen(crew: Shell) -> None:
    do(crew, "staff", "edit", "li", "--name", HOSTILE, "--team", HOSTILE, "--login", HOSTILE)
    for words in (["staff", "list"], ["staff", "show", "li"], ["duty", "now"]):
        assert DANGEROUS.search(crew(*words).ok.out.replace("\t", "").replace("\n", "")) is None
        _code, lines = typed_at(crew.home, str(crew.url), words, 100, NO_COLOR="1")
        assert DANGEROUS.search("".join(lines)) is None, words
