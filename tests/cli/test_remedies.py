"""`cstrack remedy`, `approve`, `reject`, and commands that name a remedy, on both kinds of database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cstrack.domain.staff import Person
from tests.support.branch import clock_of, instant, typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Done, Shell
    from tests.support.desks import Desk

KEYS = ["r", "remedy", "amount", "liability", "state", "needs", "asked_by", "asked_at", "settled_by"]
KEYS += ["settled_at", "paid_at"]
REFUND = ("remedy", "ask", "1", "refund", "--amount", "20000")
VOUCHER = ("remedy", "ask", "1", "voucher", "--amount", "50")
HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe\nnext :smile: {who} %s"


@pytest.fixture
def case(shell: Shell) -> Shell:
    """A case at a desk where everybody acts."""
    do(shell, "open", "空调不制冷", "--customer", "张三", "--phone", "13800000000")
    return shell


@pytest.fixture
def staffed(case: Shell, desk: Desk) -> Shell:
    """The same with a front line and its heads."""
    desk.has(Person("li"), Person("wang", level=2), Person("zhao", level=3), Person("qian", level=3))
    return case


def as_(who: str, shell: Shell, *words: str) -> Done:
    return shell(*words, "--as", who)


def test_within_ones_authority_it_is_granted_in_one_line(staffed: Shell) -> None:
    done = staffed(*VOUCHER, "-m", "he waited for hours").ok
    assert (done.out, done.err) == ("C-1  R-1 granted: voucher of 50 (goodwill)\n", "")
    assert staffed(*VOUCHER[:-1], "¥５０．５元", "--liability").ok.out == (
        "C-1  R-2 granted: voucher of 50.50 (liability)\n"
    )
    assert staffed("remedy", "ask", "C-1", "道歉", "-q").ok.out == ""
    sound(staffed)


def test_above_it_the_answer_says_who_may_and_what_to_type(staffed: Shell) -> None:
    done = staffed(*REFUND, "-m", "third repair").ok
    assert done.out.startswith("C-1  R-1 asked for: refund of 20000 (goodwill), level 3 decides  ")
    assert "approval: R-1 refund due " in done.out
    assert done.out.endswith('in 24 h  may approve: qian, zhao. Type: cstrack approve R-1 -m "..."\n')
    assert done.out.count("\n") == 1
    clock = clock_of(staffed, "approval")
    assert (clock["name"], clock["limit"], clock["verdict"]) == ("R-1 refund", "24h", "open")
    assert instant(clock["due_at"]) - instant(clock["started_at"]) == 86_400


def test_programs_are_told_the_same(staffed: Shell) -> None:
    told = staffed(*REFUND, "--json").json
    assert list(told) == [
        "schema",
        "number",
        "ref",
        "events",
        "level",
        "status",
        "clocks",
        "remedy",
        "may_approve",
    ]
    assert list(told["remedy"]) == KEYS
    assert (told["remedy"]["r"], told["remedy"]["amount"], told["remedy"]["state"]) == (
        1,
        "20000.00",
        "asked",
    )
    assert told["may_approve"] == ["qian", "zhao"]
    assert as_("zhao", staffed, "approve", "1", "-m", "x", "--json").json["may_approve"] == []


def test_nobody_of_the_level_is_said(case: Shell, desk: Desk) -> None:
    desk.has(Person("li"), Person("wang", level=2))
    assert "nobody of level 3 may approve it yet" in case(*REFUND).ok.out


def test_without_staff_the_case_goes_up_and_somebody_else_approves(case: Shell) -> None:
    said = case(*REFUND).ok.out
    assert 'cstrack escalate C-1 --to 3 -m "..."' in said
    refused(
        as_("zhao", case, "approve", "R-1", "-m", "x"), 4, "C-1 is at level 1", "cstrack escalate C-1 --to 3"
    )
    do(case, "escalate", "1", "--to", "3", "-m", "x")
    assert as_("zhao", case, "approve", "R-1", "-m", "x").ok.out == (
        "C-1  R-1 granted: refund of 20000 (goodwill)  approval: R-1 refund met\n"
    )
    sound(case)


@pytest.mark.parametrize("word", ["R-1", "r-1", "1"])
def test_somebody_of_the_level_approves_it_however_it_is_called(staffed: Shell, word: str) -> None:
    do(staffed, *REFUND)
    assert "R-1 granted" in as_("zhao", staffed, "approve", word, "-m", "x").ok.out
    [one] = staffed("show", "1", "--json").json["remedies"]
    assert list(one) == KEYS
    assert (one["state"], one["asked_by"], one["settled_by"]) == ("granted", "li", "zhao")


def test_it_is_rejected_or_taken_back_with_a_reason(staffed: Shell) -> None:
    do(staffed, *REFUND)
    do(staffed, *REFUND)
    assert as_("zhao", staffed, "reject", "1", "-m", "not our fault").ok.out == (
        "C-1  R-1 rejected  approval: R-1 refund met\n"
    )
    assert staffed("remedy", "withdraw", "2", "-m", "a repair").ok.out == "C-1  R-2 withdrawn\n"
    assert [one["state"] for one in staffed("remedy", "list", "--json").json] == ["rejected", "withdrawn"]
    assert clock_of(staffed, "approval")["verdict"] == "void"
    sound(staffed)


def test_d34_paid_with_a_receipt_also_on_a_closed_case(staffed: Shell) -> None:
    do(staffed, *VOUCHER)
    do(staffed, "close", "1", "--outcome", "withdrawn")
    assert staffed("remedy", "paid", "R-1", "--receipt", "2026-118").ok.out == "C-1  R-1 paid\n"
    last = staffed("timeline", "1", "--json").json[-1]
    assert (last["summary"], last["words"]) == ("R-1 paid", {"receipt": "2026-118"})
    refused(staffed("remedy", "paid", "R-1", "--receipt", "x"), 4, "R-1 was paid on")
    sound(staffed)


# --- the short way ------------------------------------------------------------------------------------------


def test_resolving_grants_what_it_names(staffed: Shell) -> None:
    done = staffed("resolve", "1", "-m", "done", "--remedy", "voucher", "--amount", "50").ok
    assert done.out.startswith("C-1  R-1 granted: voucher of 50 (goodwill)  in progress -> resolved  ")
    assert staffed("show", "1", "--json").json["granted"] == {
        "case": "50.00",
        "customer": "50.00",
        "days": 90,
    }
    sound(staffed)


@pytest.mark.parametrize(
    "words",
    [
        ["resolve", "1", "-m", "x"],
        ["agree", "1", "-m", "x"],
        ["propose", "1", "-m", "x", "--by", "+3d"],
        ["promise", "add", "1", "x", "--due", "+3h"],
        ["demand", "answer", "1", "1", "--can"],
    ],
)
def test_a_remedy_above_authority_is_refused_with_the_way(
    staffed: Shell, desk: Desk, words: list[str]
) -> None:
    do(staffed, "demand", "add", "1", "money back")
    before = desk.everything()
    anyway = ["--anyway"] if words[0] == "resolve" else []
    refused(
        staffed(*words, *anyway, "--remedy", "refund", "--amount", "20000"),
        4,
        "a refund of 20000 needs level 3; you are level 1. Ask for it: "
        'cstrack remedy ask C-1 refund --amount 20000 -m "..."',
    )
    assert desk.everything() == before
    do(staffed, *words, *anyway, "--remedy", "voucher", "--amount", "50", "--liability")
    do(staffed, *REFUND)


def test_a_granted_remedy_is_named_by_its_number(staffed: Shell) -> None:
    do(staffed, *REFUND)
    refused(staffed("agree", "1", "-m", "x", "--remedy", "R-1"), 4, "R-1 of C-1 is not granted (now: waits)")
    do(staffed, "approve", "1", "-m", "x", "--as", "zhao")
    do(staffed, "propose", "1", "-m", "x", "--by", "+3d", "--remedy", "R-1")
    assert staffed("agree", "1", "-m", "x", "--remedy", "r-1").ok.out.startswith("C-1  in progress -> agreed")
    assert len(staffed("remedy", "list", "--json").json) == 1
    facts = staffed("timeline", "1", "--json").json[-1]["facts"]
    assert (facts["r"], facts["remedy"], facts["amount"], facts["liability"]) == (
        1,
        "refund",
        "20000.00",
        False,
    )


def test_sums_are_said_where_they_are_the_reason(staffed: Shell) -> None:
    do(staffed, "open", "发票开错", "--customer", "张三", "--phone", "13800000000", "--category", "billing")
    do(staffed, "remedy", "ask", "2", "voucher", "--amount", "180")
    words = ["agree", "1", "-m", "x", "--remedy", "voucher", "--amount", "50"]
    refused(
        staffed(*words), 4, "needs level 2; you are level 1, and 180 was granted to this customer in 90 days."
    )
    words[1] = "2"
    refused(staffed(*words), 4, "needs level 2; you are level 1, and 180 was granted in this case before.")


def test_a_regulators_case_gets_nothing_above_the_standard(staffed: Shell) -> None:
    do(staffed, "open", "12315转办", "--channel", "regulator", "--phone", "13900000000")
    refused(as_("zhao", staffed, "remedy", "ask", "2", "voucher"), 4, "regulator's case", "--liability")
    do(staffed, "remedy", "ask", "2", "redo")
    do(staffed, "remedy", "ask", "2", "compensation", "--amount", "900", "--liability", "--as", "zhao")


def test_a_signed_paper_is_asked_for_above_a_sum(staffed: Shell) -> None:
    words = ["agree", "1", "-m", "x", "--as", "zhao", "--remedy", "compensation", "--amount"]
    done = staffed(*words, "6000").ok
    assert (
        done.err == "a signed paper is asked for above 5000: cstrack agree C-1 --signed DATE --attach FILE\n"
    )
    assert staffed(*words, "1", "-q").ok.err == ""
    do(staffed, "open", "two", "--phone", "13900000000")
    assert staffed("agree", "2", *words[2:], "5000").ok.err == ""


def test_what_waits_holds_resolving_and_closing(staffed: Shell) -> None:
    do(staffed, *REFUND)
    refused(staffed("resolve", "1", "-m", "x"), 4, "R-1 (refund) of C-1 waits for level 3", "--anyway")
    do(staffed, "resolve", "1", "-m", "x", "--anyway")
    refused(
        staffed("close", "1", "--outcome", "satisfied"),
        4,
        "cstrack reject R-1",
        "cstrack remedy withdraw R-1",
    )


# --- what is refused, and writes nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["remedy", "ask", "1", "vouchr"], 2, ["CODE", "voucher"]),
        (["remedy", "ask", "1", "voucher", "--amount", "-50"], 2, ["--amount -50 is below zero"]),
        (["remedy", "ask", "1", "voucher", "--amount", "2,000"], 2, ["Write --amount 2000"]),
        (["remedy", "ask", "1", "voucher", "--amount", "1.005"], 2, ["two decimals"]),
        (["remedy", "ask", "1", "voucher", "--amount", "many"], 2, ["2000.50"]),
        (["remedy", "ask", "1", "voucher", "--amount", "9" * 30], 2, ["too large"]),
        (["remedy", "ask", "9", "voucher"], 3, ["C-9"]),
        (["agree", "1", "-m", "x", "--amount", "5"], 2, ["--amount belongs to a remedy", "--remedy"]),
        (["agree", "1", "-m", "x", "--liability"], 2, ["--liability belongs to a remedy"]),
        (
            ["agree", "1", "-m", "x", "--remedy", "R-1", "--amount", "5"],
            2,
            ["R-1 has its sum already", "--amount"],
        ),
        (["agree", "1", "-m", "x", "--remedy", "R-9"], 3, ["C-1 has no R-9", "cstrack remedy list C-1"]),
        (["demand", "answer", "1", "1", "--cannot", "-m", "x", "--remedy", "redo"], 2, ["--can"]),
        (["approve", "9", "-m", "x"], 3, ["there is no R-9"]),
        (["approve", "R-1", "--as", "zhao"], 5, ["-m"]),
        (["approve", "C-1", "-m", "x"], 2, ["C-1", "R-7"]),
        (["approve", "0", "-m", "x"], 2, ["R-7"]),
        (["approve", "R-1", "-m", "x"], 4, ["by yourself", "cstrack remedy withdraw R-1"]),
        (["reject", "R-1", "-m", "x"], 4, ["by yourself"]),
        (["reject", "R-1", "-m", "x", "--as", "wang"], 4, ["waits for level 3; you are level 2"]),
        (
            ["approve", "R-1", "-m", "x", "--as", "wang"],
            4,
            ["needs level 3; you are level 2", "It waits for"],
        ),
        (["remedy", "withdraw", "R-1", "-m", "x", "--as", "zhao"], 4, ["cstrack reject R-1"]),
        (["remedy", "withdraw", "R-1"], 5, ["-m"]),
        (["remedy", "paid", "R-1", "--receipt", "x"], 4, ["R-1 of C-1 is not granted"]),
        (["remedy", "paid", "R-1"], 5, ["--receipt"]),
        (["remedy", "list", "9"], 3, ["C-9"]),
        (["remedy", "list", "--state", "askd"], 2, ["asked"]),
        (["remedy", "list", "--waiting", "--state", "paid"], 2, ["--waiting", "--state"]),
        (["remedy", "list", "--fields", "sum"], 2, ["sum"]),
    ],
)
def test_what_is_missing_wrong_or_not_allowed_is_refused(
    staffed: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    do(staffed, "demand", "add", "1", "money back")
    do(staffed, *REFUND)
    before = desk.everything()
    refused(staffed(*words), code, *parts)
    assert desk.everything() == before


def test_a_refusal_is_an_object_for_programs(staffed: Shell) -> None:
    told = json.loads(staffed("agree", "1", "-m", "x", "--remedy", "refund", "--json").err)
    assert (told["error"], told["exit_code"]) == ("remedy-above-authority", 4)
    assert told["message"].startswith("refused: refund needs level 3; you are level 1. Ask for it: ")


def test_where_no_desk_is_yet_there_is_no_remedy(shell: Shell) -> None:
    url = str(shell.home / "none.db")
    assert shell("remedy", "list", "--json", "--db", url).json == []
    refused(shell("remedy", "list", "1", "--db", url), 3, "C-1")
    refused(shell("approve", "1", "-m", "x", "--db", url), 3, "R-1")


# --- shown --------------------------------------------------------------------------------------------------


def test_the_list_in_every_form(staffed: Shell) -> None:
    do(staffed, *VOUCHER)
    do(staffed, *REFUND)
    rows = staffed("remedy", "list", "--json").json
    assert [list(row) for row in rows] == [["schema", "number", "ref", *KEYS]] * 2
    assert staffed("remedy", "list").ok.out == (
        "C-1\t2\trefund\t20000.00\tasked\t3\tli\t\nC-1\t1\tvoucher\t50.00\tgranted\t1\tli\tli\n"
    )
    assert staffed("remedy", "list", "--waiting", "--level", "3", "--format", "{r} {amount}").ok.out == (
        "2 20000.00\n"
    )
    assert staffed("remedy", "list", "--level", "2").ok.out == ""
    assert staffed("remedy", "list", "1", "--state", "granted", "--fields", "r").ok.out == "1\n"
    assert (
        staffed("remedy", "list", "--csv", "--fields", "r,amount").ok.out == "r,amount\n2,20000.00\n1,50.00\n"
    )
    assert len(staffed("remedy", "list", "--jsonl").ok.out.splitlines()) == 2


def test_the_timeline_explains_by_which_sums_it_was_judged(staffed: Shell) -> None:
    do(staffed, "remedy", "ask", "1", "voucher", "--amount", "180")
    do(staffed, *VOUCHER)
    facts = staffed("timeline", "1", "--json").json[-1]["facts"]
    assert {
        name: facts[name] for name in ("amount", "most", "case_sum", "customer_sum", "needs", "level")
    } == {
        "amount": "50.00",
        "most": "200.00",
        "case_sum": "180.00",
        "customer_sum": "180.00",
        "needs": 2,
        "level": 1,
    }
    _code, lines = typed_at(staffed.home, str(staffed.url), ["timeline", "1"], 120)
    assert "level 1 grants up to 200 · 180 before in this case" in "\n".join(lines)


@ON_SQLITE
def test_a_late_approval_is_overdue_by_name_and_why_explains_it(staffed: Shell) -> None:
    do(staffed, *REFUND)
    _code, lines = typed_at(staffed.home, str(staffed.url), ["overdue", "--at", "+25h", "--clocks"], 120)
    assert any("approval: R-1 refund, 24 h" in line for line in lines)
    _code, lines = typed_at(staffed.home, str(staffed.url), ["why", "1"], 120)
    assert any("approval: R-1 refund, 24 h · from when it was asked" in line for line in lines)


def test_show_has_the_remedies_and_what_was_granted_in_all(staffed: Shell) -> None:
    do(staffed, *VOUCHER)
    do(staffed, *REFUND)
    do(staffed, "remedy", "paid", "1", "--receipt", "x")
    shown = staffed("show", "1").ok.out
    assert "  R-1  voucher of 50 (goodwill): granted by li, paid " in shown
    assert "  R-2  refund of 20000 (goodwill): waits for level 3, asked for by li\n" in shown
    assert "granted in this case: 50; to this customer in 90 days: 50\n" in shown


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@ON_SQLITE
def test_at_a_terminal_it_stays_within_its_width(staffed: Shell, lang: str, width: int) -> None:
    do(staffed, *REFUND, "-m", HOSTILE)
    do(staffed, "resolve", "1", "-m", "x", "--anyway", "--remedy", "voucher", "--amount", "50")
    do(staffed, "remedy", "paid", "2", "--receipt", HOSTILE)
    for words in (
        ["remedy", "list"],
        ["timeline", "1"],
        ["show", "1"],
        ["why", "1"],
        ["overdue", "--clocks"],
    ):
        code, lines = typed_at(staffed.home, str(staffed.url), words, width, CSTRACK_LANG=lang)
        assert (code, widest(lines) <= width) == (0, True), (words, lines)
        assert "\u202e" not in "".join(lines)


@ON_SQLITE
def test_the_list_at_a_terminal_says_what_to_type(staffed: Shell) -> None:
    nothing = typed_at(staffed.home, str(staffed.url), ["remedy", "list"], 80)[1]
    assert nothing[0] == "No remedy is recorded."
    do(staffed, *VOUCHER)
    assert (
        "Paid? cstrack remedy paid R-1"
        in typed_at(staffed.home, str(staffed.url), ["remedy", "list"], 80)[1][-2]
    )
    do(staffed, *REFUND)
    lines = typed_at(staffed.home, str(staffed.url), ["remedy", "list"], 100)[1]
    assert lines[0].startswith("2 listed · 1 waiting")
    assert lines[-2].startswith('Decide: cstrack approve R-2 -m "..."')
    do(staffed, "remedy", "withdraw", "2", "-m", "x")
    do(staffed, "remedy", "paid", "1", "--receipt", "x")
    assert typed_at(staffed.home, str(staffed.url), ["remedy", "list"], 80)[1][-2].endswith("timeline C-1")
