"""Date phrases in English and Chinese: understood whole or refused.

A phrase is `now`, a distance (`+1h30m`, `3 days ago`, `半小时后`), an ISO time with its offset, or a day and
a time of day, either of which may be missing. The words stand in `when_words`; what they mean:

- A time of day alone is today's, even when it has gone by. Hours run from 0 to 23 unless am, pm or a part
  of the day (`下午3点`) says otherwise, and a part takes only the hours that belong to it. `midnight` and
  `24:00` are refused, since people mean either end of a day by them, and so is `01/02/2026`: it is two dates.
- A day alone is its last second as a deadline, its first as anything else. `eod` is a day's last second.
- `fri`, `next fri`, `周五`, `星期五`: the first such day strictly after today; `last fri`: the last one
  strictly before. `上`, `本`, `这`, `下` name the week, which begins on Monday: on a Saturday `本周五` is
  yesterday.
- `12月1日`: the one nearest to today, before or after it; the later one if both are as near.
- Minutes and hours are elapsed time. Days, weeks and months are added on the local calendar and keep the
  local clock time; a month's end is clamped (31 Jan + 1mo = 28 Feb).
- A local time that clocks jump over is read by the offset before the jump, so that 02:30 is 03:30; one that
  comes twice is the earlier.

Instants are whole seconds since 1970 UTC. Zones are IANA names; for others zoneinfo's errors pass through.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cstrack.domain import when_words as words
from cstrack.domain.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

_LONGEST_PHRASE = 100
_LONGEST_SPAN = 36_525 * 86_400  # a century: more is a slip of the finger
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)


def parse(phrase: str, *, now: int, zone: str, use: str) -> int:
    """Return the instant that `phrase` names when said at `now` in `zone`.

    `use` is "deadline" (a day without a time means its last second), "since" or "moment" (its first).
    Usage `time-not-understood` for what is not in the grammar as a whole, is on no calendar (30 Feb, 25:00)
    or outside the years 1 to 9999; Usage `time-needs-calendar` for working days and hours, which
    when_working.py reads where the desk has a calendar.
    """
    text = normal(phrase)
    tz = _zone(zone)
    try:
        moment = _read(text, now, tz, use)
        if moment is not None:
            _local(moment, tz)  # nobody could be shown what lies outside the years 1 to 9999
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        code = "time-needs-calendar" if re.search(words.WORKING_TIME, text) else "time-not-understood"
        raise Usage(code, phrase=phrase)
    return moment


def day_of(phrase: str, *, now: int, zone: str) -> str:
    """Return the local date that `phrase` names when said at `now` in `zone`, as `2026-11-21`."""
    return _day(parse(phrase, now=now, zone=zone, use="moment"), _zone(zone)).isoformat()


def parse_span(text: str) -> int:
    """Return a length such as `4h`, `1h30m`, `3d`, `2w` or `30分钟` in seconds; a day is 86,400 of them.

    Usage `span-not-understood` for anything else, for months (they have no fixed length) and for more than
    a century.
    """
    span = _span(normal(text))
    if span:
        months, days, seconds = span
        length = days * 86_400 + seconds
        if not months and length <= _LONGEST_SPAN:
            return length
    raise Usage("span-not-understood", phrase=text)


def end_of_day(ts: int, zone: str) -> int:
    """Return the last second of the local day that holds `ts`."""
    return start_of_next_day(ts, zone) - 1


def start_of_next_day(ts: int, zone: str) -> int:
    """Return the first second after the local day that holds `ts`.

    A day begins at the first instant of its date, at 01:00 where clocks jump over midnight, and lasts until
    the next one begins: an hour before midnight that comes again after it belongs to the day already begun.
    """
    tz = _zone(zone)
    return _start(_day(ts, tz) + _DAY, tz)


# --- phrases ------------------------------------------------------------------------------------------------


def normal(phrase: str) -> str:
    """Lower case, half width, single spaces and none beside a Chinese character; empty if too long."""
    text = " ".join(phrase.translate(words.PLAIN).split()) if len(phrase) <= _LONGEST_PHRASE else ""
    return re.sub(words.SPACE_BESIDE_CHINESE, "", text)


def _read(text: str, now: int, tz: tzinfo, use: str) -> int | None:
    if text in {"now", "现在"}:
        return now
    if re.fullmatch(words.ISO_WITH_OFFSET, text):
        return (datetime.fromisoformat(text.upper()) - _EPOCH) // _SECOND
    for sign, pattern in words.SHIFTS:
        if (found := re.fullmatch(pattern, text)) and (span := _span(found[1])):
            months, days, seconds = (sign * part for part in span)
            return _moved(now, months, days, tz) + seconds
    return _dated(text, _day(now, tz), tz, use) if text else None


def _span(text: str) -> tuple[int, int, int] | None:
    """Months, days and seconds: three, because none is a fixed number of another."""
    for half, plain in words.HALF_HOURS:
        text = text.replace(half, plain)
    found = re.fullmatch(words.SPAN, text.strip())
    if not found or not found[0]:
        return None
    months, weeks, days, hours, minutes = (number(count) for count in found.groups("0"))
    return months, weeks * 7 + days, hours * 3600 + minutes * 60


def number(text: str) -> int:
    """`12`, `十二`, `两` or `零五`."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.removeprefix("零").rpartition("十")
    return (words.DIGITS.get(tens, 1) * 10 if ten else 0) + words.DIGITS.get(ones, 0)


def _dated(text: str, today: date, tz: tzinfo, use: str) -> int | None:
    day = today
    for pattern, date_of in _DATES:
        if found := re.match(pattern, text, re.ASCII):
            day, text = date_of(found, today), text[found.end() :]
            break
    said = text.removeprefix(" ").removeprefix("at ")
    if said in {"", "eod"}:
        return {"deadline": _end, "since": _start, "moment": _start}["deadline" if said else use](day, tz)
    clock = _clock(said)
    return None if clock is None else _instant(datetime.combine(day, clock), tz)


# --- times of day -------------------------------------------------------------------------------------------


def _clock(text: str) -> time | None:
    if text in words.NOON:
        return time(12)
    for pattern in words.CLOCKS:
        if found := re.fullmatch(pattern, text):
            said = {"word": "", "second": ""} | found.groupdict("")
            minute = words.MINUTES[said["word"]] if said["word"] else number(said["minute"] or "0")
            return time(_hour(number(said["hour"]), said["part"]), minute, int(said["second"] or 0))
    return None


def _hour(said: int, part: str) -> int:
    """Return the hour of 24 that is meant; ValueError when the part of the day has none."""
    if part in words.HALVES:
        return words.HALVES[part][said % 12]
    hours = words.PARTS_OF_DAY.get(part, range(24))
    return said if said in hours else hours[hours.index(said + 12)]


# --- dates --------------------------------------------------------------------------------------------------


def _iso_date(found: re.Match[str], _today: date) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))


def _near_day(found: re.Match[str], today: date) -> date:
    return today + words.NEAR_DAYS[found[1]] * _DAY


def _weekday(found: re.Match[str], today: date) -> date:
    wanted = words.WEEKDAYS.index(found[2][:3])
    if found[1] == "last":
        return today - ((today.weekday() - wanted - 1) % 7 + 1) * _DAY
    return _weekday_after(today, wanted)


def _weekday_after(today: date, wanted: int) -> date:
    return today + ((wanted - today.weekday() - 1) % 7 + 1) * _DAY


def _chinese_weekday(found: re.Match[str], today: date) -> date:
    wanted = words.CHINESE_WEEKDAYS[found[2]]
    if not found[1]:
        return _weekday_after(today, wanted)
    return today + (words.WEEKS[found[1]] * 7 + wanted - today.weekday()) * _DAY


def _chinese_date(found: re.Match[str], today: date) -> date:
    """ValueError for a date on no calendar; 2月29日 without a year needs a leap year next to this one."""
    month, day = number(found[2]), number(found[3])
    if found[1]:
        return date(int(found[1]), month, day)
    years = (today.year + 1, today.year, today.year - 1)
    dates = [date(year, month, day) for year in years if day <= _last_day(year, month)]
    return min(dates, key=lambda one: abs(one - today))


def _month_end(found: re.Match[str], today: date) -> date:
    month = _add_months(today, 1 if found[1] else 0)
    return month.replace(day=_last_day(month.year, month.month))


_DATES: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
    (words.ISO_DATE, _iso_date),
    (words.NEAR_DAY, _near_day),
    (words.WEEKDAY, _weekday),
    (words.CHINESE_WEEKDAY, _chinese_weekday),
    (words.CHINESE_DATE, _chinese_date),
    (words.MONTH_END, _month_end),
)


# --- the local calendar -------------------------------------------------------------------------------------


def _last_day(year: int, month: int) -> int:
    return (date(year, month % 12 + 1, 1) - _DAY).day  # in December of the year before: 31 as well


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, _last_day(year, month)))


def _moved(now: int, months: int, days: int, tz: tzinfo) -> int:
    if not (months or days):
        return now  # not by the local time: of an hour that comes twice it would name the first
    local = _local(now, tz)
    return _instant(datetime.combine(_add_months(local.date(), months) + days * _DAY, local.time()), tz)


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _local(ts: int, tz: tzinfo) -> datetime:
    return (_EPOCH + ts * _SECOND).astimezone(tz)


def _instant(local: datetime, tz: tzinfo, fold: int = 0) -> int:
    return (local.replace(tzinfo=tz, fold=fold) - _EPOCH) // _SECOND


def _day(ts: int, tz: tzinfo) -> date:
    """The local day that holds `ts`: its date, unless the next day has already begun once."""
    day = _local(ts, tz).date()
    return day + _DAY if _start(day + _DAY, tz) <= ts else day


def _start(day: date, tz: tzinfo) -> int:
    """The first instant of the local date, or of the one after it where clocks skipped it."""
    midnight = datetime.combine(day, time())
    first = _instant(midnight, tz)
    if _local(first, tz).replace(tzinfo=None) == midnight:
        return first
    before = _instant(midnight, tz, fold=1)  # midnight is jumped over, somewhere between these two
    while first - before > 1:
        middle = (before + first) // 2
        if _local(middle, tz).replace(tzinfo=None) < midnight:
            before = middle
        else:
            first = middle
    return first


def _end(day: date, tz: tzinfo) -> int:
    return _start(day + _DAY, tz) - 1
