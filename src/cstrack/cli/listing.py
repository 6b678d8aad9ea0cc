"""The options of every list, and how its objects leave: JSON, JSON lines, CSV, a format, or TAB lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.domain.choices import near
from cstrack.domain.errors import Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cstrack.cli.edge import Edge

Fields = Annotated[str | None, typer.Option("--fields", metavar="A,B", help=_("Only these fields."))]
Jsonl = Annotated[bool, typer.Option("--jsonl", help=_("Print a JSON object a line."))]
Csv = Annotated[bool, typer.Option("--csv", help=_("Print CSV with a header."))]
Bom = Annotated[bool, typer.Option("--bom", help=_("Begin the CSV with a byte order mark, for Excel."))]
Raw = Annotated[bool, typer.Option("--raw", help=_("Leave formulas in the CSV as they are."))]
Format = Annotated[
    str | None, typer.Option("--format", metavar="TEXT", help=_("A line of one's own: {number}\\t{due_at}."))
]


class Listing:
    """How one run of a list wants its objects."""

    def __init__(self, edge: Edge, fields: str | None, format_: str | None, **kinds: bool) -> None:
        self.edge = edge
        self.json = bool(edge.options.get("json"))
        self.kinds = kinds
        self.format = format_
        self.fields = fields.split(",") if fields else None
        chosen = [name for name in ("jsonl", "csv") if kinds[name]]
        chosen += ["json"] * self.json + ["format"] * (format_ is not None)
        if len(chosen) > 1:
            raise Usage("options-conflict", options=["--" + name for name in sorted(chosen)])
        self.chosen = chosen[0] if chosen else None

    @property
    def is_screen(self) -> bool:
        """Whether a person looks: a terminal, and no machine's format asked for."""
        looked_at = sys.stdout.isatty() or bool(self.edge.options.get("screen"))
        return self.chosen is None and self.fields is None and looked_at

    @property
    def in_utc(self) -> bool:
        """Whether instants are written in UTC, as JSON does."""
        return self.chosen in ("json", "jsonl")

    def names(self, field: str) -> bool:
        """Whether a field, or a part of it after a dot, is asked for by its name."""
        named = (name.partition(".")[0] == field for name in self.fields or ())
        return any(named) or "{" + field in (self.format or "")

    def write(self, objects: Iterable[dict[str, Any]], known: Sequence[str], plain: Sequence[str]) -> None:
        """Write the objects; `known` are their fields, `plain` those of a TAB line."""
        from cstrack.render import json
        from cstrack.render import plain as texts

        known_fields(self.fields or (), known)
        picked = self._picked(objects)
        if self.chosen == "json":
            text = json.bare_list(picked)
        elif self.chosen == "jsonl":
            text = json.lines(picked)
        elif self.chosen == "csv":
            bom = "\ufeff" if self.kinds["bom"] else ""
            text = bom + texts.csv(picked, self.fields or known, raw=self.kinds["raw"])
        elif self.format is not None:
            text = "".join(map(texts.formatter(self.format, known), objects))
        else:
            text = texts.tsv(picked, self.fields or plain)
        sys.stdout.write(text)

    def _picked(self, objects: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
        if self.fields is None:
            return objects
        return ({name: row[name] for name in self.fields or ()} for row in objects)


def say_of(edge: Edge, listing: Listing) -> Callable[[int | None], str | None]:
    """How this listing writes an instant."""
    from cstrack.render.local import Zone, utc

    return utc if listing.in_utc else Zone(edge.zone).iso


def picked(row: dict[str, Any], fields: str | None) -> dict[str, Any]:
    """The fields of an object that were asked for; Usage for one that it does not have."""
    if fields is None:
        return row
    known_fields(fields.split(","), list(row))
    return {name: row[name] for name in fields.split(",")}


def known_fields(wanted: Iterable[str], known: Sequence[str]) -> None:
    """Usage for a field that is not there, with the nearest one."""
    for name in wanted:
        if name not in known:
            raise Usage("field-unknown", field=name, known=list(known), near=near(name, known))
