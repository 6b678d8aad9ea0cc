"""Setting fields of the desk's own, and what is not done without them.

What is known of a customer or a product stands in their own histories: such events go to `draft.beside`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain import own_fields
from cstrack.domain.case import RESOLVED
from cstrack.domain.decide.draft import guard_live, guard_time
from cstrack.domain.errors import InputNeeded, Refused, Usage
from cstrack.domain.events import CASE, CUSTOMER, IMPORT, PRODUCT, event
from cstrack.domain.own_fields import OPENING, RESOLVING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.own_fields import Change


def set_fields(draft: Draft, *, changes: Sequence[Change], text: str | None = None) -> None:
    """Set or empty fields of the case, its customer and its product."""
    guard_live(draft)
    guard_time(draft)
    state = draft.state
    for on, code, value in changes:
        if on == CUSTOMER and state.customer_number is None:
            raise Refused("own-field-without-customer", number=state.number, own_field=code)
        if on == PRODUCT and state.product_number is None:
            raise Refused("own-field-without-product", number=state.number, own_field=code)
        if value is None:
            _guard_emptied(draft, on, code)
    for on in dict.fromkeys(on for on, _code, _value in changes):
        _record(draft, on, own_fields.said(changes, on), own_fields.emptied(changes, on), text)


def guard_opening(draft: Draft, given: Sequence[Change]) -> None:
    """What must be known of a new case is; a customer is asked once, and nobody is who was not named."""
    state = draft.state
    codes = {code for _on, code, value in given if value is not None}
    for on, code, _value in given:
        if on == CUSTOMER and state.customer_number is None:
            raise Usage("own-field-needs-customer", own_field=code)
    if draft.context.cause == IMPORT:
        return
    missing = [
        field["code"]
        for field in draft.context.policy.store(state.store).fields()
        if field["required"] == OPENING
        and field["code"] not in codes
        and not (field["on"] == CUSTOMER and _needs_no(draft, CUSTOMER, field["code"]))
    ]
    if missing:
        raise InputNeeded("open-needs-fields", own_fields=missing, option=_options(missing))


def guard_fields(draft: Draft) -> None:
    """What must be known of a resolved case, and should have been of a new one, is."""
    if draft.context.cause == IMPORT:
        return
    state = draft.state
    missing = [
        field["code"]
        for field in draft.context.policy.store(state.store).fields()
        if field["required"] in (OPENING, RESOLVING) and not _needs_no(draft, field["on"], field["code"])
    ]
    if missing:
        raise InputNeeded(
            "resolve-needs-fields", number=state.number, own_fields=missing, option=_options(missing)
        )


def number_of(state: Case, on: str) -> int | None:
    """The number of the case, of its customer or of its product."""
    return {CASE: state.number, CUSTOMER: state.customer_number, PRODUCT: state.product_number}[on]


def _needs_no(draft: Draft, on: str, code: str) -> bool:
    """Whether nothing need be said of a field: it is known, or there is no customer or product to have it."""
    return number_of(draft.state, on) is None or code in _held(draft, on)


def _held(draft: Draft, on: str) -> set[str]:
    """The codes of the fields that were set, by this order too."""
    if on == CASE:
        return {code for code, _value in draft.state.fields}
    number = number_of(draft.state, on)
    held = set(draft.context.held(on, number)) if number is not None else set()
    for of, _number, fact in draft.beside:
        if of == on:
            held = held.union(fact.facts.get("fields", ())).difference(fact.facts.get("emptied", ()))
    return held


def _guard_emptied(draft: Draft, on: str, code: str) -> None:
    state = draft.state
    fields = draft.context.policy.store(state.store).fields()
    required = next((field["required"] for field in fields if field["code"] == code), None)
    if code not in _held(draft, on):
        raise Refused("own-field-empty", number=state.number, own_field=code)
    if required == OPENING or (required == RESOLVING and state.status == RESOLVED):
        raise Refused("own-field-required", number=state.number, own_field=code)


def _record(draft: Draft, on: str, said: dict[str, str], emptied: list[str], text: str | None) -> None:
    words = {"fields": said or None, "text": text}
    if on == CASE:
        draft.record("fields-set", words=words, fields=sorted(said), emptied=emptied)
        return
    context, number = draft.context, number_of(draft.state, on)
    assert number is not None  # noqa: S101  judged before
    told = event(
        on, "changed", context.at, words=words, cause=context.cause, fields=sorted(said), emptied=emptied
    )
    draft.beside.append((on, number, told))


def _options(codes: Sequence[str]) -> str:
    return " ".join(f"--field {code}=..." for code in codes)
