"""Who opens a case, and what came before it: customers, repeats, chasers, two clerks at once."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cli import SCRIPT, environment
from tests.support.rough import ON_SQLITE, do, refused

if TYPE_CHECKING:
    from tests.support.cli import Shell

pytestmark = ON_SQLITE

PHONE = ("--phone", "13800000000", "--category", "service.repair")


def shown(shell: Shell, number: int = 1) -> Any:
    return shell("show", str(number), "--json").json


def ended(shell: Shell, ago: str, *more: str) -> None:
    """An earlier case of the same phone and category, resolved and closed so long ago."""
    do(shell, "open", "旧事", *PHONE, "--at", ago, "--resolve", "-m", "换了", *more)
    do(shell, "close", "1", "--outcome", "satisfied", "--at", ago)


def test_a_repeat_is_seen_however_the_phone_is_written(shell: Shell) -> None:
    ended(shell, "89 days ago")
    again = ("--phone", "+86 138-0000 0000", "--category", "service.repair")
    said = shell("open", "又坏了", *again).ok
    assert said.err == (
        "repeated: C-1 of this customer on the same matter ended within 90 days, so level 2\n"
    )
    case = shown(shell, 2)
    assert (case["level"], case["flags"], case["customer_number"]) == (2, ["repeated"], 1)


@pytest.mark.parametrize(
    ("ago", "more"),
    [
        ("91 days ago", PHONE),
        ("9 days ago", ("--phone", "13800000000", "--category", "billing")),
        ("9 days ago", ("--phone", "13800000001", "--category", "service.repair")),
        ("9 days ago", (*PHONE, "--kind", "praise")),
        ("9 days ago", ("--customer", "张三", "--category", "service.repair")),
    ],
)
def test_what_is_no_repeat_stays_at_level_one(shell: Shell, ago: str, more: tuple[str, ...]) -> None:
    ended(shell, ago, "--customer", "张三")
    assert shell("open", "又坏了", *more).ok.err == ""
    assert shown(shell, 2)["level"] == 1


def test_a_name_alone_registers_a_new_customer(shell: Shell) -> None:
    do(shell, "open", "x", "--customer", "张三", *PHONE)
    do(shell, "open", "y", "--customer", "张三")
    assert [shown(shell, number)["customer_number"] for number in (1, 2)] == [1, 2]


def test_another_name_for_a_known_phone_is_said_and_not_passed_off_as_recorded(shell: Shell) -> None:
    do(shell, "open", "x", "--customer", "张三", "--phone", "13800000000")
    said = shell("open", "y", "--customer", "李四", "--phone", "13800000000").ok
    assert said.err == (
        'this phone is registered for 张三, and so is the case. To keep "李四": cstrack note C-2 -m "..."\n'
    )
    assert "customer 张三" in said.out
    assert shown(shell, 2)["customer"] == "张三"


def test_an_earlier_case_that_is_still_open_is_named_and_the_new_one_opens(shell: Shell) -> None:
    do(shell, "open", "x", *PHONE)
    said = shell("open", "y", *PHONE).ok
    assert said.out.startswith("C-2  y\n")
    assert said.err == (
        "C-1 of this customer on the same matter is still open. "
        'A chaser goes there: cstrack contact C-1 --in -m "..."\n'
    )


@pytest.mark.parametrize("phone", ["ask his wife", "12", "1" * 40])
def test_a_phone_that_could_never_be_found_again_is_refused(shell: Shell, phone: str) -> None:
    refused(shell("open", "x", "--phone", phone), 2, f"{phone} is no phone number. Write 13800000000")


def test_two_clerks_at_once_get_different_numbers(shell: Shell) -> None:
    clerks = [
        subprocess.Popen(
            [SCRIPT, "open", f"第{clerk}件", *PHONE, "--json"],
            env=environment(shell.home, shell.url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for clerk in range(8)
    ]
    answers = [clerk.communicate(timeout=60) for clerk in clerks]
    assert [clerk.returncode for clerk in clerks] == [0] * 8, answers
    numbers = sorted(int(re.findall(r'"number": (\d+)', out)[0]) for out, _err in answers)
    assert numbers == list(range(1, 9))
