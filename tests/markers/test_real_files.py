"""Real trials against what their makers computed and labelled."""

from pathlib import Path

import numpy as np
import pytest
from makers import Floats

from motion.markers import read_markers, read_mot
from motion.markers.c3d import read_c3d_angles
from motion.model import FOOT_OFF, INITIAL_CONTACT, Analysis, Side, landmark_index
from motion.pipeline_markers import analyse_markers
from motion.settings import AnalysisSettings

REAL = Path(__file__).resolve().parents[3] / "shared" / "validation" / "real"
C3D = REAL / "gait_c3d" / "PiG_Motion-FlatFoot-Full.c3d"
TRC = REAL / "gait_trc" / "subject01_walk.trc"
BODY_25 = REAL / "balance_4cam" / "markers_3d.trc"

pytestmark = [
    pytest.mark.validation,
    pytest.mark.skipif(not C3D.is_file(), reason="needs ../shared/validation/real"),
]


@pytest.fixture(scope="module", params=[C3D, TRC, BODY_25], ids=lambda path: path.name)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return analyse_markers(request.param, AnalysisSettings())


def heights(analysis: Analysis, name: str) -> Floats:
    room = analysis.recording.triangulated
    assert room is not None
    return np.asarray(room.position_m[:, landmark_index(name)] @ room.up)


def curve(analysis: Analysis, name: str) -> Floats:
    return next(each.value_deg for each in analysis.angles.curves if each.name == name)


def test_the_body_stands_upright(analysis: Analysis) -> None:
    order = ("foot_index", "ankle", "knee", "hip", "shoulder")
    for side in ("left", "right"):
        levels = [float(np.nanmedian(heights(analysis, f"{side}_{name}"))) for name in order]
        assert levels == sorted(levels)
        assert 0.0 < levels[0] < 0.15
        assert 0.7 < levels[3] < 1.05
        assert 1.2 < levels[4] < 1.6


def test_left_is_left_of_where_the_feet_point(analysis: Analysis) -> None:
    room = analysis.recording.triangulated
    assert room is not None
    hips, toes, heels = (
        [room.position_m[:, landmark_index(f"{side}_{name}")] for side in ("left", "right")]
        for name in ("hip", "foot_index", "heel")
    )
    forward = sum(toes) - sum(heels)
    left = np.cross(room.up, forward)
    ahead = np.sum((hips[0] - hips[1]) * left, axis=1) > 0

    assert np.mean(ahead[np.isfinite(hips[0][:, 0])]) > 0.95


def test_nobody_is_repaired_or_suspected(analysis: Analysis) -> None:
    assert analysis.sides.swapped_leg_frames == analysis.sides.swapped_arm_frames == 0
    assert analysis.sides.suspicion == ""


def test_labelled_events_lie_where_the_laboratory_says() -> None:
    found = read_markers(C3D)
    times = {
        (side, event): [
            round(e.time_s + found.origin_s, 2)
            for e in found.events
            if (e.side, e.event) == (side, event)
        ]
        for side in (Side.LEFT, Side.RIGHT)
        for event in (INITIAL_CONTACT, FOOT_OFF)
    }

    assert found.origin_s == pytest.approx(1.47)
    assert times == {
        (Side.LEFT, INITIAL_CONTACT): [2.02, 3.05, 4.05],
        (Side.RIGHT, INITIAL_CONTACT): [1.53, 2.54, 3.57, 4.59],
        (Side.LEFT, FOOT_OFF): [2.65, 3.66],
        (Side.RIGHT, FOOT_OFF): [2.12, 3.14, 4.17],
    }


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("angle", "label", "rmse_deg", "rmse_about_mean_deg"),
    [
        ("hip_flexion", "HipAngles", 6.0, 2.0),
        ("knee_flexion", "KneeAngles", 2.5, 1.5),
        ("ankle_dorsiflexion", "AnkleAngles", 5.0, 4.0),
    ],
)
def test_angles_against_plug_in_gait(
    side: str, angle: str, label: str, rmse_deg: float, rmse_about_mean_deg: float
) -> None:
    """Its hip is against the pelvis, ours against the trunk: the mean differs."""
    theirs = read_c3d_angles(C3D)[f"{side[0].upper()}{label}"][:, 0]
    difference = curve(analyse_markers(C3D, AnalysisSettings()), f"{side}_{angle}") - theirs

    assert np.isfinite(difference).all()
    assert np.sqrt(np.mean(difference**2)) < rmse_deg
    assert np.std(difference) < rmse_about_mean_deg


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("angle", "coordinate", "sign", "rmse_about_mean_deg"),
    [
        ("hip_flexion", "hip_flexion", 1.0, 5.0),
        ("knee_flexion", "knee_angle", -1.0, 5.0),
        ("ankle_dorsiflexion", "ankle_angle", 1.0, 4.0),
    ],
)
def test_angles_against_opensims_inverse_kinematics(
    side: str, angle: str, coordinate: str, sign: float, rmse_about_mean_deg: float
) -> None:
    theirs = sign * read_mot(TRC.with_name("subject01_walk_IK.mot"))[f"{coordinate}_{side[0]}"]
    ours = curve(analyse_markers(TRC, AnalysisSettings()), f"{side}_{angle}")

    assert np.std(ours - theirs) < rmse_about_mean_deg
    assert np.corrcoef(ours, theirs)[0, 1] > 0.85
