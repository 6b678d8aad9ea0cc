"""A sentence for each event of a remedy, and what stands beside it: how it was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import money
from cstrack.render.i18n import _, numeral
from cstrack.render.names import code_name
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cstrack.domain.events import Event
    from cstrack.render.phrases import Told


def called(code: object, amount: int, *, liability: bool) -> str:
    """`voucher of 50 (goodwill)`, `apology`: what a customer gets, how much, and whether it is owed."""
    text = code_name("remedies", code)
    if amount:
        text = _("{remedy} of {amount}").format(remedy=text, amount=money.text(amount))
    if not amount and not liability:
        return text
    return _("{what} ({why})").format(what=text, why=why_name(liability=liability))


def why_name(*, liability: bool) -> str:
    """Goodwill 补偿 or liability 赔偿."""
    return _("liability") if liability else _("goodwill")


def of_remedies(event: Event) -> Iterator[str]:
    """What stands beside an event about remedies, or one that names some: sums, a name, a receipt."""
    facts, words = event.facts, event.words or {}
    if event.type in ("remedy-asked", "remedy-granted"):
        yield from _sums(facts)
    elif facts.get("remedy"):
        amount, liability = facts.get("amount") or 0, bool(facts.get("liability"))
        text = called(facts["remedy"], amount, liability=liability)
        yield f"R-{facts['r']} {text}" if facts.get("r") else text
    if words.get("receipt"):
        yield _("receipt: {text}").format(text=safe(words["receipt"]))
    if facts.get("undecided"):
        text = _("still waiting: {remedies}")
        yield text.format(remedies=_(", ").join(f"R-{number}" for number in facts["undecided"]))


def _sums(facts: Mapping[str, Any]) -> Iterator[str]:
    """The sums by which a remedy was judged."""
    amount = facts.get("amount")
    most, before, by_customer = (facts.get(name) for name in ("most", "case_sum", "customer_sum"))
    if amount and most is not None:
        text = _("level {level} grants up to {most}")
        yield text.format(level=numeral(facts.get("level")), most=money.text(most))
    if amount and before:
        yield _("{sum} before in this case").format(sum=money.text(before))
    if amount and by_customer and by_customer != before:
        yield _("{sum} before to this customer").format(sum=money.text(by_customer))


def _asked(told: Told) -> str:
    text = _("R-{r} asked for: {what}, level {level} decides")
    return text.format(r=told.fact("r"), what=_what(told), level=numeral(told.facts.get("needs")))


def _what(told: Told) -> str:
    amount, liability = told.facts.get("amount") or 0, bool(told.facts.get("liability"))
    return called(told.facts.get("remedy"), amount, liability=liability)


SENTENCES: dict[str, Callable[[Told], str]] = {
    "remedy-asked": _asked,
    "remedy-granted": lambda told: _("R-{r} granted: {what}").format(r=told.fact("r"), what=_what(told)),
    "remedy-rejected": lambda told: _("R-{r} rejected").format(r=told.fact("r")),
    "remedy-paid": lambda told: _("R-{r} paid").format(r=told.fact("r")),
    "remedy-withdrawn": lambda told: _("R-{r} withdrawn").format(r=told.fact("r")),
}
