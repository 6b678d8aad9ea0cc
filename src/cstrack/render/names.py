"""What the desk's policy calls things: its levels, codes and own clocks, in the language in use.

Like the language, the policy of a run is chosen once, at the edge, and asked for only when a name is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.standard_clocks import STAGE
from cstrack.render.i18n import term
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.domain.calendar import Calendar
    from cstrack.domain.policy import Policy


class _Desk:
    """Where the policy comes from; the shipped one where no desk was opened."""

    policy: Callable[[], Policy] | None = None


def use(policy: Callable[[], Policy]) -> None:
    """Take names from this policy from now on; it is asked for when the first is said."""
    _Desk.policy = policy


def policy() -> Policy:
    """The policy that names are taken from."""
    if _Desk.policy is not None:
        return _Desk.policy()
    from cstrack.domain.policy import default_policy

    return default_policy()


def code_name(listing: str, code: object) -> str:
    """What the policy calls a code of one of its lists; a code that it does not have stands for itself."""
    entry = policy().codes(listing).get(str(code))
    return _said(entry) or safe(str(code))


def level_name(level: int) -> str:
    """Who is answerable at a level: `department supervisor`; empty for a level that the policy lacks."""
    return _said(policy().levels.get(level))


def stage_name(code: object) -> str:
    """What the policy calls a stage; a code that it does not have stands for itself."""
    return _said(policy().stage(str(code))) or safe(str(code))


def clock_words(kind: str, name: str | None) -> str:
    """The name that a clock has of its own, safe; stages and remedies by what the policy calls them."""
    if not name:
        return ""
    if kind == STAGE:
        return stage_name(name)
    number, _blank, code = name.partition(" ")
    return f"{safe(number)} {code_name('remedies', code)}" if kind == "approval" and code else safe(name)


def own_clock(kind: str) -> str:
    """The name of a clock that the policy itself defines; its kind where it has none."""
    return _said(policy().clocks.get(kind)) or safe(kind)


def own_field(code: object) -> str:
    """What the policy calls a field of the desk's own; its code where no policy of the desk has it now."""
    return _said(policy().every_field().get(str(code))) or safe(str(code))


def calendar_named(name: str) -> Calendar | None:
    """A calendar of the policy; None for every hour of every day, and for one that the policy lacks."""
    used = policy()
    return used.calendar(name) if used.has_calendar(name) else None


def _said(entry: Any) -> str:
    return safe(term(dict(entry))) if entry and "en" in entry else ""
