"""What goes wrong, in one line on standard error; the trace only with --debug."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.errors import CstrackError


def refuse(refusal: CstrackError, arguments: list[str]) -> int:
    """Say a refusal; as an object with --json."""
    from cstrack.render.refusals import worded

    line = worded(refusal, _when(arguments))
    if "--json" in arguments:
        from cstrack.render.json import one

        line = one({"schema": 1, "error": refusal.code, "exit_code": refusal.status, "message": line})
    _say(line, arguments)
    return refusal.status


def fail(fault: Exception, arguments: list[str]) -> int:
    """Say a failure: a driver's fault as what it means, anything else as a fault of the program."""
    from cstrack.cli.edge import Edge
    from cstrack.domain.errors import CstrackError
    from cstrack.record.faults import translate

    try:
        known = translate(fault, Edge("", _options(arguments)).url)
    except CstrackError as refusal:
        known = refusal
    if known is not None:
        return refuse(known, arguments)
    if isinstance(fault, OSError) and fault.strerror:
        from cstrack.render.safe import safe

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
    with suppress(OSError):
        sys.stderr.write(line.rstrip("\n") + "\n")
        if "--debug" in arguments:
            import traceback

            traceback.print_exc()


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
        return Zone(edge.zone).moment(at, edge.now)

    return say
