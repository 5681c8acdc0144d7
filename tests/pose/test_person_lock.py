"""One person is measured and nobody else: recordings with bystanders, and composed pictures."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
from pose import composed
from pose.composed import SYNTHETIC, Composed
from pose.person_truth import RECORDINGS, match_box, match_truth, read_boxes
from video_makers import read_pictures

from motion.errors import ModelError
from motion.model import Analysis, PoseRecording
from motion.pipeline import analyse_video
from motion.pose import MediaPipeEstimator, PersonChoice, PersonLock, PoseRecorder, find_model
from motion.settings import AnalysisSettings

pytestmark = [
    pytest.mark.model,
    pytest.mark.validation,
    pytest.mark.skipif(not SYNTHETIC.is_dir(), reason=f"{SYNTHETIC} is not there"),
]


@pytest.fixture(scope="module", autouse=True)
def installed_model() -> None:
    try:
        find_model(None)
    except ModelError as error:
        pytest.skip(f"the pose model is not installed ({error})")


@pytest.fixture(scope="module", autouse=True)
def forget_cutouts() -> Iterator[None]:
    """Give back the people that were cut out: they take more than a gigabyte."""
    yield
    composed.cutouts.cache_clear()


def analyse(path: Path, person: str = "largest") -> Analysis:
    return analyse_video(path, AnalysisSettings(person=person))


def follow_live(path: Path, fps: float, choice: PersonChoice) -> PoseRecording:
    """Return what the lock gives frame by frame."""
    estimator = MediaPipeEstimator()
    lock, recorder = PersonLock(estimator, choice), PoseRecorder()
    size = (1, 1)
    for k, picture in enumerate(read_pictures(path)):
        image = np.ascontiguousarray(picture)
        size = (image.shape[1], image.shape[0])
        recorder.add(k / fps, lock.update(image, k / fps))
    estimator.close()
    return recorder.finish(*size)


@pytest.mark.parametrize("clip", sorted(RECORDINGS))
def test_the_subject_of_a_recording_with_bystanders(clip: str) -> None:
    verdict = match_box(analyse(RECORDINGS[clip]).recording, read_boxes(clip))
    assert verdict.others == 0, verdict.other_frames
    assert verdict.kept_share >= 0.95, verdict.missed_frames


IN_FRONT, COMES_IN = "a walker passes in front", "somebody comes in"
CLIPS: dict[str, tuple[Callable[..., Composed], str, float]] = {
    "side by side": (composed.side_by_side, "left", 0.95),
    IN_FRONT: (composed.walker_in_front, "left", 0.95),
    "somebody alike passes in front": (
        partial(composed.walker_in_front, walker="walk_treadmill"), "left", 0.95,
    ),
    "a walker passes behind": (composed.walker_behind, "largest", 0.95),
    # Nothing but their courses tells two people in like clothes apart: 0.9 s are left out.
    "somebody alike passes behind a squat": (
        partial(composed.walker_behind, patient="squat"), "largest", 0.85,
    ),
    "two walkers cross": (composed.two_walkers, "largest", 0.95),
    COMES_IN: (composed.somebody_enters, "left", 0.95),
}  # fmt: skip


@pytest.fixture(scope="module")
def clip_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Composed]:
    """Compose a clip when it is first asked for: that takes longer than finding people in it."""
    folder = tmp_path_factory.mktemp("composed")

    @cache
    def make(name: str) -> Composed:
        return CLIPS[name][0](folder / f"{name}.mp4")

    return make


@pytest.mark.parametrize("name", list(CLIPS))
def test_the_subject_of_two_in_one_picture(name: str, clip_of: Callable[[str], Composed]) -> None:
    _, person, share = CLIPS[name]
    clip = clip_of(name)
    analysis = analyse(clip.path, person)
    verdict = match_truth(analysis.recording, clip)
    assert verdict.others == 0, verdict.other_frames
    assert verdict.strays == 0
    assert verdict.kept_share >= share, verdict.missed_frames
    assert analysis.person.other_people >= 1
    assert any("in view in" in warning for warning in analysis.warnings)


def test_a_helpers_arm_over_the_limb(tmp_path: Path) -> None:
    clip = composed.helper_behind(tmp_path / "clip.mp4", count=120)
    verdict = match_truth(analyse(clip.path).recording, clip)
    assert verdict.others == 0
    assert verdict.checked >= 0.95 * 120


def test_who_comes_in_is_found_back_to_the_edge(clip_of: Callable[[str], Composed]) -> None:
    """The look is at intervals; what came in between is followed back."""
    clip = clip_of(COMES_IN)
    recording = analyse(clip.path, "right").recording
    entering = clip.people[1]
    verdict = match_truth(recording, clip, entering.name)
    assert verdict.others == 0
    assert verdict.kept_share >= 0.95, verdict.missed_frames


def test_a_helper_who_hides_the_patient_is_said(tmp_path: Path) -> None:
    """Of two who stand one before the other the model finds the nearer: that is at least said."""
    clip = composed.helper_in_front(tmp_path / "clip.mp4")
    analysis = analyse(clip.path)
    assert analysis.person.unfollowed_looks + analysis.person.other_people >= 1
    assert any("Somebody else seems to be close" in text for text in analysis.warnings)


def test_live_the_same_person_is_kept(clip_of: Callable[[str], Composed]) -> None:
    clip = clip_of(IN_FRONT)
    verdict = match_truth(follow_live(clip.path, clip.fps, PersonChoice()), clip)
    assert verdict.others == 0, verdict.other_frames
    assert verdict.kept_share >= 0.75  # the first second goes by before anybody is chosen
    after = [frame for frame in verdict.missed_frames if frame > clip.fps + 1]
    assert len(after) <= 0.05 * verdict.whole
