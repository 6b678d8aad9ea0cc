"""`cstrack show` as a process: one case or several, as a card or as objects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import runner

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

KEYS = ["schema", "number", "ref", "kind", "subject", "status", "outcome", "level", "owner", "handler"]
KEYS += [
    "first_contact",
    "customer",
    "customer_number",
    "category",
    "channel",
    "flags",
    "stage",
    "group_number",
    "opened_at",
    "agreed_at",
]
KEYS += ["resolved_at", "closed_at", "age_s", "cycle", "store", "handed_to", "sent_to"]
KEYS += ["against", "unowned_since", "signs"]
KEYS += ["clocks", "demands", "proposals", "agreements", "meetings", "attachments", "checklists"]
KEYS += ["merged_into", "absorbed", "links", "stages", "on_site", "remedies", "granted", "fields"]
KEYS += ["alike"]
CLOCK_KEYS = [
    "kind",
    "name",
    "cycle",
    "level",
    "state",
    "verdict",
    "limit",
    "calendar",
    "started_at",
    "due_at",
]
CLOCK_KEYS += ["stopped_at", "breached_at", "left_s", "informs", "provisional"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """C-1 waits for a supplier from Monday 10 March 2025, 14:00; C-2 came as a letter."""
    run = runner(tmp_path_factory.mktemp("desk"))
    words = [
        "--customer",
        "张三",
        "--category",
        "service.repair",
        "--channel",
        "phone",
        "--flag",
        "dissatisfied",
    ]
    run("open", "空调不制冷，返修两次未解决", *words, "--at", "2025-03-10 09:00")
    run("open", "[/foo] \x1b]0;x\x07 letter", "--channel", "letter", "--at", "2025-03-10 10:00")
    run("pause", "1", "--waiting-for", "supplier", "--until", "2025-03-11 14:00", "--at", "2025-03-10 14:00")
    return run


AT = ("--at", "2025-03-10T16:00:00+08:00")


def test_the_object_of_a_case_has_exactly_these_keys(run: Run) -> None:
    found = json.loads(run("show", "1", "--json", *AT).stdout)
    assert list(found) == KEYS
    assert {key: value for key, value in found.items() if key not in ("clocks", "checklists", "stages")} == {
        "schema": 1,
        "number": 1,
        "ref": "C-1",
        "kind": "complaint",
        "subject": "空调不制冷，返修两次未解决",
        "status": "waiting",
        "outcome": None,
        "level": 2,
        "owner": "li",
        "handler": "li",
        "first_contact": "li",
        "customer": "张三",
        "customer_number": 1,
        "category": "service.repair",
        "channel": "phone",
        "flags": ["dissatisfied"],
        "stage": None,
        "group_number": None,
        "signs": [
            {
                "flag": "dissatisfied",
                "at": "2025-03-10T01:00:00Z",
                "why": "hand",
                "detail": None,
                "text": None,
            }
        ],
        "alike": [],
        "opened_at": "2025-03-10T01:00:00Z",
        "agreed_at": None,
        "resolved_at": None,
        "closed_at": None,
        "age_s": 25_200,
        "cycle": 1,
        "against": None,
        "unowned_since": None,
        "store": None,
        "handed_to": None,
        "sent_to": None,
        "demands": [],
        "on_site": None,
        "merged_into": None,
        "absorbed": [],
        "links": [],
        "proposals": [],
        "agreements": [],
        "meetings": [],
        "attachments": [],
        "fields": {},
        "remedies": [],
        "granted": {"case": "0.00", "customer": "0.00", "days": 90},
    }


def test_each_step_of_a_checklist_has_exactly_these_keys(run: Run) -> None:
    lists = json.loads(run("show", "1", "--json", *AT).stdout)["checklists"]
    assert [(list(entry), entry["code"], len(entry["steps"])) for entry in lists] == [
        (["code", "steps"], "four-steps", 4),
        (["code", "steps"], "seven-steps", 7),
    ]
    keys = ["code", "done_at", "who", "due_at", "late", "text"]
    assert {tuple(step) for entry in lists for step in entry["steps"]} == {tuple(keys)}


def test_each_stage_has_exactly_these_keys(run: Run) -> None:
    flow = json.loads(run("show", "1", "--json", *AT).stdout)["stages"]
    assert [stage["code"] for stage in flow] == ["reception", "record", "plan", "execution", "callback"]
    assert flow[0] == {
        "code": "reception",
        "state": "to-come",
        "limit": "5m",
        "entered_at": None,
        "who": None,
        "due_at": None,
        "left_at": None,
        "left_by": None,
        "checked": False,
        "verdict": None,
        "late": False,
    }


def test_each_clock_has_exactly_these_keys(run: Run) -> None:
    clocks = json.loads(run("show", "1", "--json", *AT).stdout)["clocks"]
    assert [list(clock) for clock in clocks] == [CLOCK_KEYS] * 5
    assert clocks[2] == {
        "kind": "level",
        "name": None,
        "cycle": 1,
        "level": 2,
        "state": "paused",
        "verdict": "open",
        "limit": "48h",
        "calendar": "24x7",
        "started_at": "2025-03-10T01:00:00Z",
        "due_at": "2025-03-13T01:00:00Z",
        "stopped_at": None,
        "breached_at": None,
        "left_s": 154_800,
        "informs": False,
        "provisional": False,
    }


@pytest.mark.parametrize(
    ("at", "verdict", "breached_at", "left_s"),
    [
        ("2025-03-11T09:59:59+08:00", "open", None, 1),
        ("2025-03-11T10:00:00+08:00", "breached", "2025-03-11T02:00:00Z", 0),
        ("2025-03-11T10:00:01+08:00", "breached", "2025-03-11T02:00:00Z", -1),
    ],
)
def test_p39_a_running_clock_is_breached_from_its_due_second(
    run: Run, at: str, verdict: str, breached_at: str | None, left_s: int
) -> None:
    clock = json.loads(run("show", "2", "--json", "--at", at).stdout)["clocks"][0]
    assert (clock["state"], clock["verdict"]) == ("running", verdict)
    assert (clock["breached_at"], clock["left_s"]) == (breached_at, left_s)


def test_an_earlier_moment_is_seen_as_it_was(run: Run) -> None:
    found = json.loads(run("show", "1", "--json", "--at", "2025-03-10T12:00:00+08:00").stdout)
    assert (found["status"], found["age_s"], found["clocks"][2]["state"]) == ("open", 10_800, "running")


def test_one_number_gives_an_object_and_several_give_a_list(run: Run) -> None:
    found = json.loads(run("show", "2,1", "--json").stdout)
    assert [case["ref"] for case in found] == ["C-2", "C-1"]


@pytest.mark.parametrize("word", ["1", "C-1", "c-1"])
def test_a_case_is_named_by_its_number(run: Run, word: str) -> None:
    assert run("show", word).stdout.startswith("C-1  空调不制冷，返修两次未解决\n")


def test_the_card_off_a_terminal_is_whole_and_without_colour(run: Run) -> None:
    done = run("show", "1", *AT)
    assert done.stderr == ""
    assert done.stdout == (
        "C-1  空调不制冷，返修两次未解决\n"
        "waiting · level 2, department supervisor · plan 24 h: in 17 h\n"
        "\n"
        "  owner          li\n"
        "  handler        li\n"
        "  first contact  li\n"
        "  customer       张三\n"
        "  category       repair\n"
        "  channel        phone\n"
        "  flags          dissatisfied\n"
        "  opened         Mon 10 Mar 09:00, open for 7 h\n"
        "  waits until    Tue 11 Mar 14:00\n"
        "\n"
        "Clocks as of Mon 10 Mar 16:00 Asia/Shanghai\n"
        "CLOCK                     STARTED           DUE               STATE    LEFT\n"
        "plan 24 h                 Mon 10 Mar 09:00  Tue 11 Mar 09:00  running  in 17 h\n"
        "next update 24 working h  Mon 10 Mar 09:00  Wed 12 Mar 10:00  running  in 42 h\n"
        "level 2, 48 h             Mon 10 Mar 09:00  Thu 13 Mar 09:00  paused   43 h left\n"
        "total 72 h                Mon 10 Mar 09:00  Thu 13 Mar 09:00  running  in 65 h\n"
        "first response 24 h       Mon 10 Mar 09:00  Tue 11 Mar 09:00  met      24 h left\n"
        "\n"
        "Stages\n"
        "  0 of 5 done: reception; record; plan; execution; callback\n"
        "\n"
        "Checklists\n"
        "  four steps, 0 of 4 done: listen; apologise; explain; follow-up\n"
        "  seven steps for an angry customer, 0 of 7 done: listen; empathise; confirm; propose; choose; "
        "thank; follow-through\n"
        "\n"
        "End the pause: cstrack resume C-1   What happened: cstrack timeline C-1   "
        "Why these times: cstrack why C-1\n"
    )


def test_several_cards_are_set_apart_by_a_blank_line(run: Run) -> None:
    assert "cstrack why C-1\n\nC-2  [/foo]" in run("show", "1-2").stdout


def test_r17_hostile_text_is_shown_and_does_nothing(run: Run) -> None:
    done = run("show", "2")
    assert done.stdout.startswith("C-2  [/foo] \\x1b]0;x\\x07 letter\n")
    assert "\x1b" not in done.stdout


def test_fields_picks_what_is_wanted(run: Run) -> None:
    assert json.loads(run("show", "1", "--fields", "ref,status", *AT).stdout) == {
        "ref": "C-1",
        "status": "waiting",
    }


def test_an_unknown_field_is_refused_with_the_nearest_one(run: Run) -> None:
    assert "Did you mean status?" in run("show", "1", "--fields", "statu", code=2).stderr


@pytest.mark.parametrize(("word", "code"), [("9", 3), ("1,9", 3), ("x", 2), ("0", 2), ("3-1", 2)])
def test_what_is_no_case_is_refused(run: Run, word: str, code: int) -> None:
    done = run("show", word, code=code)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_a_case_is_not_there_before_it_was_opened(run: Run) -> None:
    run("show", "1", "--at", "2025-03-10T08:59:59+08:00", code=3)


def test_a_desk_without_a_database_has_no_such_case(tmp_path: Path) -> None:
    done = runner(tmp_path)("show", "1", "--json", code=3)
    assert json.loads(done.stderr)["error"] == "no-such-case"
    assert list(tmp_path.iterdir()) == []
