"""Who may grant what: a level's remedies and its largest sum, what was granted before, a regulator's case.

Where the desk has staff, whoever acts is judged by their own level; elsewhere by the level of the case.
Sums count per case, and per customer over the policy's days, whoever granted them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.decide.draft import Draft
    from cstrack.domain.policy import Policy
    from cstrack.domain.remedy import Remedy, Wanted
    from cstrack.domain.staff import Roster

DAY = 86_400


def offer(draft: Draft, wanted: Wanted | None) -> dict[str, Any]:
    """The facts of an offer that names a remedy, within the authority of who makes it; it grants nothing."""
    if wanted is None:
        return {}
    if wanted.number is not None:
        return _granted_before(draft, wanted.number)
    guard_standard(draft, wanted)
    guard_authority(draft, wanted)
    return _told(wanted)


def grant(draft: Draft, wanted: Wanted | None) -> dict[str, Any]:
    """The facts of what carries out or agrees to a remedy; one that is not granted yet is granted by it."""
    if wanted is None:
        return {}
    if wanted.number is None:
        guard_not_against(draft)
        guard_standard(draft, wanted)
        facts = guard_authority(draft, wanted)
        number = record_granted(draft, draft.context.fresh("remedy"), facts)
    else:
        number = wanted.number
    return _granted_before(draft, number)


def record_granted(
    draft: Draft,
    number: int,
    facts: dict[str, Any],
    text: str | None = None,
    clocks: Sequence[dict[str, Any]] = (),
) -> int:
    """Record that a remedy is granted, at once or after it waited; its number."""
    context = draft.context
    draft.record(
        "remedy-granted",
        words={"text": text},
        r=number,
        **facts,
        who=context.actor,
        policy=context.policy.label,
        clocks=list(clocks),
    )
    return number


def judged(draft: Draft, wanted: Wanted | Remedy) -> dict[str, Any]:
    """How a remedy is judged now: the level it needs, the level of who acts and its largest sum, the sums.

    Refused where no level of the policy may grant it.
    """
    state = draft.state
    policy = _policy(draft)
    case_sum, customer_sum = sums(draft)
    before = max(case_sum, customer_sum or 0)
    needs = _least(policy, wanted, before)
    level = acting_level(draft)
    facts = {
        **_told(wanted),
        "level": level,
        "most": _largest(policy, level),
        "case_sum": case_sum,
        "customer_sum": customer_sum,
    }
    if needs is None:
        told = {**facts, "alone": _least(policy, wanted, 0), "days": days(draft), "top": policy.top}
        raise Refused("remedy-beyond-policy", number=state.number, **told)
    return {**facts, "needs": needs}


def guard_authority(draft: Draft, wanted: Wanted | Remedy) -> dict[str, Any]:
    """How a remedy is judged that whoever acts may grant; Refused with the level that may, otherwise."""
    facts = judged(draft, wanted)
    if facts["level"] < facts["needs"]:
        staffed, asked = draft.context.roster.exists, wanted.number
        alone = _least(_policy(draft), wanted, 0)
        told = {**facts, "alone": alone, "r": asked, "days": days(draft), "staffed": staffed}
        raise Refused("remedy-above-authority", number=draft.state.number, **told)
    return facts


def guard_standard(draft: Draft, wanted: Wanted | Remedy) -> None:
    """In a regulator's case goodwill stays within the standard of service; what is owed is no goodwill."""
    entry = _policy(draft).codes("remedies").get(wanted.code, {})
    if draft.state.is_regulators and not wanted.liability and not entry.get("standard"):
        raise Refused("remedy-above-standard", number=draft.state.number, remedy=wanted.code)


def guard_not_against(draft: Draft) -> None:
    """The person complained about grants nothing."""
    if draft.context.actor == draft.state.against:
        raise Refused("remedy-against", number=draft.state.number, who=draft.context.actor)


def approvers(roster: Roster, state: Case, wanted: Remedy) -> list[str]:
    """Who of the staff may decide on a request, lowest level first: not who asked, not whom it is about."""
    barred = (wanted.asked_by, state.against)
    fit = [one for one in roster.people.values() if one.level >= wanted.needs and one.handle not in barred]
    return [one.handle for one in sorted(fit, key=lambda one: (one.level, one.handle))]


def guard_decided(draft: Draft, code: str) -> None:
    """No remedy waits for somebody's decision; else `code`."""
    for one in draft.state.remedies:
        if one.waits:
            raise Refused(code, number=draft.state.number, r=one.number, remedy=one.code, needs=one.needs)


def acting_level(draft: Draft) -> int:
    """The level by which whoever acts is judged, no higher than the policy's highest."""
    roster, state = draft.context.roster, draft.state
    own = roster.level(draft.context.actor) or 0 if roster.exists else state.level
    return min(own, _policy(draft).top)


def sums(draft: Draft) -> tuple[int, int | None]:
    """What was granted in this case, and to its customer over the policy's days; None without a customer.

    What was granted in cases that were merged into this one counts as granted in it.
    """
    state, context = draft.state, draft.context
    counted = [one for one in state.remedies if one.counts]
    in_case = state.granted
    if state.customer_number is None:
        return in_case, None
    since = context.at - days(draft) * DAY
    elsewhere = context.granted(state.customer_number, since, state.number)
    return in_case, elsewhere + sum(one.amount for one in counted if (one.settled_at or 0) > since)


def days(draft: Draft) -> int:
    """Over how many days the sums of a customer count."""
    found: int = _policy(draft).data["authority"]["days"]
    return found


def the(draft: Draft, number: int) -> Remedy:
    """The remedy of this number; NotFound where this case has none."""
    state = draft.state
    found = next((one for one in state.remedies if one.number == number), None)
    if found is None:
        raise NotFound("no-such-remedy-here", number=state.number, r=number)
    return found


def signed_above(policy: Policy, state: Case) -> int | None:
    """The sum above which the policy asks for a signed paper of an agreement, if it does."""
    found: int | None = policy.store(state.store).data.get("agreements", {}).get("signed_above")
    return found


def _granted_before(draft: Draft, number: int) -> dict[str, Any]:
    """The facts of what rests on a granted remedy of this case."""
    found = the(draft, number)
    if not found.counts:
        raise Refused("remedy-not-granted", number=draft.state.number, r=number, state=found.state)
    return {"r": number, **_told(found)}


def _told(wanted: Wanted | Remedy) -> dict[str, Any]:
    return {"remedy": wanted.code, "amount": wanted.amount, "liability": wanted.liability}


def _policy(draft: Draft) -> Policy:
    return draft.context.policy.store(draft.state.store)


def _largest(policy: Policy, level: int) -> int | None:
    """The largest sum of a level; None where it has none. Nothing for somebody below all levels."""
    found: int | None = policy.levels[level]["authority"]["amount"] if level in policy.levels else 0
    return found


def _least(policy: Policy, wanted: Wanted | Remedy, before: int) -> int | None:
    """The lowest level that may grant this after so much, or None."""
    return next((level for level in sorted(policy.levels) if _may(policy, level, wanted, before)), None)


def _may(policy: Policy, level: int, wanted: Wanted | Remedy, before: int) -> bool:
    """Whether a level may grant this after so much; what costs nothing adds to no sum."""
    most = policy.levels[level]["authority"]["amount"]
    is_known = wanted.code in policy.levels[level]["authority"]["remedies"]
    return is_known and (not wanted.amount or most is None or before + wanted.amount <= most)
