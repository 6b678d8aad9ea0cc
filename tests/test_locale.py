"""The Chinese catalogue is complete, says the same places, and is compiled from its source."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "src" / "cstrack" / "locale" / "zh_CN" / "LC_MESSAGES"
PLACE = re.compile(r"\{(\w*)[^}]*\}")


def _ours() -> set[str]:
    """Every text that the sources hand to `_`; inside an f-string Babel would not see it."""
    files = (ROOT / "src" / "cstrack").rglob("*.py")
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_bytes())))
    calls = (node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_")
    return {ast.literal_eval(call.args[0]) for call in calls}


def _catalogue() -> Catalog:
    return read_po(io.BytesIO((FOLDER / "cstrack.po").read_bytes()))


def test_every_message_of_the_sources_is_translated() -> None:
    translated = {message.id for message in _catalogue() if message.string and not message.fuzzy}
    assert _ours() - translated == set()


def test_a_translation_has_the_same_places_as_its_source() -> None:
    for message in _catalogue():
        if message.id and isinstance(message.id, str):
            assert set(PLACE.findall(str(message.string))) == set(PLACE.findall(message.id)), message.id


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue())
    assert (FOLDER / "cstrack.mo").read_bytes() == compiled.getvalue(), "run: make locale"


@pytest.mark.parametrize("name", ["zh_CN.UTF-8", "zh-Hans", "zh", "ZH_TW"])
def test_a_chinese_locale_speaks_chinese(name: str) -> None:
    from cstrack.render.i18n import choose

    assert choose(name) == "zh"
