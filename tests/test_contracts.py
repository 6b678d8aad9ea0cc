"""What import-linter cannot say: the standard library's share, and what stands at the top of a file."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "cstrack"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

OUTSIDE_WORLD = {"fcntl", "io", "locale", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3"}
OUTSIDE_WORLD |= {"subprocess", "sys", "tempfile", "time", "urllib", "uuid"}
HEAVY = {"alembic", "pydantic", "questionary", "sqlalchemy", "sqlmodel"}
SLOW_TO_START = HEAVY | {"dataclasses", "importlib.metadata", "logging", "pathlib", "rich", "tomllib"}


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported(node: ast.AST, *, inside_functions: bool) -> Iterator[str]:
    """The modules that running `node` imports, or that calling its functions may."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield child.module or ""
        elif is_for_types_only(child):
            continue
        elif inside_functions or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from imported(child, inside_functions=inside_functions)


def imports_of(room: str, *, inside_functions: bool = True) -> dict[str, set[str]]:
    """By file of a room, what it imports."""
    files = sorted((PACKAGE / room).rglob("*.py"))
    assert files, f"no files in {room}"
    return {
        str(file.relative_to(PACKAGE)): set(
            imported(ast.parse(file.read_bytes()), inside_functions=inside_functions)
        )
        for file in files
    }


def breaches(found: dict[str, set[str]], banned: set[str]) -> list[str]:
    """Each `file: module` whose module, or a package it lies in, is banned."""
    return [
        f"{file}: {module}"
        for file, modules in found.items()
        for module in sorted(modules)
        if any(module == name or module.startswith(f"{name}.") for name in banned)
    ]


def foreign(found: dict[str, set[str]], *allowed: str) -> list[str]:
    """Each `file: module` from neither the standard library, this package, nor what is allowed."""
    known = {*sys.stdlib_module_names, "cstrack", *allowed}
    return [
        f"{file}: {module}"
        for file, modules in found.items()
        for module in sorted(modules)
        if module.partition(".")[0] not in known
    ]


def contract(words: str) -> dict[str, Any]:
    """The one import-linter contract whose name holds these words."""
    [found] = [each for each in PROJECT["tool"]["importlinter"]["contracts"] if words in each["name"]]
    return dict(found)


def libraries() -> set[str]:
    """The import names of all declared run-time libraries, which here are their distribution names."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    declared = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    return {Requirement(line).name for line in declared}


def test_rules_import_the_standard_library_only() -> None:
    assert foreign(imports_of("domain")) == []


def test_rules_reach_no_clock_file_socket_or_chance() -> None:
    assert breaches(imports_of("domain"), OUTSIDE_WORLD) == []


def test_the_record_needs_a_database_driver_and_nothing_else() -> None:
    assert foreign(imports_of("record"), "psycopg") == []


def test_commands_load_only_typer_and_the_standard_library_at_the_top() -> None:
    assert foreign(imports_of("cli", inside_functions=False), "typer") == []


@pytest.mark.parametrize("room", ["domain", "record", "app", "render", "cli"])
def test_nothing_slow_to_import_stands_at_the_top_of_a_file(room: str) -> None:
    assert breaches(imports_of(room, inside_functions=False), SLOW_TO_START) == []


def test_every_library_is_either_forbidden_to_the_rules_or_not_declared() -> None:
    forbidden = {
        *contract("never reach the heavy libraries")["forbidden_modules"],
        *contract("standard library alone")["forbidden_modules"],
    }
    assert forbidden - {"cstrack.store"} == libraries()


def test_the_heavy_libraries_are_forbidden_to_all_rooms_but_store_and_cli() -> None:
    heavy = contract("never reach the heavy libraries")
    assert heavy["source_modules"] == ["cstrack.domain", "cstrack.record", "cstrack.app", "cstrack.render"]
    assert set(heavy["forbidden_modules"]) == HEAVY | {"cstrack.store"}
