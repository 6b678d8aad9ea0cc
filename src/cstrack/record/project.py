"""State -> rows: what lists read. The same functions serve the ledger and the doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import clock as clocks

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.customer import Customer, Product
    from cstrack.domain.group import Group


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


def customer_row(state: Customer) -> tuple[Any, ...]:
    """The row of customer_current, in the order of CUSTOMER_COLUMNS."""
    return (state.number, state.seq, state.name, ",".join(state.phones) or None)


def customer_keys(state: Customer) -> list[tuple[str, str, int]]:
    """What finds a customer: (kind, value, number). A name is not among it."""
    return [("phone", phone, state.number) for phone in state.phones]


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
