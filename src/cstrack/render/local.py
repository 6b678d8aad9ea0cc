"""Instants and spans in words: the desk's zone, rounded against us (never more time left than there is)."""

from __future__ import annotations

import os
import time

from cstrack.domain.limits import split
from cstrack.render.i18n import _, language

_ROOTS = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
MINUTE, HOUR, DAY = 60, 3600, 86_400
IN_DAYS_FROM = 100
"""Hours from which a span is told in days: 72 h and 99 h are limits that people know as such."""


class Zone:
    """A time zone for wording. Where the system has zone files the C library reads them: 4 ms less.

    It knows one zone at a time: another one `beside` it is read here.
    """

    __slots__ = ("_info", "name")

    def __init__(self, name: str, *, beside: bool = False) -> None:
        self.name = name
        self._info = None
        if not beside and any(os.path.isfile(f"{root}/{name}") for root in _ROOTS):
            os.environ["TZ"] = name  # noqa: TID251  written, not read: it tells the C library the zone
            time.tzset()
        else:
            from zoneinfo import ZoneInfo

            self._info = ZoneInfo(name)

    def local(self, at: int) -> time.struct_time:
        """The local date and time of an instant, with its offset in tm_gmtoff."""
        if self._info is None:
            return time.localtime(at)
        from datetime import datetime

        moment = datetime.fromtimestamp(at, self._info)
        offset = moment.utcoffset()
        seconds = int(offset.total_seconds()) if offset else 0
        return time.struct_time((*moment.timetuple()[:9], moment.tzname(), seconds))

    def iso(self, at: int | None) -> str | None:
        """`2026-11-21T17:40:00+08:00`."""
        if at is None:
            return None
        t = self.local(at)
        sign, minutes = ("-" if t.tm_gmtoff < 0 else "+"), abs(t.tm_gmtoff) // MINUTE
        return (
            f"{t.tm_year:04}-{t.tm_mon:02}-{t.tm_mday:02}T{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02}"
            f"{sign}{minutes // 60:02}:{minutes % 60:02}"
        )

    def day(self, at: int, *, year: bool = False) -> str:
        """`Sat 21 Nov`, `11月21日 周六`, with the year where asked."""
        return day_words(self.local(at), year=year)

    def clock(self, at: int) -> str:
        """`17:40`."""
        t = self.local(at)
        return f"{t.tm_hour:02}:{t.tm_min:02}"

    def moment(self, at: int, now: int | None = None) -> str:
        """`Sat 21 Nov 17:40`, with the year when it is not that of `now`."""
        year = now is not None and self.local(at).tm_year != self.local(now).tm_year
        return f"{self.day(at, year=year)} {self.clock(at)}"


def day_words(t: time.struct_time, *, year: bool = False) -> str:
    """`Sat 21 Nov`, `11月21日 周六`, with the year where asked: a date that is of no zone."""
    if language() == "zh":
        date = f"{t.tm_mon}月{t.tm_mday}日 周{'一二三四五六日'[t.tm_wday]}"
        return f"{t.tm_year}年{date}" if year else date
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    date = f"{days[t.tm_wday]} {t.tm_mday} {months[t.tm_mon - 1]}"
    return f"{date} {t.tm_year}" if year else date


def civil(date: str) -> time.struct_time:
    """A date YYYY-MM-DD for `day_words`."""
    from datetime import date as day

    return day.fromisoformat(date).timetuple()


def utc(at: int | None) -> str | None:
    """`2026-11-21T09:40:00Z`: how JSON says an instant."""
    if at is None:
        return None
    t = time.gmtime(at)
    return f"{t.tm_year:04}-{t.tm_mon:02}-{t.tm_mday:02}T{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02}Z"


def span(seconds: int, *, up: bool = False) -> str:
    """`25 min`, `5 h 40`, `34 h 25`, `8 d 4 h`; never negative. `up` rounds a lateness up to the minute."""
    seconds = max(0, seconds)
    minutes = -(-seconds // MINUTE) if up else seconds // MINUTE
    if minutes < HOUR // MINUTE:
        return _("{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < IN_DAYS_FROM:
        if not rest:
            return _("{hours} h").format(hours=hours)
        return _("{hours} h {minutes:02}").format(hours=hours, minutes=rest)
    days, hours = divmod(hours, 24)
    if not hours:
        return _("{days} d").format(days=days)
    return _("{days} d {hours} h").format(days=days, hours=hours)


def worked(seconds: int, *, up: bool = False) -> str:
    """A span of open time: `3 h 20`, `160 h`; never in days, which are not all open for as long."""
    minutes = -(-max(0, seconds) // MINUTE) if up else max(0, seconds) // MINUTE
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    return (_("{hours} h {minutes:02}") if rest else _("{hours} h")).format(hours=hours, minutes=rest)


def about(text: str, provisional: object) -> str:
    """A due time or a span to it; `~` before one on a day that its calendar has not confirmed."""
    return f"~{text}" if provisional else text


def about_footnote() -> str:
    """What `~` means, for the foot of a screen that has one."""
    return _("~ may still move: the calendar is not confirmed that far")


def left(due_at: int, now: int, provisional: object = None) -> str:
    """`in 5 h 40`, or `LATE 25 min` once due; `in ~20 d` where that is provisional."""
    if now >= due_at:
        return _("LATE {span}").format(span=about(span(now - due_at, up=True), provisional))
    return _("in {span}").format(span=about(span(due_at - now), provisional))


def limit_words(limit: str) -> str:
    """A limit as typed, in words: `48h` -> `48 h`, `15d` -> `15 d`, `5wd` -> `5 working days`."""
    count, unit = split(limit)
    if count == 1:
        once = {"w": _("{n} week"), "mo": _("{n} month"), "wd": _("{n} working day")}
        if unit in once:
            return once[unit].format(n=count)
    words = {
        "m": _("{n} min"),
        "h": _("{n} h"),
        "d": _("{n} d"),
        "w": _("{n} weeks"),
        "mo": _("{n} months"),
        "wm": _("{n} working min"),
        "wh": _("{n} working h"),
        "wd": _("{n} working days"),
        "wd close": _("close of working day {n}"),
    }
    return words[unit].format(n=count)
