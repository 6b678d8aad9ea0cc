"""What refusals say about group complaints, and about the end of a crisis."""

from __future__ import annotations

from cstrack.render.i18n import _


def groups() -> dict[str, str]:
    """Exit 4 and 3: what the rules forbid, and what is not there."""
    return {
        "no-such-group": _("there is no group G-{group}. See them: cstrack group list"),
        "group-undone": _(
            "the forming of G-{group} was undone on {undone_at}; its number is not used again. "
            "See those there are: cstrack group list"
        ),
        "group-too-few": _(
            "a group complaint has two cases or more, and this is {C} alone. "
            "Name the others too: cstrack group add {number},N"
        ),
        "group-lead-elsewhere": _(
            "{C} is not among the cases of this group, so it cannot lead it. "
            "Name one of them: --lead C; they are {cases}"
        ),
        "group-in-already": _("{C} is in G-{group} already. See it: cstrack group show G-{group}"),
        "group-in-another": _(
            "{C} is in G-{group}. Put the others there: cstrack group add CASES --to G-{group}, "
            'or take it out first: cstrack group drop G-{group} {number} -m "..."'
        ),
        "group-not-in": _(
            "{C} is not in G-{group}. See what is: cstrack group show G-{group}",
        ),
        "group-one-left": _(
            "only {C} would be left in G-{group}, and one case is no group. "
            'Take all of them out: cstrack group drop G-{group} {all} -m "..."'
        ),
        "group-lead-leaves": _(
            "{C} leads G-{group}. Name another lead first: cstrack group edit G-{group} --lead {other}"
        ),
        "group-dissolved": _(
            "all cases were taken out of G-{group}. Make a new group: cstrack group add CASES"
        ),
        "group-unchanged": _(
            "G-{group} has this lead, name and statement already. See it: cstrack group show G-{group}"
        ),
        "group-time-before": _(
            "{at} is before the last change of G-{group} on {changed_at}. Give --at a later time"
        ),
        "crisis-off-needs-approver": _(
            "{C} is a crisis, and somebody else says that it is over. Name who did: "
            'cstrack flag {C} crisis --off --approved-by WHO -m "..."'
        ),
        "group-event-unknown": _(
            "G-{group} has an entry of type {type} from a newer cstrack. Upgrade the program to write to it"
        ),
    }


def group_usage() -> dict[str, str]:
    """Exit 2 and 5: words that mean nothing, and input that is missing."""
    return {
        "group-not-understood": _("{word} is no group number. Write G-3 or 3; see them: cstrack group list"),
        "group-change-needed": _(
            "what is to change? Give --lead C, --name or --statement: "
            'cstrack group edit G-{group} --statement "..."'
        ),
        "option-with": _("{option} goes with {other} only. Leave it out, or give {other}"),
    }
