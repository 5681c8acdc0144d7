"""Recordings with known answers: where they lie, what they say of themselves, their truth."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from motion.errors import InputError
from motion.kinematics import JOINTS
from motion.model import FloatArray

__all__ = ["HELD_OUT", "TRUTH_NAMES", "KnownClip", "find_clips", "find_truth", "load_clip"]

HELD_OUT: Final = frozenset({"m_heavy"})
"""The bodies that no figure of the product is fitted on."""

TRUTH_NAMES: Final[Mapping[str, tuple[str, float]]] = {
    "trunk_flexion": ("trunk_forward_lean", 1.0),
    "trunk_lateral_flexion": ("trunk_lateral_lean_left", -1.0),
}
"""Angles whose column in the truth has another name, with the sign that makes it ours."""

_OUTCOMES: Final = frozenset(
    {
        "name", "frames", "duration_s", "fps_actual", "azimuth_deg", "nominal_azimuth_deg",
        "subject_height_m", "camera", "world", "render_s_per_frame", "chair", "gait", "events",
        "held_out",
    }
)  # fmt: skip
"""What a clip's JSON says that follows from how it was made; the rest is how it was made."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownClip:
    """One recording whose true angles are known, frame by frame.

    Parameters
    ----------
    name, video
        The file's stem, and where it lies.
    truth
        One row per frame; angles in degrees under the names of the rendered clips.
    about
        What the clip's JSON says; empty where there is none.
    """

    name: str
    video: Path
    truth: pd.DataFrame
    about: Mapping[str, Any]

    @property
    def motion(self) -> str:
        """What is done in it; the file's name where nobody says."""
        return str(self.about.get("motion", self.name))

    @property
    def subject(self) -> str:
        """Which body it shows."""
        return str(self.about.get("subject", ""))

    @property
    def held_out(self) -> bool:
        """Whether no figure of the product is fitted on this body; the clip may say so itself."""
        return bool(self.about.get("held_out", self.subject in HELD_OUT))

    @property
    def leaves_picture(self) -> bool:
        """Whether the body goes out of the picture, or turns: only its walking is compared.

        The angles of such a clip stand with the walking; those of the other sections are of
        bodies that are wholly seen, with one side towards the camera.
        """
        return "walk" in self.about

    @property
    def azimuth_deg(self) -> float:
        """Where the camera stood: 0 in front, +90 at the person's left; NaN if not known."""
        return _wrapped(self.about.get("azimuth_deg", math.nan))

    @property
    def nominal_deg(self) -> float:
        """The azimuth that the movement is meant for; NaN if not known."""
        return _wrapped(self.about.get("nominal_azimuth_deg", self.azimuth_deg))

    @property
    def yaw_deg(self) -> float:
        """How far the camera was turned off that azimuth."""
        return _wrapped(self.azimuth_deg - self.nominal_deg)

    @property
    def made_with(self) -> dict[str, Any]:
        """How it was made, without what follows from that: clips alike in it differ in nothing."""
        return {key: value for key, value in self.about.items() if key not in _OUTCOMES}

    def truth_of(self, angle_name: str) -> FloatArray | None:
        """Return a true angle, degrees, ``(n,)``; None where the clip does not know it."""
        return find_truth(self.truth, angle_name)


def _wrapped(angle_deg: Any) -> float:
    return (float(angle_deg) + 180.0) % 360.0 - 180.0


def find_truth(truth: pd.DataFrame, angle_name: str) -> FloatArray | None:
    """Return the true angle, ``(n,)`` degrees, for ``left_knee_flexion`` or ``trunk_flexion``."""
    column, sign = TRUTH_NAMES.get(angle_name, (angle_name, 1.0))
    return sign * truth[column].to_numpy(dtype=float) if column in truth else None


def find_clips(folder: Path) -> Iterator[Path]:
    """Yield every ``NAME.mp4`` of a folder and those below it that has a ``NAME.csv``."""
    for video in sorted(folder.rglob("*.mp4")):
        if video.with_suffix(".csv").is_file():
            yield video


def load_clip(video: Path) -> KnownClip:
    """Read what is known of a recording, before the pose model is asked.

    Raises
    ------
    InputError
        If the truth or what stands beside it cannot be used: names the file.
    """
    truth = _read_truth(video.with_suffix(".csv"))
    about = _read_about(video.with_suffix(".json"))
    return KnownClip(name=video.stem, video=video, truth=truth, about=about)


def _read_truth(path: Path) -> pd.DataFrame:
    try:
        truth = pd.read_csv(path)
    except (OSError, ValueError) as error:  # pandas' own errors are ValueErrors
        msg = f"{path}: not readable as a table ({error}); expected one row per frame"
        raise InputError(msg) from error
    wanted = [column for column in truth.columns if _is_angle(column)]
    if truth.empty or not wanted:
        msg = f"{path}: expected a column such as left_knee_flexion, got {len(truth)} rows of "
        raise InputError(msg + f"{', '.join(map(str, truth.columns[:4]))}; add the true angles")
    for column in wanted:
        if not pd.api.types.is_numeric_dtype(truth[column]) or not np.isfinite(truth[column]).all():
            msg = f"{path}: {column} must be degrees in every row; mend the column"
            raise InputError(msg)
    return truth


def _is_angle(column: str) -> bool:
    names = {joint.name for joint in JOINTS} | {name for name, _ in TRUTH_NAMES.values()}
    return column.removeprefix("left_").removeprefix("right_") in names


def _read_about(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        _wrapped(about.get("azimuth_deg", math.nan))
        _wrapped(about.get("nominal_azimuth_deg", math.nan))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        msg = f"{path}: expected an object with the clip's motion and azimuth_deg ({error})"
        raise InputError(f"{msg}; mend the file") from error
    return dict(about)
