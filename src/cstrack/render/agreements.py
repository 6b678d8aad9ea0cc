"""What was offered, agreed and decided together, as `show` has it: in order of time, with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render import grid
from cstrack.render.agreement_phrases import agreed_words
from cstrack.render.fold import folded
from cstrack.render.i18n import _
from cstrack.render.local import utc
from cstrack.render.phrases import listed
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cstrack.domain.agreement import Agreement, Meeting, Proposal
    from cstrack.domain.case import Case
    from cstrack.render.grid import Line
    from cstrack.render.local import Zone

    Told = tuple[int, str, str | None]
    """When it was, its sentence, and what was said (None once erased)."""


def objects(case: Case) -> dict[str, list[dict[str, Any]]]:
    """Proposals, agreements and meetings as programs read them."""
    return {
        "proposals": [{"at": utc(one.at), "by": utc(one.by), "text": one.text} for one in case.proposals],
        "agreements": [
            {
                "at": utc(one.at),
                "interim": one.interim,
                "signed": one.signed,
                "with": one.accepted_by,
                "files": list(one.files),
                "text": one.text,
            }
            for one in case.agreements
        ],
        "meetings": [
            {"at": utc(one.at), "with": list(one.people), "text": one.text} for one in case.meetings
        ],
    }


def lines(case: Case, now: int, zone: Zone, width: int) -> list[Line]:
    """A block of what was offered and agreed, and one of the meetings; nothing where nothing was."""
    offered = [*_proposals(case.proposals, zone), *_agreements(case.agreements)]
    found: list[Line] = []
    for title, told in ((_("Offered and agreed"), offered), (_("Meetings"), list(_meetings(case.meetings)))):
        if told:
            found += [
                [],
                *([(line, "dim")] for line in folded(title, width)),
                *_block(told, now, zone, width),
            ]
    return found[1:]


def _proposals(proposals: Iterable[Proposal], zone: Zone) -> Iterator[Told]:
    for one in proposals:
        by = None if one.by is None else zone.moment(one.by, one.at)
        yield one.at, _("proposal for {moment}").format(moment=by) if by else _("proposal"), one.text


def _agreements(agreements: Iterable[Agreement]) -> Iterator[Told]:
    for one in agreements:
        told = agreed_words(interim=one.interim, who=one.accepted_by, signed=one.signed, files=one.files)
        yield one.at, told, one.text


def _meetings(meetings: Iterable[Meeting]) -> Iterator[Told]:
    for one in meetings:
        who = listed(map(safe, one.people))
        yield one.at, who or _("meeting about the case"), one.text


def _block(told: Iterable[Told], now: int, zone: Zone, width: int) -> Iterator[Line]:
    rows = sorted(((at, zone.moment(at, now), text, said) for at, text, said in told), key=lambda row: row[0])
    wide = max(grid.cells(moment) for _at, moment, _text, _said in rows)
    before = 2 + wide + len(grid.GAP)
    for _at, moment, text, said in rows:
        margin = f"  {grid.pad(moment, wide)}{grid.GAP}"
        for words, style in ((text, ""), (safe(said) or _("(erased)"), "dim")):
            for line in folded(words, max(2, width - before)):
                yield [(margin, "dim"), (line, style)]
                margin = " " * before
