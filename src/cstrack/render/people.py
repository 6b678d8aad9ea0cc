"""People by name and handle, whom a case is about, and whom to ring at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _, numeral
from cstrack.render.names import code_name
from cstrack.render.phrases import listed
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.domain.alarm import Alarm


def called(handle: str | None, names: Mapping[str, str]) -> str:
    """`王主管 (wang)`; the handle alone of somebody without another name; empty for nobody."""
    name = names.get(handle or "")
    if handle is None or name in (None, "", handle):
        return safe(handle)
    return _("{name} ({handle})").format(name=safe(name), handle=safe(handle))


def whom(against: str | None, names: Mapping[str, str]) -> str:
    """Whom a case is about: one of the staff, a department, or what was said; empty for nobody."""
    if against is None or against in names:
        return called(against, names)
    return code_name("departments", against)


def alarm_line(number: int, alarm: Alarm) -> str:
    """Whom to ring for a case that does not wait for duty; that there is nobody, where there is nobody."""
    people = listed(called(one.handle, {one.handle: one.name}) for one in alarm.people)
    if people:
        words = _("{ref}: nobody of level {level} is on duty. Ring at once, on call: {people}")
    else:
        words = _("{ref}: nobody of level {level} is on duty, and nobody is on call. See: cstrack staff list")
    return words.format(ref=ref(number), level=numeral(alarm.level), people=people) + "\n"
