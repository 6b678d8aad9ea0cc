"""What refusals say about stages and a customer on site, in a function: the language is chosen first."""

from __future__ import annotations

from cstrack.render.i18n import _


def stages() -> dict[str, str]:
    """Exit 4: what the rules forbid."""
    return {
        "stages-none": _("policy {policy} has no stages, so {C} can enter none. See it: cstrack policy show"),
        "stage-already": _(
            "{C} is in stage {stage} since {entered_at}. Enter the next one: cstrack stage {C} CODE, "
            "or only leave it: cstrack stage {C} --done"
        ),
        "stage-back": _(
            "stage {stage} of {C} lies behind: it has reached {last_stage}. Going back needs a reason: "
            'cstrack stage {C} CODE -m "..."'
        ),
        "stage-not-entered": _("{C} is in no stage, so none can be left. Enter one: cstrack stage {C} CODE"),
        "stage-after-resolution": _(
            "{C} is resolved: of its stages only {last_stage} is left, not {stage}. "
            'Take the case up again: cstrack reopen {C} -m "..."'
        ),
        "stage-limited": _(
            "stage {stage} has a time standard, {standard}. Leave --by out, or promise the customer a time: "
            'cstrack promise add {C} "..." --due TIME'
        ),
        "stage-by-passed": _("{by_at} has passed; it must be a time to come. Give --by a later time"),
        "on-site-already": _(
            "the customer of {C} is on site since {arrived_at}. If he has left: cstrack leave {C}"
        ),
        "not-on-site": _("no customer of {C} is on site. When he comes: cstrack arrive {C} --expected TIME"),
        "expected-passed": _(
            "{expected_at} is before he came, on {at}. Give --expected a time to come, or leave it out"
        ),
        "time-before-arrival": _("{at} is before he came, on {arrived_at}. Give --at a later time"),
        "time-before-left": _("{at} is before he last left, on {left_at}. Give --at a later time"),
    }
