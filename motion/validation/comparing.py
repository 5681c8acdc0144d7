"""One recording's angles against its true ones: a row of figures for each angle and way."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from motion.errors import InputError
from motion.kinematics import JOINTS, JointAngle, Plane
from motion.kinematics.planar import is_far
from motion.kinematics.view import off_plane
from motion.model import AngleCurve, FloatArray, Side, View, ViewName
from motion.settings import SettingValue
from motion.validation.clips import KnownClip
from motion.validation.coverage import COVERAGES
from motion.validation.landmarks import SeenVideo, rate_of
from motion.validation.measured import Measured, measure_one_way
from motion.validation.row_figures import describe_curve, describe_repetitions, describe_stated
from motion.validation.ways import Way

__all__ = ["ROW_COLUMNS", "SMALLEST_RANGE_DEG", "Compared", "compare_clip"]

SMALLEST_RANGE_DEG: Final = 12.0
"""An angle that moves by less is not what a clip is about: it counts as held still."""

ROW_COLUMNS: Final = (
    "clip", "truth", "motion", "movement", "view", "view_estimated", "yaw_deg",
    "off_plane_deg", "azimuth_true_deg", "azimuth_estimated_deg", "subject", "held_out",
    "skin", "light", "position", "rate_hz", "made_with", "model", "model_sha256", "angle",
    "joint", "side", "limb", "way", "moving", "frames_n", "n", "detection_rate", "bias_deg",
    "mae_deg", "rmse_deg", "sd_deg", "loa_low_deg", "loa_high_deg", "max_error_deg",
    "min_error_deg", "rom_error_deg", "true_range_deg", "repetitions_true",
    "repetition_count_error", "peaks_n", "peak_bias_deg", "peak_mae_deg", "sem_deg",
    "mdc95_deg", "band95_width_deg",
    *(f"{name}_{part}" for name in COVERAGES for part in ("inside", "n", "share", "low", "high")),
)  # fmt: skip
"""What is said of each angle of each clip, in order."""

_SHOWN_DEG: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """One angle of one clip measured one way: its row of figures, and the two curves.

    ``result_deg`` and ``true_deg`` are ``(n,)``, the ankle's less their own medians; the result
    is NaN where the product gives nothing. ``settings`` are those of the analysis.
    """

    row: dict[str, Any]
    settings: tuple[tuple[str, SettingValue], ...]
    result_deg: FloatArray
    true_deg: FloatArray


def compare_clip(clip: KnownClip, seen: SeenVideo, ways: Sequence[Way]) -> Iterator[Compared]:
    """Measure a clip's landmarks in every way and hold each angle against its truth.

    An angle is compared where the clip's nominal view shows its plane.

    Raises
    ------
    InputError
        If the truth has another number of rows than the video has frames.
    """
    frames_n = len(seen.recording)
    if len(clip.truth) != frames_n:
        msg = f"{clip.video}: {frames_n} frames for {len(clip.truth)} rows of truth"
        raise InputError(f"{msg}; expected one row per frame")
    for way in ways:
        yield from _compare_angles(clip, seen, measure_one_way(clip, seen, way))


def _compare_angles(clip: KnownClip, seen: SeenVideo, measured: Measured) -> Iterator[Compared]:
    azimuth_deg = clip.azimuth_deg
    if math.isnan(azimuth_deg):
        azimuth_deg = measured.free.view.azimuth_deg
    for joint in JOINTS:
        for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
            curve = measured.curve(joint.name if side is Side.NONE else f"{side}_{joint.name}")
            true_deg = clip.truth_of(curve.name)
            given = bool(np.any(np.isfinite(curve.value_deg)))
            far = is_far(joint, side, _view_from(azimuth_deg))
            if true_deg is None or not _is_expected(clip, joint, measured, given):
                continue
            sagittal = joint.sided and joint.plane is Plane.SAGITTAL
            limb = ("far" if far else "near") if sagittal else ""
            yield _compare(clip, seen, measured, curve, joint, true_deg, limb)


def _is_expected(clip: KnownClip, joint: JointAngle, measured: Measured, given: bool) -> bool:
    """Return whether an angle is one that this clip can say something about."""
    if math.isnan(clip.nominal_deg):
        return given
    shown = off_plane(_view_from(clip.nominal_deg), joint.plane) <= _SHOWN_DEG
    withheld = joint.needs_upright and measured.settings.conditions.position.lying
    return shown and (given or not withheld)


def _view_from(azimuth_deg: float) -> View:
    return View(
        name=ViewName.OBLIQUE,
        azimuth_deg=azimuth_deg,
        azimuth_sd_deg=0.0,
        off_plane_deg=math.nan,
        roll_deg=math.nan,
        facing="unknown",
    )


def _compare(
    clip: KnownClip,
    seen: SeenVideo,
    measured: Measured,
    curve: AngleCurve,
    joint: JointAngle,
    true_deg: FloatArray,
    limb: str,
) -> Compared:
    result_deg = curve.value_deg
    if joint.joint == "ankle":  # its zero differs by definition
        both = np.isfinite(result_deg)
        if np.any(both):
            result_deg = result_deg - np.median(result_deg[both])
            true_deg = true_deg - np.median(true_deg[both])
    row = {
        **_describe(clip, seen, measured, joint),
        "angle": joint.name,
        "joint": joint.joint,
        "side": curve.side.value,
        "limb": limb,
        "way": measured.way.name,
        "moving": bool(np.ptp(true_deg) >= SMALLEST_RANGE_DEG),
        **describe_curve(result_deg, true_deg),
        **describe_repetitions(measured, curve, true_deg, limb),
        **describe_stated(measured, curve, result_deg - true_deg, true_deg),
    }
    return Compared(
        row=row,
        settings=measured.named.provenance.settings,
        result_deg=result_deg,
        true_deg=true_deg,
    )


def _describe(
    clip: KnownClip, seen: SeenVideo, measured: Measured, joint: JointAngle
) -> dict[str, Any]:
    """Return what the clip is, and what the product took its view to be."""
    found = measured.free.view
    return {
        "clip": clip.name,
        "truth": str(clip.about.get("truth", "rendered")),
        "motion": clip.motion,
        "movement": measured.settings.movement,
        "view": joint.plane.value,
        "view_estimated": found.name.value,
        "yaw_deg": clip.yaw_deg,
        "off_plane_deg": off_plane(_view_from(clip.azimuth_deg), joint.plane),
        "azimuth_true_deg": clip.azimuth_deg,
        "azimuth_estimated_deg": found.azimuth_deg,
        "subject": clip.subject,
        "held_out": clip.held_out,
        "skin": str(clip.about.get("skin", "")),
        "light": str(clip.about.get("light", "")),
        "position": measured.settings.conditions.position.value,
        "rate_hz": rate_of(seen.recording),
        "made_with": json.dumps(clip.made_with, sort_keys=True),
        "model": seen.model.name,
        "model_sha256": seen.model.sha256,
    }
