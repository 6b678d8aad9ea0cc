"""Changes of a calendar as the tables that a policy's text takes at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cstrack.domain.calendar_entry import Change

    Run = tuple[str, str, dict[str, Any]]
    """First and last date, and what each day between them holds."""

_SHORT = {"\\": "\\\\", '"': '\\"'}
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(name: str, changes: Iterable[Change], confirmed_through: str | None) -> str:
    """`[[calendars.NAME.days]]` for each run of equal days, then how far they are confirmed (None: unsaid).

    The changes are in order of date. Texts hold no half characters; everything else is escaped.
    """
    key = name if _BARE.fullmatch(name) else _quoted(name)
    blocks = [_block(f"calendars.{key}.days", _facts(run)) for run in _runs(changes)]
    if confirmed_through is not None:
        blocks.append(_block(f"calendars.{key}.confirmed", [("through", confirmed_through)]))
    return "\n".join(blocks)


def _block(table: str, facts: Iterable[tuple[str, str]]) -> str:
    return f"[[{table}]]\n" + "".join(f"{name} = {value}\n" for name, value in facts)


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    """The names and values of a table, as they stand in it."""
    first, last, entry = run
    yield "date", first
    if last != first:
        yield "through", last
    if entry.get("name"):
        yield "name", _quoted(entry["name"])
    if "works_as" in entry:
        yield "works_as", _quoted(entry["works_as"])
    if "hours" in entry:
        yield "hours", _quoted(" ".join(entry["hours"]))


def _runs(changes: Iterable[Change]) -> Iterator[Run]:
    from datetime import date, timedelta

    run: Run | None = None
    for day, entry in changes:
        if (
            run
            and entry == run[2]
            and date.fromisoformat(run[1]) + timedelta(days=1) == date.fromisoformat(day)
        ):
            run = (run[0], day, entry)
            continue
        if run:
            yield run
        run = (day, day, entry)
    if run:
        yield run


def _quoted(text: str) -> str:
    r"""A basic string of TOML; what does not print is written as \uXXXX."""
    return '"' + "".join(_SHORT.get(sign) or _printed(sign) for sign in text) + '"'


def _printed(sign: str) -> str:
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04X}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08X}"  # noqa: PLR2004  four digits
