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
from cstrack.render.names import code_name, own_field, stage_name
from cstrack.render.phrases import clock_name, status_name
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cstrack.domain.errors import CstrackError

MOST_REPEATED = 300
"""So many characters of what was typed are repeated."""


_ABOUT_AUTHORITY = ("remedy-above-authority", "remedy-beyond-policy", "remedy-reject-above")
"""Refusals whose sentences are put together from phrases."""


def sentences() -> dict[str, str]:
    """Code -> sentence, with the places of its facts."""
    from cstrack.render import sentences as tables
    from cstrack.render.agreement_sentences import agreements, attachments
    from cstrack.render.bond_sentences import bonds
    from cstrack.render.calendar_sentences import calendar_files, calendars
    from cstrack.render.demand_sentences import demands
    from cstrack.render.field_sentences import fields
    from cstrack.render.group_sentences import group_usage, groups
    from cstrack.render.handing_sentences import handing, registers, rosters
    from cstrack.render.owner_sentences import owners
    from cstrack.render.people_sentences import people
    from cstrack.render.policy_sentences import policies
    from cstrack.render.promise_sentences import duties
    from cstrack.render.remedy_sentences import remedies, sums
    from cstrack.render.stage_sentences import stages

    work = (tables.rules, demands, duties, stages, bonds, agreements, attachments, remedies, fields)
    hands = (people, owners, handing, groups)
    files = (policies, calendar_files, calendars, registers, rosters)
    given = (tables.usage, tables.inputs, group_usage, sums, *files, tables.system)
    return {code: sentence for table in (*work, *hands, *given) for code, sentence in table().items()}


def worded(refusal: CstrackError, when: Callable[[int], str]) -> str:
    """The one line for a refusal; `when` words an instant in the desk's zone."""
    facts = {name: _fact(name, value, when) for name, value in refusal.facts.items()}
    facts |= {"C": f"C-{refusal.facts.get('number', '?')}", "near": _near(refusal.facts)}
    if refusal.code in _ABOUT_AUTHORITY:
        from cstrack.render.remedy_sentences import parts

        facts |= parts(refusal.facts)
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
    return code + "-nobody" if facts.get("fit") == [] else code


class _Facts(dict[str, str]):
    """A fact that a sentence names and an error does not have shows as a question mark, never as a crash."""

    def __missing__(self, key: str) -> str:
        return "?"


def _fact(name: str, value: object, when: Callable[[int], str]) -> str:
    if isinstance(value, int):
        return _number(name, value, when)
    if isinstance(value, (list, tuple, dict)):
        return _several(name, value)
    if value is None:
        return ""
    if name in _NAMED:
        return _NAMED[name](str(value))
    text = safe(str(value)) or '""'
    whole = name == "draft" or len(text) <= MOST_REPEATED
    return text if whole else text[:MOST_REPEATED] + "…"


def _several(name: str, value: list[object] | tuple[object, ...] | dict[str, Any]) -> str:
    if isinstance(value, dict):
        from cstrack.render.handing_sentences import held_words

        return held_words(value)
    say = _NAMED.get(name.removesuffix("s"), safe)
    return ", ".join(say(str(item)) for item in value) or _("none")


def _number(name: str, value: int, when: Callable[[int], str]) -> str:
    """An instant, the line of a file, or a number."""
    if name.endswith("_at") or name in ("at", "now"):
        return when(value)
    return _("line {line}").format(line=value) if name.endswith("place") else str(value)


def _path(path: str) -> str:
    """A path is told whole."""
    return _("standard input") if path == "-" else safe(path) or '""'


def _department(code: str) -> str:
    return code_name("departments", code)


def _record(kind: str) -> str:
    return {"customer": _("customer"), "product": _("product")}.get(kind, safe(kind))


def _lost(code: str) -> str:
    return code_name("channels" if code == "regulator" else "kinds", code)


def _remedy(code: str) -> str:
    return code_name("remedies", code)


def _remedy_state(state: str) -> str:
    from cstrack.render.remedies import state_name

    return state_name(state)


def _waits(kind: str) -> str:
    return clock_name(kind, 0)


_NAMED = {
    "status": status_name,
    "cap": limit_words,
    "standard": limit_words,
    "toml": toml_words.reason,
    "department": _department,
    "record": _record,
    "lost": _lost,
    "stage": stage_name,
    "last_stage": stage_name,
    "remedy": _remedy,
    "state": _remedy_state,
    "own_field": own_field,
    "path": _path,
    "waits": _waits,
}
"""Facts that are codes, and what people call them."""


def _near(facts: Mapping[str, Any]) -> str:
    near = facts.get("near")
    return _(" Did you mean {near}?").format(near=safe(str(near))) if near else ""
