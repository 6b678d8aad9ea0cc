"""A sentence for each event of an agreement, an attachment and a resolution."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from cstrack.domain.case import AGREED
from cstrack.render.i18n import _
from cstrack.render.local import civil, day_words
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.render.phrases import Told


def says_more(event: Event, before: Case) -> bool:
    """Whether an event says what the case before and after it does not show."""
    if event.type == "agreed":
        return before.status == AGREED or bool(
            event.facts.keys() & {"interim", "signed", "files"} or "with" in (event.words or {})
        )
    return event.type == "resolved" and bool(event.facts.keys() & {"unanswered", "tasks"})


def agreed_words(*, interim: bool, who: str | None, signed: str | None, files: Iterable[int]) -> str:
    """`agreed with 张三, signed Fri 20 Nov 2026, attachment 1`."""
    if who:
        text = _("agreed for now with {who}") if interim else _("agreed with {who}")
    else:
        text = _("agreed for now with the customer") if interim else _("agreed with the customer")
    text = text.format(who=safe(who))
    if signed:
        text = _("{what}, signed {day}").format(what=text, day=day_words(civil(signed), year=True))
    numbers = [str(n) for n in files]
    return _("{what}, attachment {n}").format(what=text, n=_(", ").join(numbers)) if numbers else text


def _agreed(told: Told) -> str:
    files = [one["n"] for one in told.facts.get("files") or ()]
    interim, signed = bool(told.facts.get("interim")), told.facts.get("signed")
    return agreed_words(interim=interim, who=told.words.get("with"), signed=signed, files=files)


def _attached(told: Told) -> str:
    from cstrack.render.phrases import listed

    names = told.words.get("names") or ()
    numbers = [one["n"] for one in told.facts.get("files") or ()]
    called = (f"{n} {safe(name)}".strip() for n, name in zip_longest(numbers, names, fillvalue=""))
    return _("attached: {files}").format(files=listed(called))


def _resolved(told: Told) -> str:
    from cstrack.render.phrases import listed

    demands, tasks = told.facts.get("unanswered"), told.facts.get("tasks")
    text = _("carried out")
    if demands:
        text = _("carried out, without an answer to demand {n}").format(n=listed(map(str, demands)))
    if tasks:
        text = _("{what}, task {n} not answered").format(what=text, n=listed(map(str, tasks)))
    return text


SENTENCES: dict[str, Callable[[Told], str]] = {
    "agreed": _agreed,
    "attached": _attached,
    "resolved": _resolved,
}
