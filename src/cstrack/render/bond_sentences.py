"""What refusals say about merging, linking and undoing."""

from __future__ import annotations

from cstrack.render.i18n import _


def bonds() -> dict[str, str]:
    """Exit 4, 3 and 2: what cannot be merged, linked or undone."""
    return {
        "merge-itself": _(
            "{C} cannot be merged with itself. Name the case that ends and the one that goes on: "
            'cstrack merge A B -m "..."'
        ),
        "merge-resolved": _(
            "{C} is carried out already, and C-{source} is not. Take it up again first: "
            'cstrack reopen {C} -m "..."'
        ),
        "merge-other-way": _(
            "{C} is the stricter one ({lost}); what it asks for would be lost. Merge the other way round: "
            'cstrack merge C-{into} {C} -m "..."'
        ),
        "merge-waits": _(
            "something of {C} waits that is answered there only: {waits}. Settle it first: cstrack show {C}"
        ),
        "merge-customers": _(
            "{C} is of customer {customer} {name}, C-{into} of customer {other} {other_name}. "
            "If they are one person under two numbers: "
            'cstrack merge {C} C-{into} --anyway -m "..."'
        ),
        "merge-against": _(
            "C-{source} is about {who}, who has {C} in hand. "
            "Give it to somebody else first: cstrack assign {C} WHO"
        ),
        "link-itself": _("{C} cannot be linked with itself. Name two cases: cstrack link A B"),
        "link-there": _(
            "{C} and C-{to} are linked already. See it: cstrack show {C}, "
            "or take the link away: cstrack link {C} C-{to} --remove"
        ),
        "link-not-there": _("{C} and C-{to} are not linked. See what is: cstrack show {C}"),
        "case-undone": _(
            "the opening of {C} was undone on {undone_at}; its number is not used again. "
            "See what it was: cstrack timeline {C}"
        ),
        "undo-nothing": _("{who} has ordered nothing that can be undone. See what happened: cstrack list"),
        "undo-undone": _(
            "the last thing that {who} did was an undo, and that is not undone. "
            "Type again what should be there"
        ),
        "undo-overtaken": _(
            "{who} has ordered something else meanwhile. See what would be undone: cstrack undo --dry-run"
        ),
        "undo-followed": _(
            "something has followed on {C}: entry {seq} by {who} on {followed_at}, {what}. "
            'Correct what is wrong instead: cstrack correct {C} {own} -m "..."'
        ),
        "undo-followed-record": _(
            "something has followed on {record} {number}: entry {seq} by {who} on {followed_at}, {what}. "
            "Change it again instead"
        ),
        "undo-policy-applied": _(
            "a policy was applied after what you did on {at}, and every case was judged by it. "
            'Correct what is wrong instead: cstrack correct C SEQ -m "..."'
        ),
        "undo-customer-used": _(
            "{C} is about customer {customer} too, who was registered then. "
            "Close your case instead: cstrack close C-{own} --outcome invalid"
        ),
        "undo-not-at": _("what is undone is undone now. Leave --at out"),
    }
