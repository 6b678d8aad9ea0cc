"""Notes, contacts, proposals, corrections: what answers a clock and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.case import MERGED
from cstrack.domain.decide import ending, levels, talk, waiting
from tests.support.spec import T0, Scene, contact_hours, days, did, given, hours, opened, until


def at_level_two(channel: str = "web") -> Scene:
    return given(opened(channel=channel, flags=("dissatisfied",)))


def test_p23_an_internal_note_answers_nobody() -> None:
    scene = given(opened(channel="web")).when(talk.note, hours(1), text="parts ordered").then("noted")
    assert "clocks" not in scene.events[0].facts
    scene.running("first-response", due=hours(24))


def test_p23_an_outgoing_contact_answers() -> None:
    scene = given(opened(channel="web")).when(talk.contact, hours(1), direction="out", text="hello")
    scene.then("contacted", direction="out", chase=False).stopped("first-response", "met", at=hours(1))


def test_p24_an_incoming_contact_is_no_first_response() -> None:
    scene = given(opened(channel="web")).when(talk.contact, hours(1), direction="in", text="when?")
    scene.then("contacted", direction="in").running("first-response", due=hours(24))


def test_an_answer_exactly_at_the_limit_is_late() -> None:
    scene = given(opened(channel="web")).when(talk.contact, hours(24), direction="out", text="hello")
    scene.stopped("first-response", "breached", at=hours(24))


def test_a_chaser_is_a_contact_that_only_asks_when() -> None:
    scene = given(opened()).when(talk.contact, 1, direction="in", text="when?", channel="chat", chase=True)
    scene.then("contacted", chase=True, channel="chat")


def test_d22_an_outgoing_contact_starts_next_update_anew() -> None:
    scene = at_level_two().when(talk.contact, hours(3), direction="out", text="hello")
    scene.running("next-update", due=contact_hours(hours(3), 24), since=hours(3))
    earlier = next(clock for clock in scene.state.clocks if clock.kind == "next-update")
    assert (earlier.verdict, earlier.stopped_at) == ("met", T0 + hours(3))


def test_d22_an_incoming_contact_never_moves_next_update_later() -> None:
    scene = at_level_two().when(talk.contact, hours(3), direction="in", text="when?")
    scene.running("next-update", due=contact_hours(0, 24), since=0)


@pytest.mark.parametrize("direction", ["in", "out"])
def test_p22_a_contact_arms_next_update_where_none_runs(direction: str) -> None:
    level_two = at_level_two().state
    silent = level_two._replace(clocks=tuple(c for c in level_two.clocks if c.kind != "next-update"))
    scene = given(silent).when(talk.contact, hours(3), direction=direction, text="...", channel="sms")
    scene.running("next-update", due=contact_hours(hours(3), 24), since=hours(3))


@pytest.mark.parametrize("direction", ["in", "out"])
def test_level_one_owes_no_next_word(direction: str) -> None:
    scene = given(opened()).when(talk.contact, hours(3), direction=direction, text="...")
    assert scene.accepted().state.running("next-update") is None


@pytest.mark.parametrize("direction", ["in", "out"])
def test_no_word_is_owed_once_a_case_is_resolved(direction: str) -> None:
    scene = given(opened(flags=("vip",)), did(ending.resolve, hours(1), text="done"))
    scene = scene.when(talk.contact, hours(2), direction=direction, text="thanks").then("contacted")
    assert scene.state.running("next-update") is None


def test_the_customers_contact_ends_the_wait_for_him() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="customer"))
    scene = scene.when(talk.contact, hours(5), direction="in", text="here I am")
    scene.then("contacted", "resumed", why="customer").stands(status="open")
    scene.running("level", due=hours(27))


@pytest.mark.parametrize("waiting_for", ["supplier", "third-party"])
def test_the_customers_contact_ends_no_other_wait(waiting_for: str) -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for=waiting_for))
    scene.when(talk.contact, hours(5), direction="in", text="when?").then("contacted").stands(
        status="waiting"
    )


def test_our_own_contact_ends_no_wait() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="customer"))
    scene.when(talk.contact, hours(5), direction="out", text="?").then("contacted").stands(status="waiting")


def test_p21_first_response_and_pause_in_one_step_the_response_is_met() -> None:
    scene = given(
        opened(channel="web"),
        did(talk.contact, hours(1), direction="out", text="please send the photo"),
        did(waiting.pause, hours(1), waiting_for="customer"),
        until(days(2)),
    )
    scene.stopped("first-response", "met", at=hours(1))


def test_a_proposal_with_a_date_meets_the_plan() -> None:
    scene = given(opened()).when(talk.propose, hours(2), text="new compressor", by=T0 + days(3))
    scene.then("proposed", by=T0 + days(3)).stopped("plan", "met", at=hours(2))


def test_a_second_proposal_leaves_the_plan_as_it_was_met() -> None:
    scene = given(opened(), did(talk.propose, hours(2), text="a", by=T0 + days(3)))
    scene = scene.when(talk.propose, hours(4), text="b", by=T0 + days(4)).then("proposed")
    scene.stopped("plan", "met", at=hours(2))


def test_a_proposal_while_waiting_for_the_customer_is_judged_by_the_time_that_was_left() -> None:
    scene = given(opened(), did(waiting.pause, hours(20), waiting_for="customer"))
    scene.when(talk.propose, hours(40), text="b", by=T0 + days(4)).stopped("plan", "met", at=hours(40))


@pytest.mark.parametrize("by", [hours(2), hours(1)])
def test_a_proposal_for_a_date_that_has_passed_is_refused(by: int) -> None:
    scene = given(opened()).when(talk.propose, hours(2), text="x", by=T0 + by)
    scene.refused("date-passed", by_at=T0 + by, at=T0 + hours(2))


def test_nothing_is_proposed_once_a_case_is_resolved() -> None:
    scene = given(opened(), did(ending.resolve, hours(1), text="x"))
    scene.when(talk.propose, hours(2), text="x", by=T0 + days(1)).refused("propose-resolved")


def test_an_entry_is_corrected_by_one_that_names_it() -> None:
    scene = given(opened(), did(talk.note, 60, text="left wheel")).when(
        talk.correct, 120, seq=2, text="right"
    )
    scene.then("corrected", seq=2)


@pytest.mark.parametrize("seq", [0, 3])
def test_an_entry_that_is_not_there_cannot_be_corrected(seq: int) -> None:
    scene = given(opened(), did(talk.note, 60, text="left")).when(talk.correct, 120, seq=seq, text="right")
    scene.refused("no-such-entry", 3, seq=seq, last=2)


def test_a_correction_changes_no_clock() -> None:
    before = given(opened(channel="web"), did(talk.contact, 60, direction="out", text="x"))
    after = before.when(talk.correct, 120, seq=2, text="it was a voicemail").accepted()
    assert after.state.clocks == before.state.clocks


@pytest.mark.parametrize("order", ["note", "contact", "correct"])
def test_d34_what_is_said_can_be_written_on_a_closed_case(order: str) -> None:
    more: dict[str, dict[str, Any]] = {"contact": {"direction": "out"}, "correct": {"seq": 1}}
    closed = given(opened(), did(ending.close, hours(1), outcome="invalid"))
    closed.when(getattr(talk, order), hours(2), text="x", **more.get(order, {})).accepted().stands(
        status="closed"
    )


def test_d34_nothing_is_proposed_on_a_closed_case() -> None:
    closed = given(opened(), did(ending.close, hours(1), outcome="invalid"))
    closed.when(talk.propose, hours(2), text="x", by=T0 + days(1)).refused("case-closed")


def test_nothing_is_decided_on_a_merged_case() -> None:
    merged = given(given(opened()).state._replace(status=MERGED))
    merged.when(levels.escalate, hours(2), text="x").refused("case-merged")
