"""Every fact that can be recorded: the glossary of the ledger.

An event has two bodies: `facts`, kept for ever and under the hash, and `words`, what people said and
who they are, which can be erased. Facts alone decide; words are only shown. A fact `clocks` lists
what the event did to the case's clocks, worked out by the rules when it happened, so that replaying
a history needs no arithmetic, no calendar and no policy:

    {"n": 3, "kind": "level", "name": null, "cycle": 1, "level": 2, "limit": "48h",
     "calendar": "24x7", "started_at": 1790000000, "due_at": 1790172800}        a clock starts
    {"n": 3, "stopped_at": 1790010000, "verdict": "met"}                        it stops
    {"n": 3, "paused_at": ..., "paused_until": ..., "due_at": ...}              it is paused, resumed
    {"n": 3, "breached_at": 1790172800}                                         marked at the top
    {"n": 3, "due_at": ..., "limit": "2h", "calendar": "workshop"}              it is moved
    {"n": 3, "stopped_at": null, "verdict": null}                               it runs on as before

Files that were attached are listed in a fact `files`, and called by their place in the word `names`:

    {"n": 2, "digest": "9f86d0...", "size": 24811}                             SHA-256, bytes

A clock that starts may also say "informs" (it drives nothing), "provisional" (due on a day that its
calendar has not confirmed), "since" (what its limit counts from); its limit is empty where a person said
the time. A pause says "held_due", the due time without it.

`granted` in a merge is the sum of what had been granted in the case that ended.

`owner` in an event is who answers for the case from then on; `unowned`, true, that nobody of its level was
on duty. `against` is a fact where it names one of the staff or a department, and words else.

`fields` among the facts are the codes of the desk's own fields that were set, `emptied` those that were
emptied; among the words they are the values, code -> text (domain/own_fields.py).

Times are whole seconds since 1970 UTC. Facts and words of each type:
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PERSON, RULE, IMPORT = "person", "rule", "import"
SYSTEM = "system"
"""The actor of what no person did: rules and imports."""

CASE, CUSTOMER, PRODUCT, POLICY, GROUP = "case", "customer", "product", "policy", "group"

_NAMED = ("r", "remedy", "amount", "liability")
"""The remedy that something offers or carries out: by its number where it is granted, its code, its sum."""

_JUDGED = (*_NAMED, "needs", "level", "most", "case_sum", "customer_sum", "who", "policy", "clocks")
"""A remedy as it was judged: what it is, the level it needs, the level of who asked or granted it and the
largest sum of that, what was granted before in the case, and to the customer in the days that count."""

GLOSSARY: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    CASE: {
        # event type, its facts, its words
        "opened": (
            (
                "kind",
                "channel",
                "category",
                "flags",
                "level",
                "level_why",
                "owner",
                "handler",
                "first_contact",
                "customer_number",
                "product_number",
                "repeat_of",
                "look_at",
                "policy",
                "source_fields",
                "fields",
                "clocks",
                "unowned",
                "against",
                "store",
            ),
            ("subject", "text", "source_fields", "against", "fields"),
        ),
        "adopted": (("preset", "clocks"), ()),
        "noted": ((), ("text",)),
        "contacted": (("direction", "channel", "chase", "clocks"), ("text",)),
        "assigned": (("owner", "handler", "why"), ("text",)),
        "against-named": (("against",), ("against", "text")),
        "escalated": (
            ("from", "to", "why", "trigger", "from_case", "owner", "unowned", "policy", "clocks"),
            ("text",),
        ),
        "deescalated": (("from", "to", "approved_by", "owner", "unowned", "policy", "clocks"), ("text",)),
        "limit-passed": (("level", "clocks"), ()),
        "paused": (("waiting_for", "until", "clocks"), ("text",)),
        "resumed": (("why", "clocks"), ("text",)),
        "flagged": (("flag", "why", "from_case", "clocks"), ("text",)),
        "unflagged": (("flag", "approved_by"), ("text",)),
        "proposed": (("by", *_NAMED, "clocks"), ("text",)),
        "agreed": (("interim", "signed", "files", *_NAMED, "clocks"), ("text", "with", "names")),
        "resolved": (
            (*_NAMED, "clocks", "dated", "anyway", "unanswered", "tasks", "undecided"),
            ("text",),
        ),
        "closed": (("outcome", "clocks", "dated"), ("text",)),
        "reopened": (("cycle", "level", "owner", "unowned", "policy", "clocks"), ("text",)),
        "corrected": (("seq",), ("text",)),
        "attached": (("files",), ("text", "names")),
        "moved": (("why", "policy", "clocks"), ()),
        "extended": (("clock", "name", "limit", "approved_by", "policy", "clocks"), ("text",)),
        "demand-added": (("n", "rank", "from_case"), ("text",)),
        "demand-answered": (
            ("n", "answer", "to", "until", "from_case", *_NAMED, "clocks"),
            ("text", "name"),
        ),
        "fields-set": (("fields", "emptied"), ("fields", "text")),
        "step-done": (("step", "who", "due_at", "policy"), ("text",)),
        "discussed": ((), ("with", "text")),
        "outside-added": (("body", "ref", "received_at", "policy", "from_case", "clocks"), ()),
        "stage-entered": (("stage", "who", "policy", "clocks"), ("text",)),
        "stage-left": (("stage", "who", "checked", "clocks"), ("text",)),
        "arrived": (("expected_at", "clocks"), ("text",)),
        "left": (("clocks",), ("text",)),
        "grouped": (("group",), ()),
        "ungrouped": (("group",), ("text",)),
        "outside-answered": (("body", "ref", "dated", "clocks"), ("text",)),
        "promised": (("n", "owner", "from_case", *_NAMED, "clocks"), ("name", "check")),
        "promise-kept": (("n", "clocks"), ("text",)),
        "promise-missed": (("n", "clocks"), ("text",)),
        "promise-moved": (("n", "clocks"), ("text",)),
        "task-given": (("n", "department", "from_case", "clocks"), ("name",)),
        "task-answered": (("n", "clocks"), ("text",)),
        "task-returned": (("n", "clocks"), ("text",)),
        "merged": (("into", "clocks"), ("text",)),
        "absorbed": (
            (
                "case",
                "opened_at",
                "cycle_at",
                "customer_number",
                "product_number",
                "against",
                "owner",
                "granted",
                "policy",
                "clocks",
            ),
            ("text", "against"),
        ),
        "linked": (("case",), ("text",)),
        "unlinked": (("case",), ("text",)),
        "undone": (("invocation", "seqs"), ()),
        "handover-offered": (("by", "to"), ("text",)),
        "handover-accepted": (("by", "to", "owner", "handler", "promises"), ("text",)),
        "transfer-offered": (("store",), ("text",)),
        "transfer-accepted": (("store", "owner", "unowned"), ("text",)),
        "remedy-asked": (_JUDGED, ("text",)),
        "remedy-granted": (_JUDGED, ("text",)),
        "remedy-rejected": (("r", "who", "clocks"), ("text",)),
        "remedy-paid": (("r",), ("receipt",)),
        "remedy-withdrawn": (("r", "who", "clocks"), ("text",)),
    },
    CUSTOMER: {
        "registered": (("fields",), ("name", "phones", "fields")),
        "changed": (("fields", "emptied"), ("fields", "text")),
        "undone": (("invocation", "seqs"), ()),
    },
    PRODUCT: {
        "registered": (
            ("kind", "make", "model", "year", "customer_number", "fields"),
            ("vin", "fields"),
        ),
        "changed": (("fields", "emptied"), ("fields", "text")),
        "undone": (("invocation", "seqs"), ()),
    },
    GROUP: {
        "formed": (("lead", "cases"), ("name", "statement")),
        "joined": (("cases",), ()),
        "left": (("cases",), ("text",)),
        "changed": (("lead",), ("name", "statement")),
        "undone": (("invocation", "seqs"), ()),
    },
    POLICY: {"applied": (("version", "name", "digest", "why"), ("text",))},
}

NOTICES = {
    "escalated": "hand-up",
    "limit-passed": "hand-up",
    "assigned": "assignment",
    "handover-offered": "hand-over",
    "transfer-offered": "transfer",
    "remedy-asked": "approval",
}
"""Event types that somebody must be told of; the ledger leaves a line for the sender."""


class Event(NamedTuple):
    """A fact to be recorded, or one read back. `at` is when it happened, in UTC seconds."""

    type: str
    at: int
    facts: Mapping[str, Any]
    words: Mapping[str, Any] | None = None
    cause: str = PERSON
    seq: int = 0


def event(
    stream: str,
    type_: str,
    at: int,
    *,
    words: Mapping[str, Any] | None = None,
    cause: str = PERSON,
    **facts: Any,
) -> Event:
    """An event whose bodies hold only the glossary's keys; what is null or was not said is left out.

    A key that the glossary does not have is a fault of the program: KeyError.
    """
    known_facts, known_words = GLOSSARY[stream][type_]
    held = {key: value for key, value in facts.items() if value not in (None, [])}
    said = {key: value for key, value in (words or {}).items() if value is not None}
    unknown = (facts.keys() - set(known_facts)) | (said.keys() - set(known_words))
    if unknown:
        raise KeyError(type_, sorted(unknown))
    return Event(type_, at, held, said or None, cause)
