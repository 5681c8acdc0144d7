"""Landmarks are kept between runs, and only those of this video and this model."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from makers import make_recording
from validation_makers import MODEL, TIME_S, keep_landmarks
from video_makers import nobody_video

from motion.capture import hash_file
from motion.errors import SourceError
from motion.model import ModelInfo
from motion.pose import FakeEstimator
from motion.settings import AnalysisSettings
from motion.validation.landmarks import find_landmarks, rate_of

RECORDING = make_recording({"knee_flexion": 20.0}, TIME_S)
FAKE = FakeEstimator([]).model


@pytest.fixture
def video(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a video in which the estimator finds nobody: what was estimated is seen at once."""
    monkeypatch.setattr("motion.pipeline.MediaPipeEstimator", lambda _path: FakeEstimator([]))
    return nobody_video(tmp_path / "clip.mp4")


def test_what_is_kept_is_read(video: Path, tmp_path: Path) -> None:
    keep_landmarks(RECORDING, tmp_path / "kept", "clip")

    seen = find_landmarks(video, MODEL, tmp_path / "kept")

    np.testing.assert_array_equal(seen.recording.image_px, RECORDING.image_px)
    assert seen.model == ModelInfo(name=MODEL.name, sha256="")


def test_what_is_estimated_is_kept_with_its_model(video: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    first = find_landmarks(
        video, FAKE, tmp_path / "new" / "kept", lambda _stage, *n: told.append(n)
    )
    video_bytes_read = len(told)
    again = find_landmarks(
        video, FAKE, tmp_path / "new" / "kept", lambda _stage, *n: told.append(n)
    )

    assert first.model == again.model == FAKE
    assert len(first.recording) == len(again.recording) == 12
    assert len(told) == video_bytes_read == 12


@pytest.mark.parametrize(
    "also",
    [{"video_sha256": "0" * 64}, {"model": ("other", "2" * 64)}],
    ids=["of another video", "of another model"],
)
def test_what_is_of_something_else_is_estimated_anew(
    video: Path, tmp_path: Path, also: dict[str, object]
) -> None:
    keep_landmarks(RECORDING, tmp_path / "kept", "clip", **also)

    assert len(find_landmarks(video, FAKE, tmp_path / "kept").recording) == 12


def test_what_is_of_this_video_and_model_is_read(video: Path, tmp_path: Path) -> None:
    also = {"video_sha256": hash_file(video), "model": (FAKE.name, FAKE.sha256)}
    keep_landmarks(RECORDING, tmp_path / "kept", "clip", **also)

    seen = find_landmarks(video, FAKE, tmp_path / "kept")

    assert len(seen.recording) == len(TIME_S)
    assert seen.model == FAKE


def test_a_damaged_file_is_named(video: Path, tmp_path: Path) -> None:
    path = keep_landmarks(RECORDING, tmp_path, "clip")
    path.write_bytes(path.read_bytes()[:200])

    with pytest.raises(SourceError, match=r"clip\.npz: not a file of kept landmarks"):
        find_landmarks(video, FAKE, tmp_path)


def test_the_provenance_names_settings_and_rate(video: Path, tmp_path: Path) -> None:
    keep_landmarks(RECORDING, tmp_path / "kept", "clip")
    seen = find_landmarks(video, MODEL, tmp_path / "kept")

    made = seen.provenance(video, AnalysisSettings(movement="squat"))

    assert ("movement", "squat") in made.settings
    assert made.input.rate_hz == pytest.approx(30.0)
    assert made.input.frames == len(TIME_S)


def test_a_single_frame_has_no_rate() -> None:
    assert np.isnan(rate_of(replace(make_recording({}, (0.0,)))))
