"""The public files, where they lie beside the checkout: every row is a complaint, all shares are right."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cstrack.app.presets import cfpb, nhtsa
from cstrack.app.presets.rows import ImportRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cstrack.app.presets.rows import Reject

SHARED = Path(__file__).parents[3] / "shared" / "data"
ZONE = "America/New_York"

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the four public complaint files do not lie beside this checkout"
)


def read(reader: Callable[..., Iterator[ImportRow | Reject]], name: str) -> list[ImportRow]:
    with (SHARED / name).open("rb") as file:
        rows = list(reader(file, zone=ZONE))
    rejects = [row for row in rows if not isinstance(row, ImportRow)]
    assert rejects == []
    return [row for row in rows if isinstance(row, ImportRow)]


def plain(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "count", "contents"),
    [("cfpb_2013_no_narrative.csv", 3186, 3175), ("cfpb_2019_2020_narratives.csv", 268, 268)],
)
def test_every_financial_complaint_is_taken_with_an_identity_of_its_own(
    name: str, count: int, contents: int
) -> None:
    refs = [row.ref for row in read(cfpb.read, name)]
    assert (len(refs), len(set(refs))) == (count, count)
    assert len({ref.split("#")[0] for ref in refs}) == contents


@pytest.mark.parametrize("name", ["cfpb_2013_no_narrative.csv", "cfpb_2019_2020_narratives.csv"])
def test_verdicts_and_endings_are_the_bureaus_own(name: str) -> None:
    rows, sources = read(cfpb.read, name), plain(name)
    closed = [source for source in sources if source["Company response to consumer"] != "In progress"]
    timely = Counter(source["Timely response?"] for source in closed)
    verdicts = Counter(row.outside.verdict for row in rows if row.outside)
    assert (verdicts["met"], verdicts["breached"]) == (timely["Yes"], timely["No"])
    assert verdicts[None] == sum(row.ending is None for row in rows) == len(sources) - len(closed)
    relief = sum("monetary relief" in source["Company response to consumer"] for source in sources)
    assert sum(row.ending.outcome == "partial" for row in rows if row.ending) == relief


def test_lines_behind_narratives_of_many_lines_are_those_of_the_file() -> None:
    rows = read(cfpb.read, "cfpb_2019_2020_narratives.csv")
    lines = (SHARED / "cfpb_2019_2020_narratives.csv").read_text(encoding="utf-8").split("\n")
    assert all(lines[row.line - 1].startswith(str(row.facts["date_received"])) for row in rows)


def test_narratives_are_kept_to_the_character() -> None:
    told = [row["Consumer complaint narrative"] for row in plain("cfpb_2019_2020_narratives.csv")]
    assert [row.text or "" for row in read(cfpb.read, "cfpb_2019_2020_narratives.csv")] == told


def test_six_complaints_were_sent_on_before_they_were_received() -> None:
    notes = Counter(note.code for row in read(cfpb.read, "cfpb_2013_no_narrative.csv") for note in row.notes)
    assert notes == {"sent-before-received": 6}


def test_every_row_of_the_flat_file_is_taken_with_its_text() -> None:
    rows = read(nhtsa.read, "nhtsa_flat_cmpl_sample100.tsv")
    lines = (SHARED / "nhtsa_flat_cmpl_sample100.tsv").read_text(encoding="utf-8").splitlines()
    assert len({row.ref for row in rows}) == len(rows) == 101
    assert [row.text for row in rows] == [line.split("\t")[19] for line in lines]
    assert all(row.channel for row in rows)


def test_every_listed_complaint_is_taken_and_the_implausible_ones_are_named() -> None:
    rows = read(nhtsa.read, "nhtsa_complaints_2015_2025.csv.gz")
    with gzip.open(SHARED / "nhtsa_complaints_2015_2025.csv.gz", "rt", newline="", encoding="utf-8") as file:
        sources = list(csv.DictReader(file))
    assert len({row.ref for row in rows}) == len(rows) == len(sources) == 33_163
    early = {f"nhtsa:{source['record_id'][10:]}" for source in sources if source["incident_date"] < "1990"}
    noted = {row.ref for row in rows if any(note.code == "incident-before-1990" for note in row.notes)}
    assert noted == early
    assert len(early) == 34
    harmed = [
        any(source[mark] == "True" for mark in ("crash_involved", "fire_involved"))
        or any(int(source[count]) for count in ("injuries", "deaths"))
        for source in sources
    ]
    assert [bool(row.flags) for row in rows] == harmed
