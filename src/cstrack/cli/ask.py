"""Questions at a terminal. Whether one may be asked is settled before questionary is imported."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from cstrack.domain.errors import InputNeeded
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.cli.edge import Edge


def text(edge: Edge, question: str, option: str, *, code: str = "text-needed") -> str:
    """A line of text from whoever sits there; InputNeeded 5, naming the option, where nobody does."""
    if not edge.interactive:
        raise InputNeeded(code, option=option)
    answer = str(_asked("text", question)).strip()
    if not answer:
        raise InputNeeded(code, option=option)
    return answer


def choice(edge: Edge, question: str, choices: Sequence[tuple[str, str]], option: str) -> str:
    """One of (value, title); InputNeeded 5 where nobody can choose."""
    if not edge.interactive:
        raise InputNeeded("choice-needed", option=option)
    import questionary

    return str(_asked("select", question, [questionary.Choice(title, value) for value, title in choices]))


def confirm(edge: Edge, question: str) -> None:
    """A yes from a person, or `--yes`; a piped answer is never consent. InputNeeded 5 otherwise."""
    if not edge.interactive:
        raise InputNeeded("confirmation-needed", option="--yes")
    if not _asked("confirm", question, default=False):
        raise InputNeeded("not-confirmed")


def keep_draft(edge: Edge, words: str) -> str:
    """Save a text whose order failed, so that nobody types it twice; the path it lies at."""
    state = edge.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    folder = os.path.join(state, "cstrack", "drafts")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = os.path.join(folder, f"{edge.now}-{os.getpid()}.txt")
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(words)
    return path


def _asked(kind: str, question: str, *rest: Any, **named: Any) -> Any:
    import questionary

    answer = getattr(questionary, kind)(question, *rest, **named).unsafe_ask()
    return "" if answer is None else answer


def subject(edge: Edge) -> str:
    """What the complaint is about."""
    return text(edge, _("What is it about?"), "SUBJECT", code="subject-needed")
