"""A sentence for every event that can be recorded, and none that harms a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.case import Case
from cstrack.domain.events import (
    CASE,
    CUSTOMER,
    GLOSSARY,
    GROUP,
    IMPORT,
    PERSON,
    POLICY,
    PRODUCT,
    RULE,
    Event,
)
from cstrack.render.local import Zone
from cstrack.render.names import code_name
from cstrack.render.phrases import person, summary
from tests.support.spec import T0, ZONE, days, hours

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTILE = "\x1b]52;c;AAAA\x07[/foo]\u202egnp.\u2066 {who} %s\x9b31m"

SENTENCES: dict[tuple[str, str], list[tuple[dict[str, Any], str]]] = {
    (CASE, "opened"): [
        ({"kind": "complaint", "level": 1}, "opened at level 1 by 李雷"),
        ({"kind": "praise", "level": 1}, "praise opened at level 1 by 李雷"),
        (
            {"kind": "complaint", "level": 3, "level_why": {"kind": "flag", "code": "safety"}},
            "opened at level 3 by 李雷 (safety)",
        ),
        (
            {"kind": "complaint", "level": 3, "level_why": {"kind": "channel", "code": "regulator"}},
            "opened at level 3 by 李雷 (regulator)",
        ),
    ],
    (CASE, "adopted"): [({"preset": "cfpb"}, "taken over from cfpb")],
    (CASE, "noted"): [({}, "note, 李雷")],
    (CASE, "contacted"): [
        ({"direction": "out", "channel": "phone"}, "word to customer (phone), 李雷"),
        ({"direction": "in"}, "word from customer, 李雷"),
        ({"direction": "in", "channel": "chat", "chase": True}, "customer asks when (chat), 李雷"),
    ],
    (CASE, "assigned"): [
        ({"owner": "王主管"}, "owner li -> 王主管"),
        ({"handler": "ma", "owner": "王主管"}, "owner li -> 王主管, handler nobody -> ma"),
        ({"owner": "王主管", "why": "duty-began"}, "owner li -> 王主管, whose duty began"),
    ],
    (CASE, "against-named"): [
        ({"against": "zhou"}, "complained about: zhou"),
        ({"against": "workshop"}, "complained about: workshop"),
        ({}, "whom it is about was named"),
    ],
    (CASE, "escalated"): [
        ({"from": 1, "to": 2, "why": "time-limit"}, "level 1 -> 2, time limit"),
        ({"from": 1, "to": 3, "why": "trigger", "trigger": "media"}, "level 1 -> 3, media"),
        ({"from": 1, "to": 3, "why": "group", "trigger": "group"}, "level 1 -> 3, group complaint"),
        ({"from": 1, "to": 2, "why": "person"}, "level 1 -> 2, handed up by 李雷"),
        ({"from": 1, "to": 3, "why": "merge", "from_case": 7}, "level 1 -> 3, merged with C-7"),
    ],
    (CASE, "deescalated"): [({"from": 2, "to": 1}, "level 2 -> 1, given back by 李雷")],
    (CASE, "limit-passed"): [({"level": 3}, "level 3 ran out, there is none above")],
    (CASE, "paused"): [({"waiting_for": "supplier"}, "paused, waiting for the supplier")],
    (CASE, "resumed"): [
        ({"why": "hand"}, "resumed"),
        ({"why": "pause-ended"}, "resumed, the pause was over"),
        ({"why": "customer"}, "resumed, the customer answered"),
        ({"why": "crisis"}, "resumed, a crisis does not wait"),
        ({"why": "merged"}, "resumed, it is merged"),
        ({"why": "resolved"}, "resumed"),
    ],
    (CASE, "flagged"): [
        ({"flag": "safety", "why": "hand"}, "flag safety"),
        ({"flag": "crisis", "why": "signs"}, "flag crisis, two signs together"),
        ({"flag": "crisis", "why": "merge", "from_case": 7}, "flag crisis, merged with C-7"),
    ],
    (CASE, "unflagged"): [({"flag": "asks-higher"}, "flag asks for someone higher taken away")],
    (CASE, "proposed"): [({"by": T0 + hours(8)}, "proposal for Mon 16 Nov 17:00, 李雷")],
    (CASE, "agreed"): [
        ({}, "agreed with the customer"),
        ({"interim": True}, "agreed for now with the customer"),
        (
            {"signed": "2026-11-15", "files": [{"n": 1}, {"n": 2}]},
            "agreed with the customer, signed Sun 15 Nov 2026, attachment 1, 2",
        ),
    ],
    (CASE, "attached"): [({"files": [{"n": 2}, {"n": 3}]}, "attached: 2, 3")],
    (CASE, "resolved"): [
        ({}, "carried out"),
        ({"unanswered": [1, 3]}, "carried out, without an answer to demand 1, 3"),
        ({"tasks": [2]}, "carried out, task 2 not answered"),
        (
            {"unanswered": [1], "tasks": [2]},
            "carried out, without an answer to demand 1, task 2 not answered",
        ),
    ],
    (CASE, "step-done"): [
        ({"step": "apologise"}, "step apologise done"),
        ({"step": "voice", "due_at": T0 + 1}, "step voice done"),
        ({"step": "voice", "due_at": T0}, "step voice done, late"),
        ({"step": "voice", "who": "李雷"}, "step voice done"),
        ({"step": "voice", "who": "王总"}, "step voice done, 王总"),
    ],
    (CASE, "merged"): [({"into": 7}, "merged into C-7, 李雷")],
    (CASE, "absorbed"): [({"case": 7}, "C-7 merged into this case, 李雷")],
    (CASE, "linked"): [({"case": 7}, "linked with C-7, 李雷")],
    (CASE, "unlinked"): [({"case": 7}, "link with C-7 removed, 李雷")],
    (CASE, "undone"): [
        ({"seqs": [4]}, "entry 4 undone, 李雷"),
        ({"seqs": [4, 5]}, "entries 4, 5 undone, 李雷"),
    ],
    (CUSTOMER, "undone"): [({"seqs": [1]}, "entry 1 undone, 李雷")],
    (PRODUCT, "undone"): [({"seqs": [1]}, "entry 1 undone, 李雷")],
    (GROUP, "undone"): [({"seqs": [1]}, "entry 1 undone, 李雷")],
    (CASE, "handover-offered"): [({"by": "li", "to": "wang"}, "hand-over offered by li to wang")],
    (CASE, "handover-accepted"): [
        ({"by": "li", "to": "wang", "owner": "wang"}, "hand-over from li accepted by wang"),
        (
            {"by": "li", "to": "wang", "promises": [1, 3]},
            "hand-over from li accepted by wang, promises 1, 3 with it",
        ),
    ],
    (CASE, "transfer-offered"): [({"store": "east"}, "offered to store east")],
    (CASE, "transfer-accepted"): [
        ({"store": "east", "owner": "sun"}, "accepted by store east"),
        (
            {"store": "east", "unowned": True},
            "accepted by store east, where nobody of its level is on duty",
        ),
    ],
    (CASE, "grouped"): [({"group": 3}, "in the group G-3")],
    (CASE, "ungrouped"): [({"group": 3}, "out of the group G-3")],
    (GROUP, "formed"): [({"lead": 4, "cases": [1, 4]}, "group complaint of 2 cases, lead C-4")],
    (GROUP, "joined"): [({"cases": [7, 9]}, "also C-7, C-9")],
    (GROUP, "left"): [({"cases": [9]}, "without C-9")],
    (GROUP, "changed"): [({"lead": 4}, "lead C-4, another name")],
    (CASE, "discussed"): [({}, "meeting about the case")],
    (CASE, "demand-added"): [({"n": 2, "rank": 1}, "demand 2 at rank 1")],
    (CASE, "demand-answered"): [
        ({"n": 2, "answer": "can"}, "demand 2 can be met"),
        ({"n": 2, "answer": "cannot"}, "demand 2 cannot be met"),
        (
            {"n": 2, "answer": "parked", "to": "财务", "until": T0 + hours(8)},
            "demand 2 parked with 财务 until Mon 16 Nov 17:00",
        ),
    ],
    (CASE, "closed"): [({"outcome": "partial"}, "closed: partly satisfied")],
    (CASE, "reopened"): [({"cycle": 2}, "reopened, cycle 2")],
    (CASE, "corrected"): [({"seq": 3}, "correction of entry 3, 李雷")],
    (CASE, "moved"): [
        ({"why": "policy", "policy": "dealer v2"}, "due times follow policy dealer v2"),
        ({"why": "calendar", "policy": "dealer v3"}, "due times follow the calendar of policy dealer v3"),
    ],
    (CASE, "extended"): [
        (
            {"clock": "plan", "limit": "30d", "approved_by": "王总"},
            "plan extended to 30 d, approved by 王总",
        ),
    ],
    (POLICY, "applied"): [({"name": "fca", "version": 2}, "policy fca v2 applied, 李雷")],
    (CASE, "outside-added"): [
        ({"body": "12315", "ref": "A-7", "received_at": T0}, "letter of 12315, number A-7"),
        ({"body": "12315", "received_at": T0 - days(2)}, "letter of 12315, received Sat 14 Nov"),
    ],
    (CASE, "outside-answered"): [({"body": "12315", "ref": "A-7"}, "answered 12315, number A-7")],
    (CASE, "promised"): [
        (
            {"n": 2, "owner": "马六", "clocks": [{"n": 6, "due_at": T0 + hours(8)}]},
            "promise 2 for Mon 16 Nov 17:00, owner 马六",
        )
    ],
    (CASE, "promise-kept"): [({"n": 2}, "promise 2 kept")],
    (CASE, "promise-missed"): [({"n": 2}, "promise 2 not kept")],
    (CASE, "promise-moved"): [
        (
            {"n": 2, "clocks": [{"n": 6, "due_at": T0 + hours(8)}]},
            "promise 2 moved to Mon 16 Nov 17:00, as agreed with the customer",
        )
    ],
    (CASE, "task-given"): [
        (
            {"n": 1, "department": "service", "clocks": [{"n": 6, "due_at": T0 + hours(8)}]},
            "task 1 for customer service, due Mon 16 Nov 17:00",
        )
    ],
    (CASE, "stage-entered"): [
        ({"stage": "plan"}, "stage plan entered"),
        ({"stage": "gone"}, "stage gone entered"),
    ],
    (CASE, "stage-left"): [
        ({"stage": "plan"}, "stage plan left"),
        ({"stage": "plan", "checked": True}, "stage plan left, checked"),
    ],
    (CASE, "arrived"): [
        ({"expected_at": T0}, "customer on site"),
        ({"expected_at": T0 + hours(1)}, "customer on site, expected Mon 16 Nov 10:00"),
    ],
    (CASE, "left"): [({}, "customer left")],
    (CASE, "task-answered"): [({"n": 1}, "task 1 answered")],
    (CASE, "task-returned"): [({"n": 1}, "task 1 sent back")],
    (CASE, "remedy-asked"): [
        (
            {"r": 7, "remedy": "refund", "amount": 2_000_000, "liability": False, "needs": 3},
            "R-7 asked for: refund of 20000 (goodwill), level 3 decides",
        )
    ],
    (CASE, "remedy-granted"): [
        ({"r": 7, "remedy": "voucher", "amount": 5_050}, "R-7 granted: voucher of 50.50 (goodwill)"),
        (
            {"r": 7, "remedy": "redo", "amount": 0, "liability": True},
            "R-7 granted: work done again (liability)",
        ),
        ({"r": 7, "remedy": "apology", "amount": 0}, "R-7 granted: apology"),
    ],
    (CASE, "remedy-rejected"): [({"r": 7}, "R-7 rejected")],
    (CASE, "remedy-paid"): [({"r": 7}, "R-7 paid")],
    (CASE, "remedy-withdrawn"): [({"r": 7}, "R-7 withdrawn")],
    (CUSTOMER, "registered"): [({}, "customer registered: 张三")],
    (PRODUCT, "registered"): [
        ({"make": "Ford", "model": "Focus", "year": "2012"}, "product registered: Ford Focus 2012"),
        ({"kind": "vehicle"}, "product registered"),
    ],
    (CASE, "fields-set"): [({"fields": ["lot"], "emptied": ["size"]}, "lot: (erased); size emptied")],
    (CUSTOMER, "changed"): [({"fields": ["job"]}, "job: (erased)")],
    (PRODUCT, "changed"): [({"emptied": ["lot", "size"]}, "lot emptied; size emptied")],
}

BEFORE = Case(1, owner="li")


def told(
    type_: str,
    facts: Mapping[str, Any],
    *,
    stream: str = CASE,
    cause: str = PERSON,
    actor: str = "李雷",
    before: Case | None = BEFORE,
    words: Mapping[str, Any] | None = None,
) -> str:
    event = Event(type_, T0, facts, words, cause, 1)
    return summary(event, Zone(ZONE), actor=actor, before=before, stream=stream)


@pytest.mark.parametrize(
    ("stream", "type_", "facts", "sentence"),
    [(*key, facts, sentence) for key, cases in SENTENCES.items() for facts, sentence in cases],
)
def test_an_event_reads_as_a_sentence(
    stream: str, type_: str, facts: Mapping[str, Any], sentence: str
) -> None:
    assert told(type_, facts, stream=stream, words={"name": "张三"}) == sentence


def test_every_event_of_the_glossary_has_its_sentence() -> None:
    assert set(SENTENCES) == {(stream, type_) for stream in GLOSSARY for type_ in GLOSSARY[stream]}


@pytest.mark.parametrize(("stream", "type_"), sorted(SENTENCES))
def test_a_sentence_needs_no_fact_to_be_there(stream: str, type_: str) -> None:
    assert told(type_, {}, stream=stream, before=None)


def test_an_unknown_type_is_named_and_harmless() -> None:
    assert told("beamed\x1b[2J", {"to": "store"}) == "entry of type beamed\\x1b[2J, unknown to this version"


def test_what_a_rule_or_an_import_did_names_nobody() -> None:
    assert told("noted", {}, cause=IMPORT, actor="system") == "note"
    assert told("opened", {"kind": "complaint", "level": 1}, cause=IMPORT) == "complaint at level 1, imported"
    assert "system" not in told(
        "escalated", {"from": 1, "to": 2, "why": "time-limit"}, cause=RULE, actor="system"
    )


def test_who_was_replaced_is_left_out_where_the_case_before_is_not_known() -> None:
    assert told("assigned", {"owner": "王主管"}, before=None) == "owner 王主管"


def test_a_proposal_for_another_year_says_which() -> None:
    assert told("proposed", {"by": T0 + days(60)}) == "proposal for Fri 15 Jan 2027 09:00, 李雷"


@pytest.mark.parametrize(
    ("type_", "facts"),
    [
        ("noted", {}),
        ("opened", {"kind": HOSTILE, "level": 1, "level_why": {"kind": "flag", "code": HOSTILE}}),
        ("adopted", {"preset": HOSTILE}),
        ("contacted", {"direction": "in", "channel": HOSTILE}),
        ("assigned", {"owner": HOSTILE, "handler": HOSTILE}),
        ("escalated", {"from": 1, "to": 2, "why": HOSTILE}),
        ("paused", {"waiting_for": HOSTILE}),
        ("flagged", {"flag": HOSTILE}),
        ("closed", {"outcome": HOSTILE}),
        ("outside-added", {"body": HOSTILE, "ref": HOSTILE}),
        ("promised", {"n": 1, "owner": HOSTILE}),
        ("task-given", {"n": 1, "department": HOSTILE}),
        ("step-done", {"step": HOSTILE}),
        ("stage-entered", {"stage": HOSTILE}),
        ("stage-left", {"stage": HOSTILE}),
        ("handover-offered", {"by": HOSTILE, "to": HOSTILE}),
        ("transfer-accepted", {"store": HOSTILE}),
        ("demand-answered", {"n": 1, "answer": "parked", "to": HOSTILE, "until": T0}),
    ],
)
def test_r17_text_from_people_cannot_drive_a_terminal(type_: str, facts: Mapping[str, Any]) -> None:
    sentence = told(type_, facts, actor=HOSTILE, before=Case(1, owner=HOSTILE))
    assert sentence.isprintable()
    assert "\u202e" not in sentence
    assert "[/foo]" in sentence
    assert "{who} %s" in sentence


def test_r17_the_people_of_a_meeting_are_named_harmless_and_left_out_once_erased() -> None:
    assert told("discussed", {}, words={"with": ["王总", "li"]}) == "meeting with 王总, li"
    sentence = told("discussed", {}, words={"with": [HOSTILE, "li"]})
    assert sentence.isprintable()
    assert "\u202e" not in sentence


def test_r17_who_accepted_and_what_files_are_called_is_named_harmless() -> None:
    assert told("agreed", {"interim": True}, words={"with": "张三"}) == "agreed for now with 张三"
    files = {"files": [{"n": 1}, {"n": 2}]}
    assert told("attached", files, words={"names": ["a.pdf", "b.jpg"]}) == "attached: 1 a.pdf, 2 b.jpg"
    for sentence in (
        told("agreed", {}, words={"with": HOSTILE}),
        told("attached", files, words={"names": [HOSTILE, "b"]}),
    ):
        assert sentence.isprintable()
        assert "\u202e" not in sentence


def test_nobody_is_said_where_there_is_no_person() -> None:
    assert (person(None), person("li")) == ("nobody", "li")


def test_a_code_that_the_policy_does_not_have_stands_for_itself() -> None:
    assert code_name("channels", "pigeon") == "pigeon"
