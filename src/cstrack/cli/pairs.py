"""`cstrack merge`, `cstrack link`: two cases of one matter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import pairs
from cstrack.cli import ask, writing
from cstrack.cli.cases import number
from cstrack.cli.edge import Edge
from cstrack.cli.texts import File, Message, typed
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from cstrack.app.road import Outcome


def merge(
    edge: Edge,
    source: Annotated[str, typer.Argument(metavar="A", help=_("The case that ends: 42 or C-42."))],
    target: Annotated[str, typer.Argument(metavar="B", help=_("The case that goes on with both."))],
    anyway: Annotated[
        bool, typer.Option("--anyway", help=_("Although the customers differ: one person, two numbers."))
    ] = False,
    message: Message = None,
    file: File = None,
) -> None:
    """Merge A into B: same complainant, same matter; B keeps the earliest receipt and due times."""
    one, other = number(source), number(target)
    text = typed(message, file)
    with ask.kept(edge) as asked:
        if text is None:
            text = ask.text(edge, _("Why is it the same matter?"), "-m")
            asked.append(text)
        outcomes = pairs.merge_cases(edge.road, one, other, text=text, anyway=anyway)
    writing.say(edge, outcomes)
    if not edge.quiet and _two_products(outcomes):
        told = _("note: {a} and {b} are about different products").format(a=f"C-{one}", b=f"C-{other}")
        sys.stderr.write(told + "\n")


def link(
    edge: Edge,
    one: Annotated[str, typer.Argument(metavar="A", help=_("A case number: 42 or C-42."))],
    other: Annotated[str, typer.Argument(metavar="B", help=_("The case that belongs to it."))],
    remove: Annotated[bool, typer.Option("--remove", help=_("Take the link away."))] = False,
    message: Message = None,
    file: File = None,
) -> None:
    """Tie two cases together: each shows the other."""
    text = typed(message, file)
    writing.say(edge, pairs.link_cases(edge.road, number(one), number(other), text=text, remove=remove))


def _two_products(outcomes: list[Outcome]) -> bool:
    known = {one.before.product_number for one in outcomes if one.before}
    return len(known - {None}) > 1
