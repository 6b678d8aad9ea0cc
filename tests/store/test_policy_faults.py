"""Each thing that can be wrong in a policy file is found, by its place, with what is possible."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.policies import OFFICE, SMALL, only


@pytest.mark.parametrize(
    ("more", "place", "code", "facts"),
    [
        # keys and values
        (
            '[levels.2]\nen = "b"\nlimit = "1h"\ncolour = "red"\n',
            "levels.2.colour",
            "key-unknown",
            {"key": "colour"},
        ),
        ('[levels.2]\nen = "b"\n', "levels.2.limit", "key-missing", {"key": "limit"}),
        ('[levels.2]\nlimit = "1h"\n', "levels.2.en", "key-missing", {"key": "en"}),
        ('[levels.2]\nen = " "\nlimit = "1h"\n', "levels.2.en", "text-empty", {}),
        ('[levels.2]\nen = "b\\u0000"\nlimit = "1h"\n', "levels.2.en", "text-nul", {}),
        (f'[levels.2]\nen = "{"b" * 201}"\nlimit = "1h"\n', "levels.2.en", "text-too-long", {"most": 200}),
        ('[levels.2]\nen = "b"\nlimit = 24\n', "levels.2.limit", "type-wrong", {"suggestion": '"24h"'}),
        (
            '[levels.2]\nen = "b"\nlimit = "1h"\nwarn = "50%"\n',
            "levels.2.warn",
            "type-wrong",
            {"expected": "list"},
        ),
        ("[flags]\nvip = 3\n", "flags.vip", "type-wrong", {"expected": "table"}),
        (
            '[flags]\nvip = { en = "VIP", level = "1" }\n',
            "flags.vip.level",
            "type-wrong",
            {"expected": "whole-number"},
        ),
        ('[flags]\nvip = { en = "VIP", level = true }\n', "flags.vip.level", "type-wrong", {"value": True}),
        ('[flags]\nVIP = { en = "VIP" }\n', "flags.VIP", "code-wrong", {"value": "VIP"}),
        ("[clocks.total]\nlimit = '1h'\ninforms = 1\n", "clocks.total.informs", "type-wrong", {"value": 1}),
        # of limits
        (
            '[clocks.plan]\nlimit = "2 days"\n',
            "clocks.plan.limit",
            "limit-not-understood",
            {"suggestion": "2d"},
        ),
        (
            '[clocks.plan]\nlimit = "24H"\n',
            "clocks.plan.limit",
            "limit-not-understood",
            {"suggestion": "24h"},
        ),
        (
            '[clocks.plan]\nlimit = "5个工作日"\n',
            "clocks.plan.limit",
            "limit-not-understood",
            {"suggestion": "5wd"},
        ),
        (
            '[clocks.plan]\nlimit = "soon"\n',
            "clocks.plan.limit",
            "limit-not-understood",
            {"suggestion": None},
        ),
        ('[clocks.plan]\nlimit = "99999mo"\n', "clocks.plan.limit", "limit-too-long", {"value": "99999mo"}),
        ('[clocks.plan]\nlimit = "8wh"\n', "clocks.plan.limit", "limit-needs-calendar", {"value": "8wh"}),
        (
            '[clocks.plan]\nlimit = "3wd close"\ncalendar = "24x7"\n',
            "clocks.plan.limit",
            "limit-needs-calendar",
            {},
        ),
        ('[callbacks]\ncare = ["24h"]\n', "callbacks.care[1]", "limit-unit", {"units": ["d", "w", "mo"]}),
        ('[retention]\nwords = "3wd"\n', "retention.words", "limit-unit", {"value": "3wd"}),
        # what is referred to
        (
            '[clocks.plan]\nlimit = "1h"\ncalendar = "ofice"\n' + OFFICE,
            "clocks.plan.calendar",
            "calendar-unknown",
            {"suggestion": "office"},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\nlevels = [1, 2]\n',
            "clocks.plan.levels[2]",
            "level-unknown",
            {"known": [1]},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\nby_level = { 2 = "1h" }\n',
            "clocks.plan.by_level.2",
            "level-unknown",
            {},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\nkinds = ["complain"]\n',
            "clocks.plan.kinds[1]",
            "entry-unknown",
            {"listing": "kinds", "suggestion": "complaint"},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\nchannels = ["phon"]\n',
            "clocks.plan.channels[1]",
            "entry-unknown",
            {},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\npausable = ["nobody"]\n',
            "clocks.plan.pausable[1]",
            "entry-unknown",
            {"listing": "waits"},
        ),
        ('[flags]\nvip = { en = "VIP", level = 2 }\n', "flags.vip.level", "level-unknown", {"value": 2}),
        (
            '[customer_types]\na = { en = "A", flag = "vp" }\n',
            "customer_types.a.flag",
            "entry-unknown",
            {"suggestion": "vip"},
        ),
        ('[repeat]\ndays = 90\nflag = "again"\n', "repeat.flag", "entry-unknown", {"value": "again"}),
        (
            '[[words]]\nflag = "saftey"\nwords = ["x"]\n',
            "words[1].flag",
            "entry-unknown",
            {"suggestion": "safety"},
        ),
        (
            '[[checklists]]\ncode = "a"\nen = "A"\nlevels = [4]\nsteps = [{ code = "s", en = "S" }]\n',
            "checklists[1].levels[1]",
            "level-unknown",
            {"value": 4},
        ),
        ("[callbacks]\nphone_levels = [2]\n", "callbacks.phone_levels[1]", "level-unknown", {"value": 2}),
        ('[[stages]]\ncode = "a"\nen = "A"\nlimit = "2wh"\n', "stages[1].limit", "limit-needs-calendar", {}),
        (
            '[[sources]]\nen = "A"\nclocks = ["plan"]\n',
            "sources[1].clocks[1]",
            "entry-unknown",
            {"value": "plan"},
        ),
        # of levels
        ('[levels.3]\nen = "c"\nlimit = "1h"\n', "levels.3", "level-gap", {"missing": 2}),
        ('[levels.two]\nen = "c"\nlimit = "1h"\n', "levels.two", "level-no-number", {"value": "two"}),
        ('[levels.2]\nen = "b"\nlimit = "1h"\nlowers = 1\n', "levels.2.lowers", "lowers-below", {"level": 2}),
        (
            '[levels.2]\nen = "b"\nlimit = "1h"\nauthority = { amount = 5 }\n',
            "levels.2.authority.amount",
            "amount-smaller",
            {"below": None},
        ),
        (
            '[levels.2]\nen = "b"\nlimit = "1h"\nauthority = { amount = 1.234 }\n',
            "levels.2.authority.amount",
            "amount-wrong",
            {"value": "1.234"},
        ),
        (
            '[levels.2]\nen = "b"\nlimit = "1h"\nauthority = { amount = -1 }\n',
            "levels.2.authority.amount",
            "amount-wrong",
            {"value": "-1"},
        ),
        ("[agreements]\nsigned_above = -1\n", "agreements.signed_above", "amount-wrong", {"value": "-1"}),
        (
            '[levels.2]\nen = "b"\nlimit = "1h"\nauthority = { amount = nan }\n',
            "levels.2.authority.amount",
            "amount-wrong",
            {"value": "NaN"},
        ),
        ('[remedies]\ngift = { en = "gift" }\n', "remedies.gift", "remedy-nobody-grants", {"value": "gift"}),
        ('[levels.2]\nen = "b"\nlimit = "1h"\npause_cap = "3wd"\n', "levels.2.pause_cap", "limit-unit", {}),
        # of clocks
        (
            '[clocks.plan]\nlimit = "1h"\nstarts = ["opened"]\n',
            "clocks.plan.starts",
            "clock-fixed",
            {"kind": "plan"},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\nthen = "mark"\n',
            "clocks.plan.then",
            "key-not-here",
            {"where": "clocks.level"},
        ),
        ('[clocks.level]\nlimit = "1h"\n', "clocks.level.limit", "clock-limit-elsewhere", {"key": "limit"}),
        (
            '[[clocks.outside.urgent]]\nlimit = "1h"\nflags = ["vip"]\n',
            "clocks.outside.urgent",
            "clock-limit-elsewhere",
            {},
        ),
        ("[clocks.plan]\n", "clocks.plan.limit", "key-missing", {"key": "limit"}),
        (
            '[clocks.first-respons]\nlimit = "1h"\n',
            "clocks.first-respons",
            "clock-unknown",
            {"value": "first-respons", "suggestion": "first-response"},
        ),
        (
            '[clocks.own]\nstarts = ["opened"]\nstops = ["closed"]\nlimit = "1h"\n',
            "clocks.own.en",
            "key-missing",
            {},
        ),
        (
            '[clocks.own]\nen = "x"\nstarts = ["open"]\nstops = ["closed"]\nlimit = "1h"\n',
            "clocks.own.starts[1]",
            "choice-wrong",
            {"suggestion": "opened"},
        ),
        (
            '[clocks.plan]\nlimit = "24h"\nextensions = ["48h", "36h"]\n',
            "clocks.plan.extensions[2]",
            "extension-not-longer",
            {"before": "48h"},
        ),
        (
            '[clocks.plan]\nlimit = "24h"\nextensions = ["24h"]\n',
            "clocks.plan.extensions[1]",
            "extension-not-longer",
            {},
        ),
        (
            '[clocks.plan]\nlimit = "2h"\nwarn = ["50%", "2h"]\n',
            "clocks.plan.warn[2]",
            "mark-too-early",
            {"limit": "2h"},
        ),
        ('[clocks.plan]\nlimit = "2h"\nwarn = ["100%"]\n', "clocks.plan.warn[1]", "mark-not-understood", {}),
        ('[clocks.level]\nwarn = ["30h"]\n', "clocks.level.warn[1]", "mark-too-early", {"limit": "24h"}),
        (
            '[clocks.plan]\nlimit = "8wh"\ncalendar = "office"\nwarn = ["9h"]\n' + OFFICE,
            "clocks.plan.warn[1]",
            "mark-too-early",
            {"limit": "8wh"},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\nbinds = "me"\n',
            "clocks.plan.binds",
            "choice-wrong",
            {"known": ["desk", "us", "authority"]},
        ),
        (
            '[clocks.plan]\nlimit = "1h"\n[[clocks.plan.urgent]]\nlimit = "1m"\n',
            "clocks.plan.urgent[1]",
            "urgent-for-none",
            {},
        ),
        ('[calendars.24x7]\nhours = { daily = "08:00-09:00" }\n', "calendars.24x7", "calendar-reserved", {}),
        (
            '[calendars.a]\nhours = { mon = "8-12" }\n',
            "calendars.a.hours.mon",
            "hours-wrong",
            {"value": "8-12"},
        ),
        ('[calendars.a]\nhours = { mon = ["08:00-25:00"] }\n', "calendars.a.hours.mon", "hours-wrong", {}),
        (
            '[calendars.a]\nhours = { monday = "08:00-12:00" }\n',
            "calendars.a.hours.monday",
            "hours-day-unknown",
            {},
        ),
        (
            '[calendars.a]\nhours = { mon-tue = "08:00-09:00", tue-wed = "09:00-10:00" }\n',
            "calendars.a.hours.tue-wed",
            "hours-day-twice",
            {"other": "mon-tue"},
        ),
        (
            '[calendars.a]\nzone = "Asia/Shanghi"\nhours = { mon = "08:00-09:00" }\n',
            "calendars.a.zone",
            "zone-unknown",
            {"suggestion": "Asia/Shanghai"},
        ),
        (
            '[calendars.a]\nbase = "mars"\nhours = { mon = "08:00-09:00" }\n',
            "calendars.a.base",
            "choice-wrong",
            {},
        ),
        ("[calendars.a]\nhours = { }\n", "calendars.a", "calendar-empty", {}),
        (
            '[calendars.a]\nhours = { mon = "08:00-12:00 11:00-13:00" }\n',
            "calendars.a",
            "calendar-hours-overlap",
            {"day": "mon"},
        ),
        (
            OFFICE + '[[calendars.office.days]]\ndate = "2026-10-01"\n',
            "calendars.office.days[1].date",
            "type-wrong",
            {"expected": "date", "suggestion": "2026-10-01"},
        ),
        (
            OFFICE + '[[calendars.office.days]]\ndate = 2026-10-01\nhours = ""\nworks_as = "mon"\n',
            "calendars.office.days[1]",
            "day-twice-open",
            {},
        ),
        (
            OFFICE + "[[calendars.office.days]]\ndate = 2026-10-07\nthrough = 2026-10-01\n",
            "calendars.office.days[1]",
            "day-backwards",
            {"since": "2026-10-07"},
        ),
        # lists, words, signs, work
        ('[waits]\nsupplier = { en = "s" }\n', "waits", "entry-needed", {"value": "customer"}),
        ('[kinds]\nidea = { en = "s" }\n', "kinds", "entry-needed", {"value": "complaint"}),
        (
            '[flags]\nvip = { en = "v" }\n[crisis]\nsigns = 1\nflags = ["vip"]\n',
            "flags",
            "entry-needed",
            {"value": "crisis"},
        ),
        (
            '[crisis]\nsigns = 3\nflags = ["media"]\nchannels = { social = "p", platform = "p" }\n',
            "crisis.signs",
            "crisis-never",
            {"count": 2},
        ),
        ('[crisis]\nsigns = 1\nchannels = { socal = "p" }\n', "crisis.channels.socal", "entry-unknown", {}),
        ('[[words]]\nflag = "vip"\n', "words[1].words", "key-missing", {}),
        (
            '[[words]]\nflag = "vip"\nwords = ["a"]\n[[words]]\nwords = ["A"]\n',
            "words[2].words[1]",
            "word-twice",
            {},
        ),
        ('[[words]]\nwords = ["a", "a"]\n', "words[1].words[2]", "entry-twice", {"value": "a"}),
        (
            '[[fields]]\ncode = "a"\nen = "A"\non = "case"\ntype = "choice"\n',
            "fields[1].choices",
            "choices-fit-type",
            {},
        ),
        *(
            (
                f'[[fields]]\ncode = "a"\nen = "A"\non = "case"\ntype = "text"\nrequired = {wrong}\n',
                "fields[1].required",
                "choice-wrong",
                {"known": ["opening", "resolving", "never"], "suggestion": near},
            )
            for wrong, near in (("true", None), ('"open"', "opening"))
        ),
        (
            '[[stages]]\ncode = "a"\nen = "A"\n[[stages]]\ncode = "a"\nen = "B"\n',
            "stages[2]",
            "entry-twice",
            {},
        ),
        ('[[checklists]]\ncode = "a"\nen = "A"\nsteps = []\n', "checklists[1].steps", "list-empty", {}),
        ("[groups]\ncases = 1\n", "groups.cases", "number-too-small", {"least": 2}),
        ("[groups]\ndays = 400\n", "groups.days", "number-too-large", {"most": 366}),
        ("[groups]\nlevel = 2\n", "groups.level", "level-unknown", {"value": 2}),
        ('[groups]\nalike = ["modle"]\n', "groups.alike[1]", "alike-unknown", {"suggestion": "model"}),
        ('[groups]\nalike = ["area", "area"]\n', "groups.alike[2]", "entry-twice", {"value": "area"}),
        (
            '[groups]\nalike = ["of"]\n[[fields]]\ncode = "of"\nen = "r"\non = "customer"\ntype = "date"\n',
            "groups.alike[1]",
            "alike-unknown",
            {"known": ["model", "batch", "area", "category"]},
        ),
        ("[repeat]\ndays = 0\n", "repeat.days", "number-too-small", {"least": 1}),
        ("[repeat]\ndays = 99999999\n", "repeat.days", "number-too-large", {"most": 3660}),
    ],
)
def test_what_is_wrong_is_found_by_its_place(more: str, place: str, code: str, facts: dict[str, Any]) -> None:
    problem = only(SMALL + more)
    assert (problem["place"], problem["problem"]) == (place, code)
    assert {key: problem[key] for key in facts} == facts
    assert problem["line"] is not None
