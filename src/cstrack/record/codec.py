"""Event <-> stored text, and the hashes that bind them.

The words of an event are stored with a random salt inside; only their digest is under the hash, so
they can be erased and the chain still proves that nothing else changed. Hashes are over the stored
text, so an outside program can check them: SHA-256 of the JSON array of the columns in HASHED.
"""

from __future__ import annotations

from hashlib import sha256
from json import JSONEncoder, loads
from typing import TYPE_CHECKING, Any

from cstrack.domain.events import Event
from cstrack.record.rows import EVENT_COLUMNS, EventRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VERSION = 1
"""The version of an event's facts that this program writes."""

SALT = "salt"
GENESIS = "0" * 64
"""What stands as the previous hash of a stream's first event."""

HASHED = tuple(name for name in EVENT_COLUMNS if name not in ("words", "hash"))
_HASHED_AT = [EVENT_COLUMNS.index(name) for name in HASHED]

to_text = JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
"""The one way a body is written."""


def words_text(words: Mapping[str, Any] | None, salt: bytes) -> str | None:
    """The stored text of words, with the salt inside; None where nothing was said."""
    return None if words is None else to_text({**words, SALT: salt.hex()})


def plain(value: Any) -> Any:
    """A value as it would be read back: tuples as lists, keys as text."""
    return loads(to_text(value))


def digest(text: str | None) -> str | None:
    """SHA-256 of a stored text, in hex."""
    return None if text is None else sha256(text.encode()).hexdigest()


def event_hash(row: Sequence[Any]) -> str:
    """The hash of an event row, in the order of EVENT_COLUMNS."""
    return sha256(to_text([row[at] for at in _HASHED_AT]).encode()).hexdigest()


def invocation_id(at: int, login: str, host: str, program: str, verb: str, nonce: str) -> str:
    """The id of one run of the program: it binds the run's own row, which no event repeats."""
    return sha256(to_text([at, login, host, program, verb, nonce]).encode()).hexdigest()[:32]


def to_event(row: EventRow) -> Event:
    """The event of a stored row; words are None once erased (or where nothing was said)."""
    words = None
    if row.words is not None:
        words = loads(row.words)
        words.pop(SALT, None)
    return Event(row.type, row.at, loads(row.facts), words, row.cause, row.seq)


def broken_at(rows: Iterable[EventRow]) -> EventRow | None:
    """The first row of these streams, in order, that does not follow from what is before it."""
    stream: tuple[str, int] | None = None
    before, seq = GENESIS, 0
    for row in rows:
        if (row.stream_kind, row.stream_no) != stream:
            stream, before, seq = (row.stream_kind, row.stream_no), GENESIS, 0
        told = row.words is None or digest(row.words) == row.words_digest
        if row.seq != seq + 1 or row.prev_hash != before or event_hash(row) != row.hash or not told:
            return row
        before, seq = row.hash, row.seq
    return None
