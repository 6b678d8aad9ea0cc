"""`cstrack duty`: the roster, on both kinds of database; and the hours that the doctor finds empty."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import ZONE, typed_at, written
from tests.support.crew import staffed
from tests.support.rough import ON_SQLITE, do, refused

if TYPE_CHECKING:
    from tests.support.cli import Done, Shell
    from tests.support.desks import Desk

KEYS = ["schema", "kind", "handle", "name", "level", "store", "until"]
TODAY = datetime.now(ZONE).date()


def day(after: int) -> str:
    return (TODAY + timedelta(days=after)).isoformat()


WEEK = "\n".join(
    [
        "值班人,开始,结束,类型",
        f"li,{day(1)} 08:00,{day(1)} 20:00,值班",
        f"wang,{day(1)}T20:00,{day(2)} 08:00,on-call",
        f"zhao,{day(2)} 08:00,{day(2)} 20:00,duty",
    ]
)


@pytest.fixture
def crew(shell: Shell, desk: Desk) -> Shell:
    staffed(desk)
    return shell


def takes(shell: Shell, text: str, *words: str) -> Done:
    return shell("duty", "import", written(shell, "roster.csv", text), *words)


def there(shell: Shell, moment: str) -> list[tuple[str, str]]:
    rows = shell("duty", "now", "--json", "--at", moment).json
    return [(row["kind"], row["handle"]) for row in rows]


def shifts(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("SELECT handle, kind, start_at, end_at FROM shift ORDER BY start_at, handle")


def test_a_roster_is_taken_over_and_says_what_it_replaces(crew: Shell, desk: Desk) -> None:
    done = takes(crew, WEEK).ok
    assert done.out.startswith("3 shifts from ")
    assert done.out.endswith("; 0 that began in that time are replaced\n")
    before = shifts(desk)
    told = takes(crew, WEEK, "--json").json
    assert list(told) == ["schema", "shifts", "replaced", "dry_run", "from", "to"]
    assert (told["shifts"], told["replaced"]) == (3, 3)
    assert shifts(desk) == before
    assert len(before) == 3


def test_what_lies_outside_the_time_of_the_file_stays(crew: Shell, desk: Desk) -> None:
    do(crew, "duty", "import", written(crew, "roster.csv", WEEK))
    other = f"handle,from,to\nsun,{day(2)} 08:00,{day(2)} 12:00\n"
    told = takes(crew, other, "--dry-run", "--json").json
    assert (told["replaced"], told["dry_run"], len(shifts(desk))) == (1, True, 3)
    do(crew, "duty", "import", written(crew, "roster.csv", other))
    assert [row[0] for row in shifts(desk)] == ["li", "wang", "sun"]


def test_who_is_there_follows_the_roster_and_the_last_word(crew: Shell) -> None:
    do(crew, "duty", "import", written(crew, "roster.csv", WEEK))
    for handle in ("li", "wang", "zhao", "sun"):
        do(crew, "duty", "off", handle, "-q")
    assert there(crew, f"{day(1)} 09:00") == [("duty", "li")]
    assert there(crew, f"{day(1)} 21:00") == [("on-call", "wang")]
    assert there(crew, f"{day(2)} 08:00") == [("duty", "zhao")]
    assert there(crew, "now") == []
    assert crew("duty", "on").ok.out == "li  level 1  store north  on duty\n"
    assert there(crew, "now") == [("duty", "li")]
    [row] = crew("duty", "now", "--json", "--at", f"{day(1)} 09:00").json
    assert list(row) == KEYS
    assert row["until"].endswith("T12:00:00Z")
    assert crew("duty", "now", "--at", f"{day(1)} 09:00").ok.out.startswith("duty\t1\tnorth\tli\tli\t")


def test_a_roster_comes_from_standard_input_too(crew: Shell, desk: Desk) -> None:
    crew("duty", "import", "-", stdin=WEEK).ok  # noqa: B018  .ok asserts
    assert len(shifts(desk)) == 3


def test_every_fault_is_named_by_its_line_and_nothing_is_written(crew: Shell, desk: Desk) -> None:
    do(crew, "duty", "import", written(crew, "roster.csv", WEEK))
    before = shifts(desk)
    bad = "handle,from,to,kind\n"
    bad += f"lii,{day(1)} 08:00,{day(1)} 09:00,duty\nli,{day(1)} 09:00,{day(1)} 08:00,duty\n"
    done = takes(crew, bad)
    assert (done.code, done.out) == (6, "")
    assert done.err.splitlines() == [
        "roster.csv:2: nobody of the staff is called lii. Did you mean li?",
        f"roster.csv:3: the shift ends at {day(1)} 08:00, not after it begins at {day(1)} 09:00",
        "error: the roster roster.csv is not accepted and nothing was changed. Correct what is named above",
    ]
    told = json.loads(takes(crew, bad, "--json").err)
    assert [(one["problem"], one["place"]) for one in told["problems"]] == [
        ("roster-handle-near", 2),
        ("roster-backwards", 3),
    ]
    assert shifts(desk) == before


def test_a_shift_that_a_kept_one_reaches_into_is_refused(crew: Shell, desk: Desk) -> None:
    do(crew, "duty", "import", written(crew, "roster.csv", WEEK))
    before = shifts(desk)
    done = takes(crew, f"handle,from,to,kind\nwang,{day(2)} 07:00,{day(2)} 12:00,on-call\n")
    refused(done, 6, "the shift of wang from ", "Nothing was changed")
    assert shifts(desk) == before


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["import", "none.csv"], 6, ["none.csv"]),
        (["on", "wagn"], 3, ["Did you mean wang?"]),
        (["off", "--as", "nobody"], 3, ["nobody of the staff is called nobody"]),
        (["on", "li", "--at", "+2h"], 4, ["--at"]),
    ],
)
def test_what_is_wrong_is_refused(crew: Shell, words: list[str], code: int, parts: list[str]) -> None:
    refused(crew("duty", *words), code, *parts)


def test_the_doctor_names_hours_without_anybody_of_a_level_that_is_handed_up_to(crew: Shell) -> None:
    assert [one["code"] for one in crew("doctor", "--json").json["advice"] if "level" in one["code"]] == []
    do(crew, "duty", "off", "zhao", "-q")
    do(crew, "duty", "import", written(crew, "roster.csv", WEEK))
    found = [one for one in crew("doctor", "--json").json["advice"] if one["code"] == "level-unattended"]
    assert [list(one) for one in found] == [["code", "what", "recorded", "replayed"]] * 2
    assert {one["what"] for one in found} == {"level 3"}
    assert found[0]["replayed"] == f"{day(2)}T00:00:00Z"
    assert found[1]["recorded"] == f"{day(2)}T12:00:00Z"
    shown = " ".join(crew("doctor").ok.out.split())
    assert "level 3: nobody is on duty or on call from " in shown
    assert crew("doctor", "--exit-code").code == 8


@ON_SQLITE
def test_where_no_desk_or_no_staff_is_nobody_is_there(shell: Shell) -> None:
    url = str(shell.home / "none.db")
    assert shell("duty", "now", "--json", "--db", url).json == []
    refused(shell("duty", "on", "--db", url), 3, "li")
    do(shell, "open", "x")
    assert [one["code"] for one in shell("doctor", "--json").json["advice"] if "level" in one["code"]] == []
    _code, lines = typed_at(shell.home, str(shell.url), ["duty", "now"], 80)
    assert lines[0].startswith("Nobody is on duty or on call.")


@ON_SQLITE
def test_at_a_terminal_it_says_who_until_when(crew: Shell) -> None:
    do(crew, "duty", "import", written(crew, "roster.csv", WEEK))
    words = ["duty", "now", "--at", f"{day(1)} 21:00"]
    _code, lines = typed_at(crew.home, str(crew.url), words, 100)
    assert lines[0].startswith("3 on duty · 1 on call") or lines[0].startswith("2 on duty · 1 on call")
    assert "UNTIL" in lines[2]
