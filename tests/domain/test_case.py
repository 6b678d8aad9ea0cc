"""The state of a case: folding, the glossary, clocks as of a moment, and what a newer program wrote."""

from __future__ import annotations

import pytest

from cstrack.domain import clock as clocks
from cstrack.domain.case import Case
from cstrack.domain.clock import Clock
from cstrack.domain.decide import ending, talk, waiting
from cstrack.domain.decide.draft import guard_known
from cstrack.domain.errors import BadConfig, CstrackError
from cstrack.domain.events import CASE, GLOSSARY, Event, event
from cstrack.domain.evolve import evolve, fold
from tests.support.spec import T0, did, given, hours, opened, until


def a_clock(kind: str = "level", due: int = hours(24), n: int = 1) -> Clock:
    return Clock(n, kind, None, 1, 1, "24h", "24x7", T0, T0 + due)


def test_an_event_holds_what_was_said_and_leaves_out_what_was_not() -> None:
    made = event(CASE, "contacted", T0, words={"text": None}, direction="in", channel=None, clocks=[])
    assert (made.facts, made.words) == ({"direction": "in"}, None)


@pytest.mark.parametrize("body", [{"words": {"mood": "x"}}, {"mood": "x"}])
def test_an_event_with_a_key_that_the_glossary_does_not_have_is_a_fault(body: dict[str, object]) -> None:
    with pytest.raises(KeyError, match="mood"):
        event(CASE, "noted", T0, **body)  # type: ignore[arg-type]


def test_an_event_type_that_the_glossary_does_not_have_is_a_fault() -> None:
    with pytest.raises(KeyError, match="teleported"):
        event(CASE, "teleported", T0)


def test_the_facts_of_the_glossary_are_named_once_a_type() -> None:
    for types in GLOSSARY.values():
        for facts, words in types.values():
            assert len(set(facts)) == len(facts)
            assert len(set(words)) == len(words)


def test_a_type_of_a_newer_program_is_remembered_and_changes_nothing_else() -> None:
    before = given(opened()).state
    after = evolve(before, Event("teleported", T0 + 60, {"clocks": [{"n": 1, "due_at": 0}], "level": 9}))
    assert after == before._replace(seq=2, unknown="teleported")


def test_nothing_is_built_upon_an_event_of_a_newer_program() -> None:
    state = given(opened(), Event("teleported", T0 + 60, {})).state
    with pytest.raises(BadConfig) as caught:
        guard_known(state)
    assert (caught.value.code, caught.value.facts) == ("event-unknown", {"number": 1, "type": "teleported"})
    guard_known(given(opened()).state)


def test_erased_words_leave_every_fact_in_its_place() -> None:
    scene = given(
        opened(channel="web", flags=("vip",)),
        did(talk.contact, hours(1), direction="out", text="x"),
        did(waiting.pause, hours(2), waiting_for="customer", text="photo"),
        did(ending.resolve, hours(3), text="done"),
    )
    erased = fold(1, [one._replace(words=None) for one in scene.history])
    assert erased == scene.state._replace(subject=None)


def test_a_clock_is_named_by_words_that_may_be_erased() -> None:
    change = {**a_clock("promise")._asdict()}
    del change["name"]
    [named] = clocks.apply((), [change], "call back")
    [erased] = clocks.apply((), [change], None)
    assert (named.name, erased.name) == ("call back", None)


def test_an_agreement_or_a_flag_is_part_of_what_a_case_is() -> None:
    scene = given(opened(flags=("crisis",)))
    assert scene.state.crisis
    assert not given(opened(flags=("vip",))).state.crisis
    assert scene.state.pause is None


def test_a_case_without_events_is_nothing() -> None:
    assert fold(9, []) == Case(9)


@pytest.mark.parametrize(
    ("by", "verdict", "left"), [(-1, "open", 1), (0, "breached", 0), (1, "breached", -1)]
)
def test_p39_a_second_before_at_and_after_the_limit(by: int, verdict: str, left: int) -> None:
    clock, now = a_clock(), T0 + hours(24) + by
    assert (clock.verdict_at(now), clock.left(now)) == (verdict, left)
    assert clock.breach(now) == (None if by < 0 else clock.due_at)


def test_a_paused_clock_stands_until_its_pause_ends() -> None:
    clock = a_clock()._replace(paused_at=T0, paused_until=T0 + hours(4), due_at=T0 + hours(28))
    seen = [(clock.state(T0 + hours(h)), clock.left(T0 + hours(h))) for h in (1, 3, 4, 5)]
    assert seen == [
        ("paused", hours(24)),
        ("paused", hours(24)),
        ("running", hours(24)),
        ("running", hours(23)),
    ]


def test_a_stopped_clock_shows_what_was_left_when_it_stopped() -> None:
    clock = a_clock()._replace(stopped_at=T0 + hours(25), verdict="breached")
    assert (clock.state(T0 + hours(30)), clock.left(T0 + hours(99))) == ("stopped", -hours(1))
    assert (clock.breach(T0 + hours(99)), clock.verdict_at(T0)) == (T0 + hours(24), "breached")


def test_a_void_clock_has_nothing_left_and_no_breach() -> None:
    clock = a_clock()._replace(stopped_at=T0 + hours(25), verdict="void")
    assert (clock.left(T0), clock.breach(T0 + hours(99))) == (None, None)


def test_clocks_due_at_one_instant_stand_in_a_fixed_order() -> None:
    mixed = ["promise", "outside", "level", "plan", "first-response", "next-update"]
    made = [a_clock(kind, n=n) for n, kind in enumerate(mixed, 1)]
    assert [clock.kind for clock in clocks.by_urgency(made)] == [
        "first-response",
        "plan",
        "level",
        "outside",
        "promise",
        "next-update",
    ]


def test_the_earliest_due_stands_first_and_what_stopped_nowhere() -> None:
    late = a_clock("level", hours(30), 1)
    soon = a_clock("next-update", hours(2), 2)
    gone = a_clock("plan", hours(1), 3)._replace(stopped_at=T0, verdict="met")
    assert clocks.by_urgency([late, soon, gone]) == [soon, late]


def test_the_last_change_is_known_by_time_seq_and_type() -> None:
    scene = given(opened(), until(hours(24)), did(talk.note, hours(30), text="x"))
    scene.stands(seq=3, changed_at=T0 + hours(24), changed_seq=2, changed_by="escalated")


def test_a_refusal_carries_its_code_and_its_facts() -> None:
    refusal = CstrackError("database-broken", path="/x")
    assert (str(refusal), refusal.status) == ("('database-broken', {'path': '/x'})", 1)
