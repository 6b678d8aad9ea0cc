"""The warning signs of a case as they are shown: each with why the case bears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _
from cstrack.render.names import code_name
from cstrack.render.phrases import listed
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from cstrack.domain.case import Case
    from cstrack.domain.sign import Sign
    from cstrack.record.rows import CaseRow
    from cstrack.render.local import Zone

_LISTS = {"channel": "channels", "category": "categories", "kind": "kinds"}


def told(row: CaseRow, case: Case, now: int, zone: Zone) -> str:
    """`safety ("刹车" in the text), media (Fri 20 Nov 10:05: a reporter called)`."""
    why = {sign.flag: _why(sign, case, now, zone) for sign in case.signs}
    return listed(_with(code_name("flags", flag), why.get(flag, "")) for flag in row.flags.split(",") if flag)


def _with(name: str, why: str) -> str:
    return _("{what} ({why})").format(what=name, why=why) if why else name


def _why(sign: Sign, case: Case, now: int, zone: Zone) -> str:
    """Why, and when where it was set later; empty for what was named at the opening."""
    when = zone.moment(sign.at, now) if sign.at != case.opened_at else ""
    said = safe(sign.text.strip().partition("\n")[0]) if sign.text else _reason(sign)
    if when and said:
        return _("{what}: {text}").format(what=when, text=said)
    return when or said


def _reason(sign: Sign) -> str:
    if sign.why == "word":
        return _('"{word}" in the text').format(word=safe(str(sign.detail)))
    if sign.why == "repeat" and isinstance(sign.detail, int):
        return _("repeats {ref}").format(ref=ref(sign.detail))
    if sign.why == "signs":
        return _("two signs together")
    if sign.why in _LISTS:
        return code_name(_LISTS[sign.why], sign.detail)
    return safe(str(sign.detail or ""))
