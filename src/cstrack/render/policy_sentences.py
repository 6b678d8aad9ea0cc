"""What refusals say about policies, limits and calendars."""

from __future__ import annotations

from cstrack.render.i18n import _


def policies() -> dict[str, str]:
    """What a policy, or more time, is refused for."""
    return {
        "extend-not-running": _("no clock {clock} runs on {C}. See which do: cstrack why {C}"),
        "extend-needs-other": _(
            "{who} cannot ask for more time and approve it. Name somebody else: --approved-by WHO"
        ),
        "extend-too-late": _(
            "the clock {clock} of {C} ran out on {due_at}; what is late is not extended. See: cstrack why {C}"
        ),
        "extend-not-allowed": _(
            "the policy allows no more time for the clock {clock} of {C}. See: cstrack policy show"
        ),
        "extend-no-more": _(
            "the clock {clock} of {C} has its longest limit already, {limit}. See: cstrack why {C}"
        ),
        "extend-not-longer": _(
            "the next limit of the clock {clock} of {C} would not be later than {due_at}. "
            "See: cstrack why {C}"
        ),
        "approver-needed": _("somebody must approve more time. Name who did: --approved-by WHO"),
        "limit-needs-calendar": _(
            "the limit {limit} counts working time, and no calendar says when that is. Name one in the policy"
        ),
        "no-such-policy": _("this desk has no policy {version}. See those it has: cstrack policy list"),
        "policy-one-source": _(
            "name one policy: a FILE, or --preset NAME. See: cstrack policy list --presets"
        ),
        "policy-not-at": _("a policy counts from now on. Leave --at out"),
        "span-backwards": _(
            "days are told of from an earlier time to a later one, within ten years, and not from {first_at} "
            "to {last_at}. Change --from or --to"
        ),
        "calendar-file-invalid": _(
            "{path} is not accepted and nothing was changed. Correct what is named above"
        ),
        "calendar-not-a-table": _(
            "the policy writes the calendar {calendar}, or its days, in one line, so none can be added "
            "below. Write them as tables, [calendars.{calendar}] and [[calendars.{calendar}.days]], in what "
            "this prints, and apply it: cstrack policy export"
        ),
        "policy-level-in-use": _(
            "{count} cases stand at levels up to {level}, and {policy} has only {top}: {cases}. "
            'Bring them down first: cstrack deescalate C -m "..."'
        ),
        "policy-not-newest": _(
            "{policy} was applied while the file was read, and nothing was changed. Run it again"
        ),
        "policy-applied-meanwhile": _(
            "another policy was applied while the file was read; what is in the record stands. "
            "Run the import again to take the rest"
        ),
    }
