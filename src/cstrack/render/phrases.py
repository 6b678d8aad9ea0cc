"""Names of things in the language in use: clocks, verdicts, statuses; and a sentence for each event."""

from __future__ import annotations

from cstrack.render.i18n import _
from cstrack.render.safe import safe


def clock_name(kind: str, level: int, name: str | None = None) -> str:
    """`level 2`, `first response`, `outside: cfpb`."""
    names = {
        "first-response": _("first response"),
        "plan": _("plan"),
        "level": _("level {level}"),
        "total": _("total"),
        "next-update": _("next update"),
        "outside": _("outside body"),
    }
    text = names.get(kind, kind).format(level=level)
    return f"{text}: {safe(name)}" if name else text


def verdict_name(verdict: str) -> str:
    """met, breached, passed, void, open."""
    return {
        "met": _("met"),
        "breached": _("breached"),
        "passed": _("passed on"),
        "void": _("void"),
        "open": _("open"),
    }.get(verdict, verdict)


def status_name(status: str) -> str:
    """open, waiting, agreed, resolved, closed, merged."""
    return {
        "open": _("in progress"),
        "waiting": _("waiting"),
        "agreed": _("agreed"),
        "resolved": _("resolved"),
        "closed": _("closed"),
        "merged": _("merged"),
    }.get(status, status)
