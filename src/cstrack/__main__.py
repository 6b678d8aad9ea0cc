"""Start: as little as possible before the command runs, and out again at once."""

from __future__ import annotations

import gc

gc.disable()  # a command lives too briefly to need it: 10 ms on start and exit

import os  # noqa: E402
import sys  # noqa: E402
from contextlib import suppress  # noqa: E402
from signal import SIG_DFL, SIGINT, default_int_handler, signal  # noqa: E402

signal(SIGINT, SIG_DFL)  # until a command runs, Ctrl-C just ends the program, without a trace of imports


def main() -> None:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    _open_what_is_closed()
    if arguments in (["--version"], ["-V"]):
        from cstrack import __version__

        _leave(0, f"cstrack {__version__}\n")
    if arguments[:1] == ["__complete"]:
        from cstrack.cli.complete import complete

        complete(arguments[1:])
        return
    from cstrack.render import i18n

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    i18n.use(_language(arguments))
    from cstrack.cli.main import run

    signal(SIGINT, default_int_handler)
    _leave(run(arguments))


def _leave(code: int, last: str = "") -> None:
    """Print the last words, flush and go; a flush that fails is a failure of the command."""
    try:
        sys.stdout.write(last)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        pass
    except (OSError, ValueError) as fault:
        code = code or _tell(fault)
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)  # every file is closed and flushed: taking the interpreter down costs 10 ms for nothing


def _tell(fault: OSError | ValueError) -> int:
    """Say on standard error that the output failed, if that still takes anything."""
    from cstrack.cli.failure import fail

    try:
        return fail(fault, [])
    except OSError:
        return 1


def _open_what_is_closed() -> None:
    """Give a stream that whoever called us had closed somewhere to go."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  for the whole run


def _language(arguments: list[str]) -> str:
    """--lang, CSTRACK_LANG, configuration or locale; needed before the first help text is read."""
    from cstrack.render.i18n import choose

    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return choose(arguments[at + 1])
        if argument.startswith("--lang="):
            return choose(argument.removeprefix("--lang="))
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "en")
    return choose(os.environ.get("CSTRACK_LANG") or _configured() or locale)


def _configured() -> str | None:
    """The language of the configuration; one that cannot be read is told of by the command itself."""
    from cstrack.cli.settings import settings
    from cstrack.domain.errors import BadConfig

    try:
        return settings(os.environ, os.environ.get("CSTRACK_CONFIG")).get("lang")
    except BadConfig:
        return None


if __name__ == "__main__":
    main()
