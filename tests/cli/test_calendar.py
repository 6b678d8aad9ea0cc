"""`cstrack calendar`: when the desk works, and holidays that are declared while clocks run."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from cstrack.app import applying
from cstrack.app.applying import Made
from cstrack.domain.decide.following import CALENDAR
from cstrack.domain.errors import Refused
from cstrack.store.policies.checked import check
from tests.support.branch import (
    BRANCH,
    DANGEROUS,
    clock_of,
    day_of,
    follows,
    instant,
    typed_at,
    widest,
    written,
)
from tests.support.cli import Shell
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.desks import Desk

DAY = 86_400
CALENDAR_KEYS = ["schema", "name", "zone", "hours", "confirmed_through", "from", "to", "days"]
WORKSHOP = """\
name = "works"
[levels.1]
en = "one"
limit = "24h"
[calendars.workshop]
zone = "Asia/Shanghai"
hours = { mon-fri = "08:30-12:00 13:30-18:00" }
confirmed_through = 2026-12-31
[[calendars.workshop.days]]
date = 2026-10-01
through = 2026-10-02
name = "国庆节"
[[calendars.workshop.days]]
date = 2026-10-10
name = "国庆节调休"
works_as = "fri"
[calendars.yard]
hours = { daily = "00:00-24:00" }
"""
OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")


@pytest.fixture
def branch(shell: Shell) -> Shell:
    """A desk that is open every day, with a case whose plan is due on the third working day."""
    follows(shell)
    do(shell, "open", "烤箱不热")
    return shell


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A desk with two calendars and no case."""
    home = tmp_path_factory.mktemp("works")
    shell = Shell(home, str(home / "desk.db"))
    follows(shell, WORKSHOP, "works.toml")
    return shell


def as_csv(date: str) -> str:
    return f"date,name,kind\n{date},停电,off\n"


def as_json(date: str) -> str:
    return json.dumps({"year": 2026, "days": [{"name": "停电", "date": date, "isOffDay": True}]})


def as_ics(date: str) -> str:
    event = (
        f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:{date.replace('-', '')}\r\nSUMMARY:停电\r\nEND:VEVENT"
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{event}\r\nEND:VCALENDAR\r\n"


def as_toml(date: str) -> str:
    return f"[[calendars.office.days]]\ndate = {date}\n"


FORMATS = pytest.mark.parametrize(
    ("name", "form"), [("h.csv", as_csv), ("h.json", as_json), ("h.ics", as_ics)]
)


# --- show ---------------------------------------------------------------------------------------------------


def test_the_object_of_a_calendar_has_exactly_these_keys(works: Shell) -> None:
    found = works("calendar", "show", "workshop", *OCTOBER, "--json").json
    assert list(found) == CALENDAR_KEYS
    assert (found["from"], found["to"], found["confirmed_through"]) == (
        "2026-10-01",
        "2026-10-31",
        "2026-12-31",
    )
    assert found["hours"]["mon"] == ["08:30-12:00", "13:30-18:00"]
    assert found["hours"]["sun"] == []
    assert found["days"][2] == {
        "date": "2026-10-10",
        "weekday": "sat",
        "kind": "makeup",
        "name": "国庆节调休",
        "hours": ["08:30-12:00", "13:30-18:00"],
    }


def test_without_a_name_all_calendars_are_shown(works: Shell) -> None:
    found = works("calendar", "show", "--json").json
    assert [(one["name"], one["zone"]) for one in found] == [
        ("workshop", "Asia/Shanghai"),
        ("yard", "Asia/Shanghai"),
    ]


def test_off_a_terminal_a_special_day_is_a_line_that_names_its_calendar(works: Shell) -> None:
    assert works("calendar", "show", *OCTOBER).ok.out == (
        "workshop\t2026-10-01\tthu\tholiday\t国庆节\t\n"
        "workshop\t2026-10-02\tfri\tholiday\t国庆节\t\n"
        "workshop\t2026-10-10\tsat\tmakeup\t国庆节调休\t08:30-12:00,13:30-18:00\n"
    )


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_at_a_terminal_it_is_a_screen_within_its_width(works: Shell, lang: str, width: int) -> None:
    code, lines = typed_at(
        works.home, str(works.url), ["calendar", "show", *OCTOBER], width, CSTRACK_LANG=lang
    )
    assert code == 0
    assert widest(lines) <= width
    shown = "\n".join(lines)
    assert "08:30-12:00 13:30-18:00" in shown
    assert shown.index("workshop") < shown.index("国庆节") < shown.index("yard")


def test_an_unknown_calendar_is_refused_with_the_nearest(works: Shell) -> None:
    refused(works("calendar", "show", "workshp"), 2, "NAME", "workshp", "Did you mean workshop?")


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "2026-10-31", "--to", "2026-10-01"],
        ["--to", "2020-01-01"],
        ["--from", "2001-01-01", "--to", "2026-10-01"],
    ],
)
def test_a_span_that_is_none_or_too_long_is_refused(works: Shell, words: list[str]) -> None:
    refused(works("calendar", "show", *words), 2, "Change --from or --to")


# --- check --------------------------------------------------------------------------------------------------


@FORMATS
def test_a_sound_file_says_what_it_holds(works: Shell, name: str, form: Callable[[str], str]) -> None:
    written(works, name, form("2026-12-24"))
    assert works("calendar", "check", name).ok.out == f"{name} names one day, 2026-12-24\n"
    assert works("calendar", "check", "-", "--json", stdin=form("2026-12-24")).json == {
        "schema": 1,
        "path": "-",
        "count": 1,
        "first": "2026-12-24",
        "last": "2026-12-24",
    }


@pytest.mark.parametrize("verb", ["check", "import"])
def test_every_fault_of_a_file_is_named_by_its_line(works: Shell, verb: str) -> None:
    written(works, "bad.csv", "date,name,kind\n2026-13-26,x,off\n2026-10-05,x,perhaps\n01/02/2026,x,off\n")
    words = ["--calendar", "yard"] if verb == "import" else []
    done = works("calendar", verb, "bad.csv", *words)
    *faults, last = done.err.splitlines()
    assert (done.code, done.out) == (6, "")
    assert [fault.split(": ")[0] for fault in faults] == ["bad.csv:2", "bad.csv:3", "bad.csv:4"]
    assert last == "error: bad.csv is not accepted and nothing was changed. Correct what is named above"
    told = json.loads(works("calendar", verb, "bad.csv", *words, "--json").err)
    assert (told["error"], told["exit_code"]) == ("calendar-file-invalid", 6)
    assert [one["problem"] for one in told["problems"]] == [
        "calendar-import-date",
        "calendar-import-kind",
        "calendar-import-date",
    ]


@pytest.mark.parametrize("verb", ["check", "import"])
def test_a_file_that_is_not_there_is_refused(works: Shell, verb: str) -> None:
    words = ["--calendar", "yard"] if verb == "import" else []
    refused(works("calendar", verb, "none.ics", *words), 6, "none.ics cannot be read")


def test_a_calendar_that_has_ended_is_found_and_one_without_an_end_is_not(tmp_path: Path) -> None:
    shell = Shell(tmp_path, str(tmp_path / "desk.db"))
    follows(shell, WORKSHOP.replace("2026-12-31", "2020-12-31"), "works.toml")
    assert shell("calendar", "check", "--json").json == [
        {"schema": 1, "calendar": "workshop", "confirmed_through": "2020-12-31"}
    ]
    done = shell("calendar", "check", "-q").ok
    assert done.out == (
        "workshop is confirmed through 2020-12-31 only: cstrack calendar import FILE --calendar workshop\n"
    )
    assert shell("calendar", "check", "--exit-code").code == 8
    _code, lines = typed_at(shell.home, str(shell.url), ["calendar", "check"], 80)
    assert widest(lines) <= 80


def test_where_all_reach_far_enough_one_line_says_so(tmp_path: Path) -> None:
    shell = Shell(tmp_path, str(tmp_path / "desk.db"))
    assert shell("calendar", "check", "--exit-code").ok.out.count("\n") == 1
    assert shell("calendar", "check", "-q").ok.out == ""
    assert shell("calendar", "check", "--json").json == []


# --- import -------------------------------------------------------------------------------------------------


@FORMATS
def test_a_holiday_declared_late_moves_what_runs_by_a_day(
    branch: Shell, name: str, form: Callable[[str], str]
) -> None:
    before = clock_of(branch, "plan")["due_at"]
    written(branch, name, form(day_of(before)))
    (moved,) = branch("calendar", "import", name, "-m", "notice of the grid", "--json").json["moved"]
    assert (moved["clock"], moved["limit"], moved["due_at"]) == ("plan", "3wd", before)
    assert instant(moved["new_due_at"]) == instant(before) + DAY
    assert clock_of(branch, "plan")["due_at"] == moved["new_due_at"]
    sound(branch)


def test_a_dry_run_shows_what_moves_and_writes_nothing(branch: Shell, desk: Desk) -> None:
    due = clock_of(branch, "plan")["due_at"]
    before = desk.everything()
    done = branch("calendar", "import", "-", "--dry-run", stdin=as_csv(day_of(due))).ok
    (row,) = [line.split("\t") for line in done.out.splitlines()]
    assert (row[:3], row[5]) == (["C-1", "plan", "1"], "3wd")
    assert instant(row[4]) - instant(row[3]) == DAY
    assert done.err == (
        "policy branch v3 would be in use: 1 of 1 open cases would move; nothing was written\n"
    )
    assert desk.everything() == before


def test_the_case_tells_of_it_and_why_still_reckons(branch: Shell) -> None:
    due = clock_of(branch, "plan")["due_at"]
    do(branch, "calendar", "import", "-", "-q", stdin=as_csv(day_of(due)))
    last = branch("timeline", "1", "--json").json[-1]
    assert last["summary"] == "due times follow the calendar of policy branch v3"
    assert last["facts"]["why"] == "calendar"
    plan = next(one for one in branch("why", "1", "--json").json["clocks"] if one["kind"] == "plan")
    assert plan["due_at"] == clock_of(branch, "plan")["due_at"]


def test_the_days_stand_in_the_policy_from_then_on(branch: Shell) -> None:
    do(
        branch,
        "calendar",
        "import",
        "-",
        "--through",
        "2027-12-31",
        "-m",
        "2027年",
        stdin=as_csv("2027-05-01"),
    )
    text = branch("policy", "export").ok.out
    assert text.startswith(BRANCH)
    assert '[[calendars.office.days]]\ndate = 2027-05-01\nname = "停电"\n' in text
    assert "[[calendars.office.confirmed]]\nthrough = 2027-12-31\n" in text
    shown = branch("calendar", "show", "office", "--from", "2027-05-01", "--to", "2027-05-02", "--json").json
    assert (shown["confirmed_through"], [day["name"] for day in shown["days"]]) == ("2027-12-31", ["停电"])
    assert [row["reason"] for row in branch("policy", "list", "--json").json] == [None, None, "2027年"]


def test_the_same_file_twice_changes_nothing_the_second_time(branch: Shell) -> None:
    do(branch, "calendar", "import", "-", "-q", stdin=as_ics("2027-05-01"))
    done = branch("calendar", "import", "-", stdin=as_ics("2027-05-01")).ok
    assert (done.out, done.err) == ("", "policy branch v3 is in use already; nothing changes\n")


def test_what_was_late_before_stays_so(branch: Shell) -> None:
    do(branch, "open", "old", "--at", "10 days ago")
    late = clock_of(branch, "plan", 2)
    done = branch("calendar", "import", "-", "--json", stdin=as_csv(day_of(late["due_at"]))).json
    assert [move["ref"] for move in done["moved"] if move["clock"] == "plan"] == []
    assert clock_of(branch, "plan", 2)["due_at"] == late["due_at"]


def test_a_holiday_before_there_is_a_desk_makes_one_with_the_shipped_policy(tmp_path: Path) -> None:
    shell = Shell(tmp_path, str(tmp_path / "desk.db"))
    words = ["calendar", "import", "-", "--calendar", "contact"]
    assert shell(*words, "-n", stdin=as_csv("2027-05-01")).ok.err.startswith(
        "policy dealer v2 would be in use"
    )
    assert list(tmp_path.iterdir()) == []
    assert shell(*words, stdin=as_csv("2027-05-01")).ok.err.startswith("policy dealer v2 is in use")
    assert [
        one["date"]
        for one in shell("calendar", "show", "--from", "2027-04-30", "--to", "2027-05-02", "--json").json[0][
            "days"
        ]
    ] == ["2027-05-01"]


# --- what is refused ----------------------------------------------------------------------------------------


def test_of_several_calendars_one_must_be_named(works: Shell) -> None:
    refused(works("calendar", "import", "-", stdin=as_csv("2026-12-24")), 5, "--calendar", "workshop, yard")
    done = works("calendar", "import", "-", "--calendar", "workshp", stdin=as_csv("2026-12-24"))
    refused(done, 2, "workshp", "Did you mean workshop?")


@pytest.mark.parametrize(
    "table",
    [
        '[calendars]\noffice = { hours = { daily = "09:00-17:00" } }\n',
        '[calendars.office]\nhours = { daily = "09:00-17:00" }\ndays = [{ date = 2026-10-01 }]\n',
    ],
)
@ON_SQLITE
def test_a_calendar_in_one_line_of_the_policy_is_refused_with_the_way_out(shell: Shell, table: str) -> None:
    follows(shell, f'name = "inline"\n[levels.1]\nen = "one"\nlimit = "24h"\n{table}', "inline.toml")
    done = shell("calendar", "import", "-", stdin=as_csv("2026-12-24"))
    refused(done, 6, "[[calendars.office.days]]", "cstrack policy export")


def test_no_other_time_than_now_is_taken(branch: Shell) -> None:
    refused(branch("calendar", "import", "-", "--at", "yesterday", stdin=as_csv("2026-12-24")), 2, "--at")


@pytest.mark.usefixtures("branch")
def test_a_policy_that_somebody_applied_meanwhile_is_not_undone(desk: Desk) -> None:
    made = Made(*check((BRANCH + as_toml("2027-05-01")).encode(), "h.csv"))
    before = desk.everything()
    with pytest.raises(Refused) as refusal:
        applying.apply(desk.road(0), made, why=CALENDAR, onto=1)
    assert (refusal.value.code, refusal.value.facts) == ("policy-not-newest", {"policy": "branch v2"})
    assert desk.everything() == before


def test_a_calendar_that_would_never_open_again_is_refused(branch: Shell, desk: Desk) -> None:
    before = desk.everything()
    days = [date(2031, 1, 1) + timedelta(days=n) for n in range(800)]
    text = "date,kind\n" + "".join(f"{day},off\n" for day in days)
    done = branch("calendar", "import", "-", "--json", stdin=text)
    told = json.loads(done.err)
    assert (done.code, told["error"]) == (6, "calendar-file-invalid")
    assert [one["problem"] for one in told["problems"]] == ["calendar-never-opens"]
    assert desk.everything() == before


@ON_SQLITE
def test_r17_names_of_days_are_shown_and_do_nothing(shell: Shell) -> None:
    follows(shell)
    name = "\x1b[31mred \u202egnp\u2066 \x9b2J [/foo]"
    text = json.dumps({"days": [{"name": name, "date": "2027-05-01", "isOffDay": True}]})
    do(shell, "calendar", "import", "-", stdin=text)
    span = ["--from", "2027-05-01", "--to", "2027-05-02"]
    piped = shell("calendar", "show", *span).ok.out
    _code, lines = typed_at(shell.home, str(shell.url), ["calendar", "show", *span], 80, NO_COLOR="1")
    exported = shell("policy", "export").ok.out
    for line in (*piped.split("\n"), *lines, *exported.split("\n")):
        assert not DANGEROUS.search(line), line
    assert (
        shell("calendar", "show", "office", *span, "--json").json["days"][0]["name"]
        == "[31mred gnp 2J [/foo]"
    )
