"""The write road: load -> fold -> catch up -> decide -> append -> outcome.

A lost race (two writers, one sequence number) reloads and decides again. A refusal writes nothing,
not even the steps by rule that the order had caught up with.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import policies
from cstrack.domain.alarm import alarm
from cstrack.domain.choices import near
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Context, Draft, guard_known
from cstrack.domain.errors import Busy, NotFound, Refused
from cstrack.domain.events import CASE, CUSTOMER, PERSON
from cstrack.domain.evolve import fold
from cstrack.domain.staff import NOBODY
from cstrack.record import connect, fetch, ledger, staff
from cstrack.record.policies import newest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cstrack.domain.alarm import Alarm
    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy
    from cstrack.domain.staff import Roster
    from cstrack.record.connect import Db

ENDLESS = 1 << 62
ATTEMPTS = 20
"""How often an order is decided again after losing a race."""


class Road(NamedTuple):
    """What a writing command needs to know of its surroundings, read once at the edge.

    `migrate(url)` makes or upgrades the schema; it is passed in because it is heavy.
    """

    url: str
    run: ledger.Run
    at: int
    migrate: Callable[[str], None]


class Desk(NamedTuple):
    """An open desk: its connection, its zone, its policy, its people."""

    db: Db
    zone: str
    currency: str
    policy: Policy
    roster: Roster = NOBODY


class Outcome(NamedTuple):
    """What an order did to a case. `customer` is a name, `zone` the desk's; `alarm`: whom to ring at once.

    `beside` are the events of its customer and its product, each with their kind and number.
    """

    before: Case | None
    after: Case
    events: Sequence[Event]
    zone: str
    customer: str | None = None
    alarm: Alarm | None = None
    beside: Sequence[tuple[str, int, Event]] = ()


@contextmanager
def desk_for_writing(road: Road, *, create: bool) -> Iterator[Desk | None]:
    """The desk, its schema up to date; None where there is no database and none is to be made."""
    db = connect.open_writing(road.url, create=create)
    if db is None:
        yield None
        return
    try:
        if db.version != connect.HEAD:
            road.migrate(road.url)
            connect.check_schema(db)
        yield desk_of(db)
    finally:
        db.close()


def desk_of(db: Db) -> Desk:
    """The settings of an open desk."""
    settings = fetch.desk(db)
    return Desk(db, settings["zone"], settings["currency"], policies.in_use(db, settings["zone"]))


def context_of(road: Road, desk: Desk, cause: str = PERSON) -> Context:
    """The circumstances of an order."""
    db, now = desk.db, road.run.recorded_at

    def granted(customer: int, since: int, case: int) -> int:
        ledger.queue_up(db, CUSTOMER, [customer])  # two grants at once to one customer count each other
        return fetch.granted(db, customer, since, ENDLESS, case)

    def fresh(kind: str) -> int:
        return ledger.take_numbers(db, kind)

    def held(kind: str, number: int) -> Iterable[str]:
        return fetch.fields_held(db, kind, number)

    known = (desk.policy, desk.zone, cause, desk.roster, granted, fresh, held)
    return Context(road.at, now, road.run.actor, *known)


def of_store(context: Context, store: str | None) -> Context:
    """The circumstances of an order on a case of this store, which may go by rules of its own."""
    return context._replace(policy=context.policy.store(store))


def as_person(road: Road, desk: Desk) -> Road:
    """The road of one of the staff: who it is and at which level; Refused for anybody else.

    On PostgreSQL the account says who acts, and only an operator may name somebody else. On a desk
    without staff everybody may act under any name.
    """
    run, roster = road.run, desk.roster
    if not roster.exists:
        return road
    own, may_name = account(run, desk.db, roster)
    if run.named and run.actor != own and not may_name:
        raise Refused("actor-not-yours", actor=run.actor, own=own)
    actor = run.actor if run.named else own
    person = roster.people.get(actor)
    if person is None:
        known = sorted(roster.people)
        raise Refused("actor-unknown", actor=actor, known=known, near=near(actor, known))
    return road._replace(run=run._replace(actor=actor, level=person.level))


def account(run: ledger.Run, db: Db, roster: Roster) -> tuple[str, bool]:
    """Whose the account is that runs the program, and whether it may act for others."""
    login, may_name = (run.login, True) if db.kind == connect.SQLITE else staff.database_login(db)
    own = roster.with_login(login)
    return own.handle if own else login, may_name


def reader(road: Road, db: Db) -> str:
    """Who looks: the one that is named, else whose account it is. Looking is anybody's."""
    run, roster = road.run, staff.roster(db)
    return account(run, db, roster)[0] if roster.exists and not run.named else run.actor


def change(
    road: Road,
    numbers: Sequence[int],
    order: Callable[[Draft], None],
    *,
    rehearse: bool = False,
    blobs: Sequence[bytes] = (),
) -> list[Outcome]:
    """Carry out one order on existing cases, all of them or none. `rehearse` judges and writes nothing.

    `blobs` are the bytes of files that the order attaches.
    """
    with desk_for_writing(road, create=False) as desk:
        if desk is None:
            raise NotFound("no-such-case", number=numbers[0])
        return retried(desk, lambda now: _change_once(road, now, numbers, order, blobs, rehearse=rehearse))


def retried(desk: Desk, attempt: Callable[[Desk], list[Outcome]], *, anew: bool = False) -> list[Outcome]:
    """Run `attempt` in a transaction, again after each lost race; Busy when it is lost too often.

    It judges by the policy in use and the staff at that moment, and no other policy is applied before it
    is through; with `anew` it is what applies one, and nothing else is judged meanwhile.
    """
    for _ in range(ATTEMPTS):
        try:
            with desk.db.transaction():
                ledger.judge(desk.db, anew=anew)
                current = desk if is_current(desk) else desk_of(desk.db)
                return attempt(current._replace(roster=staff.roster(desk.db)))
        except Rehearsed as done:
            return done.outcomes
        except Exception as fault:
            if not is_lost_race(fault):
                raise
    raise Busy("database-busy", seconds=connect.WAIT_S)


def is_current(desk: Desk) -> bool:
    """Whether the desk's policy is still the one in use."""
    return desk.policy.version == newest(desk.db)


class Rehearsed(Exception):
    """Carries the outcomes of a rehearsal out of the transaction that it rolls back."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


def is_lost_race(fault: Exception) -> bool:
    """Whether another writer took the same sequence number first, or PostgreSQL chose us to give way."""
    if getattr(fault, "sqlstate", None) in ("40P01", "40001"):
        return True
    unique = getattr(fault, "sqlstate", None) == "23505" or type(fault).__name__ == "IntegrityError"
    return unique and any(sign in str(fault) for sign in ("uq_event_stream", "event.stream", "replaced"))


def load_case(db: Db, number: int) -> tuple[ledger.Stream, Case]:
    """A case's history and state, fit to be built upon; NotFound where there is none."""
    stream = ledger.load(db, CASE, number)
    if not stream.events:
        raise NotFound("no-such-case", number=number)
    state = fold(number, stream.events)
    if not state.exists:
        raise NotFound("case-undone", number=number, undone_at=stream.events[-1].at)
    guard_known(state)
    return stream, state


def _change_once(
    road: Road,
    desk: Desk,
    numbers: Sequence[int],
    order: Callable[[Draft], None],
    blobs: Sequence[bytes],
    *,
    rehearse: bool,
) -> list[Outcome]:
    road = as_person(road, desk)
    context = context_of(road, desk)
    ledger.queue_up(desk.db, CASE, numbers)
    outcomes, appends = [], []
    for number in numbers:
        stream, before = load_case(desk.db, number)
        draft = Draft(before, of_store(context, before.store))
        catch_up(draft, context.at)
        order(draft)
        rung = alarm(draft.state, draft.events, desk.roster, context.now)
        outcome = Outcome(before, draft.state, draft.events, desk.zone, alarm=rung, beside=draft.beside)
        outcomes.append(outcome)
        appends.append(ledger.Append(stream, draft.events, before, draft.state))
    if rehearse:
        raise Rehearsed(outcomes)
    if blobs:
        from cstrack.record import attachments

        for blob in blobs:
            attachments.put(desk.db, blob)
    appends += beside(desk.db, [one for outcome in outcomes for one in outcome.beside])
    ledger.append(desk.db, road.run, ledger.begin(desk.db, road.run), appends)
    return outcomes


def beside(db: Db, told: Iterable[tuple[str, int, Event]]) -> list[ledger.Append]:
    """Events of customers and products behind what their histories hold; the same is said of each once."""
    found: dict[tuple[str, int], list[Event]] = {}
    for kind, number, event in told:
        events = found.setdefault((kind, number), [])
        if event not in events:
            events.append(event)
    appends = []
    for (kind, number), events in found.items():
        stream = ledger.load(db, kind, number)
        numbered = enumerate(events, len(stream.events) + 1)
        appends.append(ledger.Append(stream, [event._replace(seq=seq) for seq, event in numbered]))
    return appends
