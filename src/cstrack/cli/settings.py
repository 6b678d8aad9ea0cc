"""Settings: flags > CSTRACK_* > --config > the user's file > the system's file > defaults.

The only finder of paths in the program: the few XDG lines it needs (a library for it costs a fast
command more than the database does). No file of the current folder is ever read.
"""

from __future__ import annotations

import os

from cstrack.domain.choices import near
from cstrack.domain.errors import BadConfig

TYPE_CHECKING = False  # completion comes this way; importing typing costs half of what the database does
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

KEYS = ("database_url", "user", "lang", "color", "zone", "currency")
SYSTEM_FILE = "/etc/cstrack/config.toml"
MOST = 16 * 1024
"""The most bytes of a file: the parser takes seconds over what is larger and hostile."""


def settings(environ: Mapping[str, str], given: str | None) -> dict[str, str]:
    """What the files say, the nearer one winning; BadConfig 78 for a file that is not right."""
    user = os.path.join(_folder(environ, "XDG_CONFIG_HOME", ".config"), "config.toml")
    if given is not None and not os.path.isfile(given):
        raise BadConfig("config-missing", path=given)
    found: dict[str, str] = {}
    for path in (SYSTEM_FILE, user, given):
        if path is not None and os.path.isfile(path):
            found |= _read(path)
    return found


def default_database(environ: Mapping[str, str]) -> str:
    """The SQLite file in the user's data folder."""
    return os.path.join(_folder(environ, "XDG_DATA_HOME", ".local/share"), "cstrack.db")


def drafts(environ: Mapping[str, str]) -> str:
    """The folder of texts whose order failed."""
    return os.path.join(_folder(environ, "XDG_STATE_HOME", ".local/state"), "drafts")


def system_zone(environ: Mapping[str, str]) -> str:
    """The machine's time zone as an IANA name: TZ, else /etc/localtime, else /etc/timezone, else UTC."""
    named = environ.get("TZ", "").removeprefix(":")
    # `CST-8` is an offset and no zone of the world, `/etc/localtime` a file
    if named in ("UTC", "GMT") or ("/" in named and not named.startswith("/")):
        return named
    target = os.path.realpath("/etc/localtime")
    if "/zoneinfo/" in target:
        return target.partition("/zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
    try:
        with open("/etc/timezone", encoding="ascii") as file:
            return file.read().strip() or "UTC"
    except OSError:
        return "UTC"


def _folder(environ: Mapping[str, str], variable: str, usual: str) -> str:
    """Our folder in one of XDG's; a relative path there counts as none, as XDG has it."""
    given = environ.get(variable, "")
    if not os.path.isabs(given):
        given = os.path.join(environ.get("HOME") or os.path.expanduser("~"), usual)
    return os.path.join(given, "cstrack")


def _read(path: str) -> dict[str, str]:
    import tomllib

    try:
        with open(path, "rb") as file:
            text = file.read(MOST + 1)
        if len(text) > MOST:
            raise BadConfig("config-too-large", path=path)
        data: dict[str, Any] = tomllib.loads(text.decode())
    except (OSError, ValueError, RecursionError) as fault:
        raise BadConfig("config-unreadable", path=path, reason=str(fault)) from fault
    for key, value in data.items():
        if key not in KEYS:
            raise BadConfig("config-unknown-key", path=path, key=key, near=near(key, KEYS), known=list(KEYS))
        if not isinstance(value, str):
            raise BadConfig("config-not-text", path=path, key=key)
    return data
