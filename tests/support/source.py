"""What the source says of itself, read without running it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from cstrack.domain import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[2] / "src" / "cstrack"
REFUSALS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
SLUG = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def codes_raised(under: str = ".") -> set[str]:
    """Every code that a refusal raised in these files can carry.

    A code stands as the first argument of a refusal, in something named `code` or `..._code`, in a table
    of `..._FAULTS`, or is handed to `guard_status`. `"case-" + status` counts for each ended status. What
    the doctor finds has codes of its own and refuses nothing.
    """
    place = PACKAGE / under
    files = [place] if place.suffix else sorted(place.rglob("*.py"))
    files = [file for file in files if file.name != "doctor.py"]
    found = {code for file in files for place in _places(ast.parse(file.read_bytes())) for code in _in(place)}
    if "case-" in found:
        found = found - {"case-"} | {"case-closed", "case-merged"}
    return found


def _places(tree: ast.AST) -> Iterator[ast.AST]:
    """The expressions in which codes stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield from node.args[:1] if called in REFUSALS else ()
            yield from node.args[1:2] if called == "guard_status" else ()
            yield from (key.value for key in node.keywords if key.arg == "code")
        elif isinstance(node, ast.FunctionDef):
            named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            yield from (given for arg, given in named if arg.arg == "code" and given)
            yield from ast.walk(node) if node.name.endswith("_code") else ()
        elif isinstance(node, ast.Assign) and _holds_codes(ast.unparse(node.targets[0])):
            yield node.value


def _holds_codes(name: str) -> bool:
    return name == "code" or name.endswith("_FAULTS")


def _in(place: ast.AST) -> Iterator[str]:
    for node in ast.walk(place):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and (text == "case-" or SLUG.fullmatch(text)):
            yield text


def facts_raised() -> Iterator[tuple[str, str, set[str]]]:
    """(file, code, names of its facts) of every refusal whose code and facts stand where it is raised."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            names = {key.arg for key in node.keywords}
            place = node.args[1] if called == "guard_status" and len(node.args) > 1 else node.args[0]
            if called == "guard_status":
                names = {"number", "status"}
            if (called in REFUSALS or called == "guard_status") and None not in names:
                yield from ((file.name, code, {str(name) for name in names}) for code in _in(place))
