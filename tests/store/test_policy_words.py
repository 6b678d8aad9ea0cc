"""Words become patterns that find them; patterns that could hang the desk are refused."""

from __future__ import annotations

import re
import time

import pytest

from cstrack.domain.policy import Policy
from cstrack.store.policies import ways
from cstrack.store.policies.parts import Wrong
from tests.support.policies import SMALL, mapping, only


def spoken(words: list[str], text: str) -> list[str]:
    quoted = ", ".join(f'"{word}"' for word in words)
    policy = Policy(mapping(SMALL + f'[[words]]\nflag = "legal"\nwords = [{quoted}]\n'))
    return [word for word, _flag in policy.spoken(text)]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("fire", "FIRE!"),
        ("fire", "着fire了"),
        ("fire", "fire2"),
        ("12315", "打12315了"),
        ("刹车", "我的刹车坏了"),
        ("c++", "in c++ code"),
        ("a.b", "say a.b now"),
        ("iPhone 15", "my iphone 15 broke"),
        ("éclair", "un éclair"),
    ],
)
def test_a_word_is_found_where_it_is_a_word(word: str, text: str) -> None:
    assert [found.lower() for found in spoken([word], text)] == [word.lower()]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("fire", "firewall"),
        ("fire", "misfire"),
        ("12315", "123150"),
        ("a.b", "axb"),
        ("iPhone 15", "iphone 150"),
    ],
)
def test_a_word_inside_another_is_none(word: str, text: str) -> None:
    assert spoken([word], text) == []


def test_the_longest_of_words_that_begin_alike_is_found() -> None:
    assert spoken(["消费", "消费者协会", "court", "court order"], "消费者协会 and a court order") == [
        "消费者协会",
        "court order",
    ]


def test_words_stand_beside_their_pattern_for_people() -> None:
    [entry] = mapping(SMALL + '[[words]]\nwords = ["b", "abc"]\n')["words"]
    assert (entry["flag"], entry["words"]) == (None, ["b", "abc"])


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:small claims|high) court",
        "刹车.{0,20}失灵",
        "(?<!a)b[0-9]{1,5}",
        "colou?r",
        "(?:a|bc|d){1,3}x",
        "(?i:x)y",
    ],
)
def test_patterns_with_bounds_are_taken(pattern: str) -> None:
    ways.check(pattern)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(", "pattern-not-understood"),
        ("[z-a]", "pattern-not-understood"),
        ("(?<=a{1,2})b", "pattern-not-understood"),
        ("x" * 201, "pattern-too-long"),
        ("(a+)+b", "pattern-endless"),
        (".*", "pattern-endless"),
        ("a{2,}?", "pattern-endless"),
        ("(?:x++)", "pattern-endless"),
        ("(a)\\1", "pattern-refers-back"),
        ("(a)?(?(1)b|c)", "pattern-refers-back"),
        ("(?:ab|a|b){0,30}c", "pattern-too-costly"),
        ("(?:a?){30}a{30}", "pattern-too-costly"),
        ("a{0,99999}b", "pattern-too-costly"),
        ("(?:a{0,99}b?){0,99}", "pattern-too-costly"),
        ("x?", "pattern-empty"),
        ("(?=x)", "pattern-empty"),
        ("", "pattern-empty"),
    ],
)
def test_patterns_that_may_hang_or_find_nothing_are_refused(pattern: str, code: str) -> None:
    with pytest.raises(Wrong) as refused:
        ways.check(pattern)
    assert refused.value.code == code


def test_a_refused_pattern_is_named_by_its_place() -> None:
    problem = only(SMALL + "[[words]]\nwords = ['a']\npatterns = ['ok', '(b+)+']\n")
    assert (problem["place"], problem["problem"]) == ("words[1].patterns[2]", "pattern-endless")
    assert problem["value"] == "(b+)+"


@pytest.mark.parametrize("pattern", ["(?:a|ab|b|ba){0,6}c", "a{0,90}b{0,90}c", "[a-z]{0,50}q"])
def test_the_dearest_pattern_that_is_taken_is_still_quick(pattern: str) -> None:
    ways.check(pattern)
    began = time.process_time()
    list(re.finditer(pattern, "ab" * 5_000, re.IGNORECASE))
    assert time.process_time() - began < 5


def test_five_hundred_words_are_the_most() -> None:
    words = ", ".join(f'"w{n}"' for n in range(300))
    more = ", ".join(f'"v{n}"' for n in range(300))
    problem = only(SMALL + f"[[words]]\nwords = [{words}]\n[[words]]\nwords = [{more}]\n")
    assert (problem["place"], problem["problem"], problem["most"]) == ("words", "too-many", 500)
