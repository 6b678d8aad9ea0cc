"""`show` for people: what a case is about, where it stands, who has it, and its clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.case import ENDED, MERGED
from cstrack.domain.clock import PAUSED, STOPPED, VOID, rank
from cstrack.domain.policy import COMPLAINT
from cstrack.render import (
    agreements,
    alike,
    attachments,
    bonds,
    checklists,
    demands,
    grid,
    own_fields,
    remedies,
    signs,
    stages,
)
from cstrack.render.due_table import ALARM, LATE, NOBODY, SOON, clock_label, footnote, left_cell
from cstrack.render.fold import flowed, folded
from cstrack.render.heading import subject_of
from cstrack.render.i18n import _, numeral
from cstrack.render.list_table import age_of, status_text
from cstrack.render.local import Zone, about, span
from cstrack.render.names import code_name, level_name
from cstrack.render.people import called, whom
from cstrack.render.phrases import listed, verdict_name
from cstrack.render.safe import safe
from cstrack.render.shapes import group_ref, ref

if TYPE_CHECKING:
    from cstrack.app.reading import Whole
    from cstrack.domain.clock import Clock
    from cstrack.record.rows import CaseRow
    from cstrack.render.grid import Cell, Line
    from cstrack.render.screen import Look


def card(whole: Whole, now: int, look: Look) -> str:
    """A case and its clocks as of `now`; off a terminal the same, nothing cut and without colour."""
    row, case, policy, clocks = whole.row, whole.case, whole.policy, list(whole.case.clocks)
    where = Zone(policy.zone)
    width = grid.room(look)
    number = ref(row.number) + grid.GAP
    subject = folded(subject_of(row), width - len(number))
    top = [[(" " * len(number) if at else number, "bold"), (line, "bold")] for at, line in enumerate(subject)]
    facts = [*_facts(whole, now, where), *bonds.facts(case), *stages.waiting(case, now, where)]
    facts += [(name, text, "") for name, text in own_fields.facts(whole.fields)]
    label = max(grid.cells(name) for name, _text, _style in facts)
    lines: list[Line] = [*top, *flowed(_standing(row, now), width), []]
    for name, text, style in facts:
        first, *rest = folded(text, max(1, width - label - 4))
        lines.append([("  ", ""), (grid.pad(name, label), "dim"), ("  ", ""), (first, style)])
        lines += [[(" " * (label + 4) + more, style)] for more in rest]
    for block in (
        demands.lines(case.demands, now, where, width),
        remedies.lines(case, policy, whole.granted, now, where, width),
        agreements.lines(case, now, where, width),
        attachments.lines(case.attachments, width),
    ):
        lines += [[], *block] if block else []
    table = _clock_table(clocks, now, where, look)
    lines += [[], *grid.packed(seen_at(now, where), width, between=" ")] if table else []
    told = footnote(row.next_provisional or any(c.provisional and c.running for c in clocks), width)
    steps = checklists.lines(policy, case, now, where, width)
    flow = stages.lines(policy, case, now, where, width)
    done = [*([[], *flow] if flow else []), *([[], *steps] if steps else [])]
    hints = [alike.suggestion(one, policy.groups.days) for one in whole.alike]
    grouped = [[], *([(line, SOON)] for hint in hints for line in folded(hint, width))] if hints else []
    footer = [*done, *grouped, [], *told, *grid.packed(_next_commands(row), width, between="   ", indent="")]
    return grid.painted(lines, look) + table + grid.painted(footer, look)


def urgency(clock: Clock) -> tuple[int, ...]:
    """A key for the order of acting: what runs, the earliest due first; then what stopped, the last first.

    The clock that informs only comes behind the others that run.
    """
    when = clock.due_at if clock.stopped_at is None else -clock.stopped_at
    return not clock.running, clock.running and clock.informs, when, rank(clock.kind), clock.n


def seen_at(now: int, zone: Zone) -> list[Cell]:
    """As of when the clocks are shown, in which zone."""
    return grid.moment_of(now, zone, _("Clocks as of {moment}"))


def left_words(clock: Clock, now: int) -> Cell:
    """What is left of a clock, or how late it is: as of `now`, or of its stopping."""
    if clock.state(now) not in (STOPPED, PAUSED):
        return left_cell(clock.due_at, now, "", clock.provisional)
    seconds = clock.left(now)
    if not seconds:
        return NOBODY, ""
    if seconds > 0:
        return _("{span} left").format(span=span(seconds)), ""
    return _("LATE {span}").format(span=span(-seconds, up=True)), LATE


def _standing(row: CaseRow, now: int) -> list[Cell]:
    parts: list[Cell] = [] if row.kind == COMPLAINT else [(code_name("kinds", row.kind), "")]
    parts += [
        (status_text(row), ""),
        (_("level {level}, {name}").format(level=numeral(row.level), name=level_name(row.level)), ""),
    ]
    if row.crisis:
        parts.append((_("CRISIS"), ALARM))
    if row.next_due is not None:
        text, style = left_cell(row.next_due, now, "", row.next_provisional)
        label = clock_label(row.next_clock, row.level, row.next_name, row.next_limit)
        parts.append((_("{clock}: {left}").format(clock=label, left=text), style))
    return parts


def _facts(whole: Whole, now: int, zone: Zone) -> list[tuple[str, str, str]]:
    """(name, text, style) of what is known, and of an owner where there should be one."""
    row, names, case = whole.row, whole.names, whole.case
    code = ((_("category"), "categories", row.category), (_("channel"), "channels", row.channel))
    facts = [
        (_("owner"), called(row.owner, names) or _nobody(row, now, zone), "" if row.owner else SOON),
        (_("handler"), called(row.handler, names), ""),
        (_("first contact"), called(row.first_contact, names), ""),
        (_("complained about"), whom(row.against, names), ""),
        (_("store"), safe(row.store), ""),
        (_("offered to"), _offered(row), SOON),
        (_("customer"), safe(row.customer), ""),
        *((name, code_name(listing, value) if value else "", "") for name, listing, value in code),
        (_("flags"), signs.told(row, case, now, zone), ALARM if row.crisis else ""),
        (_("group"), group_ref(row.group_number) if row.group_number else "", ""),
        (_("opened"), _opened(row, now, zone), ""),
        (_("agreed"), zone.moment(row.agreed_at, now) if row.agreed_at else "", ""),
        (_("carried out"), zone.moment(row.resolved_at, now) if row.resolved_at else "", ""),
        (_closing(row), zone.moment(row.closed_at, now) if row.closed_at else "", ""),
        (_("waits until"), zone.moment(row.paused_until, now) if row.paused_until else "", ""),
    ]
    return [fact for fact in facts if fact[1]]


def _closing(row: CaseRow) -> str:
    return _("merged") if row.status == MERGED else _("closed")


def _nobody(row: CaseRow, now: int, zone: Zone) -> str:
    """That a live case has no owner, and since when it waits for one."""
    if row.status in ENDED:
        return ""
    if row.unowned_since is None:
        return _("nobody yet")
    words = _("nobody, since {moment}, {span}")
    waited = span(now - row.unowned_since)
    return words.format(moment=zone.moment(row.unowned_since, now), span=waited)


def _offered(row: CaseRow) -> str:
    """Who is to take it over: a person, a store, or both."""
    store = _("store {store}").format(store=safe(row.sent_to)) if row.sent_to else ""
    return listed(filter(None, (safe(row.handed_to), store)))


def _opened(row: CaseRow, now: int, zone: Zone) -> str:
    words = _("{moment}, open for {span}") if row.closed_at is None else _("{moment}, was open for {span}")
    text = words.format(moment=zone.moment(row.opened_at, now), span=span(age_of(row, now)))
    return text if row.cycle == 1 else _("{opened}, cycle {n}").format(opened=text, n=row.cycle)


def _clock_table(clocks: list[Clock], now: int, zone: Zone, look: Look) -> str:
    """The clocks in as many columns as fit: the start goes first, then the due time and the state."""
    if not clocks:
        return ""
    columns = [(title, 0) for title in (_("CLOCK"), _("STARTED"), _("DUE"), _("STATE"), _("LEFT"))]
    rows = [_clock_row(clock, now, zone) for clock in sorted(clocks, key=urgency)]
    wide = grid.fitted(columns, rows, look)
    for dropped in (slice(1, 2), slice(1, 3)):
        if wide is None:
            del columns[dropped]
            for row in rows:
                del row[dropped]
            wide = grid.fitted(columns, rows, look)
    return grid.table(columns, rows, wide, look)


def _clock_row(clock: Clock, now: int, zone: Zone) -> list[Cell]:
    state = clock.state(now)
    name = verdict_name(clock.verdict_at(now))
    if state == PAUSED:
        name = _("paused")
    elif state != STOPPED and clock.due_at > now:
        name = _("running")
    style = "dim" if state == STOPPED else ""
    left, colour = left_words(clock, now)
    return [
        (clock_label(clock.kind, clock.level, clock.name, clock.limit), style),
        (zone.moment(clock.started_at, now), style),
        (about(zone.moment(clock.due_at, now), clock.provisional and clock.running), style),
        (name, style),
        (left, style if clock.verdict == VOID else colour or style),
    ]


def _next_commands(row: CaseRow) -> list[Cell]:
    number = ref(row.number)
    commands = [
        (_("What happened: cstrack timeline {ref}").format(ref=number), "dim"),
        (_("Why these times: cstrack why {ref}").format(ref=number), "dim"),
    ]
    ways = {
        "waiting": _("End the pause: cstrack resume {ref}"),
        "resolved": _("After the callback: cstrack close {ref} --outcome satisfied"),
        "closed": _('Take it up again: cstrack reopen {ref} -m "..."'),
    }
    if row.merged_into is not None:
        return [(_("Go on there: cstrack show {ref}").format(ref=ref(row.merged_into)), ""), commands[0]]
    way = ways.get(row.status)
    if row.owner is None and row.status not in ENDED:
        way = _("Name an owner: cstrack assign {ref} WHO")
    if way:
        commands.insert(0, (way.format(ref=number), ""))
    return commands
