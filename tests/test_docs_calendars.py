"""The samples on the page of calendars are read as it says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cstrack.domain.calendar_entry import Change
from cstrack.domain.calendar_import import read

PAGE = (Path(__file__).parents[1] / "docs" / "calendars.md").read_text(encoding="utf-8")
SAMPLES: list[tuple[str, str]] = re.findall(r"```(ics|json|csv|toml)\n(.*?)```", PAGE, re.DOTALL)
FILES = [(kind, text) for kind, text in SAMPLES if kind != "toml"]


@pytest.mark.parametrize(("kind", "text"), FILES, ids=[f"{at}-{kind}" for at, (kind, _) in enumerate(FILES)])
def test_every_sample_of_a_file_is_read_without_a_problem(kind: str, text: str) -> None:
    changes, problems = read(text, through_year=2027)
    assert problems == [], kind
    assert changes[0] == Change("2027-01-01", {"name": "元旦"})


def test_the_page_has_a_sample_of_each_kind() -> None:
    assert {kind for kind, _text in SAMPLES} == {"ics", "json", "csv", "toml"}


def test_the_sample_of_a_make_up_day_works_as_the_day_that_the_page_names() -> None:
    [table] = [tomllib.loads(text) for kind, text in SAMPLES if kind == "toml"]
    days = table["calendars"]["workshop"]["days"]
    assert [day.get("works_as") for day in days] == [None, "wed", None]
    [csv] = [text for kind, text in SAMPLES if kind == "csv"]
    assert dict(read(csv, through_year=2027)[0])["2027-01-03"] == {"name": "元旦", "works_as": "fri"}
