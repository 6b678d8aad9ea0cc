"""What the rules make of the rows of a file: histories, clocks, flags. `now` is pinned."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import importing, taking
from cstrack.app.presets.rows import Ending, ImportRow, Note, OutsideBody, Reject
from cstrack.app.road import Road
from cstrack.domain.decide.draft import Context
from cstrack.domain.errors import Refused
from cstrack.domain.events import IMPORT
from cstrack.domain.evolve import fold
from cstrack.domain.policy import default_policy
from cstrack.record import connect
from cstrack.record.ledger import Run
from cstrack.store import migrate
from tests.support.imports import ZONE, desk, query, replayed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cstrack.app.importing import Part
    from cstrack.domain.case import Case
    from cstrack.domain.clock import Clock
    from cstrack.domain.events import Event

NOW = int(datetime.fromisoformat("2026-11-21T17:40:00+08:00").timestamp())
HOUR, DAY = 3600, 86_400
LONG_AGO = NOW - 400 * DAY
ORDER = importing.Order("cfpb", ZONE)


def row(opened_at: int = LONG_AGO, **told: Any) -> ImportRow:
    """A complaint by letter, still open, of which the file tells as little as it may."""
    empty = ImportRow(
        line=2,
        ref="cfpb:1",
        subject="Mortgage: Closing",
        text=None,
        opened_at=opened_at,
        channel="letter",
        category="cfpb.mortgage.closing",
        flags=(),
        facts={},
        words={},
        product=None,
        outside=None,
        ending=None,
        notes=(),
    )
    return empty._replace(**told)


def answered(verdict: str, opened_at: int = LONG_AGO) -> ImportRow:
    """A complaint that the bureau sent on a day later, answered in time or not, as the reader gives it."""
    letter = letter_of(opened_at)
    at = letter.received_at if verdict == "met" else letter.due_at
    ending = Ending("no-agreement", "Closed with explanation", at, "source-none")
    return row(opened_at, outside=letter._replace(verdict=verdict), ending=ending)


def letter_of(opened_at: int) -> OutsideBody:
    received = opened_at + DAY
    return OutsideBody("cfpb", "4711", received, "15d", received + 15 * DAY, None)


def take(told: ImportRow, *, live: bool = False, now: int = NOW) -> tuple[Case, list[Event]]:
    """The case and its events; they lead to it, and never go back in time."""
    context = Context(now, now, "li", default_policy(), ZONE, IMPORT)
    draft = taking.take(told, context, preset="cfpb", live=live).draft
    assert fold(0, draft.events) == draft.state
    assert [event.at for event in draft.events] == sorted(event.at for event in draft.events)
    assert [event.seq for event in draft.events] == list(range(1, len(draft.events) + 1))
    return draft.state, draft.events


def clock(case: Case, kind: str) -> Clock:
    return [one for one in case.clocks if one.kind == kind][-1]


# --- adopting -----------------------------------------------------------------------------------------------


def test_d40_an_old_complaint_is_adopted_in_sight_and_its_clocks_are_void() -> None:
    case, events = take(row())
    assert [event.type for event in events] == ["opened", "adopted"]
    assert events[1].facts["preset"] == "cfpb"
    assert {(one.verdict, one.stopped_at) for one in case.clocks} == {("void", LONG_AGO)}


def test_d40_a_complaint_of_this_morning_keeps_all_its_clocks() -> None:
    case, events = take(row(NOW - 5 * HOUR))
    assert "clocks" not in events[1].facts
    assert all(one.running and one.due_at > NOW for one in case.clocks)


def test_d40_of_a_complaint_of_yesterday_only_what_is_past_is_void() -> None:
    case, _events = take(row(NOW - 30 * HOUR))
    assert (clock(case, "level").verdict, clock(case, "plan").verdict) == ("void", "void")
    assert clock(case, "total").running


def test_a_clock_due_at_this_very_moment_is_past() -> None:
    case, _events = take(row(NOW - 24 * HOUR))
    assert clock(case, "level").verdict == "void"


def test_nobody_of_the_desk_owns_or_took_it() -> None:
    case, events = take(row())
    assert (case.owner, case.handler, case.first_contact) == (None, None, None)
    assert {event.cause for event in events} == {"import"}


# --- what a row tells ---------------------------------------------------------------------------------------


def test_a_sign_of_the_source_is_a_flag_with_the_sources_reason() -> None:
    case, (opened, _adopted) = take(row(flags=(("safety", "crash"),)))
    assert opened.facts["flags"] == {"safety": {"why": "source", "code": "crash"}}
    assert (case.level, opened.facts["level_why"]) == (3, {"kind": "flag", "code": "safety"})


def test_words_in_the_text_set_a_flag_as_they_do_in_a_typed_case() -> None:
    case, (opened, _adopted) = take(row(text="the airbag did not open, I wrote to my lawyer"))
    assert opened.facts["flags"] == {"safety": {"why": "word", "word": "airbag"}}
    assert case.level == 3


def test_a_channel_that_calls_for_a_level_does_so() -> None:
    assert take(row(channel="regulator"))[0].level == 3


def test_cells_are_facts_or_erasable_words_as_the_preset_says() -> None:
    _case, (opened, _adopted) = take(row(facts={"state": "CT"}, words={"zip": "6106"}, text="long"))
    assert opened.facts["source_fields"] == {"state": "CT"}
    assert opened.words == {"subject": "Mortgage: Closing", "text": "long", "source_fields": {"zip": "6106"}}


# --- the outside body and the ending ------------------------------------------------------------------------


def test_d42_a_timely_answer_meets_the_bureaus_clock_and_closes_the_case() -> None:
    case, events = take(answered("met"))
    types = ["opened", "adopted", "outside-added", "outside-answered", "resolved", "closed"]
    assert [event.type for event in events] == types
    assert (case.status, case.outcome, case.closed_at) == ("closed", "no-agreement", LONG_AGO + DAY)
    outside = clock(case, "outside")
    assert (outside.verdict, outside.name, outside.limit) == ("met", "cfpb", "15d")
    assert (outside.stopped_at, outside.due_at) == (LONG_AGO + DAY, LONG_AGO + 16 * DAY)


def test_d42_an_untimely_answer_is_closed_and_breached_at_the_end_of_its_fifteen_days() -> None:
    case, _events = take(answered("breached"))
    outside = clock(case, "outside")
    assert (case.status, outside.verdict) == ("closed", "breached")
    assert outside.stopped_at == outside.due_at == case.closed_at


def test_a_date_that_the_file_does_not_have_is_marked_on_every_event_that_bears_it() -> None:
    _case, events = take(answered("met"))
    assert [event.facts.get("dated") for event in events[3:]] == ["source-none"] * 3


def test_d42_a_complaint_in_progress_is_open_and_its_old_letter_is_not_late() -> None:
    case, _events = take(row(outside=letter_of(LONG_AGO)))
    assert (case.status, clock(case, "outside").verdict) == ("open", "void")


def test_d42_a_letter_of_last_week_runs() -> None:
    case, _events = take(row(NOW - 7 * DAY, outside=letter_of(NOW - 7 * DAY)))
    assert clock(case, "outside").running
    assert clock(case, "outside").due_at == NOW + 9 * DAY


def test_an_ending_that_has_not_come_yet_is_now_and_noted() -> None:
    context = Context(NOW, NOW, "li", default_policy(), ZONE, IMPORT)
    taken = taking.take(answered("breached", NOW - 3 * DAY), context, preset="cfpb", live=False)
    assert (taken.draft.state.closed_at, clock(taken.draft.state, "outside").verdict) == (NOW, "breached")
    assert [note.code for note in taken.notes] == ["ending-to-come"]


@pytest.mark.parametrize("told", [row(NOW + 1), row(NOW, outside=letter_of(NOW))])
def test_a_date_of_the_file_that_has_not_come_yet_is_refused(told: ImportRow) -> None:
    with pytest.raises(Refused) as refusal:
        take(told)
    assert refusal.value.code == "time-in-future"


# --- live ---------------------------------------------------------------------------------------------------


def test_live_walks_every_level_at_its_true_time_up_to_now() -> None:
    case, events = take(row(NOW - 10 * DAY), live=True)
    steps = [(event.type, event.at - case.opened_at, event.cause) for event in events]
    assert steps == [
        ("opened", 0, "import"),
        ("escalated", 24 * HOUR, "rule"),
        ("escalated", 72 * HOUR, "rule"),
        ("limit-passed", 144 * HOUR, "rule"),
    ]
    assert case.level == 3


def test_live_stops_walking_at_the_ending() -> None:
    case, events = take(answered("met"), live=True)
    types = ["opened", "escalated", "outside-added", "outside-answered", "resolved", "closed"]
    assert [event.type for event in events] == types
    assert (case.level, case.closed_at) == (2, LONG_AGO + DAY)


def test_live_an_old_letter_without_an_answer_is_late() -> None:
    case, _events = take(row(outside=letter_of(LONG_AGO)), live=True)
    assert clock(case, "outside").verdict_at(NOW) == "breached"


# --- into the record ----------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with desk(request.param, tmp_path) as made:
        yield made


def road(url: str) -> Road:
    run = Run("li", "li", "host", "cstrack", "import", NOW, os.urandom)
    return Road(url, run, NOW, lambda where: migrate.upgrade(where, {"zone": ZONE, "currency": "CNY"}))


def load(url: str, *rows: ImportRow | Reject) -> Part:
    (part,) = importing.load(road(url), ORDER, rows)
    return part


def numbered(count: int, first: int = 1) -> list[ImportRow]:
    return [row(line=n + 1, ref=f"cfpb:{n}") for n in range(first, first + count)]


def test_d41_the_reference_is_the_source_of_the_first_event_and_of_the_case(url: str) -> None:
    load(url, row())
    assert query(url, "SELECT seq, source FROM event ORDER BY seq") == [(1, "cfpb:1"), (2, None)]
    assert query(url, "SELECT number, source FROM case_current") == [(1, "cfpb:1")]


def test_a_product_is_a_stream_of_its_own_and_its_number_stands_on_the_case(url: str) -> None:
    product: dict[str, str | int | None] = {"make": "FORD", "model": "EDGE", "year": 2007, "kind": "vehicle"}
    load(url, row(ref="a", product=None), row(ref="b", product={**product, "vin": "2FMDK38C67B"}))
    assert query(url, "SELECT product_number FROM case_current ORDER BY number") == [(None,), (1,)]
    told = "SELECT number, kind, make, model, year, vin FROM product_current"
    assert query(url, told) == [(1, "vehicle", "FORD", "EDGE", "2007", "2FMDK38C67B")]
    assert replayed(url) == 2


def test_a_product_of_which_nothing_is_known_is_not_registered(url: str) -> None:
    load(url, row(product={"make": None, "model": None, "year": None, "vin": None, "kind": "vehicle"}))
    assert query(url, "SELECT COUNT(*) FROM product_current") == [(0,)]


def test_the_same_row_twice_is_taken_once_and_named(url: str) -> None:
    part = load(url, row(line=2), row(line=9))
    assert (part.opened, part.known, part.rejects) == (1, 1, [])
    assert part.notes == [importing.Noted(9, Note("repeated", "", "2"))]


def test_another_row_under_the_same_reference_is_rejected(url: str) -> None:
    part = load(url, row(line=2), row(line=9, subject="Mortgage: Payment"))
    assert part.rejects == [Reject(9, "repeated-differs", {"first": 2})]


def test_a_refused_row_does_not_stand_in_the_way_of_a_better_one(url: str) -> None:
    part = load(url, row(NOW + DAY, line=2), row(line=3))
    assert (part.opened, [reject.line for reject in part.rejects]) == (1, [2])


def test_notes_of_rows_that_were_known_are_not_told_again(url: str) -> None:
    odd = row(notes=(Note("sent-missing", "sent", ""),))
    assert [noted.line for noted in load(url, odd).notes] == [2]
    assert load(url, odd).notes == []


def test_numbers_follow_the_rows_without_a_gap_for_those_that_are_refused(url: str) -> None:
    rows = [row(ref="a"), row(NOW + DAY, ref="b"), row(ref="c")]
    part = load(url, *rows)
    assert (part.first, part.last) == (1, 2)
    assert query(url, "SELECT number, source FROM case_current ORDER BY number") == [(1, "a"), (2, "c")]


def test_one_run_is_one_invocation_however_many_transactions(url: str) -> None:
    parts = list(importing.load(road(url), ORDER, numbered(1200)))
    assert [part.opened for part in parts] == [500, 500, 200]
    assert query(url, "SELECT COUNT(*) FROM invocation") == [(1,)]


def test_what_another_import_takes_meanwhile_is_known(url: str) -> None:
    slow = importing.load(road(url), ORDER, numbered(1000))
    assert next(slow).opened == 500
    assert [part.opened for part in importing.load(road(url), ORDER, numbered(800))] == [0, 300]
    assert [(part.opened, part.known) for part in slow] == [(200, 300)]
    assert replayed(url) == 1000


def test_a_run_in_which_everything_is_known_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    with desk("sqlite", tmp_path) as url:
        load(url, row())
        writer = connect.open_writing(url, create=False)
        assert writer is not None
        with writer.transaction():
            assert load(url, row()).known == 1
        writer.close()
