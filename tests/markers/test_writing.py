"""What is written for OpenSim comes back as it was, in its names, axes and signs."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from makers import Floats, make_curve, make_recording
from marker_makers import LEFT, RATE_HZ, UP, walking_body

from motion.markers import read_markers, read_mot
from motion.markers.writing import format_mot, format_trc, place_in_plane, place_in_room
from motion.model import LANDMARKS, AngleTable, Scale, ScaleSource, Side, Triangulated

TIME_S, BODY = walking_body()
ROUNDED_M = 1e-6

# The origin itself is a missing marker by the format's custom.
METRES = st.one_of(st.floats(-50.0, -0.001), st.floats(0.001, 50.0), st.just(np.nan))


def room(position_m: Floats, up: Floats) -> Triangulated:
    n = len(position_m)
    return Triangulated(
        position_m=position_m,
        reprojection_px=np.full((n, 33), np.nan),
        confidence=np.ones((n, 33)),
        undecided=np.zeros(n, dtype=bool),
        up=up,
    )


@given(
    hnp.arrays(np.float64, (4, 33, 3), elements=METRES),
    st.floats(10.0, 500.0),
)
def test_landmarks_come_back(
    tmp_path_factory: pytest.TempPathFactory, position_m: Floats, rate_hz: float
) -> None:
    time_s = np.arange(4) / rate_hz
    path = tmp_path_factory.mktemp("trc") / "landmarks.trc"
    path.write_text(format_trc(time_s, position_m, rate_hz, path.name), encoding="utf-8")
    whole = np.isfinite(position_m).all(axis=2)
    if not whole.any():
        return
    found = read_markers(path)

    np.testing.assert_allclose(found.time_s, time_s, atol=2e-6)
    assert found.rate_hz == pytest.approx(rate_hz, rel=1e-5)
    assert found.names == tuple(n for n, seen in zip(LANDMARKS, whole.any(axis=0), strict=True)
                                if seen)  # fmt: skip
    back = dict(zip(found.names, np.moveaxis(found.position_m, 1, 0), strict=True))
    for at, name in enumerate(LANDMARKS):
        if name in back:
            wanted = np.where(whole[:, at, None], position_m[:, at], np.nan)
            np.testing.assert_allclose(back[name], wanted, atol=ROUNDED_M)


@given(hnp.arrays(np.float64, (5,), elements=st.one_of(st.floats(-170.0, 170.0),
                                                       st.just(np.nan))))  # fmt: skip
def test_angles_come_back_in_opensims_sign(
    tmp_path_factory: pytest.TempPathFactory, value_deg: Floats
) -> None:
    time_s = np.arange(5) / RATE_HZ
    names = ("knee_flexion", "hip_abduction", "hip_flexion", "ankle_dorsiflexion")
    curves = tuple(make_curve(value_deg, name, Side.LEFT) for name in names)
    path = tmp_path_factory.mktemp("mot") / "angles.mot"
    path.write_text(format_mot(AngleTable(time_s=time_s, curves=curves), "a"), encoding="utf-8")
    found = read_mot(path)

    assert found.in_degrees
    np.testing.assert_allclose(found.time_s, time_s)
    if np.isnan(value_deg).all():
        assert found.columns == ()
        return
    signs = {"knee_angle_l": -1, "hip_adduction_l": -1, "hip_flexion_l": 1, "ankle_angle_l": 1}
    assert set(found.columns) == set(signs)
    for column, sign in signs.items():
        np.testing.assert_allclose(found[column], sign * value_deg, atol=ROUNDED_M)


def test_sides_trunk_and_what_opensim_does_not_know() -> None:
    curves = (
        make_curve([10.0, 12.0], "knee_flexion", Side.RIGHT),
        make_curve([5.0, 5.0], "trunk_flexion", Side.NONE),
        make_curve([3.0, 3.0], "trunk_lateral_flexion", Side.NONE),
        make_curve([1.0, 1.0], "neck_lateral_flexion", Side.NONE),
    )
    text = format_mot(AngleTable(time_s=np.array([0.0, 0.01]), curves=curves), "angles")

    assert text.splitlines()[6:8] == [
        "time\tknee_angle_r\tpelvis_tilt\tpelvis_list",
        "0.000000\t-10.000000\t-5.000000\t3.000000",
    ]


def test_the_head_counts_rows_and_columns() -> None:
    curves = (make_curve([10.0, 12.0], "knee_flexion", Side.RIGHT),)
    text = format_mot(AngleTable(time_s=np.array([0.0, 0.01]), curves=curves), "angles")

    assert text.splitlines()[:6] == [
        "angles", "version=1", "nRows=2", "nColumns=2", "inDegrees=yes", "endheader",
    ]  # fmt: skip


@pytest.mark.parametrize("axes", [np.eye(3), np.array([[0.0, 1, 0], [0, 0, 1], [1, 0, 0]])])
def test_the_room_is_turned_to_forward_up_right(axes: Floats) -> None:
    """In OpenSim x is the way of walking, y up, z to the right, wherever the room has them."""
    found = place_in_room(room(BODY @ axes.T, UP @ axes.T))
    hips = {side: found[:, LANDMARKS.index(f"{side}_hip")] for side in ("left", "right")}

    np.testing.assert_allclose(found[..., 1], BODY[..., 2], atol=1e-9)
    np.testing.assert_allclose(found[..., 2], -BODY @ LEFT, atol=1e-9)
    np.testing.assert_allclose(np.diff(hips["left"][[0, -1], 0]), TIME_S[-1], atol=1e-9)
    assert (hips["right"][:, 2] > hips["left"][:, 2]).all()


def test_one_camera_lies_in_a_plane_at_its_scale() -> None:
    recording = make_recording({}, [0.0, 0.1], scale_px=250.0)
    scale = Scale(m_per_unit=1.0 / 250.0, source=ScaleSource.HEIGHT, relative_sd=0.02)
    found = place_in_plane(recording, scale)
    hip, knee = (found[0, LANDMARKS.index(f"left_{name}")] for name in ("hip", "knee"))
    pixels = recording.image_px[0, LANDMARKS.index("left_hip")]

    assert (found[..., 2] == 0.0).all()
    np.testing.assert_allclose(hip[:2], [pixels[0] / 250.0, (480.0 - pixels[1]) / 250.0])
    assert hip[1] > knee[1]


def test_without_a_scale_one_camera_has_no_place() -> None:
    assert np.isnan(place_in_plane(make_recording({}, [0.0]), Scale())).all()


def test_a_file_is_the_same_each_time(tmp_path: Path) -> None:
    texts = {format_trc(TIME_S, BODY, RATE_HZ, "landmarks.trc") for _ in range(2)}
    path = tmp_path / "landmarks.trc"
    path.write_text(texts.pop(), encoding="utf-8")

    assert not texts
    np.testing.assert_allclose(read_markers(path).position_m, BODY, atol=ROUNDED_M)
