"""State -> rows: what lists read. The same functions serve the ledger and the doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import clock as clocks

if TYPE_CHECKING:
    from cstrack.domain.attachment import Attachment
    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.customer import Customer, Product
    from cstrack.domain.group import Group
    from cstrack.domain.own_fields import Values
    from cstrack.domain.remedy import Remedy


def case_row(state: Case, customer: str | None, source: str | None) -> tuple[Any, ...]:
    """The row of case_current, in the order of CASE_COLUMNS.

    `dues` lists the running clocks, earliest first, as `kind due` joined by `;`, so that a list can
    say what else is late without reading another table.
    """
    due = clocks.by_urgency(state.clocks)
    first = due[0] if due else None
    return (
        state.number,
        state.seq,
        state.kind,
        state.subject,
        state.status,
        state.outcome,
        state.level,
        state.owner,
        state.handler,
        state.first_contact,
        customer,
        state.customer_number,
        state.product_number,
        state.category,
        state.channel,
        ",".join(state.flags),
        int(state.crisis),
        state.opened_at,
        state.agreed_at,
        state.resolved_at,
        state.closed_at,
        state.changed_at,
        state.pause.end if state.pause else None,
        state.cycle,
        state.policy,
        first.due_at if first else None,
        first.kind if first else None,
        first.limit if first else None,
        first.name if first else None,
        int(first.provisional) if first else 0,
        ";".join(f"{clock.kind} {clock.due_at}" for clock in due),
        source,
        state.store,
        state.against,
        state.handed_to,
        state.sent_to,
        state.stage,
        state.unowned_since,
        state.merged_into,
        state.group_number,
    )


def clock_row(number: int, clock: Clock) -> tuple[Any, ...]:
    """The row of clock, in the order of CLOCK_COLUMNS."""
    return (
        number,
        clock.n,
        clock.kind,
        clock.name,
        clock.cycle,
        clock.level,
        clock.limit,
        clock.calendar,
        clock.started_at,
        clock.due_at,
        clock.paused_at,
        clock.paused_until,
        clock.stopped_at,
        clock.breached_at,
        clock.verdict,
        int(clock.informs),
        int(clock.provisional),
    )


def clock_rows(state: Case) -> list[tuple[Any, ...]]:
    """The rows of clock of a case."""
    return [clock_row(state.number, clock) for clock in state.clocks]


def remedy_rows(state: Case) -> list[tuple[Any, ...]]:
    """The rows of remedy of a case."""
    return [remedy_row(state, remedy) for remedy in state.remedies]


def remedy_row(state: Case, remedy: Remedy) -> tuple[Any, ...]:
    """The row of remedy, in the order of REMEDY_COLUMNS."""
    return (
        remedy.number,
        state.number,
        state.customer_number,
        remedy.code,
        remedy.amount,
        int(remedy.liability),
        remedy.needs,
        remedy.state,
        remedy.asked_by,
        remedy.asked_at,
        remedy.settled_by,
        remedy.settled_at,
        remedy.paid_at,
    )


def attachment_rows(state: Case) -> list[tuple[Any, ...]]:
    """The rows of attachment of a case."""
    return [attachment_row(state.number, one) for one in state.attachments]


def attachment_row(number: int, one: Attachment) -> tuple[Any, ...]:
    """The row of attachment, in the order of ATTACHMENT_COLUMNS."""
    return (number, one.n, one.name, one.size, one.digest)


def customer_row(state: Customer) -> tuple[Any, ...]:
    """The row of customer_current, in the order of CUSTOMER_COLUMNS."""
    return (state.number, state.seq, state.name, ",".join(state.phones) or None)


def customer_keys(state: Customer) -> list[tuple[str, str, int]]:
    """What finds a customer: (kind, value, number). A name is not among it."""
    return [("phone", phone, state.number) for phone in state.phones]


def field_rows(kind: str, number: int, fields: Values) -> list[tuple[Any, ...]]:
    """The rows of own_field, in the order of FIELD_COLUMNS; nothing is left of a value that is erased."""
    return [(kind, number, code, value) for code, value in fields]


def group_row(state: Group) -> tuple[Any, ...]:
    """The row of group_current, in the order of GROUP_COLUMNS; its cases name it in rows of their own."""
    return (state.number, state.seq, state.name, state.statement, state.lead, state.made_at)


def product_row(state: Product) -> tuple[Any, ...]:
    """The row of product_current, in the order of PRODUCT_COLUMNS."""
    return (
        state.number,
        state.seq,
        state.kind,
        state.make,
        state.model,
        state.year,
        state.vin,
        state.customer_number,
    )
