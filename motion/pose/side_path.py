"""The most likely course of left and right through a take: costs of each step, and the path."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray
from motion.pose.side_evidence import SideSigns

__all__ = [
    "StepCosts",
    "find_path",
    "measure_steps",
    "seen_frames",
    "step_path",
    "trace_back",
]

_JITTER: Final = 0.04
"""Spread of the distance between two landmarks from frame to frame, in leg lengths."""

_SPEED_CHANGES_PER_S: Final = 4.0
"""A usual speed is gained in a quarter of a second."""

_FASTEST_PER_S: Final = 6.0
"""A limb that seems to pass the other faster than this has jumped: no speed is taken from it."""

_COST_CAP: Final = 20.0
"""What one pair may say at the most in one step: a landmark gone astray is no proof."""

_SWITCH_COST: Final = 8.0
"""What must speak for a change of sides before it is believed."""

_SILENCE_COST: Final = 8.0
_SILENT_BELOW: Final = 0.5
"""Where the anatomy says less than this, a change of sides costs so much more for each pair: only a
jump of the whole limb is believed, for limbs that pass each other seem to jump too, because the
model lags behind them."""

_EVIDENCE_COST_PER_S: Final = 40.0
_LONGEST_EVIDENCE_S: Final = 0.25
"""What the evidence of one frame may weigh: so little that a limb which really crosses the body
is not taken for swapped, so much that a burst which began unseen comes to light."""

_FRAMES_AT_ONCE_N: Final = 20_000
FIRST_SWAPPED_COST: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StepCosts:
    """Costs of a group in its frames, at units of half a squared standard deviation.

    ``step (m, 2, 2)``: ``[k, b, c]`` of staying (c 0) or changing (c 1) into frame k after having
    stayed or changed (b) into the frame before. ``swapped (m,)``: of being swapped in frame k
    over not being it.
    """

    step: FloatArray
    swapped: FloatArray


def seen_frames(signs: SideSigns) -> BoolArray:
    """Return ``(n,)`` the frames with a whole pair: only there can left and right be told."""
    seen: BoolArray = np.any(np.isfinite(signs.difference[..., 0]), axis=1)
    return seen


def measure_steps(
    time_s: FloatArray, difference: FloatArray, evidence: FloatArray, speed_per_s: float
) -> StepCosts:
    """Return what it costs to change sides, or not to, between frames that show the group.

    A swap turns left-less-right into its negative. Each step is held against the place before
    (it stays) and against the place and speed before (it moves on, so that limbs may pass each
    other). Both distances are counted in spreads that grow with the time between the frames.

    Parameters
    ----------
    time_s
        ``(m,)`` of the frames that show the group.
    difference, evidence
        As in :class:`motion.pose.side_evidence.SideSigns`, of these frames.
    speed_per_s
        Usual speed of the group's one side past the other, in leg lengths a second.
    """
    m = len(time_s)
    step = np.zeros((m, 2, 2))
    for start in range(0, m, _FRAMES_AT_ONCE_N):
        rows = slice(max(start - 2, 0), start + _FRAMES_AT_ONCE_N)
        block = _measure_block(time_s[rows], difference[rows], speed_per_s)
        step[start : start + _FRAMES_AT_ONCE_N] = block[start - rows.start :]
    silence = np.clip(1.0 - np.abs(evidence) / _SILENT_BELOW, 0.0, 1.0)
    step[1:, :, 1] += _SILENCE_COST * difference.shape[1] * silence[1:, None]
    after = np.diff(time_s, prepend=time_s[:1] - 1.0)
    weight = _EVIDENCE_COST_PER_S * np.minimum(after, _LONGEST_EVIDENCE_S)
    return StepCosts(step=step, swapped=weight * evidence)


def _measure_block(time_s: FloatArray, difference: FloatArray, speed_per_s: float) -> FloatArray:
    m = len(time_s)
    step = np.zeros((m, 2, 2))
    after = np.diff(time_s, prepend=time_s[:1] - 1.0)
    before = np.concatenate([[1.0, 1.0], after[1:-1]])[:m]
    here, last = difference, _shift(difference, 1)
    last_but_one = _shift(difference, 2)
    spread_stay = (_JITTER + speed_per_s * after)[:, None]
    gained_per_s = speed_per_s * _SPEED_CHANGES_PER_S * (after + before) / 2.0
    spread_move = (_JITTER + gained_per_s * after)[:, None]
    for changed_before, sign_before in enumerate((1.0, -1.0)):
        way = last - sign_before * last_but_one
        too_fast = np.linalg.norm(way[..., :2], axis=2) > _FASTEST_PER_S * before[:, None]
        onward = way * (after / before)[:, None, None]
        onward = np.where(np.isfinite(onward) & ~too_fast[..., None], onward, 0.0)
        for changed, sign in enumerate((1.0, -1.0)):
            stayed = _cost(sign * here - last, spread_stay)
            moved = _cost(sign * here - last - onward, spread_move)
            step[:, changed_before, changed] = np.minimum(stayed, _COST_CAP) / 2.0 + moved / 2.0
            step[:, changed_before, changed] += _SWITCH_COST * changed
    step[:1] = 0.0
    return step


def _shift(values: FloatArray, by: int) -> FloatArray:
    shifted = np.full_like(values, np.nan)
    shifted[by:] = values[:-by]
    return shifted


def _cost(error: FloatArray, spread: FloatArray) -> FloatArray:
    """Return ``(m,)``: squared error in spreads, summed over pairs; a pair not seen is silent."""
    squared = np.sum(error**2, axis=2) / spread**2
    return np.asarray(np.nansum(np.minimum(squared, _COST_CAP), axis=1))


def step_path(
    costs: tuple[float, float, float, float],
    step: Sequence[Sequence[float]],
    swapped: float,
) -> tuple[tuple[float, float, float, float], tuple[bool, bool, bool, bool]]:
    """Go on by one frame: Viterbi over the sides of the last two frames.

    States are (before, now) = (0, 0), (0, 1), (1, 0), (1, 1), 1 being swapped.

    Returns
    -------
    costs, was_swapped
        Of the four states; and whether the frame before the earlier of the two was swapped.
    """
    (stay_stay, stay_change), (change_stay, change_change) = step
    right_right, right_left, left_right, left_left = costs
    # (0, 0) comes from (0, 0), having stayed before, or from (1, 0), having changed; and so on.
    ways = (
        (right_right + stay_stay, left_right + change_stay),
        (right_right + stay_change, left_right + change_change),
        (right_left + change_change, left_left + stay_change),
        (right_left + change_stay, left_left + stay_stay),
    )
    was_swapped = tuple(second < first for first, second in ways)
    best = [min(way) for way in ways]
    return (
        (best[0], best[1] + swapped, best[2], best[3] + swapped),
        was_swapped,  # type: ignore[return-value]
    )


def find_path(costs: StepCosts) -> BoolArray:
    """Return ``(m,)`` the likeliest frames to be swapped (Viterbi 1967, Forney 1973)."""
    m = len(costs.swapped)
    if m == 0:
        return np.zeros(0, dtype=bool)
    swapped = costs.swapped.tolist()
    now = (0.0, float("inf"), float("inf"), FIRST_SWAPPED_COST + swapped[0])
    backwards = []
    for step, each in zip(costs.step[1:].tolist(), swapped[1:], strict=True):
        now, was_swapped = step_path(now, step, each)
        backwards.append(was_swapped)
    return np.array(trace_back(now, backwards), dtype=bool)


def trace_back(
    costs: tuple[float, float, float, float],
    backwards: Sequence[tuple[bool, bool, bool, bool]],
) -> list[bool]:
    """Return the sides of every frame that led to the cheapest end, the first frame first."""
    state = min(range(4), key=costs.__getitem__)
    found = [state % 2 == 1]
    for was_swapped in reversed(backwards):
        before = state // 2
        found.append(before == 1)
        state = 2 * int(was_swapped[state]) + before
    return found[::-1]
