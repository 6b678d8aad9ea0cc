"""Orders on several cases and their group, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.decide import groups
from cstrack.domain.decide.draft import Context, Draft
from cstrack.domain.errors import CstrackError
from cstrack.domain.group import Group, evolve_group
from tests.support.spec import T0, Scene, given, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event


class Desk:
    """Cases by their numbers, one group, and the events of the last order or its refusal."""

    def __init__(self, *scenes: Scene) -> None:
        self.policy, self.zone = scenes[0].policy, scenes[0].zone
        self.cases = {n: one.state._replace(number=n) for n, one in enumerate(scenes, 1)}
        self.group = Group(7)
        self.event: Event | None = None
        self.told: dict[int, list[str]] = {}
        self.events: dict[int, list[Event]] = {}
        self.refusal: CstrackError | None = None

    def form(self, at: int, *numbers: int, typed: int | None = None, **words: Any) -> Desk:
        return self._ordered(at, numbers, typed, lambda drafts: groups.form(drafts, lambda: 7, **words))

    def join(self, at: int, *numbers: int, typed: int | None = None) -> Desk:
        return self._ordered(at, numbers, typed, lambda drafts: groups.join(self.group, drafts))

    def leave(self, at: int, *numbers: int, text: str = "another matter", typed: int | None = None) -> Desk:
        return self._ordered(at, numbers, typed, lambda drafts: groups.leave(self.group, drafts, text=text))

    def change(self, at: int, *, typed: int | None = None, **words: Any) -> Desk:
        now = T0 + (at if typed is None else typed)
        return self._ordered(at, (), typed, lambda _drafts: groups.change(self.group, T0 + at, now, **words))

    def _ordered(
        self,
        at: int,
        numbers: Sequence[int],
        typed: int | None,
        order: Callable[[Sequence[Draft]], Event],
    ) -> Desk:
        context = Context(T0 + at, T0 + (at if typed is None else typed), "li", self.policy, self.zone)
        drafts = [Draft(self.cases[number], context) for number in numbers]
        self.refusal = None
        try:
            self.event = order(drafts)
        except CstrackError as refusal:
            self.refusal = refusal
            assert not any(draft.events for draft in drafts), "refused, and half of it decided"
            return self
        self.cases |= {draft.state.number: draft.state for draft in drafts}
        self.events = {draft.state.number: draft.events for draft in drafts}
        self.told = {number: [one.type for one in events] for number, events in self.events.items()}
        self.group = evolve_group(self.group, self.event)
        return self

    def accepted(self) -> Desk:
        assert self.refusal is None, f"refused: {self.refusal}"
        return self

    def refused(self, code: str, exit_status: int = 4, **facts: Any) -> None:
        assert self.refusal is not None, "accepted"
        assert (self.refusal.code, self.refusal.status) == (code, exit_status)
        assert {name: self.refusal.facts.get(name) for name in facts} == facts

    def case(self, number: int) -> Case:
        return self.cases[number]


def desk(*scenes: Scene, count: int = 3) -> Desk:
    """A desk of these cases, or of so many fresh ones."""
    return Desk(*(scenes or [given(opened()) for _one in range(count)]))
