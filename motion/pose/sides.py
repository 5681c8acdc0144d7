"""Finds where the model took left for right in part of a recording, and puts it back."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.model import MIRROR, BoolArray, FloatArray, IndexArray, PoseRecording
from motion.pose.side_evidence import (
    GROUPS,
    SideSigns,
    find_leg_length,
    landmarks_of,
    measure_sides,
)
from motion.pose.side_path import find_path, measure_steps, seen_frames

__all__ = ["SMALLEST_EVIDENCE", "SideRepair", "repair_sides", "swap_sides"]

_NAMES: Final = tuple(group.name for group in GROUPS)
_HEAD, _SHOULDERS, _ARMS, _HIPS, _LEGS = range(len(GROUPS))

_LOST_S: Final = 1.0
"""A group not seen for longer starts anew: nothing carries its sides over."""

SMALLEST_EVIDENCE: Final = 0.3
"""Mean evidence, of 1, that decides which of two states is the true one."""

_RARE: Final = 0.35
"""Where evidence does not decide: a state rarer than this is the wrong one, because the model is
right more often than not; nearer to a half nobody can tell."""


_PASSES: Final = 5
"""One repair and one look at its result do; restless landmarks of a wrong body may need more."""

_BODY_PAIRS: Final = ((_SHOULDERS, 0), (_HIPS, 0), (_ARMS, 0), (_ARMS, 1), (_LEGS, 0), (_LEGS, 1))
"""Group and pair: shoulders, hips, elbows, wrists, knees, ankles."""

_TRUNK_PAIRS: Final = 2
_BODY_SPEED_PER_S: Final = 1.5
_NARROW: Final = 0.1
"""Width of shoulders and hips in the picture, in leg lengths, below which it is a side view."""

_NEVER_COST: Final = 1e3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideRepair:
    """A recording with its sides put back, and what was done.

    ``swapped (n, 5)``: frames in which the landmarks of each of
    :data:`motion.pose.side_evidence.GROUPS` changed sides. ``ambiguous (n,)``: frames whose
    sides could not be told; they are left as they were.
    """

    recording: PoseRecording
    swapped: BoolArray
    ambiguous: BoolArray

    @property
    def swapped_legs(self) -> BoolArray:
        """``(n,)`` frames in which legs were put back, with the hips or below them."""
        return np.asarray(self.swapped[:, _LEGS] | self.swapped[:, _HIPS])

    @property
    def swapped_arms(self) -> BoolArray:
        """``(n,)`` frames in which arms were put back, with the shoulders or below them."""
        return np.asarray(self.swapped[:, _ARMS] | self.swapped[:, _SHOULDERS])

    @property
    def swapped_head(self) -> BoolArray:
        """``(n,)`` frames in which the face was put back."""
        return np.asarray(self.swapped[:, _HEAD])


def repair_sides(recording: PoseRecording) -> SideRepair:
    """Find the frames whose left and right were swapped, and swap them back.

    Legs, hips, arms, shoulders and face are looked at apart. Left less right of each pair turns
    into its negative in a swap: a Viterbi search finds the course of sides that moves on most
    smoothly (:mod:`motion.pose.side_path`), helped by anatomy: toes lie ahead of heels and the
    nose ahead of the ears, and left is left of that (:mod:`motion.pose.side_evidence`). Which of
    two states is the true one, the same anatomy says; where it is silent, the rarer one is
    wrong; where both last about as long, the frames are ambiguous and stay as they are. So they
    do where the body jumps to its mirror image although the anatomy stays right: the model then
    took front for back.

    Parameters
    ----------
    recording
        As the model gave it.

    Notes
    -----
    A whole take that is swapped has no state to compare with: it is left alone, and
    :func:`motion.pose.mirrored.suspect_mirrored` speaks of it. Repairing twice changes nothing.
    """
    n = len(recording)
    swapped, ambiguous = np.zeros((n, len(GROUPS)), dtype=bool), np.zeros(n, dtype=bool)
    leg_px, leg_m = find_leg_length(recording)
    if not (leg_px > 0 and leg_m > 0):
        return SideRepair(recording=recording, swapped=swapped, ambiguous=ambiguous)
    repaired = recording
    for _ in range(_PASSES):
        found, ambiguous = _find_swaps(repaired, leg_px, leg_m)
        if not np.any(found):
            return SideRepair(recording=repaired, swapped=swapped, ambiguous=ambiguous)
        swapped ^= found
        repaired = swap_sides(repaired, found)
    # Never at rest: whatever is done, something else looks swapped, and nothing is known.
    return SideRepair(
        recording=recording, swapped=np.zeros_like(swapped), ambiguous=np.ones(n, dtype=bool)
    )


def keep_sides(recording: PoseRecording) -> SideRepair:
    """Return a recording of which somebody said which side is which: nothing is put back."""
    n = len(recording)
    none = np.zeros((n, len(GROUPS)), dtype=bool)
    return SideRepair(recording=recording, swapped=none, ambiguous=np.zeros(n, dtype=bool))


def swap_frames(recording: PoseRecording, frames: BoolArray) -> PoseRecording:
    """Return the recording with left and right of the whole body exchanged in frames ``(n,)``."""
    return swap_sides(recording, np.repeat(frames[:, None], len(GROUPS), axis=1))


def mirror_recording(recording: PoseRecording) -> PoseRecording:
    """Return what the landmarks would be of the picture's mirror image; twice it is the identity.

    Of several cameras there is no such thing, since only this one's picture is turned.
    """
    turned = swap_frames(recording, np.ones(len(recording), dtype=bool))
    image_px, world_m = np.array(turned.image_px), np.array(turned.world_m)
    image_px[..., 0] = recording.width_px - image_px[..., 0]
    world_m[..., 0] *= -1.0
    return replace(turned, image_px=image_px, world_m=world_m)


def _find_swaps(
    recording: PoseRecording, leg_px: float, leg_m: float
) -> tuple[BoolArray, BoolArray]:
    """Return ``(n, 5)`` what is to be swapped, and ``(n,)`` where that cannot be told."""
    signs = measure_sides(recording, leg_px, leg_m)
    decided = [
        _decide(recording.time_s, each, group.speed_per_s)
        for each, group in zip(signs, GROUPS, strict=True)
    ]
    swapped = np.stack([each[0] for each in decided], axis=1)
    ambiguous = np.any([each[1] for each in decided], axis=0)
    turned = _front_for_back(recording, signs, swapped)
    # Who placed a landmark in a frame saw there which side is which.
    open_to_doubt = ~np.any(recording.placed, axis=1)
    swapped &= (~turned & open_to_doubt)[:, None]
    return swapped, np.asarray((ambiguous | turned) & open_to_doubt)


def swap_sides(recording: PoseRecording, swapped: BoolArray) -> PoseRecording:
    """Return the recording with the groups of ``swapped (n, 5)`` on their other side."""
    if not np.any(swapped):
        return recording
    source = np.tile(np.arange(len(MIRROR)), (len(recording), 1))
    for column, group in enumerate(GROUPS):
        here = landmarks_of(group)
        rows = np.flatnonzero(swapped[:, column])
        source[np.ix_(rows, here)] = np.asarray(MIRROR, dtype=np.intp)[here]
    return replace(
        recording,
        image_px=np.take_along_axis(recording.image_px, source[..., None], axis=1),
        world_m=np.take_along_axis(recording.world_m, source[..., None], axis=1),
        visibility=np.take_along_axis(recording.visibility, source, axis=1),
        presence=np.take_along_axis(recording.presence, source, axis=1),
        filled=np.take_along_axis(recording.filled, source, axis=1),
        by_hand=np.take_along_axis(recording.by_hand, source, axis=1),
    )


def _decide(
    time_s: FloatArray, signs: SideSigns, speed_per_s: float
) -> tuple[BoolArray, BoolArray]:
    """Return ``(n,)`` where the group was swapped, and where that cannot be told."""
    n = len(time_s)
    swapped, ambiguous = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    seen = np.flatnonzero(seen_frames(signs))
    if len(seen) == 0:
        return swapped, ambiguous
    evidence = signs.evidence[seen]
    path = find_path(measure_steps(time_s[seen], signs.difference[seen], evidence, speed_per_s))
    starts = np.flatnonzero(np.diff(time_s[seen]) > _LOST_S) + 1
    stretches = np.split(np.arange(len(seen)), starts)
    for rows in stretches:
        first, last = seen[rows[0]], seen[rows[-1]] + 1
        state = _anchor(path[rows], evidence[rows], alone=len(stretches) == 1)
        if state is None:
            ambiguous[first:last] = True
            continue
        denied = _denied(state, evidence[rows])
        swapped[seen[rows]] = state & ~denied
        ambiguous[seen[rows]] = denied
    return _carry_over(swapped, seen), ambiguous


def _denied(swapped: BoolArray, evidence: FloatArray) -> BoolArray:
    """Return ``(m,)`` the runs of swapped frames in which the anatomy says they are not."""
    run = np.cumsum(np.diff(swapped, prepend=False))
    total = np.bincount(run, weights=evidence)
    mean = total / np.maximum(np.bincount(run), 1)
    denied: BoolArray = swapped & (mean[run] >= SMALLEST_EVIDENCE)
    return denied


def _anchor(path: BoolArray, evidence: FloatArray, *, alone: bool) -> BoolArray | None:
    """Return which frames of a stretch are swapped; None if that cannot be told."""
    share = float(np.mean(path))
    says = float(np.mean(np.where(path, -evidence, evidence)))
    if share in (0.0, 1.0):
        # One state all through: a take says nothing by itself, a stretch after a loss must.
        swapped = path if not alone and says >= SMALLEST_EVIDENCE else np.zeros_like(path)
        return None if not alone and abs(says) < SMALLEST_EVIDENCE else swapped
    if abs(says) >= SMALLEST_EVIDENCE:
        return path if says > 0 else ~path
    if min(share, 1.0 - share) <= _RARE:
        return path if share < 0.5 else ~path
    return None


def _carry_over(swapped: BoolArray, seen: IndexArray) -> BoolArray:
    """Give frames that show no whole pair the sides of both neighbours, where these agree."""
    n = len(swapped)
    after = np.searchsorted(seen, np.arange(n))
    before = np.searchsorted(seen, np.arange(n), side="right") - 1
    inside = (after < len(seen)) & (before >= 0)
    carried = swapped.copy()
    carried[inside] = swapped[seen[after[inside]]] & swapped[seen[before[inside]]]
    return carried


def _front_for_back(
    recording: PoseRecording, signs: tuple[SideSigns, ...], swapped: BoolArray
) -> BoolArray:
    """Return ``(n,)`` where the whole body, after the repair, is still its own mirror image.

    In the picture only: the model that takes front for back turns its depth round with it, and
    the anatomy stays right. Where the trunk looks narrow that cannot happen unnoticed by depth,
    and limbs do pass each other.
    """
    pairs = [
        np.where(swapped[:, column], -1.0, 1.0)[:, None] * signs[column].difference[:, pair, :2]
        for column, pair in _BODY_PAIRS
    ]
    body = np.stack(pairs, axis=1)
    seen = np.flatnonzero(np.any(np.isfinite(body[..., 0]), axis=1))
    body = body[seen]
    steps = measure_steps(recording.time_s[seen], body, np.ones(len(seen)), _BODY_SPEED_PER_S)
    # The anatomy is right either way: only the steps count.
    costs = replace(steps, swapped=np.zeros(len(seen)))
    width = np.nansum(np.linalg.norm(body[:, :_TRUNK_PAIRS], axis=2), axis=1)
    narrow = np.minimum(width, np.roll(width, 1)) < _NARROW
    costs.step[:, :, 1] += np.where(narrow, _NEVER_COST, 0.0)[:, None]
    path = find_path(costs)
    share = float(np.mean(path)) if len(path) else 0.0
    if share > 0.5:
        path, share = ~path, 1.0 - share
    turned = np.zeros(len(recording), dtype=bool)
    turned[seen] = path
    return np.ones_like(turned) if share > _RARE else _carry_over(turned, seen)
