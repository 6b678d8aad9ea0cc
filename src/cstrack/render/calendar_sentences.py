"""What refusals say about calendars and files of holidays, in functions: the language is chosen first."""

from __future__ import annotations

from cstrack.render.i18n import _


def calendar_files() -> dict[str, str]:
    """Exit 6: a file of holidays that is not accepted, each problem by its place."""
    return {
        "calendar-import-unreadable": _(
            "{place}: the file is torn here, or is not iCalendar, JSON or CSV with a header: {value}"
        ),
        "calendar-import-empty": _("{place}: the file names no day. Check that it is the file you mean"),
        "calendar-import-row": _("{place}: {value} is not expected here. Correct it or take it out"),
        "calendar-import-date": _("{place}: {value} is not a date. Write it as 2026-10-01"),
        "calendar-import-kind": _(
            "{place}: {value} does not say whether the day is off or worked. Write off or work, "
            "in JSON isOffDay true or false, or works_as mon to sun"
        ),
        "calendar-import-hours": _(
            "{place}: {value} cannot be the hours of a day. Write them as 09:00-12:00 13:30-18:00"
        ),
        "calendar-import-timed": _(
            "{place}: {value} is a time of day, and holidays are whole days. "
            "Make the event last all day, or take it out"
        ),
        "calendar-import-span": _("{place}: {value} does not make an event of 1 to 366 days. Correct it"),
        "calendar-import-rule": _(
            "{place}: the rule {value} is not followed, only a yearly one on one date is. Write its days out"
        ),
        "calendar-import-conflict": _(
            "{place}: {value} is told otherwise than before, at {first_place}. Leave one of the two"
        ),
        "calendar-import-too-many": _("{place}: the file names more than {most} days. Split it"),
    }


def calendars() -> dict[str, str]:
    """Exit 6: a calendar that cannot be reckoned with; most often a problem of a policy, at its place."""
    return {
        "calendar-field-unknown": _("the calendar {calendar} has no key {field}. Possible: {known}"),
        "calendar-field-missing": _("the calendar {calendar} lacks {field}. Give it"),
        "calendar-field-wrong": _("the calendar {calendar} cannot have {value} as {field}. Correct it"),
        "calendar-zone-unknown": _(
            "the calendar {calendar} names a time zone that is not known: {zone}. "
            "Write one such as Asia/Shanghai"
        ),
        "calendar-date-wrong": _(
            "the calendar {calendar} names {value}, which is no date from 1900 to 2499. "
            "Write it as 2026-10-01"
        ),
        "calendar-hours-wrong": _(
            "the calendar {calendar} has hours on {day} that are not understood: {value}. "
            "Write them as 08:30-12:00"
        ),
        "calendar-hours-backwards": _(
            "the calendar {calendar} has hours on {day} that end before they begin: {value}. "
            "A night shift may last 12 hours"
        ),
        "calendar-hours-overlap": _(
            "the calendar {calendar} has hours on {day} that overlap, with each other or with the night "
            "shift before. Part them"
        ),
        "calendar-empty": _("the calendar {calendar} is never open. Give it hours"),
        "calendar-never-opens": _(
            "the calendar {calendar} stays closed for more than two years from {since_at} on. Give it hours"
        ),
        "calendar-too-far": _(
            "the calendar {calendar} counts from 1900 to 2499, and this falls outside. Give a nearer time"
        ),
    }
