"""`cstrack attach`, `attachment list`, `attachment save`: files of a case."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import reading
from cstrack.cli import papers
from cstrack.cli.cases import OneCase, number
from cstrack.cli.edge import Edge
from cstrack.cli.listing import Bom, Csv, Fields, Format, Jsonl, Listing, Raw, say_of
from cstrack.cli.texts import File, Message, typed
from cstrack.cli.writing import carry_out
from cstrack.domain.decide import attaching
from cstrack.domain.errors import InputNeeded, NotFound, Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.domain.attachment import Attachment


def attach(
    edge: Edge,
    case: OneCase,
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=_("The files to keep with the case."))],
    message: Message = None,
    file: File = None,
) -> None:
    """Keep files with a case: a signed paper, a photo, a letter."""
    wanted = str(number(case))
    text = typed(message, file)
    handed, blobs = papers.read(files)
    carry_out(edge, wanted, partial(attaching.attach, files=handed), text, blobs=blobs)


def list_(
    edge: Edge,
    case: OneCase,
    jsonl: Jsonl = False,
    csv: Csv = False,
    bom: Bom = False,
    raw: Raw = False,
    fields: Fields = None,
    format_: Format = None,
) -> None:
    """List the files of a case, in the order they were attached."""
    from cstrack.render import attachments as shown

    listing = Listing(edge, fields, format_, jsonl=jsonl, csv=csv, bom=bom, raw=raw)
    wanted = number(case)
    with edge.reading() as db:
        if db is None:
            raise NotFound("no-such-case", number=wanted)
        at = edge.at
        found = reading.case(db, wanted, at).attachments
    if listing.is_screen:
        sys.stdout.write(shown.screen(found, edge.now if at is None else at, edge.zone, edge.look))
        return
    rows = shown.objects(found, say_of(edge, listing))
    listing.write(({"schema": 1, "number": wanted, **row} for row in rows), shown.KNOWN, shown.PLAIN)


def save(
    edge: Edge,
    case: OneCase,
    n: Annotated[int, typer.Argument(metavar="N", min=1, help=_("The number of the attachment."))],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help=_("Where to; - is standard output."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Overwrite a file that is there."))] = False,
) -> None:
    """Write a file of a case to a file of one's own, its bytes checked."""
    if not output:
        raise InputNeeded("output-needed")
    told = bool(edge.options.get("json"))
    if output == "-" and told:
        raise Usage("options-conflict", options=["-o -", "--json"])
    if output == "-" and sys.stdout.isatty():
        raise Usage("output-is-terminal")
    wanted = number(case)
    with edge.reading() as db:
        if db is None:
            raise NotFound("no-such-case", number=wanted)
        found = _the(reading.case(db, wanted, edge.at).attachments, wanted, n)
        from cstrack.record import attachments

        data = attachments.get(db, found.digest)
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    papers.write(output, data, force=force)
    if told:
        from cstrack.render import attachments as shown
        from cstrack.render import json

        [row] = shown.objects([found])
        path = os.path.abspath(output)
        sys.stdout.write(json.one({"schema": 1, "number": wanted, **row, "path": path}))
    elif not edge.quiet:
        from cstrack.render import attachments as shown

        sys.stdout.write(shown.saved(wanted, found, output))


def _the(found: tuple[Attachment, ...], wanted: int, n: int) -> Attachment:
    one = next((one for one in found if one.n == n), None)
    if one is None:
        raise NotFound("no-such-attachment", number=wanted, n=n, count=len(found))
    return one
