"""What refusals say about demands, steps and meetings."""

from __future__ import annotations

from cstrack.render.i18n import _


def demands() -> dict[str, str]:
    """What a demand, a case that has some, a step and a meeting are refused for."""
    return {
        "demand-empty": _('the demand is empty. Say what is wanted: cstrack demand add 42 "a new part"'),
        "demand-none": _(
            'no demand of {C} is recorded. Write down what is wanted: cstrack demand add {C} "..."'
        ),
        "no-such-demand": _("{C} has no demand {n}, the last is {last}. See them: cstrack demand list {C}"),
        "demand-rank-beyond": _(
            "{C} has no rank {rank}; the last that is free is {last}. Give --rank {last}, or none"
        ),
        "demand-answer-needed": _(
            "what is the answer? Give one of --can, --cannot and --park. "
            'For example: cstrack demand answer 42 1 --cannot -m "not covered by the warranty"'
        ),
        "demand-only-parked": _(
            "{option} belongs to a demand that is parked. Give it together with --park, or leave it out"
        ),
        "demand-whom-needed": _("--to is missing: who will answer it? Write --to finance"),
        "demand-answered-before": _(
            "{at} is before demand {n} of {C} was last spoken of, on {said_at}. Give --at a later time"
        ),
        "demand-until-passed": _(
            "{until_at} has passed; demand {n} of {C} needs a time to come. Give --until a later time"
        ),
        "resolve-demand-unanswered": _(
            "demands of {C} are without an answer: {unanswered}. "
            "Answer them: cstrack demand answer {C} {n} --can, or resolve anyway: "
            'cstrack resolve {C} --anyway -m "..."'
        ),
        "close-demand-parked": _(
            "{C} cannot be closed: demand {n} is parked with {to} until {until_at}. "
            'Answer it: cstrack demand answer {C} {n} --can, or --cannot -m "..."'
        ),
        "close-demand-unanswered": _(
            "{C} cannot be closed: demand {n} is without an answer. "
            'Answer it: cstrack demand answer {C} {n} --can, or --cannot -m "..."'
        ),
        "step-done-already": _(
            "{step} of {C} was done already, by {who} on {done_at}. See what is left: cstrack show {C}"
        ),
        "people-needed": _('--with is missing: who was there? Write --with "wang, li"'),
    }
