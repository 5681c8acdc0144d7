"""The picture that landmarks are placed on, out of a kept video."""

from dataclasses import replace

import pytest

from dashboard.components.correction_picture import picture_at
from motion.capture import Video, hash_file
from motion.clinic import ensure_patient, open_record, store_analysis
from motion.paths import reference_dir

SQUAT = reference_dir() / "samples" / "squat.mp4"


@pytest.fixture
def kept(made):
    """A take whose video was kept, with the video's own rate."""
    with Video(SQUAT) as video:
        rate_hz = video.rate_hz or 30.0
    file = replace(made.provenance.input, sha256=hash_file(SQUAT), rate_hz=rate_hz)
    analysis = replace(made, provenance=replace(made.provenance, input=file))
    with open_record() as record:
        ensure_patient(record, "P-1")
        return store_analysis(record, analysis, "P-1", source=SQUAT)


def test_a_moment_of_a_kept_video_has_its_picture(kept):
    picture = picture_at(kept, 1.0)
    assert picture is not None
    assert picture.of_source
    assert picture.image.startswith("data:image/jpeg;base64,")
    other = picture_at(kept, 2.0)
    assert other is not None
    assert other.image != picture.image


def test_beyond_the_end_there_is_no_picture_rather_than_a_wrong_one(kept):
    assert picture_at(kept, 500.0) is None


def test_without_a_video_there_is_none(store):
    assert picture_at(store(), 1.0) is None
