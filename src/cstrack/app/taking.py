"""One row of a file as a history: what the rules of opening, adopting and ending make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.app.presets.rows import Note
from cstrack.domain.case import Case
from cstrack.domain.decide import adopting, ending, opening
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Draft
from cstrack.domain.events import CASE, IMPORT, PRODUCT, event
from cstrack.record.ledger import Append, Stream

if TYPE_CHECKING:
    from cstrack.app.presets.rows import Ending, ImportRow
    from cstrack.domain.decide.draft import Context
    from cstrack.domain.events import Event

_TELLING = ("make", "model", "year", "vin")


class Taken(NamedTuple):
    """A row with the case it becomes, not numbered yet, and what there is to tell about it."""

    row: ImportRow
    draft: Draft
    notes: tuple[Note, ...]

    @property
    def has_product(self) -> bool:
        """Whether the row says enough of a product to register it."""
        product = self.row.product or {}
        return any(product.get(name) for name in _TELLING)


def take(row: ImportRow, context: Context, *, preset: str, live: bool) -> Taken:
    """The row's history as of `context.now`; Refused where the rules forbid it.

    Each event is dated as the row says. Unless `live`, clocks whose time is past are void.
    """
    draft = Draft(Case(0), context._replace(at=row.opened_at))
    opening.open_case(draft, _complaint(row))
    if not live:
        adopting.adopt(draft, preset=preset)
    outside = row.outside
    if outside:
        _go_to(draft, outside.received_at, live=live)
        adopting.add_outside(
            draft,
            body=outside.body,
            ref=outside.ref,
            received_at=outside.received_at,
            limit=outside.limit,
            adopted=not live and row.ending is None,
        )
    notes = row.notes
    if row.ending:
        if row.ending.at > context.now:
            notes = (*notes, Note("ending-to-come", "", str(row.ending.at)))
        _go_to(draft, min(row.ending.at, context.now), live=live)
        _end(draft, row, row.ending)
    elif live:
        catch_up(draft, context.now)
    return Taken(row, draft, notes)


def appends(taken: Taken, case_number: int, product_number: int | None) -> list[Append]:
    """The new streams of a row, its product's and its case's, under numbers of their own."""
    row, (opened, *later), state = taken.row, taken.draft.events, taken.draft.state
    made = []
    if product_number is not None:
        made.append(Append(Stream(PRODUCT, product_number), [_registered(row)], source=row.ref))
        opened = opened._replace(facts={**opened.facts, "product_number": product_number})
    after = state._replace(number=case_number, product_number=product_number)
    made.append(Append(Stream(CASE, case_number), [opened, *later], None, after, row.ref))
    return made


def _complaint(row: ImportRow) -> opening.Complaint:
    return opening.Complaint(
        subject=row.subject,
        text=row.text,
        channel=row.channel,
        category=row.category,
        source_flags=row.flags,
        source_fields=row.facts or None,
        source_words=row.words or None,
    )


def _registered(row: ImportRow) -> Event:
    product = row.product or {}
    year = product.get("year")
    return event(
        PRODUCT,
        "registered",
        row.opened_at,
        words={"vin": product.get("vin")},
        cause=IMPORT,
        kind=product.get("kind"),
        make=product.get("make"),
        model=product.get("model"),
        year=None if year is None else str(year),
    )._replace(seq=1)


def _go_to(draft: Draft, at: int, *, live: bool) -> None:
    """What follows happens at `at`; in a live history what clocks called for before it comes first."""
    draft.context = draft.context._replace(at=at)
    if live:
        catch_up(draft, at)


def _end(draft: Draft, row: ImportRow, end: Ending) -> None:
    if row.outside:
        adopting.answer_outside(
            draft,
            ref=row.outside.ref,
            body=row.outside.body,
            verdict=row.outside.verdict,
            dated=end.dated,
        )
    ending.resolve(draft, text=end.text, dated=end.dated)
    ending.close(draft, outcome=end.outcome, dated=end.dated)
