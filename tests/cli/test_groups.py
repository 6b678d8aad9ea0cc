"""`cstrack group`: complaints about one matter, and what looks like one, on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branch import typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

STATEMENT = "我们正在检查电池"
HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe :smile: {who} %s"
KEYS = ["schema", "number", "ref", "name", "statement", "lead", "made_at"]
LISTED = [*KEYS, "open_cases", "level", "crisis", "next_due"]
SUGGESTED = ["schema", "by", "value", "cases", "group_number", "apart"]


@pytest.fixture
def three(shell: Shell) -> Shell:
    """Three cases about one model."""
    for phone in ("1", "2", "3"):
        do(shell, "open", f"电池鼓包{phone}", "--model", "X5", "--phone", f"1380000000{phone}", "-q")
    return shell


@pytest.fixture
def group(three: Shell) -> Shell:
    """Two of them as a group."""
    do(three, "group", "add", "1,2", "--name", "X5", "--statement", STATEMENT)
    return three


def test_the_third_case_that_is_alike_says_what_to_type(shell: Shell) -> None:
    for _n in range(2):
        assert "alike" not in shell("open", "battery", "--model", "X5").ok.err
    done = shell("open", "battery", "--model", "X5").ok
    assert done.err == (
        "3 alike in 7 days (model X5): C-1, C-2, C-3. Make them a group: cstrack group add 1,2,3\n"
    )
    assert shell("open", "battery", "--model", "X5", "-q").ok.err == ""
    shown = shell("show", "2").ok.out
    assert "4 alike in 7 days (model X5): C-1, C-2, C-3, C-4. Make them a group" in shown
    [one] = shell("show", "2", "--json").json["alike"]
    assert one == {
        "by": "model",
        "value": "X5",
        "cases": [1, 2, 3, 4],
        "group_number": None,
        "apart": [1, 2, 3, 4],
    }


def test_the_list_of_suggestions(three: Shell) -> None:
    [one] = three("group", "list", "--suggested", "--json").json
    assert list(one) == SUGGESTED
    assert one["cases"] == [1, 2, 3]
    assert three("group", "list", "--suggested").ok.out == "model\tX5\t1,2,3\t\n"
    assert three("group", "list", "--suggested", "--at", "-1h").ok.out == ""
    _code, lines = typed_at(three.home, str(three.url), ["group", "list", "--suggested"], 120)
    assert "3 alike in 7 days (model X5)" in lines[0]


def test_a_group_is_made_with_a_line_for_it_and_one_for_each_case(three: Shell) -> None:
    done = three("group", "add", "1,2", "--statement", STATEMENT).ok
    first, *others = done.out.splitlines()
    assert first == "G-1  group complaint of 2 cases, lead C-1"
    assert others[1].startswith("C-2  in the group G-1  level 1 -> 3 (group complaint)  due ")
    assert (len(others), done.err) == (2, "")
    last = three("timeline", "2", "--json").json
    assert [one["summary"] for one in last[1:]] == ["in the group G-1", "level 1 -> 3, group complaint"]
    sound(three)


def test_three_cases_named_by_hand_are_confirmed(three: Shell) -> None:
    refused(three("group", "add", "1,2,3"), 5, "--yes")
    assert three("group", "list").ok.out == ""
    do(three, "group", "add", "1,2,3", "--yes")
    assert [one["open_cases"] for one in three("group", "list", "--json").json] == [[1, 2, 3]]


def test_rules_are_judged_before_anything_is_asked(three: Shell) -> None:
    refused(three("group", "add", "1,2,9"), 3, "C-9")
    refused(three("group", "add", "1,2,3", "--lead", "9"), 4, "C-9", "C-1, C-2, C-3")


def test_programs_see_what_was_done(three: Shell) -> None:
    made = three("group", "add", "1,2", "--lead", "2", "--name", "X5", "--json").json
    assert list(made) == [*KEYS, "event", "cases"]
    assert (made["ref"], made["lead"], made["event"]) == ("G-1", 2, {"type": "formed", "seq": 1})
    assert [(one["ref"], one["level"]) for one in made["cases"]] == [("C-1", 3), ("C-2", 3)]


def test_a_group_is_shown_with_its_statement_and_its_cases(group: Shell) -> None:
    shown = group("group", "show", "G-1").ok.out
    for part in ("G-1, X5", STATEMENT, "C-1, lead", "电池鼓包2"):
        assert part in shown
    found = group("group", "show", "1", "--json").json
    assert list(found) == [*KEYS, "cases"]
    assert (found["statement"], [one["ref"] for one in found["cases"]]) == (STATEMENT, ["C-1", "C-2"])
    assert group("show", "2", "--json").json["group_number"] == 1
    assert "  group          G-1\n" in group("show", "2").ok.out


def test_the_list_of_groups_in_every_format(group: Shell) -> None:
    [one] = group("group", "list", "--json").json
    assert list(one) == LISTED
    assert (one["level"], one["crisis"], one["open_cases"]) == (3, False, [1, 2])
    assert group("group", "list").ok.out.startswith("G-1\t3\tX5\t1\t1,2\t")
    assert group("group", "list", "--format", "{ref} {lead}").ok.out == "G-1 1\n"
    code, lines = typed_at(group.home, str(group.url), ["group", "list"], 80)
    assert (code, lines[0].split()[:2]) == (0, ["1", "listed"])
    assert any("G-1" in line and "C-1, C-2" in line for line in lines)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_screens_fit(group: Shell, width: int) -> None:
    for words in (["group", "list"], ["group", "show", "1"]):
        _code, lines = typed_at(group.home, str(group.url), words, width)
        assert widest(lines) <= width


def test_others_are_added_and_taken_out(group: Shell) -> None:
    assert group("group", "add", "3", "--to", "G-1").ok.out.startswith(
        "G-1  also C-3\nC-3  in the group G-1  "
    )
    done = group("group", "drop", "G-1", "3", "-m", "another battery").ok
    assert done.out == "G-1  without C-3\nC-3  out of the group G-1\n"
    assert group("timeline", "3", "--json").json[-1]["words"] == {"text": "another battery"}
    do(group, "group", "drop", "1", "1,2", "-m", "no matter at all")
    assert group("group", "list").ok.out == ""
    assert "All cases were taken out of it." in group("group", "show", "1").ok.out
    sound(group)


def test_lead_name_and_statement_are_changed(group: Shell) -> None:
    assert group("group", "edit", "G-1", "--lead", "C-2").ok.out == "G-1  lead C-2\n"
    assert group("group", "edit", "1", "-F", "-", stdin="we recall it\n").ok.out == "G-1  another statement\n"
    do(group, "group", "edit", "g-1", "--name", "battery")
    found = group("group", "show", "1", "--json").json
    assert (found["lead"], found["name"], found["statement"]) == (2, "battery", "we recall it")
    sound(group)


def test_as_of_an_earlier_moment(shell: Shell) -> None:
    for day in (18, 19):
        do(shell, "open", "x", "--at", f"2026-11-{day} 09:00")
    do(shell, "group", "add", "1,2", "--at", "2026-11-20 09:00", "--statement", "a")
    do(shell, "group", "edit", "1", "--statement", "b")
    then = shell("group", "show", "1", "--at", "2026-11-20 10:00", "--json").json
    assert (then["statement"], [one["level"] for one in then["cases"]]) == ("a", [3, 3])
    assert shell("group", "list", "--at", "2026-11-20 08:00", "--json").json == []
    refused(shell("group", "show", "1", "--at", "2026-11-20 08:00"), 3, "G-1")
    sound(shell)


def test_no_desk_has_no_groups(nowhere: Shell) -> None:
    assert nowhere("group", "list", "--json").json == []
    assert nowhere("group", "list", "--suggested", "--json").json == []
    refused(nowhere("group", "show", "3"), 3, "G-3")
    refused(nowhere("group", "add", "1,2"), 3, "C-1")


@pytest.fixture
def nowhere(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell where no desk was made yet."""
    return type(shell)(tmp_path_factory.mktemp("nowhere"), None)


def test_in_chinese(three: Shell) -> None:
    done = three("group", "add", "1,2", "--lang", "zh").ok.out
    assert "处理层级 一级 -> 三级" in done
    assert "C-2" in three("group", "show", "1", "--lang", "zh").ok.out


def test_hostile_words_do_no_harm(three: Shell) -> None:
    do(three, "group", "add", "1,2", "--name", HOSTILE, "--statement", HOSTILE + "\nnext")
    for words in (["group", "list"], ["group", "show", "1"]):
        _code, lines = typed_at(three.home, str(three.url), words, 100)
        told = "\n".join(lines) + three(*words).ok.out
        assert not set("\x1b\x9b\u202e") & set(told)
        assert "[/foo]" in told
    assert three("group", "show", "1", "--json").json["name"] == HOSTILE


@ON_SQLITE
def test_erased_words_leave_the_group(group: Shell, desk: Desk) -> None:
    with desk.writing() as db:
        db.execute("UPDATE event SET words = NULL WHERE type = 'formed'")
        db.execute("UPDATE group_current SET name = NULL, statement = NULL")
    found = group("group", "show", "1", "--json").json
    assert (found["name"], found["statement"], len(found["cases"])) == (None, None, 2)
    assert "G-1\n" in group("group", "show", "1").ok.out
    sound(group)


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["add", "1"], 4, ["C-1 alone"]),
        (["add", "1,2"], 4, ["C-1 is in G-1", "cstrack group drop G-1 1"]),
        (["add", "2", "--to", "1"], 4, ["C-2 is in G-1 already"]),
        (["add", "3", "--to", "G-9"], 3, ["G-9", "cstrack group list"]),
        (["add", "3", "--to", "G-x"], 2, ["G-x", "G-3"]),
        (["add", "3", "--to", "1", "--lead", "3"], 2, ["--to, --lead"]),
        (["add", "3", "--to", "1", "-m", "x"], 2, ["--statement"]),
        (["add", "3,4", "--statement", "a", "-m", "b"], 2, ["--statement", "-m"]),
        (["drop", "1", "2", "-m", "x"], 4, ["only C-1 would be left", "cstrack group drop G-1 1,2"]),
        (["drop", "1", "3", "-m", "x"], 4, ["C-3 is not in G-1"]),
        (["drop", "1", "1,2"], 5, ["-m"]),
        (["edit", "1"], 2, ["--lead", "--statement"]),
        (["edit", "1", "--lead", "3"], 4, ["C-3", "C-1, C-2"]),
        (["edit", "1", "--name", "X5"], 4, ["cstrack group show G-1"]),
        (["edit", "1", "--name", "z", "--at", "-1h"], 4, ["G-1"]),
        (["edit", "1", "--name", "z", "--at", "+1h"], 4, ["--at"]),
        (["show", "7"], 3, ["G-7"]),
        (["show", "0"], 2, ["0"]),
        (["show", "C-1"], 2, ["C-1"]),
    ],
)
def test_what_is_refused_is_one_line_that_says_what_to_type(
    group: Shell, words: list[str], code: int, parts: list[str]
) -> None:
    refused(group("group", *words), code, *parts)
    sound(group)
