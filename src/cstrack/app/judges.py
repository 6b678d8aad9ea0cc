"""Which version of the policy judged an event of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.app.policies import named
from cstrack.domain.events import CASE
from cstrack.domain.policy import default_policy
from cstrack.record import sql

if TYPE_CHECKING:
    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db


class Judges:
    """The versions of a desk: an event is judged by the one it names, else by the one then in use."""

    def __init__(self, db: Db, zone: str, number: int) -> None:
        self._db, self._zone = db, zone
        self._written = {seq: (id_, run) for seq, id_, run in db.execute(sql.WRITTEN, (CASE, number))}
        self._applied = [
            (id_, run, f"{name} v{version}") for id_, run, name, version in db.execute(sql.POLICIES_WRITTEN)
        ]
        self._known: dict[str, Policy | None] = {}

    def __call__(self, event: Event) -> Policy | None:
        """The policy that judged an event; None for one that this desk never had."""
        label = event.facts.get("policy") or self._in_use(event)
        if label not in self._known:
            self._known[label] = named(self._db, label, self._zone)
        return self._known[label]

    def _in_use(self, event: Event) -> str:
        """The newest version written before it. What a version's own run caught up with came before that.

        Ids tell which was first within a second: while a policy is applied, nothing else is judged.
        """
        id_, run = self._written[event.seq]
        found = default_policy().label
        for applied, applying, label in self._applied:
            found = label if applied < id_ and applying != run else found
        return found
