"""How a writing command runs: judge, ask what must be asked, carry out, say what changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.app import road
from cstrack.cli import ask
from cstrack.cli.cases import numbers
from cstrack.domain.errors import CstrackError
from cstrack.render import shapes
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.app.road import Outcome
    from cstrack.cli.edge import Edge

MANY = 3
"""So many cases named by hand are confirmed."""

Yes = Annotated[bool, typer.Option("--yes", help=_("Do not ask whether many cases are meant."))]


def carry_out(
    edge: Edge,
    cases: str,
    order: Callable[..., None],
    text: str | None,
    *,
    question: str | None = None,
    yes: bool = False,
    answer: Callable[[Edge, list[Outcome]], None] | None = None,
) -> None:
    """Carry out `order(draft, text=...)` on the cases of a word and say what changed.

    `question` is asked for a text that the order needs and was not given. The rules judge first: what
    is refused anyway is not asked about. `answer` says what changed in place of `say`.
    """
    wanted = numbers(cases)
    needs_text, needs_yes = question is not None and text is None, len(wanted) >= MANY and not yes
    way = edge.road
    with ask.kept(edge) as asked:
        if needs_text or needs_yes:
            road.change(way, wanted, lambda draft: order(draft, text=text or "?"), rehearse=True)
        if needs_text:
            text = ask.text(edge, question or "", "-m")
            asked.append(text)
        if needs_yes:
            ask.confirm(edge, _("Change {count} cases?").format(count=len(wanted)), len(wanted))
        outcomes = road.change(way, wanted, lambda draft: order(draft, text=text))
    (answer or say)(edge, outcomes)


def say(edge: Edge, outcomes: list[Outcome]) -> None:
    """Print what an order changed: a line a case, or JSON."""
    now = edge.now
    if edge.options.get("json"):
        from cstrack.render import json

        objects = [shapes.written_object(one.after, one.events, now) for one in outcomes]
        tell(json.one(objects[0]) if len(objects) == 1 else json.bare_list(objects), outcomes)
    elif not edge.quiet:
        from cstrack.render.changed import changed

        tell("".join(changed(one, now, one.zone) + "\n" for one in outcomes), outcomes)


def tell(answer: str, outcomes: list[Outcome]) -> None:
    """Print the answer at once; where that fails, the refusal says that the change is recorded."""
    try:
        sys.stdout.write(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        done = ",".join(str(one.after.number) for one in outcomes)
        raise CstrackError("recorded-not-printed", cases=done, reason=fault.strerror) from fault
