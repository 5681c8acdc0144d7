"""C3D files, written by ezc3d itself with known places, times and labels."""

import struct
from pathlib import Path

import numpy as np
import pytest
from marker_makers import LEFT, RATE_HZ, UP, walking_body, write_c3d

from motion.errors import SourceError
from motion.markers import read_markers
from motion.markers.c3d import read_c3d_angles
from motion.model import FOOT_OFF, INITIAL_CONTACT, Side

N = 50
MARKERS = {
    "LHEE": np.linspace([0.1, 0.2, 0.3], [1.1, 0.2, 0.3], N),
    "Anna:RHEE": np.linspace([0.0, -0.2, 0.1], [0.5, -0.2, 0.4], N),
}


@pytest.mark.parametrize("unit", ["mm", "cm", "m"])
def test_places_are_metres_whatever_the_unit(tmp_path: Path, unit: str) -> None:
    found = read_markers(write_c3d(tmp_path / "a.C3D", MARKERS, unit=unit))

    assert found.names == tuple(MARKERS)
    assert found.rate_hz == RATE_HZ
    assert found.warnings == ()
    np.testing.assert_allclose(found.time_s, np.arange(N) / RATE_HZ)
    for at, place in enumerate(MARKERS.values()):
        np.testing.assert_allclose(found.position_m[:, at], place, atol=1e-6)


def test_another_unit_is_refused(tmp_path: Path) -> None:
    path = write_c3d(tmp_path / "a.c3d", MARKERS, unit="inch")

    with pytest.raises(SourceError, match=r"a\.c3d: the unit .* mm, cm, m, got 'inch'"):
        read_markers(path)


def test_a_marker_without_residual_or_at_the_origin_is_missing(tmp_path: Path) -> None:
    places = {name: np.array(place) for name, place in MARKERS.items()}
    places["LHEE"][3] = np.nan
    places["Anna:RHEE"][7] = 0.0
    found = read_markers(write_c3d(tmp_path / "a.c3d", places))

    missing = np.argwhere(np.isnan(found.position_m).all(axis=2))
    assert missing.tolist() == [[3, 0], [7, 1]]


def test_events_count_from_the_first_frame_and_the_trials_clock_is_kept(tmp_path: Path) -> None:
    events = [
        (0.0, 2.12, "Right", "Foot Off"),
        (0.0, 2.02, "Left", "Foot Strike"),
        (1.0, 0.5, "General", "Event"),
    ]
    found = read_markers(write_c3d(tmp_path / "a.c3d", MARKERS, first_frame=147, events=events))

    assert found.origin_s == pytest.approx(1.47)
    assert [e.side for e in found.events] == [Side.LEFT, Side.RIGHT, Side.NONE]
    assert [e.event for e in found.events] == [INITIAL_CONTACT, FOOT_OFF, ""]
    times_s = [e.time_s + found.origin_s for e in found.events]
    assert times_s == pytest.approx([2.02, 2.12, 60.5], abs=1e-5)


@pytest.mark.parametrize(
    ("word", "up"), [("+Z", [0, 0, 1]), ("-Y", [0, -1, 0]), ("X", [1, 0, 0]), ("?", None)]
)
def test_the_screens_vertical_is_up(tmp_path: Path, word: str, up: list[float] | None) -> None:
    found = read_markers(write_c3d(tmp_path / "a.c3d", MARKERS, y_screen=word))

    assert (found.up is None) if up is None else (found.up == up).all()


def test_a_file_that_does_not_say_up_says_none(tmp_path: Path) -> None:
    assert read_markers(write_c3d(tmp_path / "a.c3d", MARKERS, y_screen="")).up is None


def test_a_models_angles_are_no_markers(tmp_path: Path) -> None:
    angles = {"LKneeAngles": np.linspace([5.0, 0.0, 1.0], [60.0, 2.0, 3.0], N)}
    path = write_c3d(tmp_path / "a.c3d", MARKERS, angles=angles)

    assert read_markers(path).names == tuple(MARKERS)
    found = read_c3d_angles(path)["LKneeAngles"]
    np.testing.assert_allclose(found, angles["LKneeAngles"], rtol=1e-6)


def test_widths_of_joints_are_read(tmp_path: Path) -> None:
    said = {"LKneeWidth": 105.0, "RAnkleWidth": 55.0, "LAnkleWidth": 0.0}
    found = read_markers(write_c3d(tmp_path / "a.c3d", MARKERS, processing=said))

    assert found.widths_m == pytest.approx({"left_knee": 0.105, "right_ankle": 0.055})


def test_a_file_cut_in_its_frames_gives_those_it_has_and_says_so(tmp_path: Path) -> None:
    path = write_c3d(tmp_path / "a.c3d", MARKERS)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 16 * len(MARKERS) * 20])
    found = read_markers(path)

    assert 0 < len(found) < N
    assert found.warnings == (f"The file ends early: {len(found)} of its {N} frames were read.",)
    np.testing.assert_allclose(found.position_m[:, 0], MARKERS["LHEE"][: len(found)], atol=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.5, 0.9, 1.0])
def test_a_file_cut_before_its_frames_is_refused_in_one_line(tmp_path: Path, share: float) -> None:
    """Cut within its parameters ezc3d would take the program down."""
    path = write_c3d(tmp_path / "a.c3d", MARKERS)
    whole = path.read_bytes()
    (first_block,) = struct.unpack_from("<H", whole, 16)  # of the frames, counted from 1
    path.write_bytes(whole[: int(share * 512 * (first_block - 1))])

    with pytest.raises(SourceError, match=r"a\.c3d: .*; export the trial again") as caught:
        read_markers(path)
    assert "\n" not in str(caught.value)


def test_damaged_parameters_are_refused(tmp_path: Path) -> None:
    path = write_c3d(tmp_path / "a.c3d", MARKERS)
    damaged = bytearray(path.read_bytes())
    damaged[512 + 4 + 2 + 5 + 1] = 0x7F  # how far it is to the second record: beyond the section
    path.write_bytes(damaged)

    with pytest.raises(SourceError, match="its parameters are damaged"):
        read_markers(path)


def test_text_named_c3d_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.c3d"
    path.write_text("no such thing\n" * 500, encoding="utf-8")

    with pytest.raises(SourceError, match="not a whole C3D file, it does not begin as one does"):
        read_markers(path)


def test_no_markers_but_angles_is_refused(tmp_path: Path) -> None:
    path = write_c3d(tmp_path / "a.c3d", {}, angles={"LKneeAngles": MARKERS["LHEE"]})

    with pytest.raises(SourceError, match="no markers; export the trial with its trajectories"):
        read_markers(path)


@pytest.mark.parametrize("name", ["none.c3d", "none.trc"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=rf"{name}: cannot be read \(No such file"):
        read_markers(tmp_path / name)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"walk\.mp4: not a marker file; expected one of \.c3d"):
        read_markers(tmp_path / "walk.mp4")


def test_a_whole_body_comes_back_as_it_was(tmp_path: Path) -> None:
    time_s, body = walking_body()
    markers = {f"M{at}": body[:, at] for at in range(body.shape[1])}
    found = read_markers(write_c3d(tmp_path / "a.c3d", markers))

    assert len(found) == len(time_s)
    assert found.up is not None
    assert np.cross(found.up, [1.0, 0.0, 0.0]) @ LEFT == 1.0
    assert found.up @ UP == 1.0
    np.testing.assert_allclose(found.position_m, body, atol=1e-6)
