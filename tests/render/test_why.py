"""`why`: every due time is the sum of what is shown for it, and the sum is drawn line by line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cstrack.app.why import Explained, reckonings
from cstrack.domain.deadlines import due
from cstrack.domain.decide import adopting, ending, flags, levels, talk, waiting
from cstrack.domain.events import Event
from cstrack.domain.policy import default_policy
from cstrack.domain.staff import Person, Roster
from cstrack.record.project import case_row
from cstrack.record.rows import CaseRow
from cstrack.render.screen import Look
from cstrack.render.why import screen
from cstrack.render.why_object import why_object
from tests.support.spec import T0, ZONE, Scene, did, given, hours, minutes, opened, until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cstrack.app.reckoning import Reckoning


def told(history: Sequence[Event]) -> list[Reckoning]:
    """The clocks of a history that the shipped policy judged."""
    return reckonings(history, ZONE, lambda _event: default_policy(ZONE))


def reckoned(scene: Scene) -> dict[str, Reckoning]:
    """The last clock of each kind, explained."""
    return {one.clock.kind: one for one in told(scene.history)}


def explained(scene: Scene, **fields: object) -> Explained:
    row = CaseRow(*case_row(scene.state, "张三", None))._replace(**fields)
    actors = {event.seq: "system" if event.cause == "rule" else "li" for event in scene.history}
    return Explained(row, told(scene.history), actors)


def drawn(
    scene: Scene,
    at: int,
    width: int = 100,
    *,
    everything: bool = False,
    terminal: bool = True,
    **fields: object,
) -> str:
    look = Look(width, colour=False, terminal=terminal)
    return screen(explained(scene, **fields), T0 + at, ZONE, look, everything=everything)


def block(text: str, begins: str) -> list[str]:
    """The lines of one clock."""
    return next(part for part in text.split("\n\n") if part.startswith(begins)).split("\n")


def test_a_hand_up_says_whose_the_case_became() -> None:
    desk = Roster([Person("li", supervisor="wang"), Person("wang", level=2)])
    scene = given(opened(channel="phone"), until(hours(25)), roster=desk)
    text = drawn(scene, hours(25))
    assert "level 1 -> 2, time limit, owner wang (a rule of the policy)" in " ".join(text.split())


# --- the sum ------------------------------------------------------------------------------------------------

WAITS = st.sampled_from(["customer", "supplier", "third-party"])
ORDERS: dict[str, tuple[Callable[..., None], dict[str, Any]]] = {
    "out": (talk.contact, {"direction": "out", "text": "x"}),
    "in": (talk.contact, {"direction": "in", "text": "x"}),
    "note": (talk.note, {"text": "x"}),
    "resume": (waiting.resume, {}),
    "up": (levels.escalate, {"text": "x"}),
    "down": (levels.deescalate, {"text": "x", "approved_by": "wang"}),
    "crisis": (flags.flag, {"flag": "crisis"}),
    "safety": (flags.flag, {"flag": "safety"}),
    "agree": (ending.agree, {"text": "x"}),
    "resolve": (ending.resolve, {"text": "x"}),
    "reopen": (ending.reopen, {"text": "x"}),
}
STEPS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(sorted(ORDERS)), WAITS),
        st.integers(min_value=0, max_value=hours(30)),  # later than the step before
        st.integers(min_value=0, max_value=hours(12)),  # how much earlier a word is dated than it is typed
    ),
    max_size=14,
)


def lived(channel: str, steps: list[tuple[str, int, int]]) -> Scene:
    """A history of whatever of these steps the rules allow."""
    scene, now = given(opened(channel=channel)), 0
    for name, later, back in steps:
        now += later
        at = max(0, now - back) if name in ("out", "in") else now
        if name in ORDERS:
            order, words = ORDERS[name]
        else:
            order, words = waiting.pause, {"waiting_for": name, "until": T0 + now + max(60, back * 4)}
        tried = scene.when(order, at, typed=now, **words)
        scene = scene if tried.refusal else tried
    return scene


@settings(max_examples=300, deadline=None)
@for_any(st.sampled_from(["phone", "mail", "regulator", "social"]), STEPS)
def test_start_limit_pauses_and_moves_always_add_up_to_the_due_time(
    channel: str, steps: list[tuple[str, int, int]]
) -> None:
    scene = lived(channel, steps)
    found = told(scene.history)
    assert [one.clock for one in found] == list(scene.state.clocks)
    for one in found:
        if not one.is_working:
            paused = sum(pause.end - pause.start for pause in one.pauses)
            moved = sum(move.after - move.before for move in one.moves)
            assert due(one.clock.started_at, one.limit, ZONE) + paused + moved == one.clock.due_at
        assert [one.base, *one.running_sum()][-1] == one.clock.due_at
        assert all(pause.end >= pause.start >= one.clock.started_at for pause in one.pauses)


@settings(max_examples=300, deadline=None)
@for_any(st.sampled_from(["phone", "mail", "regulator", "social"]), STEPS)
def test_every_move_of_a_due_time_has_its_reason(channel: str, steps: list[tuple[str, int, int]]) -> None:
    found = told(lived(channel, steps).history)
    assert {move.why for one in found for move in one.moves} <= {"flag", "going-down"}


def test_a_pause_that_lasts_counts_to_its_planned_end() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(12)))
    assert [tuple(p) for p in reckoned(scene)["level"].pauses] == [
        (T0 + hours(2), T0 + hours(12), "supplier")
    ]


def test_a_pause_ended_early_counts_to_where_it_ended() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(12)),
        did(waiting.resume, hours(5)),
    )
    assert [tuple(p) for p in reckoned(scene)["level"].pauses] == [(T0 + hours(2), T0 + hours(5), "supplier")]


def test_p17_a_pause_ended_by_resolving_counts_to_that_moment() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(12)),
        did(ending.resolve, hours(5), text="x"),
    )
    assert [p.end - p.start for p in reckoned(scene)["plan"].pauses] == [hours(3)]


def test_a_clock_that_starts_in_a_pause_stands_still_from_its_start() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(12)),
        did(levels.escalate, hours(4), text="x"),
    )
    assert [tuple(p) for p in reckoned(scene)["level"].pauses] == [
        (T0 + hours(4), T0 + hours(12), "customer")
    ]


def test_a_pause_before_a_clock_typed_in_later_is_found_in_its_due_time() -> None:
    scene = given(
        opened(flags=("repeated",)),
        did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(4)),
        did(waiting.resume, hours(3)),
        did(talk.contact, hours(1), typed=hours(5), direction="out", text="x"),
    )
    assert [tuple(p) for p in reckoned(scene)["next-update"].pauses] == [
        (T0 + hours(2), T0 + hours(3), "customer")
    ]


def test_a_wait_that_does_not_stop_a_clock_is_no_part_of_its_sum() -> None:
    scene = given(
        opened(flags=("repeated",)),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(4)),
        did(waiting.resume, hours(3)),
        did(talk.contact, hours(1), typed=hours(5), direction="out", text="x"),
    )
    assert reckoned(scene)["next-update"].steps == []


def test_going_down_is_shown_as_the_move_that_it_is() -> None:
    scene = given(opened(flags=("vip",)), did(levels.deescalate, hours(40), text="x"))
    (move,) = reckoned(scene)["level"].moves
    assert move == (T0 + hours(40), T0 + hours(88), T0 + hours(72), "going-down", None, None)


def test_a_flag_that_hastens_is_shown_with_its_limit() -> None:
    scene = given(opened(channel="mail"), did(flags.flag, hours(3), flag="crisis"))
    (move,) = reckoned(scene)["first-response"].moves
    assert move == (T0 + hours(3), T0 + hours(24), T0 + hours(5), "flag", "crisis", "2h")


def test_the_limit_of_a_hastened_clock_is_the_one_it_started_with() -> None:
    scene = given(opened(channel="mail"), did(flags.flag, hours(3), flag="crisis"))
    one = reckoned(scene)["first-response"]
    assert (one.limit, one.clock.limit) == ("24h", "2h")


def test_what_no_rule_explains_is_said_to_be_recorded() -> None:
    changed = Event("noted", T0 + 60, {"clocks": [{"n": 3, "due_at": T0 + hours(30)}]}, seq=2)
    found = told([*given(opened()).history, changed])
    (move,) = found[2].moves
    assert move == (T0 + 60, T0 + hours(24), T0 + hours(30), "recorded", None, None)


def test_a_change_of_a_clock_that_starts_only_later_is_left_out() -> None:
    late = Event(
        "paused", T0 + 60, {"waiting_for": "customer", "until": T0 + 90, "clocks": [{"n": 9, "due_at": 1}]}
    )
    history = given(opened()).history
    assert len(told([*history, late])) == len(told(history))


def test_each_clock_names_the_policy_of_its_start() -> None:
    scene = given(opened(), did(levels.escalate, hours(4), text="x"))
    assert {one.policy for one in told(scene.history)} == {"dealer v1"}


def test_the_letter_of_an_outside_body_has_a_policy_of_its_own_event() -> None:
    letter = {"body": "miit", "ref": "1", "received_at": T0 + 5, "limit": "15d"}
    scene = given(opened(), did(adopting.add_outside, hours(1), **letter))
    one = reckoned(scene)["outside"]
    assert (one.policy, one.started_by.type, one.steps) == ("dealer v1", "outside-added", [])


# --- what is drawn ------------------------------------------------------------------------------------------

HANDBOOK = given(
    opened(flags=("dissatisfied",)),
    did(waiting.pause, hours(5), waiting_for="supplier", until=T0 + hours(33)),
    did(waiting.resume, hours(24)),
    did(talk.note, hours(70), text="x"),
)


def test_a_sum_is_drawn_from_start_to_due_time() -> None:
    assert block(drawn(HANDBOOK, hours(70)), "level 2")[:6] == [
        "level 2, 48 h · from reaching level 2 · policy dealer v1",
        "  starts    Mon 16 Nov 09:00  opened at level 2 by li (dissatisfied)",
        "  + limit   Wed 18 Nov 09:00  48 h, calendar hours",
        "  + paused  Thu 19 Nov 04:00  19 h, Mon 16 Nov 14:00 to Tue 17 Nov 09:00, waiting for the supplier",
        "  = due     Thu 19 Nov 04:00  breached",
        "  stopped   Thu 19 Nov 04:00  level 2 -> 3, time limit (a rule of the policy)",
    ]


def test_a_running_clock_says_what_is_left() -> None:
    lines = block(drawn(HANDBOOK, hours(70)), "level 3")
    assert lines[-2] == "  = due     Sun 22 Nov 04:00  in 69 h"


def test_a_running_clock_says_when_it_warns() -> None:
    lines = block(drawn(HANDBOOK, hours(70)), "level 3")
    assert lines[-1] == (
        "  warns     Fri 20 Nov 16:00  at 50 %; at 75 %: Sat 21 Nov 10:00; 1 h before: Sun 22 Nov 03:00"
    )


def test_a_clock_past_its_time_says_how_late_it_is() -> None:
    lines = block(drawn(given(opened(channel="mail")), hours(25)), "plan")
    assert lines[-1] == "  = due    Tue 17 Nov 09:00  LATE 1 h"


def test_a_paused_clock_says_until_when_and_what_is_left_then() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(4)))
    lines = block(drawn(scene, hours(3)), "plan")
    assert [line.partition("11:00  ")[2] for line in lines[-3:-1]] == [
        "2 h, Mon 16 Nov 11:00 to 13:00 at the latest, waiting for the customer",
        "paused until Mon 16 Nov 13:00, 22 h left then",
    ]


def test_a_clock_at_the_top_says_that_it_goes_no_higher() -> None:
    scene = given(opened(flags=("vip",)), did(talk.note, hours(80), text="x"))
    assert block(drawn(scene, hours(80)), "level 3")[-1].endswith(
        "LATE 8 h; there is no higher level (a rule of the policy)"
    )


def test_what_was_met_says_by_what_and_with_how_much_left() -> None:
    scene = given(opened(), did(talk.propose, minutes(15), text="x", by=T0 + hours(30)))
    assert block(drawn(scene, hours(1)), "plan")[-2:] == [
        "  = due    Tue 17 Nov 09:00  met",
        "  stopped  Mon 16 Nov 09:15  proposal for Tue 17 Nov 15:00, li; 23 h 45 left",
    ]


def test_what_was_met_too_late_says_by_how_much() -> None:
    scene = given(opened(), did(talk.propose, hours(26), text="x", by=T0 + hours(30)))
    assert block(drawn(scene, hours(27)), "plan")[-1].endswith("li; LATE 2 h")


def test_a_call_is_answered_by_being_taken() -> None:
    scene = given(opened(channel="phone"))
    assert block(drawn(scene, hours(1)), "first response")[-1].endswith("answered by being taken")


def test_the_reasons_of_moved_due_times_are_lines_of_their_own() -> None:
    scene = given(
        opened(channel="mail", flags=("vip",)),
        did(levels.deescalate, hours(1), text="x"),
        did(levels.deescalate, hours(40), text="x"),
        did(flags.flag, hours(41), flag="crisis"),
    )
    text = drawn(scene, hours(42))
    assert "moved" in block(text, "level 1")[3]
    assert block(text, "level 1")[3].endswith(
        "the earlier due time is kept: going down never gives more time"
    )


def test_a_flag_says_from_when_its_limit_counts() -> None:
    scene = given(opened(channel="mail"), did(flags.flag, hours(3), flag="crisis"))
    assert block(drawn(scene, hours(4)), "first response 2 h")[2:4] == [
        "  + limit  Tue 17 Nov 09:00  24 h, calendar hours",
        "  moved    Mon 16 Nov 14:00  flag crisis on Mon 16 Nov 12:00: 2 h from then",
    ]


@pytest.mark.parametrize(
    ("order", "words", "origin"),
    [
        (talk.contact, {"direction": "out", "text": "x"}, "from the last word to the customer"),
        (levels.escalate, {"text": "x"}, "from reaching level 3"),
    ],
)
def test_each_clock_says_what_it_counts_from(
    order: Callable[..., None], words: dict[str, str], origin: str
) -> None:
    scene = given(opened(flags=("repeated",)), did(order, hours(1), **words))
    assert origin in drawn(scene, hours(2))


def test_what_runs_stands_first_then_what_informs_only_then_what_stopped() -> None:
    scene = given(opened(channel="mail"), did(levels.escalate, hours(2), text="x"))
    heads = [line.split(" · ")[0] for line in drawn(scene, hours(3)).split("\n") if " · policy " in line]
    assert heads == [
        "first response 24 h",
        "plan 24 h",
        "level 2, 48 h",
        "next update 24 working h",
        "total 72 h",
        "level 1, 24 h",
    ]


def told_twice() -> Scene:
    return given(
        opened(flags=("repeated",)),
        did(talk.contact, hours(1), direction="out", text="x"),
        did(talk.contact, hours(2), direction="out", text="x"),
    )


def test_clocks_that_were_started_anew_are_counted_and_left_to_all() -> None:
    text = drawn(told_twice(), hours(3))
    assert text.count("next update") == 1
    assert text.endswith("2 more that stopped earlier: cstrack why C-1 --all\n")


def test_all_shows_every_clock() -> None:
    text = drawn(told_twice(), hours(3), everything=True)
    assert text.count("\nnext update") == 3
    assert "--all" not in text


def test_a_reopened_case_shows_the_clocks_of_its_new_cycle() -> None:
    scene = given(opened(), did(ending.resolve, hours(2), text="x"), did(ending.reopen, hours(3), text="x"))
    text = drawn(scene, hours(4))
    assert block(text, "level 1")[0].endswith(" · from reopening · policy dealer v1 · cycle 2")
    assert "\nplan" not in text


def test_a_case_without_clocks_says_so() -> None:
    empty = explained(given(opened()))._replace(clocks=[])
    assert "It has no clocks." in screen(
        empty, T0, ZONE, Look(80, colour=False, terminal=True), everything=False
    )


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    subject = "空调不制冷，返修两次未解决 [/foo] \x1b[31m \u202e" * 5
    text = drawn(HANDBOOK, hours(70), width, everything=True, subject=subject, owner="王主管" * 9)
    assert max(map(cell_len, text.split("\n"))) <= width


def test_r17_hostile_text_is_shown_and_does_nothing() -> None:
    text = drawn(HANDBOOK, hours(70), 200, subject="[/foo] \x1b]0;x\x07 \u202eevil")
    assert "[/foo] \\x1b]0;x\\x07 \\u202eevil" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_off_a_terminal_nothing_is_cut_or_wrapped() -> None:
    subject = "the car came back twice with the same noise " * 5
    text = drawn(HANDBOOK, hours(70), 40, terminal=False, subject=subject)
    assert subject.strip() in text.split("\n")[0]
    assert "to Tue 17 Nov 09:00, waiting for the supplier\n" in text


# --- as numbers ---------------------------------------------------------------------------------------------


def test_the_object_holds_the_whole_sum_and_can_be_written() -> None:
    given_object = json.loads(json.dumps(why_object(explained(HANDBOOK), T0 + hours(70))))
    level = next(c for c in given_object["clocks"] if (c["kind"], c["level"]) == ("level", 2))
    assert level == {
        "kind": "level",
        "name": None,
        "cycle": 1,
        "level": 2,
        "policy": "dealer v1",
        "calendar": "24x7",
        "limit": "48h",
        "started_at": "2026-11-16T01:00:00Z",
        "started_by": {"seq": 1, "type": "opened"},
        "pauses": [
            {
                "from": "2026-11-16T06:00:00Z",
                "to": "2026-11-17T01:00:00Z",
                "s": 68_400,
                "open_s": None,
                "waiting_for": "supplier",
            }
        ],
        "moved": [],
        "due_at": "2026-11-18T20:00:00Z",
        "state": "stopped",
        "stopped_at": "2026-11-18T20:00:00Z",
        "stopped_by": {"seq": 4, "type": "escalated"},
        "verdict": "breached",
        "left_s": 0,
        "since": "2026-11-16T01:00:00Z",
        "calendar_zone": None,
        "provisional": False,
        "days": None,
        "marks": [
            {"mark": "50%", "at": "2026-11-17T20:00:00Z"},
            {"mark": "75%", "at": "2026-11-18T08:00:00Z"},
            {"mark": "1h", "at": "2026-11-18T19:00:00Z"},
        ],
    }


def test_a_move_in_the_object_names_its_moment_flag_and_limit() -> None:
    scene = given(opened(channel="mail"), did(flags.flag, hours(3), flag="crisis"))
    first = why_object(explained(scene), T0 + hours(4))["clocks"][0]
    assert first["moved"] == [
        {
            "at": "2026-11-16T04:00:00Z",
            "from": "2026-11-17T01:00:00Z",
            "to": "2026-11-16T06:00:00Z",
            "why": "flag",
            "flag": "crisis",
            "limit": "2h",
            "policy": None,
            "approved_by": None,
        }
    ]
