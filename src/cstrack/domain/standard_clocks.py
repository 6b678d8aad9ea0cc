"""The clocks that the program knows by itself: what starts each and what meets it."""

from __future__ import annotations

ON_SITE, STAGE = "waiting-on-site", "stage"

EVENTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "first-response": (("opened",), ("contact-out", "agreed", "resolved")),
    "plan": (("opened",), ("proposed", "agreed", "resolved")),
    "level": (("level",), ("agreed", "resolved")),
    "total": (("opened",), ("resolved",)),
    "next-update": (("contact-out", "contact-in", "level"), ("contact-out",)),
    ON_SITE: (("arrived",), ("contact-out", "left")),
    STAGE: (("stage-entered",), ("stage-left",)),
    "promise": (("promised",), ("kept",)),
    "task": (("asked",), ("answered",)),
    "demand": (("parked",), ("answered",)),
    "approval": (("asked",), ("answered",)),
    "outside": (("letter",), ("letter-answered",)),
    "callback": (("resolved",), ("called-back",)),
}
"""Kind -> (what starts it, what meets it). These are rules of the program; no policy changes them."""

TIME_SAID = ("promise", "task", "demand", "outside")
"""Clocks whose time is said by whoever makes them."""

_STEPS = ("reopened", "level", "contact-in", "contact-out", "proposed", "agreed", "resolved")
MAY_START = ("opened", "letter", *_STEPS)
MAY_STOP = (*_STEPS, "closed", "letter-answered")
"""What may start and stop a clock of a policy's own."""
