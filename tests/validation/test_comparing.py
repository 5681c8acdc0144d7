"""A clip against its truth: exact figures of synthetic bodies."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from makers import CAMERA_IN_FRONT, CAMERA_RIGHT, hide
from validation_makers import ABOUT, HIP_DEG, KNEE_DEG, TIME_S, make_clip, make_truth, see

from motion.errors import InputError
from motion.model import Position, Side
from motion.validation.clips import KnownClip
from motion.validation.comparing import Compared, compare_clip
from motion.validation.landmarks import SeenVideo
from motion.validation.ways import PRODUCT, WAYS, settings_for

PLAIN = WAYS[1].name
EVERY = {"knee_flexion": KNEE_DEG, "hip_flexion": HIP_DEG}


def compare(clip: KnownClip, seen: SeenVideo, way: str = PLAIN) -> dict[str, Compared]:
    found = compare_clip(clip, seen, WAYS)
    return {f"{c.row['side']} {c.row['angle']}": c for c in found if c.row["way"] == way}


def row_of(found: dict[str, Compared], name: str) -> dict[str, Any]:
    return found[name].row


def test_a_constant_error_is_bias_and_nothing_else() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG - 4.0, left_hip_flexion=HIP_DEG)

    row = row_of(compare(make_clip(truth), see(EVERY)), "left knee_flexion")

    expected = {
        "n": len(TIME_S), "frames_n": len(TIME_S), "detection_rate": 1.0, "bias_deg": 4.0,
        "mae_deg": 4.0, "rmse_deg": 4.0, "sd_deg": 0.0, "loa_low_deg": 4.0, "loa_high_deg": 4.0,
        "max_error_deg": 4.0, "min_error_deg": 4.0, "rom_error_deg": 0.0, "true_range_deg": 80.0,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == pytest.approx(expected, abs=0.05)
    assert row["moving"]
    assert row["limb"] == "near"


def test_repetitions_and_their_peaks_are_held_against_the_truth() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG - 4.0)

    row = row_of(compare(make_clip(truth), see(EVERY)), "left knee_flexion")

    assert (row["repetitions_true"], row["repetition_count_error"]) == (3, 0)
    assert row["peaks_n"] == 3
    assert row["peak_bias_deg"] == pytest.approx(4.0, abs=0.2)


def test_a_missing_repetition_is_an_error_of_the_count() -> None:
    still_deg = np.where(TIME_S > 6.0, 5.0, KNEE_DEG)
    truth = make_truth(left_knee_flexion=KNEE_DEG)

    row = row_of(compare(make_clip(truth), see({"knee_flexion": still_deg})), "left knee_flexion")

    assert row["repetition_count_error"] == -1


def test_an_angle_that_nobody_counts_on_has_no_count() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG, left_hip_flexion=HIP_DEG)

    row = row_of(compare(make_clip(truth), see(EVERY)), "left hip_flexion")

    assert np.isnan(row["repetition_count_error"])


def test_an_ankle_is_compared_from_its_own_median() -> None:
    ankle_deg = HIP_DEG / 4.0
    seen = see({"knee_flexion": KNEE_DEG, "ankle_dorsiflexion": ankle_deg + 11.0})

    truth = make_truth(left_ankle_dorsiflexion=ankle_deg)
    row = row_of(compare(make_clip(truth), seen), "left ankle_dorsiflexion")

    assert row["mae_deg"] == pytest.approx(0.0, abs=0.05)


def test_an_error_of_the_ankle_beyond_its_zero_stays() -> None:
    ankle_deg = HIP_DEG / 4.0
    truth = make_truth(left_ankle_dorsiflexion=2.0 * ankle_deg)
    seen = see({"knee_flexion": KNEE_DEG, "ankle_dorsiflexion": ankle_deg})

    row = row_of(compare(make_clip(truth), seen), "left ankle_dorsiflexion")

    assert row["rom_error_deg"] == pytest.approx(-np.ptp(ankle_deg), abs=0.1)


def test_an_angle_that_stays_is_told_apart() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG, left_elbow_flexion=np.full(len(TIME_S), 8.0))

    seen = see({**EVERY, "elbow_flexion": 10.0})
    row = row_of(compare(make_clip(truth), seen), "left elbow_flexion")

    assert not row["moving"]
    assert row["bias_deg"] == pytest.approx(2.0, abs=0.05)


def test_the_far_limb_is_there_with_nothing_given() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG, right_knee_flexion=KNEE_DEG)

    row = row_of(compare(make_clip(truth), see(EVERY)), "right knee_flexion")

    assert (row["limb"], row["n"], row["detection_rate"]) == ("far", 0, 0.0)
    assert np.isnan(row["mae_deg"])


def test_the_near_limb_is_that_of_the_true_camera() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG, right_knee_flexion=KNEE_DEG)
    about = {**ABOUT, "motion": "knee_flex_r", "azimuth_deg": -90.0, "nominal_azimuth_deg": -90.0}

    found = compare(make_clip(truth, about), see(EVERY, CAMERA_RIGHT))

    assert row_of(found, "right knee_flexion")["limb"] == "near"
    assert row_of(found, "right knee_flexion")["n"] == len(TIME_S)


def test_frames_without_anybody_lower_the_share_given() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG)
    seen = see(EVERY)
    half = replace(seen, recording=hide(seen.recording, slice(0, 150)))

    row = row_of(compare(make_clip(truth), half), "left knee_flexion")

    assert row["detection_rate"] == pytest.approx(151 / 301, abs=0.01)
    assert row["n"] == round(row["detection_rate"] * 301)


def test_angles_of_a_plane_that_the_clip_is_not_made_for_are_left_out() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG, left_shoulder_abduction=KNEE_DEG)
    about = {**ABOUT, "motion": "shoulder_abd_l", "azimuth_deg": 0.0, "nominal_azimuth_deg": 0.0}
    seen = see({"left_shoulder_abduction": KNEE_DEG}, CAMERA_IN_FRONT)

    found = compare(make_clip(truth, about), seen)

    assert set(found) == {"left shoulder_abduction"}
    assert row_of(found, "left shoulder_abduction")["limb"] == ""


def test_a_side_bend_has_our_sign() -> None:
    bend_deg = HIP_DEG / 3.0
    about = {**ABOUT, "motion": "trunk_lean", "azimuth_deg": 0.0, "nominal_azimuth_deg": 0.0}
    clip = make_clip(make_truth(trunk_lateral_lean_left=-bend_deg), about)

    seen = see({"trunk_lateral_flexion": bend_deg}, CAMERA_IN_FRONT)
    row = row_of(compare(clip, seen), "none trunk_lateral_flexion")

    assert row["mae_deg"] == pytest.approx(0.0, abs=0.05)


def test_every_way_is_measured_from_the_same_landmarks() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG)

    ways = {c.row["way"] for c in compare_clip(make_clip(truth), see(EVERY), WAYS)}

    assert ways == {way.name for way in WAYS}
    assert len(ways) == 2


def test_another_number_of_frames_is_refused() -> None:
    short = make_truth(left_knee_flexion=KNEE_DEG).iloc[:-2]

    with pytest.raises(InputError, match=r"clip\.mp4: 301 frames for 299 rows"):
        list(compare_clip(make_clip(short), see(EVERY), WAYS))


def test_a_movement_is_named_where_the_motion_says_it() -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG)
    said = {**ABOUT, "motion": "squat", "side": "left", "position": "sitting"}

    known = settings_for(make_clip(truth))
    squat = settings_for(make_clip(truth, said))
    free = settings_for(make_clip(truth, {**ABOUT, "motion": "hopping"}))

    assert (known.movement, known.side) == ("heel_curl", Side.LEFT)
    assert known.conditions.position is Position.STANDING
    assert (squat.movement, squat.side) == ("squat", Side.LEFT)
    assert squat.conditions.position is Position.SITTING
    assert (free.movement, free.side) == ("", None)
    assert free.conditions.position is Position.UNKNOWN


@pytest.mark.parametrize(
    ("key", "said"), [("side", "side must be one of left, right"), ("position", "position must be")]
)
def test_a_word_that_is_not_known_is_refused(key: str, said: str) -> None:
    clip = make_clip(make_truth(left_knee_flexion=KNEE_DEG), {**ABOUT, key: "upwards"})

    with pytest.raises(InputError, match=said):
        settings_for(clip)


def test_the_product_filters_and_the_plain_landmarks_do_not() -> None:
    noise_deg = np.where(np.arange(len(TIME_S)) % 2, 2.0, -2.0)
    truth = make_truth(left_knee_flexion=KNEE_DEG)
    seen = see({"knee_flexion": KNEE_DEG + noise_deg})

    mae = {
        way: row_of(compare(make_clip(truth), seen, way), "left knee_flexion")["mae_deg"]
        for way in (PRODUCT, PLAIN)
    }

    assert mae[PLAIN] == pytest.approx(2.0, abs=0.05)
    assert mae[PRODUCT] < 0.5
