"""The rows that lists and single cases are read into: light, frozen, in the order of their columns."""

from __future__ import annotations

from collections import namedtuple

CaseRow = namedtuple(  # noqa: PYI024  typing alone would cost the lists' road 3 ms
    "CaseRow",
    (
        "number",
        "seq",
        "kind",
        "subject",
        "status",
        "outcome",
        "level",
        "owner",
        "handler",
        "first_contact",
        "customer",
        "customer_number",
        "product_number",
        "category",
        "channel",
        "flags",
        "crisis",
        "opened_at",
        "agreed_at",
        "resolved_at",
        "closed_at",
        "changed_at",
        "paused_until",
        "cycle",
        "policy",
        "next_due",
        "next_clock",
        "next_limit",
        "next_name",
        "next_provisional",
        "dues",
        "source",
        "store",
        "against",
        "handed_to",
        "sent_to",
        "stage",
        "unowned_since",
        "merged_into",
        "group_number",
    ),
)
ClockRow = namedtuple(  # noqa: PYI024
    "ClockRow",
    (
        "case_number",
        "n",
        "kind",
        "name",
        "cycle",
        "level",
        "limit_text",
        "calendar",
        "started_at",
        "due_at",
        "paused_at",
        "paused_until",
        "stopped_at",
        "breached_at",
        "verdict",
        "informs",
        "provisional",
    ),
)
EventRow = namedtuple(  # noqa: PYI024
    "EventRow",
    (
        "stream_kind",
        "stream_no",
        "seq",
        "type",
        "version",
        "at",
        "recorded_at",
        "actor",
        "login",
        "actor_level",
        "cause",
        "invocation",
        "source",
        "facts",
        "words",
        "words_digest",
        "prev_hash",
        "hash",
    ),
)
InvocationRow = namedtuple(  # noqa: PYI024
    "InvocationRow",
    (
        "id",
        "at",
        "login",
        "host",
        "program",
        "verb",
        "nonce",
    ),
)
PolicyRow = namedtuple(  # noqa: PYI024
    "PolicyRow",
    (
        "version",
        "name",
        "data",
        "text",
        "digest",
        "at",
        "actor",
        "reason",
    ),
)
RemedyRow = namedtuple(  # noqa: PYI024
    "RemedyRow",
    (
        "number",
        "case_number",
        "customer_number",
        "code",
        "amount",
        "liability",
        "needs",
        "state",
        "asked_by",
        "asked_at",
        "settled_by",
        "settled_at",
        "paid_at",
    ),
)

CASE_COLUMNS, CLOCK_COLUMNS = CaseRow._fields, ClockRow._fields
EVENT_COLUMNS, INVOCATION_COLUMNS = EventRow._fields, InvocationRow._fields
POLICY_COLUMNS, REMEDY_COLUMNS = PolicyRow._fields, RemedyRow._fields
CUSTOMER_COLUMNS = ("number", "seq", "name", "phones")
PRODUCT_COLUMNS = ("number", "seq", "kind", "make", "model", "year", "vin", "customer_number")
GROUP_COLUMNS = ("number", "seq", "name", "statement", "lead", "made_at")
STAFF_COLUMNS = (
    "handle",
    "name",
    "mail",
    "level",
    "store",
    "teams",
    "supervisor",
    "deputy",
    "zone",
    "hours",
    "logins",
    "on_duty",
    "duty_since",
    "away_from",
    "away_until",
    "left_at",
)
FIELD_COLUMNS = ("kind", "number", "name", "value")
SHIFT_COLUMNS = ("handle", "kind", "start_at", "end_at")
ATTACHMENT_COLUMNS = ("case_number", "n", "name", "size", "digest")
