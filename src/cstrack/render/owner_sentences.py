"""What refusals say about who may answer for a case, work on it, approve, or take it down a level."""

from __future__ import annotations

from cstrack.render.i18n import _


def owners() -> dict[str, str]:
    """What is refused to people of too low a level, and of whom a case is about.

    With `-nobody` at its end, a code's sentence for when nobody is on duty who could.
    """
    return {
        "person-unknown": _(
            "{who} is not of the staff.{near} Name one of them; see who is: cstrack staff list"
        ),
        "owner-level": _(
            "{C} is at level {level}, and {who} is of level {own}; who answers for it is of that level or "
            "above. On duty: {fit}. Name one of them: cstrack assign {C} WHO, "
            "or let {who} do the work: cstrack assign {C} {who} --as-handler"
        ),
        "owner-level-nobody": _(
            "{C} is at level {level}, and {who} is of level {own}; who answers for it is of that level or "
            "above, and nobody is on duty who is. See who there is: cstrack staff list, "
            "or let {who} do the work: cstrack assign {C} {who} --as-handler"
        ),
        "assign-against": _(
            "{C} is about {who}, who may neither answer for it nor work on it. "
            "Name somebody else: cstrack assign {C} WHO"
        ),
        "against-already": _("{C} is about {who} already. See it: cstrack show {C}"),
        "against-holder": _(
            "{who} answers for {C} and works on it, and whom a case is about may not. Give it to others "
            "first: cstrack assign {C} WHO and cstrack assign {C} WHO --as-handler"
        ),
        "against-owner": _(
            "{who} answers for {C}, and whom a case is about may not. "
            "Name both at once: cstrack assign {C} WHO --against {who}"
        ),
        "against-handler": _(
            "{who} works on {C}, and whom a case is about may not. "
            "Name both at once: cstrack assign {C} WHO --as-handler --against {who}"
        ),
        "deescalate-level": _(
            "{C} is at level {level}: giving it back needs level {needs}, and you are of level {own}. "
            'Ask one of them, on duty: {fit}. Write down why: cstrack note {C} -m "..."'
        ),
        "deescalate-level-nobody": _(
            "{C} is at level {level}: giving it back needs level {needs}, and you are of level {own}; "
            "nobody is on duty who may. See who there is: cstrack staff list. "
            'Write down why: cstrack note {C} -m "..."'
        ),
        "pause-needs-level": _(
            "at your level {C} may wait for {cap}, until {latest_at}; longer needs level {needs}. "
            "Give --until an earlier time, or ask one of them, on duty: {fit}"
        ),
        "pause-needs-level-nobody": _(
            "at your level {C} may wait for {cap}, until {latest_at}; longer needs level {needs}, and nobody "
            "is on duty who is. Give --until an earlier time; see who there is: cstrack staff list"
        ),
        "approver-self": _(
            "who asks does not approve, and {who} is you. Name somebody else of level {needs} or above: "
            "--approved-by WHO"
        ),
        "approver-against": _(
            "{C} is about {who}, who may not approve it. Name somebody else: --approved-by WHO"
        ),
        "approver-level": _(
            "{who} is of level {level}; approving this needs level {needs}. "
            "On duty: {fit}. Name one of them: --approved-by WHO"
        ),
        "approver-level-nobody": _(
            "{who} is of level {level}; approving this needs level {needs}, and nobody is on duty who may. "
            "See who there is: cstrack staff list"
        ),
    }
