"""Changes as TOML: equal days joined, texts quoted so that they come back as they were."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

from hypothesis import given as for_any
from hypothesis import strategies as st

from cstrack.domain.calendar_data import WEEKDAYS
from cstrack.domain.calendar_entry import Change
from cstrack.domain.calendar_toml import to_toml

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.one_of(
    st.builds(lambda name: {"name": name}, NAMES),
    st.builds(lambda name, day: {"name": name, "works_as": day}, NAMES, st.sampled_from(WEEKDAYS)),
    st.builds(lambda name: {"name": name, "hours": ["09:00-12:00", "22:00-06:00"]}, NAMES),
)
CHANGES = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 1, 20)), ENTRIES, max_size=12).map(
    lambda days: [Change(day.isoformat(), entry) for day, entry in sorted(days.items())]
)


def unfolded(tables: list[dict[str, Any]]) -> list[Change]:
    """The changes that the tables of a calendar's days stand for."""
    found = []
    for table in tables:
        entry: dict[str, Any] = {"name": table.get("name", "")}
        if "works_as" in table:
            entry["works_as"] = table["works_as"]
        if "hours" in table:
            entry["hours"] = table["hours"].split(" ")
        days = (table.get("through", table["date"]) - table["date"]).days
        found += [
            Change((table["date"] + timedelta(days=n)).isoformat(), dict(entry)) for n in range(days + 1)
        ]
    return found


@for_any(NAMES.filter(bool), CHANGES)
def test_changes_come_back_as_they_were(name: str, changes: list[Change]) -> None:
    data = tomllib.loads(to_toml(name, changes, "2026-12-31"))["calendars"][name]
    assert unfolded(data.get("days", [])) == changes
    assert data["confirmed"] == [{"through": date(2026, 12, 31)}]


def test_the_text_reads_like_one_typed_by_hand() -> None:
    changes = [
        *(Change(f"2026-10-0{day}", {"name": "国庆节"}) for day in range(1, 8)),
        Change("2026-10-10", {"name": "国庆节调休", "works_as": "wed"}),
        Change("2026-12-31", {"name": "", "hours": ["08:30-12:00", "13:00-15:00"]}),
    ]
    assert to_toml("workshop", changes, "2027-12-31") == (
        "[[calendars.workshop.days]]\n"
        "date = 2026-10-01\n"
        "through = 2026-10-07\n"
        'name = "国庆节"\n'
        "\n"
        "[[calendars.workshop.days]]\n"
        "date = 2026-10-10\n"
        'name = "国庆节调休"\n'
        'works_as = "wed"\n'
        "\n"
        "[[calendars.workshop.days]]\n"
        "date = 2026-12-31\n"
        'hours = "08:30-12:00 13:00-15:00"\n'
        "\n"
        "[[calendars.workshop.confirmed]]\n"
        "through = 2027-12-31\n"
    )


def test_days_that_differ_or_lie_apart_are_not_joined() -> None:
    changes = [
        Change("2026-02-28", {"name": "a"}),
        Change("2026-03-01", {"name": "a"}),
        Change("2026-03-03", {"name": "a"}),
        Change("2026-03-04", {"name": "b"}),
    ]
    tables = tomllib.loads(to_toml("x", changes, None))["calendars"]["x"]["days"]
    assert [str(table["date"]) for table in tables] == ["2026-02-28", "2026-03-03", "2026-03-04"]
    assert [str(table.get("through")) for table in tables] == ["2026-03-01", "None", "None"]


def test_what_is_not_confirmed_says_nothing_of_it() -> None:
    assert to_toml("x", [], None) == ""


def test_a_name_cannot_leave_its_quotes() -> None:
    hostile = 'x"\n[[calendars.x.days]]\ndate = 2026-01-01 \\ \x1b[31m\x7f\x9b\u202e\u2028\U000e0001 "'
    text = to_toml(hostile, [Change("2026-05-01", {"name": hostile})], None)
    assert [len(line) > 0 for line in text.splitlines()] == [True, True, True]
    assert tomllib.loads(text)["calendars"][hostile]["days"] == [{"date": date(2026, 5, 1), "name": hostile}]
    assert text.replace("\n", "").isprintable()
    assert "\\u001B[31m\\u007F\\u009B\\u202E\\u2028\\U000E0001" in text
