"""`cstrack agree` with all that belongs to it, and what `show` says was offered, agreed and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branch import DANGEROUS, typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe\nnext :smile: {who} %s"
AT = "2025-03-10 {}:00"
AGREE = ("agree", "1", "-m", "new compressor", "--with", "张三", "--signed", "2025-03-08")
ZH = {"CSTRACK_LANG": "zh"}


@pytest.fixture
def case(shell: Shell) -> Shell:
    do(shell, "open", "空调不制冷", "--at", AT.format("09"))
    (shell.home / "paper.pdf").write_bytes(b"%PDF-1.7 signed")
    return shell


def of(shell: Shell, key: str, *more: str) -> Any:
    return shell("show", "1", "--json", *more).json[key]


def test_an_agreement_is_said_in_one_line_and_shown_with_all_that_belongs_to_it(case: Shell) -> None:
    done = case(*AGREE, "--attach", "paper.pdf", "--at", AT.format("11")).ok
    said = "C-1  agreed with 张三, signed Sat 8 Mar 2025, attachment 1  in progress -> agreed"
    assert (done.out.startswith(said), done.out.count("\n"), done.err) == (True, 1, "")
    assert of(case, "agreements") == [
        {
            "at": "2025-03-10T03:00:00Z",
            "interim": False,
            "signed": "2025-03-08",
            "with": "张三",
            "files": [1],
            "text": "new compressor",
        }
    ]
    [file] = of(case, "attachments")
    assert (file["n"], file["name"], file["size"]) == (1, "paper.pdf", 15)
    sound(case)


def test_a_bare_agreement_says_no_more_than_what_changed(case: Shell) -> None:
    assert case("agree", "1", "-m", "x", "--at", AT.format("10")).ok.out.startswith(
        "C-1  in progress -> agreed"
    )


def test_an_interim_agreement_leaves_the_case_in_work(case: Shell) -> None:
    do(case, "contact", "1", "--out", "-m", "x", "--at", AT.format("09"))
    before = of(case, "clocks", "--at", AT.format("12"))
    done = case("agree", "1", "--interim", "-m", "a loan car", "--at", AT.format("11")).ok
    assert done.out.startswith("C-1  agreed for now with the customer  due Tue 11 Mar")
    assert of(case, "clocks", "--at", AT.format("12")) == before
    assert (of(case, "status"), of(case, "agreed_at"), of(case, "agreements")[0]["interim"]) == (
        "open",
        None,
        True,
    )
    assert case("timeline", "1", "--json").json[-1]["facts"] == {"interim": True}
    sound(case)


def test_show_has_offers_agreements_and_meetings_in_order_of_time(case: Shell) -> None:
    do(case, "propose", "1", "-m", "repair", "--by", "2025-03-12 17:00", "--at", AT.format("10"))
    do(case, *AGREE, "--at", AT.format("12"))
    do(case, "agree", "1", "--interim", "-m", "a loan car", "--at", AT.format("11"))
    do(case, "meeting", "1", "--with", "王总,li", "-m", "at our cost", "--at", AT.format("13"))
    text = case("show", "1", "--at", AT.format("14")).ok.out
    assert (
        "Offered and agreed\n"
        "  Mon 10 Mar 10:00  proposal for Wed 12 Mar 17:00\n"
        "                    repair\n"
        "  Mon 10 Mar 11:00  agreed for now with the customer\n"
        "                    a loan car\n"
        "  Mon 10 Mar 12:00  agreed with 张三, signed Sat 8 Mar 2025\n"
        "                    new compressor\n"
        "\n"
        "Meetings\n"
        "  Mon 10 Mar 13:00  王总, li\n"
        "                    at our cost\n"
    ) in text
    found = of(case, "proposals"), of(case, "meetings")
    assert found == (
        [{"at": "2025-03-10T02:00:00Z", "by": "2025-03-12T09:00:00Z", "text": "repair"}],
        [{"at": "2025-03-10T05:00:00Z", "with": ["王总", "li"], "text": "at our cost"}],
    )
    before = case("show", "1", "--json", "--at", AT.format("10")).json
    assert (len(before["proposals"]), before["agreements"], before["meetings"]) == (1, [], [])


def test_two_cases_may_share_a_paper(case: Shell) -> None:
    do(case, "open", "another")
    do(case, "agree", "1,2", "-m", "x", "--attach", "paper.pdf", "--attach", "paper.pdf")
    for number in ("1", "2"):
        found = case("show", number, "--json").json
        assert ([one["n"] for one in found["attachments"]], found["agreements"][0]["files"]) == (
            [1, 2],
            [1, 2],
        )
    sound(case)


def test_a_phrase_for_a_day_is_a_date_of_the_desk(case: Shell) -> None:
    do(case, "agree", "1", "-m", "x", "--signed", "2025年3月8日")
    assert of(case, "agreements")[0]["signed"] == "2025-03-08"


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["--signed", "tomorrow"], 4, ["--signed"]),
        (["--signed", "now"], 2, ["--signed takes a whole day", "now"]),
        (["--signed", "2025-03-10 09:00"], 2, ["2025-03-10 09:00"]),
        (["--signed", "01/02/2026"], 2, ["01/02/2026"]),
        (["--attach", "nope.pdf"], 6, ["nope.pdf", "No such file"]),
        (["--attach", "paper.pdf", "--attach", "."], 6, ["folder"]),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(
    case: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    before = desk.everything()
    refused(case("agree", "1", "-m", "x", *words), code, *parts)
    assert desk.everything() == before
    assert not (case.home.parent / "cs.db.files").exists()


@ON_SQLITE
def test_a_refused_agreement_keeps_no_file(case: Shell, desk: Desk) -> None:
    do(case, "resolve", "1", "-m", "x")
    refused(case("agree", "1", "-m", "x", "--attach", "paper.pdf"), 4, "C-1")
    refused(case("agree", "1", "--attach", "paper.pdf"), 4, "C-1")
    assert not (case.home.parent / "cs.db.files").exists()
    assert desk.rows("SELECT * FROM attachment") == []


@ON_SQLITE
def test_in_chinese_it_reads_as_a_clerk_says_it(case: Shell) -> None:
    do(case, "agree", "1", "--interim", "-m", "代步车", "--at", AT.format("10"))
    do(case, *AGREE, "--attach", "paper.pdf", "--at", AT.format("11"))
    text = case("show", "1", **ZH).ok.out
    assert "处理方案与协议\n" in text
    assert "  与客户达成临时协议\n" in text
    assert "  与张三达成协议，签署于2025年3月8日 周六，附件 1\n" in text
    assert "附件\n  1  paper.pdf，15 B\n" in text
    done = case("agree", "1", "-m", "x", "--signed", "明天", **ZH)
    refused_in_chinese = "签署日期不晚于今天。请用 --signed"
    assert (done.code, refused_in_chinese in done.err) == (4, True)


@ON_SQLITE
@pytest.mark.parametrize("width", [30, 80])
def test_r17_at_a_terminal_hostile_words_harm_nothing(case: Shell, width: int) -> None:
    do(case, "propose", "1", "-m", HOSTILE, "--by", "+1d")
    do(
        case,
        "agree",
        "1",
        "-m",
        HOSTILE,
        "--with",
        HOSTILE,
        "--attach",
        "paper.pdf",
        "--signed",
        "2025-03-08",
    )
    do(case, "meeting", "1", "--with", HOSTILE, "-m", HOSTILE)
    for words in (["show", "1"], ["timeline", "1"]):
        assert DANGEROUS.search(case(*words).ok.out.replace("\t", "")) is None
        code, lines = typed_at(case.home, str(case.url), words, width, NO_COLOR="1")
        assert (code, DANGEROUS.search("\n".join(lines)), widest(lines) <= width) == (0, None, True), lines


@ON_SQLITE
def test_erased_words_leave_the_entry_and_say_so(case: Shell, desk: Desk) -> None:
    do(case, *AGREE)
    with desk.writing() as db:
        db.execute("UPDATE event SET words = NULL WHERE type = 'agreed'")
    [one] = of(case, "agreements")
    assert (one["with"], one["text"], one["signed"]) == (None, None, "2025-03-08")
    assert "agreed with the customer, signed Sat 8 Mar 2025\n" in case("show", "1").ok.out
    assert "(erased)" in case("show", "1").ok.out


# --- resolving with loose ends ------------------------------------------------------------------------------


def test_resolving_with_loose_ends_says_what_to_type_and_anyway_names_them(case: Shell) -> None:
    do(case, "demand", "add", "1", "a new one")
    do(case, "task", "add", "1", "--to", "配件部", "--due", "+1d", "-m", "查库存")
    refused(case("resolve", "1", "-m", "x"), 4, "cstrack task done C-1 1", "cstrack resolve C-1 --anyway")
    refused(case("resolve", "1", "--anyway"), 5, "-m")
    done = case("resolve", "1", "--anyway", "-m", "x").ok
    assert done.out.startswith(
        "C-1  carried out, without an answer to demand 1, task 1 not answered  in progress -> resolved"
    )
    facts = case("timeline", "1", "--json").json[-1]["facts"]
    assert (facts["anyway"], facts["unanswered"], facts["tasks"]) == (True, [1], [1])
    refused(case("close", "1", "--outcome", "satisfied"), 4, "cstrack task done C-1 1")
    do(case, "task", "done", "1", "1", "-m", "not needed")
    refused(case("close", "1", "--outcome", "satisfied"), 4, "cstrack demand answer C-1 1 --can")
    do(case, "demand", "answer", "1", "1", "--can")
    do(case, "close", "1", "--outcome", "satisfied")
    refused(case("agree", "1", "-m", "x"), 4, "note, contact, correct, attach", "cstrack reopen C-1")
    sound(case)
