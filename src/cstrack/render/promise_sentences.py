"""What refusals say about promises and tasks, in a function: the language is chosen first."""

from __future__ import annotations

from cstrack.render.i18n import _


def duties() -> dict[str, str]:
    """Exit 4 and 3: what the rules forbid, and what is not there."""
    return {
        "due-passed": _("{due_at} has passed; it must be a time to come. Give --due a later time"),
        "time-before-said": _("{at} is before it was said, on {made_at}. Give --at a later time"),
        "no-such-promise": _(
            "{C} has no promise {n}; it has {count}. See them: cstrack promise list {C} --all"
        ),
        "promise-settled": _(
            "promise {n} of {C} is settled already. See it: cstrack promise list {C} --all, "
            'or correct what is wrong: cstrack correct {C} SEQ -m "..."'
        ),
        "promise-not-agreed": _(
            "a promise moves only when the customer agrees. Once he does: "
            'cstrack promise move {C} {n} --due TIME --agreed -m "..."'
        ),
        "promise-late": _(
            "promise {n} of {C} was due on {due_at}; a later time does not mend it. "
            'Say so: cstrack promise miss {C} {n} -m "...", and make a new one: cstrack promise add {C}'
        ),
        "promise-due-then": _(
            "promise {n} of {C} is due on {due_at} already. Give --due another time, or leave it"
        ),
        "no-such-task": _("{C} has no task {n}; it has {count}. See them: cstrack task list {C} --all"),
        "task-answered": _(
            "task {n} of {C} is answered already. See it: cstrack task list {C} --all, "
            'or send it back: cstrack task return {C} {n} -m "..."'
        ),
        "resolve-task-open": _(
            "{department} has not answered task {n} of {C}. Write the answer down: "
            'cstrack task done {C} {n} -m "...", or resolve it all the same: '
            'cstrack resolve {C} --anyway -m "..."'
        ),
        "close-task-open": _(
            "{C} cannot be closed: {department} has not answered task {n}. "
            'Write the answer down, or that none is needed: cstrack task done {C} {n} -m "..."'
        ),
    }
