"""`cstrack import`: complaints from a file, each through the same rules as one that is typed."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import importing
from cstrack.cli.edge import Edge
from cstrack.domain.choices import chosen
from cstrack.domain.errors import BadInput, InputNeeded
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from cstrack.app.importing import Order, Part, Row, Tally

REJECTED = 6


def import_(
    edge: Edge,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("The file, plain or .gz; - is standard input."))
    ],
    preset: Annotated[
        str | None, typer.Option("--preset", metavar="NAME", help=_("Whose format it is: cfpb or nhtsa."))
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help=_("Say what would happen, and write nothing."))
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Take nothing if a single row is rejected."))
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help=_("Let clocks run over what is past, hand-ups included."))
    ] = False,
) -> None:
    """Open a case for every complaint of a file; what is known already is left out."""
    order = importing.Order(_preset(preset), edge.zone, live)
    keep = bool(edge.options.get("json"))
    tally = importing.Tally(order.preset, keep=keep)
    with _opened(file, again=strict) as stream:
        if dry_run or strict:
            _rehearse(edge, stream, tally, order, file)
        written = not dry_run and not tally.rejected
        if written:
            if strict:
                stream.seek(0)
            tally = importing.Tally(order.preset, keep=keep)
            _load(edge, stream, tally, order, file)
    if strict and tally.rejected:
        tally.opened = 0
    _say(edge, tally, written=written)
    if tally.rejected:
        raise typer.Exit(REJECTED)


def _preset(name: str | None) -> str:
    known = list(importing.PRESETS)
    if name is None:
        raise InputNeeded("choice-needed", option="--preset", known=known)
    return chosen(name, known, "--preset")


@contextmanager
def _opened(file: str, *, again: bool) -> Iterator[BinaryIO]:
    """The open file; what is to be read twice and can be only once (a pipe) as a nameless copy."""
    try:
        source: BinaryIO = sys.stdin.buffer if file == "-" else open(file, "rb")  # noqa: SIM115  closed below
    except OSError as fault:
        raise _unreadable(file, fault) from fault
    with source:
        if not again or (file != "-" and source.seekable()):
            yield source
            return
        from shutil import copyfileobj
        from tempfile import TemporaryFile

        with TemporaryFile() as copy:
            copyfileobj(source, copy)
            copy.seek(0)
            yield copy


def _rows(stream: BinaryIO, order: Order, file: str) -> Iterator[Row]:
    try:
        return importing.read(order, stream)
    except OSError as fault:
        raise _unreadable(file, fault) from fault


def _unreadable(file: str, fault: OSError) -> BadInput:
    return BadInput("file-unreadable", path=file, reason=fault.strerror or str(fault))


def _rehearse(edge: Edge, stream: BinaryIO, tally: Tally, order: Order, file: str) -> None:
    rows = _rows(stream, order, file)
    with edge.reading() as db:
        _follow(edge, stream, tally, importing.rehearse(db, edge.road, order, rows))


def _load(edge: Edge, stream: BinaryIO, tally: Tally, order: Order, file: str) -> None:
    rows = _rows(stream, order, file)
    try:
        _follow(edge, stream, tally, importing.load(edge.road, order, rows))
    except BaseException:  # a full disk, Ctrl-C: the transactions before it stand
        if tally.opened:
            line = _("stopped; {count} cases are in the record. Run it again to take the rest")
            sys.stderr.write(line.format(count=tally.opened) + "\n")
        raise


def _follow(edge: Edge, stream: BinaryIO, tally: Tally, parts: Iterable[Part]) -> None:
    """Count the parts as they come; rejects are said at once, and at a terminal how far it is."""
    from cstrack.render.imported import reject_line

    when = _when(edge)
    with _bar(edge, stream) as advance:
        for part in parts:
            tally.add(part)
            if not tally.keep:
                sys.stderr.writelines(reject_line(reject, when) + "\n" for reject in part.rejects)
            advance()


@contextmanager
def _bar(edge: Edge, stream: BinaryIO) -> Iterator[Callable[[], None]]:
    if edge.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from cstrack.render.progress import bar

    total = os.fstat(stream.fileno()).st_size if stream.seekable() else None
    with bar(_("reading"), total, colour=edge.look.colour) as show:
        yield lambda: show(stream.tell() if total else 0)


def _when(edge: Edge) -> Callable[[int], str]:
    from cstrack.render.local import Zone

    zone = Zone(edge.zone)
    return lambda at: zone.moment(at, edge.now)


def _say(edge: Edge, tally: Tally, *, written: bool) -> None:
    if tally.keep:
        from cstrack.render import json
        from cstrack.render.imported import import_object

        sys.stdout.write(json.one(import_object(tally, _when(edge))))
    elif not edge.quiet:
        from cstrack.render.imported import summary

        sys.stdout.write(summary(tally, written=written))
        if written and tally.rejected:
            line = _(
                "The others are taken. Mend these rows and import the file again: what is known is left out"
            )
            sys.stderr.write(line + "\n")
