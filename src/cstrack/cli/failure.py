"""What goes wrong, in one line on standard error; the trace only with --debug."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from cstrack.render.i18n import _
from cstrack.render.safe import safe, safe_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.errors import CstrackError


def refuse(refusal: CstrackError, arguments: list[str]) -> int:
    """Say a refusal; as an object with --json."""
    from cstrack.render import details
    from cstrack.render.refusals import worded

    line = worded(refusal, _when(arguments))
    if "--json" in arguments:
        from cstrack.render.json import one

        told = {"schema": 1, "error": refusal.code, "exit_code": refusal.status, "message": line}
        line = one({**told, **details.objects(refusal)})
    else:
        line = details.lines(refusal) + line
    _say(line, arguments)
    return refusal.status


def fail(fault: Exception, arguments: list[str]) -> int:
    """Say a failure: a driver's fault as what it means, anything else as a fault of the program."""
    from cstrack.record.faults import translate

    known = translate(fault, _url(arguments))
    if known is not None:
        return refuse(known, arguments)
    if isinstance(fault, OSError) and fault.strerror:
        place = f"{safe(str(fault.filename))}: " if fault.filename else ""
        line = _("error: {reason}").format(reason=place + fault.strerror)
    else:
        kind = type(fault).__name__
        line = _("error: unexpected failure ({kind}). Run it again with --debug to see where").format(
            kind=kind
        )
    _say(line, arguments)
    return 1


def _say(line: str, arguments: list[str]) -> None:
    """Write the line, and the trace with --debug; the exit code must not hang on whether that succeeds."""
    lines = [line.rstrip("\n")]
    if "--debug" in arguments:
        import traceback

        from cstrack.record.faults import masked

        lines += safe_lines(masked(traceback.format_exc(), _url(arguments)))
    with suppress(OSError):
        sys.stderr.write("\n".join(lines) + "\n")


def _url(arguments: list[str]) -> str:
    """The database that the command was about; empty where the settings do not tell."""
    from cstrack.cli.edge import Edge
    from cstrack.domain.errors import CstrackError

    try:
        return Edge("", _options(arguments)).url
    except CstrackError:
        return ""


def _options(arguments: list[str]) -> dict[str, object]:
    """The --db and --config of a command line, for words about the database."""
    found: dict[str, object] = {}
    for at, argument in enumerate(arguments):
        for name in ("db", "config"):
            if argument == f"--{name}" and at + 1 < len(arguments):
                found[name] = arguments[at + 1]
            elif argument.startswith(f"--{name}="):
                found[name] = argument.partition("=")[2]
    return found


def _when(arguments: list[str]) -> Callable[[int], str]:
    """How instants are worded: in the desk's zone, looked up only if a refusal names one."""

    def say(at: int) -> str:
        from cstrack.cli.edge import Edge
        from cstrack.render.local import Zone

        edge = Edge("", _options(arguments))
        zone = "UTC"
        with suppress(Exception):  # a desk that cannot be read has no zone, and its refusal is on its way
            zone = edge.zone
        return Zone(zone).moment(at, edge.now)

    return say
