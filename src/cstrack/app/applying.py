"""Applying a policy: a version is kept, and every case whose clocks it moves says so by an event of its own.

All of it is one transaction, in batches, so that memory stays flat and nothing is half applied. What
had run out before is first judged by the policy that was in use then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.app.road import Desk, Rehearsed, context_of, desk_for_writing, of_store, retried
from cstrack.domain.decide.catch_up import catch_up
from cstrack.domain.decide.draft import Draft, guard_known
from cstrack.domain.decide.following import follow
from cstrack.domain.errors import CstrackError, Refused
from cstrack.domain.events import CASE, POLICY, RULE, event
from cstrack.domain.evolve import fold
from cstrack.domain.policy import Policy, default_policy
from cstrack.record import codec, ledger, policies, sql
from cstrack.record.faults import place
from cstrack.record.rows import PolicyRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cstrack.app.road import Outcome, Road
    from cstrack.domain.case import Case
    from cstrack.domain.events import Event


NAMED = 20
"""So many cases are named in a refusal."""


class Made(NamedTuple):
    """A policy that was read and checked: what the rules read, and the text that it was made from."""

    data: Mapping[str, Any]
    text: str


class Moved(NamedTuple):
    """A clock that moved: from when to when. `verdict` is that of one that ended; `after` is None then."""

    number: int
    kind: str
    name: str | None
    level: int
    limit: str
    before: int
    after: int | None
    verdict: str | None
    provisional: bool


class Applied(NamedTuple):
    """What an application did, or would do: the two labels, cases looked at, clocks that moved."""

    before: str
    after: str
    cases: int
    moved: list[Moved]

    @property
    def changed(self) -> bool:
        """Whether there was anything to apply."""
        return self.before != self.after


class _Told(NamedTuple):
    """What following told: clocks that moved; cases that time itself took above the highest level."""

    moved: list[Moved]
    above: list[tuple[int, int]]


def apply(
    road: Road,
    made: Made,
    *,
    why: str,
    text: str | None = None,
    dry_run: bool = False,
    onto: int | None = None,
) -> Applied:
    """Apply a policy to the desk as of now. `why` is policy, or calendar where only days changed.

    `onto` is the version that it was made from, where it was. Refused `policy-level-in-use` where live cases
    stand at levels that it has not, `policy-not-newest` where another than `onto` is in use by now.
    """
    with desk_for_writing(road, create=not dry_run) as desk:
        if desk is None:
            if dry_run:
                return _before_the_desk(made)
            raise CstrackError("database-unreachable", path=place(road.url), reason="")
        found: list[Applied] = []

        def once(now: Desk) -> list[Outcome]:
            found[:] = [_apply_once(road, now, made, why, text, onto)]
            if dry_run:
                raise Rehearsed([])
            return []

        retried(desk, once, anew=True)
        return found[0]


def _before_the_desk(made: Made) -> Applied:
    """What applying it would do where there is no desk yet: the first version after the shipped one."""
    if _same(made, default_policy()):
        return Applied(default_policy().label, default_policy().label, 0, [])
    return Applied("", f"{made.data['name']} v{policies.SHIPPED + 1}", 0, [])


def _same(made: Made, policy: Policy) -> bool:
    return bool(codec.plain({**made.data, "version": policy.version}) == codec.plain(policy.data))


def _apply_once(road: Road, desk: Desk, made: Made, why: str, text: str | None, onto: int | None) -> Applied:
    before = desk.policy
    if onto not in (None, before.version):
        raise Refused("policy-not-newest", policy=before.label)
    if _same(made, before):
        return Applied(before.label, before.label, 0, [])
    version = ledger.take_numbers(desk.db, POLICY)
    after = Policy({**made.data, "version": version}, desk.zone)
    _guard_levels(after, desk.db.execute(sql.ABOVE_LEVEL, (after.top,)).fetchall())
    invocation = ledger.begin(desk.db, road.run)
    _keep(road, desk, invocation, after, made.text, why, text)
    numbers = [row[0] for row in desk.db.execute(sql.WITH_CLOCKS)]
    told = _Told([], [])
    for start in range(0, len(numbers), sql.MANY):
        batch = numbers[start : start + sql.MANY]
        ledger.append(desk.db, road.run, invocation, list(_followed(road, desk, batch, after, why, told)))
    _guard_levels(after, told.above)
    return Applied(before.label, after.label, len(numbers), told.moved)


def _guard_levels(after: Policy, rows: Sequence[tuple[int, int]]) -> None:
    """Refuse a policy that has not the levels of these cases: (number, level)."""
    if rows:
        raise Refused(
            "policy-level-in-use",
            cases=[*[row[0] for row in rows[:NAMED]], *["…"] * (len(rows) > NAMED)],
            count=len(rows),
            level=max(row[1] for row in rows),
            policy=after.name,
            top=after.top,
        )


def _keep(
    road: Road, desk: Desk, invocation: str, after: Policy, text: str, why: str, said: str | None
) -> None:
    at = road.run.recorded_at
    data = policies.written(after.data)
    digest = policies.digest(after.version, after.name, data, text)
    policies.add(desk.db, PolicyRow(after.version, after.name, data, text, digest, at, road.run.actor, said))
    applied = event(
        POLICY,
        "applied",
        at,
        words={"text": said},
        version=after.version,
        name=after.name,
        digest=digest,
        why=why,
    )._replace(seq=1)
    stream = ledger.Stream(POLICY, after.version)
    ledger.append(desk.db, road.run, invocation, [ledger.Append(stream, [applied])])


def _followed(
    road: Road, desk: Desk, numbers: Sequence[int], after: Policy, why: str, told: _Told
) -> Iterator[ledger.Append]:
    now = road.run.recorded_at
    old = context_of(road, desk, RULE)._replace(at=now)
    for stream in ledger.load_many(desk.db, CASE, numbers):
        before = fold(stream.number, stream.events)
        guard_known(before)
        store = before.store
        draft = Draft(before, of_store(old, store))
        catch_up(draft, now)
        draft.context = of_store(old._replace(policy=after), store)
        caught = draft.state
        if caught.level > after.top:
            told.above.append((caught.number, caught.level))
            continue
        follow(draft, desk.policy.store(store), why=why)
        if draft.state is not caught:
            told.moved.extend(_moves(caught, draft.events[-1]))
        if draft.events:
            yield ledger.Append(stream, draft.events, before, draft.state)


def _moves(before: Case, told: Event) -> Iterator[Moved]:
    clocks = {clock.n: clock for clock in before.clocks}
    for change in told.facts["clocks"]:
        clock = clocks[change["n"]]
        verdict = change.get("verdict")
        yield Moved(
            before.number,
            clock.kind,
            clock.name,
            clock.level,
            change.get("limit", clock.limit),
            clock.due_at,
            None if verdict else change.get("due_at", clock.due_at),
            verdict,
            bool(change.get("provisional", clock.provisional)),
        )
