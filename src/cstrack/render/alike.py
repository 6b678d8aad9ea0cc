"""Complaints that are alike: by what, which, and what to type to make them one group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render import names
from cstrack.render.i18n import _, term
from cstrack.render.phrases import listed
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA, group_ref, ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.policy import Policy
    from cstrack.record.alike import Alike


def alike_name(policy: Policy, code: str) -> str:
    """What the policy calls a thing by which cases are alike."""
    own = next((field for field in policy.data["fields"] if field["code"] == code), None)
    if own is not None:
        return safe(term(dict(own)))
    known = {"model": _("model"), "batch": _("batch"), "area": _("area"), "category": _("category")}
    return known.get(code, safe(code))


def suggestion(one: Alike, days: int) -> str:
    """`3 alike in 7 days (model X5): C-1, C-4, C-9. Make them a group: cstrack group add 1,4,9`."""
    words = _("{count} alike in {days} days ({what}): {cases}. {way}")
    return words.format(
        count=len(one.cases), days=days, what=said(one), cases=listed(map(ref, one.cases)), way=way(one)
    )


def said(one: Alike) -> str:
    """`model X5`, a category by its name."""
    value = names.code_name("categories", one.value) if one.by == "category" else safe(one.value)
    return _("{name} {value}").format(name=alike_name(names.policy(), one.by), value=value)


def way(one: Alike) -> str:
    """What to type: a new group, or the one that some of them are in already."""
    numbers = ",".join(map(str, one.apart))
    if one.group is None:
        return _("Make them a group: cstrack group add {numbers}").format(numbers=numbers)
    put = _("Some are in {group}. Add the rest: cstrack group add {numbers} --to {group}")
    return put.format(group=group_ref(one.group), numbers=numbers)


def alike_object(one: Alike) -> dict[str, Any]:
    """A suggestion as JSON: by what they are alike, the cases, the group that some are in (null: none)."""
    return {
        "by": one.by,
        "value": one.value,
        "cases": list(one.cases),
        "group_number": one.group,
        "apart": list(one.apart),
    }


def screen(found: Iterable[Alike], days: int) -> str:
    """The suggestions of the desk, one below the other."""
    lines = [suggestion(one, days) for one in found]
    if not lines:
        return _("Nothing to be grouped in the last {days} days.").format(days=days) + "\n"
    return "\n".join(lines) + "\n"


KNOWN = ("schema", "by", "value", "cases", "group_number", "apart")
PLAIN = ("by", "value", "cases", "group_number")


def listed_object(one: Alike) -> dict[str, Any]:
    """A suggestion as `group list --suggested` gives it."""
    return {"schema": SCHEMA, **alike_object(one)}
