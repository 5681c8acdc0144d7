import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from clinic_makers import make_nobody

from dashboard import analysing, uploads
from dashboard.analysing import Request, answer_request, store_other_side
from motion.clinic import (
    PatientDetails,
    add_patient,
    list_edits,
    list_takes,
    load_take,
    open_record,
)
from motion.errors import ModelError, MotionError, SourceError
from motion.model import Side
from motion.paths import reference_dir
from motion.pipeline import analyse_video
from motion.pose import FramePose, MediaPipeEstimator
from motion.pose.assets import find_model
from motion.pose.fake import FakeEstimator
from motion.settings import AnalysisSettings


def quiet(stage: str, done: int, total: int) -> None:
    pass


def request(source, **changes) -> Request:
    return Request(
        **(
            {"source": source, "settings": AnalysisSettings(movement="squat"), "patient": "P-1"}
            | changes
        )
    )


@pytest.fixture
def temp_folder(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_stores_a_recording_under_a_new_patient(analyser, recording_file):
    answer = answer_request(request(recording_file), quiet)
    with open_record() as record:
        take = load_take(record, answer.take_id)
    assert (take.patient_code, take.analysis.movement) == ("P-1", "squat")
    assert take.annotated_digest is None


def test_the_same_recording_is_not_measured_twice(analyser, recording_file):
    first = answer_request(request(recording_file), quiet)
    second = answer_request(request(recording_file), quiet)
    assert second.stored_already
    assert (second.take_id, analyser.asked) == (first.take_id, 1)


def test_measured_again_it_is_another_analysis_of_the_same_take(analyser, recording_file):
    first = answer_request(request(recording_file), quiet)
    with open_record() as record:
        before = load_take(record, first.take_id).analysis_id
    again = answer_request(request(recording_file, again=True), quiet)
    with open_record() as record:
        assert len(list_takes(record, "P-1")) == 1
        assert load_take(record, first.take_id).analysis_id != before
    assert again.take_id == first.take_id


def test_measured_again_for_the_other_side_it_stays_one_take(analyser, recording_file):
    first = answer_request(request(recording_file), quiet)
    sides = AnalysisSettings(movement="squat", side=Side.LEFT)
    asked = answer_request(request(recording_file, settings=sides), quiet)
    assert (asked.stored_already, asked.take_id) == (True, first.take_id)
    answer_request(request(recording_file, settings=sides, again=True), quiet)
    with open_record() as record:
        (take,) = list_takes(record, "P-1")
    assert (take.id, take.side) == (first.take_id, Side.LEFT)


def test_the_side_that_moved_is_an_analysis_of_a_stored_take(analyser, recording_file, monkeypatch):
    monkeypatch.setattr(
        analysing, "measure_again", lambda found, settings: replace(found, side=settings.side)
    )
    first = answer_request(request(recording_file), quiet)
    sides = AnalysisSettings(movement="squat", side=Side.RIGHT)
    answer = answer_request(request(recording_file, settings=sides, again=True), quiet)
    assert store_other_side(answer) == store_other_side(answer) == first.take_id
    with open_record() as record:
        (take,) = list_takes(record, "P-1")
        edits = [e for e in list_edits(record, take.id) if e.field == "analysis"]
    assert take.side is Side.LEFT
    assert [edit.reason for edit in edits] == ["measured for the left side"]


def test_what_is_never_measured_in_a_patient_is_withheld(analyser, recording_file):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", withheld_joints=("left_knee",)))
    answer_request(request(recording_file), quiet)
    assert analyser.withheld == ("left_knee",)
    answer_request(request(recording_file, patient="P-new"), quiet)
    assert analyser.withheld == ()


def test_an_upload_is_copied_without_its_name_and_removed(analyser, temp_folder):
    answer_request(request(io.BytesIO(b"film"), suffix=".mov"), quiet)
    assert analyser.seen[0].name == "recording.mov"
    assert list(temp_folder.iterdir()) == []


def test_an_upload_is_removed_when_measuring_fails(analyser, temp_folder):
    analyser.error = SourceError("cannot be read")
    with pytest.raises(SourceError):
        answer_request(request(io.BytesIO(b"film"), suffix=".mp4"), quiet)
    assert list(temp_folder.iterdir()) == []


def test_an_upload_is_private(temp_folder):
    with uploads.local_copy(io.BytesIO(b"film"), ".mp4") as path:
        assert path.read_bytes() == b"film"
        assert path.parent.stat().st_mode & 0o077 == 0


def test_old_left_overs_are_swept(temp_folder):
    import os

    old, new = temp_folder / "physio-motion-a", temp_folder / "physio-motion-b"
    old.mkdir()
    new.mkdir()
    os.utime(old, (0, 0))
    uploads.sweep_leftovers()
    assert list(temp_folder.iterdir()) == [new]


@pytest.mark.parametrize("name", ["missing.mp4", "."])
def test_a_path_that_is_no_file_is_said_in_one_line(analyser, tmp_path, name):
    with pytest.raises(MotionError) as caught:
        answer_request(request(tmp_path / name), quiet)
    assert "\n" not in str(caught.value)


def test_another_side_is_not_stored_but_asked_about(analyser, recording_file, monkeypatch):
    monkeypatch.setattr(
        analysing,
        "measure_again",
        lambda analysis, settings: replace(
            analyser.analysis,
            side=settings.side,
            provenance=analysis.provenance,
            movement="squat",
        ),
    )
    settings = AnalysisSettings(movement="squat", side=Side.RIGHT)
    answer = answer_request(request(recording_file, settings=settings), quiet)
    assert "left side was to the camera" in answer.conflict
    assert answer.take_id is None
    take_id = store_other_side(answer)
    with open_record() as record:
        assert load_take(record, take_id).analysis.side is Side.LEFT
    assert store_other_side(answer) == take_id


def test_nobody_is_stored_as_such(analyser, recording_file):
    analyser.analysis = make_nobody()
    answer = answer_request(request(recording_file), quiet)
    with open_record() as record:
        assert not list_takes(record, "P-1")[0].person_found
    assert answer.take_id is not None


class Remembering(MediaPipeEstimator):
    """Keeps the bodies it found, so that a second pass need not look for them again."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[FramePose | None] = []

    def estimate(self, image_rgb, time_s, follower=0):
        self.bodies.append(super().estimate(image_rgb, time_s, follower))
        return self.bodies[-1]


@pytest.mark.model
def test_the_other_side_is_measured_as_if_it_had_been_planned():
    try:
        find_model()
    except ModelError as error:
        pytest.skip(str(error))
    film: Path = reference_dir() / "samples" / "squat.mp4"
    planned = AnalysisSettings(movement="squat", side=Side.LEFT)
    wrong = replace(planned, side=Side.RIGHT)
    remembered = Remembering()
    first = analyse_video(film, wrong, estimator=remembered)
    played = FakeEstimator(remembered.bodies, first.provenance.model)
    right = analyse_video(film, planned, estimator=played)
    other = analysing._measure_other(first, wrong)
    assert [m.value for m in other.measurements] == pytest.approx(
        [m.value for m in right.measurements], nan_ok=True, abs=0.05
    )
    assert len(other.repetitions) == len(right.repetitions) == 3
    assert np.array_equal(other.recording.filled, right.recording.filled)
    assert dict(other.provenance.settings) == dict(right.provenance.settings)
