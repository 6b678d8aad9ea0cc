"""`cstrack policy`: what there is, what it says, whether a file is sound, and what two do differently."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import BRANCH, DANGEROUS, HOSTILE, follows, typed_at, widest, written
from tests.support.cli import Shell
from tests.support.rough import do, refused

if TYPE_CHECKING:
    from pathlib import Path

PRESETS = ["dealer", "bank-cn", "consumer-cn", "fca", "telecom"]
VERSION_KEYS = ["schema", "version", "name", "label", "applied_at", "actor", "reason", "in_use"]
PRESET_KEYS = ["schema", "name", "en", "zh", "levels", "counts_from", "binds", "sources"]
POLICY_KEYS = [
    "schema",
    "label",
    "en",
    "zh",
    "calendar",
    "contact_hours",
    "repeat",
    "crisis",
    "groups",
    "version",
]
POLICY_KEYS += ["name", "counts_from", "levels", "authority", "clocks", "calendars", "kinds", "channels"]
POLICY_KEYS += ["flags", "categories", "customer_types", "outcomes", "waits", "remedies", "root_causes"]
POLICY_KEYS += ["departments", "words", "stages", "checklists", "callbacks", "fields", "masking", "retention"]
POLICY_KEYS += ["stores", "sources", "agreements"]
BROKEN = """\
name = "Bad Name"
counts_from = "levle"
[levels.1]
en = "one"
limit = "2 days"
calendar = "ofice"
[calendars.office]
zone = "Asia/Shangai"
hours = { mon-fri = "9-17" }
"""


@pytest.fixture
def nowhere(tmp_path: Path) -> Shell:
    """A place without a desk."""
    return Shell(tmp_path, str(tmp_path / "desk.db"))


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A desk that follows a policy of its own since its second version."""
    home = tmp_path_factory.mktemp("branch")
    shell = Shell(home, str(home / "desk.db"))
    do(shell, "policy", "apply", written(shell, "branch.toml", BRANCH), "-m", "as agreed in June", "-q")
    return shell


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A desk whose policy has hostile names, with a case."""
    home = tmp_path_factory.mktemp("evil")
    shell = Shell(home, str(home / "desk.db"))
    follows(shell, HOSTILE, "evil\x1b[31m.toml")
    do(shell, "open", "x", "--flag", "f", "--channel", "phone")
    return shell


# --- list ---------------------------------------------------------------------------------------------------


def test_before_there_is_a_desk_the_shipped_policy_is_in_use(nowhere: Shell) -> None:
    assert nowhere("policy", "list").ok == (0, "dealer v1\t\t\t\n", "")
    assert nowhere("policy", "list", "--json").json == [
        {
            "schema": 1,
            "version": 1,
            "name": "dealer",
            "label": "dealer v1",
            "applied_at": None,
            "actor": None,
            "reason": None,
            "in_use": True,
        }
    ]
    assert list(nowhere.home.iterdir()) == []


def test_a_list_has_the_shipped_policy_first_and_the_one_in_use_last(branch: Shell) -> None:
    first, second = branch("policy", "list", "--json").json
    assert (first["label"], first["in_use"], second["label"], second["in_use"]) == (
        "dealer v1",
        False,
        "branch v2",
        True,
    )
    assert (second["actor"], second["reason"]) == ("li", "as agreed in June")
    assert [list(row) for row in (first, second)] == [VERSION_KEYS] * 2
    lines = branch("policy", "list").ok.out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["dealer v1", "branch v2"]
    assert lines[1].split("\t")[2:] == ["li", "as agreed in June"]
    assert lines[1].split("\t")[1].endswith("+08:00")


def test_the_presets_are_told_with_what_they_are_for(nowhere: Shell) -> None:
    rows = nowhere("policy", "list", "--presets", "--json").json
    assert [row["name"] for row in rows] == PRESETS
    assert [list(row) for row in rows] == [PRESET_KEYS] * len(PRESETS)
    assert nowhere("policy", "list", "--presets").ok.out.splitlines()[-1] == (
        "telecom\t3\topening\tTelecom operator: local, over the head, appeal"
    )


# --- show, export -------------------------------------------------------------------------------------------


def test_the_object_of_a_policy_has_exactly_these_keys(branch: Shell) -> None:
    assert sorted(branch("policy", "show", "--json").json) == sorted(POLICY_KEYS)
    assert branch("policy", "show", "--json").json["label"] == "branch v2"


def test_an_older_version_and_a_preset_can_be_shown(branch: Shell) -> None:
    assert branch("policy", "show", "--version", "1", "--json").json["label"] == "dealer v1"
    assert branch("policy", "show", "--preset", "fca", "--json").json["name"] == "fca"


def test_off_a_terminal_a_policy_is_a_line_a_place(branch: Shell) -> None:
    lines = branch("policy", "show").ok.out.splitlines()
    assert "levels.5.limit\t10d" in lines
    assert "clocks.final-answer.zh\t最终答复" in lines
    assert all(line.count("\t") == 1 for line in lines)


def test_an_earlier_moment_is_seen_as_it_was(branch: Shell) -> None:
    assert branch("policy", "list", "--at", "yesterday").ok.out == "dealer v1\t\t\t\n"
    assert branch("policy", "show", "--at", "yesterday", "--json").json["label"] == "dealer v1"
    assert branch("policy", "export", "--at", "yesterday").ok.out.startswith("# The policy of a desk")
    assert branch("policy", "diff", "v1", "--at", "yesterday").ok.out == ""
    calendars = branch("calendar", "show", "--at", "yesterday", "--json").json
    assert [one["name"] for one in calendars] == ["contact"]


@pytest.mark.parametrize("verb", ["show", "export"])
def test_a_preset_that_is_not_there_is_refused_with_the_nearest(nowhere: Shell, verb: str) -> None:
    done = nowhere("policy", verb, "--preset", "fcaa")
    refused(done, 3, "fcaa", "Did you mean fca?", "cstrack policy list --presets")


@pytest.mark.parametrize("verb", ["show", "export"])
def test_a_version_that_the_desk_never_had_is_refused(branch: Shell, verb: str) -> None:
    refused(branch("policy", verb, "--version", "9"), 3, "v9", "cstrack policy list")


def test_a_version_and_a_preset_exclude_each_other(branch: Shell) -> None:
    refused(branch("policy", "show", "--version", "1", "--preset", "fca"), 2, "--version", "--preset")


def test_what_was_applied_is_printed_again_byte_for_byte(branch: Shell) -> None:
    assert branch("policy", "export").ok.out == BRANCH


@pytest.mark.parametrize("name", PRESETS)
def test_what_is_printed_of_a_preset_can_be_checked_and_is_the_same(nowhere: Shell, name: str) -> None:
    text = nowhere("policy", "export", "--preset", name).ok.out
    assert nowhere("policy", "check", "-", stdin=text).ok.out.startswith("standard input is a sound policy: ")
    assert nowhere("policy", "diff", name, "-", stdin=text).ok == (0, "", "")


# --- check --------------------------------------------------------------------------------------------------


def test_a_sound_file_is_said_to_be_so(branch: Shell) -> None:
    assert branch("policy", "check", "branch.toml").ok == (
        0,
        "branch.toml is a sound policy: 5 levels, 4 clocks\n",
        "",
    )
    assert branch("policy", "check", "branch.toml", "-q").ok.out == ""
    assert branch("policy", "check", "branch.toml", "--json").json == {
        "schema": 1,
        "policy": "branch",
        "problems": [],
    }


@pytest.mark.parametrize("verb", ["check", "apply", "diff"])
def test_every_fault_of_a_file_is_named_by_its_place(nowhere: Shell, verb: str) -> None:
    done = nowhere("policy", verb, written(nowhere, "bad.toml", BROKEN))
    *faults, last = done.err.splitlines()
    assert (done.code, done.out) == (6, "")
    assert [": ".join(fault.split(": ")[:2]) for fault in faults] == [
        "bad.toml:1: name",
        "bad.toml:2: counts_from",
        "bad.toml:5: levels.1.limit",
        "bad.toml:6: levels.1.calendar",
        "bad.toml:8: calendars.office.zone",
        "bad.toml:9: calendars.office.hours.mon-fri",
    ]
    assert "Did you mean Asia/Shanghai?" in faults[4]
    assert last == (
        "error: the policy bad.toml is not accepted and nothing was changed. Correct what is named above"
    )
    assert [path.name for path in nowhere.home.iterdir()] == ["bad.toml"]


def test_programs_get_the_faults_as_objects(nowhere: Shell) -> None:
    done = nowhere("policy", "check", "-", "--json", stdin=BROKEN)
    told = json.loads(done.err)
    assert (done.code, done.out, told["error"], told["exit_code"]) == (6, "", "policy-invalid", 6)
    assert [(one["place"], one["line"], one["problem"]) for one in told["problems"]] == [
        ("name", 1, "code-wrong"),
        ("counts_from", 2, "choice-wrong"),
        ("levels.1.limit", 5, "limit-not-understood"),
        ("levels.1.calendar", 6, "calendar-unknown"),
        ("calendars.office.zone", 8, "zone-unknown"),
        ("calendars.office.hours.mon-fri", 9, "hours-wrong"),
    ]
    assert told["problems"][3]["suggestion"] == "office"


@pytest.mark.parametrize("verb", ["check", "apply", "diff"])
@pytest.mark.parametrize(
    ("content", "part"),
    [
        (None, "cannot be read"),
        (b"name = \xff", "not UTF-8"),
        (b"name = [", "no TOML, line 1"),
        (b"# " + b"x" * 1024 * 1024, "larger than 1 MiB"),
    ],
)
def test_what_is_no_policy_file_is_refused(
    nowhere: Shell, verb: str, content: bytes | None, part: str
) -> None:
    if content is not None:
        (nowhere.home / "desk.toml").write_bytes(content)
    refused(nowhere("policy", verb, "desk.toml"), 6, "desk.toml", part)


# --- diff ---------------------------------------------------------------------------------------------------


def test_a_file_is_compared_with_the_policy_in_use(branch: Shell) -> None:
    text = BRANCH.replace('limit = "5d"', 'limit = "6d"') + '[departments]\nlaw = { en = "law" }\n'
    other = written(branch, "other.toml", text)
    lines = branch("policy", "diff", other).ok.out.splitlines()
    assert "levels.4.limit\t5d\t6d" in lines
    assert "departments.law\t\ten law, zh law" in lines
    found = branch("policy", "diff", other, "--json").json
    assert {"schema": 1, "place": "levels.4.limit", "old": "5d", "new": "6d"} in found
    assert {tuple(row) for row in found} == {("schema", "place", "old", "new")}


def test_what_is_the_same_has_no_differences(branch: Shell) -> None:
    assert branch("policy", "diff", "branch.toml").ok == (0, "", "")
    assert branch("policy", "diff", "v2", "branch.toml", "--json").json == []


def test_sums_are_compared_as_the_file_has_them(branch: Shell) -> None:
    found = branch("policy", "diff", "telecom", "bank-cn").ok.out.splitlines()
    assert "levels.1.authority.amount\t50.00\t200.00" in found
    objects = branch("policy", "diff", "telecom", "bank-cn", "--json").json
    (amount,) = [one for one in objects if one["place"] == "levels.1.authority.amount"]
    assert (amount["old"], amount["new"]) == ("50.00", "200.00")


def test_a_policy_of_one_level_is_said_as_one(branch: Shell) -> None:
    text = 'name = "corner"\n[levels.1]\nen = "the counter"\nlimit = "24h"\n'
    said = branch("policy", "check", "-", stdin=text).ok.out
    assert said == "standard input is a sound policy: 1 level, 2 clocks\n"


def test_versions_and_presets_are_compared_by_their_names(branch: Shell) -> None:
    assert branch("policy", "diff", "v1", "dealer").ok.out == ""
    assert "name\tdealer\tbranch\n" in branch("policy", "diff", "v1", "v2").ok.out
    refused(branch("policy", "diff", "v7"), 3, "v7")


# --- at a terminal ------------------------------------------------------------------------------------------


SCREENS = [
    ["policy", "list"],
    ["policy", "list", "--presets"],
    ["policy", "show"],
    *(["policy", "show", "--preset", name] for name in PRESETS),
    ["policy", "diff", "fca"],
    ["policy", "check", "branch.toml"],
    ["policy", "apply", "--preset", "telecom", "--dry-run"],
    ["policy", "apply", "branch.toml", "--dry-run"],
    ["calendar", "show"],
    ["calendar", "check"],
]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_no_screen_runs_over_the_edge(branch: Shell, words: list[str], lang: str, width: int) -> None:
    code, lines = typed_at(branch.home, str(branch.url), words, width, CSTRACK_LANG=lang)
    assert code == 0
    assert widest(lines) <= width
    assert any(lines)


def test_at_a_terminal_presets_say_what_they_are_for_and_the_next_command(branch: Shell) -> None:
    _code, lines = typed_at(branch.home, str(branch.url), ["policy", "list", "--presets"], 80)
    assert "telecom      3       Telecom operator: local, over the head, appeal" in lines
    assert "Facts, not legal advice. Look at one: cstrack policy show --preset NAME" in lines


def test_at_a_terminal_the_policy_in_use_is_marked(branch: Shell) -> None:
    _code, lines = typed_at(branch.home, str(branch.url), ["policy", "list"], 80)
    assert [line.split()[:2] for line in lines if line.endswith("in use")] == [["branch", "v2"]]


# --- names that would do something --------------------------------------------------------------------------


HARMLESS = [
    ["policy", "list"],
    ["policy", "show"],
    ["policy", "diff", "v1"],
    ["policy", "check", "evil\x1b[31m.toml"],
    ["policy", "apply", "--preset", "fca", "--dry-run"],
    ["calendar", "show", "--from", "2026-11-20", "--to", "2026-11-30"],
    ["calendar", "check"],
    ["doctor"],
    ["show", "1"],
    ["list"],
    ["overdue", "--within", "30d", "--clocks"],
    ["when", "in 3 working days"],
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", HARMLESS, ids=" ".join)
def test_r17_names_of_a_policy_are_shown_and_do_nothing(evil: Shell, words: list[str], lang: str) -> None:
    piped = evil(*words, CSTRACK_LANG=lang).ok
    code, lines = typed_at(evil.home, str(evil.url), words, 80, CSTRACK_LANG=lang, NO_COLOR="1")
    assert code == 0
    for line in (*piped.out.split("\n"), *piped.err.split("\n"), *lines):
        assert not DANGEROUS.search(line), line
    assert piped.out.strip()


def test_r17_a_place_in_the_list_stays_one_line(evil: Shell) -> None:
    lines = evil("policy", "show").ok.out.splitlines()
    assert r"levels.2.en" in {line.split("\t")[0] for line in lines}
    assert all(line.count("\t") == 1 for line in lines)


def test_r17_a_refusal_repeats_a_hostile_value_harmless(nowhere: Shell) -> None:
    text = 'name = "x"\n[levels.1]\nen = "one"\nlimit = "\\u001b[31m\\u202e"\n["\\u001b[2J"]\na = 1\n'
    done = nowhere("policy", "check", "-", stdin=text)
    assert (done.code, done.out) == (6, "")
    assert not DANGEROUS.search(done.err.replace("\n", ""))


def test_json_keeps_every_character_of_a_name(evil: Shell) -> None:
    made = evil("policy", "show", "--json").json
    assert made["levels"]["2"]["en"] == "two\nlines [/foo] :smile:"
    assert made["levels"]["1"]["zh"] == "一\n二\t三 \x9b2J"
