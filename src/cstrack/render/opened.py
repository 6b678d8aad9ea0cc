"""What `open` answers: the number, the level and why, the people, when each clock is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.case import IN_WORK
from cstrack.domain.clock import STOPPED
from cstrack.render import own_fields
from cstrack.render.grid import cells, pad
from cstrack.render.i18n import _, numeral
from cstrack.render.local import Zone, about, about_footnote, left, limit_words
from cstrack.render.names import code_name, level_name, policy
from cstrack.render.people import whom
from cstrack.render.phrases import clock_name, person, verdict_name
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cstrack.app.road import Outcome
    from cstrack.domain.case import Case


def opened_screen(outcome: Outcome, now: int) -> str:
    """The new case in a few lines; the number is the first word."""
    case, zone = outcome.after, Zone(outcome.zone)
    lines = [f"{ref(case.number)}  {safe(case.subject)}", "  " + " · ".join(_facts(outcome))]
    own = own_fields.listed(dict(case.fields), own_fields.MOST_VALUE) + own_fields.beside(outcome.beside)
    lines += [f"  {told}" for told in own]
    if case.opened_at != now:
        moment = zone.moment(case.opened_at, now)
        lines.append("  " + _("opened {moment} {zone}").format(moment=moment, zone=zone.name))
    names = {clock.n: clock_name(clock.kind, clock.level, clock.name) for clock in case.clocks}
    limits = {clock.n: limit_words(clock.limit) for clock in case.clocks}
    wide = max(map(cells, names.values()), default=0)
    most = max(6, *map(cells, limits.values()))
    for clock in sorted(case.clocks, key=lambda c: (c.due_at, c.n)):
        if clock.state(now) == STOPPED:
            state = verdict_name(clock.verdict_at(now))
        else:
            state = _("due {moment}, {left}").format(
                moment=about(zone.moment(clock.due_at, now), clock.provisional),
                left=left(clock.due_at, now, clock.provisional),
            )
        gap = " " * (2 + most - cells(limits[clock.n]))
        lines.append(f"  {pad(names[clock.n], wide)}{gap}{limits[clock.n]}  {state}")
    if any(clock.provisional and clock.state(now) != STOPPED for clock in case.clocks):
        lines.append("  " + about_footnote())
    return "\n".join(lines) + "\n"


def _facts(outcome: Outcome) -> list[str]:
    """The level and what called for it, the customer, the people."""
    case, why = outcome.after, outcome.events[0].facts["level_why"]
    level = _("level {level}, {name}").format(level=numeral(case.level), name=level_name(case.level))
    if why["kind"] in _LISTS:
        level = _("{what} ({why})").format(what=level, why=code_name(_LISTS[why["kind"]], why["code"]))
    customer = [_("customer {name}").format(name=safe(outcome.customer))] if outcome.customer else []
    return [
        level,
        *customer,
        _("owner {who}").format(who=person(case.owner)),
        _("handler {who}").format(who=person(case.handler)),
        _("first contact {who}").format(who=person(case.first_contact)),
        *([_("complained about: {who}").format(who=whom(case.against, {}))] if case.against else []),
    ]


_LISTS = {"flag": "flags", "channel": "channels"}


def hints(outcome: Outcome, still_open: Sequence[int], unrecorded: str | None) -> str:
    """What the desk should hear beside it, a line each; empty when there is nothing."""
    case, facts = outcome.after, outcome.events[0].facts
    number = ref(case.number)
    lines = [_sign(case, flag, why) for flag, why in (facts.get("flags") or {}).items()]
    look = _('"{word}" in the text: is an outside body involved? Please look')
    lines += [look.format(word=safe(word)) for word in facts.get("look_at") or ()]
    chase = _(
        "{ref} of this customer on the same matter is still open. "
        'A chaser goes there: cstrack contact {ref} --in -m "..."'
    )
    lines += [chase.format(ref=ref(earlier)) for earlier in still_open]
    if case.unowned_since is not None:
        nobody = _("nobody of level {level} is on duty; {ref} waits for an owner: cstrack assign {ref} WHO")
        lines.append(nobody.format(level=numeral(case.level), ref=number))
    if case.handler is None and case.status == IN_WORK:
        lines.append(_("{ref} has no handler: cstrack assign {ref} WHO --as-handler").format(ref=number))
    if unrecorded:
        if outcome.customer:
            known = _("this phone is registered for {name}, and so is the case").format(
                name=safe(outcome.customer)
            )
        else:
            known = _("this phone is registered without a name, and so is the case")
        keep = _('{known}. To keep "{other}": cstrack note {ref} -m "..."')
        lines.append(keep.format(known=known, other=safe(unrecorded), ref=number))
    return "".join(line + "\n" for line in lines if line)


def spoken_hints(case: Case, words: str) -> str:
    """Words in a chaser that would have set a sign at opening, a line each."""
    template = _('"{word}" in the text. Raise the case? cstrack flag {ref} {flag}')
    spoken = ((word, flag) for word, flag in policy().spoken(words) if flag and flag not in case.flags)
    return "".join(
        template.format(word=safe(word), ref=ref(case.number), flag=flag) + "\n" for word, flag in spoken
    )


def _sign(case: Case, flag: str, why: Mapping[str, Any]) -> str:
    """Why the case bears a sign that nobody set by hand; empty for one that somebody did."""
    level = numeral(case.level)
    if why["why"] == "word":
        words = _(
            '"{word}" in the text: {flag}, level {level}. Not so? cstrack flag {ref} {flag} --off -m "..."'
        )
        return words.format(word=safe(why["word"]), flag=flag, level=level, ref=ref(case.number))
    if why["why"] == "repeat":
        words = _(
            "repeated: {ref} of this customer on the same matter ended within 90 days, so level {level}"
        )
        return words.format(ref=ref(why["case"]), level=level)
    if why["why"] == "signs":
        return _("crisis: two of media, legal, safety and a public platform come together")
    return ""
