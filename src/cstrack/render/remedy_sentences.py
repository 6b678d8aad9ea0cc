"""What refusals say about remedies and sums of money, in functions: the language is chosen first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import money
from cstrack.render.i18n import _
from cstrack.render.names import code_name

if TYPE_CHECKING:
    from collections.abc import Mapping


def remedies() -> dict[str, str]:
    """Exit 4 and 3: what the rules forbid, and what is not there."""
    return {
        "remedy-above-authority": _("{what} needs level {needs}; {whose}{sums}. {way}"),
        "remedy-beyond-policy": _(
            "the policy lets nobody grant {what}{sums}; level {top} is the highest. "
            "See who may grant what: cstrack policy show"
        ),
        "remedy-above-standard": _(
            "{C} is a regulator's case, and {remedy} is above the standard of service: no such goodwill is "
            "granted there. What is owed is no goodwill: add --liability"
        ),
        "remedy-against": _(
            "{C} complains about {who}, who grants nothing in it. Somebody else must: --as WHO"
        ),
        "remedy-own": _(
            "R-{r} was asked for by yourself; somebody else of level {needs} decides on it. "
            'Take it back: cstrack remedy withdraw R-{r} -m "..."'
        ),
        "remedy-reject-above": _(
            "{what} waits for level {needs}; {whose}. It waits for somebody of that level"
        ),
        "remedy-decided": _("R-{r} of {C} is {state} already. See it: cstrack remedy list {C}"),
        "remedy-not-yours": _(
            "R-{r} was asked for by {who}, who alone takes it back. Say no to it: "
            'cstrack reject R-{r} -m "..."'
        ),
        "remedy-not-granted": _(
            "R-{r} of {C} is not granted (now: {state}). See it: cstrack remedy list {C}"
        ),
        "remedy-paid-already": _(
            'R-{r} was paid on {paid_at} already. Correct what is wrong: cstrack correct {C} SEQ -m "..."'
        ),
        "remedy-paid-before": _("{at} is before R-{r} was granted, on {granted_at}. Give --at a later time"),
        "remedy-before-asked": _("{at} is before R-{r} was asked for, on {asked_at}. Give --at a later time"),
        "no-such-remedy": _("there is no R-{r}. See what there is: cstrack remedy list"),
        "no-such-remedy-here": _("{C} has no R-{r}. See what it has: cstrack remedy list {C}"),
        "close-remedy-waiting": _(
            "{C} cannot be closed: R-{r} ({remedy}) waits for level {needs}. Decide on it: "
            'cstrack approve R-{r} -m "...", cstrack reject R-{r} -m "...", or take it back: '
            'cstrack remedy withdraw R-{r} -m "..."'
        ),
        "resolve-remedy-waiting": _(
            "R-{r} ({remedy}) of {C} waits for level {needs}. Take it back: "
            'cstrack remedy withdraw R-{r} -m "...", or resolve all the same: '
            'cstrack resolve {C} --anyway -m "..."'
        ),
    }


def sums() -> dict[str, str]:
    """Exit 2 and 5: sums and remedies as typed."""
    return {
        "amount-below-zero": _("{option} {value} is below zero. Give 0 or more, such as {option} 200"),
        "amount-with-commas": _("{option} {value} has commas. Write {option} {right}"),
        "amount-not-understood": _("{option} {value} is no sum. Write a number such as 2000 or 2000.50"),
        "amount-decimals": _("{option} {value} has more than two decimals. Write a number such as 2000.50"),
        "amount-too-large": _("{option} {value} is too large; {most} is the most that is taken"),
        "remedy-needed": _("{option} belongs to a remedy. Name it: --remedy voucher, or leave it out"),
        "remedy-named-with-sum": _("{value} has its sum already. Leave {option} out"),
        "remedy-only-can": _("--remedy belongs to a demand that can be met. Give it together with --can"),
        "remedy-number-wrong": _("{value} is no number of a remedy. Write R-7 or 7: cstrack remedy list"),
        "receipt-needed": _("--receipt is missing: what shows that it was paid? Write --receipt 2026-118"),
    }


def parts(facts: Mapping[str, Any]) -> dict[str, str]:
    """What, who, sums and way of a refusal about authority, each a phrase of its sentence."""
    code, amount = code_name("remedies", facts.get("remedy")), int(facts.get("amount") or 0)
    return {
        "what": _what(code, amount),
        "whose": _whose(facts),
        "sums": _sums(facts),
        "way": _way(facts, amount),
    }


def _what(code: str, amount: int) -> str:
    if not amount:
        return code
    words = _("an {remedy} of {amount}") if code[:1] in "aeiou" else _("a {remedy} of {amount}")
    return words.format(remedy=code, amount=money.text(amount))


def _whose(facts: Mapping[str, Any]) -> str:
    words = _("you are level {level}") if facts.get("staffed") else _("{C} is at level {level}")
    return words.format(level=facts.get("level"), C=f"C-{facts.get('number')}")


def _sums(facts: Mapping[str, Any]) -> str:
    """What was granted before, where that is the reason."""
    before, by_customer = facts.get("case_sum") or 0, facts.get("customer_sum") or 0
    if facts.get("alone") == facts.get("needs"):
        return ""
    if by_customer > before:
        text = _(", and {sum} was granted to this customer in {days} days")
        return text.format(sum=money.text(by_customer), days=facts.get("days"))
    return _(", and {sum} was granted in this case before").format(sum=money.text(before))


def _way(facts: Mapping[str, Any], amount: int) -> str:
    """What to type instead: what is asked for already waits, anything else can be asked for."""
    case, needs = f"C-{facts.get('number')}", facts.get("needs")
    if facts.get("r"):
        if facts.get("staffed"):
            return _("It waits for somebody of that level")
        return _('Hand the case up first: cstrack escalate {case} --to {needs} -m "..."').format(
            case=case, needs=needs
        )
    typed = str(facts.get("remedy"))
    typed += f" --amount {money.text(amount)}" if amount else ""
    typed += " --liability" if facts.get("liability") else ""
    return _('Ask for it: cstrack remedy ask {case} {typed} -m "..."').format(case=case, typed=typed)
