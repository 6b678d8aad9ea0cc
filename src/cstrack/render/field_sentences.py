"""What refusals say about fields of the desk's own."""

from __future__ import annotations

from cstrack.render.i18n import _


def fields() -> dict[str, str]:
    """Exit 2: names and values that mean nothing; 4: what the rules forbid; 5: what must be known."""
    return {
        "own-field-form": _("{value} is no field with its value. Write --field NAME=VALUE"),
        "own-field-none": _(
            "the desk's policy has no fields of its own, so there is no {value}. See it: cstrack policy show"
        ),
        "own-field-ambiguous": _("{value} is the name of several fields. Give the code of one: {known}"),
        "own-field-twice": _("{own_field} is given twice. Give it once"),
        "own-field-needed": _("a value is needed. Give it: {option}"),
        "own-field-value-needed": _("{own_field} is looked for without a value. Write --field NAME=VALUE"),
        "own-field-text": _("{own_field} takes one line of at most {most} characters"),
        "own-field-number": _(
            "{own_field} takes a number, and {value} is none. Write 12 or -3.5, with at most {most} digits"
        ),
        "own-field-date": _(
            "{own_field} takes a date, and {value} is none. Write 2026-11-21, yesterday or 下周一"
        ),
        "own-field-yes-no": _("{own_field} takes yes or no, and {value} is neither"),
        "own-field-needs-customer": _(
            "{own_field} is known of a customer, and none is named. "
            "Name him: --customer NAME or --phone NUMBER"
        ),
        "own-field-without-customer": _(
            '{own_field} is known of a customer, and {C} has none. Write it down: cstrack note {C} -m "..."'
        ),
        "own-field-without-product": _(
            "{own_field} is known of a product, and {C} has none; one is registered when a case is opened. "
            'Write it down: cstrack note {C} -m "..."'
        ),
        "own-field-empty": _("{own_field} of {C} is empty already. See it: cstrack show {C}"),
        "own-field-required": _(
            "{own_field} of {C} must be known and cannot be emptied. "
            "Give it another value: --field NAME=VALUE"
        ),
        "open-needs-fields": _("no case is opened without {own_fields}. Give: {option}"),
        "resolve-needs-fields": _("{C} cannot be resolved without {own_fields}. Give: {option}"),
    }
