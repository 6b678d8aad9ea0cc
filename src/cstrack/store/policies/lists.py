"""The lists of a policy, the words and signs that set flags, and the work that cases record."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cstrack.domain.alike import ALIKE, MOST_ALIKE
from cstrack.store.policies.parts import (
    MOST_ENTRIES,
    Code,
    Codes,
    Days,
    LevelNumber,
    Limit,
    Named,
    Part,
    Text,
)

MOST_WORDS = 500
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Flag(Named):
    """A sign on a case; `level` is the least level of a case that has it."""

    level: LevelNumber | None = None


class Entry(Flag):
    """A code of a list that may call for a level and set a flag."""

    flag: Code | None = None


class Remedy(Named):
    """Something that a customer gets; `standard`: within the standard of service, also for a regulator."""

    standard: bool | None = None


Flags = Annotated[dict[Code, Flag], Field(max_length=MOST_ENTRIES)]
Entries = Annotated[dict[Code, Entry], Field(max_length=MOST_ENTRIES)]
Remedies = Annotated[dict[Code, Remedy], Field(max_length=MOST_ENTRIES)]
Names = Annotated[dict[Code, Named], Field(max_length=MOST_ENTRIES)]


class Repeat(Part):
    """The same customer and category again, within so many days of the end of the earlier case."""

    days: Annotated[int, Field(ge=1, le=3660)]
    flag: Code = "repeated"


class Crisis(Part):
    """So many different signs together make a crisis. A channel counts as the sign that it names."""

    signs: Annotated[int, Field(ge=1, le=20)]
    flags: Codes = []
    channels: dict[Code, Code] = {}


class Groups(Part):
    """So many complaints alike within so many days are to be one group, at this level (none: the highest)."""

    cases: Annotated[int, Field(ge=2, le=1000)] = 3
    days: Annotated[int, Field(ge=1, le=366)] = 7
    level: LevelNumber | None = None
    alike: Annotated[list[Code], Field(max_length=MOST_ALIKE)] = list(ALIKE)


class Words(Part):
    """Words and patterns that set a flag, or only ask to be looked at."""

    flag: Code | None = None
    words: Annotated[list[Text], Field(max_length=MOST_WORDS)] = []
    patterns: Annotated[list[str], Field(max_length=MOST_WORDS)] = []


class Stage(Named):
    """A stage of the service flow."""

    code: Code
    role: Named | None = None
    limit: Limit | None = None
    calendar: Code | None = None
    check: Named | None = None


class Step(Named):
    """A step of a checklist; its limit counts from the opening."""

    code: Code
    limit: Limit | None = None


class Checklist(Named):
    """Steps, and the cases they are for."""

    code: Code
    kinds: Codes | None = None
    levels: list[LevelNumber] | None = None
    flags: Codes | None = None
    channels: Codes | None = None
    steps: Annotated[list[Step], Field(min_length=1, max_length=100)]


class Callbacks(Part):
    """How customers are called back."""

    tries: Annotated[int, Field(ge=1, le=20)] = 3
    care: Annotated[list[Days], Field(max_length=20)] = []
    phone_levels: list[LevelNumber] | None = None
    not_on: list[Weekday] = []


class Choice(Named):
    """One of the values of a field of one's own."""

    code: Code


class OwnField(Named):
    """A field of the desk's own; `required` says what of a case is refused without it."""

    code: Code
    on: Literal["case", "customer", "product"]
    type: Literal["text", "number", "date", "yes-no", "choice"]
    choices: Annotated[list[Choice], Field(max_length=MOST_ENTRIES)] = []
    required: Literal["opening", "resolving", "never"] = "never"


class Shown(Part):
    """How many characters at either end of a personal value are shown."""

    first: Annotated[int, Field(ge=0, le=20)] = 0
    last: Annotated[int, Field(ge=0, le=20)] = 0


class Masking(Part):
    """How personal values stand in lists and chats; one that is not named is shown whole."""

    phone: Shown | None = None
    name: Shown | None = None
    mail: Shown | None = None
    plate: Shown | None = None
    vin: Shown | None = None
    address: Shown | None = None
    whole_for: list[Literal["owner", "handler", "first-contact", "callback", "task"]] = []


class Retention(Part):
    """How long after closing things are kept; what is not named is kept until somebody asks."""

    words: Days | None = None
    attachments: Days | None = None
    mail: Days | None = None
