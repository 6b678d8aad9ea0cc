"""The rows of a table in a file, each with the number of its first line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def rows(text: str, *, code: str) -> Iterator[tuple[int, list[str]] | BadInput]:
    """Rows that are not blank; a broken quotation ends the file with a BadInput `code`.

    The delimiter is the one of comma, semicolon and TAB that the first row has most of.
    """
    import csv

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = next(filter(str.strip, lines), "")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        yield BadInput(code, place=line, value=lines[line - 1])


def columns(
    line: int, header: Sequence[str], titles: Mapping[str, Sequence[str]], *, code: str
) -> dict[str, int]:
    """Where each column stands, by any of its titles; BadInput `code` where one stands twice."""
    places: dict[str, int] = {}
    for at, title in enumerate(header):
        name = next((name for name, known in titles.items() if title.lower() in known), None)
        if name in places:
            raise BadInput(code, place=line, value=title)
        if name:
            places[name] = at
    return places
