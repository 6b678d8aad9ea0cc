"""`policy show`: the policy in force, as a screen for people and as places and values for a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.policy_diff import places
from cstrack.render import grid, policy_rules
from cstrack.render import policy_words as words
from cstrack.render.fold import flowed
from cstrack.render.i18n import _, language, numeral, term
from cstrack.render.local import limit_words
from cstrack.render.policy_rules import section, table
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.domain.policy import Policy
    from cstrack.render.grid import Cell, Column
    from cstrack.render.screen import Look


def screen(policy: Policy, look: Look) -> str:
    """Levels, clocks, what sets the level, calendars, lists and work, as wide as the terminal."""
    parts = [
        grid.painted(_head(policy, look), look),
        table(_("LEVELS"), _level_columns(), _levels(policy), look),
        section(_("MAY GRANT"), _grants(policy), look),
        section(_("MAY GIVE BACK"), _lowers(policy), look),
        policy_rules.clocks(policy, look),
        section(_("URGENT"), policy_rules.urgent(policy), look),
        section(_("WHAT SETS THE LEVEL"), policy_rules.triggers(policy), look),
        section(_("CALENDARS"), _calendars(policy), look),
        section(_("LISTS"), [_counts(policy)], look),
        section(_("WORK"), _work(policy), look),
        section(_("STORES"), _stores(policy), look),
        section(_("SOURCES: facts, not legal advice"), _sources(policy), look),
    ]
    return "\n".join(part for part in parts if part)


def plain(policy: Policy) -> str:
    """A line a value: its place, a TAB, the value."""
    found = places(words.with_sums(policy.data))
    return "".join(f"{place}\t{words.value(value)}\n" for place, value in found)


def policy_object(policy: Policy) -> dict[str, Any]:
    """The policy as JSON: the compiled mapping, with every key always, null where the policy has none."""
    optional = ("en", "zh", "calendar", "contact_hours", "agreements", "repeat", "crisis", "groups")
    levels = {str(number): _level_object(policy, number) for number in policy.levels}
    return {
        "schema": SCHEMA,
        "label": policy.label,
        **dict.fromkeys(optional),
        **words.with_sums(policy.data),
        "groups": _groups_object(policy),
        "levels": words.with_sums(levels),
        "clocks": {kind: _clock_object(policy, kind) for kind in policy.clocks},
    }


def _groups_object(policy: Policy) -> dict[str, Any]:
    """When complaints are one group, also by a policy that does not say so itself."""
    rule = policy.groups
    return {"cases": rule.cases, "days": rule.days, "level": rule.level, "alike": list(rule.alike)}


def _level_object(policy: Policy, number: int) -> dict[str, Any]:
    """A level with every key, its calendar and marks as they hold for it."""
    calendar = policy.calendar_name("level", level=number)
    return {**policy.levels[number], "calendar": calendar, "warn": list(policy.marks("level", number))}


def _clock_object(policy: Policy, kind: str) -> dict[str, Any]:
    """A clock with every key."""
    keys = ("en", "zh", "limit", "by_level", "levels", "kinds", "channels", "urgent", "answered_by_taking")
    return {
        **dict.fromkeys((*keys, "again")),
        **policy.clocks[kind],
        "starts": list(policy.starts(kind)),
        "stops": list(policy.stops(kind)),
        "calendar": policy.calendar_name(kind),
        "pausable": list(policy.clocks[kind].get("pausable", ())),
        "warn": list(policy.marks(kind)),
        "extensions": list(policy.extensions(kind)),
        "binds": policy.binds(kind),
        "informs": policy.informs(kind),
        "then": ("hand-up" if policy.hands_up else "mark") if kind == "level" else "mark",
    }


def _head(policy: Policy, look: Look) -> list[list[Cell]]:
    counted = (
        _("levels count from the opening")
        if policy.counts_from_opening
        else _("levels count from reaching them")
    )
    title: list[Cell] = [(policy.label, "bold")]
    about = policy.data.get(language()) or policy.data.get("en")
    more = [(safe(about), ""), (counted, "dim")] if about else [(counted, "dim")]
    return [title, *flowed(more, grid.room(look))]


def _level_columns() -> list[Column]:
    return [
        (_("L"), 0),
        (_("WHO"), 8),
        (_("LIMIT"), 0),
        (_("CALENDAR"), 6),
        (_("LONGEST PAUSE"), 0),
        (_("UP TO"), 0),
    ]


def _levels(policy: Policy) -> list[list[Cell]]:
    return [
        [
            (numeral(number), "bold"),
            (safe(term(dict(level))), ""),
            (limit_words(level["limit"]), ""),
            (words.calendar_words(policy.calendar_name("level", level=number)), ""),
            (limit_words(level["pause_cap"]), ""),
            (words.amount(level), ""),
        ]
        for number, level in policy.levels.items()
    ]


def _grants(policy: Policy) -> Iterator[list[Cell]]:
    """What each level may grant beside the levels below it."""
    below: list[str] = []
    for number, level in policy.levels.items():
        own = [code for code in level["authority"]["remedies"] if code not in below]
        below += own
        if own:
            name = _("level {level}").format(level=numeral(number))
            yield [(name, "bold"), (words.names_of(policy, "remedies", own), "")]
    standard = [code for code, entry in policy.codes("remedies").items() if entry.get("standard")]
    if standard:
        yield [(_("in a regulator's case"), "bold"), (words.names_of(policy, "remedies", standard), "")]
    above = policy.data.get("agreements", {}).get("signed_above")
    if above is not None:
        yield [(_("signed paper"), "bold"), (_("agreements above {sum}").format(sum=words.sum_of(above)), "")]


def _lowers(policy: Policy) -> Iterator[list[Cell]]:
    """Levels that somebody of a higher one gives cases back from."""
    for number, level in policy.levels.items():
        if level["lowers"] != number:
            name = _("level {level}").format(level=numeral(number))
            who = _("only level {level}").format(level=numeral(level["lowers"]))
            yield [(name, "bold"), (who, "")]


def _calendars(policy: Policy) -> Iterator[list[Cell]]:
    for name, calendar in policy.data["calendars"].items():
        through = calendar.get("confirmed_through")
        yield [
            (safe(name), "bold"),
            (safe(calendar.get("zone") or policy.zone), ""),
            (words.week(calendar["hours"]), ""),
            (_special(len(calendar["days"])), ""),
            (_("confirmed through {date}").format(date=through) if through else "", ""),
            (_("contact hours") if name == policy.data.get("contact_hours") else "", "dim"),
            (_("the desk's own") if name == policy.data.get("calendar") else "", "dim"),
        ]


def _special(count: int) -> str:
    if count == 1:
        return _("1 special day")
    return _("{n} special days").format(n=count) if count else ""


def _counts(policy: Policy) -> list[Cell]:
    names = {
        "kinds": _("{n} kinds"),
        "channels": _("{n} channels"),
        "flags": _("{n} flags"),
        "categories": _("{n} categories"),
        "customer_types": _("{n} types of customer"),
        "outcomes": _("{n} outcomes"),
        "waits": _("{n} waits"),
        "remedies": _("{n} remedies"),
        "root_causes": _("{n} root causes"),
        "departments": _("{n} departments"),
    }
    return [(name.format(n=len(policy.codes(listing))), "") for listing, name in names.items()]


def _work(policy: Policy) -> Iterator[list[Cell]]:
    data = policy.data
    stages = [
        words.aside_if(safe(term(each)), limit_words(each["limit"]) if "limit" in each else "")
        for each in data["stages"]
    ]
    if stages:
        yield [(_("stages"), "bold"), *((stage, "") for stage in stages)]
    lists = [f"{safe(term(each))} ({len(each['steps'])})" for each in data["checklists"]]
    if lists:
        yield [(_("checklists"), "bold"), *((each, "") for each in lists)]
    calls = data["callbacks"]
    tries = _("{n} tries").format(n=calls["tries"])
    care = _("care calls after {spans}").format(spans=words.limits(calls["care"])) if calls["care"] else ""
    yield [(_("callbacks"), "bold"), (tries, ""), (care, "")]
    if data["fields"]:
        needed = {"opening": _("needed at opening"), "resolving": _("needed at resolving")}
        named = [
            words.aside_if(safe(term(each)), needed.get(each["required"], "")) for each in data["fields"]
        ]
        yield [(_("own fields"), "bold"), *((each, "") for each in named)]
    if data["retention"]:
        kept = [f"{_kept(name)} {limit_words(limit)}" for name, limit in data["retention"].items()]
        yield [(_("kept"), "bold"), *((each, "") for each in kept)]


def _kept(name: str) -> str:
    return {"words": _("texts"), "attachments": _("attachments"), "mail": _("mail")}[name]


def _stores(policy: Policy) -> Iterator[list[Cell]]:
    for code, over in policy.data["stores"].items():
        changed = [f"{place} {words.value(value)}" for place, value in places(over)]
        yield [(safe(code), "bold"), *((each, "") for each in changed)]


def _sources(policy: Policy) -> Iterator[list[Cell]]:
    for source in policy.data["sources"]:
        checked = _("read on {date}").format(date=source["checked"]) if source.get("checked") else ""
        yield [
            (safe(term(source)), ""),
            (safe(source.get("number")), ""),
            (checked, "dim"),
            (safe(source.get("url")), "dim"),
        ]
