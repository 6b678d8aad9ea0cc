"""What is accepted as text."""

from __future__ import annotations

import pytest

from cstrack.domain.errors import BadInput
from cstrack.domain.text import checked

MOST = 1_048_576
"""Bytes in a mebibyte."""


@pytest.mark.parametrize("text", ["", "空调不制冷", "[/foo]", "\x1b[31m", "a\nb\tc", "\u202e", "x" * MOST])
def test_everything_that_can_be_kept_is_kept_as_it_is(text: str) -> None:
    assert checked(text, "text") is text


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("a\x00b", "text-has-nul", {"what": "SUBJECT"}),
        ("\ud800", "text-not-unicode", {"what": "SUBJECT"}),
        ("x" * (MOST + 1), "text-too-long", {"what": "SUBJECT", "size": MOST + 1, "most": MOST}),
        ("空" * 400_000, "text-too-long", {"what": "SUBJECT", "size": 1_200_000, "most": MOST}),
    ],
)
def test_what_cannot_be_kept_is_refused(text: str, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(BadInput) as caught:
        checked(text, "SUBJECT")
    assert (caught.value.code, caught.value.facts, caught.value.status) == (code, facts, 6)
