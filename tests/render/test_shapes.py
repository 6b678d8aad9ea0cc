"""The objects of --json where no command shows a rare field alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.decide import flags, levels, waiting
from cstrack.render.shapes import event_object
from tests.support.rules import clock, policy
from tests.support.spec import did, given, hours, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

HASTY = {"limit": "2h", "flags": ["safety"], "channels": [], "categories": []}
FROM_OPENING = policy({"counts_from": "opening", **clock("plan", urgent=[HASTY])})


def numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from numbers(inner)
    elif isinstance(value, int):
        yield value


def test_no_instant_inside_the_facts_of_an_event_is_a_bare_number() -> None:
    scene = given(
        opened(),
        did(levels.escalate, hours(1), text="x"),
        did(waiting.pause, hours(2), waiting_for="supplier"),
        did(flags.flag, hours(3), flag="safety"),
        policy=FROM_OPENING,
    )
    told = [event_object(1, event, event.at, "li", "")["facts"] for event in scene.history]
    changes = [change for facts in told for change in facts.get("clocks", ())]
    assert {"since", "held_due", "paused_at", "paused_until"} <= {name for one in changes for name in one}
    assert max(numbers(told)) < hours(24)
