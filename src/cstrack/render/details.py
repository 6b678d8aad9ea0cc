"""What a refusal of a whole file goes into: each of its faults by its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.render.safe import safe

if TYPE_CHECKING:
    from cstrack.domain.errors import CstrackError


def lines(refusal: CstrackError) -> str:
    """A line a fault; empty for a refusal that is one thing."""
    path = str(refusal.facts.get("path", ""))
    if "problems" in refusal.facts:
        from cstrack.render import policy_problems

        return policy_problems.lines(path, _problems(refusal))
    return "".join(f"{safe(path)}:{_sentence(fault)}\n" for fault in _faults(refusal))


def objects(refusal: CstrackError) -> dict[str, Any]:
    """The same for programs, under `problems`; nothing for a refusal that is one thing."""
    if "problems" in refusal.facts:
        return {"problems": _problems(refusal)}
    found = [{"problem": fault.code, **fault.facts} for fault in _faults(refusal)]
    return {"problems": found} if found else {}


def _problems(refusal: CstrackError) -> list[dict[str, Any]]:
    found: Any = refusal.facts["problems"]
    return list(found)


def _faults(refusal: CstrackError) -> list[CstrackError]:
    found: Any = refusal.facts.get("faults", ())
    return list(found)


def _sentence(fault: CstrackError) -> str:
    from cstrack.render.policy_problems import clipped
    from cstrack.render.refusals import sentences

    facts = {name: clipped(safe(str(value))) for name, value in fault.facts.items()}
    return sentences()[fault.code].format_map(facts)
