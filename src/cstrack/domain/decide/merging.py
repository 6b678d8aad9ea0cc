"""Two cases of one matter: merged into one, or tied together.

Merging A into B ends A without a verdict, and nothing that was owed under it is lost: B keeps the
earliest receipt, the higher level, every sign, and clock by clock the earlier due time; what B has no
clock for (letters of outside bodies, promises, tasks, parked demands) lives on there as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.case import REGULATOR, RESOLVED, WAITING
from cstrack.domain.clock import VOID
from cstrack.domain.decide.absorbing import absorb
from cstrack.domain.decide.draft import guard_change, guard_live, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.decide.remedies import APPROVAL
from cstrack.domain.decide.waiting import end_pause
from cstrack.domain.errors import Refused
from cstrack.domain.policy import COMPLAINT
from cstrack.domain.standard_clocks import ON_SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.domain.case import Case
    from cstrack.domain.decide.draft import Draft


def merge(
    source: Draft, target: Draft, *, text: str, anyway: bool = False, names: Mapping[int, str | None]
) -> None:
    """Merge the case of `source` into that of `target`, which goes on with all that was owed.

    `anyway`: although they are of different customers, one person under two numbers. `names` are those of
    customers by number, for the refusal.
    """
    _guard_fit(source, target)
    _guard_people(source.state, target.state, names, anyway=anyway)
    at = source.context.at
    if source.state.status == WAITING:
        end_pause(source, at, why="merged")
    taken = source.state
    changes = Changes(source)
    for clock in taken.clocks:
        if clock.running:
            changes.stop(clock, at, VOID)
    source.record("merged", words={"text": text}, into=target.state.number, clocks=changes.made)
    absorb(target, taken, text)


def link(one: Draft, other: Draft, *, text: str | None = None, remove: bool = False) -> None:
    """Tie two cases together, or take that away; both say so. Allowed on ended cases too."""
    number, to = one.state.number, other.state.number
    if number == to:
        raise Refused("link-itself", number=number)
    linked = to in one.state.links
    if linked and not remove:
        raise Refused("link-there", number=number, to=to)
    if remove and not linked:
        raise Refused("link-not-there", number=number, to=to)
    for draft, case in ((one, to), (other, number)):
        guard_time(draft)
        draft.record("unlinked" if remove else "linked", words={"text": text}, case=case)


def _guard_fit(source: Draft, target: Draft) -> None:
    """Both are in work, and nothing of the first would be lost by going into the second."""
    a, b = source.state, target.state
    if a.number == b.number:
        raise Refused("merge-itself", number=a.number)
    for draft in (source, target):
        guard_live(draft)
        guard_time(draft)
        guard_change(draft)
    if b.status == RESOLVED and a.status != RESOLVED:
        raise Refused("merge-resolved", number=b.number, source=a.number)
    for lost, code in ((COMPLAINT, a.kind), (REGULATOR, a.channel)):
        if code == lost and lost not in (b.kind, b.channel):
            raise Refused("merge-other-way", number=a.number, into=b.number, lost=lost)
    for waits, kind in ((any(one.waits for one in a.remedies), APPROVAL), (a.on_site is not None, ON_SITE)):
        if waits:
            raise Refused("merge-waits", number=a.number, waits=kind)


def _guard_people(a: Case, b: Case, names: Mapping[int, str | None], *, anyway: bool) -> None:
    """It is the same complainant, as far as is known, and nobody would work on a complaint about himself."""
    one, other = a.customer_number, b.customer_number
    if one is not None and other is not None and one != other and not anyway:
        called = {"customer": one, "name": names.get(one), "other": other, "other_name": names.get(other)}
        raise Refused("merge-customers", number=a.number, into=b.number, **called)
    if a.against is not None and a.against in (b.owner, b.handler):
        raise Refused("merge-against", number=b.number, source=a.number, who=a.against)
