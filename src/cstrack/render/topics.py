"""What `cstrack help TOPIC` explains: tables of plain rows, for a screen, a pipe or JSON alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.policy import Policy
    from cstrack.render.screen import Look

Row = dict[str, Any]


def rows(name: str, policy: Policy) -> list[Row]:
    """The rows of a topic, named as it is typed."""
    if name == "levels":
        return _levels(policy)
    return {"exit-codes": _exit_codes, "times": _times, "environment": _environment}[name]()


def _exit_codes() -> list[Row]:
    """Exit code and what it means: the same in every language and every release."""
    meanings = {
        0: _("done; also when nothing was found"),
        1: _("an unexpected failure, or something broken; the trace only with --debug"),
        2: _("the command line is not understood"),
        3: _("no such case or customer, or more than one"),
        4: _("refused by the rules: wrong state, no authority, level"),
        5: _("input is needed and nobody is there, or it was not confirmed"),
        6: _("input is not accepted: a file, a text, a policy"),
        7: _("a delivery failed and waits in the outbox"),
        8: _("something was found, with --exit-code"),
        75: _("others kept the database busy; try again"),
        78: _("bad configuration, or a database of a newer program"),
        130: _("interrupted"),
    }
    return [{"code": code, "meaning": meaning} for code, meaning in meanings.items()]


def _times() -> list[Row]:
    """Date phrases and what they mean; at the end some that are refused, and why."""
    said = [
        ("2026-11-21 17:40", _("a date and a time of day, in the desk's zone")),
        ("2026-11-21T17:40:00+08:00", _("with an offset of its own")),
        ("2026-11-21", _("a day: its end as a deadline (--by, --until), else its start")),
        ("17:40", _("today, even when it has gone by")),
        ("eod", _("the end of today")),
        ("tomorrow 9am", _("also today, yesterday, noon; am and pm")),
        ("fri 17:00", _("the first Friday after today; last fri is the one before it")),
        ("+3d", _("from now; m, h, d, w and mo, also together: +1h30m")),
        ("-2h", _("before now; 2 hours ago says the same")),
        ("明天下午3点", _("tomorrow at three in the afternoon")),
        ("下周一", _("Monday of next week; 上 is the last week, 本 this one")),
        ("12月1日", _("the nearest 1 December, before or after today")),
        ("月底", _("the end of the month")),
        ("半小时后", _("in half an hour; 3天前 is three days ago")),
        ("01/02/2026", _("refused: it is two dates")),
        ("midnight", _("refused: people mean either end of a day by it; write 00:00 or eod")),
        ("3个工作日后", _("refused until the desk has a business calendar")),
    ]
    return [{"phrase": phrase, "meaning": meaning} for phrase, meaning in said]


def _levels(policy: Policy) -> list[Row]:
    """The levels of a policy: who answers, limit, longest pause, the flags and channels that lead there."""

    def leading(listing: str, level: int) -> list[str]:
        return [code for code, entry in policy.codes(listing).items() if entry.get("level") == level]

    return [
        {
            "level": level,
            "en": entry["en"],
            "zh": entry["zh"],
            "limit": entry["limit"],
            "pause_cap": entry["pause_cap"],
            "flags": leading("flags", level),
            "channels": leading("channels", level),
        }
        for level, entry in policy.levels.items()
    ]


def _environment() -> list[Row]:
    """Variables, the configuration key and the option that say the same, and what they do."""
    said = [
        ("CSTRACK_DATABASE_URL", "database_url", "--db", _("the database: a file, or postgresql://...")),
        ("CSTRACK_USER", "user", "--as", _("who acts; else the login")),
        ("CSTRACK_LANG", "lang", "--lang", _("en or zh; else LANG")),
        ("CSTRACK_ZONE", "zone", None, _("the zone a new desk gets, such as Asia/Shanghai")),
        ("CSTRACK_CURRENCY", "currency", None, _("the currency a new desk gets, such as CNY")),
        ("CSTRACK_COLOR", "color", "--color", _("auto, always or never")),
        ("CSTRACK_NO_INPUT", None, "--no-input", _("1 never asks")),
        ("CSTRACK_CONFIG", None, "--config", _("a configuration file that wins over the others")),
        ("NO_COLOR", None, None, _("anything switches colour off")),
        ("FORCE_COLOR", None, None, _("anything switches colour on; NO_COLOR wins")),
        ("COLUMNS", None, "--width", _("how wide a screen is")),
        ("XDG_CONFIG_HOME", None, None, _("where cstrack/config.toml lies; else ~/.config")),
        ("XDG_DATA_HOME", None, None, _("where cstrack/cstrack.db lies; else ~/.local/share")),
    ]
    return [
        {"variable": variable, "key": key, "option": option, "meaning": meaning}
        for variable, key, option, meaning in said
    ]


def screen(rows: Sequence[Row], look: Look) -> str:
    """The rows as a table that fits the width."""
    from rich.table import Table
    from rich.text import Text

    from cstrack.render.screen import console, printed

    shown = [{**row, "reached": [*row["flags"], *row["channels"]]} if "flags" in row else row for row in rows]
    titles = {name: title for name, title in _titles().items() if name in shown[0]}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, title in titles.items():
        table.add_column(Text(title), no_wrap=name not in _LONG, overflow="fold")
    for row in shown:
        table.add_row(*(Text(_words(row[name])) for name in titles))
    used = console(look)
    used.print(table)
    return printed(used)


_LONG = ("meaning", "reached")
"""Columns that may be broken over several lines."""


def _titles() -> dict[str, str]:
    """The columns of a screen, in their order; a level is named in one language."""
    return {
        "code": _("Code"),
        "phrase": _("Phrase"),
        "level": _("Level"),
        language(): _("Who"),
        "limit": _("Limit"),
        "pause_cap": _("Longest pause"),
        "reached": _("Reached by these flags and channels"),
        "variable": _("Variable"),
        "key": _("Key"),
        "option": _("Option"),
        "meaning": _("Meaning"),
    }


def _words(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
