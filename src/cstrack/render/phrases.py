"""Names of things in the language in use: clocks, verdicts, statuses; and a sentence for each event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.events import CASE, CUSTOMER, GROUP, IMPORT, PERSON, POLICY, PRODUCT
from cstrack.render import agreement_phrases as agreements
from cstrack.render import bond_phrases as bonds
from cstrack.render import customer_phrases as customers
from cstrack.render import demand_phrases as demands
from cstrack.render import duty_phrases as duties
from cstrack.render import group_phrases as groups
from cstrack.render import handing_phrases as handing
from cstrack.render import letter_phrases as letters
from cstrack.render import people_phrases as people
from cstrack.render import remedy_phrases as remedies
from cstrack.render import stage_phrases as stages
from cstrack.render.i18n import _, numeral
from cstrack.render.local import limit_words
from cstrack.render.names import code_name, own_clock
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.render.local import Zone


def clock_name(kind: str, level: int, name: str | None = None) -> str:
    """`level 2`, `first response`, `outside: cfpb`."""
    names = {
        "first-response": _("first response"),
        "plan": _("plan"),
        "level": _("level {level}"),
        "total": _("total"),
        "next-update": _("next update"),
        "outside": _("outside body"),
        "promise": _("promise"),
        "task": _("task"),
        "demand": _("demand"),
        "stage": _("stage"),
        "waiting-on-site": _("waiting on site"),
        "approval": _("approval"),
    }
    text = names[kind].format(level=numeral(level)) if kind in names else own_clock(kind)
    return _("{clock}: {name}").format(clock=text, name=safe(name)) if name else text


def verdict_name(verdict: str) -> str:
    """met, breached, passed, void, open."""
    return {
        "met": _("met"),
        "breached": _("breached"),
        "passed": _("passed on"),
        "void": _("void"),
        "open": _("open"),
    }.get(verdict, verdict)


def status_name(status: str) -> str:
    """open, waiting, agreed, resolved, closed, merged; undone where the opening was."""
    return {
        "open": _("in progress"),
        "waiting": _("waiting"),
        "agreed": _("agreed"),
        "resolved": _("resolved"),
        "closed": _("closed"),
        "merged": _("merged"),
        "undone": _("undone"),
    }.get(status, status)


def listed(names: Iterable[str]) -> str:
    """`plan, level 2`."""
    return _(", ").join(names)


def aside(what: str, more: str) -> str:
    """`plan met, 15 min`: two phrases that belong together."""
    return _("{what}, {more}").format(what=what, more=more)


def person(who: object) -> str:
    """A handle, or that there is nobody."""
    return safe(str(who)) if who else _("nobody")


def summary(
    event: Event, zone: Zone, *, actor: str = "", before: Case | None = None, stream: str = CASE
) -> str:
    """One sentence for an event, on one safe line; a type that this program does not know says so.

    `before` is the case as it was, where that is known: it says what was replaced. Who spoke or wrote
    is in the sentence; who changed the case is not, but for who opened it or moved its level.
    """
    sentence = _SENTENCES[stream].get(event.type)
    if sentence is None:
        return _("entry of type {type}, unknown to this version").format(type=safe(event.type))
    return sentence(Told(event, zone, safe(actor), before))


class Told:
    """What a sentence is made of."""

    __slots__ = ("at", "before", "cause", "facts", "who", "words", "zone")

    def __init__(self, event: Event, zone: Zone, who: str, before: Case | None) -> None:
        self.at, self.cause = event.at, event.cause
        self.facts, self.words = event.facts, event.words or {}
        self.zone, self.who, self.before = zone, who, before

    def fact(self, name: str) -> str:
        """A fact as safe text; empty where it is missing."""
        return safe(str(self.facts.get(name) or ""))

    def said(self, what: str) -> str:
        """What a person said or wrote, with who it was."""
        if self.cause != PERSON or not self.who:
            return what
        return _("{what}, {who}").format(what=what, who=self.who)


def _opened(told: Told) -> str:
    if told.cause == IMPORT:
        text = _("{kind} at level {level}, imported")
    elif told.facts.get("kind") in (None, "complaint"):
        text = _("opened at level {level} by {who}")
    else:
        text = _("{kind} opened at level {level} by {who}")
    kind = code_name("kinds", told.facts.get("kind"))
    text = text.format(kind=kind, level=numeral(told.facts.get("level")), who=told.who)
    why = told.facts.get("level_why") or {}
    listing = {"flag": "flags", "channel": "channels"}.get(why.get("kind", ""))
    return _("{what} ({why})").format(what=text, why=code_name(listing, why["code"])) if listing else text


def _contacted(told: Told) -> str:
    if told.facts.get("chase"):
        text = _("customer asks when")
    elif told.facts.get("direction") == "out":
        text = _("word to customer")
    else:
        text = _("word from customer")
    if told.facts.get("channel"):
        channel = code_name("channels", told.facts["channel"])
        text = _("{what} ({why})").format(what=text, why=channel)
    return told.said(text)


def _escalated(told: Told) -> str:
    why = str(told.facts.get("why"))
    if why == PERSON:
        reason = _("handed up by {who}").format(who=told.who)
    elif why == "trigger":
        reason = code_name("flags", told.facts.get("trigger"))
    elif why == "merge":
        reason = bonds.merging(told)
    elif why == "group":
        reason = _("group complaint")
    else:
        reason = _("time limit") if why == "time-limit" else safe(why)
    return aside(_level_move(told), reason)


def _deescalated(told: Told) -> str:
    return aside(_level_move(told), _("given back by {who}").format(who=told.who))


def _level_move(told: Told) -> str:
    old, new = (numeral(told.facts.get(name)) for name in ("from", "to"))
    return _("level {old} -> {new}").format(old=old, new=new)


def _limit_passed(told: Told) -> str:
    return _("level {level} ran out, there is none above").format(level=numeral(told.facts.get("level")))


def _paused(told: Told) -> str:
    return _("paused, waiting for {whom}").format(whom=code_name("waits", told.facts.get("waiting_for")))


def _resumed(told: Told) -> str:
    why = {
        "pause-ended": _("resumed, the pause was over"),
        "customer": _("resumed, the customer answered"),
        "crisis": _("resumed, a crisis does not wait"),
        "merged": _("resumed, it is merged"),
    }
    return why.get(str(told.facts.get("why")), _("resumed"))


def _flagged(told: Told) -> str:
    flag = code_name("flags", told.facts.get("flag"))
    if told.facts.get("why") == "signs":
        return _("flag {flag}, two signs together").format(flag=flag)
    if told.facts.get("why") == "merge":
        return aside(_("flag {flag}").format(flag=flag), bonds.merging(told))
    return _("flag {flag}").format(flag=flag)


def _unflagged(told: Told) -> str:
    return _("flag {flag} taken away").format(flag=code_name("flags", told.facts.get("flag")))


def _proposed(told: Told) -> str:
    by = told.facts.get("by")
    if by is None:
        return told.said(_("proposal"))
    return told.said(_("proposal for {moment}").format(moment=told.zone.moment(by, told.at)))


def _closed(told: Told) -> str:
    return _("closed: {outcome}").format(outcome=code_name("outcomes", told.facts.get("outcome")))


def _reopened(told: Told) -> str:
    return _("reopened, cycle {cycle}").format(cycle=told.facts.get("cycle"))


def _corrected(told: Told) -> str:
    return told.said(_("correction of entry {seq}").format(seq=told.facts.get("seq")))


def _moved_by_rule(told: Told) -> str:
    label = told.fact("policy")
    if told.facts.get("why") == "calendar":
        return _("due times follow the calendar of policy {policy}").format(policy=label)
    return _("due times follow policy {policy}").format(policy=label)


def _extended(told: Told) -> str:
    clock = clock_name(told.fact("clock"), told.before.level if told.before else 0, told.facts.get("name"))
    limit = limit_words(told.facts["limit"]) if told.facts.get("limit") else ""
    text = _("{clock} extended to {limit}").format(clock=clock, limit=limit)
    who = told.fact("approved_by")
    return _("{what}, approved by {who}").format(what=text, who=who) if who else text


def _applied(told: Told) -> str:
    label = f"{told.fact('name')} v{told.fact('version')}"
    return told.said(_("policy {policy} applied").format(policy=label))


_SENTENCES: dict[str, dict[str, Callable[[Told], str]]] = {
    CASE: {
        "opened": _opened,
        "adopted": lambda told: _("taken over from {preset}").format(preset=told.fact("preset")),
        "noted": lambda told: told.said(_("note")),
        "contacted": _contacted,
        **people.SENTENCES,
        "escalated": _escalated,
        "deescalated": _deescalated,
        "limit-passed": _limit_passed,
        "paused": _paused,
        "resumed": _resumed,
        "flagged": _flagged,
        "unflagged": _unflagged,
        "proposed": _proposed,
        **agreements.SENTENCES,
        "closed": _closed,
        "reopened": _reopened,
        "corrected": _corrected,
        "moved": _moved_by_rule,
        "extended": _extended,
        **demands.SENTENCES,
        **letters.SENTENCES,
        **duties.SENTENCES,
        **bonds.SENTENCES,
        **stages.SENTENCES,
        **handing.SENTENCES,
        **remedies.SENTENCES,
        "fields-set": customers.changed,
        **groups.IN_CASES,
    },
    CUSTOMER: {**customers.CUSTOMERS, "undone": bonds.undone},
    PRODUCT: {**customers.PRODUCTS, "undone": bonds.undone},
    POLICY: {"applied": _applied},
    GROUP: {**groups.SENTENCES, "undone": bonds.undone},
}
