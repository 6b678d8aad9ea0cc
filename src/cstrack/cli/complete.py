"""`cstrack __complete WORDS... PREFIX`: the numbers of open cases, for the completion scripts.

Answered before Typer is imported, since a shell asks at every press of Tab. Case numbers are all that leaves
here: shells have executed what stood in completed text. Whatever goes wrong, nothing is printed.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # importing typing for its constant would cost as much as the database does
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATIENCE_S = 1
"""How long a person waits at a prompt for a database that does not answer."""


def complete(words: list[str]) -> None:
    """Print the open cases that the last of the words may become, one a line, newest first, and leave."""
    environ = os.environ  # noqa: TID251  an edge of its own: the other one costs more than all of this
    try:
        *before, prefix = words or [""]
        sys.stdout.write("".join(f"{found}\n" for found in _continued(prefix, before, environ)))
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001, S110  the person is typing: an error message would land in the line
        pass
    os._exit(0)  # nor may a broken pipe be told on the way out


def _continued(prefix: str, before: list[str], environ: Mapping[str, str]) -> Iterable[str]:
    """What the word may become: `10` 1042, `C-10` C-1042, `3,C-10` 3,C-1042; nothing for other words."""
    if not set(prefix) <= set("0123456789Cc,-"):
        return
    head, comma, last = prefix.rpartition(",")
    sign = f"{last[0]}-" if last[:1] in ("C", "c") else "" if last else "C-"
    digits = last.removeprefix(sign)
    if sign.startswith(last) or digits.isdecimal():
        for number in _open_numbers(_url(before, environ), digits if digits.isdecimal() else ""):
            yield f"{head}{comma}{sign}{number}"


def _ranges(digits: str) -> list[tuple[int, int]]:
    """The numbers that begin with these digits, highest first: 12 -> ..., 1200-1299, 120-129, 12."""
    if not digits:
        return [(1, 1 << 62)]
    lengths = range(18 - len(digits), -1, -1)
    return [(int(digits) * 10**more, (int(digits) + 1) * 10**more - 1) for more in lengths]


def _url(before: list[str], environ: Mapping[str, str]) -> str:
    """The database of --db, CSTRACK_DATABASE_URL, the configuration or the default."""
    given = _option("--db", before) or environ.get("CSTRACK_DATABASE_URL")
    if given:
        return os.path.expanduser(given)
    from cstrack.cli import settings

    config = _option("--config", before) or environ.get("CSTRACK_CONFIG")
    found = settings.settings(environ, os.path.expanduser(config) if config else None)
    return found.get("database_url") or settings.default_database(environ)


def _option(name: str, words: list[str]) -> str | None:
    """The last value of an option on the command line so far, without the quotes it was typed with."""
    value = None
    for at, word in enumerate(words):
        if word == name and at + 1 < len(words):
            value = words[at + 1]
        elif word.startswith(f"{name}="):
            value = word.partition("=")[2]
    return value and value.strip("\"'")


def _open_numbers(url: str, digits: str) -> list[int]:
    """The newest open cases that begin so, by a connection that cannot write and does not wait."""
    from cstrack.record import sql

    if url.startswith(("postgresql://", "postgres://")):
        import psycopg

        with psycopg.connect(url, autocommit=True, connect_timeout=PATIENCE_S + 1) as server:
            server.execute(f"SET statement_timeout = '{PATIENCE_S}s'")
            statement = sql.OPEN_NUMBERS.replace("?", "%s")
            return [row[0] for low_high in _ranges(digits) for row in server.execute(statement, low_high)]
    import sqlite3

    path = url.removeprefix("sqlite:///") if url.startswith("sqlite:") else url
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    file = sqlite3.connect(f"file:{quoted}?mode=ro", uri=True, timeout=PATIENCE_S)
    try:
        return [row[0] for low_high in _ranges(digits) for row in file.execute(sql.OPEN_NUMBERS, low_high)]
    finally:
        file.close()
