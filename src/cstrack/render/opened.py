"""What `open` answers: the number, the level and why, the people, when each clock is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.clock import STOPPED
from cstrack.domain.policy import default_policy
from cstrack.render.i18n import _, term
from cstrack.render.local import Zone, left, limit_words
from cstrack.render.phrases import clock_name, verdict_name
from cstrack.render.safe import safe
from cstrack.render.shapes import ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.app.road import Outcome


def opened_screen(outcome: Outcome, now: int) -> str:
    """The new case in a few lines; the number is the first word."""
    case, zone = outcome.after, Zone(outcome.zone)
    entry = default_policy().levels.get(case.level, {"en": ""})
    people = [
        _("owner {who}").format(who=safe(case.owner)),
        _("first contact {who}").format(who=safe(case.first_contact)),
    ]
    if outcome.customer:
        people.insert(0, _("customer {name}").format(name=safe(outcome.customer)))
    lines = [
        f"{ref(case.number)}  {safe(case.subject)}",
        "  "
        + " · ".join([_("level {level}, {name}").format(level=case.level, name=term(dict(entry))), *people]),
    ]
    width = max((len(clock_name(c.kind, c.level, c.name)) for c in case.clocks), default=0)
    for clock in sorted(case.clocks, key=lambda c: (c.due_at, c.n)):
        name = clock_name(clock.kind, clock.level, clock.name)
        if clock.state(now) == STOPPED:
            state = verdict_name(clock.verdict_at(now))
        else:
            state = _("due {moment}, {left}").format(
                moment=zone.moment(clock.due_at, now), left=left(clock.due_at, now)
            )
        lines.append(f"  {name:<{width}}  {limit_words(clock.limit):>6}  {state}")
    return "\n".join(lines) + "\n"


def hints(outcome: Outcome, still_open: Sequence[int], known_as: str | None) -> str:
    """What the desk should hear beside it, a line each; empty when there is nothing."""
    facts = outcome.events[0].facts
    number = ref(outcome.after.number)
    lines = []
    for flag, why in (facts.get("flags") or {}).items():
        if why["why"] == "word":
            lines.append(
                _(
                    '"{word}" in the text: {flag}, level {level}. Not so? cstrack flag {ref} {flag} --off -m "..."'
                ).format(word=safe(why["word"]), flag=flag, level=outcome.after.level, ref=number)
            )
        elif why["why"] == "repeat":
            lines.append(
                _("repeated: {ref} of this customer ended within 90 days").format(ref=ref(why["case"]))
            )
        elif why["why"] == "signs":
            lines.append(_("crisis: two of media, legal, safety and a public platform come together"))
    for word in facts.get("look_at") or ():
        lines.append(
            _('"{word}" in the text: is an outside body involved? Please look').format(word=safe(word))
        )
    for earlier in still_open:
        lines.append(
            _(
                '{ref} of this customer on the same matter is still open. A chaser goes there: cstrack contact {ref} --in -m "..."'
            ).format(ref=ref(earlier))
        )
    if known_as:
        lines.append(_("this phone is registered for {name}; the case is his").format(name=safe(known_as)))
    return "".join(line + "\n" for line in lines)
