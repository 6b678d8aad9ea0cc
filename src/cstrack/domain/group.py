"""A group complaint (群诉): cases about one matter, with one lead and one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.errors import NotFound
from cstrack.domain.events import GLOSSARY, GROUP
from cstrack.domain.standing import UNDONE, is_there, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cstrack.domain.events import Event


class Group(NamedTuple):
    """A group as its events leave it; `name` and `statement` are null once erased, `cases` sorted."""

    number: int
    seq: int = 0
    name: str | None = None
    statement: str | None = None
    lead: int = 0
    made_at: int = 0
    cases: tuple[int, ...] = ()
    changed_at: int = 0
    unknown: str | None = None


def fold_group(number: int, history: Iterable[Event]) -> Group:
    """The group that these events make, in order of seq; what was undone is left out."""
    state = Group(number)
    for event in standing(history):
        state = evolve_group(state, event)
    return state


def evolve_group(state: Group, event: Event) -> Group:
    """The group after one more event. A type this program does not know is remembered, nothing else."""
    seq = event.seq or state.seq + 1
    if event.type not in GLOSSARY[GROUP]:
        return state._replace(seq=seq, unknown=event.type)
    if event.type == UNDONE:
        return state._replace(seq=seq)
    facts, words = event.facts, event.words or {}
    named = facts.get("cases") or ()
    cases = {*state.cases} - {*named} if event.type == "left" else {*state.cases, *named}
    return state._replace(
        seq=seq,
        name=words.get("name", state.name),
        statement=words.get("statement", state.statement),
        lead=facts.get("lead", state.lead),
        made_at=state.made_at or event.at,
        cases=tuple(sorted(cases)),
        changed_at=event.at,
    )


def guard_there(number: int, history: Sequence[Event]) -> None:
    """Something stands of the history of a group; NotFound otherwise."""
    if not history:
        raise NotFound("no-such-group", group=number)
    if not is_there(history):
        raise NotFound("group-undone", group=number, undone_at=history[-1].at)
