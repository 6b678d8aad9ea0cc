"""`cstrack demand` as a process: what the customer wants, in order, and what was said to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import DANGEROUS, clock_of, typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

FIELDS = ["n", "rank", "text", "state", "to", "until", "reason"]
OPENED = ("--at", "2025-03-10 09:00")
PARK = ("--park", "--to", "finance", "--until", "2025-03-12 17:00", "-m", "above our limit")
HOSTILE = "\x1b]52;c;YQ==\x07 \u202e[/foo] 换新\nsecond line"


@pytest.fixture
def wanted(shell: Shell) -> Shell:
    """A case of March 2025 whose customer wants two things, the second one more."""
    do(shell, "open", "空调不制冷", *OPENED)
    do(shell, "demand", "add", "1", "an apology", "--at", "2025-03-10 09:10")
    do(shell, "demand", "add", "1", "换一台压缩机", "--rank", "1", "--at", "2025-03-10 09:11")
    return shell


def test_demands_are_listed_by_rank_with_their_numbers(wanted: Shell) -> None:
    assert wanted("demand", "list", "1").ok.out == (
        "2\t1\topen\t换一台压缩机\t\t\n1\t2\topen\tan apology\t\t\n"
    )
    rows = wanted("demand", "list", "C-1", "--json").json
    assert [list(row) for row in rows] == [["schema", "number", *FIELDS]] * 2
    sound(wanted)


def test_an_order_answers_with_one_line(wanted: Shell) -> None:
    done = wanted("demand", "add", "1", "a car", "--at", "2025-03-10 09:12").ok
    assert (done.out, done.err) == ("C-1  demand 3 at rank 3\n", "")
    done = wanted("demand", "answer", "1", "2", "--can", "-m", "ordered", "--json").json
    assert (done["ref"], [event["type"] for event in done["events"]][-1]) == ("C-1", "demand-answered")
    assert wanted("demand", "answer", "1", "1", "--cannot", "-m", "x", "-q").ok.out == ""


def test_a_parked_demand_is_late_by_its_own_name(wanted: Shell) -> None:
    done = wanted("demand", "answer", "1", "2", *PARK, "--at", "2025-03-10 10:00").ok
    assert "demand 2 parked with finance until " in done.out
    assert "demand: 换一台压缩机 due " in done.out
    clock = clock_of(wanted, "demand")
    assert (clock["name"], clock["limit"], clock["due_at"]) == ("换一台压缩机", None, "2025-03-12T09:00:00Z")
    late = wanted("overdue", "--clocks", "--json").json
    assert {"demand"} <= {row["clock"] for row in late}
    do(wanted, "demand", "answer", "1", "2", "--can", "--at", "2025-03-12 17:00")
    assert clock_of(wanted, "demand")["verdict"] == "breached"
    sound(wanted)


def test_show_has_them_in_order_with_their_state_in_words(wanted: Shell) -> None:
    do(wanted, "demand", "answer", "1", "2", *PARK, "--at", "2025-03-10 10:00")
    text = wanted("show", "1", "--at", "2025-03-10 11:00").ok.out
    assert "\n".join(text.partition("Demands")[2].split("\n")[:4]) == (
        ", the most important first\n"
        "  2  parked         换一台压缩机\n"
        "                    with finance until Wed 12 Mar 17:00, in 54 h\n"
        "                    above our limit"
    )
    assert "  1  no answer yet  an apology\n" in text
    assert wanted("show", "1", "--json").json["demands"][0] == {
        "n": 2,
        "rank": 1,
        "text": "换一台压缩机",
        "state": "parked",
        "to": "finance",
        "until": "2025-03-12T09:00:00Z",
        "reason": "above our limit",
    }


def test_an_earlier_moment_is_seen_as_it_was(wanted: Shell) -> None:
    do(wanted, "demand", "answer", "1", "1", "--can", "--at", "2025-03-10 12:00")
    before = wanted("demand", "list", "1", "--json", "--at", "2025-03-10 09:10").json
    assert [(row["n"], row["rank"], row["state"]) for row in before] == [(1, 1, "open")]
    then = wanted("show", "1", "--json", "--at", "2025-03-10 11:59").json["demands"]
    assert [row["state"] for row in then] == ["open", "open"]
    refused(wanted("demand", "list", "1", "--at", "2025-03-10 08:00"), 3, "C-1")


def test_the_timeline_and_why_tell_of_it(wanted: Shell) -> None:
    do(wanted, "demand", "answer", "1", "2", *PARK, "--at", "2025-03-10 10:00")
    told = wanted("timeline", "1").ok.out
    assert "demand 2 at rank 1" in told
    assert "demand 2 parked with finance until Wed 12 Mar 17:00" in told
    why = wanted("why", "1", "--at", "2025-03-10 11:00").ok.out
    block = why.partition("demand: 换一台压缩机")[2].partition("\n\n")[0]
    assert "from parking the demand" in block
    assert "the time that was said" in block
    [clock] = [one for one in wanted("why", "1", "--json").json["clocks"] if one["kind"] == "demand"]
    assert (clock["limit"], clock["moved"], clock["marks"], clock["days"]) == (None, [], [], None)


def test_an_unanswered_demand_holds_resolving_and_closing(wanted: Shell) -> None:
    done = wanted("resolve", "1", "-m", "done")
    refused(done, 4, "2, 1", "cstrack demand answer C-1 2 --can", "cstrack resolve C-1 --anyway -m")
    do(wanted, "resolve", "1", "-m", "done", "--anyway")
    assert "carried out, without an answer to demand 2, 1" in wanted("timeline", "1").ok.out
    refused(wanted("close", "1", "--outcome", "satisfied"), 4, "demand 2", "--cannot -m")
    do(wanted, "demand", "answer", "1", "2", "--park", "--to", "财务", "--until", "+2d", "-m", "x")
    refused(wanted("close", "1", "--outcome", "withdrawn"), 4, "finance", "cstrack demand answer C-1 2 --can")
    do(wanted, "demand", "answer", "1", "2", "--can")
    do(wanted, "demand", "answer", "1", "1", "--cannot", "-m", "said already")
    do(wanted, "close", "1", "--outcome", "satisfied")
    sound(wanted)


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["answer", "1", "1"], 2, "--can, --cannot and --park"),
        (["answer", "1", "1", "--can", "--cannot"], 2, "--can, --cannot"),
        (["answer", "1", "1", "--can", "--park"], 2, "--can, --park"),
        (["answer", "1", "1", "--can", "--to", "x"], 2, "--to"),
        (["answer", "1", "1", "--cannot", "--until", "+1d", "-m", "x"], 2, "--until"),
        (["answer", "1", "1", "--cannot"], 5, "-m"),
        (["answer", "1", "1", "--park", "--to", "x", "--until", "+1d"], 5, "-m"),
        (["answer", "1", "1", "--park", "--until", "+1d", "-m", "x"], 5, "--to"),
        (["answer", "1", "1", "--park", "--to", "x", "-m", "x"], 5, "--until"),
        (["answer", "1", "1", "--park", "--to", "x", "--until", "-1h", "-m", "x"], 4, "--until"),
        (["answer", "1", "9", "--can"], 3, "cstrack demand list C-1"),
        (["answer", "1", "0", "--can"], 2, "N"),
        (["answer", "9", "1", "--can"], 3, "C-9"),
        (["add", "1", "x", "--rank", "9"], 4, "--rank 3"),
        (["add", "1", "  "], 2, "cstrack demand add"),
        (["add", "1,2", "x"], 2, "one case"),
        (["list", "9"], 3, "C-9"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_one_line(
    wanted: Shell, desk: Desk, words: list[str], code: int, part: str
) -> None:
    before = desk.everything()
    refused(wanted("demand", *words), code, part)
    assert desk.everything() == before


@ON_SQLITE
def test_a_desk_without_demands_lists_none(shell: Shell) -> None:
    do(shell, "open", "x")
    assert shell("demand", "list", "1").ok.out == ""
    assert shell("demand", "list", "1", "--json").json == []
    refused(shell("demand", "answer", "1", "1", "--can"), 3, "cstrack demand add C-1")


@ON_SQLITE
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 100])
def test_r17_hostile_words_are_kept_exactly_and_shown_harmless(shell: Shell, width: int, lang: str) -> None:
    do(shell, "open", "x")
    do(shell, "demand", "add", "1", HOSTILE)
    to = "\x1b[2Jwho\u202e"
    do(shell, "demand", "answer", "1", "1", "--park", "--to", to, "--until", "+1d", "-m", HOSTILE)
    found = shell("show", "1", "--json").json["demands"][0]
    assert (found["text"], found["to"], found["reason"]) == (HOSTILE, to, HOSTILE)
    for words in (
        ["show", "1"],
        ["demand", "list", "1"],
        ["timeline", "1"],
        ["why", "1"],
        ["list"],
        ["overdue", "--within", "9d", "--clocks"],
        ["resolve", "1", "-m", "x"],
        ["close", "1", "--outcome", "withdrawn"],
    ):
        code, lines = typed_at(shell.home, str(shell.url), [*words, "--lang", lang], width, NO_COLOR="1")
        assert code in (0, 4)
        assert not [line for line in lines if DANGEROUS.search(line)]
        if code == 0:
            assert widest(lines) <= width, words


@ON_SQLITE
def test_the_erased_words_of_a_demand_are_said_to_be_erased(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x")
    do(shell, "demand", "add", "1", "canary")
    with desk.writing() as db, db.transaction():
        db.execute("UPDATE event SET words = NULL WHERE type = 'demand-added'")
    assert "no answer yet  (erased)" in shell("show", "1").ok.out
    assert json.loads(shell("demand", "list", "1", "--jsonl").ok.out)["text"] is None
    do(shell, "demand", "answer", "1", "1", "--park", "--to", "x", "--until", "+1d", "-m", "y")
    assert clock_of(shell, "demand")["name"] is None
