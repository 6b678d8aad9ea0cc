"""A policy file checked whole: every fault by its place and line, or the compiled mapping."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from cstrack.domain.errors import BadInput
from cstrack.store.policies import calendar_rules, clock_rules, compiled, level_rules, list_rules, stores
from cstrack.store.policies.known import Known
from cstrack.store.policies.lines import lines
from cstrack.store.policies.problems import faults_of, told
from cstrack.store.policies.pruned import UNKNOWN_LIMIT, Pruned
from cstrack.store.policies.whole import PolicyFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.store.policies.problems import Fault

LARGEST = 1024 * 1024
DEEPEST = 8
_ROUNDS = 5
_PLACE_IN_TOML = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
_PART = rb"""(?:[A-Za-z0-9_-]{1,60}|"[^"\n]{0,60}"|'[^'\n]{0,60}')[ \t]*\.[ \t]*"""
_LONG_KEY = re.compile(_PART.join([b"(?:", b"){17}"]))
"""A key of many parts: the parser's work grows with their square."""


class Checked(NamedTuple):
    """A policy without a fault: what the rules ask, and the text it was made from."""

    mapping: dict[str, Any]
    text: str


def check(data: bytes, path: str) -> Checked:
    """The policy in these bytes, or every problem there is, in the order of lines.

    BadInput: `policy-too-large`, `file-not-utf8`, `policy-not-toml`, `policy-number-too-long`,
    `policy-too-deep`, `policy-invalid`.
    """
    text = _text(data, path)
    raw = _read(text, path)
    policy, found = judged(raw)
    overrides: dict[str, Any] = {}
    if policy is not None and isinstance(raw.get("stores"), dict):
        overrides, in_stores = stores.judged(raw, found, policy, judged)
        found += in_stores
    if found or policy is None:
        where = lines(text)
        problems = [told(*fault, where) for fault in found]
        problems.sort(key=lambda problem: problem["line"] or 0)
        raise BadInput("policy-invalid", path=path, problems=problems)
    return Checked({**compiled.mapping(policy), "stores": overrides}, text)


def judged(raw: Mapping[str, Any]) -> tuple[PolicyFile | None, list[Fault]]:
    """The policy as far as it can be read, and all that is wrong with it.

    What has a fault of its own is left out before the rules between the parts are judged, so that one
    fault hides no other; its name still counts as known.
    """
    pruned = Pruned(raw)
    found: list[Fault] = []
    for _round in range(_ROUNDS):
        tables = pruned.tables()
        try:
            policy = PolicyFile.model_validate(tables)
        except ValidationError as invalid:
            faults = _placed(faults_of(invalid, PolicyFile), pruned)
            found += [fault for fault in faults if not _follows(fault, found)]
            pruned.drop(faults)
        else:
            between = _placed(_between(policy, Known(raw)), pruned) + list(list_rules.repeated(raw))
            return policy, [*found, *(fault for fault in between if not _follows(fault, found))]
    return None, found


def _placed(faults: list[Fault], pruned: Pruned) -> list[Fault]:
    return [(pruned.original(place), code, facts) for place, code, facts in faults]


def _between(policy: PolicyFile, known: Known) -> list[Fault]:
    """The faults between parts, each once; none that only a stand-in makes."""
    rules = (level_rules, clock_rules, list_rules, calendar_rules)
    faults = [fault for rule in rules for fault in rule.faults(policy, known)]
    unique = {(place, code): (place, code, facts) for place, code, facts in faults}
    return [fault for fault in unique.values() if UNKNOWN_LIMIT not in fault[2].values()]


def _follows(fault: Fault, before: list[Fault]) -> bool:
    """Whether a fault stands at or in a place where another was found, or comes from one inside it.

    What was at fault is missing; and a calendar is judged as a whole, when its parts are sound.
    """
    place, code, _facts = fault
    places = {known[0] for known in before}
    within = any(place[: len(known)] == known for known in places)
    of_the_whole = code in ("key-missing", "list-empty") or code.startswith("calendar-")
    return within or (of_the_whole and any(known[: len(place)] == place for known in places))


def _text(data: bytes, path: str) -> str:
    if len(data) > LARGEST:
        raise BadInput("policy-too-large", path=path, size=len(data), most=LARGEST)
    if b"\0" in data:  # UTF-16 of Latin letters is sound UTF-8 but for these
        raise BadInput("file-not-utf8", path=path, offset=data.index(b"\0"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadInput("file-not-utf8", path=path, offset=fault.start) from fault


def _read(text: str, path: str) -> dict[str, Any]:
    """The tables of the file. The parser's line is the one where it stopped."""
    import tomllib

    if _LONG_KEY.search(text.encode()):
        raise BadInput("policy-too-deep", path=path, most=DEEPEST)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput("policy-not-toml", path=path, **_where(str(fault), text)) from fault
    except RecursionError as fault:
        raise BadInput("policy-too-deep", path=path, most=DEEPEST) from fault
    except (ValueError, InvalidOperation) as fault:  # thousands of digits
        raise BadInput("policy-number-too-long", path=path) from fault
    if _deeper(raw, DEEPEST):
        raise BadInput("policy-too-deep", path=path, most=DEEPEST)
    return raw


def _where(message: str, text: str) -> dict[str, Any]:
    match = _PLACE_IN_TOML.search(message)
    reason = _PLACE_IN_TOML.sub("", message)
    if match and match.group(1):
        return {"line": int(match.group(1)), "column": int(match.group(2)), "toml": reason}
    return {"line": text.count("\n") + 1, "column": None, "toml": reason}


def _deeper(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if inner and left == 0:
        return True
    return any(_deeper(each, left - 1) for each in inner)
