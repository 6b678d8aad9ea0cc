"""The words of every refusal: what, why, and what to type instead.

Each code of domain/errors.py has one sentence here; facts fill it. Values from people are made safe
on the way in. A test holds that every code raised has its words and every flag named exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.errors import Refused
from cstrack.render import toml_words
from cstrack.render.i18n import _
from cstrack.render.local import limit_words
from cstrack.render.names import code_name
from cstrack.render.phrases import clock_name, status_name
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cstrack.domain.errors import CstrackError

MOST_REPEATED = 300
"""So many characters of what was typed are repeated."""


def sentences() -> dict[str, str]:
    """Code -> sentence, with the places of its facts."""
    from cstrack.render import sentences as tables
    from cstrack.render.bond_sentences import bonds
    from cstrack.render.calendar_sentences import calendar_files, calendars
    from cstrack.render.demand_sentences import demands
    from cstrack.render.people_sentences import people
    from cstrack.render.policy_sentences import policies
    from cstrack.render.promise_sentences import duties

    given = {**tables.usage(), **tables.inputs(), **policies(), **calendar_files(), **calendars()}
    return {**tables.rules(), **demands(), **duties(), **people(), **bonds(), **given, **tables.system()}


def worded(refusal: CstrackError, when: Callable[[int], str]) -> str:
    """The one line for a refusal; `when` words an instant in the desk's zone."""
    facts = {name: _fact(name, value, when) for name, value in refusal.facts.items()}
    facts |= {"C": f"C-{refusal.facts.get('number', '?')}", "near": _near(refusal.facts)}
    template = sentences().get(_way(refusal), refusal.code)
    lead = _("refused: ") if refusal.status == Refused.status else _("error: ")
    text = lead + template.format_map(_Facts(facts))
    if "draft" in refusal.facts:
        text += " " + _("Your text is kept in {draft}.").format(draft=facts["draft"])
    return text


def _way(refusal: CstrackError) -> str:
    """The code, or the one of its sentences that names the way out of this case."""
    facts, code = refusal.facts, refusal.code
    if code == "level-above-top" and facts.get("level") != facts.get("top"):
        return "level-above-top-to"
    return code


class _Facts(dict[str, str]):
    """A fact that a sentence names and an error does not have shows as a question mark, never as a crash."""

    def __missing__(self, key: str) -> str:
        return "?"


def _fact(name: str, value: object, when: Callable[[int], str]) -> str:
    if isinstance(value, int):
        return _number(name, value, when)
    if isinstance(value, (list, tuple)):
        return ", ".join(safe(str(item)) for item in value) or _("none")
    if name == "path" and value == "-":
        return _("standard input")
    if value is None:
        return ""
    if name in _NAMED:
        return _NAMED[name](str(value))
    text = safe(str(value)) or '""'
    whole = name in ("path", "draft") or len(text) <= MOST_REPEATED
    return text if whole else text[:MOST_REPEATED] + "…"


def _number(name: str, value: int, when: Callable[[int], str]) -> str:
    """An instant, the line of a file, or a number."""
    if name.endswith("_at") or name in ("at", "now"):
        return when(value)
    return _("line {line}").format(line=value) if name.endswith("place") else str(value)


def _department(code: str) -> str:
    return code_name("departments", code)


def _record(kind: str) -> str:
    return {"customer": _("customer"), "product": _("product")}.get(kind, safe(kind))


def _lost(code: str) -> str:
    return code_name("channels" if code == "regulator" else "kinds", code)


def _waits(kind: str) -> str:
    return clock_name(kind, 0)


_NAMED = {
    "status": status_name,
    "cap": limit_words,
    "toml": toml_words.reason,
    "department": _department,
    "record": _record,
    "lost": _lost,
    "waits": _waits,
}
"""Facts that are codes, and what people call them."""


def _near(facts: Mapping[str, Any]) -> str:
    near = facts.get("near")
    return _(" Did you mean {near}?").format(near=safe(str(near))) if near else ""
