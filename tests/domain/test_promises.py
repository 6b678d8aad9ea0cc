"""What is said to the customer with a time: kept, missed, moved with his word, and never drifting."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, promises, waiting
from cstrack.domain.events import event
from cstrack.domain.staff import Person, Roster
from tests.support.rules import clock, limits, policy
from tests.support.spec import T0, Scene, days, did, follows, given, hours, opened

DUE = T0 + hours(6)
CALL = "回电说明配件到货"
PROMISED = did(promises.promise, hours(1), text=CALL, due=DUE, owner="ma", check="customer confirms")


def scene(*more: Any) -> Scene:
    """A case with one promise, and what came after it."""
    return given(opened(), PROMISED, *more)


def test_a_promise_is_a_clock_named_by_its_words() -> None:
    made = scene().running("promise", due=hours(6), since=hours(1))
    assert (made.clock("promise").name, made.clock("promise").limit) == (CALL, "")
    [duty] = made.state.promises
    assert (duty.n, duty.who, duty.check, duty.ended) == (1, "ma", "customer confirms", None)


def test_d02_what_is_promised_stands_in_the_words_and_in_no_fact() -> None:
    told = given(opened()).when(promises.promise, 60, text=CALL, due=DUE, check="sees it")
    [made] = told.then("promised", n=1, owner="li").events
    assert made.words == {"name": CALL, "check": "sees it"}
    assert CALL not in repr(made.facts)
    assert "sees it" not in repr(made.facts)


def test_whoever_promises_owns_it_unless_somebody_is_named() -> None:
    told = given(opened()).when(promises.promise, 60, text=CALL, due=DUE, who="sun")
    told.then("promised", owner="sun")


def test_an_erased_promise_has_no_name_and_can_be_kept() -> None:
    change = {"n": 6, "kind": "promise", "cycle": 1, "level": 1, "limit": "", "calendar": "24x7"}
    bare = event(
        "case", "promised", T0, n=1, owner="li", clocks=[{**change, "started_at": T0, "due_at": DUE}]
    )
    told = given(opened(), bare)
    assert (told.clock("promise").name, told.state.promises[0].check) == (None, None)
    told.when(promises.keep, hours(2), n=1).then("promise-kept").stopped("promise", "met")


def test_kept_in_time_it_is_met() -> None:
    told = scene().when(promises.keep, hours(5), n=1, text="called")
    told.then("promise-kept", n=1).stopped("promise", "met", hours(5))
    assert told.state.promises[0].ended == "kept"


@pytest.mark.parametrize("at", [hours(6), hours(9)])
def test_kept_late_it_is_breached(at: int) -> None:
    scene().when(promises.keep, at, n=1).then("promise-kept").stopped("promise", "breached", at)


@pytest.mark.parametrize("at", [hours(2), hours(9)])
def test_missed_it_is_breached_even_before_its_time(at: int) -> None:
    told = scene().when(promises.miss, at, n=1, text="no part").then("promise-missed", n=1)
    told.stopped("promise", "breached", at)
    assert told.clock("promise").breach(T0 + days(1)) == T0 + min(at, hours(6))
    assert told.state.promises[0].ended == "missed"


def test_several_promises_keep_their_numbers() -> None:
    other = did(promises.promise, hours(2), text="letter", due=T0 + days(2))
    told = scene(other, did(promises.keep, hours(3), n=1)).when(promises.keep, hours(4), n=2)
    told.accepted()
    assert [(duty.n, duty.ended) for duty in told.state.promises] == [(1, "kept"), (2, "kept")]


def test_it_moves_when_the_customer_agrees_and_keeps_its_start() -> None:
    told = scene().when(promises.move, hours(2), n=1, due=T0 + days(2), agreed=True, text="he travels")
    told.then("promise-moved", n=1).running("promise", due=days(2), since=hours(1))
    assert told.events[0].words == {"text": "he travels"}
    told.when(promises.keep, days(1), n=1).accepted().stopped("promise", "met")


def test_p19_a_promise_does_not_drift_with_pauses() -> None:
    pause = did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(5))
    told = scene(pause).running("promise", due=hours(6))
    assert told.clock("promise").paused_until is None
    told.when(waiting.resume, hours(4)).accepted().running("promise", due=hours(6))


def test_p19_no_policy_lets_a_promise_wait() -> None:
    by = policy(clock("promise", pausable=["customer"]))
    pause = did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(5))
    given(opened(), PROMISED, pause, policy=by).running("promise", due=hours(6))


def test_a_new_policy_leaves_what_was_promised() -> None:
    scene(follows(policy(limits("2h", "3h", "4h")), hours(1.5))).running("promise", due=hours(6))


@pytest.mark.parametrize("end", [ending.agree, ending.resolve])
def test_d23_agreement_and_resolution_leave_it_running(end: Any) -> None:
    scene(did(end, hours(2), text="x")).running("promise", due=hours(6))


def test_closing_makes_what_still_runs_void_and_what_is_late_breached() -> None:
    scene(did(ending.close, hours(2), outcome="withdrawn")).stopped("promise", "void", hours(2))
    scene(did(ending.close, hours(7), outcome="withdrawn")).stopped("promise", "breached", hours(7))


def test_d34_on_a_closed_case_it_can_still_be_kept_or_missed() -> None:
    closed = scene(did(ending.close, hours(2), outcome="withdrawn"))
    closed.when(promises.keep, hours(3), n=1).then("promise-kept").stopped("promise", "met", hours(3))
    closed.when(promises.miss, hours(3), n=1, text="x").then("promise-missed").stopped("promise", "breached")


# --- refused ---


@pytest.mark.parametrize("due", [T0, T0 + 60])
def test_a_promise_in_the_past_is_refused(due: int) -> None:
    told = given(opened()).when(promises.promise, 60, text=CALL, due=due)
    told.refused("due-passed", number=1, due_at=due, at=T0 + 60)


def test_a_promise_moves_to_a_time_to_come() -> None:
    told = scene().when(promises.move, hours(2), n=1, due=T0 + hours(2), agreed=True, text="x")
    told.refused("due-passed")


def test_without_the_customers_word_it_does_not_move() -> None:
    told = scene().when(promises.move, hours(2), n=1, due=T0 + days(2), agreed=False, text="x")
    told.refused("promise-not-agreed", number=1, n=1)


def test_a_broken_promise_is_not_mended_by_another_time() -> None:
    told = scene().when(promises.move, hours(6), n=1, due=T0 + days(2), agreed=True, text="x")
    told.refused("promise-late", n=1, due_at=DUE)


def test_it_moves_to_another_time() -> None:
    told = scene().when(promises.move, hours(2), n=1, due=DUE, agreed=True, text="x")
    told.refused("promise-due-then", due_at=DUE)


@pytest.mark.parametrize("n", [0, 2])
def test_a_promise_that_was_not_made_is_not_found(n: int) -> None:
    scene().when(promises.keep, hours(2), n=n).refused("no-such-promise", 3, number=1, n=n, count=1)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (promises.keep, {}),
        (promises.miss, {"text": "x"}),
        (promises.move, {"due": T0 + days(2), "agreed": True, "text": "x"}),
    ],
)
def test_what_is_settled_stays_settled(order: Any, words: dict[str, Any]) -> None:
    settled = scene(did(promises.keep, hours(2), n=1))
    settled.when(order, hours(3), n=1, **words).refused("promise-settled", n=1, ended="kept")


def test_nothing_is_kept_before_it_was_promised() -> None:
    told = scene().when(promises.keep, hours(0.5), typed=hours(2), n=1)
    told.refused("time-before-said", made_at=T0 + hours(1))


def test_d34_a_closed_case_gets_no_promise_and_none_moves() -> None:
    closed = scene(did(ending.close, hours(2), outcome="withdrawn"))
    closed.when(promises.promise, hours(3), text="x", due=T0 + days(2)).refused("case-closed")
    told = closed.when(promises.move, hours(3), n=1, due=T0 + days(2), agreed=True, text="x")
    told.refused("case-closed")


def test_a_merged_case_has_its_promises_elsewhere() -> None:
    merged = scene().state._replace(status="merged")
    given(merged).when(promises.keep, hours(2), n=1).refused("case-merged")


@pytest.mark.parametrize(("at", "code"), [(hours(2), "time-in-future"), (-60, "time-before-opening")])
def test_a_promise_was_made_since_the_opening(at: int, code: str) -> None:
    told = given(opened()).when(promises.promise, at, typed=60, text="x", due=T0 + days(2))
    told.refused(code)


def test_the_owner_who_is_named_is_of_the_staff() -> None:
    desk = given(opened(), roster=Roster([Person("li"), Person("wang", level=2)]))
    words: dict[str, Any] = {"text": CALL, "due": DUE}
    desk.when(promises.promise, 60, owner="wnag", **words).refused("person-unknown", who="wnag", near="wang")
    desk.when(promises.promise, 60, owner="wang", **words).then("promised", owner="wang")
