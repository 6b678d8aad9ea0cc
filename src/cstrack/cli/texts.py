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
    elif message == "-" or file is not None:
        path = file or "-"
        text = decoded(taken(path, MOST + 1), path, what)
    else:
        text = None
    if text is None or not text.strip():
        return None
    return checked(text.rstrip("\n"), what)


def taken(path: str, most: int) -> bytes:
    """The first bytes of a file, or of standard input where it is `-`; BadInput where it cannot be read."""
    try:
        if path == "-":
            return sys.stdin.buffer.read(most)
        with open(path, "rb") as source:
            return source.read(most)
    except OSError as fault:
        raise BadInput("file-unreadable", path=path, reason=fault.strerror or str(fault)) from fault


def decoded(data: bytes, path: str, what: str) -> str:
    """Text in UTF-8, with or without a byte order mark; BadInput for anything else or too much of it."""
    if len(data) > MOST:
        raise BadInput("text-too-long", what=what, most=MOST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadInput("file-not-utf8", path=path, offset=fault.start) from fault
