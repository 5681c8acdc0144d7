"""Made-up timed tests: every moment of them is known."""

from dataclasses import dataclass, replace

import numpy as np

from motion.gait.timed import TimedMotion
from motion.model import FloatArray, NearSide, Scale, ScaleSource, Walk

STANDING_M, SEATED_M = 0.85, 0.45
"""Hips above the ankles."""
TRUNK_M = 0.5

METRES = Scale(m_per_unit=1.0, source=ScaleSource.METRES, relative_sd=0.0)


def ramp(time_s: FloatArray, start_s: float, end_s: float) -> FloatArray:
    """Return 0 before, 1 after, and half a cosine between."""
    share = np.clip((time_s - start_s) / (end_s - start_s), 0.0, 1.0)
    return np.asarray((1.0 - np.cos(np.pi * share)) / 2.0)


def ramp_reaches(start_s: float, end_s: float, share: float) -> float:
    """Return when a ramp has gone a share of its way."""
    return start_s + (end_s - start_s) * float(np.arccos(1.0 - 2.0 * share)) / np.pi


@dataclass(frozen=True, kw_only=True)
class TugPlan:
    """Lengths of the parts of a made-up timed up and go."""

    sits_s: float = 3.0
    leans_s: float = 0.6
    rises_s: float = 1.0
    walk_s: float = 3.0
    turn_s: float = 1.5
    chair_turn_s: float = 1.0
    lowers_s: float = 1.2
    after_s: float = 3.0
    way_m: float = 3.3
    stoops_deg: float = 0.0
    rate_hz: float = 30.0

    @property
    def starts_s(self) -> float:
        """When the trunk begins to lean."""
        return self.sits_s

    @property
    def moments_s(self) -> tuple[float, ...]:
        """Rising, up, turning, turned, before the chair, lowering, seated."""
        parts = (
            self.sits_s + self.leans_s, self.rises_s, self.walk_s, self.turn_s, self.walk_s,
            self.chair_turn_s, self.lowers_s,
        )  # fmt: skip
        return tuple(float(moment) for moment in np.cumsum(parts))

    @property
    def end_s(self) -> float:
        """Length of the recording."""
        return self.moments_s[-1] + self.after_s

    @property
    def expected_s(self) -> tuple[float, ...]:
        """Start, upright, turn, turned, sits, seated as the product defines them."""
        rises, up, turns, turned, chair, lowers, seated = self.moments_s
        return (
            ramp_reaches(self.starts_s, rises, 0.1),
            ramp_reaches(rises, up, 0.9),
            turns + self.turn_s / 6.0,
            turned - self.turn_s / 6.0,
            chair + self.chair_turn_s / 6.0,
            ramp_reaches(lowers, seated, 0.9),
        )


def make_tug(plan: TugPlan | None = None, scale: Scale = METRES) -> TimedMotion:
    """Return a person who gets up, walks to the right, turns, walks back and sits down."""
    plan = plan or TugPlan()
    rises, up, turns, turned, chair, lowers, seated = plan.moments_s
    time_s = np.arange(0.0, plan.end_s, 1.0 / plan.rate_hz)
    height = SEATED_M + (STANDING_M - SEATED_M) * (
        ramp(time_s, rises, up) - ramp(time_s, lowers, seated)
    )
    x = np.interp(time_s, [up, turns, turned, chair], [0.0, plan.way_m, plan.way_m, 0.0])
    lean_deg = 35.0 * (ramp(time_s, plan.starts_s, rises) - ramp(time_s, rises, rises + 0.5))
    lean_deg += 25.0 * (ramp(time_s, lowers, seated) - ramp(time_s, seated, seated + 1.0))
    upright = ramp(time_s, rises + 0.4, rises + 0.5) - ramp(time_s, lowers, seated)
    lean_deg += plan.stoops_deg * upright * np.where(time_s < (turns + turned) / 2.0, 1.0, -1.0)
    heading_deg = -90.0 + 180.0 * (
        np.clip((time_s - turns) / plan.turn_s, 0.0, 1.0)
        + np.clip((time_s - chair) / plan.chair_turn_s, 0.0, 1.0)
    )
    ankle_y = np.full(len(time_s), 0.08)
    ankles = np.stack([np.stack([x, ankle_y], 1), np.stack([x, ankle_y + 0.05], 1)], 1)
    return TimedMotion(
        time_s=time_s,
        mid_hip=np.stack([x, height + 0.08], axis=1),
        ankles=ankles,
        trunk=TRUNK_M * np.stack([np.sin(np.radians(lean_deg)), np.cos(np.radians(lean_deg))], 1),
        heading_deg=heading_deg,
        scale=scale,
    )


def hide(motion: TimedMotion, start_s: float, end_s: float) -> TimedMotion:
    """Return the motion with the body out of view for a while."""
    hidden = (motion.time_s >= start_s) & (motion.time_s <= end_s)

    def without(values: FloatArray) -> FloatArray:
        away = hidden.reshape(-1, *[1] * (values.ndim - 1))
        return np.where(away, np.nan, values)

    return replace(
        motion,
        mid_hip=without(motion.mid_hip),
        ankles=without(motion.ankles),
        trunk=without(motion.trunk),
        heading_deg=without(motion.heading_deg),
    )


def cut(motion: TimedMotion, start_s: float, end_s: float) -> TimedMotion:
    """Return a part of the recording."""
    kept = (motion.time_s >= start_s) & (motion.time_s <= end_s)
    return replace(
        motion,
        time_s=motion.time_s[kept],
        mid_hip=motion.mid_hip[kept],
        ankles=motion.ankles[kept],
        trunk=motion.trunk[kept],
        heading_deg=motion.heading_deg[kept],
    )


def join(first: TimedMotion, second: TimedMotion) -> TimedMotion:
    """Return two recordings, one after the other."""
    step_s = first.time_s[1] - first.time_s[0]
    later_s = second.time_s - second.time_s[0] + first.time_s[-1] + step_s

    def both(name: str) -> FloatArray:
        return np.concatenate([getattr(first, name), getattr(second, name)])

    return replace(
        first,
        time_s=np.concatenate([first.time_s, later_s]),
        **{name: both(name) for name in ("mid_hip", "ankles", "trunk", "heading_deg")},
    )


def make_walk(
    speed_m_s: float = 1.25,
    way_m: float = 14.0,
    scale: Scale = METRES,
    *,
    speeding_up_s: float = 0.0,
    back: bool = False,
    rate_hz: float = 30.0,
) -> TimedMotion:
    """Return a walk from 0 to the right at one speed, after speeding up; then back if wished.

    A step every half second makes the hips go a little faster and slower.
    """
    time_s = np.arange(0.0, 4.0 + 2.0 * way_m / speed_m_s + speeding_up_s, 1.0 / rate_hz)
    moving_s = np.clip(time_s - 1.0, 0.0, None)
    if speeding_up_s:
        moving_s = np.where(
            moving_s < speeding_up_s,
            moving_s**2 / (2.0 * speeding_up_s),
            moving_s - speeding_up_s / 2.0,
        )
    way = speed_m_s * moving_s
    x = np.minimum(way, way_m)
    arrived = float(time_s[np.flatnonzero(way >= way_m)[0]])
    walks = [_walk(1, 1.0, arrived, "right")]
    if back:
        x -= np.clip(speed_m_s * (time_s - arrived - 1.0), 0.0, way_m)
        walks.append(_walk(2, arrived + 1.0, arrived + 1.0 + way_m / speed_m_s, "left"))
    nothing = np.full(len(time_s), np.nan)
    ankles = np.stack([np.stack([x, nothing * 0.0], 1)] * 2, 1)
    return TimedMotion(
        time_s=time_s,
        mid_hip=np.stack([x / scale.m_per_unit, np.full(len(x), 0.9)], axis=1),
        ankles=ankles,
        trunk=np.stack([nothing, nothing], axis=1),
        heading_deg=nothing,
        scale=scale,
        walks=tuple(walks),
    )


def _walk(number: int, start_s: float, end_s: float, direction: str) -> Walk:
    return Walk(
        number=number, start_s=start_s, end_s=end_s, direction=direction, near_side=NearSide.RIGHT
    )
