"""`cstrack import` as a person runs it: real files, real processes, both databases."""

from __future__ import annotations

import gzip
import json
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from csv import DictReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import psycopg
import pytest

from tests.support.imports import (
    FIXTURES,
    PUBLIC,
    cstrack,
    desk,
    environment,
    imported,
    query,
    replayed,
    size,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = ["schema", "preset", "rows", "opened", "known", "rejected", "notes", "first", "last"]
SAMPLES = [
    ("cfpb_narratives.csv", "cfpb", 8),
    ("cfpb_old_shape.csv", "cfpb", 9),
    ("nhtsa_flat.tsv", "nhtsa", 6),
    ("nhtsa_list.csv", "nhtsa", 7),
]
PUBLIC_FILES = [
    ("cfpb_2013_no_narrative.csv", "cfpb", 3186),
    ("cfpb_2019_2020_narratives.csv", "cfpb", 268),
    ("nhtsa_flat_cmpl_sample100.tsv", "nhtsa", 101),
    ("nhtsa_complaints_2015_2025.csv.gz", "nhtsa", 33163),
]
HEADER = (
    "Date received,Product,Issue,Company,Submitted via,Date sent to company,"
    "Company response to consumer,Timely response?,Complaint ID"
)
GOOD = "2020-01-01,Mortgage,Closing,Bank,Web,2020-01-02,Closed,Yes"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with desk(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def file_url(tmp_path: Path) -> Iterator[str]:
    with desk("sqlite", tmp_path) as made:
        yield made


def complaints(folder: Path, *rows: str) -> Path:
    path = folder / "complaints.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


def odd(folder: Path) -> Path:
    """One row that can be taken, one that is there twice, and five that cannot, on lines 4 to 8."""
    return complaints(
        folder,
        f"{GOOD},1",
        f"{GOOD},1",
        f"{GOOD.replace('Yes', 'No')},1",
        "2099-01-01,Mortgage,Closing,Bank,Web,2099-01-02,Closed,Yes,2",
        "2020-01-01,Mortgage,Closing,Bank,Web,2020-01-02,Closed,maybe,3",
        "13/13/2020,Mortgage,Closing,Bank,Web,2020-01-02,Closed,Yes,4",
        "2020-01-01,torn",
    )


def many(folder: Path, count: int) -> Path:
    path = folder / "many.csv"
    header = "record_id,make_raw,model,year,component,incident_date,scraped_at\n"
    rows = (f"complaint_{n},Ford,F-150,2018,ENGINE,2021-03-04,2022-01-01\n" for n in range(1, count + 1))
    path.write_text(header + "".join(rows), encoding="utf-8")
    return path


# --- what becomes of the rows -------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "preset", "rows"), SAMPLES)
def test_every_row_becomes_a_case_whose_history_leads_to_its_row(
    url: str, name: str, preset: str, rows: int
) -> None:
    said = imported(url, FIXTURES / name, "--preset", preset)
    assert (said["rows"], said["opened"], said["known"], said["rejected"]) == (rows, rows, 0, [])
    assert (said["first"], said["last"]) == (1, rows)
    assert replayed(url) == rows


@pytest.mark.parametrize(("name", "preset", "rows"), SAMPLES)
def test_a_second_run_adds_nothing(url: str, name: str, preset: str, rows: int) -> None:
    imported(url, FIXTURES / name, "--preset", preset)
    before = size(url)
    said = imported(url, FIXTURES / name, "--preset", preset)
    assert (said["opened"], said["known"], said["notes"], said["first"]) == (0, rows, [], None)
    assert size(url) == before


def test_the_systems_own_hand_wrote_it_for_whoever_ran_it(file_url: str) -> None:
    imported(file_url, FIXTURES / "nhtsa_flat.tsv", "--preset", "nhtsa")
    assert query(file_url, "SELECT DISTINCT actor, cause, login <> '' FROM event") == [
        ("system", "import", 1)
    ]
    assert query(file_url, "SELECT COUNT(*) FROM case_current WHERE owner IS NOT NULL") == [(0,)]


def test_a_packed_file_on_standard_input_is_read(file_url: str) -> None:
    packed = gzip.compress((FIXTURES / "nhtsa_list.csv").read_bytes())
    done = cstrack(file_url, "import", "-", "--preset", "nhtsa", "--strict", stdin=packed)
    assert (done.returncode, replayed(file_url)) == (0, 7)


def test_what_was_imported_is_listed_and_nothing_of_it_is_late(file_url: str) -> None:
    imported(file_url, FIXTURES / "nhtsa_flat.tsv", "--preset", "nhtsa")
    assert len(json.loads(cstrack(file_url, "list", "--json").stdout)) == 6
    assert json.loads(cstrack(file_url, "overdue", "--json").stdout) == []


def test_p33_no_one_is_alerted_of_old_cases_and_the_sweep_finds_nothing_to_do(file_url: str) -> None:
    imported(file_url, FIXTURES / "nhtsa_flat.tsv", "--preset", "nhtsa")
    before = size(file_url)
    assert before["outbox"] == 0
    assert cstrack(file_url, "sweep", "-q").returncode == 0
    assert size(file_url) == before


def test_live_lets_the_rules_run_over_what_is_past(url: str) -> None:
    imported(url, FIXTURES / "nhtsa_flat.tsv", "--preset", "nhtsa", "--live")
    assert replayed(url) == 6
    assert query(url, "SELECT COUNT(*) FROM event WHERE type = 'adopted'") == [(0,)]
    assert query(url, "SELECT COUNT(*) FROM case_current WHERE level < 3") == [(0,)]
    assert len(json.loads(cstrack(url, "overdue", "--json").stdout)) == 6


# --- rejects ------------------------------------------------------------------------------------------------


def test_rejects_are_named_by_line_and_column_and_the_others_are_taken(url: str, tmp_path: Path) -> None:
    done = cstrack(url, "import", odd(tmp_path), "--preset", "cfpb")
    assert done.returncode == 6
    assert done.stderr.splitlines()[:5] == [
        "line 4: line 2 has the same reference and says something else",
        "line 5: Thu 1 Jan 2099 00:00 has not come yet",
        "line 6: column timely_response: the word maybe is not known",
        "line 7: column date_received: the date 13/13/2020 is not understood",
        "line 8: 2 fields instead of 9: a torn row, or a delimiter too many",
    ]
    assert replayed(url) == 1


def test_each_row_is_opened_known_or_rejected_and_a_twin_is_named(url: str, tmp_path: Path) -> None:
    said = imported(url, odd(tmp_path), "--preset", "cfpb", code=6)
    assert said["rows"] == said["opened"] + said["known"] + len(said["rejected"]) == 7
    assert [(note["line"], note["code"], note["value"]) for note in said["notes"]] == [(3, "repeated", "2")]


def test_a_file_with_rejects_says_the_same_when_it_comes_again(url: str, tmp_path: Path) -> None:
    first = imported(url, odd(tmp_path), "--preset", "cfpb", code=6)
    again = imported(url, odd(tmp_path), "--preset", "cfpb", code=6)
    assert (again["opened"], again["known"], again["rejected"]) == (0, 2, first["rejected"])


def test_strict_takes_nothing_when_one_row_is_rejected(file_url: str, tmp_path: Path) -> None:
    said = imported(file_url, odd(tmp_path), "--preset", "cfpb", "--strict", code=6)
    assert (said["opened"], len(said["rejected"]), said["first"]) == (0, 5, None)
    assert not Path(file_url).exists()


def test_strict_takes_all_of_a_file_without_rejects(url: str) -> None:
    assert imported(url, FIXTURES / "cfpb_old_shape.csv", "--preset", "cfpb", "--strict")["opened"] == 9
    assert replayed(url) == 9


def test_a_rejected_cell_cannot_speak_to_the_terminal(file_url: str, tmp_path: Path) -> None:
    path = complaints(tmp_path, GOOD.replace("Yes", "\x1b[31mred") + ",1")
    done = cstrack(file_url, "import", path, "--preset", "cfpb")
    assert done.stderr.startswith("line 2: column timely_response: the word \\x1b[31mred is not known\n")


# --- rehearsal ----------------------------------------------------------------------------------------------


def test_a_dry_run_makes_no_file_and_says_what_would_happen(file_url: str) -> None:
    told = imported(file_url, FIXTURES / "nhtsa_list.csv", "--preset", "nhtsa", "--dry-run")
    assert not Path(file_url).parent.exists()
    real = imported(file_url, FIXTURES / "nhtsa_list.csv", "--preset", "nhtsa")
    assert told == {**real, "first": None, "last": None}


def test_a_dry_run_knows_what_the_desk_has_and_adds_nothing(url: str, tmp_path: Path) -> None:
    imported(url, complaints(tmp_path, f"{GOOD},1"), "--preset", "cfpb")
    before = size(url)
    said = imported(url, complaints(tmp_path, f"{GOOD},1", f"{GOOD},2"), "--preset", "cfpb", "-n")
    assert (said["opened"], said["known"]) == (1, 1)
    assert size(url) == before


# --- what is said -------------------------------------------------------------------------------------------


def test_json_has_exactly_these_keys(file_url: str, tmp_path: Path) -> None:
    said = imported(file_url, odd(tmp_path), "--preset", "cfpb", code=6)
    assert list(said) == KEYS
    assert list(said["rejected"][0]) == ["line", "reason", "column", "message"]
    assert list(said["notes"][0]) == ["line", "code", "column", "value", "message"]


def test_the_summary_counts_and_shows_the_first_lines_of_each_oddity(file_url: str) -> None:
    done = cstrack(file_url, "import", FIXTURES / "cfpb_old_shape.csv", "--preset", "cfpb")
    assert done.stdout.splitlines() == [
        "cfpb: rows 9 · cases opened 9 (C-1 to C-9) · already known 0 · rejected 0",
        "  1 × date_sent_to_company: sent on before it was received; the day of receipt is used (line 9)",
    ]


def test_quiet_says_nothing_when_all_is_taken(file_url: str) -> None:
    done = cstrack(file_url, "import", FIXTURES / "nhtsa_list.csv", "--preset", "nhtsa", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_bar_shows_how_far_it_is_at_a_terminal_only(file_url: str) -> None:
    arguments = ["-m", "cstrack", "import", str(FIXTURES / "nhtsa_list.csv"), "--preset", "nhtsa"]
    terminal = pexpect.spawn(
        sys.executable, arguments, env={**environment(file_url), "TERM": "xterm"}, encoding="utf-8"
    )
    terminal.expect("reading.*100%.*rows 7")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


# --- refusals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere.csv", "--preset", "cfpb"], 6, "nowhere.csv cannot be read: No such file or directory"),
        ([".", "--preset", "cfpb"], 6, ". cannot be read: Is a directory"),
        ([FIXTURES / "cfpb_old_shape.csv"], 5, "--preset is missing. Give one of: cfpb, nhtsa"),
        ([FIXTURES / "cfpb_old_shape.csv", "--preset", "cfbp"], 2, "Did you mean cfpb?"),
        ([FIXTURES / "nhtsa_list.csv", "--preset", "cfpb"], 6, ""),
        ([FIXTURES / "nhtsa_list.csv", "--preset", "nhtsa", "--at", "+1d"], 4, "has not come yet"),
    ],
)
def test_what_cannot_be_imported_is_refused_and_makes_no_desk(
    file_url: str, arguments: list[Any], code: int, said: str
) -> None:
    done = cstrack(file_url, "import", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert not Path(file_url).exists()


# --- a kill, a race -----------------------------------------------------------------------------------------


def cases_so_far(url: str) -> int:
    try:
        return int(query(url, "SELECT COUNT(*) FROM case_current")[0][0])
    except (AssertionError, sqlite3.OperationalError, psycopg.Error):
        return 0  # the desk is being made


def test_r01_a_kill_leaves_whole_batches_and_a_second_run_completes_them(url: str, tmp_path: Path) -> None:
    path = many(tmp_path, 6000)
    arguments = [sys.executable, "-m", "cstrack", "import", str(path), "--preset", "nhtsa"]
    with subprocess.Popen(arguments, env=environment(url), stderr=subprocess.PIPE) as running:
        while cases_so_far(url) < 1000:
            assert running.poll() is None, "it was done before it could be killed"
        running.send_signal(signal.SIGKILL)
    before = replayed(url)
    assert 1000 <= before < 6000
    assert before % 500 == 0
    said = imported(url, path, "--preset", "nhtsa")
    assert (said["known"], said["opened"]) == (before, 6000 - before)
    assert replayed(url) == 6000


def test_two_imports_of_one_file_at_once_open_each_case_once(url: str, tmp_path: Path) -> None:
    imported(url, FIXTURES / "nhtsa_list.csv", "--preset", "nhtsa")
    arguments = [
        sys.executable,
        "-m",
        "cstrack",
        "import",
        str(many(tmp_path, 3000)),
        "--preset",
        "nhtsa",
        "--json",
    ]
    pair = [subprocess.Popen(arguments, env=environment(url), stdout=subprocess.PIPE) for _ in range(2)]
    said = [json.loads(one.communicate()[0]) for one in pair]
    assert [one.returncode for one in pair] == [0, 0]
    assert sum(one["opened"] for one in said) == sum(one["known"] for one in said) == 3000
    assert replayed(url) == 3007


# --- the public files ---------------------------------------------------------------------------------------

here = pytest.mark.skipif(
    not PUBLIC.is_dir(), reason="the four public complaint files do not lie beside this checkout"
)


BOTH = [
    pytest.param(kind, marks=pytest.mark.xdist_group(f"public-{kind}")) for kind in ("sqlite", "postgresql")
]
"""Tests of one desk in one process: it takes long to fill."""


@pytest.fixture(scope="module", params=BOTH)
def public_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk with all four files, each imported once."""
    with desk(request.param, tmp_path_factory.mktemp("public")) as url:
        for name, preset, rows in PUBLIC_FILES:
            said = imported(url, PUBLIC / name, "--preset", preset)
            assert (said["rows"], said["opened"], said["known"], said["rejected"]) == (rows, rows, 0, [])
        yield url


def bureau() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name, preset, _count in PUBLIC_FILES:
        if preset == "cfpb":
            with (PUBLIC / name).open(newline="", encoding="utf-8") as file:
                rows += DictReader(file)
    return rows


@here
def test_every_public_complaint_is_a_case_whose_history_leads_to_its_row(public_desk: str) -> None:
    assert replayed(public_desk) == sum(rows for _name, _preset, rows in PUBLIC_FILES)


@here
def test_closed_and_open_are_as_many_as_the_files_say(public_desk: str) -> None:
    running = sum(row["Company response to consumer"] == "In progress" for row in bureau())
    vehicles = sum(rows for _name, preset, rows in PUBLIC_FILES if preset == "nhtsa")
    found = dict(query(public_desk, "SELECT status, COUNT(*) FROM case_current GROUP BY status"))
    assert found == {"closed": len(bureau()) - running, "open": vehicles + running}


@here
def test_the_share_of_timely_answers_is_the_bureaus_own(public_desk: str) -> None:
    closed = [row for row in bureau() if row["Company response to consumer"] != "In progress"]
    told = Counter(row["Timely response?"] for row in closed)
    statement = (
        "SELECT verdict, COUNT(*) FROM clock JOIN case_current ON number = case_number "
        "WHERE clock.kind = 'outside' AND status = 'closed' GROUP BY verdict"
    )
    assert dict(query(public_desk, statement)) == {"met": told["Yes"], "breached": told["No"]}


@here
def test_nothing_of_the_public_files_is_late_and_nobody_is_told(public_desk: str) -> None:
    assert query(public_desk, "SELECT COUNT(*) FROM case_current WHERE next_due IS NOT NULL") == [(0,)]
    assert query(public_desk, "SELECT COUNT(*) FROM outbox") == [(0,)]


@here
def test_each_vehicle_is_a_product_of_its_case(public_desk: str) -> None:
    statement = (
        "SELECT COUNT(DISTINCT products.number) FROM product_current products "
        "JOIN case_current ON product_number = products.number"
    )
    assert query(public_desk, statement) == [(33163 + 101,)]


@here
def test_a_second_run_over_the_public_files_adds_nothing(public_desk: str) -> None:
    before = size(public_desk)
    for name, preset, rows in PUBLIC_FILES:
        said = imported(public_desk, PUBLIC / name, "--preset", preset)
        assert (said["opened"], said["known"]) == (0, rows)
    assert size(public_desk) == before
