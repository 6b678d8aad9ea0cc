"""What commands that name a remedy share: --remedy, --amount, --liability, and numbers of remedies."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.cli import codes
from cstrack.domain.errors import Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.road import Outcome
    from cstrack.cli.edge import Edge
    from cstrack.domain.remedy import Wanted

Remedy = Annotated[
    str | None,
    typer.Option(
        "--remedy", metavar="CODE|R", help=_("The remedy: voucher, refund, ... or a granted one, R-7.")
    ),
]
Amount = Annotated[
    str | None,
    typer.Option("--amount", metavar="SUM", help=_("How much, such as 200 or 99.50; 0 without it.")),
]
Liability = Annotated[
    bool, typer.Option("--liability", help=_("It is owed to the customer, and no goodwill."))
]
R = Annotated[str, typer.Argument(metavar="R", help=_("The number of a remedy: R-7 or 7."))]


def named(edge: Edge, remedy: str | None, amount: str | None, *, liability: bool) -> Wanted | None:
    """The remedy that a command names by a code with a sum, or by its number; None where it names none."""
    if remedy is None:
        for option, given in (("--amount", amount is not None), ("--liability", liability)):
            if given:
                raise Usage("remedy-needed", option=option)
        return None
    if re.fullmatch(r"[Rr]-\d{1,18}", remedy):
        from cstrack.domain.remedy import Wanted

        for option, given in (("--amount", amount is not None), ("--liability", liability)):
            if given:
                raise Usage("remedy-named-with-sum", option=option, value=remedy)
        return Wanted(number=number(remedy))
    return wanted(edge, remedy, amount, "--remedy", liability=liability)


def wanted(edge: Edge, code: str, amount: str | None, option: str, *, liability: bool) -> Wanted:
    """A remedy by its code or name, with its sum."""
    from cstrack.domain import money
    from cstrack.domain.remedy import Wanted

    hundredths = 0 if amount is None else money.parse(amount, "--amount")
    return Wanted(codes.known(edge, code, "remedies", option) or "", hundredths, liability)


def number(word: str) -> int:
    """The number of a remedy as typed: R-7, r-7 or 7."""
    found = re.fullmatch(r"(?:[Rr]-)?([0-9]{1,18})", word)
    if found is None or int(found[1]) == 0:
        raise Usage("remedy-number-wrong", value=word)
    return int(found[1])


def hint_at_signature(edge: Edge, outcomes: list[Outcome]) -> None:
    """Say on standard error where the policy asks for a signed paper and the agreement names none."""
    from cstrack.domain import money
    from cstrack.domain.decide.authority import signed_above

    for outcome in outcomes:
        facts = next(event.facts for event in reversed(outcome.events) if event.type == "agreed")
        most = signed_above(edge.policy, outcome.after)
        if most is not None and facts["amount"] > most and not facts.get("signed"):
            text = _(
                "a signed paper is asked for above {most}: cstrack agree {ref} --signed DATE --attach FILE"
            )
            number = f"C-{outcome.after.number}"
            sys.stderr.write(text.format(most=money.text(most), ref=number) + "\n")
