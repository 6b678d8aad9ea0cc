"""The chain: whatever is altered in a history is found where it stands."""

from __future__ import annotations

import json
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cstrack.domain.decide import ending, flags, talk
from cstrack.domain.events import Event
from cstrack.record import audit, codec, sql
from cstrack.record.rows import EVENT_COLUMNS, EventRow
from tests.support.spec import hours

if TYPE_CHECKING:
    from tests.support.desks import Desk

TRIALS = 1000
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcé漢", max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


def histories(desk: Desk) -> list[EventRow]:
    """The events of two cases and a customer, in order of their streams."""
    desk.open(0, name="张三", phone="13800000000", channel="web", text="刹车失灵")
    desk.open(60)
    desk.does(talk.contact, hours(1), direction="out", text="we will call")
    desk.does(flags.flag, hours(2), 2, flag="vip")
    desk.does(ending.resolve, hours(3), text="done")
    return [EventRow(*row) for row in desk.rows(sql.ALL_EVENTS)]


def altered(row: EventRow, column: str, chance: Random) -> EventRow:
    """The row with one column changed by as little as can be: a byte, a digit, a null."""
    value = getattr(row, column)
    if value is None:
        return row._replace(**{column: 1 if column == "actor_level" else "x"})
    if isinstance(value, int):
        return row._replace(**{column: value ^ (1 << chance.randrange(40))})
    place = chance.randrange(len(value))
    flipped = chr(ord(value[place]) ^ (1 << chance.randrange(7)))
    return row._replace(**{column: value[:place] + flipped + value[place + 1 :]})


def test_a_true_history_has_nothing_broken(desk: Desk) -> None:
    assert codec.broken_at(histories(desk)) is None


def test_r06_any_one_flipped_byte_is_found_where_it_stands(sqlite_desk: Desk) -> None:
    rows, chance = histories(sqlite_desk), Random(7)  # noqa: S311  the same trials every time
    for _ in range(TRIALS):
        at, column = chance.randrange(len(rows)), chance.choice(EVENT_COLUMNS)
        forged = altered(rows[at], column, chance)
        found = codec.broken_at([*rows[:at], forged, *rows[at + 1 :]])
        assert found is not None, (column, rows[at], forged)
        moved = column in ("stream_kind", "stream_no")
        assert moved or (found.stream_kind, found.stream_no, found.seq) in {
            (forged.stream_kind, forged.stream_no, forged.seq),
            (forged.stream_kind, forged.stream_no, forged.seq + 1),
        }


def test_a_row_left_out_in_the_middle_or_at_the_beginning_is_found(sqlite_desk: Desk) -> None:
    rows = histories(sqlite_desk)
    streams = [(row.stream_kind, row.stream_no) for row in rows]
    followed = [at for at in range(len(rows) - 1) if streams[at] == streams[at + 1]]
    assert followed
    assert all(codec.broken_at([*rows[:at], *rows[at + 1 :]]) for at in followed)


def test_rows_in_another_order_and_rows_of_another_history_are_found(sqlite_desk: Desk) -> None:
    rows = [row for row in histories(sqlite_desk) if row.stream_kind == "case" and row.stream_no == 1]
    assert codec.broken_at([rows[1], rows[0], *rows[2:]]) is not None
    moved = [row._replace(stream_no=9) for row in rows]
    assert codec.broken_at(moved) == moved[0]


def test_erased_words_break_nothing_and_other_words_do(sqlite_desk: Desk) -> None:
    rows = histories(sqlite_desk)
    assert codec.broken_at([row._replace(words=None) for row in rows]) is None
    forged = rows[0]._replace(words='{"salt":"00","text":"never said"}')
    assert codec.broken_at([forged, *rows[1:]]) == forged


def test_the_audit_finds_an_altered_column_in_the_database(desk: Desk) -> None:
    histories(desk)
    columns = [name for name in EVENT_COLUMNS if name not in ("stream_kind", "stream_no", "seq", "words")]
    with desk.writing() as db:
        db.execute("DROP TRIGGER event_unchanged" + (" ON event" if desk.kind == "postgresql" else ""))
        one = "WHERE stream_kind = 'case' AND stream_no = 1 AND seq = 2"
        for name in columns:
            [(kept,)] = db.execute(f"SELECT {name} FROM event {one}").fetchall()  # noqa: S608
            forged = {"at": 7, "version": 7, "recorded_at": 7, "actor_level": 7, "cause": "rule"}.get(
                name, "x"
            )
            db.execute(f"UPDATE event SET {name} = ? {one}", (forged,))  # noqa: S608
            broken = audit.verify(db).broken
            db.execute(f"UPDATE event SET {name} = ? {one}", (kept,))  # noqa: S608
            assert broken == [audit.Broken("case", 1, 2)], name
        assert audit.verify(db).broken == []


def test_the_hash_is_what_the_docs_say(desk: Desk) -> None:
    histories(desk)
    hashed = [name for name in EVENT_COLUMNS if name not in ("words", "hash")]
    for row in desk.rows(f"SELECT {', '.join(hashed)}, hash, words, words_digest FROM event"):  # noqa: S608
        text = json.dumps(row[: len(hashed)], ensure_ascii=False, separators=(",", ":"))
        assert sha256(text.encode()).hexdigest() == row[-3]
        assert (sha256(row[-2].encode()).hexdigest() if row[-2] else None) == row[-1]


def test_the_same_words_said_twice_have_different_digests(desk: Desk) -> None:
    desk.open()
    for n in (1, 2):
        desk.does(talk.note, n, text="13800000000")
    digests = desk.rows("SELECT words_digest FROM event WHERE type = 'noted'")
    assert len(set(digests)) == 2


def test_words_are_stored_as_they_are_with_sixteen_bytes_of_salt(desk: Desk) -> None:
    desk.open(subject="空调不制冷")
    [(words,)] = desk.rows("SELECT words FROM event")
    assert '"subject":"空调不制冷"' in words
    assert len(bytes.fromhex(json.loads(words)["salt"])) == 16


def test_facts_hold_nothing_that_a_person_said(desk: Desk) -> None:
    histories(desk)
    facts = "".join(row[0] for row in desk.rows("SELECT facts FROM event"))
    assert not [
        said for said in ("张三", "13800000000", "空调", "刹车失灵", "we will call", "done") if said in facts
    ]


@given(st.dictionaries(st.text("abc_", min_size=1, max_size=4), JSON, max_size=4))
@settings(max_examples=200)
def test_what_is_written_is_read_back(body: dict[str, Any]) -> None:
    words = codec.words_text(body, b"0123456789abcdef")
    row: list[Any] = ["case", 1, 2, "noted", 1, 100, 101, "li", "login", None, "person", "run", None]
    stored = EventRow._make([*row, codec.to_text(body), words, codec.digest(words), codec.GENESIS, ""])
    assert codec.to_event(stored) == Event("noted", 100, body, body, "person", 2)


def test_what_was_never_said_and_what_was_erased_read_as_nothing() -> None:
    assert codec.words_text(None, b"salt") is None
    assert codec.digest(None) is None


def test_a_runs_id_binds_everything_of_the_run() -> None:
    run: tuple[Any, ...] = (100, "login", "host", "cstrack 0.1.0", "note", "nonce")
    ids = {codec.invocation_id(*run)}
    for place in range(len(run)):
        forged = list(run)
        forged[place] = 101 if place == 0 else run[place] + "x"
        ids.add(codec.invocation_id(*forged))
    assert len(ids) == 7
