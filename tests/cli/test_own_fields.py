"""`--field` and `cstrack set` as processes: fields of the desk's own, typed, shown, looked for, asked for."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branch import DANGEROUS, follows, typed_at, widest
from tests.support.imports import FIXTURES
from tests.support.own_fields import file
from tests.support.rough import ON_SQLITE, do, refused, sound
from tests.support.sitting import CTRL_C, DOWN, ENTER, sit

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = ON_SQLITE
"""Rows and statements run on both databases in tests/behaviour/test_own_fields.py."""

PHONE = ("--phone", "13800000000", "--customer", "张三")
GIVEN = {
    "order-number": "A-17",
    "severity": "grave",
    "eligible": True,
    "job": "教师",
    "mileage": 12000.5,
    "bought-on": "2025-03-31",
}
TYPED = (
    "订单号=A-17",
    "严重程度=严重",
    "符合条件=是",
    "职业=教师",
    "里程=１２０００.50",
    "购买日期＝2025-03-31",
)
HOSTILE = "换新 \x1b]52;c;YQ==\x07 \u202e[/foo] {x} %s"


def said(*words: str) -> list[str]:
    return [part for word in words for part in ("--field", word)]


@pytest.fixture
def own(shell: Shell) -> Shell:
    """A desk with fields, none of them needed."""
    follows(shell, file())
    return shell


@pytest.fixture
def full(own: Shell) -> Shell:
    """Its first case has all of them."""
    do(own, "open", "空调不制冷", *PHONE, *said(*TYPED), "--at", "-3h")
    return own


def shown(shell: Shell, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = shell("show", "1", "--json", *words).json["fields"]
    return found


# --- shown --------------------------------------------------------------------------------------------------


def test_a_case_shows_its_fields_of_their_types(full: Shell) -> None:
    assert shown(full) == GIVEN
    assert list(shown(full)) == list(GIVEN)
    assert json.dumps(shown(full)["eligible"]) == "true"
    [row] = full("list", "--json").json
    assert row["fields"] == GIVEN
    assert json.loads(full("list", "--jsonl").out)["fields"] == GIVEN
    sound(full)


def test_a_case_without_fields_has_none_of_them(own: Shell) -> None:
    do(own, "open", "x")
    assert shown(own) == {}
    assert own("list", "--json").json[0]["fields"] == {}
    assert "order number" not in own("show", "1").out


def test_the_card_has_them_by_their_names(full: Shell) -> None:
    text = full("show", "1").ok.out
    for line in (
        "order number   A-17",
        "how bad        grave",
        "eligible       yes",
        "occupation     教师",
        "mileage        12000.5",
        "bought on      Mon 31 Mar 2025",
    ):
        assert f"  {line}\n" in text


def test_the_card_speaks_the_readers_language(full: Shell) -> None:
    text = full("show", "1", "--lang", "zh").ok.out
    for words in ("订单号", "严重程度", "严重\n", "职业", "2025年3月31日 周一"):
        assert words in text


def test_opening_answers_with_what_was_said(own: Shell) -> None:
    done = own("open", "x", *PHONE, *said("订单号=A-17", "职业=教师", "里程=12", "购买日期=2025-03-31")).ok
    assert (
        "\n  order number: A-17\n  occupation: 教师\n  mileage: 12; bought on: Mon 31 Mar 2025\n" in done.out
    )


def test_the_timeline_tells_of_each_change(full: Shell) -> None:
    do(full, "set", "1", *said("severity=slight", "eligible="), "-m", "he looked again")
    told = full("timeline", "1").ok.out.splitlines()
    assert [line.split("\t")[2:] for line in told][-1] == [
        "fields-set",
        "li",
        "how bad: slight; eligible emptied",
    ]
    event = full("timeline", "1", "--json").json[-1]
    assert event["facts"] == {"fields": ["severity"], "emptied": ["eligible"]}
    assert event["words"] == {"fields": {"severity": "slight"}, "text": "he looked again"}


def test_the_timeline_of_a_terminal_has_them_beside_the_opening(full: Shell, desk: Desk) -> None:
    do(full, "set", "1", *said("severity=slight"), "-m", "he looked again")
    code, lines = typed_at(full.home, desk.url, ["timeline", "1"], 100)
    text = "\n".join(lines)
    assert (code, widest(lines) <= 100) == (0, True)
    assert "order number: A-17; how bad: grave; eligible: yes" in " ".join(text.split())
    assert "how bad: slight" in text
    assert '"he looked again"' in text


def test_a_card_with_long_fields_fits_the_screen(own: Shell, desk: Desk) -> None:
    long = file().replace('zh = "订单号"', f'zh = "{"订单" * 40}"')
    follows(own, long, "long.toml")
    do(own, "open", "x", *said(f"order-number={'字' * 500}"))
    for width in (40, 120):
        for words in (["show", "1"], ["timeline", "1"]):
            code, lines = typed_at(own.home, desk.url, [*words, "--lang", "zh"], width)
            assert (code, widest(lines) <= width) == (0, True), lines


# --- set ----------------------------------------------------------------------------------------------------


def test_a_change_answers_with_one_line(full: Shell) -> None:
    done = full("set", "1", *said("订单号=B", "符合条件=", "职业=医生", "里程=1")).ok
    assert (done.out, done.err) == (
        "C-1  order number: B; eligible emptied  occupation: 医生  mileage: 1\n",
        "",
    )
    assert full("set", "1", *said("职业=司机"), "-q").ok.out == ""
    assert shown(full)["job"] == "司机"
    sound(full)


def test_a_change_in_json_has_all_fields(full: Shell) -> None:
    done = full("set", "1", *said("职业=医生"), "--json").json
    assert list(done) == ["schema", "number", "ref", "events", "level", "status", "clocks", "fields"]
    assert (done["events"], done["fields"]) == ([], GIVEN | {"job": "医生"})
    many = full("set", "1,1", *said("符合条件=否"), "--json").json
    assert many["fields"]["eligible"] is False


def test_several_cases_are_set_together(full: Shell) -> None:
    do(full, "open", "y", *PHONE)
    done = full("set", "1-2", *said("订单号=C")).ok
    assert done.out.splitlines() == ["C-1  order number: C", "C-2  order number: C"]
    rows = full("set", "1-2", *said("职业=医生"), "--json").json
    assert [row["fields"]["job"] for row in rows] == ["医生", "医生"]
    do(full, "open", "z")
    refused(full("set", "1-3", *said("订单号=D")), 5, "--yes")
    do(full, "set", "1-3", *said("订单号=D"), "--yes")
    sound(full)


def test_it_may_be_said_when_it_was_so(full: Shell) -> None:
    do(full, "set", "1", *said("订单号=B"), "--at", "-1h")
    assert shown(full, "--at", "-2h")["order-number"] == "A-17"
    assert shown(full, "--at", "-50m")["order-number"] == "B"
    assert full("list", "--field", "订单号=A-17", "--at", "-2h", "--fields", "ref").out == "C-1\n"
    assert full("list", "--at", "-2h", "--json").json[0]["fields"] == GIVEN


REFUSED = [
    (["set", "1"], 5, "--field NAME=VALUE is missing"),
    (["set", "1", "--field", "订单号"], 2, "Write --field NAME=VALUE"),
    (["set", "1", "--field", "order-numbr=1"], 2, "Did you mean order-number?"),
    (["set", "1", "--field", "订单号=1", "--field", "order-number=2"], 2, "order number is given twice"),
    (["set", "1", "--field", "里程=1,000"], 2, "mileage takes a number, and 1,000 is none"),
    (["set", "1", "--field", "里程=1234567890123456"], 2, "at most 15 digits"),
    (["set", "1", "--field", "购买日期=01/02/2026"], 2, "bought on takes a date"),
    (["set", "1", "--field", "符合条件=maybe"], 2, "eligible takes yes or no"),
    (["set", "1", "--field", "severity=gravee"], 2, "Did you mean grave?"),
    (["set", "1", "--field", "订单号=a\nb"], 2, "order number takes one line of at most 1000 characters"),
    (["set", "1", "--field", f"订单号={'x' * 1001}"], 2, "at most 1000 characters"),
    (["set", "1", "--field", "职业=教师"], 4, "occupation is known of a customer, and C-1 has none"),
    (["set", "1", "--field", "里程=1"], 4, "mileage is known of a product, and C-1 has none"),
    (["set", "1", "--field", "符合条件="], 4, "eligible of C-1 is empty already"),
    (["set", "9", "--field", "订单号=1"], 3, "there is no case C-9"),
    (["open", "x", "--field", "职业=教师"], 2, "--customer NAME or --phone NUMBER"),
    (["open", "x", "--field", "job=x", "--phone", "1"], 2, "is no phone number"),
    (["list", "--field", "订单号="], 2, "order number is looked for without a value"),
    (["list", "--field", "colour=red"], 2, "--field does not know colour"),
    (["overdue", "--field", "里程=far"], 2, "mileage takes a number"),
    (["list", "--fields", "fields.colour"], 2, "there is no field fields.colour"),
]


def test_what_is_refused_says_what_to_type_and_writes_nothing(own: Shell, desk: Desk) -> None:
    do(own, "open", "x", *said("订单号=A"))
    before = desk.everything()
    for words, code, part in REFUSED:
        refused(own(*words), code, part)
    refused(own("list", "--field", "a=1", "--db", str(own.home / "none.db")), 2, "no fields of its own")
    assert not (own.home / "none.db").exists()
    assert desk.everything() == before


def test_a_closed_case_and_a_policy_without_fields_say_so(shell: Shell) -> None:
    do(shell, "open", "x")
    refused(shell("set", "1", "--field", "订单号=1"), 2, "has no fields of its own")
    refused(shell("list", "--field", "订单号=1"), 2, "has no fields of its own")
    refused(shell("set", "1"), 5, "Give one of: none")
    follows(shell, file())
    do(shell, "close", "1", "--outcome", "withdrawn")
    refused(shell("set", "1", "--field", "订单号=1"), 4, "C-1 was closed on")


def test_a_name_of_two_fields_asks_for_the_code(own: Shell) -> None:
    follows(own, file().replace('zh = "职业"', 'zh = "里程"'), "two.toml")
    do(own, "open", "x")
    refused(own("set", "1", *said("里程=1")), 2, "Give the code of one: job, mileage")


# --- needed -------------------------------------------------------------------------------------------------


@pytest.fixture
def strict(shell: Shell) -> Shell:
    """A desk that needs an order number and a date at opening, and how bad it was at resolving."""
    follows(shell, file(order="opening", severity="resolving", bought="opening"))
    return shell


def test_nothing_is_opened_without_what_is_needed(strict: Shell, desk: Desk) -> None:
    before = desk.everything()
    missing = "Give: --field order-number=... --field bought-on=..."
    refused(strict("open", "x"), 5, "no case is opened without order number, bought on", missing)
    assert desk.everything() == before
    told = strict("open", "x", *said("订单号=A"), "--json")
    assert (told.code, json.loads(told.err)["error"]) == (5, "open-needs-fields")
    do(strict, "open", "x", *said("订单号=A", "购买日期=昨天"))
    refused(strict("set", "1", *said("订单号=")), 4, "order number of C-1 must be known")
    sound(strict)


def test_nothing_is_resolved_without_what_is_needed(strict: Shell) -> None:
    do(strict, "open", "x", *said("订单号=A", "购买日期=昨天"))
    refused(
        strict("resolve", "1", "-m", "done"), 5, "C-1 cannot be resolved without how bad", "--field severity="
    )
    done = strict("resolve", "1", "-m", "done", *said("严重程度=轻微")).ok
    assert "how bad: slight  in progress -> resolved" in done.out
    assert shown(strict)["severity"] == "slight"
    sound(strict)


def test_a_small_thing_on_the_spot_needs_both(strict: Shell) -> None:
    given = said("订单号=A", "购买日期=昨天")
    refused(strict("open", "x", "--resolve", "-m", "done", *given), 5, "without how bad")
    do(strict, "open", "x", "--resolve", "-m", "done", *given, *said("严重程度=轻微"))
    sound(strict)


def test_the_rules_are_judged_before_anything_is_needed(strict: Shell) -> None:
    do(strict, "open", "x", *said("订单号=A", "购买日期=昨天"))
    do(strict, "demand", "add", "1", "a new part")
    refused(strict("resolve", "1", "-m", "done"), 4, "demands of C-1")


def test_an_imported_case_needs_them_only_to_be_resolved_by_hand(strict: Shell) -> None:
    do(strict, "import", str(FIXTURES / "cfpb_narratives.csv"), "--preset", "cfpb")
    closed = strict("list", "--status", "all", "--format", "{number}").out.split()
    do(strict, "reopen", closed[0], "-m", "not so")
    numbers = strict("list", "--format", "{number}").out.split()
    refused(strict("resolve", numbers[0], "-m", "x"), 5, "order number, how bad")
    do(strict, "resolve", numbers[0], "-m", "x", *said("订单号=A", "severity=slight"))
    sound(strict)


# --- asked for at a terminal --------------------------------------------------------------------------------


def test_what_is_needed_is_asked_for_by_its_type(strict: Shell) -> None:
    clerk = sit(strict, "open", "空调不制冷", "--channel", "phone")
    clerk.asked("order number:")
    clerk.types("A-17" + ENTER)
    clerk.asked("bought on, a date:")
    clerk.types("someday" + ENTER)
    clerk.asked("bought on takes a date, and someday is none.")
    clerk.asked("bought on, a date:")
    clerk.types("2025-03-31" + ENTER)
    assert clerk.leaves()[0] == 0
    assert shown(strict) == {"order-number": "A-17", "bought-on": "2025-03-31"}
    clerk = sit(strict, "resolve", "1")
    clerk.asked("how bad:")
    clerk.asked("grave")
    clerk.types(DOWN + ENTER)
    clerk.asked("What was done?")
    clerk.types("fixed" + ENTER)
    assert clerk.leaves()[0] == 0
    assert shown(strict)["severity"] == "grave"


def test_what_was_given_is_not_asked_for_and_an_empty_answer_is_none(strict: Shell) -> None:
    clerk = sit(strict, "open", "x", *said("订单号=A-17"))
    clerk.asked("bought on, a date:")
    clerk.types(ENTER)
    code, screen = clerk.leaves()
    assert (code, "--field bought-on=..." in screen, "order number:" in screen) == (5, True, False)


def test_a_subject_that_was_asked_for_is_kept_when_a_field_is_broken_off(strict: Shell, desk: Desk) -> None:
    before = desk.everything()
    clerk = sit(strict, "open")
    clerk.asked("What is it about?")
    clerk.types("空调不制冷" + ENTER)
    clerk.asked("order number:")
    clerk.types(CTRL_C)
    code, screen = clerk.leaves()
    assert (code, "Your text is kept in " in screen) == (130, True)
    assert desk.everything() == before


def test_nobody_is_asked_on_behalf_of_several_cases(strict: Shell) -> None:
    for number in ("A", "B"):
        do(strict, "open", "x", *said(f"订单号={number}", "购买日期=昨天"))
    assert sit(strict, "resolve", "1,2", "-m", "done").leaves()[0] == 5
    assert sit(strict, "open", "x", "--no-input").leaves()[0] == 5


def test_who_joins_an_open_case_leaves_the_fields_there(own: Shell) -> None:
    known = (*PHONE, "--category", "service.repair")
    do(own, "open", "空调不制冷", *known)
    clerk = sit(own, "open", "还没好", *known, *said("订单号=A-17", "职业=教师"))
    clerk.asked("This customer has a case open on the same matter.")
    clerk.types(ENTER)
    assert clerk.leaves()[0] == 0
    assert shown(own) == {"order-number": "A-17", "job": "教师"}
    assert own("list", "--format", "{ref}").out == "C-1\n"


# --- lists --------------------------------------------------------------------------------------------------


def test_lists_are_narrowed_by_fields(full: Shell) -> None:
    do(full, "open", "y", *said("订单号=B", "severity=grave"))
    do(full, "open", "z", *PHONE)

    def refs(*words: str) -> list[str]:
        return sorted(full(*words, "--fields", "ref").ok.out.split())

    assert refs("list", "--field", "订单号=B") == ["C-2"]
    assert refs("list", "--field", "严重程度=严重") == ["C-1", "C-2"]
    assert refs("list", "--field", "职业=教师") == ["C-1", "C-3"]
    assert refs("list", "--field", "severity=grave", "--field", "符合条件=yes") == ["C-1"]
    assert refs("list", "--field", "里程=12000.50", "--level", "1") == ["C-1"]
    assert refs("list", "--field", "订单号=none") == []
    assert refs("overdue", "--within", "30h", "--field", "购买日期=2025-03-31") == ["C-1"]
    assert refs("overdue", "--within", "30h", "--field", "职业=教师", "--clocks") == ["C-1", "C-3"]
    assert full("overdue", "--field", "订单号=x", "--exit-code").code == 0
    assert full("list", "--field", "订单号=none", "--json").json == []


def test_one_field_may_be_picked_for_a_table(full: Shell) -> None:
    do(full, "open", "y", *said("订单号==1+1"))
    picked = full("list", "--csv", "--fields", "ref,fields.order-number,fields.job").ok.out
    rows = sorted(csv.reader(io.StringIO(picked)))
    assert rows == [
        ["C-1", "A-17", "教师"],
        ["C-2", "'=1+1", ""],
        ["ref", "fields.order-number", "fields.job"],
    ]
    lines = full("list", "--format", "{ref} {fields.mileage}", "--field", "职业=教师").ok.out
    assert lines == "C-1 12000.5\n"
    assert full("list", "--fields", "fields", "--field", "职业=教师").ok.out == (
        "order-number=A-17; severity=grave; eligible=True; job=教师; mileage=12000.5; bought-on=2025-03-31\n"
    )
    assert full("list", "--json", "--fields", "fields.eligible", "--field", "职业=教师").json == [
        {"fields.eligible": True}
    ]
    raw = full("list", "--csv", "--raw", "--fields", "fields,ref", "--field", "订单号==1+1").ok.out
    assert raw == "fields,ref\norder-number==1+1,C-2\n"


# --- other policies, hostile words --------------------------------------------------------------------------


def test_what_a_later_policy_drops_or_types_anew_stays_as_it_was(full: Shell) -> None:
    changed = file().replace('code = "order-number"', 'code = "lot"').replace("12000", "")
    changed = changed.replace('on = "product"\ntype = "number"', 'on = "product"\ntype = "date"')
    changed = changed.replace('type = "yes-no"', 'type = "number"')
    changed = changed.replace('{ code = "grave", en = "grave", zh = "严重" }', '{ code = "bad", en = "bad" }')
    follows(full, changed, "later.toml")
    assert shown(full) == {
        "severity": "grave",
        "eligible": "yes",
        "job": "教师",
        "mileage": "12000.5",
        "bought-on": "2025-03-31",
        "order-number": "A-17",
    }
    text = full("show", "1").ok.out
    for line in (
        "how bad        grave",
        "eligible       yes",
        "mileage        12000.5",
        "order-number   A-17",
    ):
        assert f"  {line}\n" in text
    refused(full("list", "--field", "order-number=A-17"), 2, "--field does not know order-number")
    do(full, "set", "1", *said("lot=7"))
    sound(full)


def test_hostile_values_are_kept_and_harm_no_terminal(own: Shell, desk: Desk) -> None:
    do(own, "open", "x", *PHONE, *said(f"订单号={HOSTILE}", f"职业={HOSTILE}"))
    assert shown(own) == {"order-number": HOSTILE, "job": HOSTILE}
    assert own("list", "--field", f"订单号={HOSTILE}", "--fields", "ref").out == "C-1\n"
    for words in (["show", "1"], ["timeline", "1"], ["set", "1", *said(f"职业={HOSTILE}")]):
        code, lines = typed_at(own.home, desk.url, words, 100, NO_COLOR="1")
        assert code == 0
        assert not [line for line in lines if DANGEROUS.search(line)]
        assert "换新" in "".join(lines)
    for words in (["list", "--fields", "fields"], ["list", "--csv"], ["list", "--format", "{fields.job}"]):
        assert not DANGEROUS.search(own(*words).ok.out.replace("\r\n", "").replace("\n", ""))
    done = own("set", "1", *said(f"{HOSTILE}=1"))
    refused(done, 2)
    assert not DANGEROUS.search(done.err.rstrip("\n"))
    sound(own)


def test_hostile_names_of_a_policy_harm_no_terminal(own: Shell, desk: Desk) -> None:
    evil = '"a=b \\u001b]52;c;YQ==\\u0007 \\u202e[/foo]"'
    follows(
        own, file(order="opening").replace('"order number"', evil).replace('zh = "订单号"', ""), "evil.toml"
    )
    refused(own("open", "x"), 5, "--field order-number=...")
    assert not DANGEROUS.search(own("open", "x").err.rstrip("\n"))
    do(own, "open", "x", *said("order-number=1"))
    for words in (["show", "1"], ["timeline", "1"], ["open", "x", *said("order-number=2")]):
        code, lines = typed_at(own.home, desk.url, words, 100, NO_COLOR="1")
        assert code == 0
        assert not [line for line in lines if DANGEROUS.search(line)]
    assert shown(own) == {"order-number": "1"}
