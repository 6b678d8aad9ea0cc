"""The stages of the service flow: a case enters one and leaves the one before, in time or late.

A case may skip stages, and go back with a reason. Once it is resolved only the last one is left to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain import stage as flow
from cstrack.domain.case import RESOLVED
from cstrack.domain.choices import called
from cstrack.domain.decide.draft import guard_change, guard_live, guard_time
from cstrack.domain.decide.effects import Changes
from cstrack.domain.errors import Refused
from cstrack.domain.standard_clocks import STAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.domain.decide.draft import Draft


def enter(
    draft: Draft, *, code: str, by: int | None = None, checked: bool = False, text: str | None = None
) -> None:
    """Enter a stage, by its code or name, and leave the one before.

    `by` is the time promised for a stage that has no time standard of its own; without it that is when the
    earliest promise is due. `checked`: the quality check of the stage that is left was passed. `text` is
    about what is left, or says why the case goes back.
    """
    _guard(draft)
    entry = _known(draft, code)
    back = _goes_back(draft, entry["code"], text)
    due = _due(draft, entry, by)
    if draft.state.stage is not None:
        _leave(draft, checked=checked, text=None if back else text)
        text = text if back else None
    elif checked:
        raise Refused("stage-not-entered", number=draft.state.number)
    state, at = draft.state, draft.context.at
    changes = Changes(draft)
    if due is not None and draft.context.policy.runs(STAGE, state.kind):
        changes.say(STAGE, at, due, entry["code"])
    elif "limit" in entry:
        changes.start(STAGE, at, state=state._replace(stage=entry["code"]), name=entry["code"])
    draft.record(
        "stage-entered",
        words={"text": text},
        stage=entry["code"],
        who=draft.context.actor,
        policy=draft.context.policy.label,
        clocks=changes.made,
    )


def leave(draft: Draft, *, checked: bool = False, text: str | None = None) -> None:
    """Leave the stage that the case is in without entering another."""
    _guard(draft)
    if draft.state.stage is None:
        raise Refused("stage-not-entered", number=draft.state.number)
    _leave(draft, checked=checked, text=text)


def carried_out(draft: Draft) -> None:
    """Leave the stage that a resolution ends: any but the last, which comes after it."""
    state, stages = draft.state, draft.context.policy.stages
    if state.stage is not None and not (stages and stages[-1]["code"] == state.stage):
        _leave(draft)


def _guard(draft: Draft) -> None:
    guard_live(draft)
    guard_time(draft)
    guard_change(draft)


def _known(draft: Draft, typed: str) -> Mapping[str, Any]:
    """The stage of the policy, by code or name; Usage 2 with the nearest one otherwise."""
    policy, state = draft.context.policy, draft.state
    if not policy.stages:
        raise Refused("stages-none", number=state.number, policy=policy.label)
    code = called(typed, ((entry["code"], entry) for entry in policy.stages), "CODE")
    last = policy.stages[-1]["code"]
    if state.status == RESOLVED and code != last:
        raise Refused("stage-after-resolution", number=state.number, stage=code, last_stage=last)
    return policy.stage(code) or {}


def _goes_back(draft: Draft, code: str, text: str | None) -> bool:
    """Whether the case has been in this stage, or in a later one; that needs a reason."""
    state, policy = draft.state, draft.context.policy
    if state.stage == code:
        since = state.stages[-1].entered_at
        raise Refused("stage-already", number=state.number, stage=code, entered_at=since)
    reached = flow.reached(policy, state)
    if flow.position(policy, code) > reached:
        return False
    if text is None:
        last = policy.stages[reached]["code"]
        raise Refused("stage-back", number=state.number, stage=code, last_stage=last)
    return True


def _due(draft: Draft, entry: Mapping[str, Any], by: int | None) -> int | None:
    """When a stage without a time standard is due: as said, or as promised; None where nothing was."""
    state, at = draft.state, draft.context.at
    limit = entry.get("limit")
    if by is not None and limit is not None:
        raise Refused("stage-limited", number=state.number, stage=entry["code"], standard=limit)
    if by is not None and by <= at:
        raise Refused("stage-by-passed", number=state.number, by_at=by, at=at)
    if limit is not None or by is not None:
        return by
    promised = (state.clock_of(promise).due_at for promise in state.promises if not promise.ended)
    return min((due for due in promised if due > at), default=None)


def _leave(draft: Draft, *, checked: bool = False, text: str | None = None) -> None:
    state = draft.state
    changes = Changes(draft)
    changes.stop(state.running(STAGE), draft.context.at)
    draft.record(
        "stage-left",
        words={"text": text},
        stage=state.stage,
        who=draft.context.actor,
        checked=checked or None,
        clocks=changes.made,
    )
