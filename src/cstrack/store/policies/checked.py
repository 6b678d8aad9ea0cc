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

    BadInput: `policy-too-large`, `policy-not-toml`, `policy-too-deep`, `file-not-utf8`, `policy-invalid`.
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
    found: list[Fault] = []
    rest: Any = raw
    for _round in range(_ROUNDS):
        try:
            policy = PolicyFile.model_validate(rest)
        except ValidationError as invalid:
            faults = faults_of(invalid, PolicyFile)
            found += [fault for fault in faults if not _follows(fault, found)]
            rest = _without(rest, faults)
        else:
            return policy, [*found, *_between(policy, raw, found)]
    return None, found


def _between(policy: PolicyFile, raw: Mapping[str, Any], before: list[Fault]) -> list[Fault]:
    """The faults between parts; none at a place where a part itself was at fault."""
    known = Known(raw)
    rules = (level_rules, clock_rules, list_rules, calendar_rules)
    faults = [fault for rule in rules for fault in rule.faults(policy, known)]
    faults += list_rules.repeated(raw)
    unique = {(place, code): (place, code, facts) for place, code, facts in faults}
    return [fault for fault in unique.values() if not _follows(fault, before)]


def _follows(fault: Fault, before: list[Fault]) -> bool:
    """Whether a fault stands at, in or around a place where another was found already."""
    place = fault[0]
    places = {known[0] for known in before}
    return any(place[: len(known)] == known for known in places) or (
        fault[1] in ("key-missing", "list-empty") and any(known[: len(place)] == place for known in places)
    )


def _without(raw: Any, faults: list[Fault]) -> Any:
    """The file without what is at fault; where something is missing, without the table that misses it."""
    drop = {place[:-1] if code == "key-missing" else place for place, code, _facts in faults}
    return _kept(raw, (), drop)


def _kept(value: Any, place: tuple[str | int, ...], drop: set[tuple[str | int, ...]]) -> Any:
    if isinstance(value, dict):
        return {
            key: _kept(each, (*place, key), drop) for key, each in value.items() if (*place, key) not in drop
        }
    if isinstance(value, list):
        return [_kept(each, (*place, at), drop) for at, each in enumerate(value) if (*place, at) not in drop]
    return value


def _text(data: bytes, path: str) -> str:
    if len(data) > LARGEST:
        raise BadInput("policy-too-large", path=path, size=len(data), most=LARGEST)
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
    except (ValueError, InvalidOperation) as fault:  # a number of thousands of digits, a date that is none
        raise BadInput("policy-not-toml", path=path, line=None, column=None, reason=str(fault)) from fault
    if _deeper(raw, DEEPEST):
        raise BadInput("policy-too-deep", path=path, most=DEEPEST)
    return raw


def _where(message: str, text: str) -> dict[str, Any]:
    match = _PLACE_IN_TOML.search(message)
    reason = _PLACE_IN_TOML.sub("", message)
    if match and match.group(1):
        return {"line": int(match.group(1)), "column": int(match.group(2)), "reason": reason}
    return {"line": text.count("\n") + 1, "column": None, "reason": reason}


def _deeper(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if inner and left == 0:
        return True
    return any(_deeper(each, left - 1) for each in inner)
