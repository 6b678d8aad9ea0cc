"""How people of the desk are called."""

from __future__ import annotations

import unicodedata

import pytest

from cstrack.domain.errors import NotFound, Usage
from cstrack.domain.handles import LONGEST, handle, known_person, known_store


@pytest.mark.parametrize("word", ["li", "王主管", "Zoë", "o.brien-2_x", "नमस्ते", "7", "x" * LONGEST])
def test_letters_of_any_script_digits_and_three_signs_make_a_handle(word: str) -> None:
    assert handle(f"  {word} ") == word


def test_one_handle_is_written_in_one_way() -> None:
    assert handle(unicodedata.normalize("NFD", "Zoë")) == "Zoë"


@pytest.mark.parametrize(
    "word", ["", "a b", "a,b", "-li", ".li", "_li", "li!", "x" * 65, "a\nb", "li\u202e", "a/b"]
)
def test_anything_else_is_refused(word: str) -> None:
    with pytest.raises(Usage) as told:
        handle(word)
    assert told.value.code == "handle-not-allowed"


@pytest.mark.parametrize("word", ["system", "System", "SYSTEM"])
def test_the_program_keeps_its_own_name(word: str) -> None:
    with pytest.raises(Usage) as told:
        handle(word)
    assert told.value.code == "handle-taken"


def test_an_unknown_person_or_store_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound) as told:
        known_person("wagn", ["wang", "li"])
    assert (told.value.code, told.value.facts["near"]) == ("no-such-person", "wang")
    with pytest.raises(NotFound) as told:
        known_store("xyz", ["east"])
    assert (told.value.code, told.value.facts["near"]) == ("no-such-store", None)
    assert known_store(" east ", ["east"]) == "east"
