"""The wheel as it meets someone who has nothing else: no checkout, no settings, an empty home."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import cstrack

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements-dev.txt"

# The brackets keep this file from naming what it forbids.
INDEX_HOSTS = re.compile(
    rb"p[y]pi\.(?:org|io|python)|p[y]thonhosted|/s[i]mple(?:/|[\"'])|index[-_]url *[=:]|//mir[r]ors?\.",
    re.IGNORECASE,
)


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """What a command writes to stdout; a failing one fails the test with all it said."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def contents(wheel: Path) -> dict[str, bytes]:
    """Everything in a wheel, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_under(folder: Path, prefix: str) -> dict[str, bytes]:
    """What a folder of the checkout holds, named as it stands in the wheel."""
    return {
        f"{prefix}/{file.relative_to(folder).as_posix()}": file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out)
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def packed(wheel: Path) -> dict[str, bytes]:
    return contents(wheel)


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment in which this wheel is installed.

    It borrows its libraries by a path line, which reads no path files there: the editable install of the
    checkout stays out of sight.
    """
    home = tmp_path_factory.mktemp("venv")
    venv.create(home)
    python = home / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall", wheel)
    return home / "bin"


@pytest.fixture
def newcomer(tmp_path: Path) -> dict[str, str]:
    """The environment of someone who has just made an account."""
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_the_migrations_lie_in_the_wheel_as_in_the_checkout(packed: dict[str, bytes]) -> None:
    migrations = files_under(ROOT / "migrations", "cstrack/migrations")
    assert "cstrack/migrations/env.py" in migrations
    assert any(name.startswith("cstrack/migrations/versions/") for name in migrations)
    assert {name: packed.get(name) for name in migrations} == migrations


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(packed: dict[str, bytes]) -> None:
    package = files_under(ROOT / "src" / "cstrack", "cstrack")
    expected = {*package, *files_under(ROOT / "migrations", "cstrack/migrations")}
    assert "cstrack/py.typed" in expected
    assert {name for name in packed if ".dist-info/" not in name} == expected


def test_every_catalogue_is_compiled_in_the_wheel(packed: dict[str, bytes]) -> None:
    sources = {name for name in packed if name.endswith(".po")}
    assert sources
    assert {name.removesuffix(".po") + ".mo" for name in sources} <= set(packed)


def test_the_version_of_the_wheel_is_the_literal(wheel: Path, packed: dict[str, bytes]) -> None:
    metadata = packed[f"cstrack-{cstrack.__version__}.dist-info/METADATA"].decode()
    assert HeaderParser().parsestr(metadata)["Version"] == cstrack.__version__
    assert wheel.name == f"cstrack-{cstrack.__version__}-py3-none-any.whl"


def test_the_sdist_builds_the_same_wheel(packed: dict[str, bytes], tmp_path: Path) -> None:
    run(
        sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path
    )  # an sdist, and a wheel from it
    assert len([*tmp_path.glob("*.tar.gz")]) == 1
    [again] = tmp_path.glob("*.whl")
    assert contents(again) == packed


def test_an_editable_install_leaves_no_copy_of_the_migrations(tmp_path: Path) -> None:
    run(
        sys.executable, "-c", f"from hatchling.build import build_editable; build_editable({str(tmp_path)!r})"
    )
    [editable] = tmp_path.glob("*.whl")
    assert [name for name in contents(editable) if "migrations" in name] == []


def test_the_installed_wheel_is_what_runs(scripts: Path, nowhere: Path, newcomer: dict[str, str]) -> None:
    where = run(
        scripts / "python", "-c", "import cstrack; print(cstrack.__file__)", cwd=nowhere, env=newcomer
    )
    assert Path(where.strip()).is_relative_to(scripts.parent)


def test_the_first_command_opens_a_case_and_makes_a_private_database(
    scripts: Path, nowhere: Path, newcomer: dict[str, str]
) -> None:
    words = ["open", "hello", "--channel", "phone", "--json"]
    case: dict[str, Any] = json.loads(run(scripts / "cstrack", *words, cwd=nowhere, env=newcomer))
    assert (case["schema"], case["number"], case["ref"], case["status"]) == (1, 1, "C-1", "open")

    found = [file for file in Path(newcomer["HOME"]).rglob("*") if file.is_file()]
    databases = [file for file in found if file.read_bytes().startswith(b"SQLite format 3\0")]
    assert [file.stat().st_mode & 0o777 for file in databases] == [0o600]
    assert list(nowhere.iterdir()) == []


def test_a_second_process_finds_what_the_first_wrote(
    scripts: Path, nowhere: Path, newcomer: dict[str, str]
) -> None:
    run(scripts / "cstrack", "open", "空调不制冷", "--channel", "phone", cwd=nowhere, env=newcomer)
    listed = json.loads(run(scripts / "cstrack", "list", "--json", cwd=nowhere, env=newcomer))
    assert [(case["ref"], case["subject"]) for case in listed] == [("C-1", "空调不制冷")]


def test_the_sample_desk_comes_with_the_wheel(scripts: Path, nowhere: Path, newcomer: dict[str, str]) -> None:
    assert "C-" in run(scripts / "cstrack", "demo", cwd=nowhere, env=newcomer)


def locked() -> Iterator[tuple[str, str]]:
    """Each library of the lock with its version."""
    for name, version in re.findall(
        r"^([a-z0-9.-]+)==([^ ]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE
    ):
        yield canonicalize_name(name), version


def test_the_lock_answers_every_declared_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    declared = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *(line for extra in extras for line in extra),
    ]
    versions = dict(locked())
    wanted = [Requirement(line) for line in declared]
    unanswered = [
        str(each)
        for each in wanted
        if not each.specifier.contains(versions.get(canonicalize_name(each.name), "0"))
    ]
    assert unanswered == [], "`make lock` resolves them"


def test_every_locked_library_has_hashes() -> None:
    blocks = re.split(r"\n(?=[a-z])", LOCK.read_text(encoding="utf-8"))[1:]
    assert len(blocks) == len(dict(locked()))
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_no_tracked_file_names_an_index_host() -> None:
    tracked = run("git", "ls-files", "-z").split("\0")
    named = [
        f"{name}: {hit.group().decode()}"
        for name in filter(None, tracked)
        if (file := ROOT / name).is_file()
        for hit in INDEX_HOSTS.finditer(file.read_bytes())
    ]
    assert named == []
