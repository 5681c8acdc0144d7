"""How far the estimate of the camera's azimuth is from the truth, and who would be warned.

    python benchmarks/views.py [FOLDER ...] [--landmarks FOLDER] [--real FOLDER] [--fit]

FOLDER holds rendered clips (NAME.mp4, .csv, .json); default ../shared/validation/synthetic. More of
them are made by render_views.py. Landmarks are kept in the folder given with ``--landmarks``. Every
clip is also read mirrored (left and right of its landmarks exchanged), where the azimuth must
change its sign; a body that no figure was fitted on (m_heavy) and the real recordings are told
apart. ``--fit`` fits the calibration's weights anew, on the other bodies only, and prints them.
"""

import argparse
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from balance import read_markers
from clips import SHARED, find_landmarks, load_clips
from rich.console import Console
from rich.table import Table
from scipy.optimize import least_squares
from scipy.spatial.transform import Rotation

from motion.kinematics import estimate_view
from motion.kinematics.azimuth import (
    CALIBRATION,
    SAME_HEADING_DEG,
    average_cues,
    combine_cues,
    find_heading,
    turn_between,
)
from motion.kinematics.camera_tilt import estimate_tilt
from motion.kinematics.view import WARN_FROM_DEG
from motion.kinematics.view_cues import BodyAxes, find_cues, measure_headings
from motion.model import MIRROR, FloatArray, PoseRecording, View, ViewName, landmark_index

FITTED = {"hip_weight": 0.5, "legs_weight": 0.5, "hip_depth_weight": 0.5, "feet_weight": 1.0}
FITTED_BIAS = {"hip_bias": 0.0}
PRIOR_SD = 0.5
EXPECTED_ERROR_DEG = 4.0
MUST_WARN_DEG, MUST_NOT_WARN_DEG = 20.0, 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A recording whose camera's azimuth is known; NaN where only its landmarks are."""

    name: str
    group: str
    azimuth_deg: float
    recording: PoseRecording


@dataclass(frozen=True, slots=True)
class Result:
    """What was estimated of one recording."""

    known: Known
    view: View

    @property
    def error_deg(self) -> float:
        """Estimate less truth."""
        return float(turn_between(self.known.azimuth_deg, self.view.azimuth_deg))

    @property
    def true_off_deg(self) -> float:
        """How far the camera truly stood off the nearest plane."""
        off_deg = abs(abs(self.known.azimuth_deg) - 90.0)
        return min(off_deg, 90.0 - off_deg)

    @property
    def warned(self) -> bool:
        """Whether the user is told to turn."""
        return self.view.name is not ViewName.UNKNOWN and self.view.off_plane_deg >= WARN_FROM_DEG

    @property
    def wrongly_warned(self) -> bool:
        """Whether a warning is missing at 20 degrees or more, or there is one at 5 or less."""
        missing = self.true_off_deg >= MUST_WARN_DEG and not self.warned
        return missing or (self.true_off_deg <= MUST_NOT_WARN_DEG and self.warned)


def find_hip_azimuth(camera: dict[str, list[float]], body: FloatArray) -> float:
    """Return where a camera stood about a person: 0 in front, +90 at the person's left.

    Parameters
    ----------
    camera
        ``rotation`` (vector) and ``translation`` of a calibration with z up.
    body
        ``(n, 33, 3)`` true landmarks with y up (z, x, y of the calibration); the line of the hips
        gives the person's left. The median of the frames.
    """
    points = body[..., [2, 0, 1]]
    rotation = Rotation.from_rotvec(camera["rotation"]).as_matrix()
    place = -rotation.T @ np.array(camera["translation"])
    hips = [points[:, landmark_index(f"{side}_hip")] for side in ("left", "right")]
    left = (hips[0] - hips[1])[:, :2]
    forward = np.column_stack([left[:, 1], -left[:, 0]])
    to_camera = place[:2] - (hips[0] + hips[1])[:, :2] / 2.0
    azimuth_deg = np.degrees(
        np.arctan2(np.sum(to_camera * left, axis=1), np.sum(to_camera * forward, axis=1))
    )
    return find_heading(azimuth_deg)


def mirror(recording: PoseRecording) -> PoseRecording:
    """Return the recording with left and right exchanged, as if the picture were flipped."""
    rows = list(MIRROR)
    return replace(
        recording,
        image_px=recording.image_px[:, rows] * [-1, 1] + [recording.width_px, 0],
        world_m=recording.world_m[:, rows] * [-1, 1, 1],
        visibility=recording.visibility[:, rows],
        presence=recording.presence[:, rows],
    )


def load_real(folder: Path, landmarks: Path | None) -> list[Known]:
    """Return the four views of the balancing man, and the oblique squats."""
    balance = folder / "balance_4cam"
    body = read_markers(balance / "markers_3d.trc")
    cameras = tomllib.loads((balance / "calibration.toml").read_text(encoding="utf-8"))
    known = []
    for number in range(1, 5):
        name = f"single_cam{number:02d}"
        azimuth_deg = find_hip_azimuth(cameras[f"cam_{number:02d}"], body)
        recording = find_landmarks(balance / f"{name}.mp4", landmarks)
        known.append(Known(name, "balance", azimuth_deg, recording))
    squats = find_landmarks(folder / "squats_blazepose" / "pose_squats.mp4", landmarks)
    return [*known, Known("pose_squats", "squats", float("nan"), squats)]


def load_rendered(folders: Sequence[Path], landmarks: Path | None) -> list[Known]:
    """Return the rendered clips, each also mirrored."""
    clips = list(load_clips(list(folders), landmarks))
    plain = [Known(c.name, c.subject, float(c.azimuth_deg), c.recording) for c in clips]
    return plain + [
        Known(f"{k.name} mirrored", f"{k.group} mirrored", -k.azimuth_deg, mirror(k.recording))
        for k in plain
    ]


def show_each(results: Sequence[Result], console: Console) -> None:
    """Print a line for each recording."""
    headings = ("recording", "truth", "estimate", "error", "sd", "off", "warned", "roll", "pitch")
    table = Table(*headings, title="degrees")
    for each in sorted(results, key=lambda r: (r.known.group, r.known.name)):
        view = each.view
        table.add_row(
            each.known.name,
            f"{each.known.azimuth_deg:.0f}",
            f"{view.azimuth_deg:.1f}",
            f"{each.error_deg:+.1f}",
            f"{view.azimuth_sd_deg:.1f}",
            f"{view.off_plane_deg:.0f}",
            ("yes" if each.warned else "no") + (" (WRONG)" if each.wrongly_warned else ""),
            f"{view.roll_deg:.1f}",
            f"{view.pitch_deg:.1f}",
        )
    console.print(table)


def show_groups(results: Sequence[Result], console: Console) -> None:
    """Print a line for each body: errors, how many lie within one sd, wrong warnings."""
    headings = ("group", "n", "rms", "largest", "over 7", "within 1 sd", "wrong warnings")
    table = Table(*headings, title="error of the azimuth in degrees")
    for group in sorted({each.known.group for each in results} - {"squats"}):
        own = [each for each in results if each.known.group == group]
        error_deg = np.array([each.error_deg for each in own])
        within = np.abs(error_deg) <= [each.view.azimuth_sd_deg for each in own]
        table.add_row(
            group,
            str(len(own)),
            f"{np.sqrt(np.mean(error_deg**2)):.1f}",
            f"{np.max(np.abs(error_deg)):.1f}",
            str(int(np.sum(np.abs(error_deg) > 7.0))),
            f"{np.mean(within):.0%}",
            str(sum(each.wrongly_warned for each in own)),
        )
    console.print(table)


def measure_cues(recording: PoseRecording) -> dict[str, float]:
    """Return the averaged cues that the estimate is made of."""
    headings_deg = measure_headings(recording)
    off_deg = turn_between(find_heading(headings_deg), headings_deg)
    cues = find_cues(recording, BodyAxes.from_up(estimate_tilt(recording).up))
    return average_cues(cues, np.asarray(np.abs(off_deg) < SAME_HEADING_DEG))


def fit(known: Sequence[Known], console: Console) -> None:
    """Fit weights and bias to the fourth power of the error, so that the worst clip counts."""
    means = [measure_cues(each.recording) for each in known]
    truth_deg = np.array([each.azimuth_deg for each in known])
    start = FITTED | FITTED_BIAS
    names, first = list(start), np.array(list(start.values()))

    def misfit(values: FloatArray) -> FloatArray:
        by = replace(CALIBRATION, **dict(zip(names, values.tolist(), strict=True)))
        found_deg = np.array([combine_cues(each, by) for each in means])
        error = turn_between(truth_deg, found_deg) / EXPECTED_ERROR_DEG
        return np.concatenate([error * np.abs(error), (values - first) / PRIOR_SD])

    found = least_squares(misfit, first, bounds=(-0.5, 4.0)).x
    console.print("fitted on", len(known), "clips:", dict(zip(names, found.round(2), strict=True)))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "synthetic"])
    parser.add_argument("--landmarks", type=Path)
    parser.add_argument("--real", type=Path, default=SHARED / "real")
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    console = Console(width=120)
    known = load_rendered(given.folders, given.landmarks)
    if given.real.is_dir():
        known += load_real(given.real, given.landmarks)
    if given.fit:
        fit([each for each in known if each.group in {"m_avg", "f_avg"}], console)
    results = [Result(each, estimate_view(each.recording)) for each in known]
    show_each([each for each in results if "mirrored" not in each.known.name], console)
    show_groups(results, console)


if __name__ == "__main__":
    main()
