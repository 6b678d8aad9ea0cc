"""Opening a case: who the customer is, what came before, fresh numbers, one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app.road import Outcome, as_person, context_of, desk_for_writing, retried
from cstrack.domain.case import Case
from cstrack.domain.customer import phone_key
from cstrack.domain.decide import ending, opening
from cstrack.domain.decide.draft import Draft
from cstrack.domain.errors import CstrackError
from cstrack.domain.events import CASE, CUSTOMER, PRODUCT, event
from cstrack.domain.policy import COMPLAINT
from cstrack.record import alike, fetch, ledger, sql
from cstrack.record.faults import place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

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
    context = context_of(road, desk)
    appends, number, name = _customer(db, caller, context.at)
    about, product = _product(db, caller.model, number, context.at)
    appends += about
    earlier = _earlier(db, complaint, number, context.at)
    draft = Draft(Case(0), context)
    opening.open_case(
        draft,
        complaint._replace(
            customer_number=number, product_number=product, earlier=earlier, taken_by=road.run.actor
        ),
    )
    if resolution is not None:
        ending.resolve(draft, text=resolution)
    case_number = ledger.take_numbers(db, CASE)
    after = draft.state._replace(number=case_number)
    appends.append(ledger.Append(ledger.Stream(CASE, case_number), draft.events, None, after))
    ledger.append(db, road.run, ledger.begin(db, road.run), appends)
    outcome = Outcome(None, after, draft.events, desk.zone, name)
    waiting = tuple(c.number for c in earlier if c.ended_at is None)
    rule = desk.policy.groups
    same = tuple(alike.alike_to(db, case_number, rule, context.at))
    return Opened(outcome, waiting, caller.name if caller.name != name else None, same, rule.days)


def _customer(db: Db, caller: Caller, at: int) -> tuple[list[ledger.Append], int | None, str | None]:
    """The customer's number and registered name; registers a new one when the phone finds nobody."""
    if caller.name is None and not phone_key(caller.phone or ""):
        return [], None, None
    known = _find_customer(db, caller.phone)
    if known is not None:
        return [], known, db.execute(sql.CUSTOMER, (known,)).fetchone()[2]
    number = ledger.take_numbers(db, CUSTOMER)
    key = phone_key(caller.phone or "")
    words: Mapping[str, Any] = {"name": caller.name, "phones": [key] if key else None}
    registered = event(CUSTOMER, "registered", at, words=words)._replace(seq=1)
    return [ledger.Append(ledger.Stream(CUSTOMER, number), [registered])], number, caller.name


def _product(
    db: Db, model: str | None, customer: int | None, at: int
) -> tuple[list[ledger.Append], int | None]:
    """The number of the product that it is about; registers one where something of it is known."""
    if model is None:
        return [], None
    number = ledger.take_numbers(db, PRODUCT)
    registered = event(PRODUCT, "registered", at, model=model, customer_number=customer)._replace(seq=1)
    return [ledger.Append(ledger.Stream(PRODUCT, number), [registered])], number


def _earlier(
    db: Db, complaint: opening.Complaint, customer: int | None, at: int
) -> tuple[opening.Earlier, ...]:
    """Earlier complaints of the customer on the same matter; praise is no second complaint."""
    if customer is None or complaint.category is None or complaint.kind != COMPLAINT:
        return ()
    rows = db.execute(sql.EARLIER_CASES, (customer, complaint.category, at))
    return tuple(opening.Earlier(*row) for row in rows)
