"""Cases under the shipped policies: opened and taken further by the rules, due when the pages say."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain.case import Case
from cstrack.domain.decide.adopting import add_outside, answer_outside
from cstrack.domain.decide.draft import Context, Draft
from cstrack.domain.decide.extending import extend
from cstrack.domain.decide.opening import Complaint, open_case
from cstrack.domain.errors import Refused
from cstrack.domain.policy import Policy
from cstrack.store.policies import checked, presets

if TYPE_CHECKING:
    from collections.abc import Callable

CHINA, LONDON = "Asia/Shanghai", "Europe/London"


@cache
def policy(name: str, zone: str) -> Policy:
    return Policy(checked.check(presets.preset(name), name).mapping, zone)


class Desk:
    """A desk with one case; moments are local and read `2026-11-16 09:00`."""

    def __init__(self, name: str, zone: str) -> None:
        self.policy, self.zone = policy(name, zone), zone
        self.state = Case(1)

    def instant(self, moment: str) -> int:
        return int(dt.datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(self.zone)).timestamp())

    def does(self, order: Callable[..., None], moment: str, **words: Any) -> Desk:
        at = self.instant(moment)
        draft = Draft(self.state, Context(at, at, "li", self.policy, self.zone))
        order(draft, **words)
        self.state = draft.state
        return self

    def opens(self, moment: str, **words: Any) -> Desk:
        complaint = Complaint(**{"subject": "x", "taken_by": "li", **words})
        return self.does(lambda draft: open_case(draft, complaint), moment)

    def gets_letter(self, moment: str, *, reply_in: str = "10d") -> Desk:
        at = self.instant(moment)
        return self.does(add_outside, moment, body="12300", ref="A1", received_at=at, limit=reply_in)

    def due(self, kind: str) -> str | None:
        clock = self.state.running(kind)
        if clock is None:
            return None
        return dt.datetime.fromtimestamp(clock.due_at, ZoneInfo(self.zone)).strftime("%Y-%m-%d %H:%M")


# --- telecom


def test_a_local_complaint_at_the_hall_is_the_front_line_s_for_a_day_and_answered_in_15() -> None:
    desk = Desk("telecom", CHINA).opens("2026-11-16 09:00", channel="walk-in", category="tariff.bill")
    assert desk.state.level == 1
    assert (desk.due("level"), desk.due("user-answer")) == ("2026-11-17 09:00", "2026-12-01 09:00")
    assert desk.due("appeal-answer") is None


def test_a_call_to_the_group_is_over_the_head_and_met_in_two_hours() -> None:
    desk = Desk("telecom", CHINA).opens("2026-11-16 09:00", channel="headquarters")
    assert (desk.state.level, desk.state.flags) == (2, ("over-the-head",))
    assert (desk.due("first-response"), desk.due("next-update")) == ("2026-11-16 11:00", "2026-11-17 09:00")


def test_an_appeal_s_letter_starts_our_15_days_and_what_binds_the_centre() -> None:
    desk = Desk("telecom", CHINA).opens("2026-11-16 09:00", channel="appeal").gets_letter("2026-11-16 09:00")
    assert desk.state.level == 3
    assert (desk.due("outside"), desk.due("appeal-answer")) == ("2026-11-26 09:00", "2026-12-01 09:00")
    assert desk.due("appeal-acceptance") == "2026-11-23 09:00"
    assert desk.due("appeal-decision") == "2026-12-16 09:00"


def test_the_answer_to_the_centre_meets_ours_and_leaves_theirs() -> None:
    desk = Desk("telecom", CHINA).opens("2026-11-16 09:00", channel="appeal").gets_letter("2026-11-16 09:00")
    desk.does(answer_outside, "2026-11-20 16:00", ref="A1", body="12300", verdict=None)
    assert (desk.due("outside"), desk.due("appeal-answer")) == (None, None)
    assert desk.due("appeal-decision") == "2026-12-16 09:00"


def test_a_letter_in_a_case_that_is_no_appeal_has_only_its_own_date() -> None:
    desk = Desk("telecom", CHINA).opens("2026-11-16 09:00", channel="phone").gets_letter("2026-11-17 09:00")
    assert desk.due("outside") == "2026-11-27 09:00"
    assert (desk.due("appeal-answer"), desk.due("appeal-decision")) == (None, None)


# --- consumer-cn


def test_a_letter_of_12315_is_ours_by_its_date_and_theirs_by_working_days() -> None:
    """From Monday 28 September 2026: the holiday is 1 to 7 October, Saturday the 10th is worked."""
    desk = Desk("consumer-cn", CHINA).opens(
        "2026-09-28 10:00", channel="regulator", category="quality.defect"
    )
    desk.gets_letter("2026-09-28 10:00", reply_in="7d")
    assert desk.state.level == 3
    assert (desk.due("outside"), desk.due("acceptance")) == ("2026-10-05 10:00", "2026-10-13 10:00")
    assert desk.due("mediation") == "2026-12-04 10:00"


# --- fca


def test_a_complaint_on_friday_is_settled_by_wednesday_s_close_or_goes_up() -> None:
    desk = Desk("fca", LONDON).opens("2026-11-13 16:30", channel="phone", category="credit.card")
    assert desk.due("summary-resolution") == desk.due("level") == "2026-11-18 17:00"
    assert desk.due("final-response") == "2027-01-08 16:30"
    assert desk.due("payment-response") is None


def test_a_payment_complaint_has_15_business_days_and_with_approval_35() -> None:
    desk = Desk("fca", LONDON).opens("2026-11-13 16:30", channel="web", category="payment.failed")
    assert desk.due("payment-response") == "2026-12-04 17:00"
    desk.does(extend, "2026-12-03 12:00", clock="payment-response", approved_by="head", text="bank abroad")
    assert desk.due("payment-response") == "2027-01-06 17:00"


# --- bank-cn


def test_a_bank_s_decision_is_due_in_15_days_then_30_then_60_and_no_more() -> None:
    desk = Desk("bank-cn", CHINA).opens("2026-11-16 09:00", channel="phone", category="wealth.sale")
    assert desk.due("decision") == "2026-12-01 09:00"
    desk.does(extend, "2026-11-30 09:00", clock="decision", approved_by="wang", text="complex")
    assert desk.due("decision") == "2026-12-16 09:00"
    desk.does(extend, "2026-12-15 09:00", clock="decision", approved_by="zhao", text="experts needed")
    assert desk.due("decision") == "2027-01-15 09:00"
    with pytest.raises(Refused, match="extend-no-more"):
        desk.does(extend, "2027-01-14 09:00", clock="decision", approved_by="zhao", text="still")
