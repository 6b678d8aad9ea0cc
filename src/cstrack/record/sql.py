"""Every statement, one constant each, in the one dialect that SQLite and PostgreSQL share.

Placeholders are `?`; connect.py words them for PostgreSQL. A test prepares each on a migrated
database of both kinds.
"""

from __future__ import annotations

from cstrack.domain.alike import MOST_ALIKE
from cstrack.record.rows import (
    ATTACHMENT_COLUMNS,
    CASE_COLUMNS,
    CLOCK_COLUMNS,
    CUSTOMER_COLUMNS,
    EVENT_COLUMNS,
    FIELD_COLUMNS,
    GROUP_COLUMNS,
    INVOCATION_COLUMNS,
    POLICY_COLUMNS,
    PRODUCT_COLUMNS,
    REMEDY_COLUMNS,
    SHIFT_COLUMNS,
    STAFF_COLUMNS,
)


def _insert(table: str, columns: tuple[str, ...]) -> str:
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608  constants


def _upsert(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return f"{_insert(table, columns)} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}"


SCHEMA = "SELECT version_num FROM alembic_version"
DESK = "SELECT key, value FROM desk"

_POLICIES = f"SELECT {', '.join(POLICY_COLUMNS)} FROM policy"  # noqa: S608  constants
POLICIES = f"{_POLICIES} ORDER BY version"
POLICY = f"{_POLICIES} WHERE version = ?"
POLICY_IN_USE = "SELECT data FROM policy ORDER BY version DESC LIMIT 1"
POLICY_VERSION = "SELECT MAX(version) FROM policy"
POLICIES_WRITTEN = (
    "SELECT event.id, event.invocation, policy.name, policy.version FROM event "
    "JOIN policy ON policy.version = event.stream_no WHERE event.stream_kind = 'policy' ORDER BY event.id"
)
INSERT_POLICY = _insert("policy", POLICY_COLUMNS)

TAKE_NUMBERS = (
    "INSERT INTO counter (kind, last) VALUES (?, ?) "
    "ON CONFLICT (kind) DO UPDATE SET last = counter.last + excluded.last RETURNING last"
)

INSERT_INVOCATION = _insert("invocation", INVOCATION_COLUMNS)
INSERT_EVENT = _insert("event", EVENT_COLUMNS)
INSERT_OUTBOX = _insert("outbox", ("kind", "stream_kind", "stream_no", "seq", "at"))
WITHDRAW = "DELETE FROM outbox WHERE stream_kind = ? AND stream_no = ? AND seq = ?"

_EVENTS = f"SELECT {', '.join(EVENT_COLUMNS)} FROM event"  # noqa: S608
HISTORY = f"{_EVENTS} WHERE stream_kind = ? AND stream_no = ? ORDER BY seq"
WRITTEN = "SELECT seq, id, invocation FROM event WHERE stream_kind = ? AND stream_no = ?"
MANY = 500
"""How many streams or references one statement names."""
_PLACES = ", ".join("?" * MANY)
HISTORIES_OF = f"{_EVENTS} WHERE stream_kind = ? AND stream_no IN ({_PLACES}) ORDER BY stream_no, seq"
HISTORIES = f"{_EVENTS} WHERE stream_kind = ? ORDER BY stream_no, seq"
HISTORIES_UNTIL = f"{_EVENTS} WHERE stream_kind = ? AND at <= ? ORDER BY stream_no, seq"
ALL_EVENTS = f"{_EVENTS} ORDER BY stream_kind, stream_no, seq"
NEWEST = "SELECT MAX(at) FROM event"
INVOCATIONS = f"SELECT {', '.join(INVOCATION_COLUMNS)} FROM invocation"  # noqa: S608
INVOCATION = f"{INVOCATIONS} WHERE id = ?"
OWN_LAST = (
    "SELECT invocation, type FROM event WHERE actor = ? AND login = ? AND cause = 'person' "
    "AND stream_kind <> 'policy' ORDER BY id DESC LIMIT 1"
)
_BY_RUN = "invocation = ? AND cause <> 'import'"
WRITTEN_BY = f"SELECT stream_kind, stream_no, seq FROM event WHERE {_BY_RUN} ORDER BY 1, 2, 3"  # noqa: S608
APPLIED_SINCE = (
    "SELECT COUNT(*) FROM event WHERE stream_kind = 'policy' "  # noqa: S608
    f"AND id > (SELECT MAX(id) FROM event WHERE {_BY_RUN})"
)

UPSERT_CASE = _upsert("case_current", CASE_COLUMNS, ("number",))
INSERT_CASE = _insert("case_current", CASE_COLUMNS)
UPSERT_CLOCK = _upsert("clock", CLOCK_COLUMNS, ("case_number", "n"))
DROP_CASE = "DELETE FROM case_current WHERE number = ?"
DROP_CLOCK = "DELETE FROM clock WHERE case_number = ? AND n = ?"
UPSERT_CUSTOMER = _upsert("customer_current", CUSTOMER_COLUMNS, ("number",))
UPSERT_GROUP = _upsert("group_current", GROUP_COLUMNS, ("number",))
DROP_GROUP = "DELETE FROM group_current WHERE number = ?"
UPSERT_PRODUCT = _upsert("product_current", PRODUCT_COLUMNS, ("number",))
DROP_CUSTOMER = "DELETE FROM customer_current WHERE number = ?"
DROP_PRODUCT = "DELETE FROM product_current WHERE number = ?"
UPSERT_REMEDY = _upsert("remedy", REMEDY_COLUMNS, ("number",))
DROP_REMEDY = "DELETE FROM remedy WHERE number = ?"
DROP_KEYS = "DELETE FROM customer_key WHERE customer_number = ?"
INSERT_KEY = _insert("customer_key", ("kind", "value", "customer_number"))

DROP_ATTACHMENT = "DELETE FROM attachment WHERE case_number = ? AND n = ?"
UPSERT_ATTACHMENT = _upsert("attachment", ATTACHMENT_COLUMNS, ("case_number", "n"))
ATTACHMENTS = f"SELECT {', '.join(ATTACHMENT_COLUMNS)} FROM attachment ORDER BY case_number, n"  # noqa: S608
DIGESTS = "SELECT DISTINCT digest FROM attachment"
INSERT_BLOB = f"{_insert('blob', ('digest', 'data'))} ON CONFLICT (digest) DO NOTHING"
BLOB = "SELECT data FROM blob WHERE digest = ?"
FIELDS = f"SELECT {', '.join(FIELD_COLUMNS)} FROM own_field"  # noqa: S608
FIELDS_OF = f"{FIELDS} WHERE kind = ? AND number IN ({_PLACES}) ORDER BY number, name"
FIELDS_HELD = "SELECT name FROM own_field WHERE kind = ? AND number = ?"
DROP_FIELDS = "DELETE FROM own_field WHERE kind = ? AND number = ?"
INSERT_FIELD = _insert("own_field", FIELD_COLUMNS)

CASES = f"SELECT {', '.join(CASE_COLUMNS)} FROM case_current"  # noqa: S608
CASE = f"{CASES} WHERE number = ?"
CASES_KNOWN = f"SELECT source FROM case_current WHERE source IN ({_PLACES})"  # noqa: S608
CLOCKS = f"SELECT {', '.join(CLOCK_COLUMNS)} FROM clock"  # noqa: S608
CLOCKS_OF = f"{CLOCKS} WHERE case_number = ? ORDER BY n"
ALL_CLOCKS = f"{CLOCKS} ORDER BY case_number, n"
CLOCKS_DUE = (
    f"{CLOCKS} WHERE stopped_at IS NULL AND informs = 0 AND due_at <= ? ORDER BY due_at, case_number, n"
)
CASES_CLOCKED = "SELECT DISTINCT case_number FROM clock WHERE kind = ? ORDER BY 1"
CASES_CLOCKING = "SELECT DISTINCT case_number FROM clock WHERE kind = ? AND stopped_at IS NULL ORDER BY 1"

LIVE = "status NOT IN ('closed', 'merged')"
DUE_BY = "crisis = ? AND next_due <= ?"
IN_ORDER_OF_DUE = " ORDER BY next_due, number"
CRISIS_FIRST = " ORDER BY crisis DESC, next_due NULLS LAST, number"
NARROWED = {
    "status": "status = ?",
    "level": "level = ?",
    "owner": "owner = ?",
    "handler": "handler = ?",
    "kind": "kind = ?",
    "category": "category = ?",
    "channel": "channel = ?",
    "against": "against = ?",
    "stage": "stage = ?",
    "customer": "customer = ?",
    "customer_number": "customer_number = ?",
    "store": "store = ?",
    "flag": "(',' || flags || ',') LIKE ?",
    "since": "opened_at >= ?",
    "before": "opened_at < ?",
}
"""What a list can be narrowed by: filter -> condition with one value."""
NUMBERS = {"case": "number", "customer": "customer_number", "product": "product_number"}
"""The column that names a case, its customer and its product."""
WITH_FIELD = {
    kind: f"{column} IN (SELECT number FROM own_field WHERE kind = '{kind}' AND name = ? AND value = ?)"  # noqa: S608
    for kind, column in NUMBERS.items()
}
"""What has such a value of a field of the desk's own: the condition, with the field's code and the value."""

STAFF = f"SELECT {', '.join(STAFF_COLUMNS)} FROM staff ORDER BY handle"  # noqa: S608
SHIFTS = f"SELECT {', '.join(SHIFT_COLUMNS)} FROM shift ORDER BY start_at, handle, kind"  # noqa: S608
STORES = "SELECT code, name FROM store ORDER BY code"
OWNED = f"SELECT COUNT(*) FROM case_current WHERE owner = ? AND {LIVE}"  # noqa: S608
UNOWNED = (
    "SELECT unowned_since, level, number FROM case_current WHERE unowned_since <= ? "
    "ORDER BY unowned_since, number"
)
OWNED_CASES = f"SELECT number FROM case_current WHERE owner = ? AND {LIVE} ORDER BY number"  # noqa: S608
HANDLED_CASES = f"SELECT number FROM case_current WHERE handler = ? AND {LIVE} ORDER BY number"  # noqa: S608
OWNED_BY = f"SELECT owner, COUNT(*) FROM case_current WHERE {LIVE} GROUP BY owner"  # noqa: S608
HANDLED_BY = f"SELECT handler, COUNT(*) FROM case_current WHERE {LIVE} GROUP BY handler"  # noqa: S608
HANDED = "SELECT number FROM case_current WHERE handed_to IS NOT NULL ORDER BY handed_to, number"
DATABASE_LOGIN = (
    "SELECT session_user, COALESCE((SELECT pg_has_role(session_user, oid, 'MEMBER') FROM pg_roles "
    "WHERE rolname = 'cstrack_operator'), (SELECT rolsuper FROM pg_roles WHERE rolname = session_user))"
)

DUE_STEPS = (
    "SELECT due_at, case_number FROM clock "
    "WHERE kind = 'level' AND stopped_at IS NULL AND breached_at IS NULL AND due_at <= ? "
    "UNION ALL SELECT paused_until, number FROM case_current WHERE paused_until <= ? ORDER BY 1, 2"
)
WITH_CLOCKS = "SELECT DISTINCT case_number FROM clock WHERE stopped_at IS NULL ORDER BY 1"
ABOVE_LEVEL = f"SELECT number, level FROM case_current WHERE {LIVE} AND level > ? ORDER BY number"  # noqa: S608
OPEN_NUMBERS = (
    f"SELECT number FROM case_current WHERE {LIVE} AND number BETWEEN ? AND ? "  # noqa: S608
    "ORDER BY number DESC LIMIT 500"
)

CUSTOMER = f"SELECT {', '.join(CUSTOMER_COLUMNS)} FROM customer_current WHERE number = ?"  # noqa: S608
CUSTOMERS = f"SELECT {', '.join(CUSTOMER_COLUMNS)} FROM customer_current ORDER BY number"  # noqa: S608
PRODUCTS = f"SELECT {', '.join(PRODUCT_COLUMNS)} FROM product_current ORDER BY number"  # noqa: S608
KEYS = "SELECT customer_number, kind, value FROM customer_key ORDER BY 1, 2, 3"
CUSTOMER_BY_KEY = "SELECT MIN(customer_number) FROM customer_key WHERE kind = ? AND value = ?"
EARLIER_CASES = (
    "SELECT number, COALESCE(closed_at, resolved_at) FROM case_current "
    "WHERE customer_number = ? AND category = ? AND kind = 'complaint' AND opened_at <= ? "
    "AND status <> 'merged' ORDER BY number"
)
CASES_OF_CUSTOMER = "SELECT number FROM case_current WHERE customer_number = ? ORDER BY number"

REMEDIES = f"SELECT {', '.join(REMEDY_COLUMNS)} FROM remedy"  # noqa: S608
ALL_REMEDIES = f"{REMEDIES} ORDER BY case_number, number"
REMEDY_CASE = "SELECT case_number FROM remedy WHERE number = ?"
REMEDIES_BY = {
    "waiting": "state = 'asked'",
    "number": "case_number = ?",
    "state": "state = ?",
    "level": "needs = ?",
}
"""What a list of remedies can be narrowed by: filter -> condition, with one value but for `waiting`."""
WAITING_FIRST = " ORDER BY CASE state WHEN 'asked' THEN 0 ELSE 1 END, asked_at, number"
GRANTED = (
    "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM remedy WHERE customer_number = ? "
    "AND settled_at > ? AND settled_at <= ? AND case_number <> ? AND state IN ('granted', 'paid')"
)

GROUPS = f"SELECT {', '.join(GROUP_COLUMNS)} FROM group_current ORDER BY number"  # noqa: S608
GROUPED_ALL = "SELECT number, group_number FROM case_current WHERE group_number IS NOT NULL ORDER BY number"
GROUPED = f"{CASES} WHERE group_number = ? ORDER BY number"
GROUPED_LIVE = f"{CASES} WHERE group_number IS NOT NULL AND {LIVE} ORDER BY group_number, number"
GROUPS_LIVE = (
    f"SELECT {', '.join(GROUP_COLUMNS)} FROM group_current WHERE number IN "  # noqa: S608
    f"(SELECT group_number FROM case_current WHERE group_number IS NOT NULL AND {LIVE}) ORDER BY number"
)


def _features(which: str) -> str:
    """What complaints may be alike by, each case of `which` with its group: name and value.

    CROSS JOIN makes SQLite begin with the cases, which are few; the name of a field is no bare column, or
    all fields of that name would be read for each of them.
    """
    case = f"c.kind = 'complaint' AND {which}"
    field = (
        "SELECT c.number, c.group_number, f.name || '', f.value FROM case_current c CROSS JOIN own_field f"
    )
    return (
        "SELECT c.number, c.group_number, 'model' AS name, p.model AS value FROM case_current c "  # noqa: S608
        f"CROSS JOIN product_current p WHERE {case} AND p.number = c.product_number AND p.model IS NOT NULL "
        f"UNION {field} WHERE {case} AND f.kind = 'case' AND f.number = c.number "
        f"UNION {field} WHERE {case} AND f.kind = 'product' AND f.number = c.product_number "
        "UNION SELECT c.number, c.group_number, 'category', c.category FROM case_current c "
        f"WHERE {case} AND c.category IS NOT NULL"
    )


_RECENT = _features(f"c.{LIVE} AND c.opened_at > ? AND c.opened_at <= ?")
_NAMES = ", ".join("?" * MOST_ALIKE)
FEATURES_OF = _features("c.number = ?")
ALIKE_TO = (
    f"SELECT number, group_number FROM ({_RECENT}) AS feature "  # noqa: S608
    "WHERE name = ? AND LOWER(value) = LOWER(?) ORDER BY number"
)
ALIKE = (
    "SELECT name, value, number, group_number FROM (SELECT name, value, number, group_number, "  # noqa: S608
    f"COUNT(*) OVER (PARTITION BY name, LOWER(value)) AS alike FROM ({_RECENT}) AS feature "
    f"WHERE name IN ({_NAMES})) AS counted WHERE alike >= ? ORDER BY name, LOWER(value), number"
)

QUEUE_UP = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ?, ?))"
JUDGE = "SELECT pg_advisory_xact_lock_shared(hashtextextended(current_schema() || 'policy', 0))"
JUDGE_ANEW = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || 'policy', 0))"
TRY_LEASE = "SELECT pg_try_advisory_lock(hashtext(current_schema()), ?)"
END_LEASE = "SELECT pg_advisory_unlock(hashtext(current_schema()), ?)"

COUNTERS = "SELECT kind, last FROM counter"
LAST_NUMBERS = (
    "SELECT stream_kind, MAX(stream_no) FROM event GROUP BY stream_kind "
    "UNION ALL SELECT 'remedy', COALESCE(MAX(number), 0) FROM remedy"
)
NAMED_INVOCATIONS = "SELECT DISTINCT invocation FROM event"
