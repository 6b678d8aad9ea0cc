"""Remedies: asked for, granted, rejected, taken back, paid; who may, and who may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.decide import ending, flags, levels, remedies
from cstrack.domain.remedy import Remedy, Wanted
from cstrack.domain.staff import Person, Roster
from tests.support.rules import policy
from tests.support.spec import T0, days, did, given, hours, minutes, opened

if TYPE_CHECKING:
    from tests.support.spec import Scene, Step

STAFF = Roster(
    [Person("li"), Person("han"), Person("wang", level=2), Person("zhou", level=2), Person("zhao", level=3)]
)
VOUCHER, REFUND = Wanted("voucher", 5_000), Wanted("refund", 2_000_000)


def asked(wanted: Wanted = REFUND, at: int = hours(1), **more: Any) -> Step:
    return did(remedies.ask, at, wanted=wanted, **more)


def scene(*past: Step, **complaint: Any) -> Scene:
    """A case of a customer at a desk with staff."""
    return given(opened(**{"customer_number": 7, **complaint}), *past, roster=STAFF)


# --- asked for ----------------------------------------------------------------------------------------------


def test_within_ones_authority_it_is_granted_at_once() -> None:
    told = scene().when(remedies.ask, 60, wanted=VOUCHER, text="he waited for hours")
    told.then("remedy-granted", r=1, remedy="voucher", amount=5_000, liability=False, needs=1, who="li")
    assert dict(told.events[0].facts) == {
        "r": 1,
        "remedy": "voucher",
        "amount": 5_000,
        "liability": False,
        "needs": 1,
        "level": 1,
        "most": 20_000,
        "case_sum": 0,
        "customer_sum": 0,
        "who": "li",
        "policy": "dealer v1",
    }
    assert told.events[0].words == {"text": "he waited for hours"}
    at = T0 + 60
    told.stands(remedies=(Remedy(1, "voucher", 5_000, False, 1, "granted", "li", at, "li", at),))


def test_above_it_waits_for_the_level_that_may_with_a_clock() -> None:
    told = scene().when(remedies.ask, 60, wanted=REFUND)
    told.then("remedy-asked", r=1, remedy="refund", amount=2_000_000, needs=3, level=1, most=20_000, who="li")
    told.running("approval", due=days(1) + 60, since=60)
    clock = told.clock("approval")
    assert (clock.name, clock.limit) == ("R-1 refund", "24h")
    told.stands(remedies=(Remedy(1, "refund", 2_000_000, False, 3, "asked", "li", T0 + 60, clock=clock.n),))


def test_the_sum_alone_can_need_a_higher_level() -> None:
    scene().when(remedies.ask, 60, wanted=Wanted("voucher", 20_001)).then("remedy-asked", needs=2)
    scene().when(remedies.ask, 60, wanted=Wanted("voucher", 20_000)).then("remedy-granted", needs=1)
    scene().when(remedies.ask, 60, wanted=Wanted("voucher", 500_001)).then("remedy-asked", needs=3)


def test_who_asks_is_judged_by_their_own_level_and_not_by_the_case() -> None:
    up = did(levels.escalate, 60, text="x", to=3, who="zhao")
    scene(up).when(remedies.ask, 120, wanted=REFUND).then("remedy-asked", needs=3, level=1)
    scene().when(remedies.ask, 60, wanted=REFUND, who="zhao").then("remedy-granted", level=3)


def test_where_there_is_no_staff_the_level_of_the_case_counts() -> None:
    bare = given(opened())
    bare.when(remedies.ask, 60, wanted=REFUND).then("remedy-asked", needs=3, level=1)
    up = given(opened(), did(levels.escalate, 60, text="x", to=3))
    up.when(remedies.ask, 120, wanted=REFUND).then("remedy-granted", level=3)


def test_a_level_above_the_highest_of_the_policy_is_that_one() -> None:
    far = given(opened(), roster=Roster([Person("li", level=9)]))
    far.when(remedies.ask, 60, wanted=REFUND).then("remedy-granted", level=3)


def test_what_costs_nothing_is_granted_whatever_was_granted_before() -> None:
    much = scene(asked(Wanted("refund", 9_000_000), who="zhao"))
    much.when(remedies.ask, hours(2), wanted=Wanted("apology")).then("remedy-granted", needs=1, amount=0)


def test_a_desk_without_such_a_clock_waits_without_one() -> None:
    by = policy(without=("clocks.approval",))
    told = given(opened(), policy=by).when(remedies.ask, 60, wanted=REFUND).then("remedy-asked")
    assert told.state.remedies[0].clock is None
    told.when(remedies.withdraw, 120, r=1, text="x").then("remedy-withdrawn")


def test_what_the_person_complained_about_asks_for_waits_for_somebody_else() -> None:
    state = scene().state._replace(against="wang")
    told = given(state, roster=STAFF).when(remedies.ask, 60, wanted=VOUCHER, who="wang")
    told.then("remedy-asked", needs=1, level=2)
    then = given(told.state, roster=STAFF)
    then.when(remedies.approve, 120, who="li", r=1, text="right").then("remedy-granted")


def test_going_up_and_resolving_anyway_keep_what_waits() -> None:
    told = scene(asked(), did(levels.escalate, hours(2), text="x"))
    told.running("approval", due=hours(25), since=hours(1))
    told = told.when(ending.resolve, hours(3), text="x", anyway=True).then("resolved", undecided=[1])
    told.running("approval", due=hours(25)).when(
        remedies.approve, hours(4), who="zhao", r=1, text="x"
    ).accepted()


def test_nobody_may_grant_what_the_policy_lets_nobody_grant() -> None:
    own = {"levels": {"1": {"authority": {"remedies": ["voucher"], "amount": 100}}}}
    told = given(opened(), policy=policy(own, without=("levels.2", "levels.3")))
    told.when(remedies.ask, 60, wanted=Wanted("voucher", 101)).refused(
        "remedy-beyond-policy", top=1, alone=None
    )
    told.when(remedies.ask, 60, wanted=Wanted("refund")).refused("remedy-beyond-policy", remedy="refund")
    once = told.when(remedies.ask, 60, wanted=Wanted("voucher", 60)).accepted()
    once.when(remedies.ask, 61, wanted=Wanted("voucher", 60)).refused("remedy-beyond-policy", alone=1)


# --- decided ------------------------------------------------------------------------------------------------


def test_somebody_of_the_level_approves_it_in_time() -> None:
    told = scene(asked()).when(remedies.approve, hours(2), who="zhao", r=1, text="third repair")
    told.then("remedy-granted", r=1, remedy="refund", amount=2_000_000, needs=3, level=3, who="zhao")
    told.stopped("approval", "met", hours(2))
    [one] = told.state.remedies
    assert (one.state, one.asked_by, one.asked_at) == ("granted", "li", T0 + hours(1))
    assert (one.settled_by, one.settled_at) == ("zhao", T0 + hours(2))
    assert told.events[0].words == {"text": "third repair"}


def test_approved_late_the_clock_is_breached() -> None:
    late = scene(asked()).when(remedies.approve, hours(25), who="zhao", r=1, text="x").events
    assert late[-1].type == "remedy-granted"
    scene(asked()).when(remedies.approve, hours(25), who="zhao", r=1, text="x").stopped(
        "approval", "breached"
    )


def test_somebody_of_the_level_rejects_it() -> None:
    told = scene(asked()).when(remedies.reject, hours(2), who="zhao", r=1, text="not our fault")
    told.then("remedy-rejected", r=1, who="zhao").stopped("approval", "met", hours(2))
    assert (told.state.remedies[0].state, told.state.remedies[0].settled_by) == ("rejected", "zhao")


def test_who_asked_takes_it_back() -> None:
    told = scene(asked()).when(remedies.withdraw, hours(2), r=1, text="he wants a repair")
    told.then("remedy-withdrawn", r=1, who="li").stopped("approval", "void", hours(2))
    assert told.state.remedies[0].state == "withdrawn"
    late = scene(asked()).when(remedies.withdraw, hours(25), r=1, text="x")
    late.accepted().stopped("approval", "breached")


@pytest.mark.parametrize("order", [remedies.approve, remedies.reject])
def test_who_asks_does_not_decide(order: Any) -> None:
    told = scene(asked(who="zhao", wanted=REFUND)).when(order, hours(2), who="zhao", r=1, text="x")
    told.refused("remedy-decided", r=1, state="granted")
    own = scene(asked()).when(order, hours(2), r=1, text="x")
    own.refused("remedy-own", number=1, r=1, needs=3)


def test_who_asked_and_rose_still_does_not_decide() -> None:
    risen = Roster([Person("li", level=3), Person("zhao", level=3)])
    told = given(scene(asked()).state, roster=risen).when(remedies.approve, hours(2), r=1, text="x")
    told.refused("remedy-own")


def test_a_level_that_may_not_grant_it_does_not_decide() -> None:
    told = scene(asked()).when(remedies.approve, hours(2), who="wang", r=1, text="x")
    told.refused("remedy-above-authority", number=1, r=1, remedy="refund", needs=3, level=2, staffed=True)
    told = scene(asked()).when(remedies.reject, hours(2), who="wang", r=1, text="x")
    told.refused("remedy-reject-above", r=1, needs=3, level=2)


def test_without_staff_the_case_goes_up_first() -> None:
    told = given(opened(), asked()).when(remedies.approve, hours(2), who="wang", r=1, text="x")
    told.refused("remedy-above-authority", level=1, needs=3, staffed=False)
    up = given(opened(), asked(), did(levels.escalate, hours(2), text="x", to=3))
    up.when(remedies.approve, hours(3), who="wang", r=1, text="x").then("remedy-granted", level=3)


def test_a_policy_with_fewer_levels_lets_its_highest_say_no() -> None:
    one = policy(without=("levels.2", "levels.3"))
    fewer = given(scene(asked()).state, policy=one, roster=STAFF)
    fewer.when(remedies.approve, hours(2), who="han", r=1, text="x").refused("remedy-beyond-policy")
    fewer.when(remedies.reject, hours(2), who="han", r=1, text="x").then("remedy-rejected")


@pytest.mark.parametrize("order", [remedies.approve, remedies.reject])
def test_the_person_complained_about_does_not_decide(order: Any) -> None:
    state = scene(asked()).state._replace(against="zhao")
    told = given(state, roster=STAFF).when(order, hours(2), who="zhao", r=1, text="x")
    told.refused("remedy-against", number=1, who="zhao")


def test_sums_are_judged_again_when_it_is_approved() -> None:
    two = scene(asked(Wanted("voucher", 300_000)), asked(Wanted("voucher", 300_000), at=hours(1) + 1))
    once = two.when(remedies.approve, hours(2), who="wang", r=1, text="x").accepted()
    again = once.when(remedies.approve, hours(3), who="wang", r=2, text="x")
    again.refused("remedy-above-authority", needs=3, alone=2, level=2, case_sum=300_000)
    once.when(remedies.approve, hours(3), who="zhao", r=2, text="x").then("remedy-granted", needs=3)


@pytest.mark.parametrize("end", [remedies.approve, remedies.reject])
@pytest.mark.parametrize("order", [remedies.approve, remedies.reject, remedies.withdraw])
def test_what_is_decided_stays_decided(end: Any, order: Any) -> None:
    done = scene(asked(), did(end, hours(2), who="zhao", r=1, text="x"))
    done.when(order, hours(3), who="li", r=1, text="x").refused("remedy-decided", r=1, who="zhao")


def test_somebody_else_does_not_take_it_back() -> None:
    told = scene(asked()).when(remedies.withdraw, hours(2), who="han", r=1, text="x")
    told.refused("remedy-not-yours", r=1, who="li")


@pytest.mark.parametrize("order", [remedies.approve, remedies.reject, remedies.withdraw])
def test_a_number_that_the_case_does_not_have_is_not_found(order: Any) -> None:
    scene(asked()).when(order, hours(2), who="zhao", r=2, text="x").refused("no-such-remedy-here", 3, r=2)


@pytest.mark.parametrize("order", [remedies.approve, remedies.reject, remedies.withdraw])
def test_nothing_is_decided_before_it_was_asked_for(order: Any) -> None:
    told = scene(asked()).when(order, minutes(30), typed=hours(2), who="zhao", r=1, text="x")
    told.refused("remedy-before-asked", asked_at=T0 + hours(1))


@pytest.mark.parametrize(("at", "code"), [(hours(2), "time-in-future"), (-60, "time-before-opening")])
def test_a_remedy_was_asked_for_since_the_opening(at: int, code: str) -> None:
    scene().when(remedies.ask, at, typed=60, wanted=VOUCHER).refused(code)


# --- what waits holds the end -------------------------------------------------------------------------------


def test_what_waits_holds_resolving_and_closing() -> None:
    told = scene(asked())
    told.when(ending.resolve, hours(2), text="x").refused(
        "resolve-remedy-waiting", r=1, remedy="refund", needs=3
    )
    told.when(ending.close, hours(2), outcome="withdrawn").refused("close-remedy-waiting", r=1)
    anyway = scene(asked(), did(ending.resolve, hours(2), text="x", anyway=True))
    anyway.when(ending.close, hours(3), outcome="satisfied").refused("close-remedy-waiting", r=1)
    done = did(remedies.withdraw, hours(3), r=1, text="x")
    anyway = scene(asked(), did(ending.resolve, hours(2), text="x", anyway=True), done)
    anyway.when(ending.close, hours(4), outcome="satisfied").then("closed")


def test_a_closed_case_gets_no_remedy() -> None:
    closed = scene(did(ending.close, 60, outcome="withdrawn"))
    closed.when(remedies.ask, 120, wanted=VOUCHER).refused("case-closed")


# --- paid ---------------------------------------------------------------------------------------------------


def test_d34_what_was_granted_is_paid_once_on_a_closed_case_too() -> None:
    granted = scene(asked(VOUCHER, at=60))
    told = granted.when(remedies.pay, 120, r=1, receipt="2026-118").then("remedy-paid", r=1)
    assert told.events[0].words == {"receipt": "2026-118"}
    assert (told.state.remedies[0].state, told.state.remedies[0].paid_at) == ("paid", T0 + 120)
    told.when(remedies.pay, 180, r=1, receipt="x").refused("remedy-paid-already", r=1, paid_at=T0 + 120)
    closed = scene(asked(VOUCHER, at=60), did(ending.close, 120, outcome="withdrawn"))
    closed.when(remedies.pay, 180, r=1, receipt="x").then("remedy-paid")
    merged = given(granted.state._replace(status="merged"), roster=STAFF)
    merged.when(remedies.pay, 180, r=1, receipt="x").then("remedy-paid")


def test_only_what_is_granted_is_paid_and_not_before() -> None:
    scene(asked()).when(remedies.pay, hours(2), r=1, receipt="x").refused("remedy-not-granted", state="asked")
    scene().when(remedies.pay, hours(2), r=1, receipt="x").refused("no-such-remedy-here", 3)
    early = scene(asked(VOUCHER)).when(remedies.pay, 60, typed=hours(2), r=1, receipt="x")
    early.refused("remedy-paid-before", granted_at=T0 + hours(1))
    scene(asked(VOUCHER)).when(remedies.pay, hours(2), typed=hours(1), r=1, receipt="x").refused(
        "time-in-future"
    )


def test_a_crisis_leaves_an_approval_as_it_is() -> None:
    scene(asked(), did(flags.flag, hours(2), flag="crisis")).running("approval", due=hours(25))
