"""Makes the made-up recordings and measures them as the product measures any other.

No number is written by hand: a movement is posed, filmed and goes through
:func:`motion.measuring.measure_recording`. A recording is made once and shared by the takes that
show the same movement to the same extent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np

from motion import __version__
from motion.demo.body import pose_body
from motion.demo.camera import CAMERA_IN_FRONT, Camera, film_body, film_walk, hide_frames
from motion.demo.shapes import ANGLE_SHAPES, bump
from motion.demo.walker import Walker, pose_walk
from motion.gait import GaitSettings
from motion.measuring import measure_recording
from motion.model import (
    Analysis,
    FloatArray,
    InputFile,
    ModelInfo,
    PoseRecording,
    Position,
    Provenance,
    Side,
    TakeConditions,
)
from motion.settings import AnalysisSettings

__all__ = ["HEIGHT_CM", "Motif", "Studio", "position_of"]

HEIGHT_CM: Final = 168.0
"""Of the made-up body: what a walk's metres are made with."""

_RATE_HZ: Final = 25.0
_MODEL: Final = ModelInfo(name="made up", sha256="0" * 64)
_EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
_REPETITIONS_N: Final = 4
_EACH_S: Final = 3.4
_SPREAD_DEG: Final = 1.2
_GO_S: Final = 0.6
_WALK_S: Final = 8.0

_Kind = tuple["Motif", tuple[str, ...]]
"""A motif without its level, and what is never measured."""

_CHAIR_TESTS: Final = ("five_sit_to_stand", "thirty_second_sit_to_stand")
_STANCE: Final = "single_leg_stance"
_WALKING: Final = "walking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Motif:
    """What a recording shows: equal motifs are one recording.

    Parameters
    ----------
    exercise
        Name of an exercise of the library.
    level
        How far, how fast or for how long: degrees of the counted angle, metres per second of a
        walk, seconds on one leg or of a timed test, or how often somebody stood up.
    weak
        How much shorter the left step is than the right one, as a share; of walks only.
    turned_deg
        How far the camera stands off its best place.
    lost_share
        In how much of the take the body cannot be seen.
    variant
        Tells recordings of the same movement apart.
    """

    exercise: str
    side: Side
    level: float
    weak: float = 0.0
    turned_deg: float = 0.0
    lost_share: float = 0.0
    variant: int = 0

    @property
    def seed(self) -> list[int]:
        """What the noise of the recording begins with."""
        words = "|".join(map(str, (self.exercise, self.side, self.level, self.weak, self.variant)))
        return list(words.encode())


def position_of(exercise: str) -> Position:
    """Return how a person is placed for an exercise of the clinic."""
    if exercise in ANGLE_SHAPES:
        return ANGLE_SHAPES[exercise].position
    return Position.SITTING if exercise in _CHAIR_TESTS else Position.STANDING


class Studio:
    """Films each motif once, and no more than ``most_n`` of them.

    Beyond that the nearest motif of the same kind is shown again: a clinic of twenty thousand
    takes needs no more recordings than one of a thousand.
    """

    def __init__(self, most_n: int = 400) -> None:
        self._most_n = most_n
        self._made: dict[_Kind, dict[Motif, Analysis]] = {}

    def __len__(self) -> int:
        return sum(len(made) for made in self._made.values())

    def measure(self, motif: Motif, withheld_joints: tuple[str, ...] = ()) -> Analysis:
        """Return the analysis of a motif; a take of it has its own time, digest and conditions."""
        made = self._made.setdefault((replace(motif, level=0.0, variant=0), withheld_joints), {})
        if motif not in made and made and len(self) >= self._most_n:
            return made[min(made, key=lambda other: abs(other.level - motif.level))]
        if motif not in made:
            made[motif] = _measure(motif, withheld_joints)
        return made[motif]


def _measure(motif: Motif, withheld_joints: tuple[str, ...]) -> Analysis:
    rng = np.random.default_rng(motif.seed)
    recording = hide_frames(_film(motif, rng), motif.lost_share, rng)
    walks = motif.exercise == _WALKING
    timed = motif.exercise in _CHAIR_TESTS
    settings = AnalysisSettings(
        movement=motif.exercise,
        # Of standing on one leg the picture says which: the foot that moves is the other one.
        side=None if motif.exercise == _STANCE else motif.side,
        conditions=TakeConditions(position=position_of(motif.exercise)),
        withheld_joints=withheld_joints,
        gait=GaitSettings(height_m=HEIGHT_CM / 100.0) if walks else None,
        go_s=_GO_S if timed else None,
    )
    provenance = Provenance(
        input=_describe(recording),
        model=_MODEL,
        software=f"physio-motion {__version__}",
        settings=(*settings.as_pairs(), ("started_at_clock", "given")),
    )
    return measure_recording(recording, settings, provenance, _EPOCH)


def _film(motif: Motif, rng: np.random.Generator) -> PoseRecording:
    make: Callable[[Motif, np.random.Generator], PoseRecording] = _film_angle
    if motif.exercise == _WALKING:
        make = _film_walk
    elif motif.exercise in _CHAIR_TESTS:
        make = _film_chair
    elif motif.exercise == _STANCE:
        make = _film_stance
    return make(motif, rng)


def _film_angle(motif: Motif, rng: np.random.Generator) -> PoseRecording:
    shape = ANGLE_SHAPES[motif.exercise]
    time_s = _times(1.5 + _EACH_S * _REPETITIONS_N)
    counted = np.full(len(time_s), shape.rest_deg)
    for number in range(_REPETITIONS_N):
        peak_deg = motif.level + rng.normal(scale=_SPREAD_DEG)
        sign = -1.0 if shape.both_ways and number % 2 else 1.0
        way = bump(time_s, 0.8 + _EACH_S * number, 1.0, 0.4, 1.1)
        counted += (sign * peak_deg - shape.rest_deg) * way
    body = pose_body(shape.pose(motif.side, counted), len(time_s))
    return film_body(time_s, body, shape.place_camera(motif.side, motif.turned_deg), rng)


def _film_walk(motif: Motif, rng: np.random.Generator) -> PoseRecording:
    # Slower walking has longer and shorter steps in about equal parts (Grieve and Gear 1966).
    share = np.sqrt(motif.level / 1.2)
    walker = Walker(
        step_m=0.63 * share,
        stride_s=1.26 * share / motif.level,
        stance_share=0.62 + 0.06 * (1.2 - motif.level),
        left_length_share=0.5 - motif.weak / 4.0,
        left_time_share=0.5 + motif.weak / 6.0,
        strides=round(_WALK_S * motif.level / (1.26 * share)) + 2,
    )
    time_s = _times(_WALK_S)
    return film_walk(time_s, pose_walk(walker, time_s), rng)


def _film_chair(motif: Motif, rng: np.random.Generator) -> PoseRecording:
    """Film standing up and sitting down, five times in some seconds or so many times in thirty."""
    five = motif.exercise == _CHAIR_TESTS[0]
    each_s = (motif.level - 0.4) / 5.0 if five else 30.0 / (motif.level + 0.3)
    count = 5 if five else round(motif.level)
    time_s = _times(_GO_S + count * each_s + 2.0 if five else 32.0)
    up = np.zeros(len(time_s))
    for number in range(count):
        up += bump(time_s, _GO_S + 0.3 + number * each_s, 0.4 * each_s, 0.1 * each_s, 0.4 * each_s)
    pose: Mapping[str, FloatArray | float] = {
        "shoulder_flexion": 25.0,
        "elbow_flexion": 140.0,
        "knee_flexion": 88.0 - 84.0 * up,
        "hip_flexion": 88.0 - 84.0 * up + 28.0 * np.sin(np.pi * up),
        "trunk_flexion": 28.0 * np.sin(np.pi * up),
    }
    camera = Camera.beside(Side.LEFT, still=("left_ankle",), place=(0.55, 0.88))
    return film_body(time_s, pose_body(pose, len(time_s)), camera, rng)


def _film_stance(motif: Motif, rng: np.random.Generator) -> PoseRecording:
    """Film standing on the leg of the motif's side, the other foot held up for some seconds."""
    lifted = Side.RIGHT if motif.side is Side.LEFT else Side.LEFT
    time_s = _times(motif.level + 5.0)
    up = bump(time_s, 1.5, 0.5, motif.level - 0.4, 0.5)
    sway = np.cumsum(rng.normal(scale=0.25, size=len(time_s)))
    sway = up * np.clip(sway - sway.mean(), -5.0, 5.0)
    pose: Mapping[str, FloatArray | float] = {
        "shoulder_flexion": 40.0,
        "elbow_flexion": 125.0,
        f"{lifted}_hip_flexion": 60.0 * up,
        f"{lifted}_knee_flexion": 80.0 * up,
        "trunk_lateral_flexion": sway,
    }
    camera = Camera(azimuth_deg=CAMERA_IN_FRONT, still=(f"{motif.side}_ankle",), place=(0.5, 0.88))
    return film_body(time_s, pose_body(pose, len(time_s)), camera, rng)


def _times(duration_s: float) -> FloatArray:
    return np.arange(round(duration_s * _RATE_HZ) + 1) / _RATE_HZ


def _describe(recording: PoseRecording) -> InputFile:
    return InputFile(
        name="",
        extension="mp4",
        sha256="0" * 64,
        frames=len(recording),
        duration_s=float(recording.time_s[-1]),
        rate_hz=_RATE_HZ,
        dropped=0,
        duplicated=0,
        width_px=recording.width_px,
        height_px=recording.height_px,
    )
