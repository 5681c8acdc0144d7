"""The coach on the real recordings with repetitions, against the offline counter and what is known.

    python benchmarks/coach_real.py

- ``real/squats_blazepose``: 2 whole squats and one that the recording cuts off, by Google's own
  landmarks of the same frames. The pictures go through the whole live path.
- ``real/keraal``: landmarks without a picture, played back on empty ones. What is known is the
  height of the hands over the hips by Vicon: a hand that goes up and comes back is a repetition of
  that arm. In ELK the recording is mirrored, so its left arm is Vicon's right.
"""

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from clips import SHARED
from coach_truth import MANY, find_true_repetitions, play_back

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from side_makers import read_keraal, read_keraal_vicon

from motion.exercise.prescription import Prescription
from motion.library import find_exercise
from motion.live.exercising import Exercising
from motion.live.following import follow_video
from motion.model import CoachedRepetition, Repetition, Side
from motion.pose.assets import find_model, read_model_info
from motion.settings import AnalysisSettings
from motion.validation.landmarks import SeenVideo
from motion.validation.measured import measure_seen

EXERCISE = "arm_raise_sideways"
SMALLEST_MM = 250.0


def show(what: str, found: tuple[CoachedRepetition, ...] | tuple[Repetition, ...]) -> None:
    """Print the repetitions of one counter."""
    said = [f"{r.start_s:.2f}-{r.end_s:.2f} s, {r.peak_deg:.0f} deg ({r.side})" for r in found]
    print(f"  {what}: {len(found)}: {'; '.join(said)}")


def coach_squats() -> None:
    """Coach the woman who squats."""
    video = SHARED / "real" / "squats_blazepose" / "pose_squats.mp4"
    asked = Prescription(exercise="squat", side=Side.BOTH, dose=MANY)
    followed = follow_video(video, find_exercise("squat"), asked)
    model = read_model_info(find_model())
    seen = SeenVideo(recording=followed.recording, model=model)
    analysis = measure_seen(video, seen, AnalysisSettings(movement="squat"))
    print("squats_blazepose: known 2 whole and 1 cut off")
    show("coach", followed.repetitions)
    show("offline", analysis.repetitions)
    print(f"  cut off, offline: {analysis.incomplete_repetitions}")


def coach_keraal(name: str, side: Side, known_side: Side) -> None:
    """Coach one arm of a Keraal exercise."""
    recording = read_keraal(name)
    seen = SeenVideo(recording=recording, model=read_model_info(find_model()))
    exercise = find_exercise(EXERCISE)
    asked = Prescription(exercise=EXERCISE, side=side, dose=MANY)
    size_px = (recording.width_px, recording.height_px)
    empty = np.zeros((recording.height_px, recording.width_px, 3), dtype=np.uint8)
    with closing(play_back(seen)) as finder:
        doing = Exercising(finder, size_px, exercise, asked, with_setup=False)
        for time_s in recording.time_s:
            doing.look(empty, float(time_s))
    settings = AnalysisSettings(movement=EXERCISE, side=side)
    analysis = measure_seen(Path(f"{name}.mp4"), seen, replace(settings))
    vicon = read_keraal_vicon(name, len(recording))
    height_mm = (vicon[f"{known_side}_wrist"] - vicon["hips"])[:, 2]
    true = [
        each
        for each in find_true_repetitions(recording.time_s, height_mm)
        if abs(each.peak_deg - height_mm[0]) > SMALLEST_MM
    ]
    print(f"keraal {name}, {side} arm (Vicon's {known_side}): hand up {len(true)} times, at")
    print("   " + "; ".join(f"{t.start_s:.2f}-{t.end_s:.2f} s" for t in true))
    show("coach", doing.coach.finish() if doing.coach else ())
    show("offline", analysis.repetitions)


def main() -> None:
    """Coach every real recording with repetitions."""
    coach_squats()
    for name, mirrored in (("CTK", False), ("ELK", True)):
        for side, other in ((Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT)):
            coach_keraal(name, side, other if mirrored else side)


if __name__ == "__main__":
    main()
