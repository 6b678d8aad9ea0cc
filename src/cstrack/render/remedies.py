"""Remedies as they are shown: on a case, in a list, and in the answer of a command about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import money
from cstrack.domain.remedy import ASKED, GRANTED, PAID, REJECTED, WITHDRAWN
from cstrack.render import grid
from cstrack.render.due_table import NOBODY, SOON
from cstrack.render.fold import folded
from cstrack.render.i18n import _, numeral
from cstrack.render.local import Zone, utc
from cstrack.render.names import code_name
from cstrack.render.phrases import listed
from cstrack.render.remedy_phrases import called, why_name
from cstrack.render.safe import safe
from cstrack.render.shapes import SCHEMA, ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.policy import Policy
    from cstrack.domain.remedy import Remedy
    from cstrack.record.rows import RemedyRow
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look
    from cstrack.render.shapes import Say

_ASKED = ("r", "remedy", "amount", "liability", "state", "needs", "asked_by", "asked_at")
KNOWN = ("schema", "number", "ref", *_ASKED, "settled_by", "settled_at", "paid_at")
PLAIN = ("ref", "r", "remedy", "amount", "state", "needs", "asked_by", "settled_by")


def remedy_object(one: Remedy | RemedyRow, say: Say = utc) -> dict[str, Any]:
    """A remedy as programs read it; `amount` has two decimals and is a text, so that nothing rounds it."""
    return {
        "r": one.number,
        "remedy": one.code,
        "amount": money.exact(one.amount),
        "liability": bool(one.liability),
        "state": one.state,
        "needs": one.needs,
        "asked_by": one.asked_by,
        "asked_at": say(one.asked_at),
        "settled_by": one.settled_by,
        "settled_at": say(one.settled_at),
        "paid_at": say(one.paid_at),
    }


def listed_object(row: RemedyRow, say: Say) -> dict[str, Any]:
    """A row of `remedy list`."""
    case = row.case_number
    return {"schema": SCHEMA, "number": case, "ref": ref(case), **remedy_object(row, say)}


def sums_object(case: Case, customer: int | None, policy: Policy) -> dict[str, Any]:
    """What was granted: in a case, and to its customer in the days that count; null where nobody is known."""
    return {
        "case": money.exact(case.granted),
        "customer": None if customer is None else money.exact(customer),
        "days": counted_days(policy, case),
    }


def counted_days(policy: Policy, case: Case) -> int:
    """Over how many days the sums of a customer count."""
    found: int = policy.store(case.store).data["authority"]["days"]
    return found


def state_name(state: str) -> str:
    """What became of a remedy, in words."""
    return {
        ASKED: _("waits"),
        GRANTED: _("granted"),
        REJECTED: _("rejected"),
        PAID: _("paid"),
        WITHDRAWN: _("withdrawn"),
    }.get(state, safe(state))


def lines(case: Case, policy: Policy, customer: int | None, now: int, zone: Zone, width: int) -> list[Line]:
    """A block of a case's remedies by their numbers, and of what was granted in all; none, no lines."""
    remedies = case.remedies
    if not remedies and not case.granted:
        return []
    number = max((len(f"R-{one.number}") for one in remedies), default=0)
    before = 2 + number + len(grid.GAP)
    found: list[Line] = [[(_("Remedies"), "dim")]]
    for one in remedies:
        head: list[Cell] = [(grid.pad(f"  R-{one.number}", before), "dim")]
        for line in folded(_told(one, now, zone), max(2, width - before)):
            found.append([*head, (line, SOON if one.waits else "")])
            head = [(" " * before, "")]
    told = _sums(case.granted, customer, counted_days(policy, case))
    return [*found, *([("  ", ""), (line, "dim")] for line in folded(told, width - 2))]


def screen(rows: Sequence[RemedyRow], now: int, zone: str, look: Look) -> str:
    """`remedy list` for people: those that wait first, and the next command."""
    if not rows:
        return _("No remedy is recorded.") + "\n"
    where = Zone(zone)
    titles = (
        _("CASE"),
        _("R"),
        _("REMEDY"),
        _("SUM"),
        _("GIVEN AS"),
        _("STATE"),
        _("ASKED BY"),
        _("DECIDED BY"),
    )
    least = (0, 0, 8, 0, 0, 0, 6, 6)
    columns = list(zip(titles, least, strict=True))
    cells = [_row(row) for row in rows]
    wide = grid.fitted(columns, cells, look)
    waiting = [row for row in rows if row.state == ASKED]
    count: list[Cell] = [(_("{n} listed").format(n=len(rows)), "bold")]
    if waiting:
        count += [(" · ", ""), (_("{n} waiting").format(n=len(waiting)), SOON)]
    heading = grid.headed(count, now, where, wide, look)
    next_one = [[], *grid.packed([_next(waiting, rows)], grid.room(look), indent="")]
    return grid.painted(heading, look) + grid.table(columns, cells, wide, look) + grid.painted(next_one, look)


def approval(one: Remedy, case: int, approvers: Sequence[str], *, staffed: bool) -> str:
    """Who may decide on what waits, and what to type."""
    command = f'cstrack approve R-{one.number} -m "..."'
    level = numeral(one.needs)
    if approvers:
        text = _("may approve: {who}. Type: {command}")
        return text.format(who=listed(map(safe, approvers)), command=command)
    if staffed:
        return _("nobody of level {level} may approve it yet. Then: {command}").format(
            level=level, command=command
        )
    up = f'cstrack escalate {ref(case)} --to {one.needs} -m "..."'
    text = _("somebody else approves it once the case is at level {level} ({up}): {command}")
    return text.format(level=level, up=up, command=f"{command} --as WHO")


def _told(one: Remedy, now: int, zone: Zone) -> str:
    what = called(one.code, one.amount, liability=one.liability)
    if one.waits:
        text = _("{what}: waits for level {level}, asked for by {who}")
        return text.format(what=what, level=numeral(one.needs), who=safe(one.asked_by))
    text = _("{what}: {state} by {who}")
    state = state_name(GRANTED if one.state == PAID else one.state)
    told = text.format(what=what, state=state, who=safe(one.settled_by))
    if one.paid_at is None:
        return told
    return _("{told}, paid {moment}").format(told=told, moment=zone.moment(one.paid_at, now))


def _sums(granted: int, customer: int | None, days: int) -> str:
    text = _("granted in this case: {sum}").format(sum=money.text(granted))
    if customer is None:
        return text
    more = _("{told}; to this customer in {days} days: {sum}")
    return more.format(told=text, days=days, sum=money.text(customer))


def _row(row: RemedyRow) -> list[Cell]:
    style = "" if row.state in (ASKED, GRANTED) else "dim"
    state = state_name(row.state)
    if row.state == ASKED:
        state = _("waits for level {level}").format(level=numeral(row.needs))
    return [
        (ref(row.case_number), "bold"),
        (f"R-{row.number}", style),
        (code_name("remedies", row.code), style),
        (money.text(row.amount) if row.amount else NOBODY, style),
        (why_name(liability=bool(row.liability)) if row.amount or row.liability else NOBODY, style),
        (state, SOON if row.state == ASKED else style),
        (safe(row.asked_by), style),
        (safe(row.settled_by) or NOBODY, style),
    ]


def _next(waiting: Sequence[RemedyRow], rows: Sequence[RemedyRow]) -> Cell:
    """What to type next: for the first that waits, else for the first that is to be paid."""
    if waiting:
        return _('Decide: cstrack approve R-{r} -m "..." or cstrack reject R-{r} -m "..."').format(
            r=waiting[0].number
        ), "dim"
    unpaid = next((row for row in rows if row.state == GRANTED and row.amount), None)
    if unpaid:
        return _("Paid? cstrack remedy paid R-{r} --receipt TEXT").format(r=unpaid.number), "dim"
    return _("What happened: cstrack timeline {ref}").format(ref=ref(rows[0].case_number)), "dim"
