"""The rules in a policy's screen: its clocks, what makes them urgent, what sets the level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render import grid
from cstrack.render import policy_words as words
from cstrack.render.alike import alike_name
from cstrack.render.fold import flowed
from cstrack.render.i18n import _, numeral
from cstrack.render.local import limit_words
from cstrack.render.phrases import listed
from cstrack.render.policy_words import NOTHING
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cstrack.domain.policy import Policy
    from cstrack.render.grid import Cell, Column
    from cstrack.render.screen import Look


def table(title: str, columns: list[Column], rows: list[list[Cell]], look: Look) -> str:
    """Rows in columns under a title."""
    heading = grid.painted([[(title, "bold")]], look)
    return heading + grid.table(columns, rows, grid.fitted(columns, rows, look), look)


def section(title: str, lines: Iterable[list[Cell]], look: Look) -> str:
    """Lines under a title, what does not fit on one below it; nothing for no lines."""
    shown: list[list[Cell]] = []
    for line in lines:
        parts = flowed([part for part in line if part[0]], grid.room(look) - 2 * grid.cells(grid.INDENT))
        indents = [grid.INDENT, *[2 * grid.INDENT] * (len(parts) - 1)]
        shown += [[(indent, ""), *part] for indent, part in zip(indents, parts, strict=True)]
    return grid.painted([[(title, "bold")], *shown], look) if shown else ""


def clocks(policy: Policy, look: Look) -> str:
    """The clocks in columns where nothing must be cut, else each on lines of its own."""
    columns, rows = _clock_columns(), _clock_rows(policy)
    wide = grid.fitted(columns, rows, look)
    if wide is not None:
        return table(_("CLOCKS"), columns, rows, look)
    return section(_("CLOCKS"), (_told(row) for row in rows), look)


def _told(row: list[Cell]) -> list[Cell]:
    """A clock as phrases, without what it does not have."""
    name, begins, ends, limit, calendar, waits, marks, extended, binds = row
    said = [(_("waits for {whom}"), waits), (_("marks {marks}"), marks), (_("extended to {spans}"), extended)]
    places = ("whom", "marks", "spans")
    more = [
        (text.format(**{place: given[0]}), "")
        for (text, given), place in zip(said, places, strict=True)
        if given[0] != NOTHING
    ]
    return [name, limit, (f"{begins[0]} -> {ends[0]}", ""), calendar, *more, binds]


def _clock_columns() -> list[Column]:
    return [
        (_("CLOCK"), 0),
        (_("FROM"), 0),
        (_("UNTIL"), 0),
        (_("LIMIT"), 0),
        (_("CALENDAR"), 0),
        (_("WAITS FOR"), 0),
        (_("MARKS"), 0),
        (_("EXTENDED TO"), 0),
        (_("BINDS"), 0),
    ]


def _clock_rows(policy: Policy) -> list[list[Cell]]:
    return [
        [
            (words.clock_title(policy, kind), "bold"),
            (words.events(policy.starts(kind)), ""),
            (words.events(policy.stops(kind)), ""),
            (
                words.aside_if(
                    words.clock_limit(policy, kind) or NOTHING, words.only_for(policy, _levels_only(rule))
                ),
                "",
            ),
            (words.calendar_words(policy.calendar_name(kind, level=min(policy.levels))), ""),
            (words.names_of(policy, "waits", rule.get("pausable", ())) or NOTHING, ""),
            (words.marks(policy.marks(kind)) or NOTHING, ""),
            (words.limits(policy.extensions(kind)) or NOTHING, ""),
            (words.binds(policy, kind), ""),
        ]
        for kind, rule in policy.clocks.items()
    ]


def _levels_only(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: rule[key] for key in ("levels", "channels") if key in rule}


def urgent(policy: Policy) -> Iterator[list[Cell]]:
    """The shorter limits, each with the cases that have it."""
    for kind, rule in policy.clocks.items():
        for each in rule.get("urgent", ()):
            cases = [words.names_of(policy, name, each[name]) for name in ("flags", "channels", "categories")]
            limit = limit_words(each["limit"])
            yield [(words.clock_title(policy, kind), ""), (limit, ""), (listed(filter(None, cases)), "")]


def triggers(policy: Policy) -> Iterator[list[Cell]]:
    """What takes a case to a level, from the highest; then what sets a flag by itself."""
    raising = ("flags", "channels", "categories", "customer_types", "kinds")
    for number in sorted(policy.levels, reverse=True):
        found = {
            listing: [code for code, entry in policy.codes(listing).items() if entry.get("level") == number]
            for listing in raising
        }
        parts = [words.names_of(policy, listing, codes) for listing, codes in found.items() if codes]
        if parts:
            yield [
                (_("level {level}").format(level=numeral(number)), "bold"),
                *((part, "") for part in parts),
            ]
    yield from _setting_flags(policy)


def _signs(policy: Policy, crisis: Mapping[str, Any]) -> list[str]:
    """The signs of a crisis: flags by their names, what channels share by the names of those channels."""
    names = [words.names_of(policy, "flags", [flag]) for flag in crisis["flags"]]
    for sign in dict.fromkeys(crisis["channels"].values()):
        if sign not in crisis["flags"]:
            codes = [code for code, shared in crisis["channels"].items() if shared == sign]
            names.append(" / ".join(words.names_of(policy, "channels", [code]) for code in codes))
    return names


def _grouped(policy: Policy) -> list[Cell]:
    """When complaints are suggested for a group, and the level of one."""
    rule = policy.groups
    said = _("{count} alike within {days} d, by {what}")
    by = listed(alike_name(policy, code) for code in rule.alike)
    level = _("level {level}").format(level=numeral(rule.level))
    text = said.format(count=rule.cases, days=rule.days, what=by)
    return [(_("group complaint"), "bold"), (level, ""), (text, "")]


def _setting_flags(policy: Policy) -> Iterator[list[Cell]]:
    repeat, crisis = policy.data.get("repeat"), policy.data.get("crisis")
    if repeat:
        days = _("again within {days} d").format(days=repeat["days"])
        yield [(words.names_of(policy, "flags", [repeat["flag"]]), "bold"), (days, "")]
    if crisis:
        said = _("{count} of: {signs}").format(count=crisis["signs"], signs=listed(_signs(policy, crisis)))
        yield [(words.names_of(policy, "flags", ["crisis"]), "bold"), (said, "")]
    if policy.groups.alike:
        yield _grouped(policy)
    flags = dict.fromkeys(entry["flag"] for entry in policy.data["words"])
    for flag in flags:
        entries = [entry for entry in policy.data["words"] if entry["flag"] == flag]
        patterns = [word for entry in entries for word in entry.get("words", (entry["pattern"],))]
        name = words.names_of(policy, "flags", [flag]) if flag else _("to be looked at")
        yield [(name, "bold"), (_("words: {words}").format(words=listed(map(safe, patterns))), "")]
