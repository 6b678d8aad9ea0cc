"""What is wrong with a TOML file is said in this program's words, in the language in use."""

from __future__ import annotations

import tomllib

import pytest

from cstrack.render import toml_words


def parser_says(text: str) -> str:
    with pytest.raises(tomllib.TOMLDecodeError) as fault:
        tomllib.loads(text)
    return str(fault.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = 1\na = 2\n", "a key stands here that stood above already"),
        ("[a]\n[a]\n", "a table stands here that stood above already"),
        ('a = "x\nb = 1\n', "a text is not closed by its quote on this line"),
        ("a = [1, 2\n", "a bracket is not closed"),
        ("a = 24h\n", "the line should end here, and something follows"),
        ("a = 2026-02-30\n", "there is no such date or time"),
    ],
)
def test_the_parsers_reasons_have_words_of_our_own(text: str, words: str) -> None:
    assert toml_words.reason(parser_says(text)) == words


def test_another_reason_stands_as_it_is_but_for_control_characters() -> None:
    assert toml_words.reason("Found \x1b[31m") == "Found \\x1b[31m"
