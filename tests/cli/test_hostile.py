"""Texts that attack: kept exactly in the record, harmless wherever a person looks."""

from __future__ import annotations

import csv
import io
import re
import time
from typing import TYPE_CHECKING

import pexpect
import pytest
from rich.cells import cell_len

from cstrack.domain.decide import people, talk
from tests.support.cli import SCRIPT, Shell, environment
from tests.support.desks import Desk, copy_of
from tests.support.rough import ON_SQLITE, do
from tests.support.spec import T0

if TYPE_CHECKING:
    from pathlib import Path

OBEYED = (
    # what terminals obey: CSI, OSC, DCS, APC, PM, SOS, resets, and the same in one C1 character
    *("\x1b[31mred", "\x1b[2J\x1b[H", "\x1b[8mhidden", "\x1b[6n", "\x1b[5i", "\x1b[?1049h", "\x1bc", "\x1b"),
    *("\x1b]0;title\x07", "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\", "\x1b]52;c;ZXZpbA==\x07"),
    *(
        "\x1bP+q544e\x1b\\",
        "\x1b_Gf=100;AAAA\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXsos\x1b\\",
        "\x1b#8",
        "\x1b(0",
    ),
    *(
        "\x9b31mred",
        "\x9d0;title\x9c",
        "\x9d52;c;ZXZpbA==\x9c",
        "\x90q\x9c",
        "\x85next",
        "\x84",
        "\x8d",
        "\x9f",
    ),
    *(
        "\x07bell",
        "a\x08\x08\x08b",
        "over\rwritten",
        "a\x0bb",
        "a\x0cb",
        "\x0e\x0f",
        "\x05",
        "\x7f",
        "\x11\x13",
    ),
)
UNSEEN = (
    # what turns, hides or splits a line
    *("abc\u202egnp.exe", "\u202dabc", "\u2066a\u2069", "\u2067a", "\u200e", "\u200f", "\u061c"),
    *(
        "a\u2028b",
        "a\u2029b",
        "\ufeffbom",
        "zero\u200bwidth",
        "\u2060",
        "\U000e0041\U000e007f",
        "\ufff9a\ufffb",
    ),
)
MEANT = (
    # what a renderer, a format, a shell or a spreadsheet might take for its own
    *(
        "[/foo]",
        "[red]x[/red]",
        "[link=http://evil]x[/link]",
        "[bold",
        "[/]",
        "\\[x]",
        ":smile:",
        "[@click=quit]",
    ),
    *("{number}", "{0.__class__}", "%(x)s %n", "$(reboot)", "`reboot`", "'; DROP TABLE event; --", "=1+1"),
    *("two\nlines", "tab\there", "dos\r\nline", "--help", "-", "@", "字" * 60, "e\u0301\u0301\u0301", "👩‍👧"),
)
PAYLOADS = OBEYED + UNSEEN + MEANT
FOREIGN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WIDTH = 100
OPENED = int(time.time()) - 3600
LOOKED_AT = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(OPENED + 1800))


@pytest.fixture(scope="module")
def hostile(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A desk of an hour ago: a payload in each text of a case, and all of them as notes on the last case."""
    folder = tmp_path_factory.mktemp("hostile")
    desk = Desk(copy_of(template, folder))
    at = OPENED - T0
    for number, payload in enumerate(PAYLOADS, start=1):
        desk.open(at, subject=payload, text=payload, name=payload, category="billing")
        desk.does(people.assign, at, number, owner=payload, handler=payload, text=payload)
    last = desk.open(at).outcome.after.number
    for payload in PAYLOADS:
        desk.does(talk.note, at, last, text=payload)
    return Shell(folder, desk.url)


def seen(shell: Shell, *words: str, colour: bool = False) -> str:
    """What a terminal gets to see, lines ended by one character."""
    env = environment(shell.home, shell.url, TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="1")
    if not colour:
        env["NO_COLOR"] = "1"
    screen, code = _spawned(words, env)
    assert code in (0, 1, 2, 3, 4, 6, 78), screen
    assert "Traceback" not in screen
    return screen.replace("\r\n", "\n")


def _spawned(words: tuple[str, ...], env: dict[str, str]) -> tuple[str, int]:
    child = pexpect.spawn(
        str(SCRIPT), list(words), env=env, encoding="utf-8", timeout=60, dimensions=(50, WIDTH)
    )
    child.delayafterclose = 0
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before), int(child.exitstatus or 0)


def harmless(screen: str) -> None:
    found = FOREIGN.search(screen)
    assert found is None, (found, screen[max(0, found.start() - 60) : found.end() + 60])


LISTS = (
    ["list", "--status", "all"],
    ["overdue", "--within", "30d"],
    ["overdue", "--within", "30d", "--clocks"],
)


def test_there_are_more_than_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 60


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_r17_a_list_shows_them_harmless_and_within_its_width(hostile: Shell, words: list[str]) -> None:
    screen = seen(hostile, *words)
    harmless(screen)
    assert max(map(cell_len, screen.splitlines())) <= WIDTH
    assert "[/foo]" in screen


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("verb", ["show", "timeline", "why"])
def test_r17_a_case_shows_them_harmless(hostile: Shell, verb: str, step: int) -> None:
    last = len(PAYLOADS) + 1
    for number in (*range(1, last, step), last):
        screen = seen(hostile, verb, str(number))
        harmless(screen)
        assert f"C-{number}" in screen


@pytest.mark.parametrize(
    "words", [*LISTS, ["show", "1"], ["timeline", str(len(PAYLOADS) + 1)], ["why", "1"]], ids=" ".join
)
def test_r17_colour_adds_nothing_but_colour(hostile: Shell, words: list[str]) -> None:
    plain = seen(hostile, *words, "--at", LOOKED_AT)
    coloured = COLOUR.sub("", seen(hostile, *words, "--at", LOOKED_AT, colour=True))
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


def test_json_keeps_every_character(hostile: Shell) -> None:
    rows = hostile("list", "--status", "all", "--json").json
    told = {row["number"]: (row["subject"], row["customer"], row["owner"], row["handler"]) for row in rows}
    assert [told[number] for number in range(1, len(PAYLOADS) + 1)] == [(p, p, p, p) for p in PAYLOADS]
    [opened, *notes] = hostile("timeline", str(len(PAYLOADS) + 1), "--json").json
    assert opened["type"] == "opened"
    assert [note["words"]["text"] for note in notes] == list(PAYLOADS)


def test_what_stands_in_json_is_harmless_as_bytes_but_for_what_turns_or_hides(hostile: Shell) -> None:
    """JSON escapes C0 only; what it may hold beyond that is text, which a program reads."""
    assert re.search("[\x00-\x09\x0b-\x1f]", hostile("list", "--json").out) is None


def test_a_line_stays_a_line_for_programs(hostile: Shell) -> None:
    lines = hostile("list", "--status", "all").out.split("\n")[:-1]
    assert len(lines) == len(PAYLOADS) + 1
    assert {line.count("\t") for line in lines} == {7}
    for line in lines:
        harmless(line.replace("\t", ""))
    table = list(csv.DictReader(io.StringIO(hostile("list", "--status", "all", "--csv").out)))
    assert len(table) == len(lines)
    assert {row["subject"] for row in table} >= {"'=1+1", "'@", "[/foo]"}
    shown = hostile("timeline", str(len(PAYLOADS) + 1)).out.split("\n")[:-1]
    assert len(shown) == len(PAYLOADS) + 1


@ON_SQLITE
@pytest.mark.parametrize(
    "payload", ["\x1b]0;t\x07刹车", "a\u202eb\n12315", "[/foo] \x9b31m", "\x1b]52;c;eA==\x07"]
)
def test_r17_the_answers_of_writing_commands_are_harmless(shell: Shell, payload: str) -> None:
    for words in (
        ["open", payload, "--customer", payload, "--phone", "13800000000", "--as", payload, "-m", payload],
        ["open", "x", "--customer", "other", "--phone", "13800000000", "--as", payload],
        ["assign", "1", "who" + payload],
        ["note", "1", "-m", payload],
        ["contact", "1", "--in", "-m", payload],
        ["flag", "1", "vip", "-m", payload],
        ["propose", "1", "--by", "+1d", "-m", payload],
        ["resolve", "1", "-m", payload],
        ["reopen", "1", "-m", payload],
        ["open", "low"],
        ["escalate", "3", "-m", payload],
    ):
        harmless(seen(shell, *words))
    assert shell("show", "1", "--json").json["subject"] == payload.partition("\n")[0]


@ON_SQLITE
@pytest.mark.parametrize(
    "words",
    [
        *(["{}"], ["list", "--{}"], ["list", "-{}"], ["note", "1", "{}"], ["list", "--level", "{}"]),
        *(["note", "{}", "-m", "x"], ["note", "1", "-F", "{}"], ["note", "1", "-m", "x", "--at", "{}"]),
        *(["open", "x", "--category", "{}"], ["open", "x", "--phone", "{}"], ["list", "--fields", "{}"]),
        *(["list", "--format", "{{{}"], ["list", "--db", "/proc/{}"], ["open", "x", "--db", "/proc/{}/x"]),
        *(["list", "--db", "{}://x"], ["list", "--config", "/{}"], ["help", "{}"], ["when", "{}"]),
        *(["open", "x", "--config", "{}"], ["import", "{}", "--preset", "cfpb"], ["list", "--status", "{}"]),
        *(["list", "--color", "{}"], ["overdue", "--within", "{}"], ["audit", "{}"], ["completion", "{}"]),
    ],
    ids=" ".join,
)
def test_r17_a_refusal_repeats_them_harmless(shell: Shell, words: list[str]) -> None:
    payload = "\x1b]0;t\x07\x9b31m\u202e[/foo]"
    harmless(seen(shell, *(word.replace("{}", payload) for word in words)))


@ON_SQLITE
def test_the_doctor_shows_a_forged_row_harmless(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x")
    with desk.writing() as db:
        db.execute("UPDATE case_current SET subject = ? WHERE number = 1", ("\x1b]0;t\x07[/foo]",))
    screen = seen(shell, "doctor")
    harmless(screen)
    assert "[/foo]" in screen


@ON_SQLITE
def test_a_configuration_is_quoted_harmless(shell: Shell) -> None:
    file = shell.home / "\x1b[31m.toml"
    file.write_text('"\\u001b]0;t\\u0007" = "x"', encoding="utf-8")
    harmless(seen(shell, "list", "--config", str(file)))
