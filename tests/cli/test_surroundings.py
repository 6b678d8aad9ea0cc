"""What surrounds a command: locale, zone, umask, folders, configuration, and secrets in a URL."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import SCRIPT, Shell, environment
from tests.support.rough import do, refused

if TYPE_CHECKING:
    from collections.abc import Callable

SERVER = "postgresql://postgres:%s@127.0.0.1:1/test"


@pytest.fixture
def nowhere(tmp_path: Path) -> Shell:
    """A shell with an empty home and no database named."""
    home = tmp_path / "home"
    home.mkdir()
    return Shell(home)


@pytest.fixture
def desk_of_one(nowhere: Shell, template: Path, tmp_path: Path) -> Shell:
    """A desk with one case whose text is Chinese."""
    nowhere.url = str(shutil.copyfile(template, tmp_path / "cs.db"))
    do(nowhere, "open", "刹车失灵 😀", "--customer", "张三")
    return nowhere


def spoken(shell: Shell, words: list[str | bytes], **environ: str) -> bytes:
    """What a command prints, as bytes; it neither fails nor complains."""
    env = {**environment(shell.home, shell.url), **environ}
    done = subprocess.run([SCRIPT, *words], env=env, capture_output=True, timeout=60, check=False)
    assert (done.returncode, b"rror" in done.stderr) == (0, False), done
    return done.stdout + done.stderr


# --- locales ------------------------------------------------------------------------------------------------

READING: list[list[str | bytes]] = [
    ["list"],
    ["list", "--json"],
    ["show", "1"],
    ["timeline", "1", "--json"],
    ["why", "1"],
    ["overdue", "--within", "5d"],
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_r24_the_c_locale_prints_chinese_as_utf_8(desk_of_one: Shell, words: list[str | bytes]) -> None:
    assert "刹车失灵 😀".encode() in spoken(desk_of_one, words, LC_ALL="C", LANG="C")


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_r24_an_output_that_knows_ascii_only_is_no_fault(
    desk_of_one: Shell, words: list[str | bytes]
) -> None:
    said = spoken(desk_of_one, words, PYTHONIOENCODING="ascii")
    assert rb"\u5239\u8f66" in said
    assert said.isascii()


def test_r24_a_gb18030_terminal_reads_and_types_chinese(desk_of_one: Shell, tmp_path: Path) -> None:
    place = tmp_path / "zh_CN.gb18030"
    command = ["localedef", "-i", "zh_CN", "-f", "GB18030", str(place)]
    if not shutil.which("localedef") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("localedef cannot make a locale in GB18030 here")
    terminal = {"LOCPATH": str(tmp_path), "LC_ALL": "zh_CN.gb18030"}
    for words in READING:
        assert "刹车失灵 😀".encode("gb18030") in spoken(desk_of_one, words, **terminal)
    spoken(desk_of_one, ["open", "转向失灵".encode("gb18030")], **terminal)
    case = desk_of_one("show", "2", "--json").json
    assert (case["subject"], case["flags"]) == ("转向失灵", ["safety"])


# --- zones --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "offset"),
    [
        ({"TZ": "Asia/Kathmandu", "CSTRACK_ZONE": ""}, "+05:45"),
        ({"TZ": "Asia/Kathmandu", "CSTRACK_ZONE": "Asia/Shanghai"}, "+08:00"),
        ({"TZ": "UTC", "CSTRACK_ZONE": ""}, "+00:00"),
    ],
)
def test_r24_a_desk_keeps_the_zone_it_was_made_in(
    nowhere: Shell, tmp_path: Path, environ: dict[str, str], offset: str
) -> None:
    nowhere.url = str(tmp_path / "cs.db")
    do(nowhere, "open", "x", "--at", "2025-11-03 09:00", **environ)
    elsewhere = {"TZ": "America/New_York", "CSTRACK_ZONE": "Europe/London"}
    assert nowhere("list", "--format", "{next_due}", **elsewhere).out == f"2025-11-04T09:00:00{offset}\n"


@pytest.mark.parametrize("name", ["Asia/Shangai", "../../etc/passwd", "Mars/Base"])
def test_a_zone_that_is_none_makes_no_desk(nowhere: Shell, tmp_path: Path, name: str) -> None:
    nowhere.url = str(tmp_path / "cs.db")
    refused(nowhere("open", "x", CSTRACK_ZONE=name), 78, f"the time zone {name} is not known", "CSTRACK_ZONE")
    assert nowhere("list") == (0, "", "")


# --- folders and modes --------------------------------------------------------------------------------------


def modes(top: Path) -> dict[str, int]:
    return {str(path.relative_to(top)): stat.S_IMODE(path.stat().st_mode) for path in top.rglob("*")}


def test_r19_whatever_the_umask_all_that_is_made_is_nobody_elses(nowhere: Shell) -> None:
    env = environment(nowhere.home)
    for words in (["open", "x"], ["note", "1", "-m", "x"], ["sweep"], ["list"]):
        subprocess.run(
            [SCRIPT, *words], env=env, preexec_fn=lambda: os.umask(0), stdout=subprocess.DEVNULL, check=True
        )
    made = modes(nowhere.home)
    assert made.pop(".local/share/cstrack/cstrack.db") == 0o600
    assert all(mode == (0o600 if "cstrack.db" in name else 0o700) for name, mode in made.items()), made


def test_the_database_lies_in_the_data_folder(nowhere: Shell, tmp_path: Path) -> None:
    do(nowhere, "open", "x", XDG_DATA_HOME=str(tmp_path / "data"))
    assert (tmp_path / "data/cstrack/cstrack.db").is_file()


def test_a_data_folder_that_is_relative_counts_as_none(nowhere: Shell) -> None:
    do(nowhere, "open", "x", XDG_DATA_HOME="data")
    assert (nowhere.home / ".local/share/cstrack/cstrack.db").is_file()
    assert not (nowhere.home / "data").exists()


def test_without_a_home_the_account_knows_one(nowhere: Shell, tmp_path: Path) -> None:
    env = environment(nowhere.home, XDG_DATA_HOME=str(tmp_path))
    del env["HOME"]
    done = subprocess.run([SCRIPT, "open", "x"], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("C-1  x\n"), done
    assert Path(pwd.getpwuid(os.getuid()).pw_dir).is_dir()


def test_a_tilde_that_no_shell_has_read_is_the_home(nowhere: Shell) -> None:
    do(nowhere, "open", "x", CSTRACK_DATABASE_URL="~/desk.db")
    assert (nowhere.home / "desk.db").is_file()


# --- configuration ------------------------------------------------------------------------------------------


def configured(shell: Shell, text: str) -> Path:
    file = shell.home / ".config/cstrack/config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_users_file_names_database_user_and_zone(nowhere: Shell) -> None:
    configured(nowhere, 'database_url = "~/desk.db"\nuser = "wang"\nzone = "Asia/Tokyo"\n')
    do(nowhere, "open", "x", CSTRACK_USER="", CSTRACK_ZONE="")
    said = nowhere("list", "--format", "{owner} {next_due}", CSTRACK_USER="").out
    assert (nowhere.home / "desk.db").is_file()
    assert said.startswith("wang ")
    assert said.endswith("+09:00\n")


def test_the_nearer_word_wins(nowhere: Shell, tmp_path: Path) -> None:
    configured(nowhere, 'user = "file"\n')
    nearer = tmp_path / "nearer.toml"
    nearer.write_text('user = "named"\n')
    for words, environ in (
        ([], {"CSTRACK_USER": ""}),
        (["--config", str(nearer)], {"CSTRACK_USER": ""}),
        (["--config", str(nearer)], {"CSTRACK_USER": "environment"}),
        (["--config", str(nearer), "--as", "flag"], {"CSTRACK_USER": "environment"}),
    ):
        do(nowhere, "open", "x", *words, **environ)
    owners = nowhere("list", "--format", "{owner}").out.split()
    assert owners == ["file", "named", "environment", "flag"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('databse_url = "x"', ["unknown key databse_url. Did you mean database_url?"]),
        ("user = 3", ['user must be a text in quotes: user = "..."']),
        ('user = "a', ["is not understood: "]),
        ('user = "a"\nuser = "b"', ["is not understood: "]),
        ("user = " + "[" * 16_000, ["is not understood: "]),
        ("user = " + "9" * 16_000, ["is not understood: "]),
        ("a." * 8_000 + "b = 1", ["unknown key a."]),
        ("x" * 300_000, ["config.toml is larger than 16 KiB"]),
        ("\x00", ["is not understood: "]),
        ('database_url = "a\\u0000b"', ["cannot be used: "]),
    ],
    ids=range(10),
)
def test_r23_a_configuration_that_is_not_right_is_refused(
    nowhere: Shell, text: str, parts: list[str]
) -> None:
    configured(nowhere, text)
    code = 1 if parts == ["cannot be used: "] else 78
    for words in (["list"], ["open", "x"]):
        refused(nowhere(*words, CSTRACK_USER=""), code, *parts)


def test_a_configuration_in_another_encoding_is_refused(nowhere: Shell) -> None:
    configured(nowhere, "").write_bytes(b'user = "\xff"')
    refused(nowhere("list"), 78, "config.toml is not understood: ")


@pytest.mark.parametrize("words", [["list"], ["open", "x"], ["note", "1", "-m", "x"], ["doctor"]])
def test_a_configuration_that_is_named_and_missing_is_refused(desk_of_one: Shell, words: list[str]) -> None:
    refused(desk_of_one(*words, "--config", "/none.toml"), 78, "there is no configuration file /none.toml")


def test_no_file_of_the_current_folder_is_read(nowhere: Shell) -> None:
    for name in ("config.toml", "cstrack.toml", ".cstrack.toml"):
        (nowhere.home / name).write_text("not a configuration [")
    assert nowhere("list") == (0, "", "")


# --- secrets ------------------------------------------------------------------------------------------------

SECRETS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("plain", lambda secret: SERVER % secret),
    ("odd", lambda secret: SERVER % f"{secret}@x/{secret}:{secret}#{secret}"),
    ("percent", lambda secret: SERVER % f"{secret}%zz"),
    (
        "parameter",
        lambda secret: f"postgresql://postgres@127.0.0.1:1/test?password={secret}&connect_timeout=1",
    ),
    ("port", lambda secret: f"postgresql://postgres:{secret}@127.0.0.1:nothing/test"),
)


@pytest.mark.parametrize("url", [make for _name, make in SECRETS], ids=[name for name, _make in SECRETS])
@pytest.mark.parametrize("words", [["list"], ["open", "x"], ["list", "--debug"], ["open", "x", "--json"]])
def test_a_password_is_never_shown(nowhere: Shell, url: Callable[[str], str], words: list[str]) -> None:
    done = nowhere(*words, CSTRACK_DATABASE_URL=url("sekret"))
    assert (done.code, done.out, "sekret" in done.err) == (1, "", False), done.err
    assert "postgresql://postgres@127.0.0.1:" in done.err
