"""`cstrack attach` and `attachment`: files of a case, on both kinds of database."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.attachment import MOST, MOST_AT_ONCE
from tests.support.branch import DANGEROUS, typed_at, widest
from tests.support.rough import ON_SQLITE, at_most, do, refused, sound, typed

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

KEYS = ["schema", "number", "n", "name", "size", "digest", "attached_at"]
BYTES = b"\x89PNG\r\n\x00\xff photo"
NAMES = ["..\\..\\x", "a\nb\x1b[31m.pdf", "\u202egnp.exe", "CON", "照" * 85, "[foo] {who} %s.pdf", "-m", "-"]


@pytest.fixture
def case(shell: Shell) -> Shell:
    do(shell, "open", "空调不制冷", "--at", "2025-03-10 09:00")
    (shell.home / "photo.png").write_bytes(BYTES)
    return shell


def listed(shell: Shell, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell("attachment", "list", "1", "--json", *more).json
    return found


def kept(desk: Desk) -> int:
    """How many files, or rows, hold bytes."""
    if desk.kind == "postgresql":
        return int(desk.rows("SELECT COUNT(*) FROM blob")[0][0])
    return sum(path.is_file() for path in Path(desk.url + ".files").rglob("*"))


def test_a_file_is_attached_listed_and_saved_as_it_was(case: Shell) -> None:
    done = case("attach", "1", "photo.png", "-m", "sent by him", "--at", "2025-03-10 10:00").ok
    assert (done.out, done.err) == ("C-1  attached: 1 photo.png\n", "")
    [one] = listed(case)
    assert list(one) == KEYS
    assert one == {
        "schema": 1,
        "number": 1,
        "n": 1,
        "name": "photo.png",
        "size": len(BYTES),
        "digest": sha256(BYTES).hexdigest(),
        "attached_at": "2025-03-10T02:00:00Z",
    }
    done = case("attachment", "save", "1", "1", "-o", "out.png").ok
    assert done.out == f"C-1  attachment 1, photo.png -> out.png, {len(BYTES)} B\n"
    out = case.home / "out.png"
    assert (out.read_bytes(), oct(out.stat().st_mode & 0o777)) == (BYTES, "0o600")
    told = case("timeline", "1", "--json").json[-1]
    assert (told["summary"], told["words"]["text"]) == ("attached: 1 photo.png", "sent by him")
    assert f"Attachments\n  1  photo.png, {len(BYTES)} B\n" in case("show", "1").ok.out
    sound(case)


def test_the_same_file_twice_is_two_attachments_and_one_blob(case: Shell, desk: Desk) -> None:
    do(case, "attach", "1", "photo.png", "./photo.png")
    do(case, "attach", "1", str(case.home / "photo.png"))
    assert [(one["n"], one["name"]) for one in listed(case)] == [(n, "photo.png") for n in (1, 2, 3)]
    assert kept(desk) == 1
    sound(case)


def test_d34_a_closed_case_takes_files(case: Shell) -> None:
    do(case, "close", "1", "--outcome", "withdrawn")
    do(case, "attach", "1", "photo.png")
    assert case("show", "1", "--json").json["status"] == "closed"
    sound(case)


def test_as_of_an_earlier_moment_there_is_less(case: Shell) -> None:
    do(case, "attach", "1", "photo.png", "--at", "2025-03-10 12:00")
    do(case, "attach", "1", "photo.png", "--at", "2025-03-10 11:00")
    assert [one["n"] for one in listed(case, "--at", "2025-03-10 11:30")] == [2]
    assert listed(case, "--at", "2025-03-10 10:00") == []
    early = ("attachment", "save", "1", "1", "-o", "x", "--at", "2025-03-10 11:30")
    refused(case(*early), 3, "C-1 has no attachment 1")
    do(case, "attachment", "save", "1", "2", "-o", "x", "--at", "2025-03-10 11:30")


def test_one_of_the_largest_size_goes_in_and_comes_out(case: Shell) -> None:
    data = os.urandom(1024) * (MOST // 1024)
    (case.home / "big").write_bytes(data)
    do(case, "attach", "1", "big")
    do(case, "attachment", "save", "1", "1", "-o", "back")
    assert (case.home / "back").read_bytes() == data
    assert "1  big, 25.0 MiB\n" in case("show", "1").ok.out
    sound(case)


def test_r16_hostile_names_are_kept_and_harm_nothing(case: Shell, desk: Desk) -> None:
    folder = case.home / "in"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(BYTES)
    do(case, "attach", "1", *(f"in/{name}" for name in NAMES))
    assert [one["name"] for one in listed(case)] == NAMES
    assert kept(desk) == 1
    if desk.kind == "sqlite":
        root = Path(desk.url + ".files")
        assert [path.name for path in root.rglob("*") if path.is_file()] == [sha256(BYTES).hexdigest()]
    for words in (["attachment", "list", "1"], ["show", "1"], ["timeline", "1"]):
        assert DANGEROUS.search(case(*words).ok.out.replace("\t", "")) is None
    sound(case)


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "read"),
    [("照片.jpg".encode("gb18030"), "照片.jpg"), (b"\xff.jpg", r"\xff.jpg"), ("照.jpg".encode(), "照.jpg")],
)
def test_a_name_of_another_encoding_is_read_as_far_as_it_can_be(case: Shell, name: bytes, read: str) -> None:
    (case.home / os.fsdecode(name)).write_bytes(BYTES)
    do(case, "attach", "1", os.fsdecode(name))
    assert listed(case)[0]["name"] == read


@ON_SQLITE
def test_a_link_gives_what_it_points_to_under_its_own_name(case: Shell) -> None:
    (case.home / "link").symlink_to("photo.png")
    do(case, "attach", "1", "link")
    assert (listed(case)[0]["name"], listed(case)[0]["size"]) == ("link", len(BYTES))


@ON_SQLITE
def test_saved_to_standard_output_it_is_the_bytes_alone(case: Shell) -> None:
    do(case, "attach", "1", "photo.png")
    with (case.home / "out").open("wb") as out:
        assert typed(case, "attachment", "save", "1", "1", "-o", "-", stdout=out).code == 0
    assert (case.home / "out").read_bytes() == BYTES


@ON_SQLITE
def test_programs_are_told_where_it_was_saved(case: Shell) -> None:
    do(case, "attach", "1", "photo.png")
    found = case("attachment", "save", "1", "1", "-o", "out", "--json").json
    assert list(found) == [*KEYS, "path"]
    assert found["path"] == str(case.home / "out")
    assert case("attachment", "save", "1", "1", "-o", "out2", "-q").ok.out == ""


# --- what is not accepted -----------------------------------------------------------------------------------


def odd_files(home: Path) -> None:
    (home / "empty").touch()
    (home / "folder").mkdir()
    os.mkfifo(home / "pipe")
    with (home / "large").open("wb") as file:
        file.truncate(MOST + 1)


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["nope"], 6, ["nope", "No such file"]),
        (["photo.png", "folder"], 6, ["folder"]),
        (["pipe"], 6, ["pipe"]),
        (["/dev/zero"], 6, ["/dev/zero"]),
        (["empty"], 6, ["empty"]),
        (["large"], 6, ["25 MiB"]),
        (["-"], 6, ["- cannot be read"]),
        ([], 2, ["FILE"]),
    ],
    ids=str,
)
def test_what_is_no_file_is_refused_by_its_name(
    case: Shell, desk: Desk, words: list[str], code: int, parts: list[str]
) -> None:
    odd_files(case.home)
    before = desk.everything()
    refused(case("attach", "1", *words), code, *parts)
    assert desk.everything() == before
    assert kept(desk) == 0


@ON_SQLITE
def test_files_of_one_command_have_a_limit_together(case: Shell, desk: Desk) -> None:
    names = [f"part{n}" for n in range(MOST_AT_ONCE // MOST + 1)]
    for name in names:
        with (case.home / name).open("wb") as file:
            file.truncate(MOST)
    refused(case("attach", "1", *names), 6, "100 MiB")
    assert kept(desk) == 0


@ON_SQLITE
def test_a_file_that_nobody_may_read_is_refused(case: Shell) -> None:
    from tests.support.rough import unprivileged

    (case.home / "photo.png").chmod(0)
    done = typed(case, "attach", "1", "photo.png", preexec_fn=unprivileged, cwd=case.home)
    refused(done, 6, "photo.png", "Permission denied")


def test_no_such_case_and_no_such_attachment(case: Shell, desk: Desk) -> None:
    refused(case("attach", "9", "photo.png"), 3, "C-9")
    refused(case("attachment", "list", "9"), 3, "C-9")
    refused(case("attachment", "save", "9", "1", "-o", "x"), 3, "C-9")
    refused(case("attachment", "save", "1", "2", "-o", "x"), 3, "cstrack attachment list C-1")
    refused(case("attach", "1,2", "photo.png"), 2, "1,2")
    assert kept(desk) == 0


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        ([], 5, "-o"),
        (["-o", "there"], 4, "--force"),
        (["-o", "folder"], 4, "folder"),
        (["-o", "folder", "--force"], 4, "folder"),
        (["-o", "pipe", "--force"], 4, "pipe"),
        (["-o", "/dev/null", "--force"], 4, "/dev/null"),
        (["-o", "nowhere/x"], 1, "nowhere/x"),
        (["-o", "-", "--json"], 2, "--json"),
    ],
    ids=str,
)
def test_where_it_cannot_be_saved_nothing_is_touched(
    case: Shell, words: list[str], code: int, part: str
) -> None:
    odd_files(case.home)
    (case.home / "there").write_text("mine")
    do(case, "attach", "1", "photo.png")
    before = sorted(path.name for path in case.home.iterdir())
    done = case("attachment", "save", "1", "1", *words)
    if "--json" in words:
        assert (done.code, json.loads(done.err)["error"]) == (code, "options-conflict")
    else:
        refused(done, code, part)
    assert sorted(path.name for path in case.home.iterdir()) == before
    assert (case.home / "there").read_text() == "mine"


@ON_SQLITE
def test_forced_it_takes_the_place_of_a_file_and_is_private(case: Shell) -> None:
    (case.home / "there").write_text("mine")
    do(case, "attach", "1", "photo.png")
    do(case, "attachment", "save", "1", "1", "-o", "there", "--force")
    assert (case.home / "there").read_bytes() == BYTES
    assert oct((case.home / "there").stat().st_mode & 0o777) == "0o600"


@ON_SQLITE
def test_a_terminal_is_not_given_the_bytes_of_a_file(case: Shell) -> None:
    do(case, "attach", "1", "photo.png")
    code, lines = typed_at(case.home, str(case.url), ["attachment", "save", "1", "1", "-o", "-"], 200)
    assert (code, "terminal" in lines[0]) == (2, True)


@ON_SQLITE
def test_r04_on_a_full_disk_nothing_is_recorded_and_nothing_half_is_left(case: Shell, desk: Desk) -> None:
    (case.home / "big").write_bytes(b"x" * 200_000)
    before = desk.everything()
    refused(typed(case, "attach", "1", "big", preexec_fn=at_most(100_000), cwd=case.home), 1, "is full")
    assert desk.everything() == before
    assert kept(desk) == 0
    do(case, "attach", "1", "big")
    done = typed(
        case, "attachment", "save", "1", "1", "-o", "out", preexec_fn=at_most(100_000), cwd=case.home
    )
    refused(done, 1, "out cannot be written: File too large")
    assert [path.name for path in case.home.glob("out*")] == []
    sound(case)


# --- what is missing or damaged -----------------------------------------------------------------------------


def damaged(desk: Desk, data: bytes | None) -> None:
    """The bytes of the one attachment are gone, or others."""
    digest = sha256(BYTES).hexdigest()
    if desk.kind == "postgresql":
        with desk.writing() as db:
            if data is None:
                db.execute("DELETE FROM blob")
            else:
                db.execute("UPDATE blob SET data = ?", (data,))
        return
    path = Path(desk.url + ".files") / digest[:2] / digest
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)


@pytest.mark.parametrize(("data", "code"), [(None, "attachment-missing"), (b"", "attachment-differs")])
def test_missing_or_altered_bytes_are_said_and_found_by_the_doctor(
    case: Shell, desk: Desk, data: bytes | None, code: str
) -> None:
    do(case, "attach", "1", "photo.png", "photo.png")
    damaged(desk, data)
    done = case("attachment", "save", "1", "2", "-o", "out")
    refused(done, 1, sha256(BYTES).hexdigest(), "cstrack doctor")
    assert not (case.home / "out").exists()
    examined = case("doctor", "--json")
    assert examined.code == 1
    [found] = json.loads(examined.out)["findings"]
    assert (found["code"], found["what"]) == (code, "case 1, attachment 1")
    assert case("doctor").out.startswith("case 1, attachment 1: its file ")


@ON_SQLITE
def test_the_doctor_compares_rows_and_counts_files_of_no_case(case: Shell, desk: Desk) -> None:
    do(case, "attach", "1", "photo.png", "photo.png")
    advised = [one["code"] for one in case("doctor", "--json").json["advice"]]
    stray = Path(desk.url + ".files") / "00"
    stray.mkdir()
    (stray / "stray").write_bytes(b"x")
    told = [one for one in case("doctor", "--json").json["advice"] if one["code"] not in advised]
    assert told == [{"code": "attachment-unnamed", "what": desk.url + ".files", "recorded": 1}]
    assert "1 of the files in it are of no case" in case("doctor").ok.out
    with desk.writing() as db:
        db.execute("UPDATE attachment SET name = 'x' WHERE n = 1")
        db.execute("DELETE FROM attachment WHERE n = 2")
        db.execute("INSERT INTO attachment VALUES (1, 7, NULL, 1, 'ab')")
    found = json.loads(case("doctor", "--json").out)["findings"]
    assert [(one["code"], one["what"]) for one in found] == [
        ("part-differs", "case 1, attachment 1"),
        ("part-differs", "case 1, attachment 2"),
        ("part-differs", "case 1, attachment 7"),
        ("attachment-missing", "case 1, attachment 7"),
    ]


# --- shown --------------------------------------------------------------------------------------------------


@ON_SQLITE
@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_at_a_terminal_it_stays_within_its_width(case: Shell, lang: str, width: int) -> None:
    code, lines = typed_at(case.home, str(case.url), ["attachment", "list", "1"], 80)
    assert (code, lines[0]) == (0, "Nothing is attached.")
    (case.home / ("照片" * 30)).write_bytes(BYTES)
    do(case, "attach", "1", "照片" * 30, "photo.png")
    for words in (["attachment", "list", "1"], ["show", "1"], ["timeline", "1"]):
        code, lines = typed_at(case.home, str(case.url), words, width, CSTRACK_LANG=lang)
        assert (code, widest(lines) <= width) == (0, True), (words, lines)


@ON_SQLITE
def test_lists_leave_as_lines_and_csv_too(case: Shell) -> None:
    do(case, "attach", "1", "photo.png", "--at", "2025-03-10 10:00")
    digest = sha256(BYTES).hexdigest()
    line = f"1\tphoto.png\t{len(BYTES)}\t2025-03-10T10:00:00+08:00\t{digest}\n"
    assert case("attachment", "list", "1").ok.out == line
    assert case("attachment", "list", "1", "--csv", "--fields", "n,name").ok.out == "n,name\n1,photo.png\n"
    refused(case("attachment", "list", "1", "--fields", "nmae"), 2, "name")
