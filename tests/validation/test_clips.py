"""Recordings with known answers: what is read, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from validation_makers import ABOUT, KNEE_DEG, make_clip, make_truth, write_clip

from motion.errors import InputError
from motion.validation.clips import find_clips, load_clip


def test_a_truth_under_another_name_takes_our_sign() -> None:
    clip = make_clip(make_truth(trunk_lateral_lean_left=KNEE_DEG, trunk_forward_lean=KNEE_DEG))

    np.testing.assert_array_equal(clip.truth_of("trunk_lateral_flexion"), -KNEE_DEG)
    np.testing.assert_array_equal(clip.truth_of("trunk_flexion"), KNEE_DEG)
    assert clip.truth_of("left_knee_flexion") is None


def test_clips_are_found_below_a_folder_where_they_have_a_truth(tmp_path: Path) -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG)
    inner = write_clip(tmp_path / "a" / "b", "inner", truth)
    outer = write_clip(tmp_path, "outer", truth)
    write_clip(tmp_path, "unknown", None)

    assert list(find_clips(tmp_path)) == [inner, outer]


def test_what_a_clip_says_of_itself(tmp_path: Path) -> None:
    about = {**ABOUT, "azimuth_deg": 270, "nominal_azimuth_deg": -105, "subject": "m_heavy"}
    video = write_clip(tmp_path, "clip", make_truth(left_knee_flexion=KNEE_DEG), about)

    clip = load_clip(video)

    assert clip.azimuth_deg == -90.0
    assert clip.yaw_deg == pytest.approx(15.0)
    assert clip.held_out
    assert not make_clip(clip.truth).held_out
    assert make_clip(clip.truth, {**ABOUT, "held_out": True}).held_out
    assert clip.made_with == {
        "motion": "knee_flex_l", "subject": "m_heavy", "skin": "light", "light": "normal",
    }  # fmt: skip


def test_without_a_json_its_name_is_its_motion(tmp_path: Path) -> None:
    clip = load_clip(write_clip(tmp_path, "squat", make_truth(left_knee_flexion=KNEE_DEG), None))

    assert clip.motion == "squat"
    assert np.isnan(clip.azimuth_deg)
    assert clip.made_with == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "not readable as a table"),
        ("time_s,left_knee\n0,1\n", "expected a column such as left_knee_flexion"),
        ("time_s,left_knee_flexion\n", "got 0 rows"),
        ("time_s,left_knee_flexion\n0,five\n", "left_knee_flexion must be degrees in every row"),
        ("time_s,left_knee_flexion\n0,5\n1,\n", "left_knee_flexion must be degrees in every row"),
    ],
)
def test_a_broken_truth_is_refused_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    video = write_clip(tmp_path, "clip", None)
    video.with_suffix(".csv").write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=said) as caught:
        load_clip(video)

    assert str(video.with_suffix(".csv")) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"azimuth_deg": "left"})])
def test_a_broken_json_is_refused(tmp_path: Path, content: str) -> None:
    video = write_clip(tmp_path, "clip", make_truth(left_knee_flexion=KNEE_DEG))
    video.with_suffix(".json").write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=r"clip\.json: expected an object"):
        load_clip(video)


def test_a_truth_may_hold_other_columns(tmp_path: Path) -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG, remark=["-"] * len(KNEE_DEG))

    assert isinstance(load_clip(write_clip(tmp_path, "clip", truth)).truth, pd.DataFrame)
