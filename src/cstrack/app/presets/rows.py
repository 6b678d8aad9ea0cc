"""What a preset makes of one row of a file, and the small readings its cells share.

Nothing here is worded for people: rejects, notes and flags carry a code (a slug)
and the values that fill its sentence.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    Facts = dict[str, str | list[str]]
    Product = dict[str, str | int | None]
    Flags = tuple[tuple[str, str], ...]

SUBJECT_LENGTH = 120
_SHOWN = 24
_PAGE = 8192
_DIGITS = re.compile("[0-9]{1,18}")
_SHAPES = {
    "iso": re.compile(r"(?P<y>(?:19|20|21)[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    "compact": re.compile(r"(?P<y>(?:19|20|21)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    "us": re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>(?:20)?[0-9]{2})"),
}


class Note(NamedTuple):
    """Something implausible that was read all the same: `code` says how, `value` is what stood there."""

    code: str
    column: str
    value: str


class OutsideBody(NamedTuple):
    """The matter as it lies before an outside body, with the clock of our answer.

    `ref` is the body's own number, None where the file has none. Times are epoch
    seconds, `limit` is as typed in a policy ("15d"), `verdict` is "met" or
    "breached", None while the clock runs.
    """

    body: str
    ref: str | None
    received_at: int
    limit: str
    due_at: int
    verdict: str | None


class Ending(NamedTuple):
    """How the complaint ended: a standard outcome, the words of the answer, and when.

    `dated` is "source-none" where the file has no date of the answer and `at` is
    the nearest one it has: figures about duration leave such a case out.
    """

    outcome: str
    text: str
    at: int
    dated: str


class ImportRow(NamedTuple):
    """One complaint as its file tells it.

    `line` is the physical line (from 1) on which the record begins; `ref` its
    identity over all runs; `opened_at` epoch seconds. `flags` are (flag, reason)
    codes. `facts` are kept for ever; `words` (and `text`, and the VIN of
    `product`) can be erased. `ending` is None for a complaint still open.
    """

    line: int
    ref: str
    subject: str
    text: str | None
    opened_at: int
    channel: str | None
    category: str | None
    flags: Flags
    facts: Facts
    words: dict[str, str]
    product: Product | None
    outside: OutsideBody | None
    ending: Ending | None
    notes: tuple[Note, ...]


class Reject(NamedTuple):
    """A record that is not a complaint one could file, named by the line on which it begins."""

    line: int
    reason: str
    facts: Mapping[str, object]
    column: str | None = None


class UnusableCell(Exception):
    """A cell without which its row cannot be read; the reader turns it into a Reject."""

    def __init__(self, reason: str, column: str, value: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column
        self.value = value

    def reject(self, line: int) -> Reject:
        """Name the row by its line; of the cell only the start, for a shifted row puts any text there."""
        return Reject(line, self.reason, {"value": self.value[:_SHOWN]}, self.column)


class Occurrences:
    """How often each text was seen, by digest: 16 bytes a text, whatever its length."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts: dict[bytes, int] = {}

    def number(self, text: str) -> int:
        """Count this text once more: 1 the first time."""
        digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
        count = self._counts[digest] = self._counts.get(digest, 0) + 1
        return count


class Numbers:
    """The reference numbers seen so far, as pages of bits: two million running numbers in 300 kB."""

    __slots__ = ("_pages",)

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def seen(self, number: int) -> bool:
        """Whether this number was asked before; from now on it was."""
        page, bit = divmod(number, _PAGE)
        bits = self._pages.setdefault(page, bytearray(_PAGE // 8))
        before = bool(bits[bit >> 3] >> (bit & 7) & 1)
        bits[bit >> 3] |= 1 << (bit & 7)
        return before


@lru_cache(maxsize=4096)
def civil_day(text: str, shapes: tuple[str, ...]) -> dt.date | None:
    """Read a date in one of the named shapes; None for any other text and for a day that does not exist."""
    for shape in shapes:
        found = _SHAPES[shape].fullmatch(text)
        if found:
            year = int(found["y"])
            try:
                return dt.date(year if year > 99 else 2000 + year, int(found["m"]), int(found["d"]))  # noqa: PLR2004
            except ValueError:
                return None
    return None


@lru_cache(maxsize=8192)
def day_start(day: dt.date, zone: ZoneInfo) -> int:
    """Epoch second at which `day` begins in `zone`: where midnight is skipped, the first instant after it."""
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def number(text: str, column: str) -> int:
    """Read a reference number of the source; anything but digits (1.2E+06 lost some) is unusable."""
    if not text:
        raise UnusableCell("reference-missing", column, text)
    if not _DIGITS.fullmatch(text):
        raise UnusableCell("reference-not-understood", column, text)
    return int(text)


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Text as a code: lower case, words joined by "-", apostrophes left out."""
    return re.sub(r"[\W_]+", "-", text.casefold().replace("'", "")).strip("-")


def one_line(text: str) -> str:
    """Text as a subject: one line of at most 120 characters, a longer one cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"
