"""What a desk has decided: levels, limits, triggers, lists. The default policy, `dealer`, as data.

A policy is a plain mapping (the shape of DEALER) behind a few questions that the rules ask.
Limits are texts as typed: 15m, 24h, 3d, 2w, 1mo (deadlines.py gives them their meaning).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cstrack.domain.dealer import DEALER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMPLAINT = "complaint"
ALWAYS = "24x7"
"""The calendar of every hour of every day."""


class Trigger:
    """Why a case stands at a level: `kind` is flag, channel or default; `code` names it."""

    __slots__ = ("code", "kind", "level")

    def __init__(self, level: int, kind: str, code: str) -> None:
        self.level, self.kind, self.code = level, kind, code


class Policy:
    """The questions that the rules ask of a policy's data."""

    def __init__(self, data: Mapping[str, Any], _zone: str = "UTC") -> None:
        self._data = data
        self.name: str = data["name"]
        self.version: int = data["version"]
        self.levels: Mapping[int, Mapping[str, Any]] = data["levels"]
        self.clocks: Mapping[str, Mapping[str, Any]] = data["clocks"]
        self.repeat_days: int = data["repeat_days"]

    @property
    def label(self) -> str:
        """Name and version as they stand in facts: `dealer v1`."""
        return f"{self.name} v{self.version}"

    @property
    def top(self) -> int:
        """The highest level."""
        return max(self.levels)

    def codes(self, listing: str) -> Mapping[str, Mapping[str, Any]]:
        """The entries of a list: kinds, channels, categories, flags, outcomes, waits; code -> entry."""
        found: Mapping[str, Mapping[str, Any]] = self._data[listing]
        return found

    def limit(self, kind: str, *, level: int, channel: str | None, flags: Iterable[str]) -> str | None:
        """The limit of a clock for such a case, or None where the policy sets none."""
        if kind == "level":
            text: str = self.levels[level]["limit"]
            return text
        rule = self.clocks[kind]
        urgent = rule.get("urgent")
        if urgent and (channel in urgent["channels"] or not set(urgent["flags"]).isdisjoint(flags)):
            return str(urgent["limit"])
        if "levels" in rule and level not in rule["levels"]:
            return None
        return rule.get("limit")

    def runs(self, clock: str, case_kind: str) -> bool:
        """Whether cases of this kind (complaint, inquiry, ...) run such a clock."""
        kinds = self.clocks[clock].get("kinds")
        return kinds is None or case_kind in kinds

    def pausable(self, clock: str, waiting_for: str) -> bool:
        """Whether waiting for the customer, supplier or third party stops such a clock."""
        return waiting_for in self.clocks.get(clock, {}).get("pausable", ())

    def trigger(self, channel: str | None, flags: Iterable[str]) -> Trigger:
        """The highest level that channel and flags call for, and what calls for it."""
        found = Trigger(min(self.levels), "default", "")
        named = [("flag", flag, self.codes("flags").get(flag, {})) for flag in sorted(flags)]
        named.append(("channel", channel or "", self.codes("channels").get(channel or "", {})))
        for kind, code, entry in named:
            if entry.get("level", 0) > found.level:
                found = Trigger(entry["level"], kind, code)
        return found

    def spoken(self, text: str) -> list[tuple[str, str | None]]:
        """Words in a text that call for attention: (word as written, flag or None for 'look at it')."""
        found: dict[str, str | None] = {}
        for entry in self._data["words"]:
            for match in re.finditer(entry["pattern"], text, re.IGNORECASE):
                found.setdefault(match.group(), entry["flag"])
        return list(found.items())

    def is_crisis(self, channel: str | None, flags: Iterable[str]) -> bool:
        """Two of media, legal, safety and a public platform make a crisis without anyone's word."""
        rule = self._data["crisis"]
        signs = set(rule["flags"]).intersection(flags)
        if channel in rule["channels"]:
            signs.add(rule["channels"][channel])
        return len(signs) >= int(rule["signs"])


def default_policy(_zone: str = "UTC") -> Policy:
    """The policy of a desk that has set none: `dealer`."""
    return Policy(DEALER)
