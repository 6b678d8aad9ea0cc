"""Start: as little as possible before the command runs, and out again at once."""

from __future__ import annotations

import gc

gc.disable()  # a command lives too briefly to need it: 10 ms on start and exit

import os  # noqa: E402
import sys  # noqa: E402


def main() -> None:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from cstrack import __version__

        sys.stdout.write(f"cstrack {__version__}\n")
        return
    if arguments[:1] == ["__complete"]:
        from cstrack.cli.complete import complete

        complete(arguments[1:])
        return
    from cstrack.render import i18n

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    i18n.use(_language(arguments))
    from cstrack.cli.main import flush, run

    code = flush(run(arguments))
    os._exit(code)  # every file is closed and flushed: taking the interpreter down costs 10 ms for nothing


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
