"""Questions at a terminal. Whether one may be asked is settled before questionary is imported."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cstrack.cli import settings
from cstrack.domain.errors import CstrackError, InputNeeded
from cstrack.domain.text import checked
from cstrack.render.i18n import _
from cstrack.render.safe import safe, safe_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cstrack.cli.edge import Edge


def text(edge: Edge, question: str, option: str, *, code: str = "text-needed") -> str:
    """A line of text from whoever sits there; InputNeeded 5, naming the option, for none."""
    answer = str(_asked("text", question)).strip() if edge.interactive else ""
    if not answer:
        raise InputNeeded(code, option=option)
    return checked(answer, option)


def choice(edge: Edge, question: str, choices: Sequence[tuple[str, str]], option: str) -> str:
    """One of (value, title); InputNeeded 5 where nobody can choose."""
    if not edge.interactive:
        raise InputNeeded("choice-needed", option=option, known=[title for _value, title in choices])
    import questionary

    return str(_asked("select", question, [questionary.Choice(title, value) for value, title in choices]))


def confirm(edge: Edge, question: str, count: int) -> None:
    """A yes from a person; a piped answer is never consent. InputNeeded 5 otherwise."""
    if not edge.interactive:
        raise InputNeeded("confirmation-needed", option="--yes", count=count)
    if not _asked("confirm", question, default=False):
        raise InputNeeded("not-confirmed")


@contextmanager
def kept(edge: Edge) -> Iterator[list[str]]:
    """What is put into the list is saved when the order fails or is broken off, and it is said where."""
    typed: list[str] = []
    try:
        yield typed
    except BaseException as fault:
        draft = _saved(edge, "\n".join(typed)) if typed else None
        if draft is None:
            raise
        from cstrack.record.faults import translate

        refusal = fault if isinstance(fault, CstrackError) else translate(fault, edge.url)
        if refusal is None:
            sys.stderr.write(_("Your text is kept in {draft}.").format(draft=safe(draft)) + "\n")
            raise
        refusal.facts["draft"] = draft
        if refusal is fault:
            raise
        raise refusal from fault


def _saved(edge: Edge, words: str) -> str | None:
    """The path that a text was saved at; it stands on the screen where nothing can be saved."""
    from cstrack.record.connect import make_folders

    folder = settings.drafts(edge.environ)
    path = os.path.join(folder, f"{edge.now}-{os.getpid()}.txt")
    try:
        make_folders(folder)
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(words + "\n")
    except OSError:
        sys.stderr.write("\n".join((_("Your text, which could not be saved:"), *safe_lines(words), "")))
        return None
    return path


def _asked(kind: str, question: str, *rest: Any, **named: Any) -> Any:
    import questionary

    try:
        answer = getattr(questionary, kind)(question, *rest, **named).unsafe_ask()
    except EOFError as fault:  # Ctrl-D means what Ctrl-C does
        raise KeyboardInterrupt from fault
    return "" if answer is None else answer


def subject(edge: Edge) -> str:
    """What the complaint is about."""
    return text(edge, _("What is it about?"), "SUBJECT", code="subject-needed")
