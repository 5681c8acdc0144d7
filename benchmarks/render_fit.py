"""Renders the clips that corrections are fitted on, and those that they are tested on.

    python benchmarks/render_fit.py OUT --python PYTHON [--set fit|test|groups|positions ...]
        [--body m_avg|f_avg|m_heavy ...]

- ``fit``: 40 clips of the two average bodies, varied in bone lengths, size, camera distance,
  camera height, yaw, skin, light and the side that is near the camera.
- ``test``: 16 clips of the heavy body, which no figure is ever fitted on.
- ``groups``: bodies x skins x lights, fully crossed, in a squat and a shoulder abduction.
- ``positions``: lying work, knee and elbow past straight, the shoulder's end range.

The list is fixed: the varied values are the first points of Sobol's sequence [1]_ (unscrambled,
so no random number is drawn), which fill the ranges evenly. A clip that is already in OUT is left
alone; without ``--set`` all sets are made, in this order. About 20 s a clip on one core. Every
clip's JSON holds the job as it stands here, beside what the generator writes.

References
----------
.. [1] Sobol' IM. On the distribution of points in a cube and the approximate evaluation of
   integrals. USSR Computational Mathematics and Mathematical Physics 1967;7(4):86-112.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from render_common import HELD_OUT, Job, make_parser, render_missing
from scipy.stats import qmc

RATE_HZ = 15
WALK_RATE_HZ = 30
WALKS = ("walk_over", "walk_treadmill")
SKINS = ("light", "medium", "dark")
LIGHTS = ("normal", "low")
AVERAGE_BODIES = ("m_avg", "f_avg")
SHORT_SETS = ("groups", "positions")
OTHER_SIDE = {"_r": "_l", "_l": "_r"}

SEATED = ("knee_ext_seated_r", "knee_ext_seated_l", "sit_to_stand")
SUPINE = ("heel_slide_r", "straight_leg_raise_r", "bridge")
PRONE = ("prone_knee_bend_r",)
# The lying body is filmed from beside the plinth, the camera a little above it.
LYING_CAMERA = {"camera_height_m": 0.85, "aim_height_m": 0.70, "dist": 2.7}

# Sit-to-stand lasts for three of its repetitions, walks for 120 frames at most; the repetitions
# of a clip are alike, so where many clips are compared two of them are enough.
TWO_REPETITIONS_S = 5.4
DURATIONS_S = {"sit_to_stand": 8.4, "walk_treadmill": 4.0}

# Movement, clips, and how near and far the camera stands: an arm overhead and a walk past the
# camera need room in the picture.
FITTED = (
    ("squat", 4, (2.5, 4.0)),
    ("sit_to_stand", 4, (2.5, 4.0)),
    ("knee_flex_r", 4, (2.5, 4.0)),
    ("knee_ext_seated_r", 4, (2.4, 4.0)),
    ("hip_abd_r", 3, (2.6, 4.0)),
    ("shoulder_abd_r", 3, (3.0, 4.0)),
    ("shoulder_flex_l", 4, (3.0, 4.0)),
    ("elbow_flex_l", 4, (2.5, 4.0)),
    ("trunk_lean", 3, (2.5, 4.0)),
    ("walk_over", 3, (3.9, 4.4)),
    ("walk_treadmill", 4, (2.6, 4.0)),
)
# What varies beside the distance, with its range.
VARIED = {
    "leg_scale": (0.92, 1.08),
    "arm_scale": (0.92, 1.08),
    "trunk_scale": (0.95, 1.05),
    "body_scale": (0.92, 1.06),
    "camera_height_m": (0.7, 1.3),
    "yaw": (-12.0, 12.0),
}
AIM_M = 0.94
"""Where the camera looks at a body of the generator's own size."""

# Of the heavy body: movement, skin, light, yaw, whether mirrored, camera distance and height.
TESTED = (
    ("squat", "medium", "normal", 0, False, 2.8, 0.85),
    ("squat", "dark", "normal", 15, True, 3.6, 1.15),
    ("squat", "light", "low", 25, False, 2.8, 0.85),
    ("sit_to_stand", "light", "normal", 0, True, 3.6, 1.15),
    ("sit_to_stand", "dark", "normal", 15, False, 2.8, 0.85),
    ("knee_flex_r", "medium", "normal", 0, False, 3.6, 1.15),
    ("knee_ext_seated_r", "dark", "normal", 0, False, 2.8, 0.85),
    ("knee_ext_seated_r", "light", "normal", 0, True, 3.6, 1.15),
    ("hip_abd_r", "medium", "normal", 0, False, 3.6, 1.15),
    ("shoulder_abd_r", "dark", "normal", 0, False, 3.6, 1.15),
    ("shoulder_abd_r", "light", "low", 25, False, 3.1, 0.85),
    ("shoulder_flex_l", "medium", "normal", 0, False, 3.1, 0.85),
    ("elbow_flex_l", "light", "normal", 0, False, 2.8, 0.85),
    ("trunk_lean", "dark", "normal", 0, False, 3.6, 1.15),
    ("walk_over", "light", "normal", 0, False, 4.2, 1.15),
    ("walk_treadmill", "medium", "normal", 0, True, 2.8, 0.85),
)

GROUP_MOVEMENTS = ("squat", "shoulder_abd_r")

POSITION_MOVEMENTS = (
    *SUPINE,
    *PRONE,
    "elbow_past_straight_l",
    "knees_past_straight",
    "shoulder_flex_past_180_l",
    "shoulder_abd_end_range_r",
)
OVERHEAD = ("shoulder_flex_past_180_l", "shoulder_abd_end_range_r")
POSITION_BODIES = (("f_avg", "medium"), ("m_heavy", "dark"), ("m_avg", "light"))


def describe_clip(kind: str, motion: str, subject: str, skin: str, **values: Any) -> Job:
    """Return a job; a mirrored movement is named after the side that it then moves."""
    mirror = bool(values.pop("mirror", False))
    if mirror and motion.endswith(tuple(OTHER_SIDE)):
        motion = strip_side(motion) + OTHER_SIDE[motion[-2:]]
    return {
        "motion": motion,
        "subject": subject,
        "skin": skin,
        "mirror": mirror,
        "fps": WALK_RATE_HZ if motion in WALKS else RATE_HZ,
        "shown_s": TWO_REPETITIONS_S if kind in SHORT_SETS else DURATIONS_S.get(motion),
        "position": find_position(motion),
        "set": kind,
        "held_out": subject == HELD_OUT,
        **values,
    }


def strip_side(motion: str) -> str:
    """Return a movement's name without the side that it moves."""
    return motion[:-2] if motion.endswith(tuple(OTHER_SIDE)) else motion


def find_position(motion: str) -> str:
    """Return the posture in which a movement starts."""
    for position, motions in (("sitting", SEATED), ("supine", SUPINE), ("prone", PRONE)):
        if motion in motions:
            return position
    return "standing"


def list_fit() -> Iterator[Job]:
    """Yield the clips of the two average bodies; every body shows either side to the camera."""
    count = sum(clips for _, clips, _ in FITTED)
    # The sequence's first point is its corner.
    points = iter(qmc.Sobol(d=len(VARIED) + 1, scramble=False).random_base2(6)[1 : count + 1])
    for row, (motion, clips, (nearest_m, farthest_m)) in enumerate(FITTED):
        for turn in range(clips):
            *shares, far = next(points)
            values = {
                name: round(low + share * (high - low), 3)
                for share, (name, (low, high)) in zip(shares, VARIED.items(), strict=True)
            }
            subject, skin = AVERAGE_BODIES[turn % 2], SKINS[(row + turn) % 3]
            yield describe_clip(
                "fit",
                motion,
                subject,
                skin,
                name=f"fit__{strip_side(motion)}__{subject}__{skin}__{turn + 1}",
                mirror=turn in (1, 2),
                light="low" if (row + turn) % 4 == 0 else "normal",
                dist=round(nearest_m + far * (farthest_m - nearest_m), 3),
                aim_height_m=round(AIM_M * values["body_scale"], 3),
                **values,
            )


def list_test() -> Iterator[Job]:
    """Yield the clips of the body that nothing is fitted on."""
    for motion, skin, light, yaw_deg, mirror, distance_m, height_m in TESTED:
        side = "mirrored" if mirror else "plain"
        about = f"{HELD_OUT}__{skin}__y{yaw_deg:+d}__{side}__{100 * distance_m:.0f}cm"
        yield describe_clip(
            "test",
            motion,
            HELD_OUT,
            skin,
            name=f"test__{strip_side(motion)}__{about}",
            mirror=mirror,
            light=light,
            yaw=yaw_deg,
            dist=distance_m,
            camera_height_m=height_m,
        )


def list_groups() -> Iterator[Job]:
    """Yield bodies x skins x lights x movements, from the generator's own camera."""
    bodies = ("f_avg", HELD_OUT, "m_avg")
    for subject, skin, light, motion in product(bodies, SKINS, LIGHTS, GROUP_MOVEMENTS):
        name = f"groups__{motion}__{subject}__{skin}__{light}"
        yield describe_clip("groups", motion, subject, skin, name=name, light=light)


def list_positions() -> Iterator[Job]:
    """Yield the movements that lie down or go past straight, of every body."""
    for (subject, skin), motion in product(POSITION_BODIES, POSITION_MOVEMENTS):
        camera: dict[str, float] = {}
        if motion in SUPINE + PRONE:
            camera = LYING_CAMERA
        elif motion in OVERHEAD:
            camera = {"dist": 3.4, "aim_height_m": 1.1}
        name = f"positions__{motion}__{subject}__{skin}"
        yield describe_clip("positions", motion, subject, skin, name=name, **camera)


SETS = {"fit": list_fit, "test": list_test, "groups": list_groups, "positions": list_positions}


def main() -> None:
    """Render what is missing."""
    parser = make_parser(__doc__)
    parser.add_argument("--set", dest="sets", nargs="+", choices=SETS, default=list(SETS))
    bodies = (*AVERAGE_BODIES, HELD_OUT)
    parser.add_argument("--body", dest="bodies", nargs="+", choices=bodies, default=bodies)
    given = parser.parse_args()
    jobs = [j for kind in given.sets for j in SETS[kind]() if j["subject"] in given.bodies]
    render_missing(jobs, given.out, given.python, given.generator)


if __name__ == "__main__":
    main()
