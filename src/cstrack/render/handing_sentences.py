"""What refusals say about staff, stores, rosters and handing over, in functions: the language comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render.i18n import _
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def registers() -> dict[str, str]:
    """Exits 2 to 5: what cannot stand in a register, and who is not in one."""
    return {
        "handle-not-allowed": _(
            "{handle} cannot be a handle. Write a word of letters of any script, digits and . _ - "
            "of at most {most} characters, beginning with a letter or a digit"
        ),
        "handle-taken": _("{handle} is the program's own name for what no person did. Take another handle"),
        "store-code-not-allowed": _(
            "{store} cannot be the code of a store. Write a word of letters, digits and . _ -"
        ),
        "no-such-person": _("nobody of the staff is called {value}.{near} See who is: cstrack staff list"),
        "no-such-store": _("there is no store {value}.{near} See them: cstrack store list"),
        "level-unknown": _("the policy has no level {level}. Give --level one of {known}"),
        "staff-already": _("{handle} is of the staff already. Change it: cstrack staff edit {handle}"),
        "staff-oneself": _("{handle} cannot be his own supervisor or deputy. Name somebody else"),
        "staff-change-needed": _("nothing is to be changed. Say what: cstrack staff edit HANDLE --level N"),
        "staff-zone-unknown": _("the time zone {zone} is not known. Write one such as Asia/Shanghai"),
        "login-taken": _("the account {login} is that of {own}. One account is one person's"),
        "mail-not-understood": _("{mail} is no mail address. Write it as wang@example.com"),
        "hours-not-understood": _("{hours} are no hours of a day. Write them as 08:30-12:00 13:30-18:00"),
        "name-too-long": _("a name is one line of at most {most} characters. Shorten it"),
        "away-backwards": _(
            "{handle} cannot be away from {from_at} until {until_at}. "
            "Give --until a time to come, after --from"
        ),
        "staff-not-away": _(
            "{handle} is not away. Say when it begins: cstrack staff away {handle} --until TIME"
        ),
        "deputy-needed": _("who stands in for {handle}? Name somebody: --deputy WHO"),
        "staff-holds": _(
            "{handle} still holds something: {held}. See it: cstrack staff show {handle}. "
            'Hand it over: cstrack handover --to WHO -m "..." --as {handle}; '
            "others: cstrack staff edit OTHER --supervisor WHO --deputy WHO"
        ),
    }


def held_words(held: Mapping[str, Sequence[object]]) -> str:
    """What somebody holds: how many cases of which kind, and the people who name him."""
    words = {
        "owner_of": _("cases to answer for: {n}"),
        "handler_of": _("cases to work on: {n}"),
        "promises": _("promises to keep: {n}"),
        "offered_to": _("offers to accept: {n}"),
        "offered_by": _("offers not accepted yet: {n}"),
        "supervisor_of": _("supervisor of {who}"),
        "deputy_of": _("deputy of {who}"),
    }
    told = []
    for name, found in held.items():
        who = _(", ").join(safe(str(one)) for one in found)
        told.append(words[name].format(n=len(found), who=who))
    return _("; ").join(told)


def rosters() -> dict[str, str]:
    """Exit 6: a roster that is not accepted, each fault by its line."""
    return {
        "roster-invalid": _(
            "the roster {path} is not accepted and nothing was changed. Correct what is named above"
        ),
        "roster-unreadable": _("{place}: the file is torn here, or is no CSV: {value}"),
        "roster-empty": _("{place}: the file names no shift. Check that it is the file you mean"),
        "roster-column-missing": _(
            "{place}: the first line must name the columns handle, from, to and kind "
            "(值班人, 开始, 结束, 类型); {missing} is missing"
        ),
        "roster-column-twice": _("{place}: the column {value} stands there twice. Leave one of them"),
        "roster-handle": _("{place}: nobody of the staff is called {value}. See: cstrack staff list"),
        "roster-handle-near": _("{place}: nobody of the staff is called {value}. Did you mean {near}?"),
        "roster-kind": _("{place}: {value} is neither duty (值班) nor on-call (值守). Write one of them"),
        "roster-time": _("{place}: {value} is no date with a time. Write it as 2026-11-23 08:00"),
        "roster-backwards": _("{place}: the shift ends at {value}, not after it begins at {start}"),
        "roster-too-long": _("{place}: a shift from {start} to {value} lasts longer than 31 days. Part it"),
        "roster-overlap": _(
            "{place}: {value} has this time already, in line {first_place}. Leave one of them, or part them"
        ),
        "roster-overlaps-kept": _(
            "the shift of {handle} from {start_at} overlaps one that began at {begun_at}, before the file, "
            "and lasts until {end_at}. Let the file begin there, or the shift after it. Nothing was changed"
        ),
    }


def handing() -> dict[str, str]:
    """Exits 4 and 5: what is not to be handed over, or not to be taken."""
    return {
        "receiver-needed": _("who is to take over? Name somebody: --to WHO"),
        "handover-nothing": _(
            "{actor} holds nothing that could be handed over. See: cstrack staff show {actor}"
        ),
        "handover-none-waiting": _("nothing is offered to {actor}. See: cstrack handover list"),
        "handover-not-yours": _(
            "{C} is not {actor}'s to hand over; it is in the hands of {whose}. "
            "Another owner is named by: cstrack assign {C} WHO"
        ),
        "handover-to-oneself": _("{C} cannot be handed over to oneself. Name somebody else: --to WHO"),
        "handover-against": _(
            "{who} is the one that {C} complains about, and may not take it. Name somebody else: --to WHO"
        ),
        "handover-level": _(
            "{C} stands at level {level} and {who} is level {own}; its owner must be of its level or above. "
            "Name somebody else: --to WHO"
        ),
        "handover-not-offered": _("{C} is not offered to {actor}. See what is: cstrack handover list"),
        "time-before-offer": _("{at} is before it was offered, on {offered_at}. Give --at a later time"),
        "transfer-there-already": _("{C} is in the store {store} already. Name another one: --store CODE"),
        "transfer-what-needed": _(
            "where to? Offer it to a store: --store CODE; or accept what is offered to yours: --accept"
        ),
        "transfer-not-offered": _(
            '{C} is not offered to any store. Offer it: cstrack transfer {C} --store CODE -m "..."'
        ),
        "transfer-elsewhere": _(
            "{C} is offered to the store {store}, and you are not of it. Somebody there accepts it: "
            "cstrack transfer {C} --accept --as WHO"
        ),
    }
