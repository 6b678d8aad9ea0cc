"""Long text as typed: `-m TEXT`, `-m -` and `-F FILE` (or `-F -`), else asked for at a terminal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cstrack.domain.errors import BadInput, Usage
from cstrack.domain.text import MOST, checked
from cstrack.render.i18n import _

Message = Annotated[
    str | None, typer.Option("-m", "--message", metavar="TEXT", help=_("The text; - reads standard input."))
]
File = Annotated[
    str | None,
    typer.Option("-F", "--file", metavar="FILE", help=_("Read the text from a file; - is standard input.")),
]


def typed(message: str | None, file: str | None, what: str = "TEXT") -> str | None:
    """The text given by options, or None where none was given; an empty one counts as none."""
    if message is not None and file is not None:
        raise Usage("options-conflict", options=["-m", "-F"])
    if message is not None and message != "-":
        text: str | None = message
    elif message == "-" or file == "-":
        text = _decoded(sys.stdin.buffer.read(MOST + 1), "-", what)
    elif file is not None:
        try:
            with open(file, "rb") as source:
                text = _decoded(source.read(MOST + 1), file, what)
        except OSError as fault:
            raise BadInput("file-unreadable", path=file, reason=fault.strerror or str(fault)) from fault
    else:
        text = None
    if text is None or not text.strip():
        return None
    return checked(text.rstrip("\n"), what)


def _decoded(data: bytes, path: str, what: str) -> str:
    if len(data) > MOST:
        raise BadInput("text-too-long", what=what, most=MOST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadInput("file-not-utf8", path=path, offset=fault.start) from fault
