"""Vehicle complaints: the flat file and the list with a header, and what may be wrong with them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cstrack.app.presets import nhtsa
from cstrack.app.presets.rows import ImportRow, Note, Reject
from cstrack.domain import errors

DATA = Path(__file__).parents[1] / "data" / "presets"
ZONE = "America/New_York"
LISTED = {
    "record_id": "complaint_11726419",
    "make_raw": "Ford",
    "model": "Mustang",
    "year": "2015",
    "component": "ENGINE",
    "incident_date": "2016-03-22",
    "crash_involved": "False",
    "fire_involved": "False",
    "injuries": "0",
    "deaths": "0",
    "scraped_at": "2026-06-04 01:44:20.573166+00:00",
}
FLAT = {
    "cmplid": "1",
    "odino": "958173",
    "maketxt": "FORD",
    "modeltxt": "EDGE",
    "yeartxt": "2007",
    "compdesc": "STEERING",
    "ldate": "20150430",
    "cdescr": "IT PULLS TO THE LEFT",
    "cmpl_type": "IVOQ",
    "prod_type": "V",
}
SCRAPED = int(dt.datetime.fromisoformat("2026-06-04 01:44:20+00:00").timestamp())


def listed(**changed: str) -> ImportRow | Reject:
    cells = LISTED | changed
    content = ",".join(cells) + "\n" + ",".join(f'"{text}"' for text in cells.values()) + "\n"
    (row,) = nhtsa.read(io.BytesIO(content.encode()), zone=ZONE)
    return row


def flat(*changes: dict[str, str], width: int = 49) -> list[ImportRow | Reject]:
    names = nhtsa.FIELDS[:width]
    lines = ["\t".join((FLAT | change).get(name, "") for name in names) for change in changes]
    return list(nhtsa.read(io.BytesIO("\r\n".join(lines).encode()), zone=ZONE))


def taken(row: ImportRow | Reject) -> ImportRow:
    assert isinstance(row, ImportRow)
    return row


def start(iso: str) -> int:
    return int(dt.datetime.fromisoformat(iso).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


def from_file(name: str) -> list[ImportRow]:
    with (DATA / name).open("rb") as file:
        return [taken(row) for row in nhtsa.read(file, zone=ZONE)]


def test_a_row_of_the_flat_file_is_read_whole() -> None:
    assert from_file("nhtsa_flat.tsv")[0] == ImportRow(
        line=1,
        ref="nhtsa:958173",
        subject="LINCOLN TOWN CAR 1994: SERVICE BRAKES, HYDRAULIC:PEDALS AND LINKAGES",
        text="BRAKE PEDAL PUSH ROD RETAINER WAS NOT PROPERLY INSTALLED, CAUSING BRAKES TO FAIL, RESULTING IN"
        " AN ACCIDENT AFTER RECALL REPAIRS (94V-129). *AK",
        opened_at=start("1995-01-03"),
        channel="phone",
        category="nhtsa.service-brakes-hydraulic.pedals-and-linkages",
        flags=(("safety", "crash"),),
        facts={
            "cmplid": "1",
            "odino": "958173",
            "mfr_name": "Ford Motor Company",
            "maketxt": "LINCOLN",
            "modeltxt": "TOWN CAR",
            "yeartxt": "1994",
            "crash": "Y",
            "faildate": "19941222",
            "fire": "N",
            "injured": "0",
            "deaths": "0",
            "compdesc": "SERVICE BRAKES, HYDRAULIC:PEDALS AND LINKAGES",
            "state": "MI",
            "datea": "19950103",
            "ldate": "19950103",
            "occurences": "1",
            "cmpl_type": "EVOQ",
            "prod_type": "V",
        },
        words={"city": "HIGH LAND PA", "vin": "1LNLM82W8RY"},
        product={
            "make": "LINCOLN",
            "model": "TOWN CAR",
            "year": 1994,
            "vin": "1LNLM82W8RY",
            "kind": "vehicle",
            "mileage": None,
        },
        outside=None,
        ending=None,
        notes=(),
    )


def test_no_field_of_the_flat_file_is_lost() -> None:
    lines = (DATA / "nhtsa_flat.tsv").read_text().splitlines()
    for line, row in zip(lines, from_file("nhtsa_flat.tsv"), strict=True):
        told = {field.strip() for field in line.split("\t")} - {""}
        assert told == {*row.facts.values(), *row.words.values(), (row.text or "").strip()}


def test_quotes_of_the_flat_file_are_text() -> None:
    text = from_file("nhtsa_flat.tsv")[1].text
    assert text is not None
    assert text.startswith('"I KEPT HEARING')
    assert '""' in text


def test_a_row_of_the_list_is_read_whole() -> None:
    assert from_file("nhtsa_list.csv")[0] == ImportRow(
        line=2,
        ref="nhtsa:11726419",
        subject="Ford Mustang 2015: STRUCTURE",
        text=None,
        opened_at=start("2026-03-22"),
        channel=None,
        category="nhtsa.structure",
        flags=(),
        facts={
            "record_id": "complaint_11726419",
            "make_raw": "Ford",
            "model": "Mustang",
            "year": "2015",
            "component": ["STRUCTURE", "UNKNOWN OR OTHER"],
            "incident_date": "2026-03-22",
            "crash_involved": "False",
            "fire_involved": "False",
            "injuries": "0",
            "deaths": "0",
            "scraped_at": "2026-06-04 01:44:20.573166+00:00",
        },
        words={},
        product={
            "make": "Ford",
            "model": "Mustang",
            "year": 2015,
            "vin": None,
            "kind": "vehicle",
            "mileage": None,
        },
        outside=None,
        ending=None,
        notes=(),
    )


def test_the_list_is_the_same_compressed() -> None:
    content = (DATA / "nhtsa_list.csv").read_bytes()
    assert list(nhtsa.read(io.BytesIO(gzip.compress(content)), zone=ZONE)) == from_file("nhtsa_list.csv")


def test_a_component_with_a_comma_and_a_blank_is_one() -> None:
    row = from_file("nhtsa_list.csv")[3]
    assert row.facts["component"] == ["SERVICE BRAKES, HYDRAULIC", "POWER TRAIN"]
    assert row.category == "nhtsa.service-brakes-hydraulic"


@pytest.mark.parametrize("width", [20, 46, 47, 48, 49])
def test_the_widths_the_schema_ever_had_are_read(width: int) -> None:
    (row,) = flat({}, width=width)
    assert taken(row).text == "IT PULLS TO THE LEFT"


def test_a_flat_file_has_one_width_and_a_row_of_another_is_named() -> None:
    content = ("\t".join(FLAT.get(name, "") for name in nhtsa.FIELDS) + "\n").encode()
    rows = list(nhtsa.read(io.BytesIO(content + content[:60].rstrip()), zone=ZONE))
    assert rows[1] == Reject(
        2, "field-count", {"found": content[:60].rstrip().count(b"\t") + 1, "expected": 49}
    )


def test_one_reference_on_several_rows_tells_them_apart_by_component() -> None:
    rows = flat({}, {"compdesc": "AIR BAGS:FRONTAL"}, {"odino": "7"}, {"compdesc": "AIR BAGS:FRONTAL"}, {})
    assert [taken(row).ref for row in rows] == [
        "nhtsa:958173",
        "nhtsa:958173:air-bags-frontal",
        "nhtsa:7",
        "nhtsa:958173:air-bags-frontal#2",
        "nhtsa:958173:steering",
    ]


@pytest.mark.parametrize(
    ("told", "channel"),
    [
        ("IVOQ", "web"),
        ("ivoq", "web"),
        ("MIVQ", "web"),
        ("EVOQ", "phone"),
        ("LETT", "letter"),
        ("SVOQ", "letter"),
        ("CON", "regulator"),
        ("CAG", "association"),
        ("EWR", "manufacturer"),
        ("", None),
    ],
)
def test_the_channel_follows_the_source_code(told: str, channel: str | None) -> None:
    (row,) = flat({"cmpl_type": told})
    assert (taken(row).channel, taken(row).notes) == (channel, ())


def test_an_unknown_source_code_is_no_channel_and_noted() -> None:
    (row,) = flat({"cmpl_type": "XYZ"})
    assert (taken(row).channel, taken(row).notes) == (None, (Note("channel-not-known", "cmpl_type", "XYZ"),))


@pytest.mark.parametrize(
    ("changed", "flags"),
    [
        ({"crash": "Y"}, (("safety", "crash"),)),
        ({"crash": "Y", "fire": "Y"}, (("safety", "fire"),)),
        ({"fire": "Y", "injured": "2"}, (("safety", "injuries"),)),
        ({"injured": "2", "deaths": "1"}, (("safety", "deaths"),)),
        ({"crash": "N", "fire": "", "injured": "0", "deaths": ""}, ()),
    ],
)
def test_harm_is_a_flag_with_its_gravest_reason(
    changed: dict[str, str], flags: tuple[tuple[str, str], ...]
) -> None:
    (row,) = flat(changed)
    assert taken(row).flags == flags


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"crash_involved": "True"}, "crash"),
        ({"fire_involved": "True"}, "fire"),
        ({"injuries": "1"}, "injuries"),
        ({"deaths": "3"}, "deaths"),
    ],
)
def test_harm_in_the_list_is_a_flag_too(changed: dict[str, str], reason: str) -> None:
    assert taken(listed(**changed)).flags == (("safety", reason),)


def test_a_number_or_a_yes_that_cannot_be_read_is_noted_and_kept() -> None:
    row = taken(listed(injuries="two", crash_involved="perhaps", year="MMXV"))
    assert row.notes == (
        Note("number-not-understood", "year", "MMXV"),
        Note("number-not-understood", "injuries", "two"),
        Note("word-not-known", "crash_involved", "PERHAPS"),
    )
    assert (row.facts["injuries"], row.flags) == ("two", ())


def test_an_unknown_year_and_a_mileage_of_zero_are_not_known() -> None:
    (row,) = flat({"yeartxt": "9999", "miles": "0", "prod_type": "C"})
    product = taken(row).product
    assert product is not None
    assert (product["year"], product["mileage"], product["kind"]) == (None, None, "child-restraint")
    assert taken(row).subject == "FORD EDGE: STEERING"


def test_a_dealer_and_a_city_are_erasable() -> None:
    (row,) = flat(
        {"city": "LIMA", "dealer_name": "J. DUNCAN", "dealer_tel": "763 433 0490", "miles": "39300"}
    )
    assert taken(row).words == {"city": "LIMA", "dealer_name": "J. DUNCAN", "dealer_tel": "763 433 0490"}
    assert taken(row).facts["miles"] == "39300"


def test_without_a_date_of_receipt_the_date_added_opens_and_is_noted() -> None:
    (row,) = flat({"ldate": "", "datea": "20150501"})
    assert taken(row).opened_at == start("2015-05-01")
    assert taken(row).notes == (Note("opened-when-added", "datea", "20150501"),)


@pytest.mark.parametrize(
    ("changed", "reject"),
    [
        ({"ldate": ""}, Reject(2, "date-missing", {"value": ""}, "ldate")),
        ({"ldate": "20151345"}, Reject(2, "date-not-understood", {"value": "20151345"}, "ldate")),
        ({"odino": ""}, Reject(2, "reference-missing", {"value": ""}, "odino")),
        ({"odino": "A12"}, Reject(2, "reference-not-understood", {"value": "A12"}, "odino")),
    ],
)
def test_a_flat_row_that_cannot_be_filed_names_its_line_and_column(
    changed: dict[str, str], reject: Reject
) -> None:
    assert flat({}, changed)[1] == reject


@pytest.mark.parametrize(
    ("incident", "code"),
    [
        ("1969-12-31", "incident-before-1990"),
        ("2012-12-31", "incident-before-model-year"),
        ("2026-06-05", "incident-after-scrape"),
        ("22/03/2016", "incident-not-understood"),
        ("", "incident-missing"),
    ],
)
def test_an_incident_that_cannot_be_opens_when_it_was_listed_and_is_noted(incident: str, code: str) -> None:
    row = taken(listed(incident_date=incident))
    assert (row.opened_at, row.notes) == (SCRAPED, (Note(code, "incident_date", incident),))


@pytest.mark.parametrize(
    "changed", [{"incident_date": "2013-01-01"}, {"incident_date": "1990-01-01", "year": "9999"}]
)
def test_an_incident_at_the_edge_of_the_plausible_opens(changed: dict[str, str]) -> None:
    row = taken(listed(**changed))
    assert (row.opened_at, row.notes) == (start(changed["incident_date"]), ())


def test_an_incident_opens_even_where_nobody_knows_when_it_was_listed() -> None:
    assert taken(listed(scraped_at="")).opened_at == start("2016-03-22")


def test_a_time_without_an_offset_is_meant_in_the_zone_of_the_desk() -> None:
    assert taken(listed(incident_date="", scraped_at="2026-06-04T01:44")).opened_at == start(
        "2026-06-04T01:44"
    )


@pytest.mark.parametrize(
    ("changed", "reject"),
    [
        (
            {"incident_date": "", "scraped_at": ""},
            Reject(2, "incident-missing", {"value": ""}, "incident_date"),
        ),
        ({"scraped_at": "yesterday"}, Reject(2, "date-not-understood", {"value": "yesterday"}, "scraped_at")),
        (
            {"scraped_at": "0001-01-01"},
            Reject(2, "date-not-understood", {"value": "0001-01-01"}, "scraped_at"),
        ),
        ({"record_id": "11-7"}, Reject(2, "reference-not-understood", {"value": "11-7"}, "record_id")),
    ],
)
def test_a_listed_row_that_cannot_be_filed_names_its_line_and_column(
    changed: dict[str, str], reject: Reject
) -> None:
    assert listed(**changed) == reject


def test_a_record_listed_twice_is_noted() -> None:
    header, row = (DATA / "nhtsa_list.csv").read_bytes().splitlines(keepends=True)[:2]
    _, second = nhtsa.read(io.BytesIO(header + row + row), zone=ZONE)
    assert taken(second).notes == (Note("repeated-reference", "record_id", "complaint_11726419"),)


def test_unknown_columns_of_the_list_are_kept_erasable_and_noted() -> None:
    row = taken(listed(owner="A. Miller"))
    assert (row.words, row.notes) == ({"owner": "A. Miller"}, (Note("unknown-column", "owner", ""),))


def test_a_row_about_nothing_is_named_by_its_reference() -> None:
    row = taken(listed(make_raw="", model="", year="", component=""))
    assert (row.subject, row.category) == ("nhtsa:11726419", None)


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"\t" * 48 + b"\n", b"\t".join([b"name"] * 49), b"1\t2\t3\n", b"1\t" * 60],
)
def test_a_file_of_neither_shape_is_refused_before_any_row(content: bytes) -> None:
    with pytest.raises(errors.BadInput) as refusal:
        nhtsa.read(io.BytesIO(content), zone=ZONE)
    assert refusal.value.code == "import-not-this-preset"
    assert refusal.value.facts["missing"] == list(nhtsa.REQUIRED)
