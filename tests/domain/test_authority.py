"""The gate: what a level may grant, promise, offer or agree to; sums, and the regulator's cases."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from cstrack.domain.decide import authority, demands, ending, promises, remedies, talk
from cstrack.domain.decide.adopting import add_outside
from cstrack.domain.policy import Policy, default_policy
from cstrack.domain.remedy import Wanted
from cstrack.domain.staff import Person, Roster
from tests.support.rules import policy
from tests.support.spec import T0, ZONE, days, did, given, hours, opened

if TYPE_CHECKING:
    from tests.support.spec import Scene, Step

STAFF = Roster([Person("li"), Person("wang", level=2), Person("zhao", level=3)])
DEMAND = did(demands.add, 30, text="money back")
OFFERS: list[tuple[Any, dict[str, Any], str]] = [
    (talk.propose, {"text": "x", "by": T0 + days(2)}, "proposed"),
    (promises.promise, {"text": "x", "due": T0 + days(2)}, "promised"),
    (demands.answer, {"n": 1, "answer": "can"}, "demand-answered"),
]
GRANTS: list[tuple[Any, dict[str, Any], str]] = [
    (ending.agree, {"text": "x"}, "agreed"),
    (ending.resolve, {"text": "x", "anyway": True}, "resolved"),
]


def scene(*past: Step, by: Policy | None = None, **complaint: Any) -> Scene:
    """A case of a customer with one demand, at a desk with staff."""
    start = opened(**{"customer_number": 7, **complaint})
    return given(start, DEMAND, *past, policy=by, roster=STAFF)


def asked(code: str, amount: int, *, at: int = 60, who: str = "li", **more: Any) -> Step:
    return did(remedies.ask, at, wanted=Wanted(code, amount), who=who, **more)


# --- what names a remedy ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("order", "words", "type_"), OFFERS)
def test_an_offer_within_authority_is_recorded_and_grants_nothing(order: Any, words: Any, type_: str) -> None:
    told = scene().when(order, 60, **words, remedy=Wanted("voucher", 20_000))
    told.then(type_, remedy="voucher", amount=20_000, liability=False, r=None)
    assert told.state.remedies == ()


@pytest.mark.parametrize(("order", "words", "type_"), GRANTS)
def test_agreeing_and_resolving_grant_what_they_name(order: Any, words: Any, type_: str) -> None:
    told = scene().when(order, 60, **words, remedy=Wanted("voucher", 5_000, liability=True))
    told.then("remedy-granted", type_, r=1, remedy="voucher", amount=5_000, liability=True)
    [one] = told.state.remedies
    assert (one.state, one.settled_by, one.liability) == ("granted", "li", True)


@pytest.mark.parametrize(("order", "words", "_type"), [*OFFERS, *GRANTS])
def test_above_authority_it_is_refused_at_once(order: Any, words: Any, _type: str) -> None:
    told = scene().when(order, 60, **words, remedy=Wanted("refund", 2_000_000))
    told.refused("remedy-above-authority", remedy="refund", needs=3, level=1, alone=3, r=None, staffed=True)


@pytest.mark.parametrize(("order", "words", "type_"), [*OFFERS, *GRANTS])
def test_a_granted_remedy_is_named_by_its_number_and_counts_once(order: Any, words: Any, type_: str) -> None:
    told = scene(asked("refund", 2_000_000, who="zhao")).when(order, 120, **words, remedy=Wanted(number=1))
    told.then(type_, r=1, remedy="refund", amount=2_000_000, liability=False)
    assert authority.sums(_draft(told)) == (2_000_000, 2_000_000)


@pytest.mark.parametrize(("order", "words", "_type"), [*OFFERS, *GRANTS])
def test_what_is_not_granted_or_not_there_is_not_named(order: Any, words: Any, _type: str) -> None:
    told = scene(asked("refund", 2_000_000)).when(order, 120, **words, remedy=Wanted(number=1))
    told.refused("remedy-not-granted", r=1, state="asked")
    told = scene().when(order, 120, **words, remedy=Wanted(number=9))
    told.refused("no-such-remedy-here", 3, number=1, r=9)


@pytest.mark.parametrize(("order", "words", "_type"), GRANTS)
def test_the_person_complained_about_grants_nothing_by_the_short_way(
    order: Any, words: Any, _type: str
) -> None:
    state = scene().state._replace(against="li")
    told = given(state, roster=STAFF).when(order, 60, **words, remedy=Wanted("voucher", 5_000))
    told.refused("remedy-against", who="li")


def test_what_is_refused_leaves_the_case_as_it_was() -> None:
    before = scene()
    before.when(ending.agree, 60, text="x", remedy=Wanted("refund", 1)).refused("remedy-above-authority")
    before.stands(status="open", remedies=())


# --- sums ---------------------------------------------------------------------------------------------------


def test_what_was_granted_in_the_case_counts_whoever_granted_it() -> None:
    told = scene(asked("voucher", 15_000, who="zhao")).when(
        remedies.ask, 120, wanted=Wanted("voucher", 5_001)
    )
    told.then("remedy-asked", needs=2, case_sum=15_000, customer_sum=15_000)
    told = scene(asked("voucher", 15_000)).when(remedies.ask, 120, wanted=Wanted("voucher", 5_000))
    told.then("remedy-granted", needs=1)


def test_what_the_customer_was_granted_elsewhere_counts() -> None:
    told = scene().when(remedies.ask, 60, wanted=Wanted("voucher", 5_001), elsewhere=15_000)
    told.then("remedy-asked", needs=2, case_sum=0, customer_sum=15_000)
    told = scene().when(
        talk.propose, 60, text="x", by=T0 + days(2), remedy=Wanted("voucher", 5_001), elsewhere=15_000
    )
    told.refused("remedy-above-authority", customer_sum=15_000, days=90, needs=2, alone=1)


def test_without_a_customer_only_the_case_counts() -> None:
    told = scene(customer_number=None).when(
        remedies.ask, 60, wanted=Wanted("voucher", 5_001), elsewhere=15_000
    )
    told.then("remedy-granted", customer_sum=None)


@pytest.mark.parametrize(("length", "sums"), [(90, (15_000, 0)), (91, (15_000, 15_000))])
def test_after_the_days_only_the_case_still_counts(length: int, sums: tuple[int, int]) -> None:
    by = policy({"authority": {"days": length}})
    old = scene(asked("voucher", 15_000), by=by).when(remedies.ask, 60 + days(90), wanted=Wanted("apology"))
    facts = old.accepted().events[-1].facts
    assert (facts["case_sum"], facts["customer_sum"]) == sums


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_what_was_not_granted_does_not_count(end: str) -> None:
    who = {"reject": "zhao", "withdraw": "li"}[end]
    gone = scene(asked("voucher", 300_000), did(getattr(remedies, end), 120, who=who, r=1, text="x"))
    gone.when(remedies.ask, 180, wanted=Wanted("voucher", 20_000)).then("remedy-granted", case_sum=0)


def test_what_waits_does_not_count_and_what_is_paid_does() -> None:
    waits = scene(asked("voucher", 300_000))
    waits.when(remedies.ask, 120, wanted=Wanted("voucher", 20_000)).then("remedy-granted", case_sum=0)
    paid = scene(asked("voucher", 15_000), did(remedies.pay, 120, r=1, receipt="x"))
    paid.when(remedies.ask, 180, wanted=Wanted("voucher", 5_001)).then("remedy-asked", case_sum=15_000)


def test_a_store_has_an_authority_of_its_own() -> None:
    level = {"1": {"authority": {"remedies": ["voucher"], "amount": 100}}}
    by = policy({"stores": {"east": {"levels": level, "authority": {"days": 30}}}})
    there = given(scene(by=by).state._replace(store="east"), policy=by, roster=STAFF)
    there.when(remedies.ask, 60, wanted=Wanted("voucher", 101)).then("remedy-asked", needs=2, most=100)


AMOUNTS = (7_000, 9_000, 13_000)


@pytest.mark.parametrize("amounts", list(permutations((7_000, 9_000, 13_000))))
def test_in_whatever_order_the_front_line_never_grants_more_than_its_sum(amounts: tuple[int, ...]) -> None:
    for kinds in product("grap", repeat=3):
        told = scene()
        for at, (kind, amount) in enumerate(zip(kinds, amounts, strict=True)):
            told = _tried(told, kind, amount, hours(1) + at * 60)
        assert 0 < _granted(told) <= 20_000, kinds


@drawn(
    st.lists(
        st.tuples(
            st.sampled_from(["li", "wang"]), st.sampled_from("grap"), st.integers(0, 600_000), st.booleans()
        ),
        max_size=12,
    )
)
def test_in_whatever_order_no_level_takes_a_case_above_its_sum(
    steps: list[tuple[str, str, int, bool]],
) -> None:
    most = {"li": 20_000, "wang": 500_000}
    told = scene()
    for at, (who, kind, amount, liability) in enumerate(steps):
        before = _granted(told)
        told = _tried(told, kind, amount, hours(1) + at * 60, who=who, liability=liability)
        assert _granted(told) == before or not amount or _granted(told) <= most[who]


def _tried(
    told: Scene, kind: str, amount: int, at: int, *, who: str = "li", liability: bool = False
) -> Scene:
    """Try one of the ways in which something is granted; a refusal leaves the case as it was."""
    wanted = Wanted("voucher", amount, liability)
    if kind == "p":
        asked_for = told.when(remedies.ask, at, who="nobody" if who == "li" else "li", wanted=wanted)
        after = asked_for if asked_for.refusal else _approved(asked_for, at, who)
    elif kind == "g":
        after = told.when(remedies.ask, at, who=who, wanted=wanted)
    else:
        order = ending.agree if kind == "a" else ending.resolve
        words = {"text": "x"} if kind == "a" else {"text": "x", "anyway": True}
        after = told.when(order, at, who=who, remedy=wanted, **words)
    return told if after.refusal else after


def _approved(told: Scene, at: int, who: str) -> Scene:
    one = told.state.remedies[-1]
    after = told.when(remedies.approve, at, who=who, r=one.number, text="x") if one.waits else told
    return told if after.refusal else after


def _granted(told: Scene, who: str | None = None) -> int:
    counted = (one for one in told.state.remedies if one.counts and who in (None, one.settled_by))
    return sum(one.amount for one in counted)


def _draft(told: Scene) -> Any:
    from cstrack.domain.decide.draft import Context, Draft

    return Draft(told.state, Context(T0 + 120, T0 + 120, "li", default_policy(ZONE), ZONE, roster=STAFF))


# --- a regulator's case -------------------------------------------------------------------------------------


def regulators(*past: Step, **more: Any) -> Scene:
    return scene(*past, channel="regulator", **more)


def test_in_a_regulators_case_no_goodwill_above_the_standard_is_granted() -> None:
    told = regulators()
    told.when(remedies.ask, 60, wanted=Wanted("voucher", 5_000), who="zhao").refused(
        "remedy-above-standard", number=1, remedy="voucher"
    )
    told.when(remedies.ask, 60, wanted=Wanted("redo", 5_000)).then("remedy-granted")
    told.when(remedies.ask, 60, wanted=Wanted("apology")).then("remedy-granted")


def test_what_is_owed_is_granted_there_within_authority() -> None:
    owed = Wanted("compensation", 100_000, liability=True)
    regulators().when(remedies.ask, 60, wanted=owed, who="zhao").then("remedy-granted", liability=True)
    regulators().when(remedies.ask, 60, wanted=owed).then("remedy-asked", needs=3)


@pytest.mark.parametrize(("order", "words", "_type"), [*OFFERS, *GRANTS])
def test_nor_is_it_offered_or_agreed_there(order: Any, words: Any, _type: str) -> None:
    told = regulators().when(order, 60, who="zhao", **words, remedy=Wanted("refund", 100))
    told.refused("remedy-above-standard")


@pytest.mark.parametrize("body", ["12315", "12345", "MIIT"])
def test_an_outside_body_makes_it_a_regulators_case_also_for_what_waits(body: str) -> None:
    wrote = did(add_outside, 120, body=body, ref=None, received_at=T0 + 100, limit="9d")
    told = scene(asked("refund", 100), wrote)
    told.when(remedies.approve, 180, who="zhao", r=1, text="x").refused("remedy-above-standard")
    told.when(remedies.reject, 180, who="zhao", r=1, text="x").then("remedy-rejected")


def test_another_body_does_not() -> None:
    wrote = did(add_outside, 120, body="cfpb", ref=None, received_at=T0 + 100, limit="9d")
    scene(asked("refund", 100), wrote).when(remedies.approve, 180, who="zhao", r=1, text="x").accepted()


# --- signed papers ------------------------------------------------------------------------------------------


def test_the_policy_says_above_which_sum_a_signed_paper_is_asked_for() -> None:
    state = scene().state
    assert authority.signed_above(default_policy(ZONE), state) == 500_000
    assert authority.signed_above(policy({"agreements": {"signed_above": None}}), state) is None
    before = {key: value for key, value in default_policy(ZONE).data.items() if key != "agreements"}
    assert authority.signed_above(Policy(before), state) is None
