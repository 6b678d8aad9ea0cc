"""Plain lines for pipes and files: TAB-separated, CSV, or a format of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.errors import Usage
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(value: object) -> str:
    """A value as one harmless cell: lists joined by commas, fields by semicolons, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, (list, tuple)):
        return safe(",".join(map(str, value)))
    if isinstance(value, dict):
        return safe(_as_it_is(value))
    return str(value)


def tsv(objects: Iterable[dict[str, Any]], fields: Sequence[str]) -> str:
    """A line an object, without a header."""
    return "".join("\t".join(cell(row[name]) for name in fields) + "\n" for row in objects)


def csv(objects: Iterable[dict[str, Any]], fields: Sequence[str], *, raw: bool) -> str:
    """RFC 4180 with a header; cells that a spreadsheet would run get a quote in front unless `raw`."""
    rows = [",".join(fields), *(",".join(_quoted(row[name], raw=raw) for name in fields) for row in objects)]
    return "\r\n".join(rows) + "\r\n"


def formatter(template: str, fields: Sequence[str]) -> Callable[[dict[str, Any]], str]:
    r"""`{number}\t{due_at}` as a function of an object; Usage for a field that is not there.

    Only `{field}`, `{{`, `}}`, `\t` and `\n` mean something: nothing of an object can be reached.
    """
    import re

    known = set(fields)
    pieces = re.split(r"(\{\{|\}\}|\{[\w.-]*\}|\\t|\\n|\\\\)", template)
    plain = {"{{": "{", "}}": "}", "\\t": "\t", "\\n": "\n", "\\\\": "\\"}
    made: list[tuple[bool, str]] = []
    for piece in pieces:
        if piece in plain:
            made.append((False, plain[piece]))
        elif piece.startswith("{") and piece.endswith("}"):
            if piece[1:-1] not in known:
                raise Usage("field-unknown", field=piece[1:-1], known=list(fields))
            made.append((True, piece[1:-1]))
        elif "{" in piece or "}" in piece:
            raise Usage("format-not-understood", format=template)
        else:
            made.append((False, piece))
    return lambda row: "".join(cell(row[text]) if is_field else text for is_field, text in made) + "\n"


def _quoted(value: object, *, raw: bool) -> str:
    if raw:
        text = _as_it_is(value)
    else:
        text = cell(value)
        if isinstance(value, str) and text.lstrip(" ").startswith(_FORMULA):
            text = "'" + text
    if any(sign in text for sign in '",\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _as_it_is(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}={_as_it_is(inner)}" for name, inner in value.items())
    return "" if value is None else ",".join(map(str, value)) if isinstance(value, list) else str(value)
