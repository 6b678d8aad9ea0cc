"""The words for each problem of a policy file: `FILE:LINE: place: what is wrong, and what is possible`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render.i18n import _
from cstrack.render.local import utc
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_KNOWN = 15
"""So many possible values are named; a list of all would hide the sentence."""
MOST_REPEATED = 100
"""So many characters of a value that was typed are repeated."""


def lines(path: str, problems: Iterable[Mapping[str, Any]]) -> str:
    """A line a problem, as editors and compilers write them."""
    return "".join(line(path, problem) + "\n" for problem in problems)


def line(path: str, problem: Mapping[str, Any]) -> str:
    """`desk.toml:14: levels.2.limit: the limit ... is not understood`."""
    file = safe("-" if path == "-" else path)
    where = f"{file}:{problem['line']}" if problem["line"] is not None else file
    return f"{where}: {safe(problem['place'])}: {sentence(problem)}"


def sentence(problem: Mapping[str, Any]) -> str:
    """What is wrong, with what was probably meant."""
    code = problem["problem"]
    template = {**_tables(), **_values(), **_between()}.get(code)
    if template is None:
        from cstrack.render.refusals import sentences

        template = sentences().get(code, code)
    facts = _Facts({name: _fact(name, value) for name, value in problem.items()})
    meant = problem["suggestion"]
    near = _(" Did you mean {near}?").format(near=safe(str(meant))) if meant else ""
    return template.format_map(facts) + near


class _Facts(dict[str, str]):
    """A fact that a problem does not have shows as a question mark, never as a crash."""

    def __missing__(self, key: str) -> str:
        return "?"


def _fact(name: str, value: object) -> str:
    if name == "expected":
        return _expected(str(value))
    if name.endswith("_at") and isinstance(value, int):
        return utc(value) or ""
    if isinstance(value, (list, tuple)):
        shown = ", ".join(safe(str(item)) for item in value[:MOST_KNOWN])
        return (shown + ", …" if len(value) > MOST_KNOWN else shown) or _("none")
    return clipped(safe(str(value))) or '""'


def clipped(text: str) -> str:
    """What was typed, as much of it as a line needs to be found by."""
    return text if len(text) <= MOST_REPEATED else text[:MOST_REPEATED] + "…"


def _expected(kind: str) -> str:
    return {
        "text": _("a text in quotes"),
        "whole-number": _("a whole number"),
        "number": _("a number"),
        "true-or-false": _("true or false"),
        "list": _("a list in brackets"),
        "table": _("a table"),
        "date": _("a date without quotes"),
    }[kind]


def _tables() -> dict[str, str]:
    """Keys and values by themselves."""
    return {
        "key-unknown": _("there is no key {key} here. Possible: {known}."),
        "key-missing": _("{key} is missing"),
        "key-not-here": _("{key} belongs to {where} only"),
        "type-wrong": _("{value} is not {expected}."),
        "choice-wrong": _("{value} is not possible. Possible: {known}."),
        "code-wrong": _(
            "{value} is no code: lower-case letters and digits, joined by - or ., at most {most} characters"
        ),
        "text-empty": _("the text is empty"),
        "text-too-long": _("the text has {length} characters; {most} are possible"),
        "text-nul": _("the text holds a NUL character"),
        "list-empty": _("it is empty; at least one is needed"),
        "too-many": _("there are too many; {most} are possible"),
        "number-too-small": _("{value} is too small; {least} is the least"),
        "number-too-large": _("{value} is too large; {most} is the most"),
        "entry-twice": _("{value} stands here twice"),
        "choices-fit-type": _("choices belong to the type choice, and to no other"),
    }


def _values() -> dict[str, str]:
    """Limits, hours, sums, patterns."""
    return {
        "limit-not-understood": _(
            "the limit {value} is not understood. Write 15m, 24h, 3d, 2w, 1mo, or in working time 8wh, 5wd."
        ),
        "limit-too-long": _("{value} is longer than a hundred years"),
        "limit-unit": _("{value} is in a unit that does not fit here. Possible: {units}"),
        "limit-needs-calendar": _("{value} counts working time and needs a calendar"),
        "mark-not-understood": _("the mark {value} is not understood. Write 1h or 50%"),
        "mark-too-early": _(
            "the mark {value} is not before the end of {limit}: it would be there at the start"
        ),
        "amount-wrong": _("{value} is no sum: from 0 on, with two decimals at most"),
        "zone-unknown": _("there is no time zone {value}. Write one such as Asia/Shanghai."),
        "hours-wrong": _("the hours {value} are not understood. Write 08:30-12:00 13:30-18:00"),
        "hours-day-unknown": _("{value} is no day. Write mon, mon-fri or daily"),
        "hours-day-twice": _("{value} and {other} name the same day"),
        "day-twice-open": _("a day has works_as or hours, not both"),
        "day-backwards": _("{value} does not follow {since}, or the days are too many"),
        "pattern-too-long": _("the pattern has {length} characters; {most} are possible"),
        "pattern-not-understood": _("the pattern is not understood: {reason}"),
        "pattern-endless": _(
            "the pattern repeats without end, which is slow on long texts. Write {{0,20}} in place of * and +"
        ),
        "pattern-too-costly": _("the pattern can match in too many ways, which is slow on long texts"),
        "pattern-refers-back": _("a pattern may not refer back to what it found"),
        "pattern-empty": _("the pattern matches nothing at all, and so every text"),
    }


def _between() -> dict[str, str]:
    """What must hold between parts."""
    return {
        "clock-unknown": _("there is no clock {value}; one of your own needs en, starts and stops."),
        "level-no-number": _("{value} is no level; levels are numbered from 1 to 9"),
        "level-gap": _("level {value} follows where {missing} is missing"),
        "level-unknown": _("there is no level {value}; the levels are {known}"),
        "level-not-longer": _(
            "{value} is not longer than {before} of the level below, and both count from the opening"
        ),
        "lowers-below": _("{value} is below the level {level} that it is about"),
        "amount-smaller": _("{value} is less than the level below may grant"),
        "remedy-granted-below": _("{value} is granted from level {level} on already"),
        "remedy-nobody-grants": _("no level may grant {value}. Add it to the remedies of one"),
        "entry-unknown": _("{listing} has no {value}. Possible: {known}."),
        "entry-needed": _("{listing} needs the code {value}: the program works with it"),
        "calendar-unknown": _("there is no calendar {value}. Possible: {known}."),
        "calendar-reserved": _("{value} is every hour of every day and cannot be another calendar"),
        "clock-fixed": _("{key} of the clock {kind} is fixed"),
        "clock-limit-elsewhere": _(
            "the clock {kind} takes no {key} here: it stands in the levels, the stages, or is said with each"
        ),
        "extension-not-longer": _("{value} is not longer than {before}, which it extends"),
        "urgent-for-none": _("it fits no case. Give flags, channels or categories"),
        "word-twice": _("{value} stands in another entry already"),
        "crisis-never": _("{value} different signs are asked for and there are {count}"),
        "alike-unknown": _("cases cannot be alike by {value}. Possible: {known}."),
        "store-level-new": _("the desk has no level {value}; a store has the levels of the desk"),
    }
