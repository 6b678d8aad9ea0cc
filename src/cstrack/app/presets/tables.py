"""Files of rows as a stream: bytes in, records with their line numbers out.

A source may be plain or compressed with gzip, UTF-8 with or without a mark, or
UTF-16 with one. Memory holds one record, never the file. A record that cannot be
taken as it stands is a Reject, and reading goes on behind it:

    field-count     found, expected; a torn row, or a delimiter too many
    quotes-broken   a quote not closed before the end, or text behind a closing one
    text-too-long   a text over 1 MiB, a record over 2 MiB
    nul             a NUL character
    undecodable     bytes that are not of the file's encoding, or half a surrogate pair
    file-torn       the compressed data, or a two-byte character, ends in the middle

`through` is the record's last line where it has several. Blank lines are no records.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from typing import TYPE_CHECKING, NoReturn, cast

from cstrack.app.presets.rows import Note, Reject, UnusableCell
from cstrack.domain import errors

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import BinaryIO

    from cstrack.app.presets.rows import ImportRow

    Record = tuple[int, list[str], tuple[Note, ...]]

TEXT_LIMIT = 1 << 20
RECORD_LIMIT = 2 << 20
_CHUNK = 1 << 16


class Source:
    """An open file, unpacked and with its encoding known; `head` is the first line as far as one buffer goes.

    The stream is left open for whoever opened it.
    """

    __slots__ = ("_bytes", "encoding", "head")

    def __init__(self, stream: BinaryIO) -> None:
        plain = cast("io.BufferedReader", stream)
        if not hasattr(stream, "peek"):
            plain = io.BufferedReader(cast("io.RawIOBase", stream), _CHUNK)
        magic = plain.peek(4)
        if magic.startswith(b"PK\x03\x04"):
            raise errors.BadInput("import-zip", line=1)
        self._bytes: io.BufferedReader | gzip.GzipFile = (
            gzip.GzipFile(fileobj=plain) if magic.startswith(b"\x1f\x8b") else plain
        )
        start = self._start()
        self.encoding = _encoding(start)
        self.head = re.split("[\r\n]", start.decode(self.encoding, "replace"), maxsplit=1)[0]

    def _start(self) -> bytes:
        try:
            return self._bytes.peek(_CHUNK)
        except _TORN:
            return b""

    def lines(self, newline: str) -> _Lines:
        """Start reading; `newline` as in `open`: "" for CSV, a line feed where only that ends a line."""
        escape = "surrogatepass" if self.encoding == "utf-16" else "surrogateescape"
        return _Lines(io.TextIOWrapper(self._bytes, self.encoding, escape, newline))


class _Lines:
    """The lines of a text; one over the limit is cut, which `cut` tells until it is set back."""

    __slots__ = ("_text", "cut", "torn")

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.cut = False
        self.torn = False

    def __iter__(self) -> Iterator[str]:
        try:
            while line := self._text.readline(RECORD_LIMIT + 1):
                self.cut = self.cut or len(line) > RECORD_LIMIT
                yield line
                while len(line) > RECORD_LIMIT and not line.endswith(("\n", "\r")):
                    line = self._text.readline(RECORD_LIMIT + 1)
        except _TORN:
            self.torn = True
        finally:
            if not self._text.closed:
                self._text.detach()


# UnicodeDecodeError: the end of UTF-16 in the middle of a unit; all else is escaped.
_TORN = (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError)


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"


def delimited(source: Source) -> tuple[list[str], Iterator[Record | Reject]]:
    """Read a file with a header, quoted as in RFC 4180: its header, and the records behind it.

    The delimiter is the one of comma, semicolon and TAB that stands most in the first line.
    """
    csv.field_size_limit(RECORD_LIMIT)
    lines = source.lines("")
    reader = csv.reader(lines, delimiter=max(",;\t", key=source.head.count), strict=True)
    try:
        header = next(reader, [])
    except csv.Error:
        header = []
    return header, _records(reader, lines, len(header))


def _records(reader: Reader, lines: _Lines, width: int) -> Iterator[Record | Reject]:
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            reason = "text-too-long" if lines.cut or "limit" in str(error) else "quotes-broken"
            lines.cut = False
            yield Reject(first, reason, _through(first, reader.line_num))
            continue
        if cells:
            yield _judged((first, cells, ()), reader.line_num, lines, width)
    if lines.torn:
        yield Reject(reader.line_num + 1, "file-torn", {})


def tabbed(source: Source, width: int) -> Iterator[Record | Reject]:
    """Read records of `width` fields, one a line, with TAB between them and quotes taken literally.

    A line that is not UTF-8 is read as Windows-1252 and noted: such files are put together from old ones.
    """
    lines = source.lines("\n")
    line = 0
    for line, text in enumerate(lines, 1):
        bare, notes = _repaired(text.removesuffix("\n").removesuffix("\r"))
        if bare:
            yield _judged((line, bare.split("\t"), notes), line, lines, width)
    if lines.torn:
        yield Reject(line + 1, "file-torn", {})


def _repaired(text: str) -> tuple[str, tuple[Note, ...]]:
    if text.isascii() or _encodable(text):
        return text, ()
    try:
        raw = text.encode("utf-8", "surrogateescape")
        if _decodable(raw, "utf-8", "surrogatepass"):
            return text, ()
        return raw.decode("cp1252"), (Note("read-as-cp1252", "", ""),)
    except UnicodeError:
        return text, ()


def _judged(record: Record, last: int, lines: _Lines, width: int) -> Record | Reject:
    first, cells, _ = record
    whole = "".join(cells)
    fits = len(cells) == width and len(whole) <= TEXT_LIMIT and not lines.cut
    if fits and whole.isascii() and "\0" not in whole:
        return record
    facts = _through(first, last)
    if lines.cut or len(whole) > RECORD_LIMIT:
        reason = "text-too-long"
    elif "\0" in whole:
        reason = "nul"
    elif not _encodable(whole):
        reason = "undecodable"
    elif len(cells) != width:
        reason = "field-count"
        facts |= {"found": len(cells), "expected": width}
    elif any(len(cell.encode()) > TEXT_LIMIT for cell in cells):
        reason = "text-too-long"
    else:
        return record
    lines.cut = False
    return Reject(first, reason, facts)


def _through(first: int, last: int) -> dict[str, str | int]:
    return {"through": last} if last > first else {}


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _decodable(raw: bytes, encoding: str, escape: str) -> bool:
    try:
        raw.decode(encoding, escape)
    except UnicodeDecodeError:
        return False
    return True


def columns(header: list[str], preset: str, known: Collection[str], required: Collection[str]) -> list[str]:
    """Name the columns: a known one by its key, another one by its own header.

    A key is the header in lower case with "_" between words, "?" and the like left out.
    Raises BadInput "import-not-this-preset" (missing) and "import-column-twice" (column).
    """
    names = [_name(title, place, known) for place, title in enumerate(header, 1)]
    missing = [title for title in required if key(title) not in names]
    if missing:
        refuse(preset, missing)
    for place, name in enumerate(names):
        if name in names[:place]:
            raise errors.BadInput("import-column-twice", line=1, preset=preset, column=header[place])
    return names


def _name(title: str, place: int, known: Collection[str]) -> str:
    name = key(title)
    return name if name in known else title.strip() or f"column-{place}"


def key(title: str) -> str:
    """The key of a column title: "Timely response?" is timely_response."""
    return re.sub(r"\W+", "_", title.casefold()).strip("_")


def refuse(preset: str, missing: list[str]) -> NoReturn:
    """Refuse the whole file: its first line is not that of this preset."""
    raise errors.BadInput("import-not-this-preset", line=1, preset=preset, missing=missing)


def unknown(names: list[str], known: Collection[str]) -> tuple[Note, ...]:
    """One note for each column no one asked for; its cells are kept among the erasable words."""
    return tuple(Note("unknown-column", name, "") for name in names if name not in known)


def complaints(
    names: Sequence[str],
    records: Iterator[Record | Reject],
    row: Callable[[int, dict[str, str]], ImportRow],
    notes: tuple[Note, ...] = (),
) -> Iterator[ImportRow | Reject]:
    """Make each record's cells a complaint with `row`; `notes` about the whole file go with the first.

    A record whose cells raise UnusableCell becomes a Reject.
    """
    for record in records:
        if isinstance(record, Reject):
            yield record
            continue
        line, cells, repairs = record
        try:
            complaint = row(line, dict(zip(names, cells, strict=True)))
        except UnusableCell as cell:
            yield cell.reject(line)
            continue
        if notes or repairs:
            complaint = complaint._replace(notes=(*notes, *repairs, *complaint.notes))
            notes = ()
        yield complaint
