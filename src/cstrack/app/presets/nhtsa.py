"""Vehicle complaints as the US National Highway Traffic Safety Administration has them, in two shapes.

The flat file: TAB between fields, one record a line, no header, quotes literal,
dates YYYYMMDD. Its schema grew: 20 fields, 46 from September 2007, 47 from
October 2007, 48 from April 2014, 49 from September 2015; the first line says
which. LDATE opens the complaint. One ODINO may stand on several rows, for several
components or products: the first is nhtsa:ODINO, a further one
nhtsa:ODINO:COMPONENT, then #2 and so on.

    CMPL_TYPE                channel
    IVOQ, MAVQ, MIVQ         web (site and mobile application)
    EVOQ                     phone (hotline)
    LETR, LETT               letter
    VOQ, MVOQ, SVOQ          letter (questionnaires on paper)
    DP, RP, INS              letter (petitions and insurers write)
    CON, RC                  regulator (a congressional office; a recall investigation)
    CAG                      association (consumer action group)
    EWR                      manufacturer (its early warning reports)

The list with a header (record_id, make_raw, ...): incident_date opens, unless it
cannot be: before 1990, more than two years before the model year, or after
scraped_at. Then scraped_at opens, and a note says so. A component list is split
at commas without a blank behind them ("SERVICE BRAKES, HYDRAULIC" is one). It has
no channel and no text.

A crash, a fire, someone injured or dead is the flag safety; the gravest is its
reason. Year 9999 is unknown, and mileage 0 too: since 2021 blanks are zeros there.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cstrack.app.presets import tables
from cstrack.app.presets.rows import (
    ImportRow,
    Note,
    Numbers,
    Occurrences,
    Reject,
    UnusableCell,
    civil_day,
    day_start,
    number,
    one_line,
    slug,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from cstrack.app.presets.rows import Facts, Flags, Product

    Cells = dict[str, str]

FIELDS = (  # noqa: SIM905  (five lines, not fifty)
    "cmplid odino mfr_name maketxt modeltxt yeartxt crash faildate fire injured deaths compdesc city "
    "state vin datea ldate miles occurences cdescr cmpl_type police_rpt_yn purch_dt orig_owner_yn "
    "anti_brakes_yn cruise_cont_yn num_cyls drive_train fuel_sys fuel_type trans_type veh_speed dot "
    "tire_size loc_of_tire tire_fail_type orig_equip_yn manuf_dt seat_type restraint_type dealer_name "
    "dealer_tel dealer_city dealer_state dealer_zip prod_type repaired_yn medical_attn vehicles_towed_yn"
).split()
WIDTHS = (20, 46, 47, 48, 49)
# A dealer is near the customer's home, and its name may be a person's.
DEALER = ("dealer_name", "dealer_tel", "dealer_city", "dealer_state", "dealer_zip")
PERSONAL = frozenset(("city", "vin", *DEALER))
FACTS = tuple(name for name in FIELDS if name not in PERSONAL and name != "cdescr")
CHANNELS = {
    **dict.fromkeys(("IVOQ", "MAVQ", "MIVQ"), "web"),
    **dict.fromkeys(("LETR", "LETT", "VOQ", "MVOQ", "SVOQ", "DP", "RP", "INS"), "letter"),
    **dict.fromkeys(("CON", "RC"), "regulator"),
    "EVOQ": "phone",
    "CAG": "association",
    "EWR": "manufacturer",
}
KINDS = {"V": "vehicle", "T": "tires", "E": "equipment", "C": "child-restraint"}

REQUIRED = ("record_id", "make_raw", "model", "year", "component", "incident_date", "scraped_at")
KNOWN = frozenset((*REQUIRED, "crash_involved", "fire_involved", "injuries", "deaths"))
FIRST_YEAR = 1990

YES = frozenset(("Y", "YES", "TRUE", "1"))
NO = frozenset(("N", "NO", "FALSE", "0", ""))
# Columns of both shapes, the gravest first.
COUNTS = (("deaths", "deaths"), ("injured", "injuries"), ("injuries", "injuries"))
MARKS = (("fire", "fire"), ("fire_involved", "fire"), ("crash", "crash"), ("crash_involved", "crash"))
_DIGITS = re.compile("[0-9]{1,9}")
_LIST = re.compile(r",(?! )")


def read(stream: BinaryIO, *, zone: str) -> Iterator[ImportRow | Reject]:
    """Read complaints one by one; a date is the start of that day in `zone` (an IANA name).

    The stream is left open. Raises BadInput "import-not-this-preset" or
    "import-column-twice" at once where the first line is of neither shape.
    """
    source = tables.Source(stream)
    there = ZoneInfo(zone)
    first = source.head.split("\t")
    if len(first) in WIDTHS and any(first[place].strip().isdigit() for place in (0, 1, 16)):
        records = tables.tabbed(source, len(first))
        return tables.complaints(FIELDS[: len(first)], records, _Flat(there).row)
    header, records = tables.delimited(source)
    names = tables.columns(header, "nhtsa", KNOWN, REQUIRED)
    return tables.complaints(names, records, _Listed(there).row, tables.unknown(names, KNOWN))


class _Flat:
    """The rows of one flat file; it knows which numbers stood above."""

    __slots__ = ("_numbers", "_repeats", "_zone")

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._numbers = Numbers()
        self._repeats = Occurrences()

    def row(self, line: int, raw: Cells) -> ImportRow:
        cell = {name: text.strip() for name, text in raw.items()}
        notes: list[Note] = []
        opened_at = self._opened(cell, notes)
        channel = CHANNELS.get(cell.get("cmpl_type", "").upper())
        if channel is None and cell.get("cmpl_type"):
            notes.append(Note("channel-not-known", "cmpl_type", cell["cmpl_type"]))
        product = _vehicle(cell, notes)
        component = cell["compdesc"]
        ref = self._ref(cell)
        return ImportRow(
            line=line,
            ref=ref,
            subject=_subject(product, component) or ref,
            text=raw["cdescr"] if cell["cdescr"] else None,
            opened_at=opened_at,
            channel=channel,
            category=_category(component.split(":")),
            flags=_safety(cell, notes),
            facts={name: cell[name] for name in FACTS if cell.get(name)},
            words={name: text for name, text in cell.items() if text and name in PERSONAL},
            product=product,
            outside=None,
            ending=None,
            notes=tuple(notes),
        )

    def _ref(self, cell: Cells) -> str:
        given = number(cell["odino"], "odino")
        if not self._numbers.seen(given):
            return f"nhtsa:{given}"
        ref = f"nhtsa:{given}:{slug(cell['compdesc'])}"
        again = self._repeats.number(ref)
        return ref if again == 1 else f"{ref}#{again}"

    def _opened(self, cell: Cells, notes: list[Note]) -> int:
        column = "ldate" if cell["ldate"] else "datea"
        if not cell[column]:
            raise UnusableCell("date-missing", "ldate", "")
        day = civil_day(cell[column], ("compact",))
        if day is None:
            raise UnusableCell("date-not-understood", column, cell[column])
        if column == "datea":
            notes.append(Note("opened-when-added", "datea", cell["datea"]))
        return day_start(day, self._zone)


class _Listed:
    """The rows of one list with a header; it knows which numbers stood above."""

    __slots__ = ("_numbers", "_zone")

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._numbers = Numbers()

    def row(self, line: int, raw: Cells) -> ImportRow:
        cell = {name: text.strip() for name, text in raw.items()}
        given = number(cell["record_id"].removeprefix("complaint_"), "record_id")
        notes: list[Note] = []
        year = _year(cell, "year", notes)
        product: Product = {"make": cell["make_raw"] or None, "model": cell["model"] or None, "year": year}
        opened_at = self._opened(cell, year, notes)
        flags = _safety(cell, notes)
        components = _LIST.split(cell["component"])
        facts: Facts = {name: text for name, text in cell.items() if text and name in KNOWN}
        facts["component"] = components
        if self._numbers.seen(given):
            notes.append(Note("repeated-reference", "record_id", cell["record_id"]))
        return ImportRow(
            line=line,
            ref=f"nhtsa:{given}",
            subject=_subject(product, components[0]) or f"nhtsa:{given}",
            text=None,
            opened_at=opened_at,
            channel=None,
            category=_category(components[:1]),
            flags=flags,
            facts=facts,
            words={name: text for name, text in cell.items() if text and name not in KNOWN},
            product=product | {"vin": None, "kind": "vehicle", "mileage": None},
            outside=None,
            ending=None,
            notes=tuple(notes),
        )

    def _opened(self, cell: Cells, year: int | None, notes: list[Note]) -> int:
        told = cell["incident_date"]
        scraped = _instant(cell["scraped_at"], self._zone)
        day = civil_day(told, ("iso",))
        if day is None:
            fault = "incident-not-understood" if told else "incident-missing"
        else:
            at = day_start(day, self._zone)
            fault = _implausible(day, year) or ("incident-after-scrape" if scraped and at > scraped else "")
            if not fault:
                return at
        if scraped is None:
            raise UnusableCell(fault, "incident_date", told)
        notes.append(Note(fault, "incident_date", told))
        return scraped


def _implausible(day: dt.date, year: int | None) -> str:
    if day.year < FIRST_YEAR:
        return "incident-before-1990"
    return "incident-before-model-year" if year and day.year < year - 2 else ""


def _instant(text: str, zone: ZoneInfo) -> int | None:
    """Epoch second of an ISO time; one without an offset is meant in `zone`."""
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.year < FIRST_YEAR:
        raise UnusableCell("date-not-understood", "scraped_at", text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


def _vehicle(cell: Cells, notes: list[Note]) -> Product:
    kind = cell.get("prod_type", "")
    return {
        "make": cell["maketxt"] or None,
        "model": cell["modeltxt"] or None,
        "year": _year(cell, "yeartxt", notes),
        "vin": cell["vin"] or None,
        "kind": KINDS.get(kind.upper(), kind.casefold() or None),
        "mileage": _count(cell, "miles", notes) or None,
    }


def _year(cell: Cells, column: str, notes: list[Note]) -> int | None:
    year = _count(cell, column, notes)
    return None if year in (0, 9999) else year


def _count(cell: Cells, column: str, notes: list[Note]) -> int:
    text = cell.get(column, "")
    if _DIGITS.fullmatch(text):
        return int(text)
    if text:
        notes.append(Note("number-not-understood", column, text))
    return 0


def _safety(cell: Cells, notes: list[Note]) -> Flags:
    reasons = [reason for column, reason in COUNTS if _count(cell, column, notes)]
    reasons += [reason for column, reason in MARKS if _marked(cell, column, notes)]
    return (("safety", reasons[0]),) if reasons else ()


def _marked(cell: Cells, column: str, notes: list[Note]) -> bool:
    text = cell.get(column, "").upper()
    if text not in YES and text not in NO:
        notes.append(Note("word-not-known", column, text))
    return text in YES


def _category(parts: list[str]) -> str | None:
    codes = [code for code in map(slug, parts) if code]
    return ".".join(("nhtsa", *codes)) if codes else None


def _subject(product: Product, component: str) -> str:
    vehicle = " ".join(str(product[part]) for part in ("make", "model", "year") if product[part])
    return one_line(": ".join(part for part in (vehicle, component) if part))
