"""The words of date phrases, English and Chinese: the tables that `when` reads by.

Patterns are matched against a normalised phrase: lower case, half width, single spaces and none beside a
Chinese character. They are text, so that importing them costs nothing; `re` keeps what it has compiled.
"""

from __future__ import annotations

PLAIN = str.maketrans(
    "０１２３４５６７８９：＋－ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789:+-abcdefghijklmnopqrstuvwxyz"
)
SPACE_BESIDE_CHINESE = r" (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) "

# --- numbers ------------------------------------------------------------------------------------------------

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_ONE_TO_NINE = "[一二三四五六七八九]"
NUMBER = f"(?:[0-9]{{1,6}}|{_ONE_TO_NINE}?十{_ONE_TO_NINE}?|[零两]|{_ONE_TO_NINE})"

# --- distances ----------------------------------------------------------------------------------------------

_UNITS = (  # the longest first, which is also the order in which a span names them, each at most once
    ("months", "months?|mo|个月"),
    ("weeks", "weeks?|w|个?星期|个?礼拜|周"),
    ("days", "days?|d|天|日"),
    ("hours", "hours?|h|个?小时"),
    ("minutes", "minutes?|mins?|m|分钟|分"),
)
SPAN = " ?".join(f"(?:(?P<{unit}>{NUMBER}) ?(?:{words}))?" for unit, words in _UNITS)
HALF_HOURS = (("个半小时", "小时30分钟"), ("半个小时", " 30分钟"), ("半小时", " 30分钟"))

SHIFTS = (
    (1, r"(?:\+ ?|in )(.+)"),
    (-1, r"- ?(.+)"),
    (-1, r"(.+) ago"),
    (1, r"(.+?)[之以]?后"),
    (-1, r"(.+?)[之以]?前"),
)

WORKING_TIME = r"工作日|工作小时|\b(?:work|working|business) ?(?:day|hour)|[0-9] ?w[dh]\b"

# --- days ---------------------------------------------------------------------------------------------------

ISO_WITH_OFFSET = (
    "[0-9]{4}-[0-9]{2}-[0-9]{2}[t ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    "(?:z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])"
)
ISO_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:t(?=[0-9])|(?!\w))"
CHINESE_DATE = f"(?:([0-9]{{4}})年)?({NUMBER})月({NUMBER})[日号]"
MONTH_END = "(?:本|这个|(下个?))?月底"

_NEAR = (
    (-3, "大前天"),
    (-2, "前天"),
    (-1, "yesterday 昨天 昨日 昨"),
    (0, "today 今天 今日 今"),
    (1, "tomorrow 明天 明日 明"),
    (2, "后天"),
    (3, "大后天"),
)
NEAR_DAYS = {word: days for days, said in _NEAR for word in said.split()}
NEAR_DAY = r"((?:today|tomorrow|yesterday)\b|大?[前后]天|[今明昨](?:[天日]|(?=[早晚])))"

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = (
    r"(?:(next|last) )?(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b"
)
CHINESE_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
CHINESE_WEEKDAY = "(?:([上本这下])个?)?(?:周|星期|礼拜)([一二三四五六日天])"
WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}

# --- times of day -------------------------------------------------------------------------------------------

NOON = ("noon", "中午", "正午")
HALVES = {"am": range(12), "pm": range(12, 24)}
PARTS_OF_DAY = {  # and their hours: 上午 and 下午 are am and pm; 晚上12点 is refused: which midnight?
    "凌晨": range(7),
    "早上": range(4, 12),
    "早": range(4, 12),
    "上午": range(12),
    "中午": range(11, 15),
    "下午": range(12, 24),
    "晚上": range(17, 24),
    "晚": range(17, 24),
}
MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0}
_PART = f"(?P<part>{'|'.join(PARTS_OF_DAY)})?"
CLOCKS = (
    _PART + "(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?",
    "(?P<hour>0?[1-9]|1[0-2])(?::(?P<minute>[0-5][0-9]))? ?(?P<part>am|pm)",
    # 三点五 may mean half past, so a minute without 分 needs two places: 3点05, 三点零五, 三点十五
    _PART + f"(?P<hour>{NUMBER})[点时](?:(?P<word>{'|'.join(MINUTES)})"
    f"|(?P<minute>{NUMBER}(?=分)|[0-5][0-9]|零{_ONE_TO_NINE}|[二三四五]?十{_ONE_TO_NINE}?)分?)?",
)
