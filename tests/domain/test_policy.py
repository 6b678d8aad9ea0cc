"""What the default policy answers, and that its lists are whole."""

from __future__ import annotations

import pytest

from cstrack.domain.limits import split
from cstrack.domain.policy import default_policy

POLICY = default_policy()


@pytest.mark.parametrize(("level", "limit"), [(1, "24h"), (2, "48h"), (3, "72h")])
def test_each_level_has_its_limit(level: int, limit: str) -> None:
    assert POLICY.limit("level", level=level, channel=None, flags=()) == limit


def test_the_policy_is_named_with_its_version() -> None:
    assert (POLICY.label, POLICY.top) == ("dealer v1", 3)


@pytest.mark.parametrize(
    ("channel", "flags", "limit"),
    [
        (None, (), "24h"),
        ("mail", (), "24h"),
        ("mail", ("crisis",), "2h"),
        ("media", (), "2h"),
        ("mail", ("vip",), "24h"),
    ],
)
def test_first_response_is_urgent_for_a_crisis_and_in_public(
    channel: str | None, flags: tuple[str, ...], limit: str
) -> None:
    assert POLICY.limit("first-response", level=1, channel=channel, flags=flags) == limit


@pytest.mark.parametrize(("level", "limit"), [(1, None), (2, "24wh"), (3, "24wh")])
def test_the_next_word_is_owed_from_level_two(level: int, limit: str | None) -> None:
    assert POLICY.limit("next-update", level=level, channel="mail", flags=()) == limit


def test_an_outside_body_sets_its_own_limit() -> None:
    assert POLICY.limit("outside", level=3, channel="regulator", flags=()) is None


@pytest.mark.parametrize(
    ("channel", "flags", "level", "kind", "code"),
    [
        (None, (), 1, "default", ""),
        ("phone", (), 1, "default", ""),
        ("regulator", (), 3, "channel", "regulator"),
        ("phone", ("departments",), 2, "flag", "departments"),
        ("regulator", ("departments",), 3, "channel", "regulator"),
        ("regulator", ("vip",), 3, "flag", "vip"),
        ("phone", ("vip", "brand"), 3, "flag", "brand"),
        ("phone", ("unheard-of",), 1, "default", ""),
    ],
)
def test_the_highest_level_called_for_wins_and_is_named(
    channel: str | None, flags: tuple[str, ...], level: int, kind: str, code: str
) -> None:
    called = POLICY.trigger(channel, flags)
    assert (called.level, called.kind, called.code) == (level, kind, code)


@pytest.mark.parametrize("word", ["刹车", "制动", "转向", "失控", "气囊", "安全带", "起火", "自燃", "冒烟"])
def test_chinese_words_of_danger_set_safety(word: str) -> None:
    assert POLICY.spoken(f"昨天{word}了") == [(word, "safety")]


@pytest.mark.parametrize("word", ["brake", "brakes", "steering", "airbag", "fire"])
def test_words_of_danger_set_safety(word: str) -> None:
    assert POLICY.spoken(f"昨天 {word} !") == [(word, "safety")]


@pytest.mark.parametrize("word", ["曝光", "媒体", "记者"])
def test_words_of_publicity_set_media(word: str) -> None:
    assert POLICY.spoken(f"我要找{word}") == [(word, "media")]


@pytest.mark.parametrize("word", ["律师", "起诉", "法院"])
def test_words_of_law_set_legal(word: str) -> None:
    assert POLICY.spoken(f"去{word}") == [(word, "legal")]


@pytest.mark.parametrize("word", ["12315", "消协", "工信部"])
def test_names_of_outside_bodies_ask_to_be_looked_at(word: str) -> None:
    assert POLICY.spoken(f"打{word}了") == [(word, None)]


@pytest.mark.parametrize("text", ["fired", "firewall", "handbrakes-", "112315", "123150", "空调不制冷"])
def test_words_inside_others_say_nothing(text: str) -> None:
    assert POLICY.spoken(text) == []


def test_words_are_found_whatever_their_case_and_as_they_were_written() -> None:
    assert POLICY.spoken("BRAKES failed, Brakes again, 刹车") == [
        ("刹车", "safety"),
        ("BRAKES", "safety"),
        ("Brakes", "safety"),
    ]


@pytest.mark.parametrize(
    ("channel", "flags", "crisis"),
    [
        (None, ("media", "legal"), True),
        (None, ("safety", "legal"), True),
        ("platform", ("safety",), True),
        ("social", ("media",), True),
        ("media", ("media",), False),
        ("platform", (), False),
        ("phone", ("vip", "brand", "safety"), False),
    ],
)
def test_two_of_media_legal_safety_and_a_public_platform_are_a_crisis(
    channel: str | None, flags: tuple[str, ...], *, crisis: bool
) -> None:
    assert POLICY.is_crisis(channel, flags) is crisis


@pytest.mark.parametrize("listing", ["kinds", "channels", "categories", "flags", "outcomes", "waits"])
def test_every_entry_of_a_list_has_a_name_in_both_languages(listing: str) -> None:
    entries = POLICY.codes(listing)
    assert entries
    assert all(entry["en"] and entry["zh"] for entry in entries.values())


def test_every_limit_of_the_policy_is_understood() -> None:
    limits = [rule["limit"] for rule in POLICY.clocks.values() if "limit" in rule]
    limits += [level[name] for level in POLICY.levels.values() for name in ("limit", "pause_cap")]
    assert all(split(limit) for limit in limits)


@pytest.mark.parametrize(
    ("clock", "waiting_for", "pauses"),
    [
        ("level", "customer", True),
        ("level", "third-party", True),
        ("plan", "customer", True),
        ("plan", "supplier", False),
        ("first-response", "customer", False),
        ("total", "customer", False),
        ("outside", "customer", False),
        ("callback", "customer", False),
    ],
)
def test_which_clocks_wait_for_whom(clock: str, waiting_for: str, *, pauses: bool) -> None:
    assert POLICY.pausable(clock, waiting_for) is pauses
