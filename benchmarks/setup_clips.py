"""What set-up says before the rendered clips: which steps it reaches, and what it asks for.

    python benchmarks/setup_clips.py [FOLDER]

The people of the clips stand or sit still for their first third of a second: those pictures go to
the product's pose model once and are then shown to and fro for 12 s at the clip's own rate. The
start is by the space bar, since nobody in them lifts a hand first. FOLDER holds the clips; it is
`../shared/validation/synthetic` by default.
"""

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np

from motion.capture.light import measure_light
from motion.capture.video import Video
from motion.exercise.setup import Setup
from motion.exercise.setup_body import find_body_box
from motion.exercise.setup_state import PictureLight, Sight
from motion.kinematics import ViewTracker
from motion.library import find_exercise
from motion.model import LivePose, Side
from motion.pose.mediapipe import MediaPipeEstimator

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "validation" / "synthetic"
STILL_S = 1 / 3
SHOWN_S = 12.0

# Clip, exercise and the side that is planned: as filmed, then the wrong side, view or exercise.
ASKED = (
    ("squat", "squat", Side.BOTH),
    ("squat_hd", "squat", Side.BOTH),
    ("squat_f_medium", "squat", Side.BOTH),
    ("squat_m_dark", "squat", Side.BOTH),
    ("squat_low", "squat", Side.BOTH),
    ("squat_yaw15", "squat", Side.BOTH),
    ("squat_yaw30", "squat", Side.BOTH),
    ("sit_to_stand", "sit_to_stand", Side.BOTH),
    ("knee_ext_seated_r", "seated_knee_extension", Side.RIGHT),
    ("knee_ext_seated_r", "seated_knee_extension", Side.LEFT),
    ("elbow_flex_l", "elbow_curl", Side.LEFT),
    ("elbow_flex_l", "elbow_curl", Side.RIGHT),
    ("shoulder_flex_l", "arm_raise_forward", Side.LEFT),
    ("shoulder_flex_l_f_dark", "arm_raise_forward", Side.LEFT),
    ("knee_flex_r", "heel_curl", Side.RIGHT),
    ("knee_flex_r_yaw30", "heel_curl", Side.RIGHT),
    ("shoulder_abd_r", "arm_raise_sideways", Side.RIGHT),
    ("shoulder_abd_r_yaw30", "arm_raise_sideways", Side.RIGHT),
    ("hip_abd_r", "leg_raise_sideways", Side.RIGHT),
    ("trunk_lean", "side_bend", Side.NONE),
    ("shoulder_abd_r", "squat", Side.BOTH),
    ("squat", "arm_raise_sideways", Side.LEFT),
)


def look(path: Path) -> tuple[list[LivePose], list[PictureLight], tuple[int, int], float]:
    """Return the still poses of a clip with their light, its size and its rate."""
    poses: list[LivePose] = []
    lights = []
    estimator = MediaPipeEstimator()
    with Video(path) as video:
        for frame in video:
            if frame.time_s > STILL_S:
                break
            rgb = np.ascontiguousarray(frame.image_bgr[:, :, ::-1])
            body = estimator.estimate(rgb, frame.time_s)
            pose = (
                LivePose.nobody(frame.time_s)
                if body is None
                else LivePose(
                    time_s=frame.time_s,
                    image_px=body.image_px,
                    world_m=body.world_m,
                    visibility=body.visibility,
                    presence=body.presence,
                )
            )
            poses.append(pose)
            lights.append(measure_light(frame.image_bgr, find_body_box(pose)))
        size_px, rate_hz = video.size_px, video.nominal_rate_hz
    estimator.close()
    return poses, lights, size_px, rate_hz


def lead(path: Path, exercise: str, side: Side) -> tuple[list[str], list[str], float]:
    """Return the steps that set-up went through, what it said, and when it ended."""
    poses, lights, (width_px, height_px), rate_hz = look(path)
    setup, tracker = Setup(find_exercise(exercise), side), ViewTracker(width_px, height_px)
    setup.skip_hand(0.0)
    steps, said, time_s = [""], [""], 0.0
    to_and_fro = [*range(len(poses)), *range(len(poses) - 2, 0, -1)]
    for number in range(round(SHOWN_S * rate_hz)):
        time_s = number / rate_hz
        row = to_and_fro[number % len(to_and_fro)]
        seen = poses[row]
        pose = LivePose(
            time_s=time_s,
            image_px=seen.image_px,
            world_m=seen.world_m,
            visibility=seen.visibility,
            presence=seen.presence,
        )
        view = tracker.update(time_s, pose.image_px, pose.world_m)
        sight = Sight(width_px=width_px, height_px=height_px, people_n=1, light=lights[row])
        state = setup.update(pose, sight, view)
        steps.append(state.step.value)
        if state.cue:
            values = " ".join(value for _, value in state.cue.values if not value.isdigit())
            said.append(f"{state.cue.key} {values}".strip())
        if state.neutral:
            break
    changes = [[b for a, b in pairwise(each) if a != b] for each in (steps, said)]
    return changes[0], changes[1], time_s


def main() -> None:
    """Print a line for each clip."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder = parser.parse_args().folder
    print("| clip | exercise, side | ends at | after | said |\n| --- | --- | --- | --- | --- |")
    for clip, exercise, side in ASKED:
        steps, said, time_s = lead(folder / f"{clip}.mp4", exercise, side)
        print(
            f"| {clip} | {exercise}, {side} | {steps[-1]} | {time_s:.1f} s | {', '.join(said)} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
