"""The whole policy file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from cstrack.store.policies.calendars import CalendarTable
from cstrack.store.policies.levels import Agreements, Clock, Level, Sums
from cstrack.store.policies.lists import (
    Callbacks,
    Checklist,
    Crisis,
    Entries,
    Flags,
    Groups,
    Masking,
    Names,
    OwnField,
    Remedies,
    Repeat,
    Retention,
    Stage,
    Words,
)
from cstrack.store.policies.parts import Code, Codes, Named, Note, Part, Text

RAISING = ("kinds", "channels", "flags", "categories", "customer_types")
"""Lists whose entries may call for a level."""
LISTS = (*RAISING, "outcomes", "waits", "remedies", "root_causes", "departments")

_TABLES = ("levels", "clocks", "calendars", "authority", "agreements", "callbacks", "masking")
OF_A_STORE = ("calendar", "contact_hours", "fields", *_TABLES, *LISTS)
"""What a store may do otherwise."""

MOST = 200
"""Calendars, clocks, stages, checklists, fields, sources, stores."""


class Source(Named):
    """Where numbers come from, how far it was checked, and which clocks rest on it."""

    issuer: Text | None = None
    number: Text | None = None
    issued: dt.date | None = None
    in_force: dt.date | None = None
    checked: dt.date | None = None
    url: Text | None = None
    clocks: Codes = []
    note: Note | None = None
    checked_by: Note | None = None


class PolicyFile(Part):
    """A policy as docs/policy.md writes it."""

    name: Code
    en: Text | None = None
    zh: Text | None = None
    counts_from: Literal["level", "opening"] = "level"
    calendar: Code | None = None
    contact_hours: Code | None = None
    levels: Annotated[dict[str, Level], Field(min_length=1, max_length=9)]
    authority: Sums = Sums()
    agreements: Agreements = Agreements()
    clocks: Annotated[dict[Code, Clock], Field(max_length=MOST)] = {}
    calendars: Annotated[dict[Code, CalendarTable], Field(max_length=MOST)] = {}
    kinds: Entries | None = None
    channels: Entries | None = None
    flags: Flags | None = None
    categories: Entries | None = None
    customer_types: Entries | None = None
    outcomes: Names | None = None
    waits: Names | None = None
    remedies: Remedies | None = None
    root_causes: Names | None = None
    departments: Names | None = None
    repeat: Repeat | None = None
    crisis: Crisis | None = None
    groups: Groups = Groups()
    words: Annotated[list[Words], Field(max_length=MOST)] = []
    stages: Annotated[list[Stage], Field(max_length=MOST)] = []
    checklists: Annotated[list[Checklist], Field(max_length=MOST)] = []
    callbacks: Callbacks = Callbacks()
    fields_: Annotated[list[OwnField], Field(max_length=MOST, alias="fields")] = []
    masking: Masking = Masking()
    retention: Retention = Retention()
    stores: Annotated[dict[Code, dict[str, Any]], Field(max_length=MOST)] = {}
    sources: Annotated[list[Source], Field(max_length=MOST)] = []

    def listed(self, listing: str) -> dict[str, Named] | None:
        """The entries of a list, or None where the file leaves it out."""
        found: dict[str, Named] | None = getattr(self, listing)
        return found
