"""Names in a policy's screen: what starts and meets clocks, whom they bind, marks and limits as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.money import exact
from cstrack.domain.policy import ALWAYS
from cstrack.domain.standard_clocks import EVENTS
from cstrack.render.i18n import _, numeral, term
from cstrack.render.local import limit_words
from cstrack.render.phrases import aside, clock_name, listed
from cstrack.render.plain import cell
from cstrack.render.safe import safe
from cstrack.render.week import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cstrack.domain.policy import Policy

NOTHING = "—"
_SUMS = {"authority": ("amount",), "agreements": ("signed_above",)}


def clock_title(policy: Policy, kind: str) -> str:
    """What people call a clock; one of the policy's own by the name it has there."""
    if kind not in EVENTS:
        return safe(term(dict(policy.clocks[kind])))
    if kind == "level":
        return _("level")
    return {
        "approval": _("approval"),
        "callback": _("callback"),
    }.get(kind) or clock_name(kind, 0)


def events(codes: Iterable[str]) -> str:
    """What starts or meets a clock."""
    names = {
        "opened": _("opening"),
        "reopened": _("reopening"),
        "level": _("reaching the level"),
        "letter": _("outside letter"),
        "letter-answered": _("letter answered"),
        "contact-in": _("word from customer"),
        "contact-out": _("word to customer"),
        "proposed": _("proposal"),
        "agreed": _("agreement"),
        "resolved": _("resolution"),
        "closed": _("closing"),
        "arrived": _("arrival"),
        "left": _("leaving"),
        "stage-entered": _("entering the stage"),
        "stage-left": _("leaving the stage"),
        "promised": _("promising"),
        "kept": _("keeping it"),
        "asked": _("asking"),
        "answered": _("answer"),
        "parked": _("parking"),
        "called-back": _("callback made"),
    }
    return listed(names.get(code, code) for code in codes)


def binds(policy: Policy, kind: str) -> str:
    """Who is bound by a clock, or that it is only shown."""
    if policy.informs(kind) and policy.binds(kind) != "authority":
        return _("only shown")
    return {"desk": _("our word"), "us": _("us, by law"), "authority": _("the authority")}[policy.binds(kind)]


def names_of(policy: Policy, listing: str, codes: Iterable[str]) -> str:
    """Codes of a list by their names."""
    return listed(safe(term(dict(policy.codes(listing).get(code, {"en": code})))) for code in codes)


def calendar_words(name: str | None) -> str:
    """A calendar by its name; every hour as such."""
    return safe(name) if name and name != ALWAYS else _("every hour")


def marks(codes: Iterable[str]) -> str:
    """`50 %, 1 h before`."""
    return listed(
        _("{percent} %").format(percent=mark[:-1])
        if mark.endswith("%")
        else _("{span} before").format(span=limit_words(mark))
        for mark in codes
    )


def limits(codes: Iterable[str]) -> str:
    """`30 d, 60 d`."""
    return listed(limit_words(code) for code in codes)


def clock_limit(policy: Policy, kind: str) -> str:
    """The limit of a clock, by level where they differ."""
    rule = policy.clocks[kind]
    if kind == "level":
        return listed(limit_words(level["limit"]) for level in policy.levels.values())
    parts = [limit_words(rule["limit"])] if "limit" in rule else []
    parts += [
        _("level {level}: {limit}").format(level=numeral(level), limit=limit_words(limit))
        for level, limit in rule.get("by_level", {}).items()
    ]
    return listed(parts)


def only_for(policy: Policy, rule: Mapping[str, Any]) -> str:
    """For which cases something is, where not for all."""
    parts = [names_of(policy, key, rule[key]) for key in ("kinds", "channels", "flags") if key in rule]
    if "levels" in rule:
        parts.append(_("level {level}").format(level=listed(numeral(n) for n in rule["levels"])))
    return " · ".join(parts)


def amount(level: Mapping[str, Any]) -> str:
    """The largest sum of a level; None is no bound."""
    cents = level["authority"]["amount"]
    if cents is None:
        return _("any sum") if level["authority"]["remedies"] else NOTHING
    return sum_of(cents)


def sum_of(cents: int) -> str:
    """`5,000`, `99.50`: a sum as people read it."""
    return f"{cents // 100:,}" + (f".{cents % 100:02}" if cents % 100 else "")


def week(hours: Mapping[str, list[str]]) -> str:
    """`Mon-Fri 08:30-12:00 13:30-18:00, Sat 09:00-12:00`, without the days that are closed."""
    return listed(f"{days} {told}" for days, told in stretches(hours) if told)


def with_sums(data: Mapping[str, Any]) -> dict[str, Any]:
    """A policy's mapping with its largest sums as text, `200.00`; the rules keep them in hundredths."""
    return {key: _with_sums(key, each) for key, each in data.items()}


def _with_sums(key: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    for name in _SUMS.get(key, ()):
        if value.get(name) is not None:
            return {**value, name: exact(value[name])}
    return with_sums(value)


def value(given: object) -> str:
    """A value of a policy as plain text."""
    return ("true" if given else "false") if isinstance(given, bool) else cell(given)


def aside_if(what: str, more: str) -> str:
    """Two phrases that belong together, or the first alone."""
    return aside(what, more) if more else what
