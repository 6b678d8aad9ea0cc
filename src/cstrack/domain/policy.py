"""What a desk has decided: levels, limits, triggers, lists. The default policy, `dealer`, as data.

A policy is a plain mapping (compiled from a TOML file, see docs/policy.md; the shape of DEALER) behind a
few questions that the rules ask. Limits are texts as typed: 15m, 24h, 3d, 8wh, 5wd (domain/limits.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cstrack.domain.alike import ALIKE
from cstrack.domain.dealer import DEALER
from cstrack.domain.standard_clocks import EVENTS, STAGE, TIME_SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cstrack.domain.calendar import Calendar

COMPLAINT = "complaint"
ALWAYS = "24x7"
"""The calendar of every hour of every day."""


class Trigger:
    """Why a case stands at a level: `code` names it.

    `kind` is flag, channel, category, kind, customer-type or default.
    """

    __slots__ = ("code", "kind", "level")

    def __init__(self, level: int, kind: str, code: str) -> None:
        self.level, self.kind, self.code = level, kind, code


class Grouping:
    """So many cases alike by one of `alike`, within so many days, are to be one group at `level`."""

    __slots__ = ("alike", "cases", "days", "level")

    def __init__(self, cases: int, days: int, level: int, alike: Sequence[str]) -> None:
        self.cases, self.days, self.level, self.alike = cases, days, level, alike


class Policy:
    """The questions that the rules ask of a policy's data.

    `zone` is the desk's: calendars without one of their own are in it.
    """

    def __init__(self, data: Mapping[str, Any], zone: str = "UTC") -> None:
        self.data = data
        self.zone = zone
        self.name: str = data["name"]
        self.version: int = data["version"]
        self.levels: Mapping[int, Mapping[str, Any]] = {int(n): level for n, level in data["levels"].items()}
        self.clocks: Mapping[str, Mapping[str, Any]] = data["clocks"]
        self._calendars: dict[str, Calendar] = {}
        self._stores: dict[str | None, Policy] = {}

    @property
    def label(self) -> str:
        """Name and version as they stand in facts: `dealer v1`; only the name where no desk applied it."""
        return f"{self.name} v{self.version}" if self.version else self.name

    @property
    def top(self) -> int:
        """The highest level."""
        return max(self.levels)

    @property
    def counts_from_opening(self) -> bool:
        """Whether the limits of all levels count from the opening, instead of from reaching the level."""
        return bool(self.data["counts_from"] == "opening")

    def codes(self, listing: str) -> Mapping[str, Mapping[str, Any]]:
        """The entries of a list: kinds, channels, categories, flags, outcomes, waits, ...; code -> entry."""
        found: Mapping[str, Mapping[str, Any]] = self.data[listing]
        return found

    def fields(self, on: str | None = None) -> list[Mapping[str, Any]]:
        """The fields of the desk's own, all or those of a case, a customer or a product."""
        return [field for field in self.data["fields"] if on in (None, field["on"])]

    def every_field(self) -> dict[str, Mapping[str, Any]]:
        """The fields that the desk or any of its stores has: code -> field. The desk's own go first."""
        own = {field["code"]: field for field in self.fields()}
        stores = self.data["stores"].values()
        return {**own, **{field["code"]: field for over in stores for field in over.get("fields", ())}, **own}

    # --- clocks ---

    def limit(
        self,
        kind: str,
        *,
        level: int,
        channel: str | None,
        flags: Iterable[str],
        category: str | None = None,
        stage: str | None = None,
        again: bool = False,
    ) -> str | None:
        """The limit of a clock for such a case, or None where the policy sets none.

        The first urgent rule that fits goes before the level's own limit, and that before the clock's.
        `again` asks for that of a further word to somebody who waits.
        """
        rule = self.clocks.get(kind)
        if rule is None or level not in rule.get("levels", self.levels):
            return None
        if channel not in rule.get("channels", (channel,)):
            return None
        for urgent in rule.get("urgent", ()):
            if (
                channel in urgent["channels"]
                or category in urgent["categories"]
                or not set(urgent["flags"]).isdisjoint(flags)
            ):
                return str(urgent["limit"])
        if kind == "level":
            return str(self.levels[level]["limit"])
        if again and "again" in rule:
            return str(rule["again"])
        plain = (self.stage(stage) or {}) if kind == STAGE else rule
        found: str | None = plain.get("by_level", {}).get(str(level), plain.get("limit"))
        return found

    def runs(self, clock: str, case_kind: str) -> bool:
        """Whether cases of this kind (complaint, inquiry, ...) run such a clock."""
        rule = self.clocks.get(clock)
        return rule is not None and case_kind in rule.get("kinds", (case_kind,))

    def pausable(self, clock: str, waiting_for: str) -> bool:
        """Whether waiting for the customer, supplier or third party stops such a clock.

        A time that was said to somebody does not drift.
        """
        return clock not in TIME_SAID and waiting_for in self.clocks.get(clock, {}).get("pausable", ())

    def answered_by_taking(self, channel: str | None) -> bool:
        """Whether taking a case that came in this way is its first response (P24)."""
        return channel in self.clocks.get("first-response", {}).get("answered_by_taking", ())

    def calendar_name(self, kind: str, *, level: int | None = None, stage: str | None = None) -> str:
        """The calendar that such a clock counts on; ALWAYS where it has none."""
        own = self.levels[level].get("calendar") if kind == "level" and level is not None else None
        of_clock = self.clocks.get(kind, {}).get("calendar")
        if kind == STAGE:
            own = (self.stage(stage) or {}).get("calendar")
            of_clock = of_clock or self.data.get("calendar")
        return str(own or of_clock or ALWAYS)

    def has_calendar(self, name: str) -> bool:
        """Whether there is a calendar of that name here."""
        return name == ALWAYS or name in self.data["calendars"]

    def calendar(self, name: str) -> Calendar | None:
        """The calendar of that name, in the desk's zone unless it has its own; None for ALWAYS."""
        if name == ALWAYS:
            return None
        if name not in self._calendars:
            from cstrack.domain.calendar import Calendar

            self._calendars[name] = Calendar(
                {"name": name, "zone": self.zone, **self.data["calendars"][name]}
            )
        return self._calendars[name]

    def marks(self, kind: str, level: int | None = None) -> Sequence[str]:
        """The warning marks of a clock: `50%` of its limit used, `1h` left on its calendar."""
        return self._of_clock("warn", kind, level)

    def extensions(self, kind: str, level: int | None = None) -> Sequence[str]:
        """The whole limits that a clock may be extended to, one after the other, from its own start."""
        return self._of_clock("extensions", kind, level)

    def _of_clock(self, what: str, kind: str, level: int | None) -> Sequence[str]:
        own = self.levels[level] if kind == "level" and level is not None else {}
        found: Sequence[str] = own.get(what, self.clocks.get(kind, {}).get(what, ()))
        return found

    def informs(self, kind: str) -> bool:
        """Whether a clock is only shown: it is in no list of what is due."""
        return bool(self.clocks.get(kind, {}).get("informs"))

    def binds(self, kind: str) -> str:
        """Who is bound by a clock: desk (our own word), us (a duty laid on us), authority."""
        return str(self.clocks.get(kind, {}).get("binds", "desk"))

    @property
    def hands_up(self) -> bool:
        """Whether a level whose limit ran out hands the case up by itself."""
        return bool(self.clocks["level"].get("then", "hand-up") == "hand-up")

    @property
    def own_clocks(self) -> tuple[str, ...]:
        """The clocks that only this policy knows, in its order."""
        return tuple(kind for kind in self.clocks if kind not in EVENTS)

    def starts(self, kind: str) -> Sequence[str]:
        """What starts a clock: opened, level, letter, contact-out, ... (domain/standard_clocks.py)."""
        return EVENTS[kind][0] if kind in EVENTS else self.clocks[kind]["starts"]

    def stops(self, kind: str) -> Sequence[str]:
        """What meets a clock; nothing does where an earlier policy had it and this one has not."""
        return EVENTS[kind][1] if kind in EVENTS else self.clocks.get(kind, {}).get("stops", ())

    # --- triggers ---

    @property
    def repeat_days(self) -> int:
        """Days after an ended case in which another of customer and category repeats it; 0: never."""
        return int(self.data.get("repeat", {}).get("days", 0))

    @property
    def repeat_flag(self) -> str:
        """The flag of a repetition."""
        return str(self.data["repeat"]["flag"])

    def trigger(
        self,
        channel: str | None,
        flags: Iterable[str],
        category: str | None = None,
        case_kind: str | None = None,
        customer_type: str | None = None,
    ) -> Trigger:
        """The highest level that such a case calls for, and what calls for it."""
        found = Trigger(min(self.levels), "default", "")
        named = [("flag", flag, self.codes("flags").get(flag, {})) for flag in sorted(flags)]
        named += self._entries(channel, category, case_kind, customer_type)
        for kind, code, entry in named:
            if entry.get("level", 0) > found.level:
                found = Trigger(entry["level"], kind, code)
        return found

    def flags_of(
        self,
        channel: str | None,
        category: str | None = None,
        case_kind: str | None = None,
        customer_type: str | None = None,
    ) -> list[tuple[str, str, str]]:
        """The flags that such a case gets by itself: (flag, kind and code of what sets it)."""
        named = self._entries(channel, category, case_kind, customer_type)
        return [(entry["flag"], kind, code) for kind, code, entry in named if "flag" in entry]

    def _entries(
        self, channel: str | None, category: str | None, case_kind: str | None, customer_type: str | None
    ) -> list[tuple[str, str, Mapping[str, Any]]]:
        given = (
            ("channel", "channels", channel),
            ("category", "categories", category),
            ("kind", "kinds", case_kind),
            ("customer-type", "customer_types", customer_type),
        )
        return [
            (kind, code, self.codes(listing).get(code, {}))
            for kind, listing, code in given
            if code is not None
        ]

    def spoken(self, text: str) -> list[tuple[str, str | None]]:
        """Words in a text that call for attention: (word as written, flag or None for 'look at it')."""
        found: dict[str, str | None] = {}
        for entry in self.data["words"]:
            for match in re.finditer(entry["pattern"], text, re.IGNORECASE):
                found.setdefault(match.group(), entry["flag"])
        return list(found.items())

    def is_crisis(self, channel: str | None, flags: Iterable[str]) -> bool:
        """Whether so many signs (shipped: two of media, legal, safety, a public platform) make a crisis."""
        rule = self.data.get("crisis")
        if rule is None:
            return False
        signs = set(rule["flags"]).intersection(flags)
        if channel in rule["channels"]:
            signs.add(rule["channels"][channel])
        return len(signs) >= int(rule["signs"])

    # --- stages ---

    @property
    def stages(self) -> Sequence[Mapping[str, Any]]:
        """The stages of the service flow, in their order."""
        found: Sequence[Mapping[str, Any]] = self.data["stages"]
        return found

    def stage(self, code: str | None) -> Mapping[str, Any] | None:
        """The stage of this code; None where there is none."""
        return next((stage for stage in self.stages if stage["code"] == code), None)

    # --- groups ---

    @property
    def groups(self) -> Grouping:
        """When cases are alike enough to be one group, and the level that takes it."""
        rule = self.data.get("groups", {})
        level = min(rule.get("level") or self.top, self.top)
        return Grouping(rule.get("cases", 3), rule.get("days", 7), level, rule.get("alike", ALIKE))

    # --- stores ---

    def store(self, code: str | None) -> Policy:
        """The policy of one store: what it does otherwise, laid over the desk's."""
        over = self.data["stores"].get(code)
        if over is None:
            return self
        if code not in self._stores:
            self._stores[code] = Policy(overlaid(self.data, over), self.zone)
        return self._stores[code]


def overlaid(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid upon `under`, key by key; anything but a table is replaced whole."""
    made = dict(under)
    for key, value in over.items():
        below = made.get(key)
        made[key] = overlaid(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return made


def default_policy(zone: str = "UTC") -> Policy:
    """The policy of a desk that has set none: `dealer`."""
    return Policy(DEALER, zone)
