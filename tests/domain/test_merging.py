"""Two cases of one matter: the one ends without a verdict, the other goes on with all that was owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.case import Case
from cstrack.domain.decide import (
    adopting,
    demands,
    ending,
    flags,
    levels,
    merging,
    people,
    promises,
    remedies,
    talk,
    tasks,
    waiting,
)
from cstrack.domain.errors import Refused
from cstrack.domain.remedy import Wanted
from cstrack.domain.staff import Person, Roster
from tests.support.rules import policy
from tests.support.spec import T0, Scene, days, did, given, hours, minutes, opened, together

if TYPE_CHECKING:
    from tests.support.spec import Step

AT = hours(6)


def first(*more: Step, at: int = 0, **words: Any) -> Scene:
    """The case that ends: C-1."""
    return given(Case(1), opened(at, channel="web", **words), *more)


def second(*more: Step, at: int = 0, **words: Any) -> Scene:
    """The case that goes on: C-2."""
    return given(Case(2), opened(at, channel="web", **words), *more)


def merge(one: Scene, other: Scene, at: int = AT, **words: Any) -> tuple[Scene, Scene]:
    return together(merging.merge, one, other, at, **{"text": "he wrote twice", "names": {}, **words})


def test_the_one_ends_and_its_clocks_are_void() -> None:
    source, target = merge(first(at=hours(1)), second())
    source.then("merged", into=2).stands(status="merged", merged_into=2, owner="li", level=1)
    assert source.state.closed_at == T0 + AT
    assert {clock.verdict for clock in source.state.clocks} == {"void"}
    target.then("absorbed", case=1).stands(status="open", absorbed=(1,))


def test_d26_the_other_keeps_the_earliest_receipt_and_clock_by_clock_the_earlier_due() -> None:
    _source, target = merge(first(), second(at=hours(2)))
    target.stands(opened_at=T0, cycle_at=T0)
    for kind, due in (("first-response", 24), ("plan", 24), ("level", 24), ("total", 72)):
        target.running(kind, due=hours(due), since=hours(2))


def test_d26_what_is_due_earlier_here_stays() -> None:
    _source, target = merge(first(at=hours(2)), second())
    target.then("absorbed").running("level", due=hours(24)).stands(opened_at=T0)
    assert "clocks" not in target.events[-1].facts


def test_what_was_late_there_is_late_here() -> None:
    late = merge(first(), second(at=hours(23)), hours(25))[1]
    late.running("first-response", due=hours(24))
    assert late.clock("first-response").verdict_at(T0 + hours(25)) == "breached"


def test_what_was_answered_here_is_answered() -> None:
    answered = second(did(talk.contact, hours(1), direction="out", text="x"))
    merge(first(), answered)[1].stopped("first-response", "met", hours(1))


def test_the_higher_level_of_both_is_reached_by_a_step_and_keeps_its_due_time() -> None:
    up = first(did(levels.escalate, hours(1), text="x", to=3))
    _source, target = merge(up, second())
    target.then("escalated", "absorbed", case=1).running("level", due=hours(73))
    assert target.events[0].facts["why"] == "merge"
    assert target.events[0].facts["from_case"] == 1
    assert target.events[0].cause == "person"
    target.stands(level=3)


def test_who_answers_at_the_higher_level_answers_for_both() -> None:
    from cstrack.domain.decide import people

    up = first(did(levels.escalate, hours(1), text="x"), did(people.assign, hours(2), owner="wang"))
    _source, target = merge(up, second())
    target.stands(owner="wang", handler="li", level=2)


def test_a_higher_level_here_stays() -> None:
    _source, target = merge(first(), second(did(levels.escalate, hours(1), text="x")))
    target.then("absorbed").stands(level=2).running("level", due=hours(24))


def test_a_limit_that_had_run_out_at_the_top_is_marked_and_not_again() -> None:
    def top() -> Step:
        return did(levels.escalate, hours(1), text="x", to=3)

    late, new = first(top()), second(did(levels.escalate, hours(70), text="x", to=3), at=hours(70))
    source, target = merge(late, new, hours(80))
    assert [event.type for event in source.events] == ["limit-passed", "merged"]
    assert target.clock("level").breached_at == T0 + hours(73)
    assert target.when(lambda _draft: None, hours(81)).accepted().events == []


def test_every_sign_is_taken_over_without_raising_the_level_anew() -> None:
    down = did(levels.deescalate, hours(2), text="x", to=1)
    _source, target = merge(first(down, flags=("legal",)), second())
    target.then("flagged", "absorbed").stands(flags=("legal",), level=1)


def test_a_crisis_ends_the_pause() -> None:
    waits = second(did(waiting.pause, hours(1), waiting_for="customer"))
    _source, target = merge(first(did(flags.flag, hours(1), flag="crisis")), waits)
    target.then("resumed", "flagged", "escalated", "absorbed").stands(status="open", level=3)
    assert target.state.crisis


def test_a_case_that_waits_is_taken_up_before_it_is_merged() -> None:
    waits = first(did(waiting.pause, hours(2), waiting_for="supplier"))
    source, target = merge(waits, second(at=hours(1)))
    assert [event.type for event in source.events] == ["resumed", "merged"]
    target.running("level", due=hours(25))  # here the one that had waited four hours is the later one


def test_p16_what_comes_to_a_case_that_waits_waits_with_it() -> None:
    waits = second(did(waiting.pause, hours(5), waiting_for="supplier", until=T0 + hours(10)), at=hours(4))
    _source, target = merge(first(), waits)
    target.running("level", due=hours(24 + 4))
    clock = target.clock("level")
    assert (clock.paused_at, clock.paused_until) == (T0 + AT, T0 + hours(10))
    target.when(waiting.resume, hours(7)).accepted().running("level", due=hours(24 + 1))


def test_a_promise_lives_on_with_its_time_and_its_owner() -> None:
    words: dict[str, Any] = {"text": "call", "due": T0 + hours(9), "owner": "ma", "check": "he says so"}
    one = first(did(promises.promise, hours(1), **words))
    source, target = merge(one, second(did(promises.promise, hours(2), text="other", due=T0 + days(2))))
    source.stopped("promise", "void")
    target.then("absorbed", "promised", n=2, owner="ma", from_case=1)
    target.running("promise", due=hours(9), since=hours(1))
    assert (target.clock("promise").name, target.state.promises[1].check) == ("call", "he says so")
    kept = target.when(promises.keep, hours(8), n=2)
    kept.then("promise-kept").stopped("promise", "met", hours(8))


def test_a_promise_that_was_kept_stays_where_it_was() -> None:
    done = first(
        did(promises.promise, hours(1), text="call", due=T0 + hours(9)), did(promises.keep, hours(2), n=1)
    )
    merge(done, second())[1].then("absorbed")


def test_a_task_lives_on_and_still_holds_closing() -> None:
    words: dict[str, Any] = {
        "department": "parts",
        "called": "配件部",
        "due": T0 + hours(9),
        "text": "查库存",
    }
    _source, target = merge(first(did(tasks.give, hours(1), **words)), second())
    target.then("absorbed", "task-given", n=1, department="parts", from_case=1)
    target.running("task", due=hours(9), since=hours(1))
    assert target.clock("task").name == "配件部: 查库存"
    target.when(ending.resolve, hours(7), text="x").refused("resolve-task-open")


def test_demands_live_on_parked_ones_with_their_clock() -> None:
    one = first(
        did(demands.add, hours(1), text="new part"),
        did(demands.add, hours(1), text="money back"),
        did(demands.add, hours(1), text="an apology"),
        did(demands.answer, hours(2), n=1, answer="can"),
        did(demands.answer, hours(2), n=2, answer="parked", to="finance", until=T0 + days(2), text="asked"),
    )
    _source, target = merge(one, second(did(demands.add, hours(1), text="mine")))
    target.then("absorbed", "demand-added", "demand-answered", "demand-added")
    assert [(d.n, d.text, d.state, d.to) for d in target.state.demands] == [
        (1, "mine", "open", None),
        (2, "money back", "parked", "finance"),
        (3, "an apology", "open", None),
    ]
    target.running("demand", due=days(2), since=hours(2))
    assert target.clock("demand").name == "money back"


def test_letters_of_outside_bodies_live_on_with_their_number() -> None:
    words: dict[str, Any] = {"body": "12315", "ref": "A-77", "received_at": T0, "limit": "7d"}
    source, target = merge(first(did(adopting.add_outside, hours(1), **words)), second())
    source.stopped("outside", "void")
    target.then("absorbed", "outside-added", body="12315", ref="A-77", received_at=T0, from_case=1)
    target.running("outside", due=days(7), since=0)
    assert target.clock("outside").name == "12315"
    assert [(one.body, one.ref) for one in target.state.letters] == [("12315", "A-77")]
    target.when(ending.close, hours(8), outcome="withdrawn").refused("close-outside-unanswered")


def test_a_clock_of_a_policy_that_never_ran_here_runs_on() -> None:
    own = {"en": "answer", "zh": "答复", "limit": "10d", "starts": ["letter"], "stops": ["closed"]}
    rules = policy({"clocks": {"final": own}})
    words: dict[str, Any] = {"body": "12315", "ref": None, "received_at": T0, "limit": "7d"}
    one = given(Case(1), opened(channel="web"), did(adopting.add_outside, hours(1), **words), policy=rules)
    other = given(Case(2), opened(channel="web"), policy=rules)
    merge(one, other)[1].running("final", due=days(10), since=0)


def test_customer_and_product_are_taken_over_where_none_is_known() -> None:
    one = first(customer_number=3, product_number=4)
    merge(one, second())[1].stands(customer_number=3, product_number=4)
    merge(one, second(customer_number=3))[1].stands(customer_number=3, product_number=4)


def test_one_person_under_two_numbers_is_merged_when_said() -> None:
    one, other = first(customer_number=3), second(customer_number=5)
    names = {3: "张三", 5: "李四"}
    facts: dict[str, Any] = {
        "number": 1,
        "into": 2,
        "customer": 3,
        "name": "张三",
        "other": 5,
        "other_name": "李四",
    }
    merge(one, other, names=names)[0].refused("merge-customers", **facts)
    merge(one, other, names=names, anyway=True)[1].then("absorbed").stands(customer_number=5)


def test_two_that_are_carried_out_can_be_merged() -> None:
    done = did(ending.resolve, hours(2), text="x")
    _source, target = merge(first(done), second(done))
    target.then("absorbed").stands(status="resolved")


def test_p29_a_merged_case_never_escalates() -> None:
    source, _target = merge(first(), second())
    later = source.when(lambda _draft: None, days(30)).accepted()
    assert later.events == []
    assert later.state.running("level") is None


def test_nothing_is_ordered_on_a_merged_case() -> None:
    source, _target = merge(first(), second())
    source.when(levels.escalate, hours(7), text="x").refused("case-merged", number=1, into=2)
    source.when(ending.reopen, hours(7), text="x").refused("reopen-not-ended")
    source.when(talk.note, hours(7), text="x").then("noted")


def test_a_merged_case_is_offered_to_nobody() -> None:
    offered = given(first().state._replace(handed_to="wang", sent_to="east", unowned_since=T0))
    merge(offered, second())[0].stands(handed_to=None, sent_to=None, unowned_since=None)


@pytest.mark.parametrize("ended", ["source", "target"])
def test_what_is_closed_is_taken_up_first(ended: str) -> None:
    done = did(ending.close, hours(2), outcome="withdrawn")
    one, other = (first(done), second()) if ended == "source" else (first(), second(done))
    merge(one, other)[0].refused("case-closed", number=1 if ended == "source" else 2)


def test_what_is_merged_already_is_not_merged_again() -> None:
    gone, target = merge(first(), second())
    third = given(Case(3), opened())
    merge(gone, third, hours(7))[0].refused("case-merged", number=1, into=2)
    merge(third, gone, hours(7))[0].refused("case-merged", number=1, into=2)
    merge(target, third, hours(7))[0].then("merged", into=3).stands(absorbed=(1,))


def test_a_case_is_not_merged_with_itself() -> None:
    merge(first(), first())[0].refused("merge-itself", number=1)


def test_work_in_progress_is_not_merged_into_what_is_carried_out() -> None:
    done = second(did(ending.resolve, hours(2), text="x"))
    merge(first(), done)[0].refused("merge-resolved", number=2, source=1)


def test_a_complaint_is_not_merged_into_a_question() -> None:
    question = second(kind="inquiry")
    merge(first(), question)[0].refused("merge-other-way", number=1, into=2, lost="complaint")
    merge(question, first())[1].then("absorbed", case=2)


def test_a_case_of_a_regulator_is_not_merged_into_another() -> None:
    given_in = given(Case(1), opened(channel="regulator"))
    merge(given_in, second())[0].refused("merge-other-way", number=1, into=2, lost="regulator")


def test_what_waits_for_an_approval_is_settled_first() -> None:
    waits = first(did(remedies.ask, hours(1), wanted=Wanted("refund", 2_000_000)))
    merge(waits, second())[0].refused("merge-waits", number=1, waits="approval")


def test_nobody_gets_a_complaint_about_himself() -> None:
    about = given(first().state._replace(against="li"))
    merge(about, second())[0].refused("merge-against", number=2, source=1, who="li")
    merge(about, second(against="sun"))[0].refused("merge-against", number=2, source=1, who="li")
    other = given(second().state._replace(owner="wang", handler="ma"))
    merge(about, other)[1].stands(against="li")


def test_the_times_of_a_merge_are_those_of_any_change() -> None:
    changed = second(did(levels.escalate, hours(8), text="x"))
    merge(first(), changed)[0].refused("time-before-change", number=2)
    merge(first(at=minutes(10)), second(), minutes(5))[0].refused("time-before-opening", number=1)


def test_two_cases_are_linked_and_both_say_so() -> None:
    closed = first(did(ending.close, hours(2), outcome="withdrawn"))
    one, other = together(merging.link, closed, second(), AT, text="same batch")
    one.then("linked", case=2).stands(links=(2,), status="closed")
    other.then("linked", case=1).stands(links=(1,))
    assert other.events[-1].words == {"text": "same batch"}


def test_a_link_is_taken_away_by_an_entry_of_its_own() -> None:
    one, other = together(merging.link, first(), second(), AT)
    one, other = together(merging.link, other, one, hours(7), remove=True)
    one.then("unlinked", case=1).stands(links=())
    other.then("unlinked", case=2).stands(links=())


def test_what_a_link_is_refused_for() -> None:
    linked = together(merging.link, first(), second(), AT)
    together(merging.link, *linked, hours(7))[0].refused("link-there", number=1, to=2)
    together(merging.link, first(), second(), AT, remove=True)[0].refused("link-not-there", number=1, to=2)
    together(merging.link, first(), first(), AT)[0].refused("link-itself", number=1)
    assert isinstance(together(merging.link, first(), first(), AT)[1].refusal, Refused)


def _staffed(*seniors: Person) -> tuple[Scene, Scene]:
    """Two cases of Li's, the first complaining about Wang and at the second level with nobody there."""
    desk = Roster([Person("li"), *seniors])
    one = given(Case(1), opened(channel="web", against="wang"), roster=desk)
    other = given(Case(2), opened(channel="web"), roster=desk)
    return one.when(levels.escalate, hours(1), text="x").accepted(), other


def test_whom_the_first_complains_about_does_not_come_to_answer_for_the_second() -> None:
    source, target = _staffed(Person("wang", level=2))
    source.stands(owner=None, unowned_since=T0 + hours(1))
    merge(source, target)[1].stands(level=2, against="wang", owner=None, unowned_since=T0 + AT)


def test_a_case_that_rose_to_the_owner_of_the_other_waits_for_nobody() -> None:
    ma = Person("ma", level=2, on_duty=False)
    source, target = _staffed(ma, Person("wang", level=2))
    source = source.when(people.assign, hours(2), owner="ma").accepted()
    merge(source, target)[1].stands(level=2, owner="ma", unowned_since=None)


def test_a_name_that_somebody_said_stays_a_word_that_can_be_erased() -> None:
    _source, target = merge(first(against="张三的师傅"), second())
    absorbed = next(event for event in target.events if event.type == "absorbed")
    assert "against" not in absorbed.facts
    assert (absorbed.words or {})["against"] == target.state.against == "张三的师傅"


def test_what_was_granted_in_the_first_counts_in_the_sum_of_the_second() -> None:
    voucher = Wanted("voucher", 15_000)
    granted = did(remedies.ask, hours(1), wanted=voucher)
    _source, target = merge(first(granted), second())
    target.when(remedies.ask, hours(7), wanted=voucher).then("remedy-asked", case_sum=15_000, needs=2)
    third = given(Case(3), opened(channel="web"))
    again = merge(target, third, hours(7))[1]
    again.when(remedies.ask, hours(8), wanted=voucher).then("remedy-asked", case_sum=15_000)
