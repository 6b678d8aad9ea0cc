"""The Chinese catalogue is complete, says the same places, and is compiled from its source."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "src" / "cstrack" / "locale" / "zh_CN" / "LC_MESSAGES"
PLACE = re.compile(r"\{(\w*)[^}]*\}")


def _ours() -> set[str]:
    found = extract_from_dir(str(ROOT / "src" / "cstrack"), keywords={"_": None})
    return {str(message) for _file, _line, message, _comments, _context in found}


def test_every_message_of_the_sources_is_translated() -> None:
    catalogue = read_po((FOLDER / "cstrack.po").open("rb"))
    translated = {message.id for message in catalogue if message.string and not message.fuzzy}
    assert _ours() - translated == set()


def test_a_translation_has_the_same_places_as_its_source() -> None:
    catalogue = read_po((FOLDER / "cstrack.po").open("rb"))
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            assert set(PLACE.findall(str(message.string))) == set(PLACE.findall(message.id)), message.id


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read_po((FOLDER / "cstrack.po").open("rb")))
    assert (FOLDER / "cstrack.mo").read_bytes() == compiled.getvalue(), "run: make locale"


@pytest.mark.parametrize("name", ["zh_CN.UTF-8", "zh-Hans", "zh", "ZH_TW"])
def test_a_chinese_locale_speaks_chinese(name: str) -> None:
    from cstrack.render.i18n import choose

    assert choose(name) == "zh"
