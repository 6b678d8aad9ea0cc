"""Files of rows as a stream: every physical line is in a record or in a reject."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
from typing import TYPE_CHECKING

import pytest

from cstrack.app.presets import tables
from cstrack.app.presets.rows import ImportRow, Note, Reject, UnusableCell
from cstrack.domain import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1 << 20


def read(content: bytes) -> list[tables.Record | Reject]:
    return list(tables.delimited(tables.Source(io.BytesIO(content)))[1])


def read_tabbed(content: bytes, width: int = 3) -> list[tables.Record | Reject]:
    return list(tables.tabbed(tables.Source(io.BytesIO(content)), width))


def record(line: int, *cells: str) -> tables.Record:
    return line, list(cells), ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_of_the_header(delimiter: str) -> None:
    content = delimiter.join("abc") + "\n" + delimiter.join("123") + "\n"
    assert read(content.encode()) == [record(2, "1", "2", "3")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_a_mark_are_read(encoding: str) -> None:
    source = tables.Source(io.BytesIO("名,a\n张三,1\n".encode(encoding)))
    header, records = tables.delimited(source)
    assert (header, list(records)) == (["名", "a"], [record(2, "张三", "1")])


def test_compressed_data_is_known_by_its_first_bytes() -> None:
    assert read(gzip.compress(b"a,b\n1,2\n")) == [record(2, "1", "2")]


def test_a_zip_archive_is_refused_as_such() -> None:
    with pytest.raises(errors.BadInput) as refusal:
        tables.Source(io.BytesIO(b"PK\x03\x04..."))
    assert refusal.value.code == "import-zip"


def test_a_record_is_named_by_its_first_line_even_behind_fields_of_many_lines() -> None:
    content = b'a,b\r\n"one\r\ntwo\nthree",x\r\n\r\nlast,y\r\n'
    assert read(content) == [record(2, "one\r\ntwo\nthree", "x"), record(6, "last", "y")]


def test_doubled_quotes_are_one_quote() -> None:
    assert read(b'a,b\n"say ""no""",x\n') == [record(2, 'say "no"', "x")]


def test_control_characters_are_kept() -> None:
    assert read(b"a,b\n\x1b[31mred,\x07\n") == [record(2, "\x1b[31mred", "\x07")]


def test_a_row_with_too_few_or_too_many_fields_is_named() -> None:
    assert read(b"a,b\n1\n1,2,3\n4,5\n") == [
        Reject(2, "field-count", {"found": 1, "expected": 2}),
        Reject(3, "field-count", {"found": 3, "expected": 2}),
        record(4, "4", "5"),
    ]


def test_a_last_row_torn_inside_a_quote_is_named_with_all_its_lines() -> None:
    assert read(b'a,b\n1,2\n3,"torn\nhere') == [
        record(2, "1", "2"),
        Reject(3, "quotes-broken", {"through": 4}),
    ]


def test_text_behind_a_closing_quote_ends_that_row_only() -> None:
    assert read(b'a,b\n"1"x,2\n3,4\n') == [Reject(2, "quotes-broken", {}), record(3, "3", "4")]


def test_a_nul_ends_its_row_only() -> None:
    assert read(b"a,b\n1,\x00\n3,4\n") == [Reject(2, "nul", {}), record(3, "3", "4")]


@pytest.mark.parametrize("raw", [b"\xff", b"\xed\xa0\x80", "é".encode("cp1252")])
def test_bytes_that_are_not_utf_8_end_their_row_only(raw: bytes) -> None:
    assert read(b"a,b\n1," + raw + b"\n3,4\n") == [Reject(2, "undecodable", {}), record(3, "3", "4")]


def test_half_a_surrogate_pair_in_utf_16_ends_its_row_only() -> None:
    content = "a,b\n1,\ud800\n3,4\n".encode("utf-16", "surrogatepass")
    assert read(content) == [Reject(2, "undecodable", {}), record(3, "3", "4")]


def test_utf_16_cut_in_the_middle_of_a_unit_is_named_behind_the_last_whole_row() -> None:
    content = "a,b\n1,2\n3,4\n".encode("utf-16")[:-1]
    assert read(content) == [record(2, "1", "2"), Reject(3, "file-torn", {})]


def test_compressed_data_cut_short_is_named_behind_the_last_whole_row() -> None:
    rows = [f"{n},{n * 7919 % 10007}" for n in range(20_000)]
    packed = gzip.compress("\n".join(["a,b", *rows]).encode())
    *taken, torn = read(packed[: len(packed) // 2])
    assert all(not isinstance(one, Reject) for one in taken)
    assert torn == Reject(len(taken) + 2, "file-torn", {})


@pytest.mark.parametrize(
    "text", ["x" * (MIB + 1), "字" * (MIB // 3 + 1), "x" * (3 * MIB), '"' + ("y" * 1023 + "\n") * 2100]
)
def test_a_text_over_a_mebibyte_ends_its_row_only(text: str) -> None:
    first, *_, last = read(f"a,b\n1,{text}\n3,4\n5,6\n".encode())
    assert isinstance(first, Reject)
    assert (first.line, first.reason) == (2, "text-too-long")
    assert not isinstance(last, Reject)
    assert last[1] == ["5", "6"] or text.startswith('"')


def test_a_text_of_just_a_mebibyte_is_taken() -> None:
    assert read(f"a,b\n1,{'x' * MIB}\n".encode()) == [record(2, "1", "x" * MIB)]


def test_a_long_line_of_quotes_is_not_taken_in_part() -> None:
    content = b'a,b\n1,"' + b'""' * (3 * MIB // 2) + b'"\n3,4\n'
    first = read(content)[0]
    assert isinstance(first, Reject)
    assert first == Reject(2, "text-too-long", {"through": 3})


def test_tabbed_lines_keep_quotes_and_end_at_a_line_feed_only() -> None:
    assert read_tabbed(b'1\t"a ""b""\t3\r\n\n4\tin\rside\t6') == [
        record(1, "1", '"a ""b""', "3"),
        record(3, "4", "in\rside", "6"),
    ]


def test_a_torn_tabbed_line_is_named() -> None:
    assert read_tabbed(b"1\t2\t3\n4\t5") == [
        record(1, "1", "2", "3"),
        Reject(2, "field-count", {"found": 2, "expected": 3}),
    ]


def test_a_tabbed_line_that_is_not_utf_8_is_read_as_windows_1252_and_noted() -> None:
    content = b"1\tcaf\xe9 \x96 ok\t3\n" + "4\t咖啡\t6\n".encode()
    assert read_tabbed(content) == [
        (1, ["1", "café – ok", "3"], (Note("read-as-cp1252", "", ""),)),
        record(2, "4", "咖啡", "6"),
    ]


@pytest.mark.parametrize("raw", [b"\x81\xe9", b"\xed\xa0\x80"])
def test_a_tabbed_line_of_neither_encoding_is_named(raw: bytes) -> None:
    assert read_tabbed(b"1\t" + raw + b"\t3\n4\t5\t6\n") == [
        Reject(1, "undecodable", {}),
        record(2, "4", "5", "6"),
    ]


def test_a_tabbed_line_over_two_mebibytes_is_named_and_the_next_one_read() -> None:
    content = b"1\t" + b"x" * (5 * MIB) + b"\t3\n4\t5\t6\n"
    assert read_tabbed(content) == [Reject(1, "text-too-long", {}), record(2, "4", "5", "6")]


def test_compressed_tabbed_data_cut_short_is_named() -> None:
    packed = gzip.compress(b"1\t2\t3\n4\t5\t6\n")
    assert read_tabbed(packed[:-4]) == [
        record(1, "1", "2", "3"),
        record(2, "4", "5", "6"),
        Reject(3, "file-torn", {}),
    ]


class Endless(io.RawIOBase):
    """A file without end: whoever reads it whole never comes back."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = itertools.chain([b"a,b\n"], (f"{n},x\n".encode() for n in itertools.count()))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        line = next(self._lines)
        buffer[: len(line)] = line
        return len(line)


def test_records_come_while_the_file_is_still_being_written() -> None:
    records = tables.delimited(tables.Source(Endless()))[1]  # type: ignore[arg-type]
    assert [one[0] for one in itertools.islice(records, 1000)] == list(range(2, 1002))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\x89PNG\r\n\x1a\n\x00\x00", b'"never closed', b"\x1f\x8b\x08broken"]
)
def test_what_is_no_table_has_no_usable_header(content: bytes) -> None:
    header, _ = tables.delimited(tables.Source(io.BytesIO(content)))
    with pytest.raises(errors.BadInput) as refusal:
        tables.columns(header, "cfpb", {"product"}, ["Product", "Issue"])
    assert refusal.value.code == "import-not-this-preset"
    assert refusal.value.facts == {"line": 1, "preset": "cfpb", "missing": ["Product", "Issue"]}


def test_columns_are_known_by_key_and_others_keep_their_header() -> None:
    header = ["ISSUE ?", "Zip-Code", "客户 备注", ""]
    names = tables.columns(header, "cfpb", {"issue", "zip_code"}, ["Issue"])
    assert names == ["issue", "zip_code", "客户 备注", "column-4"]
    assert tables.unknown(names, {"issue", "zip_code"}) == (
        Note("unknown-column", "客户 备注", ""),
        Note("unknown-column", "column-4", ""),
    )


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(errors.BadInput) as refusal:
        tables.columns(["Issue", "issue?"], "cfpb", {"issue"}, ["Issue"])
    assert refusal.value.code == "import-column-twice"
    assert refusal.value.facts["column"] == "issue?"


def only_digits(line: int, cell: dict[str, str]) -> ImportRow:
    if not cell["n"].isdigit():
        raise UnusableCell("reference-not-understood", "n", cell["n"])
    return ImportRow(
        line, cell["n"], "", None, 0, None, None, (), {}, {}, None, None, None, (Note("own", "n", ""),)
    )


def test_notes_about_the_file_go_with_its_first_complaint_and_only_that() -> None:
    records: Iterator[tables.Record | Reject] = iter(
        [(2, ["x"], ()), (3, ["1"], (Note("line", "", ""),)), (4, ["2"], ())]
    )
    rows = list(tables.complaints(["n"], records, only_digits, (Note("file", "", ""),)))
    assert rows[0] == Reject(2, "reference-not-understood", {"value": "x"}, "n")
    assert [[note.code for note in row.notes] for row in rows[1:] if isinstance(row, ImportRow)] == [
        ["file", "line", "own"],
        ["own"],
    ]


def test_of_a_cell_that_ends_its_row_only_the_start_is_told() -> None:
    reject = UnusableCell("date-not-understood", "d", "Mrs Miller of 12 Long Street writes").reject(7)
    assert reject == Reject(7, "date-not-understood", {"value": "Mrs Miller of 12 Long St"}, "d")


def test_long_fields_do_not_depend_on_what_another_reader_allowed() -> None:
    csv.field_size_limit(1000)
    assert read(f"a,b\n1,{'x' * 5000}\n".encode()) == [record(2, "1", "x" * 5000)]
