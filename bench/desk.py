"""Builds a desk of a size for measuring: through the rules and the ledger, in large transactions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cstrack.app.road import desk_of
from cstrack.domain.case import Case
from cstrack.domain.decide import ending, opening, talk
from cstrack.domain.decide.draft import Context, Draft
from cstrack.domain.events import CASE, CUSTOMER, event
from cstrack.record import connect, ledger
from cstrack.store import migrate

BATCH = 1000
HOUR = 3600
LIVE_EVERY = 10
"""One case in ten is live, the others are closed: what a desk looks like after a year."""
# One live case in ten is at level 2: late ones of that level fill a screen.
SUBJECTS = (
    "空调不制冷，返修两次未解决",
    "Invoice shows a part that was not fitted",
    "等配件三周",
    "Rattle from the dashboard",
)


def build(path: Path, size: int, now: int, *, live_every: int = LIVE_EVERY) -> None:
    """A migrated SQLite file with `size` cases around `now`; of the live ones about one in six is late."""
    migrate.upgrade(str(path), {"zone": "Asia/Shanghai", "currency": "CNY"})
    db = connect.open_writing(str(path), create=False)
    if db is None:
        raise FileNotFoundError(path)
    run = ledger.Run("li", "li", "bench", "cstrack bench", "open", now, os.urandom)
    desk = desk_of(db)
    for start in range(0, size, BATCH):
        count = min(BATCH, size - start)
        with db.transaction():
            numbers = ledger.take_numbers(db, CASE, count)
            customers = ledger.take_numbers(db, CUSTOMER, count)
            appends = []
            for index in range(count):
                number = numbers + index
                live = number % live_every == 0
                age = (number % 29) * HOUR if live else (100 + number % 5000) * HOUR
                context = Context(now - age, now, "li", desk.policy, desk.zone)
                appends += _case(number, customers + index, live, context)
            ledger.append(db, run, ledger.begin(db, run), appends)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("ANALYZE")
    db.close()


def _case(number: int, customer: int, live: bool, context: Context) -> list[ledger.Append]:  # noqa: FBT001
    words = {"name": f"客户{customer}", "phones": [f"139{customer:08}"]}
    registered = event(CUSTOMER, "registered", context.at, words=words)._replace(seq=1)
    draft = Draft(Case(0), context)
    opening.open_case(
        draft,
        opening.Complaint(
            SUBJECTS[number % len(SUBJECTS)],
            channel=("phone", "web", "walk-in", "mail")[number % 4],
            category=("service.repair", "billing", "parts.supply")[number % 3],
            customer_number=customer,
            flags=("dissatisfied",) if number % (LIVE_EVERY * 10) == 0 else (),
            taken_by=("li", "han", "wang")[number % 3],
        ),
    )
    if not live:
        draft.context = context._replace(at=context.at + HOUR)
        talk.propose(draft, text="we look at it tomorrow", by=context.at + 20 * HOUR)
        draft.context = context._replace(at=context.at + 5 * HOUR)
        ending.resolve(draft, text="done")
        draft.context = context._replace(at=context.at + 70 * HOUR)
        ending.close(draft, outcome="satisfied")
    after = draft.state._replace(number=number)
    return [
        ledger.Append(ledger.Stream(CUSTOMER, customer), [registered]),
        ledger.Append(ledger.Stream(CASE, number), draft.events, None, after),
    ]


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
