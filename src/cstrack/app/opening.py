"""Opening a case: who the customer is, what came before, fresh numbers, one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app.road import Outcome, as_person, beside, context_of, desk_for_writing, of_store, retried
from cstrack.domain.alarm import alarm
from cstrack.domain.case import Case
from cstrack.domain.customer import phone_key
from cstrack.domain.decide import ending, opening
from cstrack.domain.decide.draft import Draft
from cstrack.domain.errors import CstrackError
from cstrack.domain.events import CASE, CUSTOMER, PRODUCT, event
from cstrack.domain.handles import known_store
from cstrack.domain.own_fields import said
from cstrack.domain.policy import COMPLAINT
from cstrack.record import alike, fetch, ledger, sql
from cstrack.record.faults import place

if TYPE_CHECKING:
    from cstrack.app.road import Desk, Road
    from cstrack.record.alike import Alike
    from cstrack.record.connect import Db
    from cstrack.record.rows import CaseRow


class Caller(NamedTuple):
    """Who complains, as said at opening, and about which model of a product."""

    name: str | None
    phone: str | None
    model: str | None = None


class Opened(NamedTuple):
    """The new case, and what the desk should hear: earlier cases still open, a name that was not recorded.

    A phone that is registered already keeps the name it is registered for. `alike` are the cases of the
    last `days` that look like one matter with it.
    """

    outcome: Outcome
    still_open: tuple[int, ...]
    unrecorded: str | None
    alike: tuple[Alike, ...] = ()
    days: int = 0


def open_case(road: Road, complaint: opening.Complaint, caller: Caller, resolution: str | None) -> Opened:
    """Open a case, with its customer; `resolution` also resolves it on the spot."""
    with desk_for_writing(road, create=True) as desk:
        if desk is None:
            raise CstrackError("database-unreachable", path=place(road.url), reason="")
        found: list[Opened] = []

        def once(now: Desk) -> list[Outcome]:
            found[:] = [_open_once(road, now, complaint, caller, resolution)]
            return [found[0].outcome]

        retried(desk, once)
        return found[0]


def still_open(db: Db, complaint: opening.Complaint, phone: str | None, at: int) -> list[CaseRow]:
    """Earlier cases of this phone's customer on the same matter that have not ended, oldest first."""
    earlier = _earlier(db, complaint, _find_customer(db, phone), at)
    rows = (fetch.case(db, one.number) for one in earlier if one.ended_at is None)
    return [row for row in rows if row is not None]


def _find_customer(db: Db, phone: str | None) -> int | None:
    """The customer of this phone. A name alone never finds one."""
    key = phone_key(phone or "")
    if not key:
        return None
    number: int | None = db.execute(sql.CUSTOMER_BY_KEY, ("phone", key)).fetchone()[0]
    return number


def _open_once(
    road: Road, desk: Desk, complaint: opening.Complaint, caller: Caller, resolution: str | None
) -> Opened:
    db = desk.db
    road = as_person(road, desk)
    complaint = complaint._replace(taken_by=road.run.actor, store=_store(road, desk, complaint.store))
    context = of_store(context_of(road, desk), complaint.store)
    draft = Draft(Case(0), context)
    number, name = _customer(db, caller, draft, complaint)
    earlier = _earlier(db, complaint, number, context.at)
    known = complaint._replace(
        customer_number=number,
        product_number=_product(db, draft, complaint, number, caller.model),
        earlier=earlier,
    )
    opening.open_case(draft, known)
    if resolution is not None:
        ending.resolve(draft, text=resolution)
    case_number = ledger.take_numbers(db, CASE)
    after = draft.state._replace(number=case_number)
    appends = [ledger.Append(ledger.Stream(CASE, case_number), draft.events, None, after)]
    appends += beside(db, draft.beside)
    ledger.append(db, road.run, ledger.begin(db, road.run), appends)
    rung = alarm(after, draft.events, desk.roster, context.now)
    outcome = Outcome(None, after, draft.events, desk.zone, name, rung, draft.beside)
    waiting = tuple(c.number for c in earlier if c.ended_at is None)
    rule = desk.policy.groups
    same = tuple(alike.alike_to(db, case_number, rule, context.at))
    return Opened(outcome, waiting, caller.name if caller.name != name else None, same, rule.days)


def _store(road: Road, desk: Desk, named: str | None) -> str | None:
    """The store that is named, else that of whoever takes the case; NotFound for one that is not there."""
    if named is not None:
        return known_store(named, desk.roster.stores)
    taker = desk.roster.people.get(road.run.actor)
    return taker.store if taker else None


def _customer(
    db: Db, caller: Caller, draft: Draft, complaint: opening.Complaint
) -> tuple[int | None, str | None]:
    """The customer's number and registered name; registers a new one when the phone finds nobody.

    What is said of the customer in fields of the desk's own goes there.
    """
    if caller.name is None and not phone_key(caller.phone or ""):
        return None, None
    own = said(complaint.fields, CUSTOMER)
    known = _find_customer(db, caller.phone)
    if known is not None:
        ledger.queue_up(db, CUSTOMER, [known])
        row = db.execute(sql.CUSTOMER, (known,)).fetchone()
        if row is not None:  # else the registration was undone just now
            if own:
                changed = event(
                    CUSTOMER, "changed", draft.context.at, words={"fields": own}, fields=sorted(own)
                )
                draft.beside.append((CUSTOMER, known, changed))
            return known, row[2]
    number = ledger.take_numbers(db, CUSTOMER)
    key = phone_key(caller.phone or "")
    words = {"name": caller.name, "phones": [key] if key else None, "fields": own or None}
    registered = event(CUSTOMER, "registered", draft.context.at, words=words, fields=sorted(own))
    draft.beside.append((CUSTOMER, number, registered))
    return number, caller.name


def _product(
    db: Db, draft: Draft, complaint: opening.Complaint, customer_number: int | None, model: str | None
) -> int | None:
    """The number of a new product, where its model or something in fields of the desk's own is said."""
    own = said(complaint.fields, PRODUCT)
    if not own and model is None:
        return None
    number = ledger.take_numbers(db, PRODUCT)
    registered = event(
        PRODUCT,
        "registered",
        draft.context.at,
        words={"fields": own or None},
        model=model,
        customer_number=customer_number,
        fields=sorted(own),
    )
    draft.beside.append((PRODUCT, number, registered))
    return number


def _earlier(
    db: Db, complaint: opening.Complaint, customer: int | None, at: int
) -> tuple[opening.Earlier, ...]:
    """Earlier complaints of the customer on the same matter; praise is no second complaint."""
    if customer is None or complaint.category is None or complaint.kind != COMPLAINT:
        return ()
    rows = db.execute(sql.EARLIER_CASES, (customer, complaint.category, at))
    return tuple(opening.Earlier(*row) for row in rows)
