"""Which version of the policy judged an event of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.app.policies import named
from cstrack.domain.events import RULE
from cstrack.domain.policy import default_policy
from cstrack.record import policies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db
    from cstrack.record.history import Entry


class Judges:
    """The versions of a desk: an event is judged by the one it names, else by the one then in use."""

    def __init__(self, db: Db, zone: str, entries: Iterable[Entry]) -> None:
        self._db, self._zone = db, zone
        self._typed = {entry.event.seq: entry.recorded_at for entry in entries}
        self._applied = [(row.at, f"{row.name} v{row.version}") for row in policies.versions(db)]
        self._known: dict[str, Policy | None] = {}

    def __call__(self, event: Event) -> Policy | None:
        """The policy that judged an event; None for one that this desk never had."""
        label = event.facts.get("policy") or self._in_use(event)
        if label not in self._known:
            self._known[label] = named(self._db, label, self._zone)
        return self._known[label]

    def _in_use(self, event: Event) -> str:
        """The newest version when it was typed. What a version caught up with came just before it."""
        until = self._typed[event.seq] + (event.cause != RULE)
        found = default_policy().label
        for at, label in self._applied:
            found = label if at < until else found
        return found
