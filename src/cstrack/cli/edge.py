"""The edge: the clock, the environment, the terminal and chance are read here, once, and passed on."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cstrack import __version__
from cstrack.cli import settings
from cstrack.domain.errors import BadConfig
from cstrack.render import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.app.road import Road
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db
    from cstrack.record.ledger import Run
    from cstrack.render.screen import Look

TRUE = ("1", "true", "yes", "on")


class Edge:
    """What surrounds one command: who, when, where to, and how to speak."""

    def __init__(self, verb: str, options: dict[str, object]) -> None:
        self.verb = verb
        self.options = options
        self.environ = os.environ
        self.now = int(time.time())
        self._settings: dict[str, str] | None = None
        self._zone: str | None = None
        self._policy: Policy | None = None
        self._kept_policy: str | None = None
        names.use(lambda: self.policy)
        self.quiet = bool(options.get("quiet"))

    def setting(self, option: str, variable: str, key: str) -> str | None:
        """A setting by its road: flag, environment, files."""
        if self.options.get("config"):
            self._files()  # one that is named is read even where nothing of it is needed
        given = self.options.get(option) or self.environ.get(variable)
        return str(given) if given else self._files().get(key)

    def _files(self) -> dict[str, str]:
        if self._settings is None:
            config = self.options.get("config") or self.environ.get("CSTRACK_CONFIG")
            self._settings = settings.settings(self.environ, str(config) if config else None)
        return self._settings

    @property
    def url(self) -> str:
        """The database: a URL, or the path of a SQLite file; no shell reads the `~/` of a configuration."""
        url = self.setting("db", "CSTRACK_DATABASE_URL", "database_url")
        return os.path.expanduser(url) if url else settings.default_database(self.environ)

    @property
    def login(self) -> str:
        """The account that runs the program; no option can change it."""
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"uid-{os.getuid()}"

    @property
    def named(self) -> str:
        """Who acts, where somebody is named: --as, CSTRACK_USER; empty where it is left to the login."""
        return (self.setting("as_", "CSTRACK_USER", "user") or "").strip()

    @property
    def interactive(self) -> bool:
        """Whether somebody is there to answer a question."""
        forbidden = self.options.get("no_input") or self.environ.get("CSTRACK_NO_INPUT", "").lower() in TRUE
        return not forbidden and sys.stdin.isatty() and sys.stdout.isatty()

    @property
    def zone(self) -> str:
        """The desk's zone; before there is a desk, the one it will get."""
        if self._zone is None:
            with self.reading() as db:
                if db is None:
                    self._zone = self.new_zone()
        assert self._zone is not None  # noqa: S101  reading() sets it
        return self._zone

    @property
    def policy(self) -> Policy:
        """The desk's policy; the shipped one before there is a desk."""
        if self._policy is None:
            from cstrack.app import policies

            zone = self.zone  # whatever has read the zone has read the policy
            self._policy = policies.kept(self._kept_policy, zone)
        return self._policy

    def new_zone(self) -> str:
        """The zone a new desk gets: configured, else the system's."""
        named = self.setting("", "CSTRACK_ZONE", "zone") or settings.system_zone(self.environ)
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(named)
        except (ValueError, OSError, KeyError) as fault:
            raise BadConfig("zone-unknown", zone=named) from fault
        return named

    @property
    def look(self) -> Look:
        """How wide and how colourful a screen may be: flags, configuration, environment, terminal."""
        from cstrack.cli.look import look

        return look(self)

    @property
    def at(self) -> int | None:
        """The moment of --at, or None where it was not given."""
        phrase = self.options.get("at")
        return None if phrase is None else self.moment(str(phrase), "moment")

    def moment(self, phrase: str, use: str) -> int:
        """A date phrase as an instant; use: moment, deadline or since."""
        return self.instant(phrase, self.now, use)

    def instant(self, phrase: str, now: int, use: str) -> int:
        """A date phrase as said at `now`; working time is counted on the desk's own calendar."""
        from cstrack.domain import when
        from cstrack.domain.errors import Usage

        try:
            return when.parse(phrase, now=now, zone=self.zone, use=use)
        except Usage as refusal:
            name = self.policy.data.get("calendar") if refusal.code == "time-needs-calendar" else None
            calendar = self.policy.calendar(name) if name else None
            if calendar is None:
                raise
        from cstrack.domain import when_working

        return when_working.parse(phrase, now=now, calendar=calendar)

    @property
    def run(self) -> Run:
        """This run of the program, as the record will name it."""
        from cstrack.domain.text import checked
        from cstrack.record.ledger import Run

        return Run(
            actor=checked(self.named, "--as") or self.login,
            login=self.login,
            host=os.uname().nodename,
            program=f"cstrack {__version__}",
            verb=self.verb,
            recorded_at=self.now,
            entropy=os.urandom,
            named=bool(self.named),
        )

    @property
    def road(self) -> Road:
        """What a writing command needs."""
        from cstrack.app.road import Road

        return Road(self.url, self.run, self.now if self.at is None else self.at, self.migrate)

    def migrate(self, url: str) -> None:
        """Make or upgrade the schema; heavy, so only when the version is not ours."""
        from cstrack.store import migrate

        currency = self.setting("", "CSTRACK_CURRENCY", "currency") or "CNY"
        migrate.upgrade(url, {"zone": self.new_zone(), "currency": currency})

    @contextmanager
    def reading(self) -> Iterator[Db | None]:
        """The open desk, its zone noted; None where there is no database yet."""
        from cstrack.record import connect, fetch

        db = connect.open_reading(self.url)
        if db is not None and db.version != connect.HEAD:
            db.close()
            self.migrate(self.url)
            db = connect.open_reading(self.url)
        if db is None:
            yield None
            return
        try:
            self._zone, self._kept_policy = fetch.desk(db)["zone"], fetch.policy(db)
            yield db
        finally:
            db.close()
